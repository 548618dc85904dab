package report

import (
	"cmp"
	"slices"
)

// spread moves labels apart along the vertical between low and high, keeping their
// order and staying near the ends of their lines.
func spread(labels []label, low, high float64) {
	order := make([]*label, len(labels))
	for i := range labels {
		order[i] = &labels[i]
		order[i].top = order[i].at - textHeight/2
	}
	slices.SortStableFunc(order, func(a, b *label) int { return cmp.Compare(a.at, b.at) })
	next := low
	for _, l := range order {
		l.top = max(l.top, next)
		next = l.top + l.height()
	}
	next = high
	for _, l := range slices.Backward(order) {
		l.top = min(l.top, next-l.height())
		next = l.top
	}
}

func (l *label) height() float64 { return float64(len(l.words))*textHeight + 2 }
