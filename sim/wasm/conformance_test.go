package wasm_test

import (
	"context"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"weir/model"
	"weir/model/format"
	"weir/sim"
	"weir/sim/wasm"

	"github.com/BurntSushi/toml"
)

// Every model of other tools that imports gives the same bits as one run, among the
// members of an ensemble, and in its module, in wazero and in V8. What a module cannot
// do, it refuses in words.
func TestConformanceModels(t *testing.T) {
	root := os.Getenv("WEIR_CONFORMANCE")
	if root == "" {
		t.Skip("LEFT OUT: the models of other tools; WEIR_CONFORMANCE must name their folder")
	}
	refused, dir := map[string]int{}, t.TempDir()
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
			p := imported(t, filepath.Dir(file), r.Model, r.Data)
			if p == nil {
				continue // another test says why
			}
			inLanes(t, r.Model, p)
			m, err := wasm.EmitFor(p, sim.Settings{})
			if err != nil {
				words, _, _ := strings.Cut(err.Error(), ":")
				refused[words]++
				continue
			}
			t.Run(filepath.Base(filepath.Dir(file))+"/"+r.Model, func(t *testing.T) { sameRun(t, start(t, m), p, sim.Settings{}) })
			names = append(names, filepath.Join(dir, strconv.Itoa(len(names))))
			want = append(want, r.Model+": "+ended(t, p, sim.Settings{}))
			write(t, names[len(names)-1], m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d models give the same bits; refused: %v", len(names), refused)
	if len(names) < 260 {
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

// imported compiles a model of another tool; nil if it does not import.
func imported(t *testing.T, folder, name string, data []string) *sim.Program {
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
	if r == nil {
		return nil
	}
	return compile(t, r)
}
