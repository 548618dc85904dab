package diagnostic

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// Position returns the line and column of a byte offset, both from 1 on; the column
// counts characters. An offset outside the text is taken as its nearest end. It reads the
// text up to the offset: for many offsets of one text use an Index.
func Position(text []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(text))
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	return bytes.Count(text[:start], []byte{'\n'}) + 1, utf8.RuneCount(text[start:offset]) + 1
}

// An Index finds the positions of many offsets of one text: after one look at the whole
// text each costs about the same, wherever it is. It keeps the text and does not change it.
type Index struct {
	text  []byte
	lines []int  // the offsets at which lines begin
	marks []mark // one in every markEvery bytes, where a character begins
}

// A mark is an offset with the number of characters before it.
type mark struct{ offset, characters int }

// markEvery is the distance of marks, in bytes: what a position may cost.
const markEvery = 1024

// NewIndex returns the index of a text.
func NewIndex(text []byte) *Index {
	x := &Index{text: text, lines: []int{0}, marks: []mark{{}}}
	for at := 0; ; {
		n := bytes.IndexByte(text[at:], '\n')
		if n < 0 {
			break
		}
		at += n + 1
		x.lines = append(x.lines, at)
	}
	for last := (mark{}); len(text)-last.offset > markEvery; {
		end := last.offset + markEvery
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		last = mark{end, last.characters + utf8.RuneCount(text[last.offset:end])}
		x.marks = append(x.marks, last)
	}
	return x
}

// Position is that of the text; see the function Position.
func (x *Index) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(x.text))
	line = x.line(offset)
	return line + 1, x.characters(offset) - x.characters(x.lines[line]) + 1
}

// line returns the number of the line of an offset, from 0 on.
func (x *Index) line(offset int) int {
	n, found := slices.BinarySearch(x.lines, offset)
	if !found {
		n--
	}
	return n
}

// characters returns how many characters are before an offset, of which the last may be cut.
func (x *Index) characters(offset int) int {
	n, found := slices.BinarySearchFunc(x.marks, offset, func(m mark, o int) int { return m.offset - o })
	if !found {
		n--
	}
	return x.marks[n].characters + utf8.RuneCount(x.text[x.marks[n].offset:offset])
}

// bounds returns where the line of an offset begins and ends, without its line break.
func (x *Index) bounds(offset int) (from, to int) {
	line := x.line(offset)
	from, to = x.lines[line], len(x.text)
	if line+1 < len(x.lines) {
		to = x.lines[line+1] - 1
	}
	if to > offset && x.text[to-1] == '\r' {
		to--
	}
	return from, to
}

// An indexer makes the indexes of files as they are asked for.
type indexer struct {
	files map[string][]byte
	made  map[string]*Index
}

// newIndexer returns an index of lines for each file that diagnostics point into, made when it is
// first needed.
func newIndexer(files map[string][]byte) *indexer { return &indexer{files, map[string]*Index{}} }

// of returns the index of a file, nil if its text is not at hand.
func (x *indexer) of(file string) *Index {
	text, known := x.files[file]
	if !known {
		return nil
	}
	if x.made[file] == nil {
		x.made[file] = NewIndex(text)
	}
	return x.made[file]
}
