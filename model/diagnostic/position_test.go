package diagnostic

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// An index gives the positions that counting from the start gives, at every offset: of lines
// longer than the distance of marks, of characters of several bytes, and of broken ones.
func TestIndex(t *testing.T) {
	pieces := []string{"a", "\n", "ä", "漢", "\xff", "\xe6\xbc", "\r\n", "x", "y", strings.Repeat("z", 300), strings.Repeat("\x80", 70)}
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		var b strings.Builder
		for range random.IntN(60) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := []byte(b.String())
		x := NewIndex(text)
		for offset := -1; offset <= len(text)+1; offset++ {
			line, column := Position(text, offset)
			if l, c := x.Position(offset); l != line || c != column {
				t.Fatalf("%q at %d: %d:%d, want %d:%d", text, offset, l, c, line, column)
			}
		}
	}
}

// A position looks at no more than one distance of marks, wherever it is in a line of a
// megabyte; the rest is binary search.
func TestIndexWork(t *testing.T) {
	text := []byte(strings.Repeat("ab ä", 200_000))
	x := NewIndex(text)
	for i := 1; i < len(x.marks); i++ {
		if d := x.marks[i].offset - x.marks[i-1].offset; d < markEvery || d > markEvery+3 {
			t.Fatalf("the marks %d and %d are %d bytes apart", i-1, i, d)
		}
	}
	if last := x.marks[len(x.marks)-1]; len(text)-last.offset > markEvery {
		t.Errorf("%d bytes have no mark", len(text)-last.offset)
	}
}
