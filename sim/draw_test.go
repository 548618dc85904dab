package sim

import (
	"slices"
	"testing"

	"weir/model/method"
	"weir/model/resolved"
)

func uniform(key uint64, over ...*resolved.Loop) resolved.Expr {
	return &resolved.Draw{Dist: resolved.Uniform, Args: []resolved.Expr{num(0), num(1)}, Key: key, Loops: over}
}

// A draw is held within the step: what a method tries does not draw again.
func TestDrawIsHeld(t *testing.T) {
	for _, m := range method.Names() {
		b := newModel(0, 4, 1)
		y := b.stock("y", num(0))
		y.Inflows = []*resolved.Variable{b.flow("noise", uniform(7))}
		r := b.run(t, Settings{Method: m, Seed: 1})
		sum, noise := 0.0, r.Series("noise")
		for i, got := range r.Series("y") {
			if d := got - sum; d > 1e-12 || d < -1e-12 {
				t.Errorf("%s: %v at %v, want %v: the sum of what was drawn", m, got, r.Time[i], sum)
			}
			sum += noise[i]
		}
		if noise[0] == noise[1] {
			t.Errorf("%s: %v twice", m, noise[0])
		}
	}
}

// Draws depend on seed, member, key, element and step, and on nothing else.
func TestDrawIsKeyed(t *testing.T) {
	d := dimension("d", "a", "b")
	build := func(more bool) *builder {
		b := newModel(0, 3, 1)
		if more {
			b.aux("other", uniform(9))
		}
		l := loops(d)
		v := b.add("x", resolved.Aux, d)
		b.set(v, uniform(7, l...), l...)
		return b
	}
	base := build(false).run(t, Settings{Seed: 1})
	if got := build(true).run(t, Settings{Seed: 1}); !slices.Equal(got.Series("x[a]"), base.Series("x[a]")) {
		t.Error("another draw shifted this one")
	}
	other := [][]float64{base.Series("x[a]"), base.Series("x[b]"),
		build(false).run(t, Settings{Seed: 2}).Series("x[a]"), build(false).run(t, Settings{Seed: 1, Member: 1}).Series("x[a]"),
		build(true).run(t, Settings{Seed: 1}).Series("other")}
	for i := range other {
		for k := range i {
			if other[i][0] == other[k][0] {
				t.Errorf("streams %d and %d are the same", i, k)
			}
		}
	}
}

// An equation of its own for one element leaves that element's draws as they were.
func TestDrawOfPart(t *testing.T) {
	d := dimension("d", "a", "b", "c")
	whole, split := newModel(0, 1, 1), newModel(0, 1, 1)
	l := loops(d)
	whole.set(whole.add("x", resolved.Aux, d), uniform(7, l...), l...)
	v := split.add("x", resolved.Aux, d)
	some := []*resolved.Loop{{Dim: d, At: []int{1, 2}}}
	split.set(v, uniform(7, some...), some...)
	split.set(v, num(0), &resolved.Loop{Dim: d, At: []int{0}})
	want, got := whole.run(t, Settings{}), split.run(t, Settings{})
	for _, name := range []string{"x[b]", "x[c]"} {
		if !slices.Equal(want.Series(name), got.Series(name)) {
			t.Errorf("%s: %v, want %v", name, got.Series(name), want.Series(name))
		}
	}
}
