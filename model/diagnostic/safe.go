package diagnostic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unsafe reports whether a character of a foreign text may not reach a terminal or a page:
// control characters, with which a name could command the terminal, and the controls of
// Unicode's bidirectional algorithm, which turn the words around them round, a verdict
// among them. Line breaks and tabs are safe.
func Unsafe(r rune) bool {
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

// Stand is shown instead of an unsafe character.
const Stand = "·"

// Safe returns a text with Stand in the place of every unsafe character.
func Safe(text string) string {
	if strings.IndexFunc(text, Unsafe) < 0 {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if Unsafe(r) {
			out.WriteString(Stand)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// AppendSafe appends a piece of a stream of text to out as Safe would, with � for bytes that
// are not UTF-8. A carriage return is kept before a line feed. An incomplete character at
// the end is not appended: rest are its bytes, to be put before the next piece.
func AppendSafe(out, piece []byte) (safe, rest []byte) {
	for len(piece) > 0 {
		if piece[0] < utf8.RuneSelf && piece[0] >= ' ' && piece[0] != 0x7f { // nearly always
			out, piece = append(out, piece[0]), piece[1:]
			continue
		}
		if piece[0] == '\r' && len(piece) == 1 || !utf8.FullRune(piece) {
			return out, piece
		}
		r, size := utf8.DecodeRune(piece)
		switch {
		case r == '\r' && piece[1] == '\n':
			out = append(out, '\r')
		case Unsafe(r):
			out = append(out, Stand...)
		default:
			out = utf8.AppendRune(out, r)
		}
		piece = piece[size:]
	}
	return out, nil
}
