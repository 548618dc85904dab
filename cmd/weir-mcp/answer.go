package main

import (
	"fmt"
	"io"
	"strings"
)

// mostText bounds an answer, in bytes.
const mostText = 100_000

// An answer is the beginning of a text, of mostText bytes, and the count of all. However much is
// written, it takes no more memory.
type answer struct {
	begin []byte
	bytes int
}

// Write keeps what there is room for.
func (a *answer) Write(text []byte) (int, error) {
	a.begin = append(a.begin, text[:min(len(text), mostText-len(a.begin))]...)
	a.bytes += len(text)
	return len(text), nil
}

// text returns what a function writes. A table or CSV that is too long is cut at a line and says so.
// JSON that is cut would be none, so it is an error.
func text(format string, write func(io.Writer) error) (string, error) {
	a := &answer{}
	if err := write(a); err != nil {
		return "", err
	}
	if format == "json" && a.bytes > mostText {
		return "", fmt.Errorf("the JSON has %d bytes, and an answer at most %d: "+
			"ask for fewer variables, one outcome or scenario, or csv or table", a.bytes, mostText)
	}
	return a.String(), nil
}

// String returns the text, if need be cut at a line with a note of how much is left out.
func (a *answer) String() string {
	if a.bytes <= mostText {
		return string(a.begin)
	}
	cut := strings.ToValidUTF8(string(a.begin), "")
	if i := strings.LastIndexByte(cut, '\n'); i >= 0 {
		cut = cut[:i]
	}
	return fmt.Sprintf("%s\n… %d more bytes are left out: ask for fewer variables, or in a shorter format\n",
		cut, a.bytes-len(cut))
}

// bounded returns a text of at most mostText bytes and a note.
func bounded(text string) string {
	a := &answer{}
	io.WriteString(a, text) // cannot fail
	return a.String()
}
