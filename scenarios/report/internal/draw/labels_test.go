package draw

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestLabelsDoNotCoverEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		labels := make([]Label, rapid.IntRange(1, 8).Draw(t, "n"))
		for i := range labels {
			labels[i] = Label{At: rapid.Float64Range(0, 300).Draw(t, "at"), Words: []string{"21,800"}}
		}
		Spread(labels, 0, 300)
		for i := range labels {
			if labels[i].Top < -1e-9 || labels[i].Top+labels[i].height() > 300+1e-9 {
				t.Fatalf("label %d stands at %v, outside", i, labels[i].Top)
			}
			for k := range i {
				if gap := math.Abs(labels[i].Top - labels[k].Top); gap < labels[i].height()-1e-9 {
					t.Fatalf("labels %d and %d are %v apart", i, k, gap)
				}
			}
		}
	})
}
