package diagnostic

import (
	"bytes"
	"unicode/utf8"
)

// Position returns the line and column of a byte offset, both from 1 on; the column
// counts characters. An offset outside the text is taken as its nearest end.
func Position(text []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(text))
	start := lineStart(text, offset)
	return bytes.Count(text[:start], []byte{'\n'}) + 1, utf8.RuneCount(text[start:offset]) + 1
}

// lineStart returns the offset at which the line of an offset begins.
func lineStart(text []byte, offset int) int {
	return bytes.LastIndexByte(text[:offset], '\n') + 1
}

// lineEnd is where the line of offset ends, without its line break.
func lineEnd(text []byte, offset int) int {
	end := len(text)
	if n := bytes.IndexByte(text[offset:], '\n'); n >= 0 {
		end = offset + n
	}
	if end > offset && text[end-1] == '\r' {
		end--
	}
	return end
}
