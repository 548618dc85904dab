package reference

import (
	"math"
	"slices"
	"testing"

	"weir/model/resolved"
	"weir/sim"
)

func scalar(e resolved.Expr) []*resolved.Part { return []*resolved.Part{{Expr: e}} }
func number(x float64) resolved.Expr          { return &resolved.Const{Value: x} }
func ref(v *resolved.Variable) resolved.Expr  { return &resolved.Ref{Var: v} }

// growth is x' = x from 1.
func growth(method string, step, stop float64) *resolved.Model {
	x := &resolved.Variable{Name: "x", Kind: resolved.Stock, Parts: scalar(number(1))}
	in := &resolved.Variable{Name: "in", Kind: resolved.Flow, Parts: scalar(ref(x))}
	x.Inflows = []*resolved.Variable{in}
	return &resolved.Model{
		Time:      resolved.Time{Stop: stop, Step: step, Save: step, Method: method},
		Variables: []*resolved.Variable{x, in},
	}
}

// One step of h on x' = x multiplies by the exponential series as far as the order
// of the method.
func TestOneStep(t *testing.T) {
	const h = 0.5
	for method, want := range map[string]float64{
		"euler": 1 + h,
		"heun":  1 + h + h*h/2,
		"rk4":   1 + h + h*h/2 + h*h*h/6 + h*h*h*h/24,
	} {
		trace, err := Run(growth(method, h, h), sim.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		if got := trace.Values["x"][1][0]; math.Abs(got-want) > 1e-15 {
			t.Errorf("%s: %v, want %v", method, got, want)
		}
	}
}

// Halving the step divides the error by 2 to the order.
func TestOrder(t *testing.T) {
	for method, order := range map[string]float64{"euler": 1, "heun": 2, "rk4": 4} {
		err := func(n float64) float64 {
			trace, _ := Run(growth(method, 1/n, 1), sim.Settings{})
			x := trace.Values["x"]
			return math.Abs(x[len(x)-1][0] - math.E)
		}
		if got := math.Log2(err(64) / err(128)); math.Abs(got-order) > 0.1 {
			t.Errorf("%s: observed order %.2f, want %v", method, got, order)
		}
	}
}

// An array whose second row is twice the first, its sum row by row, and the sum of
// one row.
func TestArrays(t *testing.T) {
	d := &resolved.Dimension{Name: "d", Elements: []string{"a", "b"}}
	e := &resolved.Dimension{Name: "e", Elements: []string{"p", "q", "r"}}
	first := []*resolved.Loop{{Dim: d, At: []int{0}}, {Dim: e, At: []int{0, 1, 2}}}
	second := []*resolved.Loop{{Dim: d, At: []int{1}}, {Dim: e, At: []int{0, 1, 2}}}
	x := &resolved.Variable{Name: "x", Kind: resolved.Aux, Over: []*resolved.Dimension{d, e}}
	identity := []int{0, 1, 2}
	x.Parts = []*resolved.Part{
		{Loops: second, Expr: &resolved.Apply{Op: resolved.Mul, Args: []resolved.Expr{number(2),
			&resolved.Ref{Var: x, At: []resolved.Pos{{Fixed: 0}, {Loop: second[1], Map: identity}}}}}},
		{Loops: first, Expr: &resolved.Clock{Kind: resolved.Now}},
	}
	rows, columns := &resolved.Loop{Dim: d, At: []int{0, 1}}, &resolved.Loop{Dim: e, At: identity}
	all := &resolved.Variable{Name: "all", Kind: resolved.Aux, Parts: scalar(&resolved.Reduce{
		Op: resolved.Sum, Loops: []*resolved.Loop{rows, columns},
		X: &resolved.Ref{Var: x, At: []resolved.Pos{{Loop: rows, Map: []int{0, 1}}, {Loop: columns, Map: identity}}},
	})}
	m := &resolved.Model{
		Time:      resolved.Time{Start: 3, Stop: 4, Step: 1, Save: 1, Method: "euler"},
		Variables: []*resolved.Variable{all, x},
	}
	trace, err := Run(m, sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := trace.Values["x"][0], []float64{3, 3, 3, 6, 6, 6}; !slices.Equal(got, want) {
		t.Errorf("x is %v, want %v", got, want)
	}
	if got := trace.Values["all"][1][0]; got != 36 {
		t.Errorf("the sum at 4 is %v, want 36", got)
	}
}

func TestCircleIsFound(t *testing.T) {
	x := &resolved.Variable{Name: "x", Kind: resolved.Aux}
	x.Parts = scalar(ref(x))
	defer func() {
		if recover() == nil {
			t.Error("x = x was computed")
		}
	}()
	Run(&resolved.Model{Time: resolved.Time{Stop: 1, Step: 1, Save: 1, Method: "euler"}, Variables: []*resolved.Variable{x}}, sim.Settings{})
}

// A table is linear inside; a reading outside is counted once a step and not while
// a step is being tried.
func TestLookup(t *testing.T) {
	table := &resolved.Table{Name: "l", Points: [][]resolved.Point{{{X: 0, Y: 0}, {X: 1, Y: 10}, {X: 2, Y: 15}}}}
	y := &resolved.Variable{Name: "y", Kind: resolved.Aux, Parts: scalar(&resolved.Lookup{Table: table, X: &resolved.Clock{Kind: resolved.Now}})}
	m := &resolved.Model{
		Time:      resolved.Time{Start: 0.5, Stop: 3.5, Step: 1, Save: 1, Method: "rk4"},
		Variables: []*resolved.Variable{y}, Tables: []*resolved.Table{table},
	}
	trace, err := Run(m, sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	for _, row := range trace.Values["y"] {
		got = append(got, row[0])
	}
	if want := []float64{5, 12.5, 15, 15}; !slices.Equal(got, want) {
		t.Errorf("y is %v, want %v", got, want)
	}
	if u := trace.Beyond["l"]; u == nil || u.Steps != 2 || u.First != 2.5 || u.High != 3.5 {
		t.Errorf("read outside: %+v, want 2 steps from 2.5 as far as 3.5", u)
	}
}

// A change takes hold half a step early, climbs, and ends at once.
func TestChange(t *testing.T) {
	c := &resolved.Variable{Name: "c", Kind: resolved.Decision, Parts: scalar(number(10))}
	m := &resolved.Model{Time: resolved.Time{Stop: 6, Step: 1, Save: 1, Method: "euler"}, Variables: []*resolved.Variable{c}}
	trace, err := Run(m, sim.Settings{Changes: []sim.Change{{Variable: "c", Kind: sim.Add, Amount: 4, Start: 1, Over: 2, Until: 5}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	for _, row := range trace.Values["c"] {
		got = append(got, row[0])
	}
	if want := []float64{10, 10, 12, 14, 14, 10, 10}; !slices.Equal(got, want) {
		t.Errorf("c is %v, want %v", got, want)
	}
}
