package model_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

const yearly = `[time]
start = 0
stop  = 10
step  = 1
unit  = "year"
`

// parts are the files of the tests below, by path.
func parts(main string, others map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range others {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	files["model.toml"] = &fstest.MapFile{Data: []byte(main)}
	return files
}

// teaching is a model that stands alone, and is a module in the tests.
const teaching = yearly + `
[unit]
teacher = { plural = "teachers" }
student = {}

[dimension.sector]
elements = ["district", "charter"]

[stock.staff]
over    = ["sector"]
initial = "wanted"
inflow  = ["hired"]
outflow = ["quits"]
units   = "teacher"

[flow.hired]
over     = ["sector"]
equation = "(wanted - staff) / hiring_time"
units    = "teacher/year"

[flow.quits]
over     = ["sector"]
equation = "staff * quit_rate * effect(pressure)"
units    = "teacher/year"

[aux.wanted]
over     = ["sector"]
equation = "students / class_size"
units    = "teacher"

[aux.pressure]
equation = "sum(students[*]) / 1000 { one thousand }"
units    = "student"

[lookup.effect]
points = [[0, 1], [1, 2]]
units  = "1"

[constant.students]
over  = ["sector"]
value = [300, 200]
units = "student"

[constant.class_size]
value = 20
range = [10, 30]
units = "student/teacher"

[constant.hiring_time]
value = 0.5
units = "year"

[decision.quit_rate]
value = 0.1
units = "1/year"

[source.S1]
title = "A count"

[test.positive]
expect = "staff > 0"
`

const city = `name = "City"
` + yearly + `

[dimension.sector]
label    = "Sector"
elements = ["district", "charter"]

[source.S1]
title = "Another count"

[stock.enrolled]
over    = ["sector"]
initial = "1000"
outflow = ["leaving"]
units   = "student"

[flow.leaving]
over     = ["sector"]
equation = "enrolled * teachers.quits / teachers.staff"
units    = "student/year"

[module.teachers]
file = "parts/teaching.toml"
[module.teachers.bind]
students    = "enrolled"
hiring_time = 0.25
`

func cityModel(t *testing.T) *model.Model {
	t.Helper()
	m, list := model.Parse("model.toml", []byte(city), parts(city, map[string]string{"parts/teaching.toml": teaching}))
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	return m
}

// A module's variables are the model's, under the module's name.
func TestModuleIsAPart(t *testing.T) {
	m := cityModel(t)
	staff := m.Variable("teachers.staff")
	if staff == nil || staff.Module != "teachers" || staff.Scope != "teachers" || !slices.Equal(staff.Inflow,
		[]string{"teachers.hired"}) {
		t.Fatalf("got %+v", staff)
	}
	if staff.Span.File != "parts/teaching.toml" {
		t.Errorf("the place is in %s", staff.Span.File)
	}
	if want := []*model.Module{{Name: "teachers", File: "parts/teaching.toml",
		Span: m.Modules[0].Span}}; !cmp.Equal(want, m.Modules) {
		t.Error(cmp.Diff(want, m.Modules))
	}
	if len(m.Dimensions) != 1 || m.Dimensions[0].Label != "Sector" {
		t.Errorf("the dimension of both is not one: %v", m.Dimensions)
	}
	if len(m.Tests) != 0 {
		t.Error("a module's tests are run with its own file only")
	}
	if got := []string{m.Sources[0].ID, m.Sources[1].ID}; !slices.Equal(got, []string{"S1", "teachers.S1"}) {
		t.Errorf("sources that differ keep their titles apart, got %v", got)
	}
	if len(m.Files) != 2 || string(m.Files["parts/teaching.toml"]) != teaching {
		t.Error("the module's text is not among the files")
	}
}

// Dimensions of one name become one: ordered if one of them is, with the labels of both.
func TestModuleDimensions(t *testing.T) {
	part := yearly + "[dimension.grade]\nelements = ['k', '1..2']\nordered = true\nlabels = { k = 'Kindergarten' }\n[dimension.upper]\nof = 'grade'\nelements = ['1..2']\n"
	main := yearly + "[dimension.grade]\nelements = ['K', '1', '2']\nlabels = { 1 = 'First grade' }\n[module.a]\nfile = 'a.toml'\n[aux.x]\nover = ['upper']\nequation = '1'\n"
	m, list := model.Parse("model.toml", []byte(main), parts(main, map[string]string{"a.toml": part}))
	if _, more := model.Check(m); list.HasErrors() || more.HasErrors() {
		t.Fatal(messages(append(list, more...)))
	}
	grade := m.Dimensions[0]
	if len(m.Dimensions) != 2 || !grade.Ordered || grade.Labels["1"] != "First grade" || grade.Labels["K"] != "Kindergarten" {
		t.Errorf("got %+v", grade)
	}
	main = strings.Replace(main, "[module.a]", "[dimension.upper]\nelements = ['1..2']\n[module.a]", 1)
	_, list = model.Parse("model.toml", []byte(main), parts(main, map[string]string{"a.toml": part}))
	if len(list) != 1 || list[0].Code != model.ModuleConflict || len(list[0].Related) != 1 || list[0].Related[0].Span.File != "a.toml" {
		t.Errorf("a subrange and a dimension of its own: %s", messages(list))
	}
}

// A binding takes the place of the module's own equation or number.
func TestBind(t *testing.T) {
	m := cityModel(t)
	students, hiring := m.Variable("teachers.students"), m.Variable("teachers.hiring_time")
	if students.Kind != model.KindAux || students.Equation.Text != "enrolled" || students.Scope != "" || students.Module != "teachers" {
		t.Errorf("got %+v", students)
	}
	if hiring.Kind != model.KindConstant || hiring.Value[0] != 0.25 || hiring.Source != "set where the module is used: model.toml" {
		t.Errorf("got %+v", hiring)
	}
	r, list := model.Check(m)
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	var b strings.Builder
	if err := resolved.PrintEquations(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"teachers.students[sector] = enrolled[sector]",
		"teachers.hiring_time = 0.25",
		"teachers.wanted[sector] = teachers.students[sector] / teachers.class_size",
		"leaving[sector] = enrolled[sector] * teachers.quits[sector] / teachers.staff[sector]",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no line %q in\n%s", want, b.String())
		}
	}
}

// A stock can be bound, too: then its flows go, and what served only them. A flow that
// something else reads stays, as an auxiliary.
func TestBindStock(t *testing.T) {
	part := yearly + `
[stock.students]
initial = "at_start"
inflow  = ["arrival"]
outflow = ["leaving"]
[flow.arrival]
equation = "births * survival"
[flow.leaving]
equation = "students / stay"
[aux.results]
equation = "students + leaving"
[constant.stay]
value = 13
[constant.at_start]
value = 100
[constant.births]
value = 8
[constant.survival]
value = 0.9
[aux.births_left]
equation = "births * 2"
`
	main := yearly + "[constant.counted]\nvalue = 90\n[module.a]\nfile = 'a.toml'\nbind = { students = 'counted' }\n"
	m, list := model.Parse("model.toml", []byte(main), parts(main, map[string]string{"a.toml": part}))
	_, more := model.Check(m)
	if list = append(list, more...); list.HasErrors() {
		t.Fatal(messages(list))
	}
	var names []string
	for _, v := range m.Variables {
		names = append(names, string(v.Kind)+" "+v.Name)
	}
	if want := []string{"constant counted", "aux a.students", "aux a.leaving", "aux a.results", "constant a.stay",
		"constant a.births", "aux a.births_left"}; !slices.Equal(names, want) {
		t.Errorf("got  %q\nwant %q", names, want)
	}
	if want := []string{"a.arrival", "a.at_start", "a.survival"}; !slices.Equal(m.Modules[0].LeftOut, want) {
		t.Errorf("left out are %q, want %q", m.Modules[0].LeftOut, want)
	}
	if m.LeftOut("a.survival") == "" || m.LeftOut("a.births") != "" {
		t.Error("what is left out can be asked for")
	}
	main += "[test.x]\nset = { 'a.survival' = 1 }\nexpect = '1'\n"
	m, _ = model.Parse("model.toml", []byte(main), parts(main, map[string]string{"a.toml": part}))
	_, list = model.Check(m)
	if i := slices.IndexFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == model.UnknownName }); i < 0 || !strings.Contains(list[i].Hint, "is left out") {
		t.Error(messages(list))
	}
}

// What a change of any file changes is the model's hash; where the model was loaded
// from is not.
func TestHashOfModules(t *testing.T) {
	hash := func(file, teaching string) string {
		m, _ := model.Parse(file, []byte(city), parts(city, map[string]string{"parts/teaching.toml": teaching}))
		return m.Hash
	}
	if hash("model.toml", teaching) == hash("model.toml", teaching+"\n") {
		t.Error("another module, the same hash")
	}
	if hash("model.toml", teaching) != hash("../examples/model.toml", teaching) {
		t.Error("the hash depends on the folder we stand in")
	}
}

// Modules may hold modules, and one file may be two modules.
func TestModulesInModules(t *testing.T) {
	district := yearly + `
[module.pay]
file = "pay.toml"
bind = { raise = "budget / 2" }
[constant.budget]
value = 3
[aux.total]
equation = "pay.salary + 1"
`
	pay := yearly + `
[constant.raise]
value = 1
[aux.salary]
equation = "100 + raise"
`
	main := yearly + `
[module.north]
file = "districts/district.toml"
bind = { budget = 4 }
[module.south]
file = "districts/district.toml"
[aux.difference]
equation = "north.pay.salary - south.total"
`
	m, list := model.Parse("model.toml", []byte(main), parts(main,
		map[string]string{"districts/district.toml": district, "districts/pay.toml": pay}))
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	r, list := model.Check(m)
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	var b strings.Builder
	if err := resolved.PrintEquations(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"difference = north.pay.salary - south.total", "north.pay.raise = north.budget / 2", "south.pay.raise = south.budget / 2",
		"south.total = south.pay.salary + 1", "north.budget = 4", "south.budget = 3",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no line %q in\n%s", want, b.String())
		}
	}
	if names := []string{m.Modules[0].Name, m.Modules[1].Name, m.Modules[2].Name,
		m.Modules[3].Name}; !slices.Equal(names, []string{"north", "north.pay", "south", "south.pay"}) {
		t.Errorf("got modules %v", names)
	}
}

// A file that is a module of itself, directly or around a corner, is told as the cycle.
func TestModuleCycle(t *testing.T) {
	main := yearly + "[module.b]\nfile = 'b/b.toml'\n"
	b := yearly + "[module.c]\nfile = '../model.toml'\n"
	_, list := model.Parse("model.toml", []byte(main), parts(main, map[string]string{"b/b.toml": b}))
	if len(list) != 1 || list[0].Code != model.ModuleCycle || !strings.Contains(list[0].Message,
		"model.toml → b/b.toml → model.toml") {
		t.Error(messages(list))
	}
}

// Values that were calibrated for another version of a module are told when it is a part,
// too, once: at the key of its file that names them.
func TestModuleWithStaleCalibration(t *testing.T) {
	part := "calibrated = 'c.toml'\n" + yearly + "[constant.x]\nvalue = 1\n[aux.y]\nequation = 'x'\n"
	main := yearly + "[module.a]\nfile = 'a.toml'\n"
	files := parts(main, map[string]string{"a.toml": part,
		"c.toml": "[calibration]\nmodel = 'another'\n[constants]\nx = 3\n"})
	m, list := model.Parse("model.toml", []byte(main), files)
	_, more := model.Check(m)
	list = slices.DeleteFunc(append(list, more...),
		func(d diagnostic.Diagnostic) bool { return d.Severity == diagnostic.Note })
	if len(list) != 1 || list[0].Code != model.StaleCalibration || list[0].Span.File != "a.toml" || list[0].Severity != diagnostic.Warning {
		t.Error(messages(list))
	}
}

// Files that double at every level are stopped, and told once a place.
func TestModulesAreBounded(t *testing.T) {
	files := map[string]string{}
	for level := range 12 {
		files[fmt.Sprintf("l%d.toml", level)] = yearly + fmt.Sprintf("[module.a]\nfile = 'l%d.toml'\n[module.b]\nfile = 'l%d.toml'\n", level+1, level+1)
	}
	files["l12.toml"] = yearly + "[constant.x]\nvalue = 1\n"
	main := yearly + "[module.a]\nfile = 'l0.toml'\n"
	m, list := model.Parse("model.toml", []byte(main), parts(main, files))
	if !list.HasErrors() || list[0].Code != model.TooLarge || len(m.Modules) > 1100 {
		t.Errorf("%d modules, %d messages", len(m.Modules), len(list))
	}
}

// On disk a module may lie in a folder beside the model's, and reads its data below its
// own folder.
func TestModuleBesideTheModel(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("city/model.toml",
		yearly+"[module.births]\nfile = '../births/model.toml'\n[aux.x]\nequation = '2 * births.births'\n")
	write("births/model.toml",
		yearly+"[data.births]\nfile = 'data/b.csv'\ntime = 'year'\nvalue = 'n'\n[aux.y]\nequation = 'births'\n")
	write("births/data/b.csv", "year,n\n0,5\n10,6\n")
	write("secret.csv", "year,n\n0,5\n")

	m, list := model.Load(filepath.Join(dir, "city", "model.toml"))
	if list.HasErrors() {
		t.Fatal(messages(list))
	}
	if _, list := model.Check(m); list.HasErrors() {
		t.Fatal(messages(list))
	}
	if p := m.Variable("births.births").Series.Points; len(p) != 1 || len(p[0]) != 2 {
		t.Errorf("got %v", p)
	}
	if _, read := m.Files[filepath.ToSlash(filepath.Join(dir, "births", "data", "b.csv"))]; !read {
		t.Error("the module's data are not among the files")
	}

	write("births/model.toml", yearly+"[data.births]\nfile = '../secret.csv'\ntime = 'year'\nvalue = 'n'\n")
	if _, list := model.Load(filepath.Join(dir, "city",
		"model.toml")); len(list) != 1 || list[0].Code != model.OutsideFolder {
		t.Errorf("data above the module's folder: %s", messages(list))
	}
	write("births/model.toml", yearly+"[module.up]\nfile = '../../x/model.toml'\n")
	if _, list := model.Load(filepath.Join(dir, "city",
		"model.toml")); len(list) != 1 || list[0].Code != model.OutsideFolder {
		t.Errorf("a module two folders up: %s", messages(list))
	}
	if err := os.Remove(filepath.Join(dir, "births", "model.toml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "city", "model.toml"), filepath.Join(dir, "births",
		"model.toml")); err != nil {
		t.Skip(err)
	}
	if _, list := model.Load(filepath.Join(dir, "city",
		"model.toml")); len(list) != 1 || list[0].Code != model.Unreadable {
		t.Errorf("a link out of the module's folder: %s", messages(list))
	}
}
