// Package lex splits TOML into words and comments. Unlike the reader it never refuses a text: an
// editor shows files that are half written, and the formatter must keep every comment.
package lex

import "strings"

// A Kind is the kind of a token.
type Kind uint8

// The kinds of tokens. Blanks between tokens are left out.
const (
	Bare    Kind = iota // a key, number, boolean or date, or a part of one; dots belong to it
	Text                // a string with its quotes
	Mark                // one of [ ] { } , =
	Comment             // from # to the end of the line, without the line break
	Line                // a line break: \n or \r\n
)

// A Token is the byte range [Start, End) of a text.
type Token struct {
	Kind       Kind
	Start, End int
	// Open says that the quotes of a Text are not closed: it ends with its line, or with the file
	// if the quotes were three.
	Open bool
}

// Is reports whether the token is one mark.
func (t Token) Is(text string, mark byte) bool { return t.Kind == Mark && text[t.Start] == mark }

// marks are the bytes that are tokens alone; ends are those that end a bare word.
const (
	marks = "[]{},="
	ends  = marks + " \t\r\n#\"'"
)

// Scan returns the tokens of a text in their order. Invalid bytes are parts of bare words.
func Scan(text string) []Token {
	out := make([]Token, 0, len(text)/8)
	for i := 0; i < len(text); {
		t := next(text, i)
		if t.End > i {
			t.Start = i
			out = append(out, t)
			i = t.End
			continue
		}
		i++ // a blank
	}
	return out
}

// next returns the token at an offset; End is at most the offset if a blank stands there.
func next(text string, i int) Token {
	switch c := text[i]; {
	case c == ' ' || c == '\t' || c == '\r' && !strings.HasPrefix(text[i:], "\r\n"):
		return Token{}
	case c == '\n':
		return Token{Kind: Line, End: i + 1}
	case c == '\r':
		return Token{Kind: Line, End: i + 2}
	case c == '#':
		return Token{Kind: Comment, End: lineEnd(text, i)}
	case strings.IndexByte(marks, c) >= 0:
		return Token{Kind: Mark, End: i + 1}
	case c == '"' || c == '\'':
		end, open := quoted(text, i)
		return Token{Kind: Text, End: end, Open: open}
	}
	end := i + 1
	for end < len(text) && strings.IndexByte(ends, text[end]) < 0 {
		end++
	}
	return Token{Kind: Bare, End: end}
}

// lineEnd returns the offset of the line break after an offset, or the length of the text.
func lineEnd(text string, i int) int {
	n := strings.IndexByte(text[i:], '\n')
	if n < 0 {
		return len(text)
	}
	if n > 0 && text[i+n-1] == '\r' {
		n--
	}
	return i + n
}

// quoted returns the end of the string that begins at an offset. Of up to five closing marks the
// last three close, as TOML says.
func quoted(text string, start int) (end int, open bool) {
	mark := text[start : start+1]
	if long := strings.Repeat(mark, 3); strings.HasPrefix(text[start:], long) {
		mark = long
	}
	for i := start + len(mark); i < len(text); i++ {
		switch {
		case text[i] == '\\' && mark[0] == '"' && i+1 < len(text) && (len(mark) == 3 || text[i+1] != '\n'):
			i++
		case text[i] == '\n' && len(mark) == 1:
			return lineEnd(text, start), true
		case strings.HasPrefix(text[i:], mark):
			for n := 0; n < 2 && len(mark) == 3 && strings.HasPrefix(text[i+1:], mark); n++ {
				i++
			}
			return i + len(mark), false
		}
	}
	return len(text), true
}
