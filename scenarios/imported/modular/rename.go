package modular

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/function"
)

// Renamed returns an imported model, still flat, whose variables have the names that own
// returns for them: those of the division, with points in them. Draws of random numbers follow
// names, so that only such a model can be held against the division bit for bit. What no run
// depends on, such as views, is not renamed. The model itself is not changed.
func Renamed(m *model.Model, own func(string) string) *model.Model {
	out := *m
	out.Variables, out.Views, out.Tests, out.Channels, out.Loops = nil, nil, nil, nil, nil
	known := m.ByName()
	for _, v := range m.Variables {
		renamed := retold(v, func(t model.Text) model.Text {
			return retext(t, func(name string, _ bool) (string, bool) { return own(name), known[name] != nil })
		}, func(flow string) string { return own(flow) })
		renamed.Name = own(v.Name)
		out.Variables = append(out.Variables, renamed)
	}
	out.Time.Ends = own(m.Time.Ends)
	imported := *m.Imported
	imported.Undefined = map[string][]bool{}
	for name, at := range m.Imported.Undefined {
		imported.Undefined[own(name)] = at
	}
	out.Imported = &imported
	return &out
}

// retold returns a copy of a variable with other texts and other names of flows.
func retold(v *model.Variable, text func(model.Text) model.Text, flow func(string) string) *model.Variable {
	out := *v
	out.Equation, out.Input = text(v.Equation), text(v.Input)
	out.At = slices.Clone(v.At)
	for i := range out.At {
		out.At[i].Text = text(v.At[i].Text)
	}
	flows := func(names []string) []string {
		var list []string
		for _, name := range names {
			list = append(list, flow(name))
		}
		return list
	}
	out.Inflow, out.Outflow = flows(v.Inflow), flows(v.Outflow)
	if v.Conveyor != nil {
		c := *v.Conveyor
		c.Leak, c.Zone = flows(v.Conveyor.Leak), map[string][2]float64{}
		for f, z := range v.Conveyor.Zone {
			c.Zone[flow(f)] = z
		}
		for _, t := range c.Texts() {
			*t = text(*t)
		}
		out.Conveyor = &c
	}
	return &out
}

// retext returns an equation with other names. To returns the new one, and false to leave a
// name as it is; called says that a name is read as a function or table.
func retext(t model.Text, to func(name string, called bool) (string, bool)) model.Text {
	if t.Text == "" {
		return t
	}
	tree, mistakes := equation.Parse(t.Text)
	if len(mistakes) > 0 {
		return t // never: an importer printed it
	}
	var b strings.Builder
	done := 0
	put := func(at equation.Span, name string, called bool) {
		if other, ok := to(name, called); ok {
			b.WriteString(t.Text[done:at.Start] + other)
			done = at.End
		}
	}
	tables := map[*equation.Name]bool{} // names that a function reads as tables
	equation.Walk(tree, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Call:
			put(e.FuncSpan, e.Func, true)
			if row := function.Find(e.Func); row != nil && row.Kind == function.Reading && len(e.Args) > 0 {
				if n, ok := e.Args[0].(*equation.Name); ok {
					tables[n] = true
				}
			}
		case *equation.Name:
			put(e.NameSpan, e.Name, tables[e])
		}
		return true
	})
	b.WriteString(t.Text[done:])
	return model.Text{Text: b.String(), Span: t.Span}
}

// outer returns a text with the names that variables have in the model itself. The text may
// have other words: "hens[north]", an expectation of a test.
func (d *divider) outer(s string) string {
	return Rename(s, func(name string) string {
		if h, ok := d.homes[name]; ok {
			return h.path(d.parts[0])
		}
		return name
	})
}

// outers is outer for a list.
func (d *divider) outers(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, d.outer(s))
	}
	return out
}

// Rename returns a text with other names of variables: own returns the name for each word of it.
// Words are letters, digits and underscores, as imported names are.
func Rename(s string, own func(string) string) string {
	var b strings.Builder
	for s != "" {
		n := strings.IndexFunc(s, func(r rune) bool { return !wordPart(r) })
		if n < 0 {
			n = len(s)
		}
		b.WriteString(own(s[:n]))
		s = s[n:]
		if n = strings.IndexFunc(s, wordPart); n < 0 {
			n = len(s)
		}
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}

// test returns a behaviour test with the new names.
func (d *divider) test(t *model.Test) *model.Test {
	out := *t
	out.TestRun, out.Runs, out.Expect = d.run(t.TestRun), nil, nil
	for _, r := range t.Runs {
		renamed := d.run(*r)
		out.Runs = append(out.Runs, &renamed)
	}
	for _, e := range t.Expect {
		out.Expect = append(out.Expect, model.Text{Text: d.outer(e.Text), Span: e.Span})
	}
	out.Conserve = d.outers(t.Conserve)
	return &out
}

// run returns a run of a test with the new names.
func (d *divider) run(r model.TestRun) model.TestRun {
	out := r
	out.Set, out.Change = map[string]float64{}, slices.Clone(r.Change)
	for name, x := range r.Set {
		out.Set[d.outer(name)] = x
	}
	for i := range out.Change {
		out.Change[i].Variable = d.outer(out.Change[i].Variable)
	}
	return out
}
