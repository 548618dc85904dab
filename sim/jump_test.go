package sim_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"weir/model/method"
	"weir/sim"
)

// Jumps of tables that are read by time come at step boundaries, and what lies between them
// is followed within a step. saw climbs from 0 to 2 in two years, falls to 0 and climbs
// again, and jumps to 5 at year 4. The integral of its pieces is 2, then 2, then 10, for
// every method of order 2 or more; Euler's gives 0+1+0+1+5+5.
func TestTablesOfTimeJumpAtStepBoundaries(t *testing.T) {
	const head = `name = "Jumps"
time = { start = 2000, stop = 2006, step = 1, unit = "year" }
[stock.s]
initial = "0"
inflow = ["f"]
`
	const points = "points = [[2000, 0], [2002, 2], [2002, 0], [2004, 2], [2004, 5], [2006, 5]]\n"
	const since = "points = [[0, 0], [2, 2], [2, 0], [4, 2], [4, 5], [6, 5]]\n"
	for _, c := range []struct{ what, text string }{
		{"a lookup with time as its input", "[lookup.saw]\ninput = \"time\"\n" + points + "[flow.f]\nequation = \"saw\"\n"},
		{"a lookup that is called with time", "[lookup.saw]\n" + points + "[flow.f]\nequation = \"saw(time)\"\n"},
		{"a lookup of the time since a constant", "[constant.base]\nvalue = 2000\n[lookup.saw]\n" + since + "[flow.f]\nequation = \"saw(time - base)\"\n"},
		{"a lookup of an auxiliary of time", "[aux.year]\nequation = \"time - start_time\"\n[lookup.saw]\n" + since + "[flow.f]\nequation = \"saw(year)\"\n"},
		{"elements of an array of lookups", "[dimension.d]\nelements = [\"a\", \"b\"]\n[lookup.saw]\nover = [\"d\"]\n[lookup.saw.at]\na = [[0, 7]]\nb = " +
			points[len("points = "):] + "[flow.f]\nequation = \"saw[b](time) + 0 * sum(saw[*](time))\"\n"},
	} {
		for _, m := range method.Names() {
			want := 14.0
			if m == "euler" {
				want = 12
			}
			r := check(t, head+c.text, nil)
			if slices.Contains(method.Fixed(), m) { // the reference has these
				compareEngines(t, r, sim.Settings{Method: m, Step: new(0.5), Save: new(1.0)})
			}
			p, err := sim.Compile(r)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Run(context.Background(), sim.Settings{Method: m})
			if err != nil {
				t.Fatal(err)
			}
			if s := got.At("s", 2006); math.Abs(s-want) > 1e-9 {
				t.Errorf("%s by %s: %v, want %v", c.what, m, s, want)
			}
		}
	}
}

// What reads a table in another way jumps with it, but for the area under it, which has no
// jump: by rk4 the stocks hold 1+0+0+2+2 of the value before, slopes of 1, 0 and 2, and the
// integral of the area: t²/2 until 2, where the area is 2, and 2 + 2t + t² from there.
func TestReadingsOfATableJumpWithIt(t *testing.T) {
	r := run(t, `name = "Readings"
time = { start = 0, stop = 4, step = 1, unit = "year", method = "rk4" }
[lookup.l]
points = [[0, 0], [1, 1], [2, 1], [2, 2], [4, 6]]
[flow]
before = { equation = "lookup_backward(l, time)" }
steep = { equation = "lookup_slope(l, time)" }
under = { equation = "lookup_area(l, 0, time)" }
[stock]
b = { initial = "0", inflow = ["before"] }
s = { initial = "0", inflow = ["steep"] }
a = { initial = "0", inflow = ["under"] }
`, sim.Settings{})
	compareRows(t, r, `time b s under
0 0 0 0
1 0 1 0.5
2 1 1 1.5
3 3 3 4.5
4 5 5 9.5
`, 1e-9)
	// Simpson's rule, which rk4 is here, is exact for the parabolas of the area.
	if got, want := r.At("a", 4), 1.0/6+1+1.5*2+4+8.0/3; math.Abs(got-want) > 1e-9 {
		t.Errorf("the area integrates to %v, want %v", got, want)
	}
}
