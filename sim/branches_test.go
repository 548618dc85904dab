package sim_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"testing/fstest"

	"weir/model/method"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/random"

	"pgregory.net/rapid"
)

// Branches of random models have the bits of ensembles that are run apart, whenever and in whatever
// order their changes begin, with kept columns and with sketches.
func TestBranchesOfRandomModels(t *testing.T) {
	unlessGiven("rapid.seed", "2030")
	unlessGiven("rapid.nofailfile", "true")
	rapid.Check(t, func(t *rapid.T) {
		m := random.Draw(t)
		files := fstest.MapFS{}
		for name, text := range m.Files {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		t.Log(m)
		r := check(t, m.TOML, files)
		s := sim.EnsembleSettings{Settings: m.Settings, Runs: rapid.IntRange(1, 9).Draw(t, "runs"),
			Lanes: rapid.IntRange(1, 5).Draw(t, "lanes"), Workers: rapid.IntRange(1, 3).Draw(t, "workers")}
		s.Method = rapid.SampledFrom(append(method.Fixed(), "", "")).Draw(t, "method")
		varySome(t, r, &s)
		compareBranches(t, r, s, drawChanges(t, r))
	})
}

// drawChanges returns up to five lists of changes of decisions. Later lists repeat parts of
// earlier ones, as scenarios do.
func drawChanges(t *rapid.T, r *resolved.Model) [][]sim.Change {
	lists := make([][]sim.Change, rapid.IntRange(1, 5).Draw(t, "branches"))
	var all []sim.Change
	for i := range lists {
		for _, v := range r.Variables {
			if v.Hidden || v.Kind != resolved.Decision || rapid.Bool().Draw(t, "no change") {
				continue
			}
			c := sim.Change{Variable: v.Name, Kind: sim.ChangeKind(rapid.IntRange(0, 2).Draw(t, "kind")),
				Amount: rapid.Float64Range(-1, 2).Draw(t, "amount"), Until: math.Inf(1)}
			span := r.Time.Stop - r.Time.Start
			c.Start = r.Time.Start + span*rapid.Float64Range(-0.1, 1.1).Draw(t, "start")
			c.Over = span * max(0, rapid.Float64Range(-0.3, 0.3).Draw(t, "over"))
			if rapid.Bool().Draw(t, "ends") {
				c.Until = c.Start + span*rapid.Float64Range(0, 0.5).Draw(t, "length")
			}
			all = append(all, c)
			lists[i] = append(lists[i], c)
		}
		if len(all) > 0 && rapid.Bool().Draw(t, "again") {
			lists[i] = append(lists[i], rapid.SampledFrom(all).Draw(t, "which"))
		}
	}
	return lists
}

// compareBranches runs branches together and apart. Half of the columns are kept and half are
// sketched.
func compareBranches(t failer, r *resolved.Model, s sim.EnsembleSettings, lists [][]sim.Change) {
	t.Helper()
	every := s.Settings
	for _, list := range lists {
		every.Changes = slices.Concat(every.Changes, list)
	}
	p, err := sim.Compile(r, changed(every)...)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range r.Variables {
		if v.Hidden {
			continue
		}
		if i%2 == 0 {
			s.Keep = append(s.Keep, v.Name)
		} else {
			s.Sketch = append(s.Sketch, v.Name)
		}
	}
	got, err := p.Branches(context.Background(), s, lists)
	if err != nil {
		t.Fatal(err)
	}
	for i, list := range lists {
		alone := s
		alone.Changes = slices.Concat(s.Changes, list)
		want, err := p.Ensemble(context.Background(), alone)
		if err != nil {
			t.Fatal(err)
		}
		compareEnsembles(t, r, s, got[i], want)
	}
}

func compareEnsembles(t failer, r *resolved.Model, s sim.EnsembleSettings, got, want *sim.EnsembleResult) {
	t.Helper()
	if got.Done != want.Done || !got.Complete || len(got.NonFinite) != len(want.NonFinite) {
		t.Fatalf("%d members, %d of them not finite; apart %d and %d", got.Done, len(got.NonFinite), want.Done,
			len(want.NonFinite))
	}
	same := func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
	for _, v := range r.Variables {
		if v.Hidden {
			continue
		}
		for _, name := range elementNames(v) {
			for member := range s.Runs {
				if x, y := got.Series(name, member), want.Series(name, member); !slices.EqualFunc(x, y, same) {
					t.Fatalf("%s of member %d is %v, apart %v", name, member, x, y)
				}
				if got.Rows(member) != want.Rows(member) {
					t.Fatalf("member %d has %d rows, apart %d", member, got.Rows(member), want.Rows(member))
				}
			}
			for row := range got.Time {
				q := []float64{0, 0.3, 1}
				if x, y := got.Quantiles(name, row, q...), want.Quantiles(name, row, q...); !slices.EqualFunc(x, y, same) {
					t.Fatalf("quantiles of %s in row %d are %v, apart %v", name, row, x, y)
				}
			}
		}
	}
}
