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
	at := 0
	for range p.Line {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
	}
	if p.Line < 0 {
		return 0
	}
	end := len(text)
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		end = at + n
	}
	for n := 0; at < end && n < p.Character; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == '\r' && at+1 == end {
			break
		}
		n += max(utf16.RuneLen(r), 1)
		at += size
	}
	return at
}
