package sensitivity

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
)

// still is the clock of a model that only has to be evaluated once.
const still = "[time]\nstart = 0\nstop = 1\nstep = 1\nunit = \"year\"\n"

// bare reads a model as a set without scenarios.
func bare(t *testing.T, text string) *scenarios.Set {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(text), os.DirFS("."))
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(more)
	}
	return OfModel(m, r)
}

// asked answers a question about a set.
func asked(t *testing.T, set *scenarios.Set, q Question) *Result {
	t.Helper()
	r, err := Of(context.Background(), set, q, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// holds reports an estimate whose range does not hold a number, or that is far from it.
func holds(t *testing.T, what string, got Estimate, want, near float64) {
	t.Helper()
	if !(got.Low <= want+1e-9 && want-1e-9 <= got.High) || !(math.Abs(got.Value-want) <= near) {
		t.Errorf("%s is %.4f (%.4f to %.4f), want %.4f", what, got.Value, got.Low, got.High, want)
	}
}

// ishigami is the function sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 of three angles from -π to π.
// With V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2, V1 = (1 + bπ⁴/5)²/2, V2 = a²/8 and V13 = 8b²π⁸/225, the
// indices are V1/V = 0.3139, V2/V = 0.4424, 0, and in total (V1+V13)/V = 0.5576, 0.4424, V13/V =
// 0.2437 (T. Ishigami and T. Homma, ISUMA 1990; A. Saltelli and others, Sensitivity Analysis,
// 2000, with a = 7 and b = 0.1).
func ishigami() string {
	text := still + "[aux.y]\nequation = \"sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1)\"\n"
	for i := range 3 {
		text += fmt.Sprintf("[constant.x%d]\nvalue = 0\nrange = [%v, %v]\n", i+1, -math.Pi, math.Pi)
	}
	return text
}

func TestIshigami(t *testing.T) {
	r := asked(t, bare(t, ishigami()), Question{Outcomes: []string{"y"}, Runs: 4096})
	o := r.Outputs[0]
	for i, want := range []Index{{First: Estimate{Value: 0.3139}, Total: Estimate{Value: 0.5576}},
		{First: Estimate{Value: 0.4424}, Total: Estimate{Value: 0.4424}},
		{First: Estimate{Value: 0}, Total: Estimate{Value: 0.2437}}} {
		holds(t, fmt.Sprintf("first index of x%d", i+1), o.Indices[i].First, want.First.Value, 0.01)
		holds(t, fmt.Sprintf("total index of x%d", i+1), o.Indices[i].Total, want.Total.Value, 0.01)
	}
	holds(t, "the sum of first indices", o.Alone, 0.3139+0.4424, 0.02)
	// Mean a/2, and the root of V = 13.8446.
	if math.Abs(o.Mean-3.5) > 0.01 || math.Abs(o.SD-3.7208) > 0.02 {
		t.Errorf("mean %v, standard deviation %v", o.Mean, o.SD)
	}
	if r.Evaluations != 4096*5 {
		t.Errorf("%d runs, want 4096 (3 + 2)", r.Evaluations)
	}
}

// Sobol's g function, the product of (|4x-2| + a)/(1 + a): with V_i = 1/(3 (1+a_i)²) and V the
// product of (1 + V_i) less 1, the first index is V_i/V and the total V_i Π (1 + V_j) / V over
// the others (I. Sobol, Mathematics and Computers in Simulation 55, 2001).
func TestSobolG(t *testing.T) {
	a := []float64{0, 1, 4.5, 9, 99}
	text, product, v := still, 1.0, []float64{}
	var terms []string
	for i, x := range a {
		text += fmt.Sprintf("[constant.x%d]\nvalue = 0.5\nrange = [0, 1]\n", i)
		terms = append(terms, fmt.Sprintf("(abs(4 * x%d - 2) + %v) / (1 + %v)", i, x, x))
		v = append(v, 1/(3*(1+x)*(1+x)))
		product *= 1 + v[i]
	}
	text += "[aux.y]\nequation = \"" + strings.Join(terms, " * ") + "\"\n"
	o := asked(t, bare(t, text), Question{Outcomes: []string{"y"}, Runs: 2048}).Outputs[0]
	for i := range a {
		holds(t, fmt.Sprintf("first index of x%d", i), o.Indices[i].First, v[i]/(product-1), 0.01)
		holds(t, fmt.Sprintf("total index of x%d", i), o.Indices[i].Total, v[i]*product/(1+v[i])/(product-1), 0.01)
	}
}

// uShape is s = 10 ((a-5)² + 0.3 b) over ten years, a and b uniform from 0 to 10: a has variance
// 500/9 of 500/9 + 0.75, which is 98.7 %, although its rank correlation is 0.
func uShape() string {
	return strings.Replace(still, "stop = 1\n", "stop = 10\n", 1) + "[stock.s]\nlabel = \"Sum\"\ninitial = \"0\"\ninflow = [\"f\"]\n" +
		"[flow.f]\nequation = \"(a - 5)^2 + 0.3 * b\"\n[constant.a]\nlabel = \"The bowl\"\nvalue = 5\nrange = [0, 10]\n[constant.b]\nvalue = 5\nrange = [0, 10]\n"
}

func TestUShape(t *testing.T) {
	o := asked(t, bare(t, uShape()), Question{}).Outputs[0]
	share := 500. / 9 / (500./9 + 0.75)
	if math.Abs(share-0.987) > 0.0005 {
		t.Fatalf("the closed form gives %v", share)
	}
	for i, want := range []float64{share, 1 - share} {
		holds(t, "first index", o.Indices[i].First, want, 0.005)
		holds(t, "total index", o.Indices[i].Total, want, 0.005)
	}
}

// Elementary effects over the middle 90 % of a linear model are its slopes times 0.9 of the
// ranges, without spread; of a bowl they have no direction.
func TestMorris(t *testing.T) {
	text := still + "[aux.y]\nequation = \"2 * a - 3 * b + 0 * c\"\n[aux.bowl]\nequation = \"(a - 5)^2\"\n"
	for _, name := range []string{"a", "b", "c"} {
		text += "[constant." + name + "]\nvalue = 5\nrange = [0, 10]\n"
	}
	r := asked(t, bare(t, text), Question{Outcomes: []string{"y", "bowl"}, Method: Morris})
	for i, want := range []float64{18, 27, 0} {
		x := r.Outputs[0].Effects[i]
		if math.Abs(x.Mean.Value-want) > 1e-9 || math.Abs(x.SD) > 1e-9 || x.Mean.High-x.Mean.Low > 1e-9 {
			t.Errorf("effect %d is %+v, want %v", i, x, want)
		}
	}
	if y := r.Outputs[0].Effects; y[0].Sign != 1 || y[1].Sign != -1 || y[2].Sign != 0 {
		t.Errorf("signs are %v, %v, %v", y[0].Sign, y[1].Sign, y[2].Sign)
	}
	if bowl := r.Outputs[1].Effects[0]; math.Abs(bowl.Sign) > 0.5 || bowl.SD < 5 {
		t.Errorf("a bowl has %+v", bowl)
	}
	if r.Evaluations != DefaultTrajectories*4 {
		t.Errorf("%d runs, want %d (3 + 1)", r.Evaluations, DefaultTrajectories)
	}
}

// A tornado has the ends of each constant: of 10 to 20 uniform, 11 and 19; y = 2a at b's value.
func TestTornado(t *testing.T) {
	text := still + "[aux.y]\nequation = \"2 * a * b\"\n[constant.a]\nvalue = 12\nrange = [10, 20]\n[constant.b]\nvalue = 1\nrange = [0, 2]\n"
	o := asked(t, bare(t, text), Question{Outcomes: []string{"y"}, Method: Tornado}).Outputs[0]
	for i, want := range []Swing{{Low: 11, High: 19, AtLow: 22, AtHigh: 38}, {Low: 0.2, High: 1.8, AtLow: 4.8, AtHigh: 43.2}} {
		got := o.Swings[i]
		for k, pair := range [][2]float64{{got.Low, want.Low}, {got.High, want.High}, {got.AtLow, want.AtLow}, {got.AtHigh, want.AtHigh}} {
			if math.Abs(pair[0]-pair[1]) > 1e-9 {
				t.Errorf("swing %d, number %d: %v, want %v", i, k, pair[0], pair[1])
			}
		}
	}
	if o.Mean != 24 {
		t.Errorf("the centre is %v", o.Mean)
	}
}

// doubleSet compares a lever: the stock ends at 10 (level + lever luck), so that the difference
// depends on luck alone, and the level with no new decisions on level alone.
const doubleModel = `
today = 0
[time]
start = 0
stop = 10
step = 1
unit = "year"
[stock.wealth]
initial = "0"
inflow = ["gain"]
[flow.gain]
equation = "level + lever * luck + noise * uniform(0, 1)"
[constant.level]
value = 1
range = [0, 2]
[constant.luck]
value = 0.5
range = [0, 1]
[constant.noise]
value = 0
[decision.lever]
value = 0
`

const doubleSet = `
model = "model.toml"
[outcome.wealth]
variable = "wealth"
better = "higher"
[intervention.pull.change.lever]
to = 1
start = 0
[scenario.pull]
interventions = ["pull"]
[intervention.push.change.lever]
to = -1
start = 0
[scenario.push]
interventions = ["push"]
`

// parsed reads a set over a model, both given as texts.
func parsed(t *testing.T, modelText, setText string) *scenarios.Set {
	t.Helper()
	set, list := scenarios.Parse("set.toml", []byte(setText), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse("model.toml", []byte(modelText), os.DirFS("."))
	})
	if list.HasErrors() {
		t.Fatal(list)
	}
	return set
}

// Verdicts are explained in pairs: random draws of the run and everything else that the two
// share cancels, so that a difference that is luck times ten has luck as its only cause.
func TestSensitivityOfADifference(t *testing.T) {
	noisy := strings.Replace(doubleModel, "[constant.noise]\nvalue = 0", "[constant.noise]\nvalue = 1", 1)
	r := asked(t, parsed(t, noisy, doubleSet), Question{Scenario: "pull", Runs: 512})
	if len(r.Outputs) != 2 || r.Outputs[0].Scenario != nil || r.Outputs[1].Scenario.ID != "pull" {
		t.Fatalf("outputs are %+v", r.Outputs)
	}
	holds(t, "luck's share of the difference", r.Outputs[1].Indices[1].First, 1, 0.01)
	holds(t, "level's share of the difference", r.Outputs[1].Indices[0].Total, 0, 1e-9)
	// With no new decisions, level has variance 100/3 and the sum of ten uniform numbers 10/12:
	// the share of chance is in no factor.
	holds(t, "level's share of the level", r.Outputs[0].Indices[0].First, (100./3)/(100./3+10./12), 0.02)
	if alone := r.Outputs[0].Alone; alone.Value > 0.995 {
		t.Errorf("chance has no share: constants explain %v", alone.Value)
	}
}

// Constants that are correlated are one factor, and the others keep theirs.
func TestCorrelatedConstantsAreOneFactor(t *testing.T) {
	set := parsed(t, doubleModel, doubleSet+"[uncertainty]\ncorrelation = [[\"level\", \"luck\", 0.5]]\n")
	r := asked(t, set, Question{Scenario: "pull", Runs: 256})
	if len(r.Factors) != 1 || !slices.Equal(r.Factors[0].Members, []string{"level", "luck"}) {
		t.Fatalf("factors are %+v", r.Factors)
	}
	holds(t, "both together", r.Outputs[1].Indices[0].First, 1, 0.02)
	if !slices.ContainsFunc(r.Notes, func(s string) bool { return strings.Contains(s, "one factor") }) {
		t.Errorf("nothing is said of the correlation: %q", r.Notes)
	}
}

// The same seed gives the same bits with any number of workers, another seed others.
func TestSameSeedSameBits(t *testing.T) {
	set := parsed(t, doubleModel, doubleSet)
	for _, method := range []Method{Sobol, Morris} {
		var all []string
		for _, x := range []struct {
			workers int
			seed    uint64
		}{{1, 7}, {3, 7}, {2, 8}} {
			r, err := Of(context.Background(), set, Question{Method: method, Runs: 64, Seed: &x.seed}, scenarios.Options{Workers: x.workers})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprintf("%b", numbersOf(r)))
		}
		if all[0] != all[1] || all[0] == all[2] {
			t.Errorf("%s: equal for other workers %v, for another seed %v", method, all[0] == all[1], all[0] == all[2])
		}
	}
}

// numbersOf returns all estimates of a result.
func numbersOf(r *Result) (list []float64) {
	for _, o := range r.Outputs {
		for _, x := range o.Indices {
			list = append(list, x.First.Value, x.First.Low, x.First.High, x.Total.Value, x.Total.Low, x.Total.High)
		}
		for _, x := range o.Effects {
			list = append(list, x.Mean.Value, x.Mean.Low, x.Mean.High, x.SD)
		}
	}
	return list
}

// Over time, the share of what acts late grows: y = a until 5, and a + b from then on.
func TestOverTime(t *testing.T) {
	text := strings.Replace(still, "stop = 1\n", "stop = 10\n", 1) + "[aux.y]\nequation = \"a + step(1, 5) * b\"\n" +
		"[constant.a]\nvalue = 0\nrange = [0, 1]\n[constant.b]\nvalue = 0\nrange = [0, 1]\n"
	r := asked(t, bare(t, text), Question{Outcomes: []string{"y"}, Runs: 256, OverTime: true})
	o := r.Outputs[0]
	if len(o.Over) != 11 || len(r.Time) != 11 {
		t.Fatalf("%d rows at %d times", len(o.Over), len(r.Time))
	}
	holds(t, "a before", o.Over[4][0].First, 1, 0.02)
	holds(t, "b before", o.Over[4][1].Total, 0, 1e-9)
	holds(t, "a after", o.Over[6][0].First, 0.5, 0.02)
	holds(t, "b after", o.Over[6][1].First, 0.5, 0.02)
}

// Questions that cannot be answered say why, and what to do.
func TestBadQuestions(t *testing.T) {
	fixed := strings.NewReplacer("range = [0, 2]\n", "", "range = [0, 1]\n", "").Replace(doubleModel)
	for _, row := range []struct {
		set  *scenarios.Set
		q    Question
		want string
	}{
		{bare(t, fixed), Question{}, "no constant of the model has a range"},
		{bare(t, doubleModel), Question{Outcomes: []string{"welth"}}, "did you mean wealth?"},
		{bare(t, doubleModel), Question{Scenario: "pull"}, "a model has no scenarios"},
		{parsed(t, doubleModel, doubleSet), Question{Scenario: "pul"}, "it has pull, push"},
		{bare(t, doubleModel), Question{Constants: []string{"noise"}}, "nothing says how uncertain noise is: add range"},
		{bare(t, doubleModel), Question{Constants: []string{"lever"}}, "lever is a decision"},
		{bare(t, doubleModel), Question{Constants: []string{"lick"}}, "did you mean luck?"},
		{bare(t, doubleModel), Question{Runs: 3}, "--runs is a number of points from 16"},
		{bare(t, doubleModel), Question{Runs: 1 << 24}, "--runs is a number of points"},
		{bare(t, doubleModel), Question{Method: Tornado, Runs: 10}, "a tornado takes two runs"},
		{bare(t, doubleModel), Question{Method: Morris, OverTime: true}, "--over-time is for --method sobol"},
		{parsed(t, strings.Replace(doubleModel, "stop = 10\n", "stop = 100\n", 1), doubleSet), Question{Runs: 1 << 18, OverTime: true},
			"take fewer points with --runs"},
	} {
		_, err := Of(context.Background(), row.set, row.q, scenarios.Options{})
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%+v: %v, want %q", row.q, err, row.want)
		}
	}
}

// One constant has everything, an output that never changes has nothing to explain, a number of
// points that is no power of two is rounded up, and each is said.
func TestOddQuestions(t *testing.T) {
	r := asked(t, bare(t, doubleModel), Question{Outcomes: []string{"wealth", "lever"}, Constants: []string{"level"}, Runs: 100})
	if r.Points != 128 || !slices.ContainsFunc(r.Notes, func(s string) bool { return strings.Contains(s, "rounded up to 128") }) {
		t.Errorf("%d points, notes %q", r.Points, r.Notes)
	}
	holds(t, "the only constant", r.Outputs[0].Indices[0].First, 1, 0.03)
	holds(t, "the only constant in total", r.Outputs[0].Indices[0].Total, 1, 0.03)
	if o := r.Outputs[1]; !o.Constant || o.Indices != nil {
		t.Errorf("a decision is %+v", o)
	}
}

// A run that breaks down takes its point out of all outputs, and the number is said.
func TestBrokenRunsAreLeftOut(t *testing.T) {
	text := still + "[aux.y]\nequation = \"sqrt(a - 0.1) + 0 * b\"\n[constant.a]\nvalue = 0.5\nrange = [0, 1]\n[constant.b]\nvalue = 0\nrange = [0, 1]\n"
	r := asked(t, bare(t, text), Question{Outcomes: []string{"y"}, Runs: 1024})
	// A point is whole if a is above 0.1 in A and in B: 81 %.
	if share := float64(r.Excluded) / 1024; math.Abs(share-0.19) > 0.02 {
		t.Errorf("%v of the points are left out", share)
	}
}
