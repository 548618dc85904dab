package xmile_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/xmile"
)

// folder is a folder with these XMILE files: a name, and what stands beside and in the
// variables of its model.
func folder(files map[string]file) fstest.MapFS {
	out := fstest.MapFS{}
	for name, f := range files {
		out[name] = &fstest.MapFile{Data: []byte(f.text())}
	}
	return out
}

func parseIn(t *testing.T, main file, files map[string]file) (*model.Model, diagnostic.List) {
	t.Helper()
	return xmile.Parse("models/farm.xmile", []byte(main.text()), folder(files), model.ImportOptions{})
}

var barn = map[string]file{
	"parts/barn.xmile": {top: regions + `<macro name="TWICE"><parm>x</parm><eqn>2 * x</eqn></macro>`, variables: `
		<stock name="hens"><eqn>TWICE(first)</eqn><inflow>hatching</inflow></stock><flow name="hatching"><eqn>Nest.eggs</eqn></flow>
		<aux name="first" access="input"><eqn>1</eqn></aux>
		<aux name="far"><dimensions><dim name="Region"/></dimensions><eqn>Region</eqn></aux>
		<module name="Nest" resource="inner\nest.xmile"/>`},
	"parts/inner/nest.xmile": {variables: `<aux name="eggs" access="output"><eqn>TIME</eqn></aux>`},
}

// A module may have its model in a file of its own, and that file others: paths are taken
// from the folder of the file that names them. What the files declare for all is one.
func TestModulesInFiles(t *testing.T) {
	m, list := parseIn(t, file{top: regions, variables: `
		<module name="Barn" resource="parts/barn.xmile"><connect to="Barn.first" from=".start"/></module><module name="Other Barn" resource="/home/nobody/parts/barn.xmile"/>
		<aux name="start"><eqn>TWICE(5)</eqn></aux><aux name="all"><eqn>Barn.hens + SUM(Barn.far)</eqn></aux>`},
		map[string]file{"parts/barn.xmile": barn["parts/barn.xmile"], "parts/inner/nest.xmile": barn["parts/inner/nest.xmile"], "barn.xmile": {variables: `<aux name="x"><eqn>7</eqn></aux>`}})
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	got := numbers(t, m)
	is(t, got, "Barn.hens", 20, 20, 21, 23, 26)
	is(t, got, "all", 26, 26, 27, 29, 32)
	is(t, got, "Other Barn.x", constant(7)...)
}

// Each mistake is shown in the file that has it.
func TestPlacesInFiles(t *testing.T) {
	for _, c := range []struct{ what, old, new, place, says string }{
		{"a name", "<eqn>TIME</eqn>", "<eqn>TIMES &lt; 2</eqn>", "TIMES", "TIMES is not in the model"},
		{"a cycle", "<eqn>TIME</eqn>", "<eqn>eggs + 1</eqn>", "eggs + 1", "eggs"},
		{"XML", "</variables>", "<![CDATA[", "<![CDATA[", "this CDATA section is never closed"},
	} {
		nest := folder(barn)
		text := strings.Replace(string(nest["parts/inner/nest.xmile"].Data), c.old, c.new, 1)
		nest["parts/inner/nest.xmile"].Data = []byte(text)
		m, list := xmile.Parse("farm.xmile", []byte(file{variables: `<module name="Barn" resource="parts/barn.xmile"/>`}.text()), nest, model.ImportOptions{})
		if !list.HasErrors() {
			_, list = model.Check(m)
		}
		d := list[0]
		if d.Span.File != "parts/inner/nest.xmile" || !strings.HasPrefix(text[d.Span.Start:], c.place) || !strings.Contains(d.Message, c.says) {
			t.Errorf("%s: %+v\n%s", c.what, d.Span, rendered(list, m))
		}
	}
}

// Files that are not there, not to be had, or no part of the model.
func TestFilesThatAreNoParts(t *testing.T) {
	files := map[string]file{
		"cycle.xmile":  {variables: `<module name="Again" resource="cycle.xmile"/>`},
		"other.xmile":  {top: `<dimensions><dim name="Region" size="2"/></dimensions>`, variables: `<aux name="x"><eqn>7</eqn></aux>`},
		"macros.xmile": {top: `<macro name="TWICE"><parm>x</parm><eqn>2 * x</eqn></macro>`},
	}
	for resource, want := range map[string]struct {
		code diagnostic.Code
		says string
	}{
		"nowhere.xmile":            {model.Unreadable, `"nowhere.xmile" cannot be read: file does not exist`},
		"../outside.xmile":         {model.OutsideFolder, `"../outside.xmile" is not below the model's folder`},
		"https://example.org/part": {model.Unreadable, "it is in the web"},
		"cycle.xmile":              {model.TooLarge, "the model Again holds itself as a module: Part.again"},
		"other.xmile":              {model.ModuleConflict, "the dimension Region has other elements than in models/farm.xmile"},
	} {
		m, list := parseIn(t, file{top: regions, variables: `<module name="Part" resource="` + resource + `"/>`}, files)
		if !list.HasErrors() || list[0].Code != want.code || !strings.Contains(list[0].Message, want.says) {
			t.Errorf("of %s it says %s", resource, rendered(list, m))
		}
	}
	_, list := xmile.Parse("farm.xmile", []byte(file{variables: `<module name="Part" resource="part.xmile"/>`}.text()), nil, model.ImportOptions{})
	if !list.HasErrors() || !strings.Contains(list[0].Message, "the model has no folder") {
		t.Error(list)
	}
	_, list = xmile.Parse("farm.xmile", []byte(file{variables: `<module name="Part" resource="part.xmile"/><aux name="a"><eqn>1</eqn></aux>`}.text()), fstest.MapFS{}, model.ImportOptions{AllowPartial: true})
	if list.HasErrors() {
		t.Error("a part that is missing is no error where the caller goes on without it", list)
	}
}

// A header may include libraries of macros, and models for modules (2.11).
func TestIncludes(t *testing.T) {
	text := file{variables: `<aux name="a"><eqn>TWICE(TIME) + THRICE(1) + Lib.x</eqn></aux><module name="Lib"/>`}.text()
	text = strings.Replace(text, "</header>", `<includes><include resource="macros/*.xml"/><include resource="https://example.org/standard-1.0.xml"/></includes></header>`, 1)
	m, list := xmile.Parse("farm.xmile", []byte(text), fstest.MapFS{
		"macros/a.xml": {Data: []byte(`<xmile version="1.0"><macro name="TWICE"><parm>x</parm><eqn>2 * x</eqn></macro></xmile>`)},
		"macros/b.xml": {Data: []byte(`<xmile version="1.0"><macro name="THRICE"><parm>x</parm><eqn>3 * x</eqn></macro><model/><model name="Lib"><variables><aux name="x"><eqn>100</eqn></aux></variables></model></xmile>`)},
	}, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	is(t, numbers(t, m), "a", 103, 105, 107, 109, 111)
	if len(list) != 1 || !strings.Contains(list[0].Message, "in the web") {
		t.Errorf("it says %s", rendered(list, m))
	}
}

// What a model says of all its stocks and flows holds for that model, and before what the
// file says (2.7).
func TestBehaviorOfModels(t *testing.T) {
	const drain = `<stock name="s"><eqn>1</eqn><outflow>f</outflow></stock><flow name="f"><eqn>1</eqn></flow>`
	m, list := xmile.Parse("farm.xmile", []byte(file{top: `<behavior><stock><non_negative/></stock></behavior>
		<model name="Deep"><behavior><non_negative>false</non_negative></behavior><variables>` + drain + `</variables></model>
		<model name="Flat"><variables>` + drain + `</variables></model>`, variables: drain + `<module name="Deep"/><module name="Flat"/>`}.text()), nil, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	got := numbers(t, m)
	is(t, got, "s", 1, 0, 0, 0, 0)
	is(t, got, "Flat.s", 1, 0, 0, 0, 0)
	is(t, got, "Deep.s", 1, 0, -1, -2, -3)
}

// A model's files are bounded together, so that many of them take no more memory than one.
func TestFilesAreBoundedTogether(t *testing.T) {
	main := file{variables: `<module name="Barn" resource="barn.xmile"/>`}
	files := fstest.MapFS{"barn.xmile": {Data: make([]byte, 64<<20-1)}} // by itself within the bound
	_, list := xmile.Parse("models/farm.xmile", []byte(main.text()), files, model.ImportOptions{})
	if !list.HasErrors() || !strings.Contains(list[0].Message, "larger than 64 MiB together") {
		t.Errorf("%v", list)
	}
}
