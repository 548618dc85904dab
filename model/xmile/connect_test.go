package xmile_test

import (
	"fmt"
	"strings"
	"testing"

	"weir/model"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/xmile"
)

// A connection that cannot be meant is an error at its place. Where the words of one module are
// repeated, as Stella's connect2 does, nothing is said.
func TestConnectionsThatCannotBe(t *testing.T) {
	const farm = `<model name="Farm"><variables><aux name="feed" access="input"><eqn>1</eqn></aux>
		<aux name="own"><eqn>2</eqn></aux><stock name="Total Hens"><eqn>3</eqn></stock></variables></model>`
	for what, row := range map[string]struct {
		connect string
		code    diagnostic.Code // "" if it is fine
		at      string          // what the file has at the place
		says    string
	}{
		"a repetition":           {`<connect to="Farm.feed" from=".a"/><connect2 to="Farm.feed" from="a"/>`, "", "", ""},
		"two sources":            {`<connect to="Farm.feed" from="a"/><connect to="Farm.FEED" from="b"/>`, model.DuplicateName, "Farm.FEED", "Farm.feed is connected twice: to a and to b"},
		"no input":               {`<connect to="Farm.own" from="a"/>`, code.BadBinding, "Farm.own", "Farm.own is no input of the module Farm: it has an equation of its own"},
		"a stock":                {`<connect to="Farm.total_hens" from="a"/>`, code.BadBinding, "Farm.total_hens", "Farm.Total Hens is no input"},
		"nothing to replace":     {`<connect to="Farm.open" from="a"/>`, "", "", ""},
		"no source":              {`<connect to="Farm.feed" from="nobody"/>`, model.UnknownName, "nobody", `"nobody", which the module Farm is to be given, does not exist`},
		"a source without words": {`<connect to="Farm.feed"/>`, model.UnknownName, "", "does not exist"},
		"a cycle of inputs":      {`<connect to="Farm.feed" from="Farm.feed"/>`, "", "", ""},
	} {
		top := farm
		if strings.Contains(row.connect, "open") {
			top = strings.Replace(farm, "<stock", `<aux name="open"/><stock`, 1)
		}
		text := file{top: top, variables: `<module name="Farm">` + row.connect + `</module><aux name="a"><eqn>TIME</eqn></aux><aux name="b"><eqn>7</eqn></aux>`}.text()
		m, list := xmile.Parse("f.xmile", []byte(text), nil, model.ImportOptions{})
		if row.code == "" {
			if list.HasErrors() {
				t.Errorf("%s: %s", what, rendered(list, m))
			}
			continue
		}
		d := list[0]
		if d.Code != row.code || !strings.Contains(d.Message, row.says) || row.at != "" && text[d.Span.Start:d.Span.End] != row.at {
			t.Errorf("%s: %s", what, rendered(list, m))
		}
	}
}

// A connection to a name that the module lacks leaves the input as it is, which a warning says with
// its place.
func TestConnectionToNobody(t *testing.T) {
	text := file{top: `<model name="Farm"><variables><aux name="feed" access="input"><eqn>1</eqn></aux></variables></model>`,
		variables: `<module name="Farm"><connect to="Farm.fed" from="a"/></module><aux name="a"><eqn>TIME</eqn></aux>`}.text()
	m, list := xmile.Parse("f.xmile", []byte(text), nil, model.ImportOptions{})
	if len(list) != 1 || list[0].Severity != diagnostic.Warning || text[list[0].Span.Start:list[0].Span.End] != "Farm.fed" {
		t.Error(rendered(list, m))
	}
}

// Files with more modules than there can be, with modules in a cycle, or with names that are one
// by the rules for names, are errors with a place.
func TestModulesThatCannotBe(t *testing.T) {
	part := `<model name="p"><variables><aux name="x"><eqn>1</eqn></aux></variables></model>`
	many, deep := strings.Builder{}, strings.Builder{}
	for i := range 10_000 {
		fmt.Fprintf(&many, `<module name="m%d" model_name="p"/>`, i)
	}
	for i := range 1_000 {
		fmt.Fprintf(&deep, `<model name="d%d"><variables><module name="d%d"/></variables></model>`, i, i+1)
	}
	for what, row := range map[string]struct {
		file file
		at   string // the file has this at the place
		says string
	}{
		"10,000 uses":         {file{top: part, variables: many.String()}, `<module name="m5000"`, "more than 5000 modules"},
		"1,000 deep":          {file{top: deep.String(), variables: `<module name="d0"/>`}, `<module name="d100"`, "more than 100 deep"},
		"a cycle of two":      {file{top: `<model name="a"><variables><module name="b"/></variables></model><model name="b"><variables><module name="a"/></variables></model>`, variables: `<module name="a"/>`}, `<module name="a"`, "the model a holds itself as a module: a.b.a"},
		"an array of modules": {file{top: regions + part, variables: `<module name="p"><dimensions><dim name="Region"/></dimensions></module>`}, `<dimensions><dim name="Region"/></dimensions></module>`, "p: an array of modules is not supported"},
		"one name twice":      {file{top: part, variables: `<module name="The P" model_name="p"/><module name="the_p" model_name="p"/>`}, `<module name="the_p"`, "two modules named the_p"},
		"variables of one name": {file{top: `<model name="p"><variables><aux name="A B"><eqn>1</eqn></aux><aux name="a\nb"><eqn>1</eqn></aux></variables></model>`,
			variables: `<module name="p"/>`}, `<aux name="a\nb"`, `a\nb is declared twice`},
	} {
		text := row.file.text()
		m, list := xmile.Parse("f.xmile", []byte(text), nil, model.ImportOptions{})
		if !list.HasErrors() || !strings.HasPrefix(text[list[0].Span.Start:], row.at) || !strings.Contains(list[0].Message, row.says) {
			t.Errorf("%s: %s", what, rendered(list, m))
		}
	}
}
