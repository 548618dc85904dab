package wasm_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/function"
	"weir/model/resolved"
	"weir/model/vensim"
	"weir/model/xmile"
	"weir/scenarios"
	"weir/scenarios/report"
	"weir/sim"
	"weir/sim/internal/reference"
	"weir/sim/wasm"
)

// FuzzEndToEnd takes any text all the way: reader or importer, checker, compiler, machine,
// the reference evaluator, the module of the page under another engine of WebAssembly, and
// the written page. Either a diagnostic says why the text cannot be run, or all three have
// the same bits, and a page is written of it.
//
//	go test ./sim/wasm -run NONE -fuzz FuzzEndToEnd -fuzztime 10m
func FuzzEndToEnd(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, kind, text string) {
		if len(text) > 10_000 {
			t.Skip("a text that only takes long")
		}
		m, list := readAs(kind, text)
		if m == nil || list.HasErrors() {
			if len(list) == 0 && kind != "" {
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
		if !quick(r) {
			t.Skip("a run that only takes long")
		}
		p, err := sim.Compile(r)
		if err != nil {
			t.Fatal(err)
		}
		sameAsReference(t, p, r)
		sameAsModule(t, p)
		h := fnv.New32a()
		h.Write([]byte(text))
		if h.Sum32()%4 == 0 && report.Available() == nil { // a page takes as long as all before it
			writePage(t, kind, text, m)
		}
	})
}

// readAs reads a text as a file of that kind; kind is made "" in place of unknown ones.
func readAs(kind, text string) (*model.Model, diagnostic.List) {
	switch kind {
	case "toml":
		return model.Parse("m.toml", []byte(text), nil)
	case "mdl":
		return vensim.Parse("m.mdl", []byte(text), nil, model.ImportOptions{})
	case "xmile":
		return xmile.Parse("m.xmile", []byte(text), nil, model.ImportOptions{})
	}
	return nil, diagnostic.List{{Message: "no kind of file"}}
}

// quick reports whether a model runs in milliseconds.
func quick(r *resolved.Model) bool {
	numbers := 0
	for _, v := range r.Variables {
		numbers += v.Size()
	}
	steps := (r.Time.Stop - r.Time.Start) / r.Time.Step
	return numbers*max(1, int(min(steps, 1e6))) < 100_000 && steps < 1000
}

// sameAsReference wants the numbers of a complete run to be those of the reference.
func sameAsReference(t *testing.T, p *sim.Program, r *resolved.Model) {
	t.Helper()
	if strings.HasPrefix(r.Time.Method, "rk45") || r.Time.Method == "stiff" {
		return // the reference has methods of fixed steps
	}
	got, err := p.Run(context.Background(), sim.Settings{})
	want, wantErr := reference.Run(r, sim.Settings{})
	if err != nil || wantErr != nil || got.NonFinite != nil || want.NonFinite != nil {
		return // FuzzText compares how runs end
	}
	for _, c := range got.Columns {
		series, values := got.Series(c.Name()), want.Values[c.Variable]
		if len(c.Elements) > 0 || values == nil {
			continue
		}
		for row, x := range series {
			if w := values[row][0]; math.Float64bits(x) != math.Float64bits(w) && (x == x || w == w) {
				t.Fatalf("%s at %v is %v, the reference says %v", c.Name(), got.Time[row], x, w)
			}
		}
	}
}

// sameAsModule wants the rows of the program's module to be those of its run.
func sameAsModule(t *testing.T, p *sim.Program) {
	t.Helper()
	module, err := wasm.EmitFor(p, sim.Settings{})
	if err != nil { // a model that is too large for a module, or of a method without one
		var e *sim.Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		return
	}
	i, closed := instantiate(t, module)
	defer closed()
	sameRun(t, i, p, sim.Settings{})
}

// writePage compares a scenario in which one constant is half as large with the model as it
// is, and writes the page. A model without a constant or another variable has none. The set
// is the smallest that has a page: one outcome, one intervention, one scenario. A set that is
// refused is no failure, since its refusal says why.
func writePage(t *testing.T, kind, text string, m *model.Model) {
	t.Helper()
	lever, outcome := "", ""
	for _, v := range m.Variables {
		switch {
		case v.Kind == model.KindDecision || v.Kind == model.KindConstant && m.Imported != nil:
			if len(v.Over) == 0 && len(v.Value) == 1 {
				lever = v.Name
			}
		case len(v.Over) == 0 && v.Kind != model.KindLookup && v.Kind != model.KindData && v.Kind != model.KindConstant:
			outcome = v.Name
		}
	}
	if lever == "" || outcome == "" {
		return
	}
	set := fmt.Sprintf("name = \"Fuzz\"\nmodel = \"m.%s\"\n", kind)
	if m.Imported != nil {
		set += fmt.Sprintf("decisions = [%q]\n", lever)
	}
	set += fmt.Sprintf("[outcome.o]\nvariable = %q\nbetter = \"higher\"\n[intervention.i.change.%q]\ntimes = 0.5\n[scenario.s]\ninterventions = [\"i\"]\n",
		outcome, lever)
	loaded, list := scenarios.Parse("set.toml", []byte(set), func(string, model.ImportOptions) (*model.Model, diagnostic.List) {
		return readAs(kind, text)
	})
	if loaded == nil || list.HasErrors() {
		return
	}
	c, err := scenarios.Compare(context.Background(), loaded, scenarios.Options{})
	if err != nil {
		return
	}
	var page bytes.Buffer
	if err := report.Write(&page, c); err != nil {
		t.Fatalf("no page: %v\n%s", err, set)
	}
	text = page.String()
	if !utf8.ValidString(text) || !strings.Contains(text, "<!DOCTYPE html>") || !strings.Contains(text, "</html>") {
		t.Fatalf("the page begins with %.60q and ends with %q", text, text[max(0, len(text)-60):])
	}
}

// addSeeds adds the examples of the function table and the small models of the tests. Each
// example fills a stock, at a rate that a decision changes, so that it has a page.
func addSeeds(f *testing.F) {
	const head = "[time]\nstart = 0\nstop = 10\nstep = 1\nunit = \"year\"\nshort_delays = true\n[dimension.d]\nelements = [\"p\", \"q\", \"r\"]\n" +
		"[decision.k]\nvalue = 2\n[aux.x]\nover = [\"d\"]\nequation = \"position_in(d)\"\n[lookup.t]\npoints = [[0, 0], [1, 10], [2, 15]]\n" +
		"[stock.s]\ninitial = 3\ninflow = [\"y\"]\n"
	for i := range function.Table {
		f.Add("toml", fmt.Sprintf("%s[flow.y]\nequation = %q\n", head, "k * ("+function.Table[i].Example+")"))
	}
	for _, pattern := range []string{"../testdata/differential/*.toml", "../../model/testdata/*.toml", "../../model/vensim/testdata/*.mdl",
		"../../model/xmile/testdata/*.xmile", "../../model/xmile/testdata/*.stmx"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(strings.Replace(strings.TrimPrefix(filepath.Ext(file), "."), "stmx", "xmile", 1), string(text))
		}
	}
}
