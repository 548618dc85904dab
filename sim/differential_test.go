package sim_test

import (
	"context"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/native"
	"weir/sim/internal/random"
	"weir/sim/internal/reference"
)

// Random models, from their text on, give the same bits in the engine and in the
// reference evaluator: so the reader, the checker with its expansions and its order
// of evaluation, the compiler and the executor are right together, or wrong in the
// same way as a much simpler program.
//
// The models are the same in every run of the tests. For others, and for longer:
//
//	go test ./sim -run RandomModels -rapid.checks 100000 -rapid.seed 7
//	go test ./sim -run NONE -fuzz RandomModels -fuzztime 10m
func TestRandomModels(t *testing.T) {
	unlessGiven("rapid.seed", "2027")
	unlessGiven("rapid.nofailfile", "true")
	if !testing.Short() {
		unlessGiven("rapid.checks", "400")
	}
	rapid.Check(t, agree)
}

// TestFoundModels runs models on which the two once differed, cut down to what it
// took. Each says in its first lines what was wrong.
func TestFoundModels(t *testing.T) {
	files, err := filepath.Glob("testdata/differential/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".toml"), func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			compareEngines(t, check(t, string(text), nil), sim.Settings{})
		})
	}
}

func FuzzRandomModels(f *testing.F) { f.Fuzz(rapid.MakeFuzz(agree)) }

// unlessGiven sets a flag that the command line does not.
func unlessGiven(name, value string) {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if !given {
		flag.Set(name, value)
	}
}

func agree(t *rapid.T) {
	m := random.Draw(t)
	t.Log(m)
	files := fstest.MapFS{}
	for name, text := range m.Files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	compareEngines(t, check(t, m.TOML, files), m.Settings)
}

// compareEngines runs a model in both.
func compareEngines(t failer, r *resolved.Model, s sim.Settings) {
	t.Helper()
	want, wantErr := reference.Run(r, s)
	compareProgram(t, r, s, want, wantErr, changed(s)...)
	compareProgram(t, r, s, want, wantErr, inputs(r)...)
}

// compareProgram compiles for some varying constants, which must not change a bit.
func compareProgram(t failer, r *resolved.Model, s sim.Settings, trace *reference.Trace, wantErr error, varying ...string) {
	t.Helper()
	p, err := sim.Compile(r, varying...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { native.Off = false }()
	for _, native.Off = range []bool{false, true} { // as machine code, and by the virtual machine
		copied := *trace
		want := &copied
		got, err := p.Run(context.Background(), s)
		if (err != nil) != (wantErr != nil) && want.NonFinite == nil {
			t.Fatalf("the engine's error is %v, the reference's %v", err, wantErr)
		}
		if err != nil {
			continue
		}
		compareValues(t, r, got, want)
		compareFinite(t, got, want)
		if got.NonFinite == nil {
			compareUses(t, got, want)
			compareLimits(t, r, got, want)
		}
	}
}

// inputs names every constant and decision.
func inputs(r *resolved.Model) []string {
	var names []string
	for _, v := range r.Variables {
		if v.Kind == resolved.Constant || v.Kind == resolved.Decision {
			names = append(names, v.Name)
		}
	}
	return names
}

// changed names what a run changes over time, without elements.
func changed(s sim.Settings) []string {
	var names []string
	for _, c := range s.Changes {
		name, _, _ := strings.Cut(c.Variable, "[")
		names = append(names, name)
	}
	return names
}

func compareValues(t failer, r *resolved.Model, got *sim.Result, want *reference.Trace) {
	t.Helper()
	if got.NonFinite != nil && want.NonFinite != nil { // rows end where the engine found the first
		n, _ := slices.BinarySearch(want.Time, got.NonFinite.Time)
		want.Time = want.Time[:n]
	}
	if len(got.Time) != len(want.Time) {
		t.Fatalf("%d rows, want %d", len(got.Time), len(want.Time))
	}
	for i := range want.Time {
		if got.Time[i] != want.Time[i] {
			t.Fatalf("row %d is at %v, want %v", i, got.Time[i], want.Time[i])
		}
	}
	for _, v := range r.Variables {
		if !v.Hidden {
			compareVariable(t, v.Name, v.Over, got, want.Values[v.Name][:len(want.Time)])
		}
	}
	for _, table := range r.Tables {
		if table.Data && got.Index(reference.ElementName(table.Name, table.Over, 0)) >= 0 {
			compareVariable(t, table.Name, table.Over, got, want.Data[table.Name][:len(want.Time)])
		}
	}
}

func compareVariable(t failer, variable string, over []*resolved.Dimension, got *sim.Result, want [][]float64) {
	t.Helper()
	for i, row := range want {
		for e, w := range row {
			name := reference.ElementName(variable, over, e)
			column := got.Index(name)
			if column < 0 {
				t.Fatalf("the result has no %s", name)
			}
			if g := got.Row(i)[column]; !same(g, w) {
				t.Fatalf("%s at %v is %v, the reference says %v", name, got.Time[i], g, w)
			}
		}
	}
}

// same is true of the same bits, and of any two NaN.
func same(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
}

// compareUses compares how often tables were read outside their points.
func compareUses(t failer, got *sim.Result, want *reference.Trace) {
	t.Helper()
	if len(got.Lookups) != len(want.Beyond) {
		t.Fatalf("%d tables were read outside: %+v, want %d: %v", len(got.Lookups), got.Lookups, len(want.Beyond), want.Beyond)
	}
	for _, g := range got.Lookups {
		w := want.Beyond[g.Table]
		if w == nil {
			t.Fatalf("%s was not read outside its points", g.Table)
		}
		if g.First != w.First || g.Steps != w.Steps || g.Low != w.Low || g.High != w.High {
			t.Fatalf("%s was read outside: %+v, want %+v", g.Table, g, *w)
		}
	}
}

// compareLimits compares the amounts turned away in all: the hidden stocks at the end. A flow
// between two stocks may be held by either.
func compareLimits(t failer, r *resolved.Model, got *sim.Result, want *reference.Trace) {
	t.Helper()
	amounts := map[[2]string]float64{} // by stock and flow
	for _, l := range got.Limits {
		amounts[[2]string{l.Stock, l.Flow}] = l.Amount
	}
	for _, l := range r.Limits {
		rows := want.Values[l.TurnedAway.Name]
		for e, w := range rows[len(rows)-1] {
			name := reference.ElementName(l.Flow.Name, l.Flow.Over, e)
			stock := reference.ElementName(l.Stock.Name, l.Stock.Over, e)
			if g, ok := amounts[[2]string{stock, name}]; ok && !same(g, w) || !ok && w != 0 {
				t.Fatalf("%s was held back by %v, want %v", name, g, w)
			}
		}
	}
}

// compareFinite compares whether the run stopped because a number was not finite. The
// engine goes on to find the first one, which may be earlier than the first saved.
func compareFinite(t failer, got *sim.Result, want *reference.Trace) {
	t.Helper()
	switch {
	case got.NonFinite == nil && want.NonFinite == nil:
	case got.NonFinite == nil || want.NonFinite == nil:
		t.Fatalf("a number that is not finite: %+v, want %+v", got.NonFinite, want.NonFinite)
	case got.NonFinite.Time > want.NonFinite.Time+1e-9: // a stage may end a bit past the step
		t.Fatalf("the first number that is not finite is at %v, want at most %v", got.NonFinite.Time, want.NonFinite.Time)
	case !math.IsNaN(got.NonFinite.Value) && !math.IsInf(got.NonFinite.Value, 0):
		t.Fatalf("%+v is finite", *got.NonFinite)
	}
}
