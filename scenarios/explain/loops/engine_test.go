package loops

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"

	"weir/model"
	"weir/model/format"
	"weir/sim"
)

// models returns the files of all models at hand: the examples, and other people's models where
// they are.
func models(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../../examples/*/model.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	if dir := os.Getenv("WEIR_CONFORMANCE"); dir != "" {
		for _, pattern := range []string{"*/*.mdl", "*/*.xmile", "*/*.stmx"} {
			more, _ := filepath.Glob(filepath.Join(dir, pattern))
			files = append(files, more...)
		}
	}
	return files
}

// webOf returns the web of a file's model; nil if the model cannot be run.
func webOf(file string) *web {
	m, _ := format.Open(file).Load(model.ImportOptions{AllowPartial: true})
	if m == nil {
		return nil
	}
	r, _ := model.Check(m)
	if r == nil {
		return nil
	}
	p, err := sim.Compile(r)
	if err != nil {
		return nil
	}
	w, err := newWeb(r, p)
	if err != nil {
		return nil
	}
	return w
}

// The equations of the web, evaluated with the values of a step, are the values of that step, bit
// by bit: what the engine computed is what is scored.
func TestFormulasAreTheEngines(t *testing.T) {
	count := 0
	for _, file := range models(t) {
		w := webOf(file)
		if w == nil || len(w.formulas) == 0 {
			continue
		}
		e := evaluator{settings: sim.Settings{Method: "euler"}, clock: w.r.Time}
		steps := 0
		_, err := w.p.Trace(context.Background(), e.settings, func(time float64, v []float64) error {
			e.time, e.step = time, uint32(steps)
			steps++
			for _, f := range w.formulas {
				got, want := e.all(f, v), v[f.target]
				count++
				if math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
					of := w.variable[f.target]
					t.Errorf("%s: %s at %v is %v, the engine has %v", file, elementName(of, int(f.target)-w.p.Slot(of)), time, got, want)
					return context.Canceled
				}
			}
			if steps == 40 {
				return context.Canceled
			}
			return nil
		})
		if err != nil && err != context.Canceled {
			t.Logf("%s: %v", file, err)
		}
	}
	if count < 10_000 {
		t.Errorf("only %d formulas were compared", count)
	}
}
