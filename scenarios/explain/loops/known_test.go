package loops_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/explain/loops"
)

// check returns the resolved form of a model.
func check(t testing.TB, text string) *resolved.Model {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), nil)
	r, more := model.Check(m)
	if r == nil {
		t.Fatalf("%v %v", list, more)
	}
	return r
}

// of returns the loops of a model.
func of(t testing.TB, text string, o loops.Options) *loops.Result {
	t.Helper()
	result, err := loops.Of(context.Background(), check(t, text), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

const bass = `name = "Bass"
[time]
start = 0
stop = 15
step = 0.0625
unit = "year"
[constant.market]
value = 1000000
[constant.contact_rate]
value = 100
[constant.adoption_fraction]
value = 0.015
[stock.potential]
initial = "market - 1"
outflow = ["adoption"]
[stock.adopters]
initial = "1"
inflow = ["adoption"]
[flow.adoption]
equation = "contact_rate * adoption_fraction * adopters * potential / market"
`

// near reports a number that is not within a tolerance of the known one.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// at returns a series at a time of the result.
func at(t *testing.T, r *loops.Result, series []float64, time float64) float64 {
	t.Helper()
	i, found := slices.BinarySearch(r.Time, time)
	if !found {
		t.Fatalf("no score at %v", time)
	}
	return series[i]
}

// loop returns the loop of an ID.
func loop(t *testing.T, r *loops.Result, id string) *loops.Loop {
	t.Helper()
	for _, g := range r.Groups {
		for _, l := range g.Loops {
			if l.ID == id {
				return l
			}
		}
	}
	t.Fatalf("no loop %s", id)
	return nil
}

// Figures of Schoenberg, Davidsen and Eberlein (2020): the relative scores of the two loops around
// the turn of dominance, to three decimals, and the scores themselves there. Each stock has one
// flow, so that the forms of 2020 and 2023 agree.
func TestBass(t *testing.T) {
	r := of(t, bass, loops.Options{})
	growth, market := loop(t, r, "R1"), loop(t, r, "B1")
	for _, x := range []struct{ time, balancing, reinforcing float64 }{
		{9.5, -0.465, 0.535}, {9.5625, -0.488, 0.512}, {9.625, -0.512, 0.488},
	} {
		near(t, "B1", at(t, r, r.Relative(market), x.time), x.balancing, 5e-4)
		near(t, "R1", at(t, r, r.Relative(growth), x.time), x.reinforcing, 5e-4)
	}
	near(t, "B1's score", at(t, r, r.Scores(market), 9.5625), -9358, 0.5)
	near(t, "R1's score", at(t, r, r.Scores(growth), 9.5625), 9806, 0.5)
	p := r.Groups[0].Phases
	if len(p) != 2 || p[0].Loops[0] != growth || p[1].Loops[0] != market || p[0].To != 9.625 {
		t.Errorf("phases %+v, want R1 until 9.625, then B1", p)
	}
}
