package model_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/structure"
)

// FuzzModel reads and checks any text: there must be no panic, no hang, and every
// diagnostic must lie inside its file.
func FuzzModel(f *testing.F) {
	for _, row := range model.Codes {
		f.Add(row.Example)
	}
	files, _ := filepath.Glob("testdata/*.toml")
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	known := map[diagnostic.Code]bool{}
	for _, row := range model.Codes {
		known[row.Code] = true
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, files := check("model.toml", text)
		for _, d := range list {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(files[s.File]) {
				t.Fatalf("%s at %v, outside of the file: %s", d.Code, s, d.Message)
			}
			if d.Message == "" || !known[d.Code] {
				t.Fatalf("%+v says nothing, or has a code without a row in Codes", d)
			}
		}
		m, _ := model.Parse("model.toml", []byte(text), os.DirFS("testdata/data"))
		if r, _ := model.Check(m); r != nil {
			structure.Of(r, nil) // must not panic
		}
	})
}

// FuzzData reads any data file: there must be no panic, and every diagnostic must lie
// inside the model or the file. A series without mistakes has increasing times.
func FuzzData(f *testing.F) {
	for _, seed := range []string{"year,births\n2000,1\n2001,2\n", "year,births\n2000,\"1\"\n\n2001,\n", "\ufeffyear;births\r\n", "year,births\n1,nan\n1,2\n0,3\n", "year,births,\n\"a\nb\",1,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text := []byte(dataClock + "[data.b]\nfile = \"b.csv\"\ntime = \"year\"\nvalue = \"births\"\n")
		m, list := model.Parse("m.toml", text, fstest.MapFS{"b.csv": {Data: data}})
		for _, d := range list {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(m.Files[s.File]) {
				t.Fatalf("%s at %v, outside of the file: %s", d.Code, s, d.Message)
			}
		}
		points := m.Variables[0].Series.Points
		if len(list) > 0 {
			return
		}
		for i, p := range points[0] {
			if i > 0 && p.X <= points[0][i-1].X || math.IsNaN(p.Y) || math.IsInf(p.Y, 0) {
				t.Fatal(points)
			}
		}
	})
}

// FuzzModule reads a model with a module, both of any text: there must be no panic, and
// every diagnostic must lie inside its file.
func FuzzModule(f *testing.F) {
	f.Add(city, teaching)
	f.Add(yearly+"[module.a]\nfile = 'part.toml'\nbind = { x = 'a.y', 'b.z' = 2 }\n[aux.q]\nequation = 'a.y(2) + a.b.z[k, *]'\n",
		yearly+"[module.b]\nfile = 'part.toml'\n[aux.y]\nequation = 'x'\n[stock.x]\ninitial = 1\ninflow = ['f']\n[flow.f]\nequation = 'x'\n")
	f.Fuzz(func(t *testing.T, main, part string) {
		m, list := model.Parse("model.toml", []byte(main), parts(main, map[string]string{"part.toml": part, "parts/teaching.toml": part}))
		r, more := model.Check(m)
		for _, d := range append(list, more...) {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(m.Files[s.File]) {
				t.Fatalf("%s at %v, outside of the file: %s", d.Code, s, d.Message)
			}
		}
		if r == nil && !list.HasErrors() && !more.HasErrors() {
			t.Fatal("a model that cannot be run, and nobody says why")
		}
	})
}
