// Package parts holds the plain data of which a page is made: sentences and tables. The
// templates lay them out.
package parts

import "strings"

// A Sentence is words, some of them names of scenarios that carry their colour, or links.
type Sentence []Phrase

// A Phrase is a piece of a sentence. Key is a scenario's colour, Link a place on the page.
type Phrase struct{ Text, Key, Link string }

// Say makes a sentence of strings and phrases.
func Say(parts ...any) Sentence {
	s := Sentence{}
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			s = append(s, Phrase{Text: p})
		case Phrase:
			s = append(s, p)
		case Sentence:
			s = append(s, p...)
		}
	}
	return s
}

// String is the sentence without colours.
func (s Sentence) String() string {
	var b strings.Builder
	for _, p := range s {
		b.WriteString(p.Text)
	}
	return b.String()
}
