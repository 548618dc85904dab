package help

import (
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// A page writes lines of a width, in characters. After an error it writes nothing.
type page struct {
	w     io.Writer
	width int
	err   error
}

// line writes a line as it is, without blanks at its end.
func (p *page) line(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, strings.TrimRight(s, " ")+"\n")
	}
}

// fill writes words in lines of the width. Blanks and line breaks in them do not count.
func (p *page) fill(words string) { p.indented(0, words) }

// indented is fill with blanks before each line.
func (p *page) indented(n int, words string) {
	for _, line := range wrapped(words, p.width-n) {
		p.line(strings.Repeat(" ", n) + line)
	}
}

// row writes a name and words beside it, from a column on, which counts from 0; below a name that
// reaches that far. A name wider than the page is filled like words.
func (p *page) row(name string, column int, words string) {
	lines := wrapped(words, p.width-column)
	if n := utf8.RuneCountInString(name); n > p.width {
		p.fill(name)
	} else if n >= column {
		p.line(name)
	} else if len(lines) > 0 {
		p.line(name + strings.Repeat(" ", column-n) + lines[0])
		lines = lines[1:]
	} else {
		p.line(name)
	}
	for _, line := range lines {
		p.line(strings.Repeat(" ", column) + line)
	}
}

// wrapped returns words in lines of a width; a longer word has a line of its own.
func wrapped(words string, width int) []string {
	var out []string
	// Widths are in characters, not bytes: the manual has dashes and arrows.
	for _, word := range strings.Fields(words) {
		last := len(out) - 1
		if last >= 0 && utf8.RuneCountInString(out[last])+1+utf8.RuneCountInString(word) <= width {
			out[last] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

// markdown writes a text of the manual for a terminal: paragraphs filled, code indented, rows of
// tables with their first cell above the others.
func (p *page) markdown(text string) {
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			p.fill(spoken(strings.Join(paragraph, " ")))
		}
		paragraph = nil
	}
	// The manual uses no more of Markdown than this: no lists inside lists, no quotes, no pictures.
	fence, rows := false, 0
	for _, line := range strings.Split(text, "\n") {
		table := !fence && strings.HasPrefix(line, "|")
		if !table {
			rows = 0
		}
		switch {
		case strings.HasPrefix(line, "```"):
			flush()
			fence = !fence
		case fence:
			p.line("   " + line)
		case table:
			flush()
			if rows++; rows > 2 { // the head and the line below it
				p.cells(line)
			}
		case line == "":
			flush()
			p.line("")
		case strings.HasPrefix(line, "<!--"): // marks of tables that a test writes
		case strings.HasPrefix(line, "#"):
			flush()
			p.line(strings.TrimLeft(line, "# "))
		case strings.HasPrefix(line, "- "):
			flush()
			paragraph = []string{line}
		default:
			paragraph = append(paragraph, line)
		}
	}
	flush()
}

// cells writes a row of a table: its first cell as a name, the others after it. A pipe in a cell is
// written \| in Markdown, and must not end it.
func (p *page) cells(line string) {
	line = strings.Trim(strings.ReplaceAll(line, `\|`, "\x00"), "|")
	// Empty cells repeat the one above in the manual, and are left out here.
	var parts []string
	for cell := range strings.SplitSeq(line, "|") {
		if words := strings.TrimSpace(strings.ReplaceAll(spoken(cell), "\x00", "|")); words != "" {
			parts = append(parts, words)
		}
	}
	if len(parts) > 0 {
		p.row(parts[0], 22, strings.Join(parts[1:], "; "))
	}
}

// links are those of Markdown.
var links = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`) })

// spoken returns words of Markdown without its marks. Stars and backticks of the manual are marks
// everywhere but in code.
func spoken(s string) string {
	return strings.NewReplacer("**", "", "`", "").Replace(links().ReplaceAllString(s, "$1"))
}
