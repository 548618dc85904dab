package structure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/model/structure"
)

// randomRate writes a flow's equation over three stocks a, b, c and constants.
func randomRate(rng *rand.Rand, depth int) string {
	if depth == 0 || rng.IntN(5) == 0 {
		return []string{"a", "b", "c", "half", "two", "1"}[rng.IntN(6)]
	}
	x, y := randomRate(rng, depth-1), randomRate(rng, depth-1)
	return fmt.Sprintf([]string{"(%s) + (%s)", "(%s) - (%s)", "(%s) * (%s)", "min(%s, %s)", "max(%s, %s)", "safediv(%s, 1 + abs(%s))", "(%s) * (1 - min(1, %s))"}[rng.IntN(7)], x, y)
}

// randomTanks has three stocks, each with an inflow and an outflow, and a probe for
// each: half acts on a * half by the sign of a.
func randomTanks(rng *rand.Rand) string {
	var b strings.Builder
	b.WriteString("[constant.half]\nvalue = 0.5\n[constant.two]\nvalue = 2\n")
	for _, s := range []string{"a", "b", "c"} {
		outflow := randomRate(rng, 2)
		if rng.IntN(3) > 0 {
			outflow = s + " * (" + outflow + ")"
		}
		fmt.Fprintf(&b, "[stock.%s]\ninitial = %d\ninflow = [\"in_%s\"]\noutflow = [\"out_%s\"]\n", s, rng.IntN(3), s, s)
		fmt.Fprintf(&b, "[flow.in_%s]\nequation = %q\n[flow.out_%s]\nequation = %q\n", s, randomRate(rng, 2), s, outflow)
		fmt.Fprintf(&b, "[aux.probe_%s]\nequation = \"%s * half\"\n", s, s)
	}
	return b.String()
}

// A stock that is said not to become negative does not, in a run with small steps.
func TestStocksSaidNotNegativeStaySo(t *testing.T) {
	said := 0
	for seed := range uint64(150) {
		g := graphOf(t, randomTanks(rand.New(rand.NewPCG(seed, 5))))
		lowest := lowestLevels(g)
		for _, l := range g.Links {
			name, isProbe := strings.CutPrefix(l.To.Name, "probe_")
			if !isProbe || l.From.Name != "half" || l.Sign != structure.Positive {
				continue
			}
			said++
			if low := lowest[g.Node(name).Variable]; low < -0.02 {
				t.Errorf("seed %d: %s falls to %g", seed, name, low)
			}
		}
	}
	if said < 100 {
		t.Errorf("only %d stocks were said not to be negative", said)
	}
}

// lowestLevels runs a model by Euler's method and gives each stock's lowest level, as
// long as the steps are small for what happens.
func lowestLevels(g *structure.Graph) values {
	v, lowest := values{}, values{}
	for _, n := range g.Nodes {
		if n.Kind == structure.NodeStock || n.Kind == structure.NodeConstant {
			v[n.Variable] = v.of(n.Variable.Parts[0].Expr)
			lowest[n.Variable] = v[n.Variable]
		}
	}
	const dt = 1. / 1024
	for range 2048 {
		change := values{}
		for _, n := range g.Nodes {
			if n.Kind == structure.NodeStock {
				c := v.of(&resolved.Ref{Var: n.Variable.Inflows[0]}) - v.of(&resolved.Ref{Var: n.Variable.Outflows[0]})
				change[n.Variable] = c
				if math.Abs(dt*c) > 0.02*(1+math.Abs(v[n.Variable])) { // too fast for this step
					return lowest
				}
			}
		}
		for s, c := range change {
			v[s] += dt * c
			lowest[s] = min(lowest[s], v[s])
		}
	}
	return lowest
}

// What a run shows of a variable makes signs known that cannot be proved: a stock that
// might become negative, but does not in the run. Decisions keep their ranges.
func TestStructureSeen(t *testing.T) {
	text := oneClock + `
[stock.water]
initial = 10
inflow = ["rain"]
outflow = ["pumped"]
[flow.rain]
equation = "water * growth * open"
[flow.pumped]
equation = "pump"
[constant.growth]
value = 0.1
range = [0, 1]
[decision.pump]
value = 0
range = [0, 5]
[decision.open]
value = 0
range = [-1, 1]
`
	m, list := model.Parse("m.toml", []byte(text), nil)
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(messages(append(list, more...)))
	}
	sign := func(g *structure.Graph, from string) structure.Sign {
		for _, l := range g.Links {
			if l.From.Name == from && l.To.Name == "rain" {
				return l.Sign
			}
		}
		t.Fatalf("no link from %s", from)
		return 0
	}
	seen := func(name string) (low, high float64, ok bool) {
		span := map[string][2]float64{"water": {3, 10}, "open": {0.5, 0.5}}[name]
		return span[0], span[1], span != [2]float64{}
	}
	proved, inRun := structure.Of(r, nil), structure.Of(r, seen)
	if sign(proved, "open") != structure.Unknown || sign(inRun, "open") != structure.Positive {
		t.Errorf("open acts %s in all cases, %s in the run", sign(proved, "open"), sign(inRun, "open"))
	}
	if sign(inRun, "water") != structure.Unknown {
		t.Error("the decision to open may be taken otherwise than in the run")
	}
}
