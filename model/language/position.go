package language

import (
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Position is a line and a column, both from 0 on. The column counts UTF-16 units, as editors do.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Position returns the position of an offset; one inside a character counts as its start, and one
// outside the text as its nearest end.
func (x *Index) Position(offset int) Position {
	text := x.Text()
	offset = min(max(offset, 0), len(text))
	line := sort.SearchInts(x.lines, offset+1) - 1
	return Position{line, units(text[x.lines[line]:offset])}
}

// units returns the length of a text in UTF-16 units; an invalid byte is one.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Offset returns the offset of a position of a text. A column beyond the end of its line is that
// end, and a line beyond the text the end of the text, as the protocol says.
func Offset(text string, p Position) int {
	if p.Line < 0 {
		return 0
	}
	at := 0
	for range p.Line {
		next := nextLine(text, at)
		if next < 0 {
			return len(text)
		}
		at = next
	}
	for n := 0; at < len(text) && n < p.Character && text[at] != '\n' && text[at] != '\r'; {
		r, size := utf8.DecodeRuneInString(text[at:])
		n += max(utf16.RuneLen(r), 1)
		at += size
	}
	return at
}

// nextLine returns the offset of the line after that of an offset, -1 if there is none. Lines end with
// \n, \r\n, or \r alone, which TOML forbids and editors count all the same.
func nextLine(text string, at int) int {
	n := strings.IndexAny(text[at:], "\r\n")
	if n < 0 {
		return -1
	}
	if at += n; strings.HasPrefix(text[at:], "\r\n") {
		at++
	}
	return at + 1
}
