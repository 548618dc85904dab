package explain

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
)

// later has decisions that begin on dates between steps, climb and end, a drawn constant, a delay and
// chance inside, under the method that %s names.
const later = `name = "later"
[time]
start = 0
stop = 20
step = 0.5
unit = "year"
method = "%s"
[constant.k]
value = 1.5
range = [1.2, 2.5]
[decision.a]
value = 0.5
[decision.b]
value = 1
[aux.noise]
equation = "normal(0, 1)"
[aux.slow]
equation = "smooth3(p + b, 2)"
[aux.p]
equation = "k * a"
[stock.y]
initial = "50 + a"
inflow = ["f"]
[flow.f]
equation = "slow + p * noise - 0.02 * y"
[channel.p]
through = "p"
[channel.slow]
through = "slow"
[loop.wear]
through = ["y", "f"]
`

const laterSet = `model = "m.toml"
[outcome.y]
variable = "y"
better = "higher"
[intervention.a.change.a]
to = 2
start = %v
over = 3
[intervention.b.change.b]
times = 1.5
start = 11
until = 17
[scenario.both]
interventions = ["a", "b"]
[scenario.one]
interventions = ["b"]
[uncertainty]
runs = 45
method = "random"
seed = 5
constants = "all"
`

// laterWhy returns the explanations of the set in all its futures, as JSON, and how many ensembles
// each strand has.
func laterWhy(t *testing.T, method string, start float64, workers int, apart bool) ([]byte, int) {
	t.Helper()
	set, list := scenarios.Parse("set.toml", fmt.Appendf(nil, laterSet, start),
		func(name string, _ model.ImportOptions) (*model.Model, diagnostic.List) {
			return model.Parse(name, fmt.Appendf(nil, later, method), nil)
		})
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Futures: 45, Workers: workers, apart: apart}
	w, err := explainAll(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(c.Why)
	if err != nil {
		t.Fatal(err)
	}
	return out, len(w.results.strands[0])
}

// TestYearsBeforeAreShared explains decisions that begin late with the years before run once, and with
// every run from its start: not a bit differs, for any number of workers and every kind of method.
func TestYearsBeforeAreShared(t *testing.T) {
	for _, method := range []string{"euler", "rk4"} {
		for _, start := range []float64{8.2, 3} {
			want, one := laterWhy(t, method, start, 1, true)
			for _, workers := range []int{1, 2, 3} {
				got, many := laterWhy(t, method, start, workers, false)
				if one != 1 || many < 2 {
					t.Errorf("%s from %v: %d and %d ensembles, want 1 and more", method, start, one, many)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("%s from %v with %d workers: the explanations differ", method, start, workers)
				}
			}
		}
	}
}

// TestYearsBeforeAreNone explains decisions from the start of the run, and by steps of the method's own
// choice: each run is made from its start.
func TestYearsBeforeAreNone(t *testing.T) {
	for _, x := range []struct {
		method string
		start  float64
	}{{"euler", 0}, {"euler", 1}, {"rk45", 8}} {
		if _, n := laterWhy(t, x.method, x.start, 2, false); n != 1 {
			t.Errorf("%s from %v: %d ensembles, want 1", x.method, x.start, n)
		}
	}
}
