package wasm_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/model/format"
	"weir/sim"
	"weir/sim/wasm"

	"github.com/BurntSushi/toml"
)

// Every model of other tools that imports gives the same bits in its module. What a
// module cannot do, it refuses in words.
func TestConformanceModels(t *testing.T) {
	root := os.Getenv("WEIR_CONFORMANCE")
	if root == "" {
		t.Skip("LEFT OUT: the models of other tools; WEIR_CONFORMANCE must name their folder")
	}
	same, refused := 0, map[string]int{}
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
			m, err := wasm.EmitFor(p, sim.Settings{})
			if err != nil {
				words, _, _ := strings.Cut(err.Error(), ":")
				refused[words]++
				continue
			}
			t.Run(filepath.Base(filepath.Dir(file))+"/"+r.Model, func(t *testing.T) { sameRun(t, start(t, m), p, sim.Settings{}) })
			same++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d models give the same bits; refused: %v", same, refused)
	if same < 260 {
		t.Errorf("only %d models have a module", same)
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
