package imported

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/xmile"

	"pgregory.net/rapid"
)

// A henyard draws a file with modules inside modules: inputs that are connected to variables and
// outputs anywhere, names of other modules without a connection, arrays, stocks, and names that weir
// has for other things.
type henyard struct {
	t      *rapid.T
	models []*drawn // each uses those before it
}

// A drawn model has its text and the variables that others may read.
type drawn struct {
	name, text string
	vars       []reading
	inputs     []reading
}

// A reading is a variable as an equation names it, and whether it is an array.
type reading struct {
	text  string
	array bool
}

// names are those of variables: some are functions of weir, elements, or a module's.
var names = []string{"hens", "Total Eggs", "max", "north", "time out", "m2", "a-b"}

// draw returns the variables and the models of a file.
func (y *henyard) draw() (variables, models string) {
	for i := range rapid.IntRange(1, 4).Draw(y.t, "models") {
		y.models = append(y.models, y.model(fmt.Sprintf("m%d", i)))
		models += fmt.Sprintf(`<model name="m%d"><variables>%s</variables></model>`, i, y.models[i].text)
	}
	return `<aux name="top"><eqn>TIME + 1</eqn></aux>` + y.model("").text, models
}

// model draws a model that uses some of those before it as modules.
func (y *henyard) model(name string) *drawn {
	out := &drawn{name: name}
	var kids []*drawn
	var inner []reading
	for _, m := range y.models {
		if rapid.IntRange(0, 2).Draw(y.t, "uses") > 0 {
			kids = append(kids, m)
			for _, v := range m.vars {
				inner = append(inner, reading{m.name + "." + v.text, v.array})
			}
		}
	}
	var b strings.Builder
	for i, name := range rapid.Permutation(names).Draw(y.t, "names")[:rapid.IntRange(1, 4).Draw(y.t, "variables")] {
		over, v := "", reading{"&quot;" + strings.ReplaceAll(name, " ", "_") + "&quot;", rapid.IntRange(0, 3).Draw(y.t, "array") == 0}
		if v.array {
			over = `<dimensions><dim name="Region"/></dimensions>`
		}
		switch rapid.IntRange(0, 3).Draw(y.t, "kind") {
		case 0:
			fmt.Fprintf(&b, `<stock name="%s">%s<eqn>%s</eqn><inflow>f%d</inflow></stock><flow name="f%d">%s<eqn>%s</eqn></flow>`,
				name, over, y.equation(v, out.vars, nil), i, i, over, y.equation(v, append(out.vars, v), inner))
		case 1:
			fmt.Fprintf(&b, `<aux name="%s" access="input">%s<eqn>%s</eqn></aux>`, name, over, y.equation(v, nil, nil))
			out.inputs = append(out.inputs, v)
		default:
			fmt.Fprintf(&b, `<aux name="%s">%s<eqn>%s</eqn></aux>`, name, over, y.equation(v, out.vars, inner))
		}
		out.vars = append(out.vars, v)
	}
	for _, kid := range kids {
		fmt.Fprintf(&b, `<module name="%s">`, kid.name)
		for _, to := range kid.inputs {
			from := y.reading(out.vars, inner)
			if from.array == to.array && rapid.IntRange(0, 3).Draw(y.t, "connected") > 0 {
				fmt.Fprintf(&b, `<connect to="%s.%s" from="%s"/>`, kid.name, to.text, from.text)
			}
		}
		b.WriteString("</module>")
	}
	out.text, out.vars = b.String(), append(out.vars, inner...)
	return out
}

// reading draws a variable of the model, of a module in it, or of the model itself around all.
func (y *henyard) reading(own, inner []reading) reading {
	all := append([]reading{{".top", false}}, own...)
	return rapid.SampledFrom(append(all, inner...)).Draw(y.t, "reads")
}

// equation draws an equation of a variable.
func (y *henyard) equation(of reading, own, inner []reading) string {
	out := fmt.Sprint(rapid.IntRange(1, 9).Draw(y.t, "number"))
	for range rapid.IntRange(0, 2).Draw(y.t, "terms") {
		v := y.reading(own, inner)
		form := " + SUM(%s)"
		if !v.array || of.array && rapid.Bool().Draw(y.t, "whole") {
			form = rapid.SampledFrom([]string{" + %s", " * %s / 100", " + SMTH1(%s, 2)", " + INIT(%s)"}).Draw(y.t, "form")
		}
		out += fmt.Sprintf(form, v.text)
	}
	return out
}

// Whatever modules a file has, importing it gives files with the same bits, in which no module is
// written out for a wrong number; and these, exported and imported again, give themselves.
func TestRandomModules(t *testing.T) {
	tried, divided := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tried++
		y := &henyard{t: t}
		variables, models := y.draw()
		text := flatFile(variables, models)
		text = strings.Replace(text, "<model>", `<dimensions><dim name="Region"><elem name="North"/><elem name="South"/></dim></dimensions><model>`, 1)
		m, list := xmile.Parse("f.xmile", []byte(text), nil, model.ImportOptions{})
		if list.HasErrors() {
			return
		}
		r, list := model.Check(m)
		if r == nil || list.HasErrors() {
			return
		}
		if _, err := runOnce(context.Background(), r); err != nil {
			return
		}
		c, err := Convert(context.Background(), m, r)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if bad := proofFailed.Find(c.Files["import.csv"]); bad != nil {
			t.Fatalf("%s\n%s", bad, text)
		}
		if len(c.Files) > 2 {
			divided++
			again(t, c)
		}
	})
	t.Logf("%d of %d files had modules that could be files", divided, tried)
	if tried >= 100 && divided < tried/3 {
		t.Errorf("only %d of %d files had modules that could be files", divided, tried)
	}
}

// again exports the files of a model, imports that, and asks for the same files.
func again(t *rapid.T, c *Conversion) {
	files := fstest.MapFS{}
	for name, content := range c.Files {
		files[name] = &fstest.MapFile{Data: content}
	}
	m, list := model.Parse("model.toml", c.Files["model.toml"], files)
	if list.HasErrors() {
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
	back, list := xmile.Parse("f.xmile", b.Bytes(), nil, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatalf("%v\n%s", list, &b)
	}
	rb, list := model.Check(back)
	if rb == nil {
		t.Fatalf("%v\n%s", list, &b)
	}
	second, err := Convert(context.Background(), back, rb)
	if err != nil {
		t.Fatalf("%v\n%s", err, &b)
	}
	for name, content := range second.Files {
		if name != "import.csv" && !bytes.Equal(content, c.Files[name]) {
			t.Fatalf("%s is another:\n%s\nand was\n%s\nby way of\n%s", name, content, c.Files[name], &b)
		}
	}
}
