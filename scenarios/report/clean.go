package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// forbidden reports whether a character may not reach a page: control characters, which
// break saved pictures and hide text, and the controls of Unicode's bidirectional
// algorithm, which turn the words around them round, a verdict among them.
func forbidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	case r == '\u061c' || r == '\u200e' || r == '\u200f':
		return true
	}
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// shown stands for a forbidden character, as in diagnostics.
const shown = "·"

// cleanText returns a text with shown for every forbidden character.
func cleanText(text string) string {
	if strings.IndexFunc(text, forbidden) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if forbidden(r) {
			out.WriteString(shown)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// cleanJSON is cleanText for an encoded document, in which a character can be written as
// an escape.
func cleanJSON(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == '\\' {
			r, size = escaped(text[i:])
		}
		if forbidden(r) {
			out = append(out, shown...)
		} else {
			out = append(out, text[i:i+size]...)
		}
		i += size
	}
	return out
}

// escaped returns the character that an escape stands for, and the escape's length. Of the
// short ones, \b, \f and \r are control characters.
func escaped(text []byte) (r rune, size int) {
	if len(text) >= 6 && text[1] == 'u' {
		if code, err := strconv.ParseUint(string(text[2:6]), 16, 16); err == nil {
			return rune(code), 6
		}
	}
	switch text[1] {
	case 'b', 'f', 'r':
		return '\r', 2
	}
	return rune(text[1]), 2
}
