package wasm_test

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"weir/model"
	"weir/model/format"
	"weir/model/resolved"
	"weir/sim"
	"weir/sim/internal/reference"
	"weir/sim/wasm"

	"github.com/BurntSushi/toml"
)

// Every model of other tools that imports gives the same bits as one run, among the
// members of an ensemble, by the reference evaluator, and in its module, in wazero and in
// V8.
func TestConformanceModels(t *testing.T) {
	root := os.Getenv("WEIR_CONFORMANCE")
	if root == "" {
		fmt.Fprintln(os.Stderr, "LEFT OUT: the modules of other people's models; WEIR_CONFORMANCE must name their folder")
		t.Skip("WEIR_CONFORMANCE is not set: no model of others was run")
	}
	dir := t.TempDir()
	var names, want []string
	err := filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.Name() != "case.toml" {
			return err
		}
		var c struct {
			Run []struct {
				Model string
				Data  []string
			}
		}
		if _, err := toml.DecodeFile(file, &c); err != nil {
			return err
		}
		for _, r := range c.Run {
			x := imported(t, filepath.Dir(file), r.Model, r.Data)
			if x == nil {
				continue // another test says why
			}
			p := compile(t, x)
			inLanes(t, r.Model, p)
			byReference(t, r.Model, p, x)
			m, err := wasm.EmitFor(p, sim.Settings{})
			if err != nil {
				t.Errorf("%s: %v", r.Model, err)
				continue
			}
			t.Run(filepath.Base(filepath.Dir(file))+"/"+r.Model, func(t *testing.T) { sameRun(t, start(t, m), p, sim.Settings{}) })
			if m := besides(t, p, sim.Settings{}); m != nil {
				both := [2]sim.Settings{{}, moved(sim.Settings{}, p)}
				t.Run(filepath.Base(filepath.Dir(file))+"/"+r.Model+" and another run", func(t *testing.T) { sameTwo(t, start(t, m), p, both) })
			}
			names = append(names, filepath.Join(dir, strconv.Itoa(len(names))))
			want = append(want, r.Model+": "+ended(t, p, sim.Settings{}))
			write(t, names[len(names)-1], m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d models give the same bits", len(names))
	if len(names) < 285 {
		t.Errorf("only %d models have a module", len(names))
	}
	for i, line := range inNode(t, 1, names) {
		if _, result, _ := strings.Cut(want[i], ": "); strings.Join(strings.Fields(line)[1:4], " ") != result {
			t.Errorf("%s, and V8 gives %s", want[i], line)
		}
	}
}

// inLanes wants each of three members to have the numbers of a run alone.
func inLanes(t *testing.T, name string, p *sim.Program) {
	t.Helper()
	alone, err := p.Run(context.Background(), sim.Settings{})
	if err != nil || alone.NonFinite != nil {
		return // which the runs of the cases tell
	}
	s := sim.EnsembleSettings{Runs: 3}
	for _, c := range alone.Columns {
		s.Keep = append(s.Keep, c.Name())
	}
	together, err := p.Ensemble(context.Background(), s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, column := range s.Keep {
		one := alone.Series(column)
		for member := range s.Runs {
			for row, x := range together.Series(column, member) {
				if math.Float64bits(x) != math.Float64bits(one[row]) {
					t.Fatalf("%s: %s of member %d at %v is %v, and %v alone", name, column, member, alone.Time[row], x, one[row])
				}
			}
		}
	}
}

// byReference wants the reference evaluator to have the numbers of a run.
func byReference(t *testing.T, name string, p *sim.Program, x *resolved.Model) {
	t.Helper()
	got, err := p.Run(context.Background(), sim.Settings{})
	want, wrong := reference.Run(x, sim.Settings{})
	if err != nil || wrong != nil || got.NonFinite != nil {
		if err == nil && wrong == nil && want.NonFinite == nil {
			t.Errorf("%s: a number is not finite, by the reference all are", name)
		}
		if (err == nil) != (wrong == nil) {
			t.Errorf("%s: %v, by the reference %v", name, err, wrong)
		}
		return
	}
	for _, v := range x.Variables {
		for e := 0; e < v.Size() && !v.Hidden; e++ {
			column := reference.ElementName(v.Name, v.Over, e)
			series := got.Series(column)
			if len(series) != len(want.Time) {
				t.Fatalf("%s: %d rows of %s, by the reference %d", name, len(series), column, len(want.Time))
			}
			for row, g := range series {
				if w := want.Values[v.Name][row][e]; math.Float64bits(g) != math.Float64bits(w) {
					t.Fatalf("%s: %s at %v is %v, by the reference %v", name, column, got.Time[row], g, w)
				}
			}
		}
	}
}

// imported is a model of another tool; nil if it does not import.
func imported(t *testing.T, folder, name string, data []string) *resolved.Model {
	t.Helper()
	var o model.ImportOptions
	for _, d := range data {
		text, err := os.ReadFile(filepath.Join(folder, d))
		if err != nil {
			t.Fatal(err)
		}
		o.Data = append(o.Data, model.DataFile{Name: filepath.Join(folder, d), Text: text})
	}
	m, _ := format.Load(filepath.Join(folder, name), o)
	if m == nil || m.Broken {
		return nil
	}
	r, _ := model.Check(m)
	return r
}
