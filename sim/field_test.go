package sim_test

import (
	"context"
	"math"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"weir/sim"
	"weir/sim/internal/random"
)

// The slopes of random models by their stocks are those of small changes of the stocks. Where the
// changes up and down lead to different slopes, at a corner, there is nothing to compare.
func TestSlopesOfRandomModels(t *testing.T) {
	unlessGiven("rapid.seed", "2031")
	unlessGiven("rapid.nofailfile", "true")
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		m := random.Draw(t)
		t.Log(m)
		files := fstest.MapFS{}
		for name, text := range m.Files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		p, err := sim.Compile(check(t, m.TOML, files))
		if err != nil {
			t.Skip(err)
		}
		f, err := p.Field(context.Background(), m.Settings, startOf(p, m.Settings))
		if err != nil {
			t.Skip(err)
		}
		compared += compareSlopes(t, f, m.TOML)
	})
	if compared < 500 && !testing.Short() {
		t.Errorf("only %d slopes could be compared", compared)
	}
}

// startOf returns the start of a run.
func startOf(p *sim.Program, s sim.Settings) float64 {
	c, err := p.CodeClock(s)
	if err != nil {
		return 0
	}
	return c.Start
}

// stairs are the functions that jump at every whole number of their argument, or of a multiple of it.
var stairs = regexp.MustCompile(`\b(mod|floor|ceil|trunc|round|remainder|quantum)\b`)

// noNumber are the parts of models that may give na, which is -2^109.
var noNumber = regexp.MustCompile(`between = "exact"|beyond = "na"|element_at`)

// compareSlopes returns how many slopes were compared. With jumps, changes of 1 or more are not: they
// pass whole stairs, of which they give the mean slope, and the slope between two jumps is 0. A stock
// of -2^109, as na is, has no smaller change that double precision holds. Stairs may be finer than 1
// after a product: changes of another size must then give the same quotient. For the same reason
// nothing is compared where na may be added to a stock and no small change has any effect, or the slope
// is none: -2^109 and h are -2^109, and so is a slope of that size with a small one.
//
// A price of allocate is found to its last bit, so that what each gets is off by up to its request,
// times the distance of two numbers there, over the width, which is a half or more in drawn models. Requests
// and priorities are stocks or small.
func compareSlopes(t *rapid.T, f *sim.Field, text string) int {
	jumps, absorbs := stairs.MatchString(text), noNumber.MatchString(text)
	allocates := strings.Contains(text, "allocate")
	n, y := f.Len(), f.State()
	for i := range y { // off the corners at which stocks are empty or alike, by far more than a small change
		y[i] += float64((0.37 + 0.0137*float64(i)) * max(1, math.Abs(y[i])))
	}
	slopes := func(y []float64) []float64 {
		to := make([]float64, n)
		f.At(y, to)
		return to
	}
	largest := 50.0 // the least that prices are looked for at
	for _, x := range y {
		largest = max(largest, math.Abs(x))
	}
	at := slopes(y)
	m, _ := f.Matrix()
	if of, _ := f.Steep(); of != "" {
		return 0
	}
	compared := 0
	for j := range n {
		h := 1e-5 * max(1e-3, math.Abs(y[j]))
		if jumps && h >= 1 {
			continue
		}
		up, down := append([]float64(nil), y...), append([]float64(nil), y...)
		up[j], down[j] = y[j]+h, y[j]-h
		high, low := slopes(up), slopes(down)
		var finer []float64 // the slopes after a change of another size
		nearer := append([]float64(nil), y...)
		if nearer[j] = y[j] + h/97; jumps {
			finer = slopes(nearer)
		}
		for i := range n {
			right, left := (high[i]-at[i])/(up[j]-y[j]), (at[i]-low[i])/(y[j]-down[j])
			rounding := 1e-10 * math.Abs(at[i]) / h
			if allocates {
				rounding += 0x1p-52 * largest * largest / h
			}
			if !(math.Abs(right-left) <= 1e-3*max(math.Abs(right), math.Abs(left))+2*rounding) || math.IsInf(right, 0) {
				continue // a corner, a jump, or overflow
			}
			if jumps {
				fine := (finer[i] - at[i]) / (nearer[j] - y[j])
				if !(math.Abs(right-fine) <= 1e-3*max(math.Abs(right), math.Abs(fine))+2*97*rounding) {
					continue
				}
			}
			got := 0.0
			for k := m.First[i]; k < m.First[i+1]; k++ {
				if int(m.Columns[k]) == j {
					got = m.Values[k]
				}
			}
			if absorbs && (right == 0 && left == 0 || got == 0) {
				continue
			}
			want := (right + left) / 2
			if !(math.Abs(got-want) <= 2e-3*math.Abs(want)+4*rounding+1e-9) {
				t.Fatalf("slope of %s by %s: %g, small changes give %g and %g", f.Stock(i), f.Stock(j), got,
					left, right)
			}
			compared++
		}
	}
	f.At(y, make([]float64, n))
	return compared
}

// thresholds are the parts of equations that jump where a stock passes a number: two runs that
// differ by rounding may pass it in other steps.
var thresholds = regexp.MustCompile(`if \(| [<>=]+ |mod|floor|ceil|trunc|round|remainder|quantum|sign|` +
	`lookup_|rank|sort|select|element_at|allocate|price| and | or |not|size_of|npv|irr|conveyor`)

// On random models, with their draws, delays, limits and jumps, the two methods that choose their
// own steps agree.
func TestStiffOnRandomModels(t *testing.T) {
	unlessGiven("rapid.seed", "2032")
	unlessGiven("rapid.nofailfile", "true")
	if !testing.Short() {
		unlessGiven("rapid.checks", "400")
	}
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		m := random.Draw(t)
		t.Log(m)
		files := fstest.MapFS{}
		for name, text := range m.Files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		for _, line := range strings.Split(m.TOML, "\n") {
			if _, equation, is := strings.Cut(line, " = "); is && thresholds.MatchString(equation) {
				return
			}
		}
		p, err := sim.Compile(check(t, m.TOML, files))
		if err != nil {
			return
		}
		var results [2]*sim.Result
		for i, name := range []string{"rk45", "stiff"} {
			s := m.Settings
			s.Method = name
			if results[i], err = p.Run(context.Background(), s); err != nil {
				return // both refuse what they cannot follow
			}
		}
		a, b := results[0], results[1]
		if len(a.Time) != len(b.Time) {
			t.Fatalf("%d rows by rk45, %d by stiff", len(a.Time), len(b.Time))
		}
		for k, c := range a.Columns {
			if c.Variable[0] != 's' { // stocks: an auxiliary may jump where a stock passes a threshold
				continue
			}
			size := 1.0
			for i := range a.Time {
				x, y := a.Row(i)[k], b.Row(i)[k]
				size = max(size, math.Abs(x))
				if !(math.Abs(x-y) <= 1e-3*size) && x-x == 0 && y-y == 0 {
					t.Fatalf("%s at %g: %g by rk45, %g by stiff", c.Name(), a.Time[i], x, y)
				}
			}
			compared++
		}
	})
	if compared < 5 && !testing.Short() {
		t.Errorf("only %d stocks could be compared", compared)
	}
}
