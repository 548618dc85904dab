package sim_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
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

// closedNetwork has four non-negative stocks and flows between them, of any sign.
func closedNetwork(rng *rand.Rand, by string) string {
	var b strings.Builder
	step := []float64{1, 0.5, 0.25}[rng.IntN(3)]
	fmt.Fprintf(&b, "[time]\nstart = 0\nstop = 20\nstep = %v\nunit = \"day\"\nmethod = %q\n", step, by)
	in, out := [4][]string{}, [4][]string{}
	last := ""
	for i := range 7 {
		from, to := rng.IntN(4), rng.IntN(4)
		if from == to {
			continue
		}
		name := fmt.Sprintf("f%d", i)
		out[from], in[to] = append(out[from], name), append(in[to], name)
		other := ""
		if last != "" && rng.IntN(2) == 0 {
			other = fmt.Sprintf(" + %.2f * %s", rng.Float64()*2-1, last)
		}
		last = name
		fmt.Fprintf(&b, "[flow.%s]\nequation = \"%.2f + %.2f * s%d - %.2f * s%d + %.2f * sin(time * %.2f)%s\"\n", name,
			rng.Float64()*4-2, rng.Float64(), rng.IntN(4), rng.Float64(), rng.IntN(4), rng.Float64()*4, rng.Float64()*3, other)
	}
	for i := range 4 {
		if len(in[i])+len(out[i]) == 0 {
			in[i] = []string{fmt.Sprintf("none%d", i)}
			fmt.Fprintf(&b, "[flow.none%d]\nequation = \"0\"\n", i)
		}
		fmt.Fprintf(&b, "[stock.s%d]\ninitial = \"%d\"\nnon_negative = true\ninflow = [\"%s\"]\noutflow = [\"%s\"]\n",
			i, rng.IntN(4), strings.Join(in[i], `", "`), strings.Join(out[i], `", "`))
	}
	return strings.ReplaceAll(b.String(), `[""]`, "[]")
}

// refused reports whether a network is refused because a flow depends on one that is served
// after it, which is a mistake of its own.
func refused(text string) bool {
	m, _ := model.Parse("m.toml", []byte(text), nil)
	_, list := model.Check(m)
	return slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool {
		return d.Code == model.Cycle && strings.Contains(d.Hint, "is never below 0")
	})
}

// No non-negative stock falls below 0 by any method of fixed steps, whatever flows in or out,
// and nothing is made or lost: the sum of a closed network stays as it is.
func TestNonNegativeStocksConserve(t *testing.T) {
	held, left := 0, 0
	for i := range method.Table {
		by := method.Table[i].Name
		for seed := range uint64(60) {
			text := closedNetwork(rand.New(rand.NewPCG(seed, 11)), by)
			if refused(text) {
				left++
				continue
			}
			r := runText(t, text)
			held += len(r.Limits)
			first := math.NaN()
			for k := range r.Time {
				sum := 0.0
				for s := range 4 {
					x := valuesOf(r, fmt.Sprintf("s%d", s))[k]
					if !(x >= -1e-9) {
						t.Fatalf("%s, seed %d: s%d is %g at %g", by, seed, s, x, r.Time[k])
					}
					sum += x
				}
				if k == 0 {
					first = sum
				}
				if !(math.Abs(sum-first) <= 1e-9*(1+first)) {
					t.Fatalf("%s, seed %d: %g in all at %g, and %g at the start", by, seed, sum, r.Time[k], first)
				}
			}
		}
	}
	if held < 500 || left > 20 {
		t.Errorf("%d limits held something back, %d networks were refused", held, left)
	}
}
