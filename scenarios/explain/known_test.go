package explain_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
	"weir/scenarios/explain"
)

// A known is a model with decisions a and b, of which the parts are known in closed form.
type known struct {
	name, model string
	changes     map[string]float64 // from the start; one intervention each
	difference  float64
	decisions   map[string]float64 // parts by ID
	channels    map[string]float64 // "direct" is the rest
	loops       map[string]float64 // the difference without the loop
	synergy     float64            // of a and b
}

// clock is that of all known models: ten steps of Euler's method.
const clock = `
name = "known"
[time]
start = 0
stop = 10
step = 1
unit = "year"
method = "euler"
[decision.a]
value = 0
[decision.b]
value = 0
`

// knowns are models whose parts are computed by hand; the comments say how.
var knowns = []known{
	// y gains 2a a year for ten years: all of it through x.
	{name: "chain", model: `
[aux.x]
equation = "2 * a"
[flow.f]
equation = "x"
[stock.y]
initial = "5"
inflow = ["f"]
[channel.way]
through = "x"
`, changes: map[string]float64{"a": 3}, difference: 60, decisions: map[string]float64{"a": 60},
		channels: map[string]float64{"way": 60, "direct": 0}},

	// Three ways: a, 2a and a directly.
	{name: "fork", model: `
[aux.p]
equation = "a"
[aux.q]
equation = "2 * a"
[aux.y]
equation = "p + q + 4 * a"
[channel.p]
through = "p"
[channel.q]
through = "q"
`, changes: map[string]float64{"a": 1}, difference: 7, decisions: map[string]float64{"a": 7},
		channels: map[string]float64{"p": 1, "q": 2, "direct": 4}},

	// s grows by a + 0.1 s: after ten steps 10 (1.1^10 - 1) a. Without the loop it is 10 a.
	{name: "loop", model: `
[stock.s]
initial = "0"
inflow = ["grow", "push"]
[flow.grow]
equation = "0.1 * gain"
[aux.gain]
equation = "s"
[flow.push]
equation = "a"
[aux.y]
equation = "s"
[loop.growth]
through = ["s", "gain", "grow"]
`, changes: map[string]float64{"a": 1}, difference: 10 * (math.Pow(1.1, 10) - 1),
		decisions: map[string]float64{"a": 10 * (math.Pow(1.1, 10) - 1)}, loops: map[string]float64{"growth": 10}},

	// Two ways of the same size and other sign.
	{name: "cancel", model: `
[aux.up]
equation = "3 * a"
[aux.down]
equation = "-3 * a"
[aux.y]
equation = "7 + up + down"
[channel.up]
through = "up"
[channel.down]
through = "down"
`, changes: map[string]float64{"a": 2}, difference: 0, decisions: map[string]float64{"a": 0},
		channels: map[string]float64{"up": 6, "down": -6, "direct": 0}},

	// What is late by three years has added up for seven: 7a; the rest at once: 10 b.
	{name: "delay", model: `
[aux.late]
equation = "delay_fixed(a, 3, 0)"
[flow.f]
equation = "late + b"
[stock.y]
initial = "0"
inflow = ["f"]
[channel.late]
through = "late"
`, changes: map[string]float64{"a": 2, "b": 1}, difference: 24, decisions: map[string]float64{"a": 14, "b": 10},
		channels: map[string]float64{"late": 14, "direct": 10}},

	// (1+a)(1+b) - 1 = a + b + ab; the last is halved between the two, and the synergy of the pair.
	{name: "product", model: `
[aux.p]
equation = "1 + a"
[aux.q]
equation = "1 + b"
[aux.y]
equation = "p * q"
[channel.p]
through = "p"
[channel.q]
through = "q"
`, changes: map[string]float64{"a": 2, "b": 3}, difference: 11, decisions: map[string]float64{"a": 5, "b": 6},
		channels: map[string]float64{"p": 5, "q": 6, "direct": 0}, synergy: 6},

	// min(1+a, 1+b): one alone does nothing, both do 2; half each.
	{name: "limit", model: `
[aux.p]
equation = "1 + a"
[aux.q]
equation = "1 + b"
[aux.y]
equation = "min(p, q)"
[channel.p]
through = "p"
[channel.q]
through = "q"
`, changes: map[string]float64{"a": 2, "b": 5}, difference: 2, decisions: map[string]float64{"a": 1, "b": 1},
		channels: map[string]float64{"p": 1, "q": 1, "direct": 0}, synergy: 2},

	// Elements carry 1a, 2a and 3a; a channel of an array is one.
	{name: "array", model: `
[dimension.d]
elements = ["u", "v", "w"]
[constant.k]
over = ["d"]
value = [1, 2, 3]
[aux.x]
over = ["d"]
equation = "k * a"
[aux.z]
equation = "b"
[aux.y]
equation = "sum(x[*]) + z"
[channel.x]
through = "x"
[channel.z]
through = "z"
`, changes: map[string]float64{"a": 2, "b": 5}, difference: 17, decisions: map[string]float64{"a": 12, "b": 5},
		channels: map[string]float64{"x": 12, "z": 5, "direct": 0}},

	// The limit of a non-negative stock: it holds 4, and at most 4 can leave, however much a asks.
	{name: "non-negative", model: `
[stock.s]
initial = "4"
outflow = ["leave"]
non_negative = true
[flow.leave]
equation = "want"
[aux.want]
equation = "a"
[stock.y]
initial = "0"
inflow = ["leave"]
[channel.want]
through = "want"
`, changes: map[string]float64{"a": 3}, difference: 4, decisions: map[string]float64{"a": 4},
		channels: map[string]float64{"want": 4, "direct": 0}},

	// b costs money and does nothing for y.
	{name: "only cost", model: `
[aux.x]
equation = "a"
[aux.y]
equation = "10 + x"
[aux.cost]
equation = "100 * b"
[channel.x]
through = "x"
[channel.cost]
through = "cost"
`, changes: map[string]float64{"a": 2, "b": 3}, difference: 2, decisions: map[string]float64{"a": 2, "b": 0},
		channels: map[string]float64{"x": 2, "direct": 0}},

	// y is 1 once p + q reaches 3: only both together reach it.
	{name: "threshold", model: `
[aux.p]
equation = "a"
[aux.q]
equation = "b"
[aux.y]
equation = "if p + q >= 3 then 1 else 0"
[channel.p]
through = "p"
[channel.q]
through = "q"
`, changes: map[string]float64{"a": 2, "b": 1}, difference: 1, decisions: map[string]float64{"a": 0.5, "b": 0.5},
		channels: map[string]float64{"p": 0.5, "q": 0.5, "direct": 0}, synergy: 1},
}

// setOf returns a set over a model in which one scenario has an intervention for each change.
func setOf(changes map[string]float64) string {
	var b strings.Builder
	b.WriteString("model = \"m.toml\"\n[outcome.y]\nvariable = \"y\"\nbetter = \"higher\"\n")
	var names []string
	for _, name := range []string{"a", "b"} {
		if x, ok := changes[name]; ok {
			fmt.Fprintf(&b, "[intervention.%s]\nlabel = \"%s\"\n[intervention.%s.change.%s]\nto = %v\nstart = 0\n", name, name, name, name, x)
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	fmt.Fprintf(&b, "[scenario.s]\ninterventions = [%s]\n", strings.Join(names, ", "))
	return b.String()
}

// explained compares a set over a model and explains it.
func explained(t testing.TB, set, text string, o explain.Options) *scenarios.Comparison {
	t.Helper()
	s := load(t, set, text)
	c, err := scenarios.Compare(context.Background(), s, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := explain.Add(context.Background(), c, o); err != nil {
		t.Fatal(err)
	}
	return c
}

// A failer is a test, or a random one.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// load reads a set and its model, neither of which may have a mistake.
func load(t failer, set, text string) *scenarios.Set {
	t.Helper()
	s, list := scenarios.Parse("set.toml", []byte(set), func(name string, _ model.ImportOptions) (
		*model.Model, diagnostic.List) {
		return model.Parse(name, []byte(text), nil)
	})
	if list.HasErrors() {
		t.Fatalf("%v\n%s\n%s", list, set, text)
	}
	return s
}

func TestKnown(t *testing.T) {
	for _, k := range knowns {
		t.Run(k.name, func(t *testing.T) {
			e := explained(t, setOf(k.changes), clock+k.model, explain.Options{}).Why[0]
			near(t, "difference", e.Difference, k.difference)
			for _, p := range e.Decisions.Parts {
				near(t, "decision "+p.ID, p.Amount, k.decisions[p.ID])
			}
			if len(e.Decisions.Parts) != len(k.decisions) {
				t.Errorf("%d decisions, want %d", len(e.Decisions.Parts), len(k.decisions))
			}
			if k.channels != nil {
				got := map[string]float64{"direct": 0}
				for _, p := range e.Channels.Parts {
					got[p.ID] = p.Amount
				}
				if e.Channels.Rest != nil {
					got["direct"] = e.Channels.Rest.Amount
				}
				for id, want := range k.channels {
					near(t, "channel "+id, got[id], want)
				}
				if len(got) != len(k.channels) {
					t.Errorf("channels are %v, want %v", got, k.channels)
				}
			}
			for _, l := range e.Loops {
				near(t, "without "+l.ID, l.Without, k.loops[l.ID])
			}
			if k.loops != nil && len(e.Loops) != len(k.loops) {
				t.Errorf("%d loops, want %d", len(e.Loops), len(k.loops))
			}
			if len(k.changes) == 2 {
				near(t, "synergy", e.Decisions.Synergies[0].Amount, k.synergy)
			}
			additive(t, e)
		})
	}
}

func near(t testing.TB, name string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}

// additive checks that both lists of parts add up, at the end and at every time.
func additive(t testing.TB, e *scenarios.Explanation) {
	t.Helper()
	for name, s := range map[string]scenarios.Split{"decisions": e.Decisions, "channels": e.Channels} {
		parts := s.Parts
		if s.Rest != nil {
			parts = append(parts[:len(parts):len(parts)], *s.Rest)
		}
		sum := 0.0
		over := make([]float64, len(e.Time))
		for _, p := range parts {
			sum += p.Amount
			for i, x := range p.Over {
				over[i] += x
			}
		}
		near(t, "sum of "+name, sum, e.Difference)
		if n := len(over); n > 0 && e.Outcome.Measure.Dated() {
			near(t, "sum of "+name+" at the end", over[n-1], e.Difference)
		}
	}
}
