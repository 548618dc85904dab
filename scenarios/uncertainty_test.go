package scenarios

import (
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/internal/statistic"
	"weir/scenarios/plan"
	"weir/scenarios/uncertainty"
)

// gains is a model whose stock ends at its gain a year times ten years: no new decisions
// gives 100 + 10 level; the lever adds 10 lever (luck - threshold), and sure adds 10 sure.
const gains = `
name = "Gains"
today = 0
[time]
start = 0
stop = 10
step = 0.5
save = 1
unit = "year"
[dimension.place]
elements = ["east", "west"]
[stock.wealth]
initial = "100"
inflow = ["gain"]
units = "1"
[flow.gain]
equation = "level + lever * (luck - threshold) + sure + (if shaky = 0 then 0 else sqrt(luck - 0.25)) + quiet"
units = "1/year"
[flow.money]
equation = "price * lever"
units = "USD/year"
[stock.purse]
initial = "0"
inflow = ["money"]
units = "USD"
[aux.where]
equation = "sum(parts)"
units = "1"
[unit]
USD = {}
[constant.level]
value = 1
range = [0, 2]
units = "1/year"
evidence = "assumed"
[constant.luck]
label = "How lucky"
value = 0.5
range = [0, 1]
units = "1/year"
[constant.threshold]
value = 0
units = "1/year"
[constant.price]
value = 3
units = "USD/year"
[constant.parts]
over = ["place"]
value = [1, 3]
range = [0, 4]
units = "1"
[constant.both]
over = ["place"]
value = 5
range = [4, 8]
units = "1"
[constant.weight]
value = 2
range = [1, 4]
distribution = "triangular"
units = "1"
[constant.rate]
value = 2
distribution = { name = "normal", sd = 0.5 }
units = "1"
[constant.size]
value = 1
range = [0.5, 2]
distribution = "lognormal"
units = "1"
[constant.widths]
over = ["place"]
value = [1, 3]
distribution = { name = "lognormal", sd = 0.5 }
units = "1"
[decision.lever]
value = 0
units = "1"
[decision.sure]
value = 0
units = "1/year"
[decision.shaky]
value = 0
units = "1"
[decision.quiet]
value = 0
units = "1/year"
`

// gainsSet has an intervention for each lever of gains, and one scenario for each.
const gainsSet = `
model = "model.toml"
name = "Gains"
[outcome.wealth]
variable = "wealth"
better = "higher"
[intervention.lever.change.lever]
to = 1
[intervention.sure.change.sure]
to = 0.5
[scenario.lever]
interventions = ["lever"]
[scenario.sure]
interventions = ["sure"]
`

// read reads a set over a model, both given as texts.
func read(modelText, setText string) (*Set, diagnostic.List) {
	return Parse("set.toml", []byte(setText), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Parse("model.toml", []byte(modelText), nil)
	})
}

// sound is read for a set without errors.
func sound(t *testing.T, modelText, setText string) *Set {
	t.Helper()
	set, list := read(modelText, setText)
	if list.HasErrors() {
		t.Fatalf("%v", list)
	}
	return set
}

// mistakes are the errors of a list.
func mistakes(list diagnostic.List) (out diagnostic.List) {
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			out = append(out, d)
		}
	}
	return out
}

func TestUncertaintyDefaults(t *testing.T) {
	set := sound(t, gains, gainsSet+"[uncertainty]\n")
	u := set.Uncertainty
	if u.Runs != plan.DefaultRuns || u.Method != "sobol" || u.Seed != 0 {
		t.Errorf("runs %d, method %s, seed %d", u.Runs, u.Method, u.Seed)
	}
	var names []string
	for _, s := range u.Sources {
		names = append(names, s.Name)
	}
	want := []string{"level", "luck", "parts", "both", "weight", "rate", "size", "widths"}
	if !slices.Equal(names, want) { // threshold and price have no range
		t.Errorf("uncertain are %q, want %q", names, want)
	}
	if s := u.Sources[0]; s.Low != 0 || s.High != 2 || s.Value != 1 || s.Evidence != "assumed" || s.Distribution != "uniform" || s.Elements != 1 {
		t.Errorf("level is %+v", s)
	}
}

// Quantiles of the draws as the model's words mean them: see the distributions of package model.
func TestDistributionsOfConstants(t *testing.T) {
	set := sound(t, gains, gainsSet+"[uncertainty]\n")
	const z = 1.959963984540054 // 97.5 percent of a normal variable lie below
	for _, c := range []struct {
		name      string
		u, want   float64
		low, high float64
	}{
		{"luck", 0.25, 0.25, 0, 1},
		{"weight", 1. / 3, 2, 1, 4}, // the mode splits the triangle as it splits the range
		{"rate", 0.5, 2, 2 - z/2, 2 + z/2},
		{"size", 0.5, 1, 0.5, 2},
		{"size", 0.75, math.Exp(math.Log(4) / 4 * 0.6391), 0.5, 2}, // cut at two deviations: 0.9545 of the normal is left
	} {
		s := set.Uncertainty.Sources[set.Uncertainty.Position(c.name)]
		if got := s.Distribute().Quantile(c.u); math.Abs(got-c.want) > 1e-3 {
			t.Errorf("%s at %v is %v, want %v", c.name, c.u, got, c.want)
		}
		if math.Abs(s.Low-c.low) > 1e-9 || math.Abs(s.High-c.high) > 1e-9 {
			t.Errorf("%s goes from %v to %v, want %v to %v", c.name, s.Low, s.High, c.low, c.high)
		}
	}
}

// One draw moves all elements of an array, each the same share of its own way.
func TestOneDrawMovesAnArray(t *testing.T) {
	set := sound(t, gains, gainsSet+"[uncertainty]\n")
	source := func(name string) *uncertainty.Source { return &set.Uncertainty.Sources[set.Uncertainty.Position(name)] }
	parts := source("parts") // 1 and 3, mean 2, range 0 to 4
	for _, c := range []struct{ draw, east, west float64 }{{0, 0, 0}, {1, 0.5, 1.5}, {2, 1, 3}, {3, 2.5, 3.5}, {4, 4, 4}} {
		to := make([]float64, 2)
		if n := parts.Spread(c.draw, to); n != 2 || to[0] != c.east || to[1] != c.west {
			t.Errorf("a draw of %v gives %v, want %v and %v", c.draw, to, c.east, c.west)
		}
	}
	if want := []string{"parts[east]", "parts[west]"}; !slices.Equal(parts.Vary(), want) {
		t.Errorf("parts sets %q, want %q", parts.Vary(), want)
	}
	if both := source("both"); !slices.Equal(both.Vary(), []string{"both"}) || both.Value != 5 || both.Elements != 2 {
		t.Errorf("equal elements need one number: %+v", both)
	}
	to := make([]float64, 2)
	source("widths").Spread(4, to) // mean 2, lognormal without a range: by the same factor
	if to[0] != 2 || to[1] != 6 {
		t.Errorf("a draw of twice the mean gives %v, want twice of 1 and 3", to)
	}
}

func TestAssumptionsAreNotDrawn(t *testing.T) {
	set := sound(t, gains, gainsSet+"[assumption.luck]\nto = 0.9\n[uncertainty]\nwithout = [\"level\"]\n")
	for _, name := range []string{"luck", "level"} {
		if set.Uncertainty.Position(name) >= 0 {
			t.Errorf("%s is drawn", name)
		}
	}
}

// A sampler says what it draws, and draws it for a member alone as among others.
func TestSampler(t *testing.T) {
	set := sound(t, gains, gainsSet+"[uncertainty]\nruns = 16\nconstants = [\"luck\", \"parts\"]\ncorrelation = [[\"luck\", \"parts\", 0.9]]\n")
	s, err := set.Uncertainty.Sampler()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"luck", "parts[east]", "parts[west]"}; !slices.Equal(s.Vary(), want) {
		t.Fatalf("it sets %q, want %q", s.Vary(), want)
	}
	luck, parts := make([]float64, 16), make([]float64, 16)
	for m := range 16 {
		draws, values := make([]float64, 2), make([]float64, 3)
		s.Draws(m, draws)
		s.Values(m, values)
		if values[0] != draws[0] || !(values[1] <= values[2]) {
			t.Errorf("member %d draws %v and sets %v", m, draws, values)
		}
		luck[m], parts[m] = draws[0], draws[1]
	}
	if rho := statistic.Correlation(statistic.CentredRanks(luck), statistic.CentredRanks(parts)); !(rho > 0.7) {
		t.Errorf("constants with a correlation of 0.9 have a rank correlation of %v", rho)
	}
}

func TestUncertaintyRefusals(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       diagnostic.Code
		says       []string
	}{
		{"misspelt constant", `constants = ["lukc"]`, plan.UnknownVariable, []string{`"lukc"`, "did you mean luck?"}},
		{"decision", `constants = ["lever"]`, plan.NotAnAssumption, []string{"lever is a decision"}},
		{"computed", `constants = ["gain"]`, plan.NotAnAssumption, []string{"gain is a flow"}},
		{"no range", `constants = ["threshold"]`, plan.NoRange, []string{"how uncertain threshold is", "[constant.threshold]"}},
		{"element", `constants = ["parts[east]"]`, plan.WhichElement, []string{"one draw moves all elements of parts"}},
		{"twice", `constants = ["luck", "luck"]`, plan.BadRuns, []string{"luck is named twice"}},
		{"in and out", "constants = [\"luck\"]\nwithout = [\"luck\"]", plan.BadRuns, []string{"luck is named twice"}},
		{"misspelt without", `without = ["lukc"]`, plan.UnknownVariable, []string{"did you mean luck?"}},
		{"few runs", `runs = 3`, plan.BadRuns, []string{"runs is a whole number from 10"}},
		{"half a run", `runs = 20.5`, plan.BadRuns, []string{"not 20.5"}},
		{"negative seed", `seed = -1`, plan.BadRuns, []string{"seed is a whole number from 0"}},
		{"unknown method", `method = "sobel"`, "bad-value", []string{"did you mean sobol?"}},
		{"grid", "method = \"grid\"\nruns = 1000\nconstants = [\"luck\", \"level\"]", plan.BadRuns, []string{"1024 runs with 32 levels"}},
		{"memory", `runs = 10000000`, plan.BadRuns, []string{"GB of memory", "at most 2.0 GB", "fits"}},
		{"correlation of one", `correlation = [["luck", "luck", 0.5]]`, plan.BadCorrelation, []string{"luck goes with itself"}},
		{"correlation with what is fixed", "constants = [\"luck\"]\ncorrelation = [[\"luck\", \"level\", 0.5]]", plan.BadCorrelation, []string{"level is not among the uncertain constants"}},
		{"correlation above 1", `correlation = [["luck", "level", 1.5]]`, plan.BadCorrelation, []string{"between -1 and 1"}},
		{"correlation without a number", `correlation = [["luck", "level"]]`, plan.BadCorrelation, []string{"two constants and a number"}},
		{"correlation that is flat", `correlation = ["luck", "level", 0.5]`, plan.BadCorrelation, []string{`[["a", "b", 0.6]]`}},
		{"correlation twice", `correlation = [["luck", "level", 0.5], ["level", "luck", 0.4]]`, plan.BadCorrelation, []string{"correlated twice"}},
		{"contradicting correlations", `correlation = [["luck", "level", 0.9], ["luck", "size", 0.9], ["level", "size", -0.9]]`, plan.BadCorrelation, []string{"contradict each other"}},
		{"unknown key", `run = 100`, "unknown-key", []string{"did you mean runs?"}},
	} {
		_, list := read(gains, gainsSet+"[uncertainty]\n"+c.text+"\n")
		errors := mistakes(list)
		if len(errors) == 0 || errors[0].Code != c.code {
			t.Errorf("%s: want one error %s, got %v", c.name, c.code, errors)
			continue
		}
		for _, word := range c.says {
			if !strings.Contains(errors[0].Message+" ("+errors[0].Hint+")", word) {
				t.Errorf("%s: %q does not say %q", c.name, errors[0].Message+" ("+errors[0].Hint+")", word)
			}
		}
	}
}

// What the model's own reader refuses stops a set as well, at its place in the model.
func TestImpossibleRangesOfTheModel(t *testing.T) {
	for _, c := range [][2]string{
		{"range = [0, 1]", "range = [1, 0]"},
		{"range = [1, 4]\ndistribution = \"triangular\"", "range = [1, 4]\ndistribution = { name = \"triangular\", mode = 9 }"},
		{"sd = 0.5 }", "sd = -0.5 }"},
	} {
		_, list := read(strings.Replace(gains, c[0], c[1], 1), gainsSet+"[uncertainty]\n")
		if !list.HasErrors() || list[0].Span.File != "model.toml" {
			t.Errorf("%q: %v", c[1], list)
		}
	}
}

func TestNothingIsUncertain(t *testing.T) {
	bare := gains[:strings.Index(gains, "[constant.level]")] + `
[constant.level]
value = 1
units = "1/year"
[constant.luck]
value = 1
units = "1/year"
[constant.threshold]
value = 1
units = "1/year"
[constant.price]
value = 1
units = "USD/year"
[constant.parts]
over = ["place"]
value = 1
units = "1"
` + gains[strings.Index(gains, "[decision.lever]"):]
	_, list := read(bare, gainsSet+"[uncertainty]\n")
	if wrong := mistakes(list); len(wrong) != 1 || wrong[0].Code != plan.NoRange {
		t.Errorf("a model without ranges: %v", wrong)
	}
}
