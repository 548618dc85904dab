package loops_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/explain/loops"

	"pgregory.net/rapid"
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

// ofRapid is of in a property.
func ofRapid(t *rapid.T, text string) *loops.Result {
	m, _ := model.Parse("model.toml", []byte(text), nil)
	r, list := model.Check(m)
	if r == nil {
		t.Fatalf("%v\n%s", list, text)
	}
	result, err := loops.Of(context.Background(), r, loops.Options{Search: loops.Separate})
	if err != nil {
		t.Fatal(err)
	}
	return result
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

const bassTables = `[constant.market]
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
	r := of(t, clock(15, 0.0625)+bassTables, loops.Options{})
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

// clock is the [time] table of small models.
func clock(stop, step float64) string {
	return fmt.Sprintf("name = \"Small\"\n[time]\nstart = 0\nstop = %v\nstep = %v\nunit = \"year\"\n", stop, step)
}

// The examples of the paper of 2020 for links: z = 2x + y, and z = (w + x) / y. Stocks take the
// values from one step to the next; the flows have the variable as an input that changes nothing,
// which puts the links into feedback.
func TestLinkScores(t *testing.T) {
	for _, x := range []struct {
		z      string
		values map[string][2]float64
		want   map[string]float64
	}{
		{"2*x + y", map[string][2]float64{"x": {5, 7}, "y": {4, 5}}, map[string]float64{"x": 0.8, "y": 0.2}},
		{"(w + x) / y", map[string][2]float64{"w": {7, 10}, "x": {2, 4}, "y": {3, 5}},
			map[string]float64{"w": 5, "x": 10. / 3, "y": -6}},
	} {
		text := clock(1, 1) + fmt.Sprintf("[aux.z]\nequation = %q\n", x.z)
		for name, v := range x.values {
			text += fmt.Sprintf("[stock.%s]\ninitial = \"%v\"\ninflow = [\"f_%s\"]\n[flow.f_%s]\nequation = \"%v + 0*z\"\n",
				name, v[0], name, name, v[1]-v[0])
		}
		r := of(t, text, loops.Options{})
		for name, want := range x.want {
			got, ok := r.Link(name, "z")
			if !ok || len(got) != 1 {
				t.Fatalf("no score of %s → z: %v", name, got)
			}
			near(t, x.z+": "+name, got[0], want, 1e-12)
		}
	}
}

// The example of the paper of 2023: an inflow that goes from 5 to 10 while the outflow goes from 4
// to 5. The outflow has 1/4 of the change of the net flow, whether or not the two are one flow.
func TestFlowScores(t *testing.T) {
	flows := `[stock.s]
initial = "1"
inflow = ["in"]
outflow = ["out"]
[flow.in]
equation = "5 + 5*time + 0*s"
[flow.out]
equation = "4 + time + 0*s"
`
	r := of(t, clock(1, 1)+flows, loops.Options{})
	in, _ := r.Link("in", "s")
	out, _ := r.Link("out", "s")
	near(t, "inflow", in[0], 1.25, 1e-12)
	near(t, "outflow", out[0], -0.25, 1e-12)

	net := strings.Replace(flows, "outflow = [\"out\"]\n", "", 1)
	net = strings.NewReplacer(`["in"]`, `["net"]`, "flow.in", "aux.in", "flow.out", "aux.out").Replace(net) +
		"[flow.net]\nequation = \"in - out\"\n"
	r = of(t, clock(1, 1)+net, loops.Options{})
	first, _ := r.Link("out", "net")
	second, _ := r.Link("net", "s")
	near(t, "outflow within a net flow", first[0]*second[0], -0.25, 1e-12)
}

// armsRace is the model of Eberlein and Schoenberg (2020): three parties that arm towards what the
// others have.
const armsRace = `[constant.time_to_adjust]
value = 1
[stock.a]
initial = "50"
inflow = ["change_a"]
[flow.change_a]
equation = "((b + 0.9*c) / 2 - a) / time_to_adjust"
[stock.b]
initial = "100"
inflow = ["change_b"]
[flow.change_b]
equation = "((a + 1.1*c) / 2 - b) / time_to_adjust"
[stock.c]
initial = "150"
inflow = ["change_c"]
[flow.change_c]
equation = "((1.1*a + 0.9*b) / 2 - c) / time_to_adjust"
`

// It has eight loops: one in each stock, three through two and two through all three. The last two
// carry all of the behaviour after year 50, though the shortest independent loop set leaves them
// out. The search along strongest paths finds them as well.
func TestArmsRace(t *testing.T) {
	for _, method := range []loops.Method{loops.Auto, loops.Strongest} {
		r := of(t, clock(100, 0.25)+armsRace, loops.Options{Search: method})
		if n := len(r.Groups[0].Loops); n != 8 {
			t.Errorf("method %v finds %d loops, want 8", method, n)
		}
		long := 0.0
		for _, l := range r.Groups[0].Loops {
			if len(l.States) == 3 {
				long += at(t, r, r.Relative(l), 50)
			}
		}
		if long < 0.99 {
			t.Errorf("method %v: the loops through all three carry %v at year 50, want all but 1 %%", method, long)
		}
	}
}

const yeast = `[stock.cells]
initial = "1"
inflow = ["births"]
outflow = ["deaths"]
[flow.births]
equation = "cells * (1.1 - 0.1*alcohol) / 16"
[flow.deaths]
equation = "cells * exp(alcohol - 11) / 30"
[stock.alcohol]
initial = "0"
inflow = ["making"]
[flow.making]
equation = "0.01 * cells"
`

// The phases of Schoenberg, Davidsen and Eberlein (2020): growth, slower births, deaths by alcohol,
// and the end. Their flow scores, of 2020, change dominance at 51.5, 66 and 75 with their
// constants. With these constants the formulas written out by hand for the four loops give 54.5,
// 70 and 79.5 in the form of 2020, and the times below in that of 2023.
func TestYeast(t *testing.T) {
	r := of(t, clock(100, 0.5)+yeast, loops.Options{})
	want := []struct {
		to        float64
		variables string
	}{{54.5, "cells births"}, {68.5, "alcohol births cells making"}, {79.5, "alcohol deaths cells making"}, {100, "cells deaths"}}
	phases := r.Groups[0].Phases
	if len(phases) != len(want) {
		t.Fatalf("%d phases, want %d", len(phases), len(want))
	}
	for i, p := range phases {
		if got := strings.Join(p.Loops[0].Variables, " "); p.To != want[i].to || got != want[i].variables || len(p.Loops) != 1 {
			t.Errorf("phase to %v by %s, want %v by %s", p.To, got, want[i].to, want[i].variables)
		}
	}
	// More cells make more births until alcohol is at 11, and fewer after it.
	if l := phases[0].Loops[0]; l.ID != "U1" {
		t.Errorf("%s is %s, want U1: its polarity changes", l.Variables, l.ID)
	}
}

// Two stocks, of which each first acts on itself alone, then both on each other, then the other on
// itself: like figure 4 of Eberlein and Schoenberg (2020), exactly one loop is active at a time.
func TestOneLoopAtATime(t *testing.T) {
	r := of(t, clock(30, 0.5)+`[stock.p]
initial = "1"
inflow = ["to_p"]
[flow.to_p]
equation = "if time < 10 then p/10 else if time < 20 then q/10 else 0"
[stock.q]
initial = "1"
inflow = ["to_q"]
[flow.to_q]
equation = "if time < 10 then 0 else if time < 20 then p/10 else q/10"
`, loops.Options{})
	want := map[string][2]float64{"p to_p": {0, 10}, "p to_q q to_p": {10, 20}, "q to_q": {20, 30}}
	if len(r.Groups[0].Loops) != len(want) {
		t.Fatalf("%d loops, want 3", len(r.Groups[0].Loops))
	}
	for _, l := range r.Groups[0].Loops {
		span := want[strings.Join(l.Variables, " ")]
		relative := r.Relative(l)
		for i, x := range r.Time {
			// In the step over a switch the equation itself changes.
			active := x >= span[0]+0.5 && x < span[1]-1
			if active && relative[i] != 1 || (x < span[0]-1 || x >= span[1]+0.5) && relative[i] != 0 {
				t.Errorf("%v at %v: %v", l.Variables, x, relative[i])
			}
		}
	}
}

// The population models of Schoenberg (PhD thesis, Bergen, 2020): births of a tenth a year and a
// life of 20 years have 67 and -33 %; with a life of 10 years nothing changes, and there is no loop.
func TestPopulation(t *testing.T) {
	model := func(life float64) string {
		return clock(20, 0.25) + fmt.Sprintf(`[stock.people]
initial = "100"
inflow = ["births"]
outflow = ["deaths"]
[flow.births]
equation = "people / 10"
[flow.deaths]
equation = "people / %v"
`, life)
	}
	r := of(t, model(20), loops.Options{})
	near(t, "births", at(t, r, r.Relative(loop(t, r, "R1")), 5), 2./3, 1e-9)
	near(t, "deaths", at(t, r, r.Relative(loop(t, r, "B1")), 5), -1./3, 1e-9)
	if r = of(t, model(10), loops.Options{}); len(r.Groups) != 0 {
		t.Errorf("%d groups of loops at equilibrium, want none", len(r.Groups))
	}
}

// A loop that is alone has the score 1, whatever its gain.
func TestLoopAlone(t *testing.T) {
	for _, x := range []struct {
		equation string
		want     float64
	}{{"0.03*s", 1}, {"10 - 0.3*s", -1}} {
		r := of(t, clock(20, 0.25)+"[stock.s]\ninitial = \"1\"\ninflow = [\"f\"]\n[flow.f]\nequation = \""+x.equation+"\"\n",
			loops.Options{})
		l := r.Groups[0].Loops[0]
		near(t, x.equation, at(t, r, r.Scores(l), 10), x.want, 1e-9)
		near(t, x.equation, l.Share, 1, 1e-12)
	}
}

func TestNoLoops(t *testing.T) {
	r := of(t, clock(20, 0.25)+"[stock.s]\ninitial = \"1\"\ninflow = [\"f\"]\n[flow.f]\nequation = \"2 + time\"\n",
		loops.Options{})
	if len(r.Groups) != 0 || !r.Search.All {
		t.Errorf("%+v", r)
	}
}
