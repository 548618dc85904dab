package wasm_test

import (
	"context"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/model/method"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/benchmodels"
	"weir/sim/wasm"

	"github.com/rogpeppe/go-internal/txtar"
)

// A subject is a model that modules are tried on.
type subject struct {
	name  string
	model *resolved.Model
}

// subjects are all models of the examples, the manual, the checks, the benchmarks, the
// rules that simulators often get wrong, and those on which engines once differed.
func subjects(t testing.TB) []subject {
	t.Helper()
	list := []subject{{"manual", parse(t, manual(t), os.DirFS("../../examples/manual"))}}
	for _, path := range found(t, "../../examples/*/model.toml") {
		m, l := model.Load(path)
		if m == nil {
			t.Fatalf("%s: %v", path, l)
		}
		r, l := model.Check(m)
		if r == nil {
			t.Fatalf("%s: %v", path, l)
		}
		list = append(list, subject{filepath.Base(filepath.Dir(path)), r})
	}
	for _, path := range append(found(t, "../../model/testdata/check/*.toml"), found(t, "../testdata/differential/*.toml")...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, subject{filepath.Base(path), parse(t, string(text), os.DirFS("../../model/testdata/data"))})
	}
	for _, path := range found(t, "../testdata/semantics/*.txt") {
		if text := rule(t, path); text != "" {
			list = append(list, subject{filepath.Base(path), parse(t, text, nil)})
		}
	}
	for _, b := range benchmodels.Models() {
		list = append(list, subject{b.Name, parse(t, b.TOML, nil)})
	}
	return list
}

func found(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: no files, %v", pattern, err)
	}
	return paths
}

// rule is the model of a rule; none if the rule is that it is refused.
func rule(t testing.TB, path string) string {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, f := range a.Files {
		switch f.Name {
		case "error":
			return ""
		case "model.toml":
			text = string(f.Data)
		}
	}
	return text
}

// manual is the model of the manual's first chapter.
func manual(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../../examples/manual/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(text), "\n## 1. ")
	chapter, _, _ = strings.Cut(chapter, "\n## 2. ")
	var out strings.Builder
	for _, block := range strings.Split(chapter, "```toml\n")[1:] {
		piece, _, _ := strings.Cut(block, "```")
		out.WriteString(piece + "\n")
	}
	return out.String()
}

func parse(t testing.TB, text string, files fs.FS) *resolved.Model {
	t.Helper()
	m, l := model.Parse("model.toml", []byte(text), files)
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
		row := bitsOf(want.Row(r))
		for c, bits := range got[r] {
			if x, w := math.Float64frombits(bits), want.Row(r)[c]; bits == row[c] || x != x && w != w {
				continue // the bits of a NaN that the model writes mean nothing
			}
			t.Fatalf("%s at %v is %v, want %v", i.layout.Columns[c], want.Time[r], math.Float64frombits(got[r][c]), want.Row(r)[c])
		}
	}
}

// variants are settings to try a model with: every method, also with a step that is no
// binary fraction where the model's times allow it, and other values of its parameters.
func variants(p *sim.Program) []sim.Settings {
	var list []sim.Settings
	for _, method := range method.Fixed() {
		for _, step := range []*float64{nil, new(0.1), new(1. / 3)} {
			s := sim.Settings{Method: method, Step: step, Seed: 7}
			if r, err := p.Run(context.Background(), s); err == nil && r != nil {
				list = append(list, s)
			}
		}
	}
	return append(list, moved(list[0], p))
}

// moved are settings with every parameter set to another value and every decision
// changed twice while running.
func moved(s sim.Settings, p *sim.Program) sim.Settings {
	values, err := p.CodeValues(s)
	if err != nil {
		panic(err)
	}
	clock, err := p.CodeClock(s)
	if err != nil {
		panic(err)
	}
	part := func(x float64) float64 { return clock.Start + x*(clock.Stop-clock.Start) }
	s.Set = map[string]float64{}
	for i, v := range values {
		s.Set[v.Name] = v.Value * (1 + float64(i%5)/100)
		if v.Decision {
			s.Changes = append(s.Changes,
				sim.Change{Variable: v.Name, Kind: sim.Times, Amount: 0.9, Start: part(0.2), Over: part(0.3) - part(0), Until: part(0.8)},
				sim.Change{Variable: v.Name, Kind: sim.To, Amount: v.Value, Start: part(0.6), Until: math.Inf(1)})
		}
	}
	if _, err := p.Run(context.Background(), s); err != nil {
		s.Set = nil // a value of the model that may not be another, such as a delay of one step
	}
	return s
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
			for _, v := range variants(p) {
				compare(t, p, v)
			}
		})
	}
}

// Rows of some columns, and modules without vector instructions, have the same bits.
func TestSameBitsWithOptions(t *testing.T) {
	for _, s := range subjects(t) {
		t.Run(s.name, func(t *testing.T) {
			p := compile(t, s.model)
			settings := moved(sim.Settings{Method: "rk4"}, p)
			full := start(t, emit(t, p, settings))
			status := full.run(1 << 20)
			var columns []string
			for i := len(full.layout.Columns) - 1; i >= 0; i -= 3 {
				columns = append(columns, full.layout.Columns[i])
			}
			for _, plain := range []bool{false, true} {
				m, err := wasm.EmitWith(p, settings, wasm.Options{Columns: columns, Plain: plain})
				if err != nil {
					t.Fatal(err)
				}
				some := start(t, m)
				if got := some.run(1 << 20); got != status || m.Layout.Width != len(columns) {
					t.Fatalf("status %d, want %d; %d columns, want %d", got, status, m.Layout.Width, len(columns))
				}
				want := full.rows()
				if got := some.rows(); len(got) != len(want) {
					t.Fatalf("%d rows, want %d", len(got), len(want))
				}
				for r, row := range some.rows() {
					for i, x := range row {
						if of := want[r][len(want[r])-1-3*i]; x != of {
							t.Fatalf("plain %v: %s in row %d is %x, want %x", plain, columns[i], r, x, of)
						}
					}
				}
			}
		})
	}
	p := compile(t, parse(t, bathtub, nil))
	if _, err := wasm.EmitWith(p, sim.Settings{}, wasm.Options{Columns: []string{"nonsense"}}); err == nil {
		t.Error("a column that is not there is not refused")
	}
}
