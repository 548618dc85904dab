package sim_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"weir/sim"
)

const openHead = `name = "Open"
time = { start = 0, stop = 4, step = 1, unit = "year" }
[constant.ceiling]
value = inf
`

// An infinity or NaN that the model writes is a value (XMILE 1.0, 3.3.1: INF; Stella: NAN),
// as long as no stock takes it in: a limit that does not bind, a chart with a gap. All
// engines go on, and have it in their rows.
func TestWrittenInfinitiesAreValues(t *testing.T) {
	const text = openHead + `[aux]
taken = { equation = "min(5, ceiling)" }
shown = { equation = "if time < 2 then nan else time" }
doubled = { equation = "2 * shown" }
room = { equation = "if time > 9 then inf else 3" }
left = { equation = "ceiling - taken" }
[flow]
filling = { equation = "if time < 2 then 1 else shown" }
[stock]
level = { initial = "0", inflow = ["filling"] }
`
	r := check(t, text, nil)
	compareEngines(t, r, sim.Settings{})
	nan, inf := math.NaN(), math.Inf(1)
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	one, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.Ensemble(context.Background(), sim.EnsembleSettings{Runs: 3,
		Keep: []string{"taken", "shown", "doubled", "room", "left", "level"}, Sketch: []string{"shown", "level"}})
	if err != nil || len(all.NonFinite) > 0 {
		t.Fatal(err, all.NonFinite)
	}
	for name, want := range map[string][]float64{
		"taken": {5, 5, 5, 5, 5}, "shown": {nan, nan, 2, 3, 4}, "doubled": {nan, nan, 4, 6, 8},
		"room": {3, 3, 3, 3, 3}, "left": {inf, inf, inf, inf, inf}, "level": {0, 1, 2, 4, 7},
	} {
		for row, w := range want {
			a, b := one.Series(name)[row], all.Series(name, 2)[row]
			if same := func(x float64) bool { return x == w || x != x && w != w }; !same(a) || !same(b) {
				t.Errorf("%s at %d: a run has %v, an ensemble %v, want %v", name, row, a, b, w)
			}
		}
	}
	if q := all.Quantile("level", 4, 0.5); q != 7 {
		t.Errorf("the median of the level is %v", q)
	}
}

// One that reaches a stock ends the run there, with the flow that brought it; one that comes
// from an operation on numbers ends it as ever.
func TestInfinitiesThatEndARun(t *testing.T) {
	for _, c := range []struct{ text, variable, says string }{
		{"[flow.f]\nequation = \"if time < 2 then 1 else nan\"\n[stock.s]\ninitial = \"0\"\ninflow = [\"f\"]\n", "s", "f"},
		{"[flow.f]\nequation = \"ceiling\"\n[stock.s]\ninitial = \"0\"\ninflow = [\"f\"]\n", "s", "f"},
		{"[flow.f]\nequation = \"1\"\n[stock.s]\ninitial = \"ceiling\"\ninflow = [\"f\"]\n", "s", ""},
		{"[aux.x]\nequation = \"ln(-1) + time\"\n", "x", ""},
		{"[aux.x]\nequation = \"1 / (time - 2)\"\n", "x", "time - 2"},
	} {
		r := run(t, openHead+c.text, sim.Settings{})
		n := r.NonFinite
		if n == nil || n.Variable != c.variable {
			t.Errorf("%s: %+v", c.text, n)
			continue
		}
		var names []string
		for _, o := range n.Operands {
			names = append(names, o.Name)
		}
		if !strings.Contains(strings.Join(names, " "), c.says) {
			t.Errorf("%s: the operands are %v", c.text, n.Operands)
		}
	}
	r := run(t, openHead+"[aux.x]\nequation = \"ceiling - 2\"\n", sim.Settings{Set: map[string]float64{"ceiling": 7}})
	if x := r.Series("x"); x[4] != 5 {
		t.Errorf("set to 7, the limit less 2 is %v", x)
	}
}
