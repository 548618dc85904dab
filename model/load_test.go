package model_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

// timeOf reads a model that has only a clock.
func timeOf(t *testing.T, keys string) (model.TimeSettings, diagnostic.List) {
	t.Helper()
	m, list := model.Parse("m.toml", []byte("[time]\nunit = \"year\"\n"+keys), nil)
	if m == nil {
		t.Fatal(list)
	}
	return m.Time, list
}

// Semantics row 8: rows are saved at start + k·save, so save must be a whole
// multiple of step in exact arithmetic, whatever binary fractions make of it. The
// cases that other tools store 1 of 11 rows of are among them.
func TestSaveIsAWholeMultipleOfStep(t *testing.T) {
	for _, c := range []struct {
		keys string
		hint string // "" if it is right
	}{
		{"start = 2025\nstop = 2035\nstep = 0.1\nsave = 1", ""},
		{"start = 2025\nstop = 2035\nstep = 0.08333333333333333\nsave = 1", ""},
		{"start = 0.5\nstop = 10.5\nstep = 0.1\nsave = 0.3\n#", "the nearest stops that work are 10.4 and 10.7"},
		{"start = 0\nstop = 3\nstep = 0.1\nsave = 0.3", ""},
		{"start = 0\nstop = 10\nstep = 0.1\nsave = 0.25", "the nearest that work are 0.2 and 0.4"},   // ten is not a whole number of 0.3
		{"start = 0\nstop = 10\nstep = 0.125\nsave = 0.3", "the nearest that work are 0.25 and 0.5"}, // nor of 0.375
		{"start = 0\nstop = 10\nstep = 0.5\nsave = 0.25", "the nearest that works is 0.5"},
		{"start = 0\nstop = 10\nstep = 3", "the nearest stops that work are 9 and 12"},
		{"start = 0\nstop = 1\nstep = 3", "the nearest stop that works is 3"},
	} {
		_, list := timeOf(t, c.keys)
		switch {
		case c.hint == "" && len(list) > 0:
			t.Errorf("%q: %v", c.keys, list)
		case c.hint != "" && (len(list) != 1 || list[0].Code != model.InexactSave || list[0].Hint != c.hint):
			t.Errorf("%q: %v, want the hint %q", c.keys, list, c.hint)
		}
	}
}

// Semantics row 7: a step of 0.1 is not refused for its binary noise, and every
// step is counted with a whole number.
func TestStepsAreCounted(t *testing.T) {
	s, list := timeOf(t, "start = 0\nstop = 100\nstep = 0.08333333333333333")
	if len(list) > 0 || s.Save != s.Step || s.Method != "euler" {
		t.Fatalf("%+v %v", s, list)
	}
}

func TestClockIsBounded(t *testing.T) {
	for _, c := range []struct{ keys, says string }{
		{"start = 0\nstop = 1000\nstep = 0.000001", "1e+09 steps; at most 100000000"},
		{"start = 0\nstop = 100\nstep = 0.00001", "1e+07 rows; at most 1000000"},
		{"start = 0\nstop = 1e300\nstep = 1e-300", "steps"},
		{"start = 1e17\nstop = 1.0000000000001e17\nstep = 1", "cannot be told apart"}, // 1e17 + 1 is 1e17 in binary64
		{"start = 2030\nstop = 2030\nstep = 1", "not after start"},
		{"start = 0\nstop = 1\nstep = 0", "more than 0"},
		{"start = 0\nstop = 1\nstep = -1", "more than 0"},
		{"start = 0\nstop = 1\nstep = 1\nmethod = \"gear\"", "the method gear of other programs is not here"},
		{"start = 0\nstop = 1\nstep = 1\nmethod = \"rk4\"\nrelative_tolerance = 1e-6", "rk4 takes steps of one length"},
		{"start = 0\nstop = 1\nstep = 1\nmethod = \"stiff\"\nrelative_tolerance = 1e-15", "is not from 1e-13 to 0.1"},
		{"start = 0\nstop = 1\nstep = 1\nmethod = \"rk45\"\nabsolute_tolerance = 0", "absolute_tolerance (0) is not from"},
		{"start = 0\nstop = 1\nstep = 1\nmethod = \"rk5\"", "not a possible method"},
	} {
		_, list := timeOf(t, c.keys)
		if len(list) != 1 || !strings.Contains(list[0].Message, c.says) {
			t.Errorf("%q: %v, want %q", c.keys, list, c.says)
		}
	}
}

const dataClock = "[time]\nstart = 2000\nstop = 2003\nstep = 1\nunit = \"year\"\n"

// readData reads a model with data tables and gives its variables.
func readData(t *testing.T, tables string, files fstest.MapFS) ([]*model.Variable, diagnostic.List) {
	t.Helper()
	m, list := model.Parse("dir/m.toml", []byte(dataClock+tables), files)
	if m == nil {
		t.Fatal(list)
	}
	return m.Variables, list
}

func TestDataLeavesBlankCellsOut(t *testing.T) {
	files := fstest.MapFS{"e/b.csv": {Data: []byte("\ufeffyear , births,place\n2000, 10 ,a\n2001,,a\n2002,\"12\",a\n2002,99,b\n")}}
	vars, list := readData(t, "[data.b]\nfile = \"e/b.csv\"\ntime = \"year\"\nvalue = \"births\"\nwhere = { place = \"a\" }\n", files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	want := [][]resolved.Point{{{X: 2000, Y: 10}, {X: 2002, Y: 12}}}
	if diff := cmp.Diff(want, vars[0].Series.Points); diff != "" {
		t.Error(diff)
	}
}

// A column an element: the more specific key wins, and all must be covered.
func TestDataOverElements(t *testing.T) {
	files := fstest.MapFS{"g.csv": {Data: []byte("year,K,01,02,rest\n2000,1,2,3,4\n")}}
	dims := "[dimension.sector]\nelements = [\"a\", \"b\"]\n[dimension.grade]\nelements = [\"k\", \"1..2\"]\n[dimension.upper]\nof = \"grade\"\nelements = [\"1..2\"]\n"
	head := dims + "[data.g]\nover = [\"sector\", \"grade\"]\nfile = \"g.csv\"\ntime = \"year\"\n"
	for _, c := range []struct {
		at   string
		want []float64 // a,k a,1 a,2 b,k b,1 b,2
		says string
	}{
		{`value = "rest"`, []float64{4, 4, 4, 4, 4, 4}, ""},
		{"[data.g.at]\nk = \"K\"\nupper = \"01\"\n\"b, 2\" = \"02\"", []float64{1, 2, 2, 1, 2, 3}, ""},
		{"[data.g.at]\n\"a, *\" = \"K\"\n\"b, upper\" = \"01\"", nil, "no column for b, k"},
		{"[data.g.at]\n\"*, *\" = \"K\"\n\"b, 7\" = \"01\"", nil, `grade has no element "7"`},
		{"[data.g.at]\n\"*, *\" = \"K\"\n\"7\" = \"01\"", nil, `"7" names no element of g`},
		{"[data.g.at]\n\"*, k\" = \"K\"\n\"*, 1, 2\" = \"01\"", nil, `"*, 1, 2" names no element of g`},
		{"[data.g.at]\n\"*, *\" = \"K\"\n\"*\" = \"01\"", nil, `"*" is in the dimensions sector and grade`},
		{"[data.g.at]\n\"*, *\" = \"K\"\n\"a, upper\" = \"01\"\n\"*, 1\" = \"02\"", nil, `both "a, upper" and "*, 1" give the column of a, 1`},
	} {
		vars, list := readData(t, head+c.at, files)
		if c.says != "" {
			if len(list) != 1 || !strings.Contains(list[0].Message, c.says) {
				t.Errorf("%s: %v, want %q", c.at, list, c.says)
			}
			continue
		}
		var got []float64
		for _, points := range vars[0].Series.Points {
			got = append(got, points[0].Y)
		}
		if diff := cmp.Diff(c.want, got); diff != "" || len(list) > 0 {
			t.Errorf("%s: %v\n%s", c.at, list, diff)
		}
	}
}

// What is wrong in a data file is shown in that file.
func TestDataMistakes(t *testing.T) {
	const table = "[data.b]\nfile = \"b.csv\"\ntime = \"year\"\nvalue = \"births\"\n"
	for _, c := range []struct{ csv, code, place string }{
		{"year,births\n2000,1\n2001,NaN\n", "not-a-number", "dir/b.csv:3:6"},
		{"year,births\n2000,1\n2001,1e999\n", "not-a-number", "dir/b.csv:3:6"},
		{"year,births\n2000,\"1,200\"\n", "not-a-number", "dir/b.csv:2:6"},
		{"year,births\nsoon,1\n", "not-a-number", "dir/b.csv:2:1"},
		{"year,births\n2001,1\n2001,2\n", "times-out-of-order", "dir/b.csv:3:1"},
		{"year,births\n2001\n", "bad-csv", "dir/b.csv:2:1"},
		{"year,births\n2001,\"1\n", "bad-csv", "dir/b.csv:3:1"},
		{"year,births\n", "no-rows", "dir/m.toml:7:8"},
		{"", "no-rows", "dir/b.csv:1:1"},
		{"year,births\n2001,\n", "no-rows", "dir/m.toml:9:10"},
		{"Year,births\n2001,1\n", "unknown-column", "dir/m.toml:8:8"},
		{"PK\x03\x04\x14\x00sheet1.xml", "bad-csv", "dir/m.toml:7:8"}, // a workbook has no lines,
		{"year\x00births\x00", "bad-csv", "dir/b.csv:1:1"},
		{"year;births\n2001;3,5\n", "bad-csv", "dir/b.csv:1:1"},
		{"year,births\n2001,\"3,5\"\n", "not-a-number", "dir/b.csv:2:6"},
	} {
		m, list := model.Parse("dir/m.toml", []byte(dataClock+table), fstest.MapFS{"b.csv": {Data: []byte(c.csv)}})
		if len(list) != 1 {
			t.Errorf("%q: %v", c.csv, list)
			continue
		}
		at := list[0].Span
		line, column := diagnostic.Position(m.Files[at.File], at.Start)
		if got := fmt.Sprintf("%s:%d:%d", at.File, line, column); got != c.place || string(list[0].Code) != c.code {
			t.Errorf("%q: %s at %s (%s), want %s at %s", c.csv, list[0].Code, got, list[0].Message, c.code, c.place)
		}
	}
}

// A hint for a number with commas keeps its value: 3,5 is not 35.
func TestHintsForCommas(t *testing.T) {
	const table = "[data.b]\nfile = \"b.csv\"\ntime = \"year\"\nvalue = \"births\"\n"
	for cell, want := range map[string]string{
		"1,200": "write it without commas: 1200", "-1,200,300.5": "write it without commas: -1200300.5",
		"3,5": "write the decimals behind a point: 3.5", "12,3456": "write the decimals behind a point: 12.3456",
		"1,2,3": "leave the cell blank where nothing is known",
	} {
		csv := "year,births\n2000,\"" + cell + "\"\n"
		_, list := model.Parse("m.toml", []byte(dataClock+table), fstest.MapFS{"b.csv": {Data: []byte(csv)}})
		if len(list) != 1 || list[0].Hint != want {
			t.Errorf("%s: %v, want the hint %q", cell, list, want)
		}
	}
}

// An equation where names of flows belong is said to be one.
func TestFlowsAreListedByName(t *testing.T) {
	text := dataClock + "[stock.people]\ninitial = 1\ninflow = \"hiring - quitting\"\n"
	m, _ := model.Parse("m.toml", []byte(text), nil)
	_, list := model.Check(m)
	if len(list) == 0 || list[0].Code != model.UnknownFlow || !strings.HasPrefix(list[0].Hint, "flows are listed by name") {
		t.Errorf("%v", list)
	}
}

// A cell is marked with its quotes.
func TestQuotedCellIsMarkedWhole(t *testing.T) {
	const csv = "year,births\n2000,\"1,\"\"2\"\"00\"\n"
	m, list := model.Parse("m.toml", []byte(dataClock+"[data.b]\nfile = \"b.csv\"\ntime = \"year\"\nvalue = \"births\"\n"), fstest.MapFS{"b.csv": {Data: []byte(csv)}})
	if len(list) != 1 {
		t.Fatal(list)
	}
	at := list[0].Span
	if got := string(m.Files[at.File][at.Start:at.End]); got != `"1,""2""00"` {
		t.Errorf("marked %s", got)
	}
}

// Data files are read below the model's folder only.
func TestDataOutsideFolder(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	secret := write("secret.csv", "year,x\n2000,1\n")
	write("model/in/data.csv", "year,x\n2000,1\n")
	if err := os.Symlink(secret, filepath.Join(folder, "model", "link.csv")); err != nil {
		t.Skip("no links here: ", err)
	}
	for name, code := range map[string]string{
		"in/data.csv": "", "./in/../in/data.csv": "", "../secret.csv": "outside-folder", secret: "outside-folder",
		"link.csv": "outside-folder", "in": "unreadable", "in/none.csv": "unreadable", "in/dat.csv": "unreadable",
	} {
		path := write("model/model.toml", dataClock+"[data.x]\nfile = '"+name+"'\ntime = \"year\"\nvalue = \"x\"\n")
		_, list := model.Load(path)
		got := ""
		if len(list) > 0 {
			got = string(list[0].Code)
		}
		if got != code || len(list) > 1 {
			t.Errorf("%s: %v, want %q", name, list, code)
		}
	}
}

func TestUnreadableModels(t *testing.T) {
	folder := t.TempDir()
	big := filepath.Join(folder, "big.toml")
	if err := os.WriteFile(big, []byte(strings.Repeat("x = [[[[\x80\n", 1_000_000)), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]string{filepath.Join(folder, "none.toml"): "unreadable", folder: "unreadable", big: "too-large"} {
		m, list := model.Load(path)
		if len(list) != 1 || string(list[0].Code) != code || m != nil && !m.Broken {
			t.Errorf("%s: %v, want %s", path, list, code)
		}
	}
}

// The hash tells models and their data apart.
func TestHash(t *testing.T) {
	hash := func(text, data string) string {
		m, list := model.Parse("m.toml", []byte(dataClock+"[data.x]\nfile = \"d.csv\"\ntime = \"t\"\nvalue = \"x\"\n"+text), fstest.MapFS{"d.csv": {Data: []byte(data)}})
		if len(list) > 0 {
			t.Fatal(list)
		}
		return m.Hash
	}
	first := hash("", "t,x\n1,2\n")
	if len(first) != 64 || first != hash("", "t,x\n1,2\n") {
		t.Errorf("%q is not a stable hash", first)
	}
	if first == hash("# a comment", "t,x\n1,2\n") || first == hash("", "t,x\n1,3\n") {
		t.Error("two models have one hash")
	}
}
