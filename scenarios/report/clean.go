package report

import (
	"strconv"
	"unicode/utf8"

	"weir/model/diagnostic"
)

// cleanText returns a text with a stand-in for every character that may not reach a page.
func cleanText(text string) string { return diagnostic.Safe(text) }

// cleanJSON is cleanText for an encoded document, in which a character can be written as
// an escape.
func cleanJSON(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == '\\' {
			r, size = escaped(text[i:])
		}
		if diagnostic.Unsafe(r) {
			out = append(out, diagnostic.Stand...)
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
