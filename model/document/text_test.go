package document

import (
	"testing"

	"weir/model/diagnostic"
	"weir/model/equation"
)

// A text that stands in the file as it is, from byte 10 on.
func TestPlaceInAPlainText(t *testing.T) {
	text := Text{Text: "a + b", Span: diagnostic.Span{File: "f", Start: 10, End: 15}}
	for _, c := range []struct{ start, end, from, to int }{
		{0, 1, 10, 11}, {2, 5, 12, 15}, {5, 5, 15, 15},
		{-3, 99, 10, 15}, {4, 2, 14, 14}, // spans outside are cut
	} {
		got := text.At(equation.Span{Start: c.start, End: c.end})
		if want := (diagnostic.Span{File: "f", Start: c.from, End: c.to}); got != want {
			t.Errorf("%d to %d: got %v, want %v", c.start, c.end, got, want)
		}
	}
}

// "a \u002B b" in the file: the plus takes six bytes there.
func TestPlaceInAnEscapedText(t *testing.T) {
	text := Text{Text: "a + b", Span: diagnostic.Span{File: "f", Start: 10, End: 20}, Map: []int{10, 11, 12, 18, 19}}
	for _, c := range []struct{ start, end, from, to int }{
		{0, 1, 10, 11}, {2, 3, 12, 13}, {4, 5, 19, 20}, {0, 5, 10, 20}, {5, 5, 20, 20}, {2, 2, 12, 12},
	} {
		got := text.At(equation.Span{Start: c.start, End: c.end})
		if want := (diagnostic.Span{File: "f", Start: c.from, End: c.to}); got != want {
			t.Errorf("%d to %d: got %v, want %v", c.start, c.end, got, want)
		}
	}
}
