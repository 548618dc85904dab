package sim

import (
	"math"
	"reflect"
	"testing"

	"weir/model/resolved"
)

// The first number that is not one is found with its element, its time and what made it.
func TestNonFinite(t *testing.T) {
	b := newModel(0, 10, 1)
	b.Time.Save = 5
	d := dimension("sector", "district", "charter")
	students := b.stock("students", num(30), d)
	l := loops(d)
	loss := b.values("loss", d, 1, 10)
	out := b.add("leaving", resolved.Flow, d)
	b.set(out, ref(loss, l...), l...)
	students.Outflows = []*resolved.Variable{out}
	cost := b.add("cost", resolved.Aux, d)
	b.set(cost, add(num(1), div(mul(num(9), ref(students, l...)), ref(students, l...))), l...)
	y := b.stock("total", num(0))
	y.Inflows = []*resolved.Variable{b.flow("spending", &resolved.Reduce{Op: resolved.Sum, Loops: l, X: ref(cost, l...)})}

	r := b.run(t, Settings{})
	want := &NonFinite{Variable: "cost[charter]", Time: 3, Value: math.NaN(),
		Operation: "9 * students[charter] / students[charter]",
		Operands:  []Operand{{"9 * students[charter]", 0}, {"students[charter]", 0}}}
	if got := r.NonFinite; got == nil || !math.IsNaN(got.Value) {
		t.Fatalf("%+v", got)
	}
	want.Value, r.NonFinite.Value = 0, 0
	if !reflect.DeepEqual(r.NonFinite, want) {
		t.Errorf("%+v, want %+v", r.NonFinite, want)
	}
	if len(r.Time) != 1 || r.Complete {
		t.Errorf("rows at %v, complete %v: want that at 0 only", r.Time, r.Complete)
	}
}

// Explained in the modeler's words, wherever it arises.
func TestNonFiniteExplained(t *testing.T) {
	zero := func(b *builder) resolved.Expr { return ref(b.decision("zero", 0)) }
	for _, c := range []struct {
		name      string
		build     func(b *builder)
		variable  string
		operation string
		time      float64
	}{
		{"logarithm in a taken branch", func(b *builder) {
			z := zero(b)
			bad := apply(resolved.Ln, sub(z, num(1)))
			b.aux("y", &resolved.If{Cond: apply(resolved.Lt, now(), num(2)), Then: num(1), Else: mul(num(2), bad)})
		}, "y", "ln(zero - 1)", 2},
		{"numbers alone", func(b *builder) {
			b.aux("y", add(num(1), apply(resolved.Ln, num(-1))))
		}, "y", "ln(-1)", 0},
		{"initial value", func(b *builder) {
			b.stock("y", div(num(1), zero(b))).Inflows = []*resolved.Variable{b.flow("f", num(1))}
		}, "y", "1 / zero", 0},
		{"hoisted", func(b *builder) {
			k := b.constant("k", 0)
			b.aux("y", apply(resolved.Sqrt, sub(ref(k), num(1))))
		}, "y", "sqrt(k - 1)", 0},
		{"overflow of a stock", func(b *builder) {
			y := b.stock("y", num(math.MaxFloat64))
			y.Inflows = []*resolved.Variable{b.flow("f", num(math.MaxFloat64))}
		}, "y", "y + step * (inflows - outflows)", 1},
		{"memory", func(b *builder) {
			b.memory("before", div(num(1), sub(now(), num(1))), nil, num(0))
		}, "before", "1 / (time - 1)", 1},
		{"sum", func(b *builder) {
			d := dimension("d", "a", "b")
			v, l := b.values("v", d, 1, 0), loops(d)
			b.Variables[v.ID].Kind = resolved.Decision
			b.aux("y", &resolved.Reduce{Op: resolved.Sum, Loops: l, X: div(num(1), ref(v, l...))})
		}, "y", "1 / v[b]", 0},
	} {
		b := newModel(0, 4, 1)
		c.build(b)
		got := b.run(t, Settings{}).NonFinite
		if got == nil || got.Variable != c.variable || got.Operation != c.operation || got.Time != c.time {
			t.Errorf("%s: %+v, want %s by %s at %v", c.name, got, c.variable, c.operation, c.time)
		}
	}
}

// A trial stage that fails and is the reason why a stock fails is what is reported.
func TestNonFiniteInStage(t *testing.T) {
	b := newModel(0, 4, 1)
	y := b.stock("y", num(0.9))
	y.Outflows = []*resolved.Variable{b.flow("f", add(num(1), apply(resolved.Sqrt, ref(y))))}
	got := b.run(t, Settings{Method: "rk4"}).NonFinite
	if got == nil || got.Operation != "sqrt(y)" || got.Time != 0.5 {
		t.Errorf("%+v", got)
	}
}

// An infinity in the branch that is not taken never shows.
func TestNonFiniteInOtherBranch(t *testing.T) {
	b := newModel(0, 4, 1)
	x := b.aux("x", &resolved.If{Cond: apply(resolved.Eq, now(), num(2)), Then: num(0), Else: div(num(1), sub(now(), num(2)))})
	r := b.run(t, Settings{})
	if r.NonFinite != nil || r.Series(x.Name)[2] != 0 {
		t.Errorf("%+v, %v", r.NonFinite, r.Series(x.Name))
	}
}

func TestTextOfOperations(t *testing.T) {
	b := newModel(0, 1, 1)
	x, y := ref(b.constant("x", 1)), ref(b.constant("y", 1))
	e := explainer{}
	for want, tree := range map[string]resolved.Expr{
		"x - (y - 1)":              sub(x, sub(y, num(1))),
		"x - y - 1":                sub(sub(x, y), num(1)),
		"(x + y) * x":              mul(add(x, y), x),
		"-x ^ 2":                   neg(apply(resolved.Pow, x, num(2))),
		"(-x) ^ 2":                 apply(resolved.Pow, neg(x), num(2)),
		"x ^ y ^ 2":                apply(resolved.Pow, x, apply(resolved.Pow, y, num(2))),
		"(x ^ y) ^ 2":              apply(resolved.Pow, apply(resolved.Pow, x, y), num(2)),
		"not x = y and x < y":      apply(resolved.And, apply(resolved.Not, apply(resolved.Eq, x, y)), apply(resolved.Lt, x, y)),
		"max(x, 0) mod 3":          apply(resolved.Mod, apply(resolved.Max, x, num(0)), num(3)),
		"1 + (if x then y else 2)": add(num(1), &resolved.If{Cond: x, Then: y, Else: num(2)}),
		"normal(x, 1)":             &resolved.Draw{Dist: resolved.Normal, Args: []resolved.Expr{x, num(1)}},
		"time + dt":                add(now(), dt()),
		"x + y + 1":                apply(resolved.Add, x, y, num(1)),
	} {
		if got := e.text(tree); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
