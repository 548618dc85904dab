package sim

import (
	"slices"
	"testing"

	"weir/model/method"
	"weir/model/resolved"
)

// previous is one step ago, not one row (row 3).
func TestPrevious(t *testing.T) {
	for _, m := range method.Names() {
		b := newModel(0, 4, 0.5)
		b.Time.Save = 1
		b.stock("y", num(0)).Inflows = []*resolved.Variable{b.flow("input", num(1))}
		b.memory("before", now(), nil, num(-1))
		got := b.run(t, Settings{Method: m}).Series("before")
		if want := []float64{-1, 0.5, 1.5, 2.5, 3.5}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", m, got, want)
		}
	}
}

// Chained memories move together: each takes in what the other gave at the start of
// the step.
func TestPreviousOfPrevious(t *testing.T) {
	b := newModel(0, 4, 1)
	one := b.memory("one", now(), nil, num(-1))
	b.memory("two", ref(one), nil, num(-2))
	r := b.run(t, Settings{})
	if got, want := r.Series("two"), []float64{-2, -1, 0, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The number of steps is round-half-up, at least 1: measured on Vensim 7.3.4, in the
// delay_fixed output of SDXorg/test-models (row 9); and tenths count as meant.
func TestFixedDelay(t *testing.T) {
	for _, c := range []struct {
		step, delay float64
		slots       int
	}{{1, 0.5, 1}, {1, 1.2, 1}, {1, 1.5, 2}, {1, 3.7, 4}, {0.1, 0.3, 3}, {0.1, 0.7, 7}, {1, 1e9, 100}} {
		b := newModel(0, 10*c.step, c.step)
		b.memory("late", now(), num(c.delay), num(-1))
		r := b.run(t, Settings{})
		got := slices.IndexFunc(r.Series("late"), func(x float64) bool { return x >= 0 })
		if got < 0 {
			got = 100 // it never comes out
		}
		if got != c.slots {
			t.Errorf("delay %g, step %g: comes out after %d steps, want %d", c.delay, c.step, got, c.slots)
		}
	}
}

// A delay that varies is read once, at the start.
func TestFixedDelayReadOnce(t *testing.T) {
	b := newModel(0, 6, 1)
	b.memory("late", now(), add(num(2), now()), num(-1))
	if got, want := b.run(t, Settings{}).Series("late"), []float64{-1, -1, 0, 1, 2, 3, 4}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// init(x) is x at the start, for good.
func TestInitial(t *testing.T) {
	b := newModel(3, 6, 1)
	first := b.add("first", resolved.Initial)
	first.Parts = []*resolved.Part{part(first, now())}
	b.Init = append(b.Init, resolved.Assign{Var: first, Part: first.Parts[0]})
	b.aux("twice", mul(num(2), ref(first)))
	if got, want := b.run(t, Settings{}).Series("twice"), []float64{6, 6, 6, 6}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Elements of one memory may hold for different times.
func TestMemoryOfArray(t *testing.T) {
	b := newModel(0, 4, 1)
	d := dimension("d", "a", "b")
	hold := b.values("hold", d, 1, 3)
	v := b.add("late", resolved.DelayState, d)
	v.Parts = []*resolved.Part{part(v, num(-1))}
	v.Input = []*resolved.Part{part(v, now())}
	l := loops(d)
	v.Delay = []*resolved.Part{part(v, ref(hold, l...), l...)}
	b.Init = append(b.Init, resolved.Assign{Var: v, Part: v.Parts[0]})
	r := b.run(t, Settings{})
	if got, want := r.Series("late[a]"), []float64{-1, 0, 1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("a: %v, want %v", got, want)
	}
	if got, want := r.Series("late[b]"), []float64{-1, -1, -1, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("b: %v, want %v", got, want)
	}
}
