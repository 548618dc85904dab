package main

import (
	"regexp"
	"strings"
)

// counts are what is measured of the text of hand-written Go files.
type counts struct {
	lines, blank, comment int
	long                  int // lines over 120 characters
	words, what, returns  int // of comments
}

func (c *counts) add(o counts) {
	c.lines += o.lines
	c.blank += o.blank
	c.comment += o.comment
	c.long += o.long
	c.words += o.words
	c.what += o.what
	c.returns += o.returns
}

// share returns the percentage of non-blank lines that hold a comment, alone or
// behind code.
func (c counts) share() float64 { return 100 * float64(c.comment) / float64(max(1, c.lines-c.blank)) }

// perThousand returns how many of n there are per 1,000 of total.
func perThousand(n, total int) float64 { return 1000 * float64(n) / float64(max(1, total)) }

var word = regexp.MustCompile(`[A-Za-z][A-Za-z'-]*`)

// count measures one file.
func count(f *file) counts {
	var c counts
	for line := range strings.Lines(f.text) {
		line = strings.TrimSpace(line)
		c.lines++
		if line == "" {
			c.blank++
		}
	}
	for line := range strings.Lines(f.text) {
		if width(strings.TrimRight(line, "\n")) > 120 {
			c.long++
		}
	}
	for _, group := range f.syntax.Comments {
		for _, one := range group.List {
			c.comment += strings.Count(one.Text, "\n") + 1
		}
		for _, w := range word.FindAllString(group.Text(), -1) {
			c.words++
			switch strings.ToLower(w) {
			case "what":
				c.what++
			case "returns":
				c.returns++
			}
		}
	}
	return c
}

// width returns the characters of a line, a tab counted as four.
func width(line string) int {
	n := 0
	for _, r := range line {
		if r == '\t' {
			n += 4
		} else {
			n++
		}
	}
	return n
}
