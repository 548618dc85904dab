package calibrate_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/scenarios/calibrate"
)

// logistic is a population that grows to its room. In closed form
//
//	x(t) = room / (1 + (room/start - 1) exp(-growth t))
const logistic = `[time]
start = 0
stop  = 20
step  = 0.25
unit  = "year"
method = "rk4"

[stock.x]
initial = "10"
inflow  = ["growing"]
units   = "fish"
[flow.growing]
equation = "growth * x * (1 - x / room)"
units    = "fish/year"
[constant.growth]
value = 0.1
range = [0.01, 1]
units = "1/year"
[constant.room]
value = 500
range = [50, 1000]
units = "fish"
[data.counted]
file  = "data.csv"
time  = "t"
value = "x"
units = "fish"
[calibration.fit.x]
variable = "x"
data     = "counted"
`

func grown(t, growth, room float64) float64 {
	return room / (1 + (room/10-1)*math.Exp(-growth*t))
}

// counts are the years 1 to n of a truth with an error of a given standard deviation of
// the logarithm.
func counts(n int, truth func(t float64) float64, sd float64, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	b.WriteString("t,x\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%d,%.9f\n", i, truth(float64(i))*math.Exp(sd*r.NormFloat64()))
	}
	return b.String()
}

func load(t *testing.T, text, data string) *model.Model {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), fstest.MapFS{"data.csv": {Data: []byte(data)}})
	if list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

func run(t *testing.T, m *model.Model, o calibrate.Options) *calibrate.Report {
	t.Helper()
	r, err := calibrate.Run(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// standardErrors are those of growth and room by the information that years 1 to n hold
// about them, from the closed form: the inverse of the sum of the products of slopes of
// ln x, over the variance of a single error.
func standardErrors(n int, growth, room, sd float64) (ofGrowth, ofRoom float64) {
	var gg, gr, rr float64
	for i := 1; i <= n; i++ {
		t := float64(i)
		dg := (math.Log(grown(t, growth+1e-6, room)) - math.Log(grown(t, growth-1e-6, room))) / 2e-6
		dr := (math.Log(grown(t, growth, room+1e-3)) - math.Log(grown(t, growth, room-1e-3))) / 2e-3
		gg, gr, rr = gg+dg*dg, gr+dg*dr, rr+dr*dr
	}
	det := gg*rr - gr*gr
	return sd * math.Sqrt(rr/det), sd * math.Sqrt(gg/det)
}

// Numbers that the model itself made, with an error of 2 percent, give the constants
// back. Over forty samples the distance from the truth, in standard errors, has a root
// mean square of 1 within 3 of its own standard deviations, 3/sqrt(2 40) = 0.34; and at
// least 33 of forty intervals of 95 percent hold the truth (fewer than 33 would be chance
// once in a thousand, if 37 are meant, as points are few).
func TestRecovers(t *testing.T) {
	const growth, room, sd, samples = 0.35, 300, 0.02, 40
	errGrowth, errRoom := standardErrors(20, growth, room, sd)
	var square [2]float64
	var inside [2]int
	for seed := range uint64(samples) {
		r := run(t, load(t, logistic, counts(20, func(t float64) float64 { return grown(t, growth, room) }, sd, seed)), calibrate.Options{})
		if !r.Converged {
			t.Fatal(r.Why)
		}
		for i, truth := range []float64{growth, room} {
			c := r.Constants[i]
			z := (c.Value - truth) / []float64{errGrowth, errRoom}[i]
			square[i] += z * z / samples
			if c.From <= truth && truth <= c.To {
				inside[i]++
			}
		}
	}
	for i, name := range []string{"growth", "room"} {
		if z := math.Sqrt(square[i]); math.Abs(z-1) > 0.34 {
			t.Errorf("%s is off by %.2f standard errors, root mean square", name, z)
		}
		if inside[i] < 33 {
			t.Errorf("%d of %d intervals hold %s", inside[i], samples, name)
		}
	}
}

// Where errors go on from year to year, as a process of first order, intervals hold the
// truth nearly as often as they say: of 60 intervals 57 and 54 are meant at a memory of
// 0.5 and 0.8, and fewer than 52 and 47 would be chance about once in a hundred.
func TestIntervalsWhereErrorsGoOn(t *testing.T) {
	const growth, room, sd, samples = 0.35, 300, 0.02, 60
	for memory, least := range map[float64]int{0.5: 52, 0.8: 47} {
		var inside [2]int
		for seed := range uint64(samples) {
			random := rand.New(rand.NewPCG(seed, 7))
			e := random.NormFloat64()
			data := counts(20, func(t float64) float64 {
				if t > 1 {
					e = memory*e + math.Sqrt(1-memory*memory)*random.NormFloat64()
				}
				return grown(t, growth, room) * math.Exp(sd*e)
			}, 0, seed)
			r := run(t, load(t, logistic, data), calibrate.Options{Starts: 4})
			for i, truth := range []float64{growth, room} {
				if c := r.Constants[i]; c.From <= truth && truth <= c.To {
					inside[i]++
				}
			}
		}
		if min(inside[0], inside[1]) < least {
			t.Errorf("memory %v: %v of %d intervals hold the truth", memory, inside, samples)
		}
	}
}

// Only the product of two constants acts on anything: neither is identified, and they are
// named as a pair. The third is known as well as ever.
func TestCannotBeToldApart(t *testing.T) {
	text := strings.Replace(logistic, `"growth * x * (1`, `"growth * luck * x * (1`, 1) + `
[constant.luck]
value = 1
range = [0.2, 4]
units = "1"
`
	r := run(t, load(t, text, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)), calibrate.Options{})
	if !r.Converged {
		t.Fatal(r.Why)
	}
	if len(r.Pairs) != 1 || r.Constants[r.Pairs[0].A].Name != "growth" || r.Constants[r.Pairs[0].B].Name != "luck" || r.Pairs[0].Correlation > -0.95 {
		t.Errorf("pairs %+v", r.Pairs)
	}
	growth, room, luck := r.Constants[0], r.Constants[1], r.Constants[2]
	if !luck.OpenTop || luck.Low < 0.35 && !slices.Contains(luck.With, "growth") {
		t.Errorf("luck %+v", *luck)
	}
	// growth can be all that a luck of 0.35 to 4 leaves of 0.35: 0.0875 to 1.
	if !growth.OpenTop || math.Abs(growth.From-0.35/4) > 0.005 {
		t.Errorf("growth %+v", *growth)
	}
	if room.Unknown() || room.To-room.From > 20 {
		t.Errorf("room %+v", *room)
	}
}

// A constant without any effect on the data is not identified, and nothing makes up for
// it. It keeps its value, and neither the values nor the draws have it.
func TestWithoutEffect(t *testing.T) {
	text := logistic + `
[aux.price]
equation = "unit_price * x"
[constant.unit_price]
value = 3
range = [1, 5]
`
	r := run(t, load(t, text, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)), calibrate.Options{Draws: 10})
	c := r.Constants[2]
	if !c.Unknown() || c.From != 1 || c.To != 5 || len(c.With) > 0 || len(r.Pairs) > 0 || !c.Silent || c.Value != 3 {
		t.Errorf("unit_price %+v, pairs %v", *c, r.Pairs)
	}
	var b strings.Builder
	if err := calibrate.WriteValues(&b, r, calibrate.Stamp{}); err != nil {
		t.Fatal(err)
	}
	if err := calibrate.WritePosterior(&b, r, calibrate.Stamp{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "unit_price") || len(r.Posterior.Draws[0]) != 2 {
		t.Error(b.String())
	}
}

// Held out: the years to 10 are exact, those after it are a tenth more, so that the model
// is 1/1.1 of them: an error of 1/11 in each, a bias of -1/11 of their mean.
func TestHoldOut(t *testing.T) {
	truth := func(t float64) float64 { return grown(t, 0.35, 300) }
	data := counts(20, func(t float64) float64 {
		if t > 10 {
			return 1.1 * truth(t)
		}
		return truth(t)
	}, 0, 1)
	r := run(t, load(t, logistic, data), calibrate.Options{Until: new(10.0)})
	held, mean := r.Series[0].Held, 0.0
	for i := 11; i <= 20; i++ {
		mean += 1.1 * truth(float64(i)) / 10
	}
	if r.Points != 10 || held.Points != 10 || held.From != 11 || held.To != 20 {
		t.Fatalf("%d fitted, %+v held out", r.Points, held)
	}
	if math.Abs(held.MAPE-1./11) > 1e-4 || math.Abs(held.Bias/mean+1./11) > 1e-4 {
		t.Errorf("held out: MAPE %v, bias %v of a mean of %v", held.MAPE, held.Bias, mean)
	}
	if fit := r.Series[0].Fit; fit.MAPE > 1e-4 {
		t.Errorf("the years before are off by %v", fit.MAPE)
	}
}

// A series of which every point comes later is held out as a whole; if that is so of all series,
// there is nothing to fit.
func TestHoldOutASeries(t *testing.T) {
	text := logistic + "to = 10\n[calibration.fit.later]\nvariable = \"x\"\ndata = \"counted\"\nfrom = 11\n"
	data := counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0, 1)
	r := run(t, load(t, text, data), calibrate.Options{Until: new(10.0)})
	if later := r.Series[1]; r.Points != 10 || later.Fit.Points != 0 || later.Held.Points != 10 || later.Held.MAPE > 1e-4 {
		t.Errorf("%d points fitted; later %+v, held out %+v", r.Points, later.Fit, later.Held)
	}
	_, err := calibrate.Run(context.Background(), load(t, text, data), calibrate.Options{Until: new(0.5)})
	if err == nil || !strings.Contains(err.Error(), "counted has no data between 0 and 0.5") {
		t.Errorf("before the first point of all: %v", err)
	}
}

// A truth beyond the range ends at the range, and is said to.
func TestAtBound(t *testing.T) {
	text := strings.Replace(logistic, "range = [50, 1000]", "range = [50, 250]", 1)
	text = strings.Replace(text, "value = 500", "value = 200", 1)
	r := run(t, load(t, text, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)), calibrate.Options{})
	if c := r.Constants[1]; !r.Converged || c.Value != 250 || !c.AtBound || !c.OpenTop {
		t.Errorf("room %+v, converged %v", *c, r.Converged)
	}
	if r.Constants[0].AtBound {
		t.Error("growth is not at a bound")
	}
}

// Blank cells between the dates are left out and counted.
func TestGaps(t *testing.T) {
	data := counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0, 1)
	lines := strings.Split(data, "\n")
	lines[5], lines[9] = "5,", "9,"
	r := run(t, load(t, logistic, strings.Join(lines, "\n")), calibrate.Options{})
	if s := r.Series[0]; s.Blank != 2 || s.Fit.Points != 18 {
		t.Errorf("%d blank, %d points", s.Blank, s.Fit.Points)
	}
	if c := r.Constants[0]; math.Abs(c.Value-0.35) > 1e-4 {
		t.Errorf("growth %v", c.Value)
	}
}

// The same question has the same answer, byte for byte, with any number of workers.
func TestSameBytes(t *testing.T) {
	m := load(t, logistic, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.05, 3))
	written := func(workers int) string {
		r := run(t, m, calibrate.Options{Workers: workers, Seed: 7, Draws: 100, Until: new(15.0)})
		var b strings.Builder
		stamp := calibrate.Stamp{Version: "1", Date: "2026-11-21"}
		if err := calibrate.WriteValues(&b, r, stamp); err != nil {
			t.Fatal(err)
		}
		if err := calibrate.WritePosterior(&b, r, stamp); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	one, two := written(1), written(2)
	if one != two {
		t.Errorf("one worker:\n%s\ntwo:\n%s", one, two)
	}
	if !strings.Contains(one, "until      = 15") || !strings.Contains(one, "[held_out.x]") {
		t.Error(one)
	}
}

// A constant over a dimension moves as one, or element by element; what is written has all
// of its numbers. Of a stock that loses a share r a year, exp(-r) is left after one.
func TestElements(t *testing.T) {
	text := `[time]
start = 0
stop  = 10
step  = 0.0625
unit  = "year"
method = "rk4"
[dimension.sector]
elements = ["a", "b"]
[stock.x]
over    = ["sector"]
initial = "100"
outflow = ["leaving"]
[flow.leaving]
over     = ["sector"]
equation = "x * share"
[constant.share]
over  = ["sector"]
value = [0.05, 0.1]
range = [0, 1]
[data.counted]
file = "data.csv"
time = "t"
over = ["sector"]
[data.counted.at]
a = "a"
b = "b"
[calibration.fit.a]
variable = "x[a]"
data     = "counted[a]"
[calibration.fit.b]
variable = "x[b]"
data     = "counted[b]"
[calibration]
`
	var data strings.Builder
	data.WriteString("t,a,b\n")
	for i := 1; i <= 10; i++ {
		fmt.Fprintf(&data, "%d,%.9f,%.9f\n", i, 100*math.Exp(-0.2*float64(i)), 100*math.Exp(-0.3*float64(i)))
	}
	written := func(r *calibrate.Report) (first, second float64) {
		t.Helper()
		var b strings.Builder
		if err := calibrate.WriteValues(&b, r, calibrate.Stamp{}); err != nil {
			t.Fatal(err)
		}
		at := max(0, strings.Index(b.String(), "\nshare = "))
		if _, err := fmt.Sscanf(b.String()[at:], "\nshare = [%g, %g]", &first, &second); err != nil {
			t.Fatal(err, b.String())
		}
		return first, second
	}
	near := func(what string, first, wantFirst, second, wantSecond float64) {
		t.Helper()
		if math.Abs(first-wantFirst) > 1e-3 || math.Abs(second-wantSecond) > 1e-3 {
			t.Errorf("%s: %v and %v, want %v and %v", what, first, second, wantFirst, wantSecond)
		}
	}
	r := run(t, load(t, text+"constants = [\"share[a]\", \"share[b]\"]\n", data.String()), calibrate.Options{Draws: 10})
	first, second := written(r)
	near("each", first, 0.2, second, 0.3)
	if len(r.Posterior.Constants) != 2 || r.Posterior.Constants[1].Name != "share[b]" {
		t.Errorf("draws of %v", r.Posterior.Constants)
	}
	first, second = written(run(t, load(t, text+"constants = [\"share[b]\"]\n", data.String()), calibrate.Options{}))
	near("the second alone", first, 0.05, second, 0.3)
	// As one: both go the same share of their way to the upper end, 1, so with m = 0.075 and
	// x drawn, b has 0.1 + (x - 0.075)/0.925 0.9.
	r = run(t, load(t, text, data.String()), calibrate.Options{})
	x := r.Constants[0].Value
	first, second = written(r)
	near("as one", first, 0.05+(x-0.075)/0.925*0.95, second, 0.1+(x-0.075)/0.925*0.9)
}

// Several records at once: a weight counts like that many records of the same points.
func TestWeights(t *testing.T) {
	text := strings.Replace(logistic, `units = "fish"
[calibration.fit.x]
variable = "x"
data     = "counted"
`, `units = "fish"
[data.again]
file  = "data.csv"
time  = "t"
value = "y"
units = "fish"
[calibration]
constants = ["room"]
from = 15
[calibration.fit.x]
variable = "x"
data     = "counted"
error    = "relative"
[calibration.fit.y]
variable = "x + 0 * growing * dt"
data     = "again"
error    = "relative"
weight   = 3
`, 1)
	text = strings.Replace(text, "value = 0.1", "value = 2", 1) // full by year 15
	text = strings.Replace(text, "range = [0.01, 1]", "range = [0.01, 3]", 1)
	data := "t,x,y\n16,200,300\n17,200,300\n18,200,300\n"
	r := run(t, load(t, text, data), calibrate.Options{})
	// The least sum of (r/200 - 1)^2 + 3 (r/300 - 1)^2 is at r = (1/200 + 3/300)/(1/200^2 + 3/300^2).
	want := (1./200 + 3./300) / (1./(200*200) + 3./(300*300))
	if got := r.Constants[0].Value; math.Abs(got-want) > 0.01 {
		t.Errorf("room %v, want %v", got, want)
	}
}

// Where there are hundreds of lowest points, starts come to different ones, and a search
// that is alone with the best does not count as converged.
func TestManyLowestPoints(t *testing.T) {
	text := strings.Replace(level, `equation = "height"`, `equation = "height + sin(300 * height)"`, 1)
	m := load(t, text, "t,x\n1,9.3\n2,9.31\n3,9.29\n4,9.3\n")
	r := run(t, m, calibrate.Options{Samples: 16, Starts: 4})
	if r.Converged || r.Agreed != 1 || !strings.Contains(r.Why, "only one start came to the best fit") {
		t.Errorf("converged %v: %d starts agree; %s", r.Converged, r.Agreed, r.Why)
	}
}

// A single start is enough if one is asked for.
func TestOneStartOnly(t *testing.T) {
	r := run(t, load(t, logistic, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)), calibrate.Options{Starts: 1})
	if r.Agreed != 1 || !r.Converged {
		t.Errorf("one start, as asked for: %d agreed, converged %v", r.Agreed, r.Converged)
	}
}

// A cancelled calibration gives nothing but the context's error.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := calibrate.Options{Draws: 10, Progress: func(what string, share float64) {
		if share > 0.2 {
			cancel()
		}
	}}
	r, err := calibrate.Run(ctx, load(t, logistic, counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 1)), o)
	if r != nil || err != context.Canceled {
		t.Errorf("report %v, error %v", r, err)
	}
}

// With Until nothing of later years is used: neither the model's own values nor those of an
// earlier calibration. Two models that differ in these only have the same fit, and a constant
// that the data do not move stays at the middle of its range.
func TestUntilIgnoresEarlierValues(t *testing.T) {
	data := counts(20, func(t float64) float64 { return grown(t, 0.35, 300) }, 0.02, 7)
	fit := func(change func(m *model.Model)) *calibrate.Report {
		m := load(t, logistic, data)
		change(m)
		return run(t, m, calibrate.Options{Until: new(10.0), Seed: 3})
	}
	plain := fit(func(*model.Model) {})
	later := fit(func(m *model.Model) {
		own := map[string]*model.Variable{}
		for _, v := range m.Variables {
			if v.Kind == model.KindConstant && v.Range != nil {
				before := *v
				own[v.Name] = &before
				v.Value, v.Fitted = []float64{v.Range[0] + 0.9*(v.Range[1]-v.Range[0])}, true
			}
		}
		m.Calibrated = &model.Calibrated{File: "calibration.toml", Own: own, Constants: slices.Sorted(maps.Keys(own))}
	})
	for i, c := range plain.Constants {
		if o := later.Constants[i]; o.Value != c.Value || o.From != c.From || o.To != c.To {
			t.Errorf("%s is %v, and %v after an earlier calibration", c.Name, c.Value, o.Value)
		}
	}
	if len(later.Reverted) == 0 || plain.Reverted != nil {
		t.Errorf("reverted are %v and %v", later.Reverted, plain.Reverted)
	}
	moved := fit(func(m *model.Model) {
		for _, v := range m.Variables {
			if v.Kind == model.KindConstant && v.Range != nil {
				v.Value = []float64{v.Range[0]}
			}
		}
	})
	for i, c := range plain.Constants {
		if o := moved.Constants[i]; o.Value != c.Value {
			t.Errorf("%s is %v, and %v with another value in the model's file", c.Name, c.Value, o.Value)
		}
	}
}
