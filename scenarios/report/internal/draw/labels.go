package draw

import (
	"cmp"
	"slices"
)

// Spread moves labels apart along the vertical between low and high, keeping their
// order and staying near the ends of their lines.
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

func (l *Label) height() float64 { return float64(len(l.Words))*TextHeight + 2 }

const TextHeight = 16

// Widths of a character of a label, on the generous side: system fonts differ.
const DigitWidth, BoldWidth = 8.6, 9.6

func Longest(words []string) float64 {
	most := 0
	for _, w := range words {
		most = max(most, len([]rune(w)))
	}
	return float64(most)
}

// A Label is what stands at a line's end, or at the ends of lines that end in the
// same number where no names are written. at is the end of the line, top where the
// words begin.
type Label struct {
	Keys    []string
	Ends    []float64
	At, Top float64
	Words   []string
	Beside  string // the name, on the same line as the number, where there is no room for more
}

// Stacked is the height of labels one below the other.
func Stacked(labels []Label) float64 {
	sum := 0.0
	for _, l := range labels {
		sum += l.height()
	}
	return sum
}
