package sim

import (
	"fmt"
	"slices"
	"testing"
)

// A chain against the order of its equations: the result of looking ahead is that of
// walking the program until nothing changes, and every stock varies with the last one.
func TestSpreadFindsWhatWalkingFinds(t *testing.T) {
	b := newModel(0, 2, 1)
	k := b.constant("k", 20)
	const stocks = 40
	for i := range stocks {
		b.stock(fmt.Sprint("s", i), num(100))
	}
	for i := range stocks {
		rate := ref(k)
		if i+1 < stocks {
			rate = add(rate, ref(b.Variables[1+i+1]))
		}
		b.Variables[1+i].Outflows = append(b.Variables[1+i].Outflows, b.flow(fmt.Sprint("f", i), div(ref(b.Variables[1+i]), rate)))
	}
	p := b.compile(t)
	slot := []int{p.slot[b.Variables[1+stocks-1].ID]}
	walked, spread := classifyIn(t.Context(), p, slot, 1<<30), classifyIn(t.Context(), p, slot, 1)
	if !slices.Equal(walked.varies, spread.varies) {
		t.Error("looking ahead finds other slots than walking")
	}
	for i := range stocks {
		if s := p.slot[b.Variables[1+i].ID]; !spread.varies[s] {
			t.Errorf("stock %d depends on the last one and does not vary", i)
		}
	}
}
