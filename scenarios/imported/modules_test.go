package imported

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/xmile"
	"weir/scenarios/imported/modular"
)

// convert imports a text of XMILE and returns it with its files.
func convert(t *testing.T, text string) (*model.Model, *Conversion) {
	t.Helper()
	m, list := xmile.Parse("town.xmile", []byte(text), nil, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	c, err := Convert(context.Background(), m, r)
	if err != nil {
		t.Fatal(err)
	}
	return m, c
}

// town returns the model of two farms with a nest each, a module that reads others without a
// connection, and one that reads a table from outside.
func town(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/town.xmile")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Modules become files: two uses of a model share one, arrays and values of inner modules are
// bound, and names without a connection become inputs. Convert itself proves the numbers.
func TestModulesBecomeFiles(t *testing.T) {
	m, c := convert(t, town(t))
	if c.Redrawn || c.Numbers != 9*35 { // rows of 7 variables outside the farms, 14 numbers of each farm
		t.Errorf("%d numbers, redrawn %v", c.Numbers, c.Redrawn)
	}
	for file, want := range map[string]string{
		"model.toml": `[module.farm_two]
file = "farm_two.toml"

[module.farm_two.bind]
first = "start"
rate = "farm_one.nest.eggs"
`,
		"farm_one.toml": `[module.nest.bind]
hens = "total"
`,
		"farm_two.toml": `[module.nest]
file = "nest.toml"
`,
		"nest.toml": `[constant.hens]
label = "hens"
value = 30
`, // 10 + 20 hens at the start
		"reader.toml": `equation = "nest_eggs + pace"
`,
	} {
		if !strings.Contains(string(c.Files[file]), want) {
			t.Errorf("%s has no\n%s\n%s", file, want, c.Files[file])
		}
	}
	if len(c.Files) != 6 { // five modules of four models, and import.csv
		t.Errorf("there are %d files", len(c.Files))
	}
	if text := string(c.Files["model.toml"]); !strings.Contains(text, `equation = "sum(farm_one.hens[*]) + farm_two.nest.eggs"`) || !strings.Contains(text, "[aux.tabled_sees]") {
		t.Errorf("the model itself is\n%s", text)
	}
	for _, want := range []string{
		`Tabled,,equivalent,"written out, since it reads table as a table, which a module cannot be given",town.xmile,14`,
		"Farm Two.Nest,,exact,a module: nest.toml,town.xmile,30",
		"Farm Two.rate,farm_two.rate,exact,",
	} {
		if !strings.Contains(string(c.Files["import.csv"]), want) {
			t.Errorf("import.csv has no %s\n%s", want, c.Files["import.csv"])
		}
	}
	// Each file of a module runs alone, with its inputs as they are at the start.
	for name, text := range c.Files {
		if strings.HasSuffix(name, ".toml") {
			if _, _, err := reread(text, c.Files); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if m.Variable("farm_one_hens") == nil {
		t.Error("the imported model itself is another")
	}
}

// flatFile is a file with variables and models.
func flatFile(variables, models string) string {
	return `<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><name>Town</name></header>
<sim_specs method="Euler" time_units="Year"><start>0</start><stop>4</stop><dt>0.5</dt></sim_specs>
<model><variables>` + variables + `</variables></model>` + models + `</xmile>`
}

// Draws follow names: the proof is then that of the model under its new names.
func TestDrawsInModules(t *testing.T) {
	_, c := convert(t, flatFile(`<module name="Die"/><aux name="x"><eqn>Die.roll</eqn></aux>`,
		`<model name="Die"><variables><aux name="roll"><eqn>RANDOM(0, 1)</eqn></aux></variables></model>`))
	if !c.Redrawn || !strings.Contains(c.Agreement("die.stmx"), "random draws follow") || c.Files["die.toml"] == nil {
		t.Errorf("%s\n%v", c.Agreement("die.stmx"), c.Files)
	}
}

// Modules that cannot be files are written out, with the reason; the others stay.
func TestModulesThatAreWrittenOut(t *testing.T) {
	nested := func(n int) (models string) {
		for i := range n {
			inner := fmt.Sprintf(`<module name="m%d"/>`, i+1)
			if i == n-1 {
				inner = ""
			}
			models += fmt.Sprintf(`<model name="m%d"><variables><aux name="x"><eqn>TIME</eqn></aux>%s</variables></model>`, i, inner)
		}
		return models
	}
	many := strings.Builder{}
	for i := range 502 {
		fmt.Fprintf(&many, `<module name="p%d" model_name="p"/>`, i)
	}
	for name, row := range map[string]struct {
		text, says string
		files      int // besides model.toml and import.csv
		out        int // modules that are written out
	}{
		"deeper than weir's modules go": {flatFile(`<module name="m0"/>`, nested(18)), "16 deep", 16, 2},
		"more than weir has":            {flatFile(many.String(), `<model name="p"><variables><aux name="x"><eqn>TIME</eqn></aux></variables></model>`), "500 modules", 1, 2},
		"a table of the model around": {flatFile(`<module name="a"/><gf name="t"><xscale min="0" max="4"/><ypts>1,2</ypts></gf>`,
			`<model name="a"><variables><aux name="x"><eqn>LOOKUP(.t, TIME)</eqn></aux></variables></model>`), "reads t as a table", 0, 1},
		"inner modules of one that is": {flatFile(`<module name="a"/><gf name="t"><xscale min="0" max="4"/><ypts>1,2</ypts></gf>`,
			`<model name="a"><variables><aux name="x"><eqn>LOOKUP(.t, TIME) + b.y</eqn></aux><module name="b"/></variables></model>
			<model name="b"><variables><aux name="y"><eqn>7</eqn></aux></variables></model>`), "reads t as a table", 1, 1},
	} {
		_, c := convert(t, row.text)
		report := string(c.Files["import.csv"])
		if n := strings.Count(report, "written out, since"); len(c.Files)-2 != row.files || n != row.out || !strings.Contains(report, row.says) {
			t.Errorf("%s: %d files, %d written out\n%s", name, len(c.Files)-2, n, report)
		}
	}
}

// Files have names that every system takes, whatever models are called.
func TestNamesOfFiles(t *testing.T) {
	long := strings.Repeat("é", 300)
	one := `<variables><aux name="x"><eqn>1</eqn></aux></variables></model>`
	_, c := convert(t, flatFile(`<module name="AUX"/><module name="../../x"/><module name="Model"/><module name="Scenarios"/><module name="`+long[:120]+`"/>`,
		`<model name="aux">`+one+`<model name="../../x">`+one+`<model name="model">`+one+`<model name="scenarios">`+one+`<model name="`+long[:120]+`">`+one))
	for _, want := range []string{"aux_module.toml", "x.toml", "model_2.toml", "scenarios_2.toml", long[:100] + ".toml"} {
		if c.Files[want] == nil {
			t.Errorf("there is no %s", want)
		}
	}
	if len(c.Files) != 7 {
		t.Errorf("%d files", len(c.Files))
	}
}

// A division that does not hold is not taken: a number of an input that is wrong is found.
func TestDivisionIsProved(t *testing.T) {
	m, list := xmile.Parse("town.xmile", []byte(town(t)), nil, model.ImportOptions{})
	r, _ := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	run, err := runOnce(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	d := modular.Divide(m, startOf(run))
	wrong := strings.Replace(string(d.Text), `rate = "farm_one.nest.eggs"`, `rate = "farm_two.nest.eggs"`, 1)
	err = prove(context.Background(), m, run, &written{text: []byte(wrong), files: d.Files, own: d.Own, fates: d.Fates})
	if err == nil {
		t.Error("another connection gives the same numbers")
	}
}

// yard has every form of a module: a file twice, numbers and expressions bound, arrays, a module
// inside another, one bound past its own file, a bound stock, a source of the same id.
var yard = fstest.MapFS{
	"model.toml": {Data: []byte(`name = "Yard"
[time]
start = 0
stop = 4
step = 0.5
unit = "year"
[unit]
hen = { plural = "hens" }
[dimension.coop]
elements = ["old", "new"]
[module.north]
label = "North farm"
file = "farm.toml"
[module.north.bind]
rate = "pace * 2"
first = "start"
hens_kept = "kept"
[module.south]
file = "farm.toml"
[module.south.bind]
rate = "pace + 0.2 * pace"
first = "10 * coop_number"
hens_kept = "kept"
[module.west]
file = "farm.toml"
[module.west.bind]
first = "start"
rate = 0.3
hens_kept = "kept"
[module.market]
file = "market.toml"
[module.market.bind]
stall = "sum(north.hens[*])"
[constant.start]
over = ["coop"]
value = [5, 6]
units = "hen"
source = "S1"
[constant.pace]
value = 0.1
units = "1/year"
[aux.coop_number]
over = ["coop"]
equation = "position_in(coop)"
units = "hen"
[aux.kept]
equation = "5 + 0 * time"
[aux.all]
equation = "sum(north.hens[*]) + sum(south.hens[*]) + market.sold"
[source.S1]
title = "Counted"
[test.hens_grow]
expect = ["final(north.total) >= initial(north.total)"]
[view.main.at]
all = [100, 100]
[view.main.module]
north = [200, 100, 60, 40]
`)},
	"farm.toml": {Data: []byte(`name = "Farm"
[time]
start = 0
stop = 4
step = 0.5
unit = "year"
[unit]
hen = { plural = "hens" }
[dimension.coop]
elements = ["old", "new"]
[module.nest]
file = "nest.toml"
[module.nest.bind]
hens = "total"
[stock.hens]
over = ["coop"]
initial = "first"
inflow = ["hatching"]
units = "hen"
[flow.hatching]
over = ["coop"]
equation = "hens * rate + nest.eggs * share_of_eggs + hens_kept * 0"
[constant.first]
over = ["coop"]
value = 1
units = "hen"
[constant.share_of_eggs]
value = 0.01
source = "S1"
[constant.rate]
value = 0.2
range = [0, 1]
units = "1/year"
[stock.hens_kept]
initial = 3
inflow = ["keeping"]
[flow.keeping]
equation = "1"
[aux.total]
equation = "sum(hens[*])"
units = "hen"
[source.S1]
title = "Another source of this id"
[view.main.at]
hens = [50, 50]
hatching = [20, 50]
[view.main.pipe]
hatching = [[0, 50], [40, 50]]
`)},
	"nest.toml": {Data: []byte(`name = "Nest"
[time]
start = 0
stop = 4
step = 0.5
unit = "year"
[constant.hens]
value = 2
[constant.laid]
value = 4
[aux.eggs]
equation = "hens * 0.5 + laid"
`)},
	"market.toml": {Data: []byte(`name = "Market"
[time]
start = 0
stop = 4
step = 0.5
unit = "year"
[constant.stall]
value = 2
[lookup.demand]
input = "stall"
points = [[0, 0], [100, 50]]
[aux.sold]
equation = "demand + stall"
`)},
}

// export writes a model of weir as XMILE.
func export(t *testing.T, file string, files fstest.MapFS) (*model.Model, string) {
	t.Helper()
	m, list := model.Parse(file, files[file].Data, files)
	if m == nil || list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	var b bytes.Buffer
	if _, err := xmile.Write(&b, m, r, ""); err != nil {
		t.Fatal(err)
	}
	return m, b.String()
}

// Modules of weir become modules of XMILE with their connections, and these the same modules
// again: the second round gives the same files, byte by byte.
func TestModulesThereAndBack(t *testing.T) {
	m, text := export(t, "model.toml", yard)
	for _, want := range []string{
		`<model name="north">`, `<module name="south">`, `<model name="Market">`,
		`<connect to="north.first" from=".start"/>`,
		`<connect to="north.rate" from=".rate_of_north"/>`,
		`<aux name="rate of north">`,
		`<connect to="south.hens_kept" from=".kept"/>`,
		`<connect to="nest.hens" from="total"/>`, `<module name="Market">`,
		`<aux name="rate" access="input">`, `<stock name="hens" access="output">`,
		`<eqn>SUM(north.hens[*]) + SUM(south.hens[*]) + market.sold</eqn>`,
		`<module name="north" x="170" y="80" width="60" height="40"/>`, // 200 - 60/2, 100 - 40/2
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the file has no %s", want)
		}
	}
	_, c := convert(t, text)
	for file, want := range map[string]string{
		"model.toml": `[module.south]
file = "farm.toml"

[module.south.bind]
first = "10 * coop_number"
rate = "pace + 0.2 * pace"
hens_kept = "kept"

[module.west]
file = "farm.toml"

[module.west.bind]
first = "start"
rate = 0.3
hens_kept = "kept"
`,
		"farm.toml": `[source.S1]
title = "Another source of this id"
`,
	} {
		if !strings.Contains(string(c.Files[file]), want) {
			t.Errorf("%s has no\n%s\n%s", file, want, c.Files[file])
		}
	}
	again := fstest.MapFS{}
	for name, content := range c.Files {
		again[name] = &fstest.MapFile{Data: content}
	}
	back, second := export(t, "model.toml", again)
	if text != second {
		t.Error("the second file is another:\n" + second)
	}
	// The same variables, with the same numbers, and no more: what the file needed to connect
	// expressions is gone again.
	if len(back.Variables) != len(m.Variables) || len(c.Files) != 5 {
		t.Errorf("%d variables came back of %d, in %d files", len(back.Variables), len(m.Variables), len(c.Files))
	}
	ra, _ := model.Check(m)
	rb, _ := model.Check(back)
	a, _ := runOnce(context.Background(), ra)
	b, err := runOnce(context.Background(), rb)
	if err != nil {
		t.Fatal(err)
	}
	n, err := compare(a, b, nil, func(name string) string { return name })
	if err != nil || n != 9*len(a.Columns) {
		t.Errorf("%d numbers agree: %v", n, err)
	}
}

// Written flat, all variables are in the one model, with the same numbers.
func TestModulesWrittenFlat(t *testing.T) {
	m, list := model.Parse("model.toml", yard["model.toml"].Data, yard)
	r, _ := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	var b bytes.Buffer
	if _, err := xmile.WriteFlat(&b, m, r, ""); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); strings.Contains(text, "<module") || strings.Count(text, "<model>") != 1 || !strings.Contains(text, `<stock name="north.hens">`) {
		t.Error(text)
	}
	_, c := convert(t, b.String())
	run, err := runOnce(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	flatNames := func(name string) string { return strings.ReplaceAll(name, ".", "_") }
	back, checked, err := reread(c.Files["model.toml"], c.Files)
	if err != nil {
		t.Fatal(err)
	}
	again, err := runOnce(context.Background(), checked)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := compare(run, again, dataOf(back), flatNames); err != nil || n == 0 {
		t.Errorf("%d numbers agree: %v", n, err)
	}
}

// A module that is bound past the one around it cannot be a model of the file: the outer one
// stays with its variables in the model itself, and the numbers are the same.
func TestModulesBoundFromAfar(t *testing.T) {
	files := fstest.MapFS{}
	for name, f := range yard {
		files[name] = f
	}
	files["model.toml"] = &fstest.MapFile{Data: bytes.Replace(yard["model.toml"].Data, []byte("[module.south.bind]"),
		[]byte("[module.south.bind]\n\"nest.laid\" = \"north.nest.eggs + 1\""), 1)}
	_, text := export(t, "model.toml", files)
	if !strings.Contains(text, `<stock name="south.hens">`) || !strings.Contains(text, `<module name="south_nest">`) {
		t.Error(text)
	}
	_, c := convert(t, text)
	if got := string(c.Files["model.toml"]); !strings.Contains(got, `laid = "north.nest.eggs + 1"`) || !strings.Contains(got, "[stock.south_hens]") {
		t.Error(got)
	}
}

// A file of another tool is exported with its modules, under the names of the file.
func TestModulesOfAnotherToolAreExported(t *testing.T) {
	m, list := xmile.Parse("town.xmile", []byte(town(t)), nil, model.ImportOptions{})
	r, _ := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	out, checked := Modular(context.Background(), m, r)
	var b bytes.Buffer
	if _, err := xmile.Write(&b, out, checked, ""); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<model name="Farm One">`, `<module name="Farm Two">`, `<connect to="farm_two.rate" from="farm_one.nest.eggs"/>`,
		`<aux name="nest_eggs" access="input">`, `<aux name="Tabled.sees">`, `<connect to="reader.pace" from=".pace"/>`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %s in\n%s", want, &b)
		}
	}
	_, c := convert(t, b.String())
	if c.Files["nest.toml"] == nil || c.Files["farm_two.toml"] == nil {
		t.Errorf("it comes back as %d files", len(c.Files))
	}
}
