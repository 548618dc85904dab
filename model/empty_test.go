package model_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// holds reports a model in which something is broken inside, although nothing outside says so:
// a gap that the reader marks, or a resolved form that is there in spite of an error, or not
// there without one. A form without gaps compiles.
func holds(t *testing.T, m *model.Model, r *resolved.Model, list diagnostic.List) {
	t.Helper()
	sound := !model.UnitsAsWarnings(list).HasErrors()
	if sound != (r != nil) {
		t.Errorf("resolved: %v, but%s", r != nil, messages(list))
	}
	if !sound {
		return
	}
	if m.Broken {
		t.Error("the model is broken, and nothing says why")
	}
	for _, v := range m.Variables {
		if v.Broken {
			t.Errorf("%s is broken, and nothing says why", v.Name)
		}
	}
	for _, mod := range m.Modules {
		if mod.Broken {
			t.Errorf("the module %s is broken, and nothing says why", mod.Name)
		}
	}
	if r != nil {
		_, _ = sim.Compile(r) // an error is an answer, a panic is none
	}
}

// An empty text is not the same as none. These models left a name out so, and were run with
// another table's numbers, without the numbers of a module, or into a panic.
func TestEmptyNamesOfHostileModels(t *testing.T) {
	for file, want := range map[string]string{
		"min_panic.toml":  "line 8 bad-value: file is empty (write a CSV file or a workbook (.xlsx) in the model's folder or below it)",
		"min_wrong.toml":  "line 8 bad-value: file is empty (write a CSV file or a workbook (.xlsx) in the model's folder or below it)",
		"min_module.toml": "line 8 bad-value: file is empty (write the model file, from the folder of this one)",
	} {
		text, err := os.ReadFile(filepath.Join("testdata/hostile", file))
		if err != nil {
			t.Fatal(err)
		}
		m, list := model.Parse(file, text, nil)
		r, more := model.Check(m)
		list = append(list, more...)
		holds(t, m, r, list)
		got := ""
		for _, d := range list {
			got += fmt.Sprintf("line %d", 1+strings.Count(string(text[:d.Span.Start]), "\n")) + strings.ReplaceAll(messages(diagnostic.List{d}), "\n", " ")
		}
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Every key that names something refuses an empty text, at its place.
func TestEmptyNames(t *testing.T) {
	const clock = "[time]\nstart = 0\nstop = 1\nstep = 1\nunit = 'year'\n"
	for _, table := range []string{
		"[dimension.d]\nelements = ['a']\nof = ''", "[unit]\nperson = { plural = '' }", "[unit]\nperson = { alias = ['people', ''] }",
		"[source.s]\ntitle = ''", "[module.m]\nfile = ''", "[stock.s]\ninitial = 1\ninflow = ''", "[stock.s]\ninitial = 1\noutflow = ['']",
		"[stock.s]\ninitial = 1\n[stock.s.conveyor]\ntransit = 1\nleak = ['']", "[aux.x]\nequation = 1\nunits = ''",
		"[aux.x]\nequation = 1\nover = ['']", "[aux.x]\nequation = 1\nsource = ''", "[decision.x]\nvalue = 1\nowner = ''",
		"[data.d]\nfile = ''\ntime = 't'\nvalue = 'v'", "[data.d]\nfile = 'f.csv'\ntime = ''\nvalue = 'v'",
		"[data.d]\nfile = 'f.csv'\ntime = 't'\nvalue = ''", "[dimension.e]\nelements = ['a']\n[data.d]\nover = 'e'\nfile = 'f.csv'\ntime = 't'\nat = { a = '' }",
		"[test.t]\nexpect = ''", "[test.t]\nconserve = ['']", "[calibration.fit.q]\nvariable = ''\ndata = 'd'",
		"[calibration.fit.q]\nvariable = 'x'\ndata = ''", "[calibration]\nconstants = ['']\n[calibration.fit.q]\nvariable = 'x'\ndata = 'd'",
		"[view.v]\narrows = [{ from = '', to = 'x' }]", "[aux.x]\nequation = ''", "[aux.x]\nequation = 1\nevidence = ''",
	} {
		m, list := model.Parse("m.toml", []byte(clock+table+"\n"), nil)
		r, more := model.Check(m)
		list = append(list, more...)
		holds(t, m, r, list)
		found := false
		for _, d := range list {
			text := m.Files[d.Span.File]
			found = found || d.Code == model.BadValue && strings.Contains(string(text[max(d.Span.Start-1, 0):min(d.Span.End+1, len(text))]), "''")
		}
		if !found {
			t.Errorf("%s\nis reported as %s", table, messages(list))
		}
	}
}

var quoted = regexp.MustCompile(`"[^"\n]+"|'[^'\n]+'`)

// Whatever text of a model is emptied: it is refused, or the model still holds together.
func TestEmptiedTexts(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.toml")
	more, _ := filepath.Glob("testdata/check/*.toml")
	for _, path := range append(files, more...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range quoted.FindAllIndex(text, -1) {
			emptied := string(text[:at[0]+1]) + string(text[at[1]-1:])
			m, list := model.Parse("m.toml", []byte(emptied), os.DirFS("testdata/data"))
			r, more := model.Check(m)
			holds(t, m, r, append(list, more...))
			if t.Failed() {
				t.Fatalf("%s without %s", path, text[at[0]:at[1]])
			}
		}
	}
}

// FuzzHolds looks for a model that is broken inside without a word outside.
func FuzzHolds(f *testing.F) {
	for _, pattern := range []string{"testdata/*.toml", "testdata/check/*.toml", "testdata/hostile/*.toml"} {
		files, _ := filepath.Glob(pattern)
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, list := model.Parse("m.toml", []byte(text), os.DirFS("testdata/data"))
		r, more := model.Check(m)
		holds(t, m, r, append(list, more...))
	})
}
