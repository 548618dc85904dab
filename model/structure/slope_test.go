package structure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/model/structure"
)

// values are what a test gives the variables of a model.
type values map[*resolved.Variable]float64

// of evaluates an expression without subscripts.
func (v values) of(e resolved.Expr) float64 {
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value
	case *resolved.Ref:
		if x, given := v[e.Var]; given {
			return x
		}
		return v.of(e.Var.Parts[0].Expr)
	case *resolved.If:
		if v.of(e.Cond) != 0 {
			return v.of(e.Then)
		}
		return v.of(e.Else)
	case *resolved.Lookup:
		return between(e.Table.Points[0], v.of(e.X))
	case *resolved.Apply:
		args := make([]float64, len(e.Args))
		for i, a := range e.Args {
			args[i] = v.of(a)
		}
		out := e.Op.Of(args...)
		if math.IsNaN(out) || (e.Op == resolved.Div || e.Op == resolved.SafeDiv) && args[1] == 0 {
			return v.undefined()
		}
		return out
	}
	panic(fmt.Sprintf("%T", e))
}

// undefined notes that the equation has no value here, or no slope.
func (v values) undefined() float64 {
	v[nil] = 1
	return 0
}

// between reads points as a lookup that holds its ends.
func between(points []resolved.Point, x float64) float64 {
	for i := 1; i < len(points); i++ {
		if a, b := points[i-1], points[i]; x < b.X {
			return a.Y + (max(x, a.X)-a.X)*(b.Y-a.Y)/(b.X-a.X)
		}
	}
	return points[len(points)-1].Y
}

// inputs are the variables of the random equations, with the bounds that the model
// gives them.
var inputs = []struct {
	name      string
	low, high float64
}{{"s", 0, 9}, {"p", 0, 2}, {"n", -2, 0}, {"any", -1, 1}, {"part", 0, 1}}

const inputTables = oneClock + `
[stock.s]
initial = 1
inflow = ["f"]
[flow.f]
equation = "1"
[constant.p]
value = 1
range = [0, 2]
[constant.n]
value = -1
range = [-2, 0]
[constant.any]
value = 0
range = [-1, 1]
[constant.part]
value = 0.5
range = [0, 1]
[lookup.up]
points = [[-1, -1], [0, 0], [1, 3]]
[lookup.down]
points = [[-1, 2], [0, 1], [1, 0.5]]
[lookup.hill]
points = [[-1, 0], [0, 1], [1, 0]]
[aux.y]
equation = "%s"
`

// randomEquation writes an equation over the inputs.
func randomEquation(rng *rand.Rand, depth int) string {
	if depth == 0 || rng.IntN(6) == 0 {
		if rng.IntN(5) == 0 {
			return fmt.Sprint(rng.IntN(5) - 1)
		}
		return inputs[rng.IntN(len(inputs))].name
	}
	sub := func() string { return randomEquation(rng, depth-1) }
	unary := []string{"-(%s)", "abs(%s)", "sqrt(%s)", "exp(%s)", "ln(%s)", "int(%s)", "up(%s)", "down(%s)", "hill(%s)", "sin(%s)", "not (%s)", "1 - (%s)", "(%s)^2", "arctan(%s)"}
	binary := []string{"(%s) + (%s)", "(%s) - (%s)", "(%s) * (%s)", "(%s) / (%s)", "min(%s, %s)", "max(%s, %s)", "(%s) ^ (%s)", "(%s) < (%s)", "(%s) >= (%s)",
		"safediv(%s, %s)", "if part > 0.5 then (%s) else (%s)", "(%s) mod (%s)", "(%s) and (%s)"}
	if rng.IntN(2) == 0 {
		return fmt.Sprintf(unary[rng.IntN(len(unary))], sub())
	}
	return fmt.Sprintf(binary[rng.IntN(len(binary))], sub(), sub())
}

// No sign is claimed that a change of the input, all else equal, would belie: the
// slopes of random equations at random values within the inputs' bounds, where they
// are defined.
func TestSignsHoldNumerically(t *testing.T) {
	known := 0
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 3))
		text := fmt.Sprintf(inputTables, randomEquation(rng, 3))
		m, list := model.Parse("m.toml", []byte(text), nil)
		r, more := model.Check(m)
		if r == nil {
			t.Fatal(text, messages(append(list, more...)))
		}
		g := structure.Of(r, nil)
		y := g.Node("y").Variable
		for _, l := range g.Links {
			if l.To.Variable == y && l.Sign != structure.Unknown {
				known++
				holdsNumerically(t, rng, l, g, y)
			}
		}
	}
	if known < 300 {
		t.Errorf("only %d signs were known", known)
	}
}

// step is by how much an input is changed, within its bounds.
const step = 1e-3

func holdsNumerically(t *testing.T, rng *rand.Rand, l *structure.Link, g *structure.Graph, y *resolved.Variable) {
	t.Helper()
	for range 60 {
		v := values{}
		for _, in := range inputs {
			v[g.Node(in.name).Variable] = in.low + (in.high-in.low-step)*rng.Float64()
		}
		before := v.of(y.Parts[0].Expr)
		v[l.From.Variable] += step
		change := v.of(y.Parts[0].Expr) - before
		if v[nil] != 0 || math.IsNaN(change) || math.IsInf(change, 0) || math.Abs(change) <= 1e-9*math.Abs(before) {
			continue
		}
		if (change > 0) != (l.Sign == structure.Positive) {
			t.Errorf("y = %s: a change of %s by 0.001 changes y by %g, but the sign is %s", y.Parts[0].Text, l.From.Name, change, l.Sign)
			return
		}
	}
}
