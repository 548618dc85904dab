package health

import (
	"fmt"
	"strings"
	"testing"

	"weir/model"
	"weir/model/vensim"
	"weir/scenarios"
)

// What rests on a part that was left out is said of the outcomes first; the rest is
// counted.
func TestPartialModelWarnings(t *testing.T) {
	text := "{UTF-8}\nBuying = OUR OWN DLL(3, 2) ~~|\nBoats = INTEG(Buying, 10) ~~|\nTax = 4 ~~|\nNets = Tax * 2 ~~|\n"
	for i := range 12 {
		text += fmt.Sprintf("Boat %d = Boats + %d ~~|\n", i, i)
	}
	text += "INITIAL TIME = 0 ~~|\nFINAL TIME = 2 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n"
	warnings := func(outcome string) string {
		m, list := vensim.Parse("boats.mdl", []byte(text), nil, model.ImportOptions{AllowPartial: true})
		if list.HasErrors() {
			t.Fatal(list)
		}
		r, _ := model.Check(m)
		c := &scenarios.Comparison{Set: &scenarios.Set{Model: m, Resolved: r, Outcomes: []*scenarios.Outcome{{Variable: outcome, Label: "What counts"}}}}
		b := told(c)
		var lines []string
		for _, s := range b.importWarnings() {
			lines = append(lines, s.String())
		}
		return strings.Join(lines, "\n")
	}
	const left = "Not supported in the Vensim model, and left out: “Buying” (the function OUR OWN DLL is not supported).\n"
	const others = "“Buying”, “Boat 0”, “Boat 1”, “Boat 2”, “Boat 3”, “Boat 4”, “Boat 5”, “Boat 6” and 5 more"
	if got := warnings("boats"); got != left+"These numbers are not those of the original: “What counts”; and in the model "+others+"." {
		t.Error(got)
	}
	if got := warnings("nets"); !strings.HasPrefix(got, left+"No outcome or chart here rests on that; in the model “Buying”, “Boats”, “Boat 0”") {
		t.Error(got)
	}
}
