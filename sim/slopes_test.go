package sim

import (
	"context"
	"math"
	"testing"

	"weir/model/resolved"
)

// slopesOf returns the matrix of slopes at the start, exact and by small changes of stocks.
func slopesOf(t *testing.T, p *Program) (exact, chords [][]float64) {
	t.Helper()
	sim, err := p.begin(context.Background(), Settings{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	sim.pause = 0
	if err := sim.simulate(); err != nil {
		t.Fatal(err)
	}
	plan, err := p.slopePlan(nil)
	if err != nil {
		t.Fatal(err)
	}
	w, n := plan.work(), p.stocks.len()
	values := make([]float64, len(plan.square.Columns))
	w.hold(sim.machine)
	w.into(sim.v, values, make([]float64, n), []float64{1})
	sim.slope(sim.slopes[0])
	exact, chords = make([][]float64, n), make([][]float64, n)
	for i := range n {
		exact[i], chords[i] = make([]float64, n), make([]float64, n)
		for k := plan.square.First[i]; k < plan.square.First[i+1]; k++ {
			exact[i][plan.square.Columns[k]] = values[k]
		}
	}
	up := make([]float64, n)
	for j := range n {
		sim.nudged(j, func(by float64) {
			sim.slope(up)
			for i := range up {
				chords[i][j] = (up[i] - sim.slopes[0][i]) / by
			}
		})
	}
	return exact, chords
}

// The matrix of slopes of a model of every kind of expression, arrays among them, is that of small
// changes of the stocks.
func TestSlopesOfAModel(t *testing.T) {
	d := dimension("place", "a", "b", "c")
	b := newModel(0, 1, 1)
	s, total := b.stock("s", num(2), d), b.stock("total", num(5))
	rate := b.values("rate", d, 0.1, 0.4, 0.3)
	table := &resolved.Table{ID: 0, Name: "curve", Points: [][]resolved.Point{{{X: 0, Y: 0}, {X: 4, Y: 3}, {X: 9, Y: 1}}}}
	b.Tables = append(b.Tables, table)
	l := loops(d)
	in := func(v *resolved.Variable) resolved.Expr {
		return &resolved.Ref{Var: v, At: []resolved.Pos{{Loop: l[0], Map: l[0].At}}}
	}
	all := loops(d)
	sum := &resolved.Reduce{Op: resolved.Sum, Loops: all,
		X: mul(&resolved.Ref{Var: s, At: []resolved.Pos{{Loop: all[0], Map: all[0].At}}}, num(2))}
	level := b.aux("level", &resolved.Lookup{Table: table, X: ref(total)})
	grow := b.add("grow", resolved.Flow, d)
	b.set(grow, &resolved.If{Cond: apply(resolved.Gt, in(s), num(1)),
		Then: apply(resolved.SafeDiv, mul(in(s), in(rate)), apply(resolved.Exp, apply(resolved.Neg, ref(level))), num(0)),
		Else: num(0)}, l...)
	leave := b.flow("leave", apply(resolved.Pow, apply(resolved.Max, sum, num(1)), num(1.5)))
	// Each place gives up its part of the total: the sum over all is shared by three equations, and
	// has a product over all inside.
	every, inner := loops(d), loops(d)
	at := func(l *resolved.Loop) resolved.Expr {
		return &resolved.Ref{Var: s, At: []resolved.Pos{{Loop: l, Map: l.At}}}
	}
	product := &resolved.Reduce{Op: resolved.Prod, Loops: inner, X: at(inner[0])}
	whole := &resolved.Reduce{Op: resolved.Sum, Loops: every, X: mul(at(every[0]), product)}
	give := b.add("give", resolved.Flow, d)
	m := loops(d)
	b.set(give, div(mul(at(m[0]), ref(total)), whole), m...)
	s.Outflows = []*resolved.Variable{give}
	s.Inflows, total.Outflows, total.Inflows = []*resolved.Variable{grow}, []*resolved.Variable{leave}, nil
	exact, chords := slopesOf(t, b.compile(t))
	// By hand: total' = -(2 sum s)^1.5, so by s it is -1.5 (12)^0.5 2.
	if got, want := exact[3][1], -3*math.Sqrt(12); math.Abs(got-want) > 1e-12 {
		t.Errorf("by hand %g, got %g", want, got)
	}
	for i := range exact {
		for j := range exact[i] {
			if math.Abs(exact[i][j]-chords[i][j]) > 1e-4*max(1, math.Abs(exact[i][j])) {
				t.Errorf("slope %d by stock %d: %g, by a chord %g", i, j, exact[i][j], chords[i][j])
			}
		}
	}
}
