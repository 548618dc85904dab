package wasm_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
	"weir/sim/wasm"
)

// A subject is a model that modules are tried on.
type subject struct {
	name  string
	model *resolved.Model
}

// subjects are all models of the examples, of the checks and of the benchmarks.
func subjects(t testing.TB) []subject {
	t.Helper()
	var list []subject
	for _, pattern := range []string{"../../examples/*/model.toml", "../../model/testdata/check/*.toml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, path := range paths {
			m, l := model.Load(path)
			if m == nil {
				t.Fatalf("%s: %v", path, l)
			}
			r, l := model.Check(m)
			if r == nil {
				t.Logf("%s is left out: it has mistakes: %v", path, l)
				continue
			}
			list = append(list, subject{filepath.Join(filepath.Base(filepath.Dir(path)), filepath.Base(path)), r})
		}
	}
	for _, b := range benchmodels.Models() {
		list = append(list, subject{b.Name, parse(t, b.TOML)})
	}
	return list
}

func parse(t testing.TB, text string) *resolved.Model {
	t.Helper()
	m, l := model.Parse("model.toml", []byte(text), nil)
	if m == nil {
		t.Fatal(l)
	}
	r, l := model.Check(m)
	if r == nil {
		t.Fatal(l)
	}
	return r
}

// compare runs a program in both ways and wants the same bits.
func compare(t *testing.T, p *sim.Program, s sim.Settings) {
	t.Helper()
	m, err := wasm.EmitFor(p, s)
	if err != nil {
		t.Fatal(err)
	}
	sameRun(t, start(t, m), p, s)
}

// sameRun wants the rows of a module to be those of a run, and its end too.
func sameRun(t failer, i *instance, p *sim.Program, s sim.Settings) {
	t.Helper()
	want, err := p.Run(context.Background(), s)
	status := i.run(17)
	switch {
	case err != nil:
		if status == wasm.Complete || status == wasm.NonFinite {
			t.Fatalf("the program stops with %q, the module has status %d", err, status)
		}
		if want == nil {
			return
		}
	case want.NonFinite != nil:
		if status != wasm.NonFinite {
			t.Fatalf("the program meets %v in %s, the module has status %d", want.NonFinite.Value, want.NonFinite.Variable, status)
		}
	case status != wasm.Complete:
		t.Fatalf("status %d at %d, want a complete run", status, i.whole(i.layout.Header.Where))
	}
	got := i.rows()
	if len(got) < len(want.Time) || want.NonFinite == nil && len(got) != len(want.Time) {
		t.Fatalf("%d rows, want %d", len(got), len(want.Time))
	}
	for r := range want.Time {
		if row := bitsOf(want.Row(r)); !slices.Equal(got[r], row) {
			c := 0
			for got[r][c] == row[c] {
				c++
			}
			t.Fatalf("%s at %v is %v, want %v", i.layout.Columns[c], want.Time[r], math.Float64frombits(got[r][c]), want.Row(r)[c])
		}
	}
}

// Every model gives the same bits as the program, by every method and also with a step
// that is no binary fraction.
func TestSameBits(t *testing.T) {
	for _, s := range subjects(t) {
		t.Run(s.name, func(t *testing.T) {
			p, err := sim.Compile(s.model)
			if err != nil {
				t.Fatal(err)
			}
			for _, method := range []string{"euler", "heun", "rk4"} {
				t.Run(method, func(t *testing.T) {
					compare(t, p, sim.Settings{Method: method})
				})
			}
		})
	}
}
