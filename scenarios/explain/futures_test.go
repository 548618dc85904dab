package explain_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/explain"
)

// uncertain is a model with a drawn constant and with chance inside; a works through p, b
// through q, whose sign depends on the future.
const uncertain = clock + `
[constant.k]
value = 1.5
range = [1.2, 2.5]
[constant.turn]
value = 0.1
range = [-1, 1]
[aux.noise]
equation = "normal(0, 1)"
[flow.f]
equation = "p + q + noise * (1 + 0.1 * a)"
[stock.y]
initial = "50"
inflow = ["f"]
[aux.p]
equation = "k * k * a"
[aux.q]
equation = "turn * b"
[channel.p]
through = "p"
[channel.q]
through = "q"
[channel.noise]
through = "noise"
`

const inFutures = "\n[uncertainty]\nruns = %d\nmethod = \"random\"\nseed = 5\nconstants = \"all\"\n"

// TestFutures explains every future of a set: the differences are those of the set's own
// futures, draws inside the model among them.
func TestFutures(t *testing.T) {
	set := setOf(map[string]float64{"a": 1}) + fmt.Sprintf(inFutures, 30)
	c := explained(t, set, uncertain, explain.Options{})
	e, v := c.Why[0], c.Verdicts[0]
	if e.Futures != 30 || e.Excluded != 0 {
		t.Fatalf("%d futures explained, %d left out", e.Futures, e.Excluded)
	}
	additive(t, e)
	near(t, "difference", e.Difference, v.Difference)
	only := e.Decisions.Parts[0]
	near(t, "10th percentile", only.Range[0], v.Range[0])
	near(t, "90th percentile", only.Range[1], v.Range[1])
	if v.Range[1]-v.Range[0] < 1 {
		t.Errorf("the futures hardly differ: %v", v.Range)
	}
	for _, s := range e.Sentences {
		if strings.Contains(s.String(), "clear") {
			t.Errorf("nothing here is unclear: %s", s)
		}
	}
}

// TestUnclear has a decision that helps in some futures and harms in others: the part says so.
func TestUnclear(t *testing.T) {
	set := setOf(map[string]float64{"a": 1, "b": 1}) + fmt.Sprintf(inFutures, 60)
	e := explained(t, set, uncertain, explain.Options{Futures: 25}).Why[0]
	if e.Futures != 25 {
		t.Fatalf("%d futures, want 25", e.Futures)
	}
	additive(t, e)
	for _, p := range append(e.Decisions.Parts, e.Channels.Parts...) {
		if p.Clear == (p.ID == "b" || p.ID == "q") {
			t.Errorf("%s is clear: %v, in %v of the futures", p.ID, p.Clear, p.Agree)
		}
		if p.Amount < p.Range[0] || p.Amount > p.Range[1] {
			t.Errorf("%s is %v, outside its range %v", p.ID, p.Amount, p.Range)
		}
	}
	said := ""
	for _, s := range e.Sentences {
		said += s.String() + "\n"
	}
	if !strings.Contains(said, "Not clear: “b” and q.") {
		t.Errorf("nothing says that b is unclear:\n%s", said)
	}
}

// TestMeasures explains each measure: the whole is the verdict's, in its unit, and adds up.
func TestMeasures(t *testing.T) {
	for _, measure := range []string{`"end"`, "\"end\"\nat = 7", `"mean"`, `"minimum"`, `"maximum"`, `"integral"`,
		"\"time_to_reach\"\nlevel = 51", `"time_to_settle"`} {
		set := strings.Replace(setOf(map[string]float64{"a": 1, "b": 2}), "better =", "measure = "+measure+"\nbetter =", 1)
		c := explained(t, set+fmt.Sprintf(inFutures, 20), uncertain, explain.Options{})
		e, v := c.Why[0], c.Verdicts[0]
		near(t, measure, e.Difference, v.Difference)
		additive(t, e)
	}
	set := strings.Replace(setOf(map[string]float64{"a": 1, "b": 2}), `better = "higher"`, "cost = true", 1)
	set = strings.Replace(set, "variable = \"y\"", "variable = \"f\"", 1)
	c := explained(t, set+fmt.Sprintf(inFutures, 20), uncertain, explain.Options{})
	near(t, "cost", c.Why[0].Difference, c.Verdicts[0].Difference)
	additive(t, c.Why[0])
}

// TestSampled explains fourteen decisions by sampled orders: the parts add up, and of a sum of the
// decisions each has its own with no error.
func TestSampled(t *testing.T) {
	text, set, sum := clock, "model = \"m.toml\"\n[outcome.y]\nvariable = \"y\"\nbetter = \"higher\"\n", "a"
	var ids []string
	for i := range 14 {
		text += fmt.Sprintf("[decision.d%d]\nvalue = 0\n", i)
		sum += fmt.Sprintf(" + %d * d%d", i+1, i)
		set += fmt.Sprintf("[intervention.i%d]\n[intervention.i%d.change.d%d]\nto = 1\nstart = 0\n", i, i, i)
		ids = append(ids, fmt.Sprintf("\"i%d\"", i))
	}
	set += "[scenario.s]\ninterventions = [" + strings.Join(ids, ", ") + "]\n"
	e := explained(t, set, text+"[aux.y]\nequation = \""+sum+"\"\n", explain.Options{}).Why[0]
	additive(t, e)
	if e.Decisions.Orders == 0 {
		t.Fatal("fourteen decisions were not sampled")
	}
	for _, p := range e.Decisions.Parts {
		var i int
		fmt.Sscanf(p.ID, "i%d", &i)
		near(t, p.ID, p.Amount, float64(i+1))
		near(t, p.ID+"'s error", *p.Error, 0)
	}
	// Of a square an order and its reverse together are exact: d times the whole sum, 105.
	e = explained(t, set, text+"[aux.y]\nequation = \"("+sum+")^2\"\n", explain.Options{}).Why[0]
	additive(t, e)
	for _, p := range e.Decisions.Parts {
		var i int
		fmt.Sscanf(p.ID, "i%d", &i)
		near(t, p.ID, p.Amount, 105*float64(i+1))
	}
	e = explained(t, set, text+"[aux.y]\nequation = \"("+sum+")^3\"\n", explain.Options{}).Why[0]
	additive(t, e)
	for _, p := range e.Decisions.Parts {
		var i int
		fmt.Sscanf(p.ID, "i%d", &i)
		if off := math.Abs(p.Amount - cubic(float64(i+1))); *p.Error <= 0 || off > 3**p.Error {
			t.Errorf("%s is %v ± %v, want %v", p.ID, p.Amount, *p.Error, cubic(float64(i+1)))
		}
	}
}

// cubic returns the part of the player d in the cube of 1 + 2 + … + 14. Written out, the cube is a
// sum of products of one, two or three players, and each product is parted equally:
//
//	d³ + Σ 3/2 (d² e + d e²) + Σ 2 d e f  over others e, and pairs e < f of others
func cubic(d float64) float64 {
	part := d * d * d
	for e := 1.0; e <= 14; e++ {
		if e == d {
			continue
		}
		part += 1.5 * (d*d*e + d*e*e)
		for f := e + 1; f <= 14; f++ {
			if f != d {
				part += 2 * d * e * f
			}
		}
	}
	return part
}

// TestByChange makes each change of an intervention a part.
func TestByChange(t *testing.T) {
	set := strings.Replace(setOf(map[string]float64{"a": 1}), "[scenario.s]", "[intervention.a.change.b]\nto = 2\nstart = 0\n[scenario.s]", 1)
	e := explained(t, set, clock+"[aux.y]\nequation = \"a + 3 * b\"\n", explain.Options{ByChange: true}).Why[0]
	got := amounts(e.Decisions)
	near(t, "a", got["a a"], 1)
	near(t, "b", got["a b"], 6)
}

// TestNothing explains what cannot be explained, in words.
func TestNothing(t *testing.T) {
	for _, x := range []struct{ name, model, set, want string }{
		{"no path", "[aux.y]\nequation = \"time\"\n", "", "no difference: no path leads from the decisions to it"},
		{"no move", "[aux.y]\nequation = \"min(a, 0)\"\n", "", "no difference at all"},
		{"breaks down", "[aux.y]\nequation = \"1 / (1 - a)\"\n", "", "not explained, its run broke down"},
	} {
		e := explained(t, setOf(map[string]float64{"a": 1})+x.set, clock+x.model, explain.Options{}).Why[0]
		if len(e.Sentences) != 1 || !strings.Contains(e.Sentences[0].String(), x.want) {
			t.Errorf("%s: %v, want %q", x.name, e.Sentences, x.want)
		}
	}
}

// TestSomeBreakDown leaves futures out in which a run with a held channel is not finite, and
// says how many.
func TestSomeBreakDown(t *testing.T) {
	// With q held and p not, the root of k - 1.5 is taken: NaN where k is smaller.
	text := clock + `
[constant.k]
value = 2
range = [1, 3]
[aux.p]
equation = "a"
[aux.q]
equation = "a"
[aux.y]
equation = "if p > q then sqrt(k - 1.5) else p + k"
[channel.p]
through = "p"
[channel.q]
through = "q"
`
	e := explained(t, setOf(map[string]float64{"a": 1})+fmt.Sprintf(inFutures, 40), text, explain.Options{}).Why[0]
	if e.Excluded == 0 || e.Futures == 0 || e.Futures+e.Excluded != 40 {
		t.Errorf("%d futures explained and %d left out", e.Futures, e.Excluded)
	}
	additive(t, e)
}

// TestChannelNotes says of channels that they are the outcome itself, or not on the way.
func TestChannelNotes(t *testing.T) {
	text := clock + `
[aux.x]
equation = "a"
[aux.away]
equation = "b"
[aux.y]
equation = "x"
[channel.x]
through = "x"
[channel.away]
label = "the other way"
through = "away"
[channel.itself]
label = "the end"
through = "y"
`
	c := explained(t, setOf(map[string]float64{"a": 1}), text, explain.Options{})
	e := c.Why[0]
	for _, want := range []string{"on no path from these decisions to it: the other way",
		"the outcome itself, so no channel of it: the end"} {
		if !strings.Contains(e.Channels.How, want) {
			t.Errorf("%q does not say %q", e.Channels.How, want)
		}
	}
	near(t, "x", amounts(e.Channels)["x"], 1)
	if c.Explained(c.Set.Scenarios[0], c.Set.Outcomes[0]) != e || c.Explained(nil, c.Set.Outcomes[0]) != nil {
		t.Error("the comparison does not find its explanation")
	}
	var _ scenarios.Said = e.Sentences[0]
}

// TestShapes explains futures in which a lookup has other points: each runs its own model.
func TestShapes(t *testing.T) {
	text := clock + `
[constant.k]
value = 1
range = [1, 3]
[lookup.effect]
points = [[0, 0], [1, 1]]
[lookup.effect.shape.bent]
points = [[0, 0], [1, -1]]
weight = 1
[aux.x]
equation = "k * effect(a)"
[aux.y]
equation = "x"
[channel.x]
through = "x"
`
	c := explained(t, setOf(map[string]float64{"a": 1})+fmt.Sprintf(inFutures, 40), text, explain.Options{})
	e, v := c.Why[0], c.Verdicts[0]
	only := e.Decisions.Parts[0]
	if e.Futures != 40 || v.Range[0] >= 0 || v.Range[1] <= 0 {
		t.Fatalf("%d futures, range %v: both shapes should be in them", e.Futures, v.Range)
	}
	near(t, "10th percentile", only.Range[0], v.Range[0])
	near(t, "90th percentile", only.Range[1], v.Range[1])
	additive(t, e)
}
