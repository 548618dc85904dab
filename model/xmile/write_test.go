package xmile_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

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
	beyond, err := xmile.Write(&b, m, r)
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

// So do the models that come with weir.
func TestRoundTripOfExamples(t *testing.T) {
	files, _ := filepath.Glob("../../examples/*/model.toml")
	more, _ := filepath.Glob("../testdata/check/*.toml")
	if files = append(files, more...); len(files) < 10 {
		t.Fatalf("there are only the models %v", files)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			m, list := model.Load(file)
			if strings.HasPrefix(file, "../testdata") { // its data are in a folder of their own
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				m, list = model.Parse(file, content, os.DirFS("../testdata/data"))
			}
			if list.HasErrors() {
				t.Fatal(rendered(list, m))
			}
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

// sound checks a file against what XMILE 1.0 demands of its elements (chapters 2 to 6):
// which may stand where, which must, and that references lead somewhere. The standard's
// own schema is not at hand here.
func sound(t *testing.T, text string) {
	t.Helper()
	root := elements(t, text)
	known := root.check(t, "")
	for _, ref := range known.refs {
		if !known.names[ref] {
			t.Errorf("%q is named, but there is no such variable", ref)
		}
	}
}

// An elem is an element of XML, read by the standard library.
type elem struct {
	name  string
	attrs map[string]string
	text  string
	kids  []*elem
}

func elements(t *testing.T, text string) *elem {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	top := &elem{}
	stack := []*elem{top}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return top.kids[0]
		}
		if err != nil {
			t.Fatalf("it is not well formed: %v", err)
		}
		last := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &elem{name: token.Name.Local, attrs: map[string]string{}}
			if token.Name.Space != "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" {
				e.name = "weir:" + e.name
			}
			for _, a := range token.Attr {
				if a.Name.Space == "" {
					e.attrs[a.Name.Local] = a.Value
				}
			}
			last.kids = append(last.kids, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(token)
		}
	}
}

// A rule says what may, and what must stand in an element; ? marks what need not.
type rule struct{ attrs, kids string }

var rules = map[string]rule{
	"xmile":       {"version xmlns", "header sim_specs model_units? dimensions? model"},
	"header":      {"", "options? name? caption? vendor product"},
	"options":     {"namespace?", "uses_arrays? uses_conveyor?"},
	"uses_arrays": {"maximum_dimensions", ""}, "uses_conveyor": {"", ""},
	"name": {}, "caption": {}, "vendor": {}, "product": {"version? lang?", ""},
	"sim_specs": {"method time_units", "start stop dt"}, "start": {}, "stop": {}, "dt": {"reciprocal?", ""},
	"model_units": {"", "unit?"}, "unit": {"name", "alias?"}, "alias": {},
	"dimensions": {"", "dim"}, "dim": {"name", "elem?"}, "elem": {"name", ""},
	"model": {"", "variables views"}, "variables": {"", "stock? flow? aux? gf?"},
	"stock":   {"name", "doc? dimensions? eqn? element? inflow? outflow? non_negative? conveyor? units?"},
	"flow":    {"name", "doc? dimensions? eqn? element? gf? non_negative? leak? units?"},
	"aux":     {"name", "doc? dimensions? eqn? element? gf? units?"},
	"gf":      {"name? type?", "doc? yscale? xpts ypts units?"},
	"element": {"subscript", "eqn? gf?"}, "yscale": {"min max", ""},
	"doc": {}, "eqn": {}, "units": {}, "inflow": {}, "outflow": {}, "non_negative": {}, "leak": {}, "xpts": {}, "ypts": {},
	"conveyor": {"exponential_leak?", "len capacity? in_limit? arrest?"}, "len": {}, "capacity": {}, "in_limit": {}, "arrest": {},
	"views": {"", "view"}, "view": {"view_type", "stock? flow? aux? connector?"},
	"view/stock": {"name x y", ""}, "view/flow": {"name x y", "pts"}, "view/aux": {"name x y", ""},
	"pts": {"", "pt"}, "pt": {"x y", ""}, "connector": {"uid angle", "from to"}, "from": {}, "to": {},
}

// found are the variables of a file, and what names them.
type found struct {
	names map[string]bool
	refs  []string
}

func (e *elem) check(t *testing.T, in string) *found {
	f := &found{names: map[string]bool{}}
	e.visit(t, in, f)
	return f
}

func (e *elem) visit(t *testing.T, in string, f *found) {
	if strings.HasPrefix(e.name, "weir:") {
		return // a vendor's own
	}
	r, ok := rules[in+"/"+e.name]
	if !ok {
		r, ok = rules[e.name]
	}
	if !ok {
		t.Errorf("<%s> in <%s> is not XMILE", e.name, in)
		return
	}
	demand(t, e.name, "the attribute ", r.attrs, e.attrs)
	kids := map[string]string{}
	for _, k := range e.kids {
		if !strings.HasPrefix(k.name, "weir:") {
			kids[k.name] = "here"
		}
		k.visit(t, e.name, f)
	}
	demand(t, e.name, "the element ", r.kids, kids)
	switch {
	case in == "variables":
		f.names[plainly(e.attrs["name"])] = true
	case in == "view" && e.attrs["name"] != "":
		f.refs = append(f.refs, plainly(e.attrs["name"]))
	case e.name == "inflow" || e.name == "outflow" || e.name == "from" || e.name == "to":
		f.refs = append(f.refs, plainly(e.text))
	}
}

func plainly(name string) string { return fold(strings.Trim(name, `"`)) }

// demand compares what there is with what a rule says.
func demand(t *testing.T, name, what, rule string, there map[string]string) {
	may := map[string]bool{}
	for _, word := range strings.Fields(rule) {
		plain, optional := strings.CutSuffix(word, "?")
		if may[plain] = true; !optional && there[plain] == "" {
			t.Errorf("<%s> needs %s%s", name, what, plain)
		}
	}
	for have := range there {
		if !may[have] {
			t.Errorf("<%s> cannot have %s%s", name, what, have)
		}
	}
}

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

// What XMILE has no word for comes back.
func TestEverything(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "births.csv"), []byte("year,births\n0,5\n2,6\n4,9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	m, list := model.Parse("model.toml", []byte(everything), os.DirFS(folder))
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
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
	for _, k := range elements(t, text).kids {
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
