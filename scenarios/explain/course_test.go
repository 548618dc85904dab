package explain_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"weir/scenarios"
	"weir/scenarios/explain"
)

// Bass diffusion as in the paper on loops (Schoenberg, Davidsen and Eberlein 2020), with a decision
// that halves the contacts.
const bass = `name = "Bass"
today = 0
[time]
start = 0
stop = 15
step = 0.0625
unit = "year"
[constant.market]
value = 1000000
[decision.contact_rate]
value = 100
[constant.adoption_fraction]
value = 0.015
[stock.potential]
label = "Potential adopters"
initial = "market - 1"
outflow = ["adoption"]
[stock.adopters]
label = "Adopters"
initial = "1"
inflow = ["adoption"]
[flow.adoption]
equation = "contact_rate * adoption_fraction * adopters * potential / market"
[aux.apart]
equation = "2 * market"
`

const bassSet = `model = "model.toml"
[outcome.adopters]
variable = "adopters"
better = "higher"
[intervention.fewer.change.contact_rate]
to = 50
start = 0
[scenario.fewer]
interventions = ["fewer"]
`

// Loops are those of each run over time. The paper has the turn of dominance at 9.625; scores are
// means of four steps, so the quarter that begins at 9.5 has the mean of 0.535, 0.512, 0.488 and a
// fourth number on the same fall. Half the contacts delay the turn beyond the run.
func TestLoopsOfRuns(t *testing.T) {
	c, err := scenarios.Compare(context.Background(), load(t, bassSet, bass), scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := explain.AddLoops(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if len(c.Loops) != 2 || c.Loops[0].Scenario != nil || c.Loops[1].Scenario != c.Set.Scenarios[0] {
		t.Fatalf("loops of %d runs", len(c.Loops))
	}
	base, fewer := c.Loops[0], c.Loops[1]
	if len(base.Time) != 60 || base.Time[1] != 0.25 {
		t.Errorf("scores at %v", base.Time)
	}
	score := func(r *scenarios.RunLoops, polarity string, time float64) float64 {
		i := slices.IndexFunc(r.Loops, func(l scenarios.ScoredLoop) bool { return l.Polarity == polarity })
		return r.Loops[i].Over[slices.Index(r.Time, time)]
	}
	// The paper's numbers have three digits; the fourth step falls as far as the third did.
	if got := score(base, "reinforcing", 9.5); math.Abs(got-(0.535+0.512+0.488+0.464)/4) > 1e-3 {
		t.Errorf("growth in the quarter of the turn is %v", got)
	}
	if score(base, "reinforcing", 9.25) < 0.5 || score(base, "reinforcing", 9.75) > 0.5 ||
		score(base, "balancing", 9.75) > -0.5 {
		t.Error("dominance does not turn in the quarter from 9.5 on")
	}
	if score(fewer, "reinforcing", 14.75) < 0.9 {
		t.Error("with half the contacts growth does not lead to the end")
	}
	for i := range base.Time {
		sum := 0.0
		for _, l := range base.Loops {
			sum += math.Abs(l.Over[i])
		}
		near(t, "all magnitudes together", sum, 1)
	}
	if len(base.Through["adopters"]) == 0 || len(base.Through["apart"]) != 0 {
		t.Errorf("loops through variables are %v", base.Through)
	}
}
