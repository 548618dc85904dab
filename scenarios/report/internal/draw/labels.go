package draw

import (
	"cmp"
	"slices"
)

// Spread moves labels apart along the vertical between low and high. They keep their order
// and stay near the ends of their lines; if they do not fit, they run over the low end.
func Spread(labels []Label, low, high float64) {
	order := make([]*Label, len(labels))
	for i := range labels {
		order[i] = &labels[i]
		order[i].Top = order[i].At - TextHeight/2
	}
	slices.SortStableFunc(order, func(a, b *Label) int { return cmp.Compare(a.At, b.At) })
	next := low
	for _, l := range order {
		l.Top = max(l.Top, next)
		next = l.Top + l.height()
	}
	next = high
	for _, l := range slices.Backward(order) {
		l.Top = min(l.Top, next-l.height())
		next = l.Top
	}
}

// height returns the height of a label with the space below it.
func (l *Label) height() float64 { return float64(len(l.Words))*TextHeight + 2 }

// TextHeight is the height of a line of text, in the units of a Frame.
const TextHeight = 16

// DigitWidth and BoldWidth are the widths of a character of a label, on the generous side:
// system fonts differ.
const DigitWidth, BoldWidth = 8.6, 9.6

// Longest returns the length of the longest text, in characters.
func Longest(words []string) float64 {
	most := 0
	for _, w := range words {
		most = max(most, len([]rune(w)))
	}
	return float64(most)
}

// A Label is the text at a line's end, or at the ends of several lines with equal texts. At
// is the height of the line's end, Top that of the text's upper edge.
type Label struct {
	Keys    []string
	Ends    []float64
	At, Top float64
	Words   []string
	Beside  string // the name, on the same line as the number, where there is no room for more
}

// Stacked returns the height of labels one below the other.
func Stacked(labels []Label) float64 {
	sum := 0.0
	for _, l := range labels {
		sum += l.height()
	}
	return sum
}
