package sim_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/method"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
	"weir/sim/internal/random"

	"pgregory.net/rapid"
)

// Members of ensembles of random models have the bits of single runs, whatever the
// number of lanes and workers.
func TestEnsembleOfRandomModels(t *testing.T) {
	unlessGiven("rapid.seed", "2028")
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
		s.Member = uint64(rapid.IntRange(0, 2).Draw(t, "first member"))
		s.Method = rapid.SampledFrom(append(method.Fixed(), "", "")).Draw(t, "method")
		varySome(t, r, &s)
		compareMembers(t, r, s)
	})
}

// varySome lets some constants and decisions vary.
func varySome(t *rapid.T, r *resolved.Model, s *sim.EnsembleSettings) {
	for _, v := range r.Variables {
		if v.Hidden || v.Kind != resolved.Constant && v.Kind != resolved.Decision || rapid.IntRange(0, 2).Draw(t, "vary "+v.Name) == 0 {
			continue
		}
		name := v.Name
		if v.Size() > 1 && rapid.Bool().Draw(t, "element") {
			name = elementNames(v)[rapid.IntRange(0, v.Size()-1).Draw(t, "which")]
		}
		s.Vary = append(s.Vary, name)
	}
	s.Values = someValues
}

// someValues are numbers with little pattern between -1.5 and 2.5; every member has
// others.
func someValues(member int, to []float64) {
	for i := range to {
		to[i] = float64((member*7+i*5)%17)/4 - 1.5
	}
}

// compareMembers runs an ensemble that keeps every column, and every member alone.
func compareMembers(t failer, r *resolved.Model, s sim.EnsembleSettings) {
	t.Helper()
	p, err := sim.Compile(r, changed(s.Settings)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Variables {
		if !v.Hidden {
			s.Keep = append(s.Keep, v.Name)
		}
	}
	got, err := p.Ensemble(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Complete || got.Done != s.Runs {
		t.Fatalf("%d members of %d, complete: %v", got.Done, s.Runs, got.Complete)
	}
	failed := map[int]bool{}
	for _, f := range got.NonFinite {
		failed[f.Member] = true
	}
	for member := range s.Runs {
		compareMember(t, p, s, got, member, failed[member])
	}
}

func compareMember(t failer, p *sim.Program, s sim.EnsembleSettings, got *sim.EnsembleResult, member int, failed bool) {
	t.Helper()
	want, err := p.Run(context.Background(), memberSettings(s, member))
	if fails := err != nil || want.NonFinite != nil; fails != failed {
		t.Fatalf("member %d failed: %v; alone: %v, %+v", member, failed, err, want)
	}
	if want == nil {
		return
	}
	if len(want.Time) > got.Rows(member) || !failed && got.Rows(member) != len(want.Time) {
		t.Fatalf("member %d has %d rows, want %d", member, got.Rows(member), len(want.Time))
	}
	if !slices.Equal(want.Time, got.Time[:len(want.Time)]) {
		t.Fatalf("times %v, want %v", got.Time, want.Time)
	}
	for _, c := range want.Columns {
		series := got.Series(c.Name(), member)
		if series == nil {
			continue // a data series
		}
		for row := range want.Time {
			if w := want.At(c.Name(), want.Time[row]); math.Float64bits(series[row]) != math.Float64bits(w) && (series[row] == series[row] || w == w) {
				t.Fatalf("member %d: %s at %v is %v, want %v", member, c.Name(), want.Time[row], series[row], w)
			}
		}
		for row := got.Rows(member); row < len(series); row++ {
			if !math.IsNaN(series[row]) {
				t.Fatalf("member %d: %s after its end is %v", member, c.Name(), series[row])
			}
		}
	}
}

// memberSettings are those of a single run for a member.
func memberSettings(s sim.EnsembleSettings, member int) sim.Settings {
	one := s.Settings
	one.Member += uint64(member)
	one.Set = map[string]float64{}
	for name, x := range s.Set {
		one.Set[name] = x
	}
	if len(s.Vary) > 0 {
		values := make([]float64, len(s.Vary))
		s.Values(member, values)
		for i, name := range s.Vary {
			one.Set[name] = values[i]
		}
	}
	return one
}

// elementNames are the names of a variable's elements.
func elementNames(v *resolved.Variable) []string {
	names := make([]string, v.Size())
	for i := range names {
		rest, text := i, "]"
		for k := len(v.Over) - 1; k >= 0; k-- {
			n := len(v.Over[k].Elements)
			text = v.Over[k].Elements[rest%n] + text
			if rest /= n; k > 0 {
				text = "," + text
			}
		}
		names[i] = v.Name + "[" + text
	}
	return names
}

// The models of the benchmarks, with all their constants a little different in each
// member.
func TestEnsembleOfBenchmarkModels(t *testing.T) {
	for _, m := range benchmodels.Models() {
		t.Run(m.Name, func(t *testing.T) {
			r := check(t, m.TOML, nil)
			s := aroundValues(r, sim.EnsembleSettings{Runs: 11, Lanes: 4, Workers: 2})
			s.Stop = new(3.0)
			compareMembers(t, r, s)
		})
	}
}

// aroundValues varies every constant by up to five per cent.
func aroundValues(r *resolved.Model, s sim.EnsembleSettings) sim.EnsembleSettings {
	var base []float64
	for _, v := range r.Variables {
		if v.Kind == resolved.Constant && !v.Hidden && v.Size() == 1 {
			s.Vary = append(s.Vary, v.Name)
			base = append(base, v.Parts[0].Expr.(*resolved.Const).Value)
		}
	}
	s.Values = func(member int, to []float64) {
		for i := range to {
			to[i] = base[i] * (0.95 + 0.1*math.Mod(float64(member)*0.618+float64(i)*0.414, 1))
		}
	}
	return s
}

// The examples, in every method of fixed step.
func TestEnsembleOfExamples(t *testing.T) {
	files, err := filepath.Glob("../examples/*/model.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(filepath.Dir(f)), func(t *testing.T) {
			m, _ := model.Load(f)
			r, problems := model.Check(m)
			if r == nil {
				t.Fatal(problems)
			}
			for _, method := range method.Fixed() {
				s := aroundValues(r, sim.EnsembleSettings{Runs: 7, Lanes: 5, Workers: 2})
				s.Method = method
				compareMembers(t, r, s)
			}
		})
	}
}

// A reduction over two dimensions of three begins with a number that all members share, and goes on with
// numbers that differ: the beginning must stand in every lane. The least of table times stock, in a
// product, is such a passing value.
func TestReductionsBeginInEveryLane(t *testing.T) {
	r := check(t, `[time]
start = 0
stop = 2
step = 1
unit = "year"
[dimension.da]
elements = ["a1", "a2"]
[dimension.db]
elements = ["b1", "b2"]
[stock.s]
over = ["da", "db"]
initial = "uniform(1, 2)"
inflow = ["rise"]
[flow.rise]
over = ["da", "db"]
equation = "1"
[lookup.table]
over = ["da"]
[lookup.table.at]
a1 = [[-1, 1], [0, 1]]
a2 = [[-1, 1], [0, 1]]
[aux.one]
over = ["da", "db"]
equation = "1"
[aux.least]
over = ["da"]
equation = "2 * min(table[da!](one[da, db!]) * s[da!, db!])"
[aux.most]
over = ["da"]
equation = "2 * max(table[da!](one[da, db!]) * s[da!, db!])"
[aux.all]
over = ["da"]
equation = "2 * sum(table[da!](one[da, db!]) * s[da!, db!])"
`, nil)
	for lanes := range 4 {
		s := sim.EnsembleSettings{Runs: 5, Lanes: 1 + lanes, Workers: 1}
		s.Values = someValues
		compareMembers(t, r, s)
	}
}
