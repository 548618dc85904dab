package sim_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"weir/model"
	"weir/model/method"
	"weir/sim"
)

// A tank of 3 whose one inflow is -2 a day: 3 - 2 = 1, of which only 1 can go, and then
// nothing (XMILE 1.2, 4.2: negative inflows flow outward and are held like outflows).
const drainedByInflow = `
[time]
start = 0
stop = 4
step = 1
unit = "day"
[stock.tank]
initial = "3"
inflow = ["net"]
non_negative = true
[flow.net]
equation = "-2"
`

// runText runs a model that must be sound.
func runText(t *testing.T, text string) *sim.Result {
	t.Helper()
	m, list := model.Parse("m.toml", []byte(text), nil)
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(list, more)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func valuesOf(r *sim.Result, name string) []float64 {
	var out []float64
	at := r.Index(name)
	for k := range r.Time {
		out = append(out, r.Row(k)[at])
	}
	return out
}

func TestNegativeInflowIsHeld(t *testing.T) {
	r := runText(t, drainedByInflow)
	for i, want := range []float64{3, 1, 0, 0, 0} {
		if got := valuesOf(r, "tank")[i]; got != want {
			t.Errorf("day %d: the tank holds %v, want %v", i, got, want)
		}
	}
	// It wanted 8 in four days and got 3.
	if len(r.Limits) != 1 || r.Limits[0].Flow != "net" || r.Limits[0].Amount != 5 {
		t.Errorf("held back: %+v", r.Limits)
	}
}

// Between two such stocks a flow drains the one it comes from, forwards or backwards: with
// -2 from b (1) to a (0), only 1 arrives.
func TestNegativeFlowBetweenStocks(t *testing.T) {
	r := runText(t, `
[time]
start = 0
stop = 2
step = 1
unit = "day"
[stock.a]
initial = "0"
outflow = ["f"]
non_negative = true
[stock.b]
initial = "1"
inflow = ["f"]
non_negative = true
[flow.f]
equation = "-2"
`)
	a, b := valuesOf(r, "a"), valuesOf(r, "b")
	if a[1] != 1 || b[1] != 0 || a[2] != 1 || b[2] != 0 {
		t.Errorf("a %v, b %v, want 0 1 1 and 1 0 0", a, b)
	}
}

// A flow that depends on another one into the same stock is held after it: both can be
// negative, and neither waits for the other.
func TestNegativeInflowsThatDependOnEachOther(t *testing.T) {
	r := runText(t, strings.Replace(drainedByInflow, `["net"]`, `["first", "net"]`, 1)+"[flow.first]\nequation = \"net / 2\"\n")
	// Day 0: net -2, first -1, so that 0 are left; then nothing can go.
	if got := valuesOf(r, "tank"); got[1] != 0 || got[2] != 0 {
		t.Errorf("got %v", got)
	}
}

// network draws non-negative stocks and flows between them, of any sign, each of which reads
// stocks and some of the flows before it. Nothing comes from outside or goes there.
func network(t *rapid.T, by string) string {
	coefficient := rapid.Float64Range(-2, 2)
	stocks := rapid.IntRange(2, 8).Draw(t, "stocks")
	stock := rapid.IntRange(0, stocks-1)
	reads := rapid.IntRange(0, 3).Draw(t, "flows read")
	var b strings.Builder
	fmt.Fprintf(&b, "[time]\nstart = 0\nstop = 10\nstep = %v\nunit = \"day\"\nmethod = %q\n",
		rapid.SampledFrom([]float64{1, 0.5, 0.25}).Draw(t, "step"), by)
	in, out := make([][]string, stocks), make([][]string, stocks)
	var names []string
	for i := range rapid.IntRange(1, 30).Draw(t, "flows") {
		from, to := stock.Draw(t, "from"), stock.Draw(t, "to")
		if from == to {
			continue
		}
		name := fmt.Sprintf("f%d", i)
		fmt.Fprintf(&b, "[flow.%s]\nequation = \"%.3f + %.3f * s%d - %.3f * s%d", name, coefficient.Draw(t, "constant"),
			coefficient.Draw(t, "gain"), stock.Draw(t, "read"), coefficient.Draw(t, "loss"), stock.Draw(t, "read"))
		for range reads {
			if len(names) > 0 {
				fmt.Fprintf(&b, " + %.3f * %s", coefficient.Draw(t, "share"), rapid.SampledFrom(names).Draw(t, "flow read"))
			}
		}
		b.WriteString("\"\n")
		names = append(names, name)
		out[from], in[to] = append(out[from], name), append(in[to], name)
	}
	for i := range stocks {
		if len(in[i])+len(out[i]) == 0 {
			in[i] = []string{fmt.Sprintf("none%d", i)}
			fmt.Fprintf(&b, "[flow.none%d]\nequation = \"0\"\n", i)
		}
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = \"%d\"\nnon_negative = true\ninflow = [\"%s\"]\noutflow = [\"%s\"]\n",
			i, rapid.IntRange(0, 3).Draw(t, "initial"), strings.Join(in[i], `", "`), strings.Join(out[i], `", "`))
	}
	return strings.ReplaceAll(b.String(), `[""]`, "[]")
}

// No non-negative stock falls below 0 by any method of fixed steps, whatever flows in or out,
// and nothing is made or lost: the sum of a closed network stays as it is. No network is
// refused whose flows read only flows before them, as dense as it may be.
func TestNonNegativeStocksConserve(t *testing.T) {
	unlessGiven("rapid.seed", "2030")
	unlessGiven("rapid.nofailfile", "true")
	held := 0
	rapid.Check(t, func(t *rapid.T) {
		text := network(t, rapid.SampledFrom(method.Fixed()).Draw(t, "method"))
		p, err := sim.Compile(check(t, text, nil))
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Run(context.Background(), sim.Settings{})
		if err != nil || r.NonFinite != nil {
			t.Fatal(err, r.NonFinite, text)
		}
		held += len(r.Limits)
		first := math.NaN()
		for k := range r.Time {
			sum := 0.0
			for i, c := range r.Columns {
				if x := r.Row(k)[i]; c.Variable[0] == 's' {
					if sum += x; !(x >= -1e-9) {
						t.Fatalf("%s is %g at %g\n%s", c.Variable, x, r.Time[k], text)
					}
				}
			}
			if k == 0 {
				first = sum
			}
			if !(math.Abs(sum-first) <= 1e-9*(1+first)) {
				t.Fatalf("%g in all at %g, and %g at the start\n%s", sum, r.Time[k], first, text)
			}
		}
	})
	if held < 100 {
		t.Errorf("%d limits held something back", held)
	}
}

// Outflows are served in their order, also those that are served in a line because flows
// read each other (isee's help, "Flow prioritization"; XMILE 1.0, 4.2): where one is held
// back, none behind it gets anything, for no inflow comes between them here.
func TestPriorityOfOutflowsThatReadEachOther(t *testing.T) {
	unlessGiven("rapid.seed", "2031")
	unlessGiven("rapid.nofailfile", "true")
	held := 0
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("[time]\nstart = 0\nstop = 4\nstep = 1\nunit = \"day\"\n")
		n := rapid.IntRange(2, 6).Draw(t, "outflows")
		var names []string
		for i := range n {
			fmt.Fprintf(&b, "[flow.f%d]\nequation = \"wanted%d\"\n[aux.wanted%d]\nequation = \"%.2f", i, i, i, rapid.Float64Range(0, 2).Draw(t, "wanted"))
			if i > 0 {
				fmt.Fprintf(&b, " + %.2f * f%d", rapid.Float64Range(0, 1).Draw(t, "share"), rapid.IntRange(0, i-1).Draw(t, "flow read"))
			}
			b.WriteString("\"\n")
			names = append(names, fmt.Sprintf("f%d", i))
		}
		fmt.Fprintf(&b, "[stock.from]\ninitial = \"%.2f\"\nnon_negative = true\noutflow = [\"%s\"]\n[stock.into]\ninitial = \"0\"\nnon_negative = true\ninflow = [\"%s\"]\n",
			rapid.Float64Range(0, 6).Draw(t, "contents"), strings.Join(names, `", "`), strings.Join(names, `", "`))
		r := run(t, b.String(), sim.Settings{})
		for k := range r.Time {
			short := false
			for i := range n {
				got, wanted := r.Row(k)[r.Index(names[i])], r.Row(k)[r.Index(fmt.Sprintf("wanted%d", i))]
				if short && got > 1e-12 {
					t.Fatalf("f%d gets %g after one that is held back\n%s", i, got, b.String())
				}
				short = short || got < wanted-1e-12
				held += len(r.Limits)
			}
		}
	})
	if held == 0 {
		t.Error("nothing was held back")
	}
}
