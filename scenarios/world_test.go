package scenarios

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model/diagnostic"
	"weir/scenarios/plan"
	"weir/sim"
)

// earning is a model whose stock ends at 100 + 10 (level + lever effect(luck) + bonus). Its
// lookup is the identity; bent is -1 times it, steep three times.
const earning = `
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
[flow.gain]
equation = "level + lever * effect(luck) + sum(bonus) + noise * uniform(0, 1)"
[lookup.effect]
label = "Effect of luck"
points = [[0, 0], [1, 1]]
[lookup.effect.shape.bent]
points = [[0, 0], [1, -1]]
weight = 1
[lookup.effect.shape.steep]
points = [[0, 0], [0.5, 1.5], [1, 3]]
[constant.level]
value = 1
range = [0, 2]
[constant.luck]
value = 0.5
range = [0, 1]
[constant.noise]
value = 0
[constant.bonus]
over = ["place"]
value = 0
range = [0, 4]
[decision.lever]
value = 0
range = [0, 1]
`

const earningSet = `
model = "model.toml"
[outcome.wealth]
variable = "wealth"
better = "higher"
[intervention.pull.change.lever]
to = 1
start = 0
[scenario.pull]
interventions = ["pull"]
`

const earningWorlds = earningSet + `
[world.bent]
label = "Luck harms"
lookup = { effect = "bent" }
[world.steep]
lookup = { effect = "steep" }
[world.rich.constant]
level = 2
"bonus[west]" = 3
[world.drawn.lookup]
effect = [[0, 0.25], [1, 0.25]]
`

// In each world the lever adds 10 times the effect of luck, which is 0.5: 5 as written, -5
// where the effect is bent, 15 where it is steep, 2.5 where it is a quarter throughout. Where
// level and a bonus are higher, no new decisions ends at 100 + 10 (2 + 3).
func TestCompareInWorlds(t *testing.T) {
	c := compared(t, earning, earningWorlds, 0)
	near(t, "as written", c.Verdicts[0].Difference, 5)
	for i, want := range []struct {
		id                   string
		baseline, difference float64
		finding              Finding
		holds                bool
	}{
		{"bent", 110, -5, IsWorse, false}, {"steep", 110, 15, IsBetter, true},
		{"rich", 150, 5, IsBetter, true}, {"drawn", 110, 2.5, IsBetter, true},
	} {
		w := c.Worlds[i]
		v := w.Verdicts[0]
		if w.World.ID != want.id || w.Share != nil {
			t.Fatalf("world %d is %s, share %v", i, w.World.ID, w.Share)
		}
		near(t, want.id+": no new decisions", v.Baseline, want.baseline)
		near(t, want.id+": difference", v.Difference, want.difference)
		if v.Finding() != want.finding || c.Holds(0)[i] != want.holds {
			t.Errorf("%s: %s, holds %v", want.id, v.Finding(), c.Holds(0)[i])
		}
	}
	if got := Ranking(c.Worlds[0].Verdicts, c.Set.Outcomes[0]); got[0].Scenario != nil || got[1].Scenario.ID != "pull" {
		t.Errorf("where luck harms, %+v comes first", got[0])
	}
	if got := Ranking(c.Verdicts, c.Set.Outcomes[0]); got[0].Scenario == nil || math.Abs(got[0].Gain-5) > 1e-9 {
		t.Errorf("as written, %+v comes first", got[0])
	}
}

// A world's futures are those of the comparison: the same draws of everything that the world
// does not give. A world that gives a drawn constant one value has it in each future.
func TestWorldsSharePairedDraws(t *testing.T) {
	c := compared(t, earning, earningWorlds+"[uncertainty]\nruns = 64\nconstants = [\"level\", \"luck\", \"bonus\"]\n", 0)
	draws, inRich := make([]float64, len(c.Uncertainty.Vary)), c.Set.In(c.Set.Worlds[2])
	sampler, err := inRich.Uncertainty.Sampler()
	if err != nil {
		t.Fatal(err)
	}
	names := sampler.Vary()
	if !slices.Equal(names, []string{"level", "luck", "bonus", "bonus[west]"}) {
		t.Fatalf("the world sets %q", names)
	}
	rich := make([]float64, len(names))
	for m := range 64 {
		c.Uncertainty.Values(m, draws)
		sampler.Values(m, rich)
		if want := []float64{2, draws[1], draws[2], 3}; !slices.Equal(rich, want) {
			t.Fatalf("future %d: %v, want %v", m, rich, want)
		}
	}
	// Of 64 draws of luck, evenly between 0 and 1, the median is near 0.5, and so is the gain.
	v := c.Worlds[0].Verdicts[0]
	near(t, "bent", v.Difference, -c.Verdicts[0].Difference)
	if v.WorseShare != 1 || c.Worlds[1].Verdicts[0].BetterShare != 1 {
		t.Errorf("worse in %v of futures where luck harms, better in %v where it is steep", v.WorseShare, c.Worlds[1].Verdicts[0].BetterShare)
	}
}

// Futures drawn over worlds are the futures of those worlds: each has the numbers that it has
// where its world holds throughout, random draws of the run included. Weights are shares.
func TestFuturesDrawnOverWorlds(t *testing.T) {
	set := sound(t, strings.Replace(earning, "[constant.noise]\nvalue = 0", "[constant.noise]\nvalue = 1", 1), earningWorlds+
		"[uncertainty]\nruns = 128\nconstants = [\"level\", \"luck\"]\nworlds = { as_written = 2, bent = 1, rich = 1 }\n")
	mixed, sampler := ensembleOf(t, set)
	count := make([]int, len(set.Worlds)+1)
	single := make([]*sim.EnsembleResult, len(count))
	for i := range count {
		in := set.In(nil)
		if i > 0 {
			in = set.In(set.Worlds[i-1])
		}
		single[i], _ = ensembleOf(t, in)
	}
	for m := range 128 {
		w := sampler(m) + 1
		count[w]++
		if got, want := mixed.Series("wealth", m), single[w].Series("wealth", m); !slices.Equal(got, want) {
			t.Fatalf("future %d in world %d: %v, want %v", m, w, got, want)
		}
	}
	if want := []int{64, 32, 0, 32, 0}; !slices.Equal(count, want) {
		t.Errorf("futures by world are %v, want %v", count, want)
	}
}

// A comparison whose futures are drawn over worlds has the model as written as a world beside the
// others, each with its share, and each world is compared once.
func TestCompareOverDrawnWorlds(t *testing.T) {
	c := compared(t, earning, earningWorlds+"[uncertainty]\nruns = 64\nconstants = [\"luck\"]\n"+
		"worlds = { as_written = 2, bent = 1, steep = 1 }\n", 0)
	if len(c.Worlds) != 5 || c.Worlds[0].World != nil {
		t.Fatalf("%d worlds, the first %v", len(c.Worlds), c.Worlds[0].World)
	}
	for i, share := range []float64{0.5, 0.25, 0.25, 0, 0} {
		w := c.Worlds[i]
		if w.Share == nil || *w.Share != share || len(w.Worlds) != 0 {
			t.Errorf("world %d has share %v and %d worlds of its own", i, w.Share, len(w.Worlds))
		}
	}
	// A quarter of the futures are in the world where luck harms.
	if v := c.Verdicts[0]; v.WorseShare != 0.25 || v.BetterShare != 0.75 {
		t.Errorf("better in %v, worse in %v", v.BetterShare, v.WorseShare)
	}
}

// ensembleOf runs the first scenario of a set in all futures, and returns each future's world.
func ensembleOf(t *testing.T, set *Set) (*sim.EnsembleResult, func(int) int) {
	t.Helper()
	program, err := set.Compile()
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := set.Uncertainty.Sampler()
	if err != nil {
		t.Fatal(err)
	}
	r, err := set.Runner(program, sampler)
	if err != nil {
		t.Fatal(err)
	}
	e, err := r.Run(context.Background(), set.Scenarios[:1], set.Columns(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e[0], sampler.World
}

// A lookup's shapes with a weight are drawn as constants with a range are: half of the futures
// have the lookup's own points, half the bent ones. Adding them shifts no constant's draws, and
// a world that names a shape has it in all futures. Luck between 0 and 1 and a sign by chance
// explain nothing as ranks; the shape explains most of the variance: with u uniform, that of the
// means is E[u]² = 1/4 of E[u²] = 1/3.
func TestShapesAreDrawn(t *testing.T) {
	futures := "[uncertainty]\nruns = 256\n"
	c := compared(t, earning, earningWorlds+futures, 0)
	v := c.Verdicts[0]
	if math.Abs(v.BetterShare-0.5) > 0.01 || math.Abs(v.WorseShare-0.5) > 0.01 {
		t.Errorf("better in %v of futures, worse in %v; half of each was drawn", v.BetterShare, v.WorseShare)
	}
	if d := v.Drivers.List; len(d) == 0 || d[0].Name != "effect" || d[0].Label != "Effect of luck" || math.Abs(d[0].Share-0.75) > 0.05 {
		t.Errorf("drivers are %+v, want the effect with three quarters", d)
	}
	if bent := c.Worlds[0].Verdicts[0]; bent.WorseShare != 1 {
		t.Errorf("where luck harms, the lever is worse in %v of the futures only", bent.WorseShare)
	}
	without := compared(t, earning, earningWorlds+futures+"without = [\"effect\"]\n", 0)
	a, b := make([]float64, len(c.Uncertainty.Vary)), make([]float64, len(without.Uncertainty.Vary))
	for m := range 256 {
		c.Uncertainty.Values(m, a)
		without.Uncertainty.Values(m, b)
		if !slices.Equal(a, b) {
			t.Fatalf("future %d has %v with shapes and %v without", m, a, b)
		}
	}
}

// Where a world gives a value to a constant of the posterior, the world has the last word, and
// the other constants keep their draws.
func TestWorldOverPosterior(t *testing.T) {
	text := earningWorlds + "[uncertainty]\nposterior = \"p.toml\"\nconstants = []\n"
	set, list := readWith(earning, text, drawsOf(t, earning, []string{"level", "luck"}, twelve()))
	if list.HasErrors() {
		t.Fatal(list)
	}
	if !slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == plan.OverPosterior }) {
		t.Errorf("nothing is said of the posterior: %v", list)
	}
	s, err := set.In(set.Worlds[2]).Uncertainty.Sampler()
	if err != nil {
		t.Fatal(err)
	}
	to := make([]float64, len(s.Vary()))
	s.Values(3, to)
	if want := []float64{2, 13. / 16, 3}; !slices.Equal(to, want) {
		t.Errorf("draw 3 in a rich world is %v, want %v", to, want)
	}
}

// Mistakes in worlds, beside those of the codes' examples: each has its line.
func TestMistakesInWorlds(t *testing.T) {
	for _, row := range []struct {
		set, code, message string
		line               int
	}{
		{"[world.x.constant]\nlevl = 1\n", "set-unknown-variable", "did you mean level?", 2},
		{"[world.x.constant]\nlevel = 5\n", "set-out-of-range", "its range is 0 to 2", 2},
		{"[world.x.constant]\nlever = 1\n", "set-not-an-assumption", "lever is a decision", 2},
		{"[world.x.constant]\nwealth = 1\n", "set-not-an-assumption", "computed (stock)", 2},
		{"[world.x.constant]\n\"bonus[north]\" = 1\n", "set-unknown-element", "place has east, west", 2},
		{"[world.x.constant]\nbonus = 1\n\"bonus[east]\" = 2\n", "set-overlap", "bonus[east] has two values", 3},
		{"[world.x.constant]\nlevel = 1\n", "set-empty-world", "is the model as written", 1},
		{"[world.x.constant]\nlevel = nan\n", "bad-value", "not a finite number", 2},
		{"[world.x.lookup]\neffect = [[1, 0], [0, 1]]\n", "bad-points", "x falls", 2},
		{"[world.x.lookup]\neffect = 3\n", "wrong-type", "shape", 2},
		{"[world.x.lookup]\neffect = \"ben\"\n", "set-unknown-shape", "did you mean bent?", 2},
		{"[world.x.lookup]\neffect = \"own\"\n", "set-empty-world", "is the model as written", 1},
		{"[world.as_written.constant]\nlevel = 2\n", "set-bad-world", "as_written is the name", 1},
		{"[world.x]\nconstants = { level = 2 }\n", "unknown-key", "constant", 2},
		{"[world.a]\nlabel = \"L\"\nconstant = { level = 2 }\n[world.b]\nlabel = \"L\"\nconstant = { level = 0 }\n", "set-same-label", "\"L\"", 4},
		{"[assumption.level]\nto = 2\nstart = 5\n[world.x.constant]\nlevel = 0\n", "set-bad-world", "changes it on a date", 5},
		{"[uncertainty]\nworlds = \"all\"\n", "set-bad-world", "no world to draw", 2},
		{"[world.x.constant]\nlevel = 2\n[uncertainty]\nworlds = { x = -1 }\n", "set-bad-world", "0 or more", 4},
		{"[world.x.constant]\nlevel = 2\n[uncertainty]\nworlds = { x = 0 }\n", "set-bad-world", "add up to 0", 4},
		{"[world.x.constant]\nlevel = 2\n[uncertainty]\nworlds = 3\n", "set-bad-world", "\"all\"", 4},
	} {
		_, list := readWith(earning, earningSet[1:]+row.set, "")
		text := earningSet[1:] + row.set
		first := 1 + strings.Count(earningSet[1:], "\n")
		found := false
		for _, d := range list {
			at := 1 + strings.Count(text[:min(len(text), d.Span.Start)], "\n") - first + 1
			if string(d.Code) == row.code && at == row.line && strings.Contains(d.Message+" "+d.Hint, row.message) {
				found = true
			}
		}
		if !found {
			t.Errorf("%s\nwant %s, %q at line %d, got %v", row.set, row.code, row.message, row.line, list)
		}
	}
}

// An assumption is what a world's value stands against: it holds where the world says nothing.
func TestWorldsOverAssumptions(t *testing.T) {
	c := compared(t, earning, earningSet+"[assumption.level]\nto = 0.5\n[world.x.constant]\nlevel = 2\n", 0)
	near(t, "as written", c.Verdicts[0].Baseline, 105)
	near(t, "in the world", c.Worlds[0].Verdicts[0].Baseline, 120)
}
