package explain_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"weir/scenarios"
	"weir/scenarios/explain"
	"weir/sim"
)

// town is a model of two stocks that act on each other, with two decisions. Mood is the channel
// between them; %s is what the people who leave see of it.
const town = clock + `
[constant.habit]
value = 0.3
[stock.people]
initial = "100"
inflow = ["come"]
outflow = ["leave"]
[flow.come]
equation = "4 + a"
[flow.leave]
equation = "people * 0.05 * max(0.2, 2 - %s)"
[stock.mood]
initial = "1"
inflow = ["change"]
[flow.change]
equation = "habit * (wanted - mood)"
[aux.wanted]
equation = "1 + 0.2 * b - 0.002 * (%s - 100)"
[aux.y]
equation = "people"
[channel.mood]
through = "mood"
[loop.crowd]
through = ["people", "wanted", "change", "mood", "leave"]
`

var townChanges = map[string]float64{"a": 3, "b": 2}

// TestByHand holds the channel, and cuts the loop, by writing the base run into the model as a
// table over time, and running that with the decisions set.
func TestByHand(t *testing.T) {
	c := explained(t, setOf(townChanges), fmt.Sprintf(town, "mood", "people"), explain.Options{})
	e := c.Why[0]
	base := run(t, fmt.Sprintf(town, "mood", "people"), nil)
	held := last(run(t, byHand(base, "mood", fmt.Sprintf(town, "seen", "people")), townChanges)) - last(base)
	cut := last(run(t, byHand(base, "people", fmt.Sprintf(town, "mood", "seen")), townChanges)) - last(base)
	whole := last(run(t, fmt.Sprintf(town, "mood", "people"), townChanges)) - last(base)
	near(t, "difference", e.Difference, whole)
	near(t, "direct", e.Channels.Rest.Amount, held)
	near(t, "mood", e.Channels.Parts[0].Amount, whole-held)
	if len(e.Loops) != 1 {
		t.Fatalf("%d loops", len(e.Loops))
	}
	if got, want := e.Loops[0].Cut, [2]string{"people", "wanted"}; got != want {
		t.Fatalf("the loop is cut at %v, want %v", got, want)
	}
	near(t, "without the loop", e.Loops[0].Without, cut)
	near(t, "gain of the loop", *e.Loops[0].Gain, whole/cut)
	if math.Abs(whole-held) < 1 || math.Abs(whole-cut) < 0.1 {
		t.Errorf("of %v, the channel carries %v and the loop %v: the test shows nothing", whole, whole-held, whole-cut)
	}
	additive(t, e)
}

// byHand returns a model that reads seen: what a variable was in a run, as a table over time.
func byHand(base *sim.Result, variable, text string) string {
	var points []string
	for i, x := range base.Series(variable) {
		points = append(points, fmt.Sprintf("[%v, %v]", base.Time[i], x))
	}
	text = text[:strings.Index(text, "[channel.mood]")]
	return text + "\n[lookup.seen]\ninput = \"time\"\npoints = [" + strings.Join(points, ", ") + "]\n"
}

func run(t *testing.T, text string, set map[string]float64) *sim.Result {
	t.Helper()
	s := load(t, setOf(townChanges), text)
	p, err := sim.Compile(s.Resolved)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(context.Background(), sim.Settings{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func last(r *sim.Result) float64 {
	y := r.Series("y")
	return y[len(y)-1]
}

// TestMethods explains the town by every method: the parts add up, and are those of rk4 at a
// quarter of the step, up to the error of the method.
func TestMethods(t *testing.T) {
	by := func(method, step string) *scenarios.Explanation {
		text := strings.Replace(fmt.Sprintf(town, "mood", "people"), "step = 1\n", "step = "+step+"\n", 1)
		text = strings.Replace(text, `method = "euler"`, fmt.Sprintf("method = %q", method), 1)
		return explained(t, setOf(townChanges), text, explain.Options{}).Why[0]
	}
	fine := by("rk4", "0.0625").Channels.Parts[0].Amount
	for method, most := range map[string]float64{"euler": 0.2, "heun": 0.01, "rk4": 1e-4, "rk45": 1e-4} {
		e := by(method, "0.25")
		additive(t, e)
		if got := e.Channels.Parts[0].Amount; math.Abs(got-fine) > most || got == fine {
			t.Errorf("%s: the channel carries %v, want %v", method, got, fine)
		}
	}
}

// TestOrderAndNames explains random towns again with the tables of model and set in another order,
// and with other names for everything: the parts stay the same.
func TestOrderAndNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		habit := rapid.Float64Range(0.1, 0.9).Draw(t, "habit")
		changes := map[string]float64{"a": rapid.Float64Range(-3, 5).Draw(t, "a"),
			"b": rapid.Float64Range(-2, 4).Draw(t, "b")}
		text := strings.Replace(fmt.Sprintf(town, "mood", "people"), "value = 0.3", fmt.Sprintf("value = %v", habit), 1)
		plain := explainedIn(t, setOf(changes), text)
		seed := rapid.Uint64().Draw(t, "order")
		rename := strings.NewReplacer("people", "zeal", "mood", "crowd_out", "wanted", "aim", "[decision.a]", "[decision.zz]",
			"4 + a\"", "4 + zz\"", "change.a]", "change.zz]", "[decision.b]", "[decision.aa]", "0.2 * b", "0.2 * aa", "change.b]", "change.aa]",
			"intervention.a", "intervention.second", "intervention.b", "intervention.first", `["a", "b"]`, `["second", "first"]`)
		other := explainedIn(t, rename.Replace(shuffled(setOf(changes), seed)), rename.Replace(shuffled(text, seed)))
		ids := map[string]string{"a": "second", "b": "first", "mood": "crowd_out", "direct": "direct"}
		same := func(what string, a, b map[string]float64) {
			for id, x := range a {
				if y := b[ids[id]]; !(math.Abs(x-y) <= 1e-9*max(1, math.Abs(x))) {
					t.Fatalf("%s %s is %v, in another order and with other names %v", what, id, x, y)
				}
			}
		}
		same("decision", amounts(plain.Decisions), amounts(other.Decisions))
		same("channel", amounts(plain.Channels), amounts(other.Channels))
	})
}

func amounts(s scenarios.Split) map[string]float64 {
	out := map[string]float64{}
	for _, p := range s.Parts {
		out[p.ID] = p.Amount
	}
	if s.Rest != nil {
		out["direct"] = s.Rest.Amount
	}
	return out
}

func explainedIn(t *rapid.T, set, text string) *scenarios.Explanation {
	s := load(t, set, text)
	c, err := scenarios.Compare(context.Background(), s, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := explain.Add(context.Background(), c, explain.Options{}); err != nil {
		t.Fatal(err)
	}
	return c.Why[0]
}

// shuffled returns a file with its tables in another order; what is above the first stays there.
func shuffled(text string, seed uint64) string {
	at := strings.Index(text, "\n[")
	tables := strings.Split(text[at:], "\n[")[1:]
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(tables), func(i, j int) { tables[i], tables[j] = tables[j], tables[i] })
	return text[:at] + "\n[" + strings.Join(tables, "\n[")
}
