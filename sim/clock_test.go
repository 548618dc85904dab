package sim

import (
	"strings"
	"testing"

	"weir/model/method"
	"weir/model/resolved"
)

// Rows are at start + k*save, both ends (row 8 of the semantics): the cases in which
// other tools lose rows.
func TestSavedRows(t *testing.T) {
	for _, c := range []struct {
		start, stop, step, save float64
		rows                    int
	}{
		{2025, 2035, 0.1, 1, 11},
		{2025, 2035, 1. / 12, 1, 11},
		{0, 10, 0.1, 1, 11},
		{0.5, 10.5, 0.125, 1, 11},
		{0, 100, 1. / 12, 1. / 12, 1201},
		{5, 5, 1, 1, 1},
	} {
		b := newModel(c.start, c.stop, c.step)
		b.Time.Save = c.save
		time := b.aux("t", now())
		r := b.run(t, Settings{})
		if len(r.Time) != c.rows || !r.Complete {
			t.Errorf("%+v: %d rows", c, len(r.Time))
			continue
		}
		if first, last := r.Time[0], r.Time[len(r.Time)-1]; first != c.start || last != c.start+float64(c.rows-1)*c.save {
			t.Errorf("%+v: rows from %v to %v", c, first, last)
		}
		for i, x := range r.Series(time.Name) {
			every := int(c.save/c.step + 0.5)
			if want := c.start + float64(i*every)*c.step; x != want {
				t.Errorf("%+v: time in row %d is %v, want %v", c, i, x, want)
			}
		}
	}
}

func TestClockRefused(t *testing.T) {
	for _, c := range []struct {
		settings Settings
		want     string
	}{
		{Settings{Step: new(0.3)}, "the time from 0 to 10 is not a whole number of steps of 0.3 (a step of 0.25 would do)"},
		{Settings{Step: new(0.1), Save: new(0.25)}, "save 0.25 is not a whole multiple of step 0.1 (a step of 0.0833333 would do)"},
		{Settings{Step: new(1.0), Save: new(3.0)}, "the time from 0 to 10 is not a whole multiple of save 3, so the end would not be saved"},
		{Settings{Step: new(-1.0)}, "step and save must be above 0: they are -1 and 1"},
		{Settings{Stop: new(-2.0)}, "the run stops at -2, before it starts at 0"},
		{Settings{Step: new(1e-12)}, "from 0 to 10 by 1e-12 is more than 1073741824 steps"},
		{Settings{Step: new(1e-8), Save: new(1e-8)}, "1000000001 rows of 1 numbers are too many to keep: save less often"},
		{Settings{Method: "rk3"}, `there is no method "rk3" (there are ` + strings.Join(method.Names(), ", ") + `)`},
	} {
		b := newModel(0, 10, 1)
		b.constant("a", 1)
		_, err := b.compile(t).Run(t.Context(), c.settings)
		if err == nil || err.Error() != c.want {
			t.Errorf("%+v: %v, want %s", c.settings, err, c.want)
		}
	}
}

// A row holds the flow computed from its stock; the last one is never applied (row 4).
func TestLastRow(t *testing.T) {
	b := newModel(0, 3, 1)
	y := b.stock("y", num(1))
	y.Inflows = []*resolved.Variable{b.flow("growth", ref(y))}
	r := b.run(t, Settings{})
	for i, want := range []float64{1, 2, 4, 8} {
		if s, f := r.Series("y")[i], r.Series("growth")[i]; s != want || f != want {
			t.Errorf("row %d: stock %v and flow %v, want %v", i, s, f, want)
		}
	}
}

// The trial stages of a step leave no trace in what is saved (row 5).
func TestAuxiliariesUnderRungeKutta(t *testing.T) {
	for _, m := range method.Names() {
		b := newModel(0, 2, 0.5)
		y := b.stock("y", num(1))
		twice := b.aux("twice", mul(num(2), ref(y)))
		moment := b.aux("moment", now())
		y.Inflows = []*resolved.Variable{b.flow("growth", ref(twice))}
		r := b.run(t, Settings{Method: m})
		for i := range r.Time {
			if s, a := r.Series("y")[i], r.Series("twice")[i]; a != 2*s {
				t.Errorf("%s: twice %v is %v", m, s, a)
			}
			if got := r.Series(moment.Name)[i]; got != r.Time[i] {
				t.Errorf("%s: time is %v in the row of %v", m, got, r.Time[i])
			}
		}
	}
}

// What depends on the time at the start of the step is frozen in it: a step at 5 has
// done nothing to the stock at 5, and all of its height a step later (row 6).
func TestFrozenInput(t *testing.T) {
	for _, m := range method.Names() {
		b := newModel(0, 8, 1)
		y := b.stock("y", num(0))
		when := apply(resolved.Gt, add(stepTime(), div(dt(), num(2))), num(5))
		y.Inflows = []*resolved.Variable{b.flow("input", &resolved.If{Cond: when, Then: num(1), Else: num(0)})}
		r := b.run(t, Settings{Method: m})
		for i, want := range []float64{0, 0, 0, 0, 0, 0, 1, 2, 3} {
			if got := r.Series("y")[i]; got < want-1e-12 || got > want+1e-12 {
				t.Errorf("%s: y is %v at %v, want %v", m, got, r.Time[i], want)
			}
		}
	}
}
