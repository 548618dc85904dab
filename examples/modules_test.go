package examples_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/sim"
)

// A model gives the same bits alone and as a module without bindings.
func TestModuleRunsAsAlone(t *testing.T) {
	for _, example := range parts {
		t.Run(example, func(t *testing.T) {
			alone := run(t, example, nil)
			m, _ := load(t, example)
			whole := runAsModule(t, example, m)
			for c, column := range alone.Columns {
				as := whole.Index("part." + column.Name())
				if as < 0 {
					t.Fatalf("there is no part.%s", column.Name())
				}
				for i := range alone.Time {
					if x, y := alone.Row(i)[c], whole.Row(i)[as]; math.Float64bits(x) != math.Float64bits(y) {
						t.Fatalf("%s at %v: %v alone, %v as a module", column.Name(), alone.Time[i], x, y)
					}
				}
			}
		})
	}
}

// runAsModule runs an example as the only module of a model with its clock.
func runAsModule(t *testing.T, example string, m *model.Model) *sim.Result {
	t.Helper()
	text := string(m.Files[m.File])
	_, clock, _ := strings.Cut(text, "[time]")
	clock, _, _ = strings.Cut(clock, "\n[")
	main := "[time]" + clock + "\n[module.part]\nfile = 'model.toml'\n"
	whole, list := model.Parse(filepath.Join(example, "whole.toml"), []byte(main), os.DirFS(example))
	r, more := model.Check(whole)
	if r == nil {
		t.Fatal(list, more)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	res, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	return res
}
