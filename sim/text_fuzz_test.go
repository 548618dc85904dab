package sim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/foreign"
	"weir/model/function"
	"weir/model/resolved"
	"weir/model/vensim"
	"weir/model/xmile"
	"weir/sim"
)

// readers read a model's text, by the ending of its file.
var readers = map[string]func(text string) (*model.Model, diagnostic.List){
	"toml": func(text string) (*model.Model, diagnostic.List) { return model.Parse("m.toml", []byte(text), nil) },
	"mdl": func(text string) (*model.Model, diagnostic.List) {
		return vensim.Parse("m.mdl", []byte(text), nil, model.ImportOptions{})
	},
	"xmile": func(text string) (*model.Model, diagnostic.List) {
		return xmile.Parse("m.xmile", []byte(text), nil, model.ImportOptions{})
	},
}

// FuzzText reads any text as a model. Either a diagnostic says why it cannot run, or the
// engine's numbers are those of the reference evaluator, to the last bit. So the way from a
// text to a number is tried as a whole: reader or importer, checker, compiler and machine.
//
//	go test ./sim -run NONE -fuzz FuzzText -fuzztime 10m
func FuzzText(f *testing.F) {
	for _, seed := range textSeeds(f) {
		f.Add(seed.kind, seed.text)
	}
	f.Fuzz(func(t *testing.T, kind, text string) {
		read := readers[kind]
		if read == nil || len(text) > 10_000 {
			t.Skip("no kind of file, or a text that only takes long")
		}
		m, list := read(text)
		if m == nil || list.HasErrors() {
			if len(list) == 0 {
				t.Fatal("no model, and nobody says why")
			}
			return
		}
		r, more := model.Check(m)
		if r == nil {
			if !more.HasErrors() {
				t.Fatal("a model that cannot be run, and nobody says why")
			}
			return
		}
		if !small(r) {
			t.Skip("a run that only takes long")
		}
		compareEngines(t, r, sim.Settings{})
	})
}

// small reports whether a model runs in milliseconds.
func small(r *resolved.Model) bool {
	numbers := 0
	for _, v := range r.Variables {
		numbers += v.Size()
	}
	steps := (r.Time.Stop - r.Time.Start) / r.Time.Step
	return numbers*max(1, int(min(steps, 1e6))) < 200_000 && steps < 2000 && r.Time.Method != "rk45" && r.Time.Method != "stiff"
}

type textSeed struct{ kind, text string }

// textSeeds are the examples of the function table, the calls of the table of foreign
// functions, the models on which the engines once differed, and those of the repository's
// tests.
func textSeeds(f *testing.F) []textSeed {
	var out []textSeed
	for i := range function.Table {
		for _, over := range []string{"", "over = [\"d\"]\n"} {
			out = append(out, textSeed{"toml", exampleModel(function.Table[i].Example, over)})
		}
	}
	for i := range foreign.Table {
		r := &foreign.Table[i]
		args := strings.Join([]string{"a", "b", "a", "1", "2", "3", "4", "5", "6"}[:max(r.Least, 0)], ", ")
		if r.Vensim != "" {
			out = append(out, textSeed{"mdl", fmt.Sprintf("{UTF-8}\ny = %s(%s) ~~|\na = 3 ~~|\nb = Time + 2 ~~|\n"+
				"INITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = 1 ~~|\n", r.Vensim, args)})
		}
		out = append(out, textSeed{"xmile", fmt.Sprintf(`<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">`+
			`<header><vendor>v</vendor><product>p</product></header><sim_specs method="Euler"><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs>`+
			`<model><variables><aux name="y"><eqn>%s(%s)</eqn></aux><aux name="a"><eqn>3</eqn></aux><aux name="b"><eqn>TIME + 2</eqn></aux>`+
			`</variables></model></xmile>`, strings.ReplaceAll(r.Title(), " ", "_"), args)})
	}
	for _, pattern := range []string{"testdata/differential/*.toml", "../model/testdata/*.toml", "../model/vensim/testdata/*.mdl"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			out = append(out, textSeed{strings.TrimPrefix(filepath.Ext(file), "."), string(text)})
		}
	}
	return out
}

// exampleModel is a model with an example of the function table in it, for one number or over
// a dimension.
func exampleModel(example, over string) string {
	return fmt.Sprintf("[time]\nstart = 0\nstop = 10\nstep = 1\nunit = \"year\"\nshort_delays = true\n"+
		"[dimension.d]\nelements = [\"p\", \"q\", \"r\"]\n"+
		"[aux.x]\nover = [\"d\"]\nequation = \"position_in(d)\"\n"+
		"[lookup.t]\npoints = [[0, 0], [1, 10], [2, 15]]\n"+
		"[aux.y]\n%sequation = %q\n", over, example)
}
