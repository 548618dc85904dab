package xmile_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/xmile"
)

// written is a model as XMILE.
func written(t *testing.T, m *model.Model) (string, []xmile.Beyond) {
	t.Helper()
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(rendered(list, m))
	}
	var b bytes.Buffer
	beyond, err := xmile.Write(&b, m, r, "")
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), beyond
}

// Whatever is read and written again gives the same bits, and is sound XMILE.
func TestRoundTrip(t *testing.T) {
	for _, c := range features {
		t.Run(c.name, func(t *testing.T) {
			m, _ := parse(t, c.file.text())
			text, _ := written(t, m)
			sound(t, text)
			sameBits(t, numbers(t, m), run(t, text))
		})
	}
}

// ownModels are the models that come with weir.
func ownModels(t *testing.T) []string {
	t.Helper()
	files, _ := filepath.Glob("../../examples/*/*.toml")
	more, _ := filepath.Glob("../testdata/check/*.toml")
	sets := func(file string) bool {
		text, err := os.ReadFile(file)
		return err != nil || !strings.Contains(string(text), "\n[time]")
	}
	if files = slices.DeleteFunc(append(files, more...), sets); len(files) < 14 {
		t.Fatalf("there are only the models %v", files)
	}
	return files
}

// load opens one of them. Those of the tests have their data in a folder of their own.
func load(t *testing.T, file string) *model.Model {
	t.Helper()
	m, list := model.Load(file)
	if strings.HasPrefix(file, "../testdata") {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, list = model.Parse(file, content, os.DirFS("../testdata/data"))
	}
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	return m
}

// So do the models that come with weir.
func TestRoundTripOfOwnModels(t *testing.T) {
	for _, file := range ownModels(t) {
		t.Run(file, func(t *testing.T) {
			m := load(t, file)
			text, _ := written(t, m)
			sound(t, text)
			sameBits(t, numbers(t, m), run(t, text))
		})
	}
}

func sameBits(t *testing.T, a, b map[string][]float64) {
	t.Helper()
	folded := map[string][]float64{}
	for name, series := range b {
		folded[fold(name)] = series
	}
	for name, series := range a {
		other, ok := folded[fold(name)]
		if !ok {
			t.Errorf("%s did not come back", name)
		} else if !slices.Equal(series, other) {
			t.Errorf("%s was %v and came back as %v", name, series, other)
		}
	}
}

func fold(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "_")) }

const everything = `
name  = "Everything"
about = "What XMILE has no word for."
today = 2
[time]
start = 0
stop = 4
step = 0.5
save = 1
unit = "year"
method = "heun"
[unit]
pupil = { plural = "pupils" }
[dimension.grade]
label = "Grade"
elements = ["k", "1", "2"]
labels = { k = "Kindergarten" }
ordered = true
[dimension.upper]
of = "grade"
elements = ["1", "2"]
[stock.pupils]
label = "Pupils enrolled"
about = "Those who are there."
over = ["grade"]
initial = "start_with"
inflow = ["entering"]
outflow = ["leaving"]
units = "pupil"
non_negative = true
[flow.entering]
over = ["grade"]
units = "pupil/year"
equation = "promotion[grade - 1]"
[flow.entering.at]
k = "births"
[flow.leaving]
over = ["grade"]
units = "pupil/year"
equation = "max(promotion, 0.1 * pupils / year)"
[aux.promotion]
over = ["grade"]
units = "pupil/year"
equation = "pupils / year * rate"
[aux.beyond]
units = "1"
equation = "trunc(1.5) + sum(pupils[upper!]) / sum(pupils) + mean(rate) + (not 1 = 2) + births(3 * year) / births(2 * year)"
[constant.rate]
over = ["grade"]
value = [0.9, 0.8, 0.7]
units = "1"
[constant.start_with]
label = "To begin with"
value = 10
range = [5, 20]
distribution = { name = "triangular", mode = 12 }
source = "S1"
evidence = "measured"
units = "pupil"
[constant.year]
value = 1
units = "year"
[decision.seats]
label = "Seats"
value = 3
range = [0, 9]
owner = "the school"
units = "1"
[lookup.effect]
units = "1"
points = [[0, 1], [1, 2]]
beyond = "extend"
[aux.effect_now]
units = "1"
equation = "effect(time / year) + seats + round(2.5) + pulse(1, 2 * year) * dt + ramp(1 / year, year, 3 * year)"
[data.births]
file = "births.csv"
time = "year"
value = "births"
units = "pupil/year"
[test.enough]
about = "there are pupils"
set = { seats = 4 }
expect = "sum(pupils) > 0"
[test.enough.change.rate]
times = 0.5
start = 1
[source.S1]
title = "Counted"
`

func everythingModel(t *testing.T) *model.Model {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(everything), fstest.MapFS{"births.csv": {Data: []byte("year,births\n0,5\n2,6\n4,9\n")}})
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	return m
}

// What XMILE has no word for comes back.
func TestEverything(t *testing.T) {
	m := everythingModel(t)
	text, beyond := written(t, m)
	sound(t, text)
	back, list := parse(t, text)
	if len(list) > 0 {
		t.Error(rendered(list, back))
	}
	sameBits(t, numbers(t, m), numbers(t, back))
	want := []xmile.Beyond{{Variable: "beyond", What: "the function trunc"}, {Variable: "effect_now", What: "the function ramp"}}
	if !slices.Equal(beyond, want) {
		t.Errorf("beyond XMILE is said to be %v", beyond)
	}
	same := func(what, a, b string) {
		if a != b {
			t.Errorf("%s was\n%s\nand came back as\n%s", what, a, b)
		}
	}
	a, _ := model.Write(m)
	b, _ := model.Write(back)
	same("the model", tables(a, "test", "source", "dimension", "constant", "decision", "time", "unit"), tables(b, "test", "source", "dimension", "constant", "decision", "time", "unit"))
	if v := back.Variable("births"); v.Kind != model.KindData || len(v.Series.Points[0]) != 3 {
		t.Errorf("the data came back as %+v", v)
	}
	if back.Today == nil || *back.Today != 2 || back.About != m.About || back.Time.Method != "heun" {
		t.Errorf("came back as %+v", back)
	}
}

// tables are the named tables of a model as TOML.
func tables(text []byte, names ...string) string {
	var out []string
	for _, block := range strings.Split(string(text), "\n\n") {
		for _, name := range names {
			if strings.HasPrefix(block, "["+name) {
				out = append(out, strings.TrimSpace(block))
			}
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n\n")
}

// In the picture nothing stands on top of something else, and every variable is there.
func TestLayout(t *testing.T) {
	m, list := model.Load("../../examples/enrollment-decline/model.toml")
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	text, _ := written(t, m)
	at := map[[2]string]string{}
	n := 0
	root, err := elements(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range root.kids {
		if k.name != "model" {
			continue
		}
		for _, e := range k.kids[1].kids[0].kids {
			if e.attrs["name"] == "" {
				continue
			}
			spot := [2]string{e.attrs["x"], e.attrs["y"]}
			if other := at[spot]; other != "" {
				t.Errorf("%s stands on %s", e.attrs["name"], other)
			}
			at[spot] = e.attrs["name"]
			n++
		}
	}
	if n != len(m.Variables) {
		t.Errorf("%d of %d variables are in the picture", n, len(m.Variables))
	}
}

// A mistake in a file that weir wrote is shown at its place there.
func TestPlacesInOwnFiles(t *testing.T) {
	m, _ := parse(t, features[0].file.text())
	text, _ := written(t, m)
	text = strings.Replace(text, "water_in_tub / 10", "water_in_tib / 10", 1)
	back, list := xmile.Parse("own.xmile", []byte(text), nil, model.ImportOptions{})
	if !list.HasErrors() || !strings.HasPrefix(text[list[0].Span.Start:], "water_in_tib") || list[0].Hint != "did you mean Water in Tub?" {
		t.Error(rendered(list, back), diagnostic.List(list))
	}
}

// Outflows of a stock that runs dry keep the model's order through a file of weir, also where one
// needs a later one: TestOutflowsServedByNeed has the order of other tools.
func TestOutflowsKeepTheirOrder(t *testing.T) {
	m, list := model.Parse("s.toml", []byte(`[time]
start = 0
stop = 1
step = 1
unit = "year"
[stock.s]
initial = 1
outflow = ["wait", "go"]
non_negative = true
[flow.wait]
equation = "delay_information(go, 1, 1)"
[flow.go]
equation = "1"
`), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	text, _ := written(t, m)
	again, list := xmile.Parse("s.xmile", []byte(text), nil, model.ImportOptions{})
	if got := strings.Join(again.Variable("s").Outflow, " "); list.HasErrors() || got != "wait go" {
		t.Errorf("%s %v\n%s", got, list, text)
	}
	sameBits(t, numbers(t, m), run(t, text))
}

// An auxiliary whose equation is a number is none that can be set: what depends on it has a sign, so
// that rise needs no limit where the stock runs dry.
func TestAuxiliariesThatAreNumbersComeBack(t *testing.T) {
	m, list := model.Parse("s.toml", []byte(`[time]
start = 0
stop = 1
step = 1
unit = "year"
[dimension.d]
elements = ["a", "b"]
[stock.s]
initial = 1
inflow = ["rise"]
non_negative = true
[flow.rise]
equation = "1 + two + e[a]"
[aux.two]
equation = "2"
[aux.e]
over = ["d"]
[aux.e.at]
a = "1e-3"
b = "-1"
[constant.k]
value = 3
`), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	text, _ := written(t, m)
	again, list := xmile.Parse("s.xmile", []byte(text), nil, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(list)
	}
	for name, want := range map[string]model.Kind{"two": model.KindAux, "e": model.KindAux, "k": model.KindConstant} {
		if v := again.Variable(name); v == nil || v.Kind != want {
			t.Errorf("%s came back as %+v", name, v)
		}
	}
	sameBits(t, numbers(t, m), run(t, text))
}

// XMILE has no functions of a model's own: equations of elements and tests are written out, too.
func TestOwnFunctionsAreWrittenOut(t *testing.T) {
	m, list := model.Parse("s.toml", []byte(`[time]
start = 0
stop = 2
step = 1
unit = "year"
[dimension.d]
elements = ["a", "b"]
[function.double]
arguments = ["x"]
equation = "2 * x"
[stock.s]
over = ["d"]
initial = "double(1)"
inflow = ["rise"]
[flow.rise]
over = ["d"]
equation = "double(s)"
at = { b = "double(s + 1)" }
[test.t]
expect = ["double(s[a]) > 1"]
`), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	text, _ := written(t, m)
	sameBits(t, numbers(t, m), run(t, text))
	again, _ := xmile.Parse("s.xmile", []byte(text), nil, model.ImportOptions{})
	if len(again.Tests) != 1 || again.Tests[0].Expect[0].Text != "2 * s[a] > 1" {
		t.Errorf("tests %+v\n%s", again.Tests, text)
	}
}
