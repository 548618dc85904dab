package modular

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
)

// write writes the files, the innermost first, so that the inputs that a file needs are known
// when the one around it is written.
func (d *divider) write() {
	d.files, d.texts = map[string][]byte{}, map[string]string{}
	d.files[main] = []byte{} // the name is taken
	for _, p := range slices.Backward(d.parts) {
		d.build(p)
		if len(d.found) > 0 {
			continue // another attempt follows, which needs all reasons
		}
		text, data := d.textOf(p)
		for name, content := range data {
			if was := d.files[name]; was != nil && !bytes.Equal(was, content) {
				d.hinder(p, "its data would have the name of another file: "+name)
			}
			d.files[name] = content
		}
		if p.around == nil {
			d.files[main] = text
			continue
		}
		d.share(p, text)
	}
}

// share gives a part the file that another use of its model has with the same text, or one of
// its own.
func (d *divider) share(p *part, text []byte) {
	of := d.m.Imported.Parts[p.at]
	// The values that inputs have by themselves differ between uses, and mean nothing there.
	for _, v := range p.defaults() {
		v.Value = []float64{0}
	}
	bare, _ := d.textOf(p)
	key := of.Of + "\n" + string(bare)
	if p.file = d.texts[key]; p.file == "" {
		p.file = d.fileName(of.Stem)
		d.texts[key], d.files[p.file] = p.file, text
	}
}

// defaults returns the constants of a part that stand for its inputs.
func (p *part) defaults() []*model.Variable {
	var out []*model.Variable
	inputs := map[string]bool{}
	for _, in := range p.inputs {
		inputs[in.name] = true
	}
	for _, v := range p.model.Variables {
		if v.Module == "" && inputs[v.Name] {
			out = append(out, v)
		}
	}
	return out
}

// hinder notes why a part cannot be a file. In the model itself nothing is in the way.
func (d *divider) hinder(p *part, why string) {
	if p.around != nil && d.found[p.at] == "" {
		d.found[p.at] = why
	}
}

// build makes the model of a part.
func (d *divider) build(p *part) {
	of := d.m
	out := &model.Model{Name: of.Name, About: of.About, Time: of.Time, Files: of.Files, File: main,
		Imported: &model.Import{Format: of.Imported.Format}}
	p.model = out
	if p.around != nil {
		part := d.m.Imported.Parts[p.at]
		out.Name, out.About = part.Model, part.About
		out.Time.Ends = ""
	} else {
		d.buildRest(p, out)
	}
	for _, kid := range p.kids {
		out.Modules = append(out.Modules, &model.Module{
			Name: kid.name, File: kid.file, Label: of.Imported.Parts[kid.at].Label,
		})
	}
	for _, v := range p.vars {
		d.variable(p, v)
	}
	for _, v := range p.views {
		out.Views = append(out.Views, d.view(p, v))
	}
	for _, kid := range p.kids {
		d.bindings(p, kid)
	}
	for _, in := range p.inputs {
		if p.extra[in.source] == in.name {
			like := d.vars[in.source]
			out.Variables = append(out.Variables, d.input(p, in, like))
		}
	}
	place := map[string]int{} // bindings come in the order of the module's variables
	for i, v := range out.Variables {
		place[v.Name] = i
	}
	slices.SortStableFunc(p.inputs, func(a, b input) int { return place[a.name] - place[b.name] })
	for _, r := range d.m.Imported.Rows {
		if h, ok := d.homes[r.Variable]; ok && h.part == p {
			r.Variable = h.local
			out.Imported.Rows = append(out.Imported.Rows, r)
		}
	}
}

// buildRest gives the model itself the parts that have no module.
func (d *divider) buildRest(p *part, out *model.Model) {
	of := d.m
	out.Today, out.Groups = of.Today, of.Groups
	out.Time.Ends = d.outer(of.Time.Ends)
	out.Sources = slices.DeleteFunc(slices.Clone(of.Sources), func(s *model.Source) bool {
		return d.ofModules(s.ID)
	})
	for _, t := range of.Tests {
		out.Tests = append(out.Tests, d.test(t))
	}
	for _, c := range of.Channels {
		renamed := *c
		renamed.Through = d.outers(c.Through)
		out.Channels = append(out.Channels, &renamed)
	}
	for _, l := range of.Loops {
		renamed := *l
		renamed.Through = d.outers(l.Through)
		out.Loops = append(out.Loops, &renamed)
	}
}

// ofModules reports whether only modules name a source whose id begins with a module's name: it
// comes with their files.
func (d *divider) ofModules(id string) bool {
	if !strings.Contains(id, ".") {
		return false
	}
	return !slices.ContainsFunc(d.parts[0].vars, func(v *model.Variable) bool { return v.Source == id })
}

// variable adds a variable of the flat model to its part, with the names that hold there.
func (d *divider) variable(p *part, v *model.Variable) {
	h := d.homes[v.Name]
	if source := v.Equation.Text; h.input && d.homes[source].part != nil && !d.homes[source].within(p) {
		in := input{h.local, source}
		p.inputs = append(p.inputs, in)
		p.model.Variables = append(p.model.Variables, d.input(p, in, v))
		return
	}
	out := retold(v, func(t model.Text) model.Text { return d.text(p, t) },
		func(flow string) string { return d.flow(p, flow) })
	out.Name, out.Label = h.local, d.label(p, v.Label)
	p.model.Variables = append(p.model.Variables, out)
}

// label returns a label without the name of its module.
func (d *divider) label(p *part, label string) string {
	if p.around == nil {
		return label
	}
	return strings.TrimPrefix(label, d.m.Imported.Parts[p.at].Prefix)
}

// input returns the constant of a module that stands for an input: like is the variable whose
// label, units and dimensions it has.
func (d *divider) input(p *part, in input, like *model.Variable) *model.Variable {
	values := d.start(in.source)
	if i := slices.IndexFunc(values, func(x float64) bool { return x-x != 0 }); len(values) == 0 || i >= 0 {
		values = []float64{0} // there is no number to give
	}
	if from := d.vars[in.source]; len(values) > 1 && !slices.Equal(from.Over, like.Over) {
		values = []float64{0}
	}
	return &model.Variable{Name: in.name, Kind: model.KindConstant, Label: d.label(p, like.Label),
		About: like.About, Units: like.Units, Over: like.Over, Value: values,
		Source: "the value at the start of the whole model, which binds it"}
}

// bindings gives the inputs of a module inside a part their sources.
func (d *divider) bindings(p, kid *part) {
	for _, in := range kid.inputs {
		bound := &model.Variable{Name: kid.name + "." + in.name, Module: kid.name}
		switch v := d.vars[in.source]; {
		case !d.bridged[in.source]:
			bound.Equation.Text = d.reference(p, in.source)
		case v.Kind == model.KindConstant: // the writer asks where a number is from
			bound.Scope, bound.Kind, bound.Value = kid.name, model.KindConstant, v.Value
			bound.Keys = map[string]diagnostic.Span{"value": {File: p.model.File}}
		default:
			bound.Equation = d.text(p, v.Equation)
		}
		p.model.Variables = append(p.model.Variables, bound)
	}
}

// reference returns the name by which an equation of a part reads a variable. One that is not
// in the part, nor inside it, becomes an input, which XMILE has no need of: there a module may
// name the outputs of others.
func (d *divider) reference(p *part, name string) string {
	h := d.homes[name]
	if h.within(p) {
		return h.path(p)
	}
	if p.extra[name] == "" {
		local := h.local
		if h.part.around != nil {
			local = h.part.name + "_" + local
		}
		p.extra[name] = p.free(local, "_value")
		p.inputs = append(p.inputs, input{p.extra[name], name})
	}
	return p.extra[name]
}

// flow returns the name of a flow of a stock. It belongs to the stock, so that it has to be in
// its part or inside it.
func (d *divider) flow(p *part, name string) string {
	if !d.homes[name].within(p) {
		d.hinder(p, "a stock in it has the flow "+name+", which is in another module")
		return name
	}
	return d.homes[name].path(p)
}

// text returns an equation in the names of a part.
func (d *divider) text(p *part, t model.Text) model.Text {
	return retext(t, func(name string, called bool) (string, bool) {
		v := d.vars[name]
		switch {
		case v == nil:
			return "", false // a function, a dimension, or the clock
		case called && v.IsTable() && !d.homes[name].within(p):
			d.hinder(p, "it reads "+name+" as a table, which a module cannot be given")
			return "", false
		}
		return d.reference(p, name), true
	})
}

// textOf returns the text of a part's file with the dimensions, units and sources that it
// mentions, and its data files.
func (d *divider) textOf(p *part) ([]byte, map[string][]byte) {
	m := p.model
	m.Dimensions, m.Units = d.m.Dimensions, d.m.Units
	if p.around == nil {
		return model.Write(m)
	}
	m.Dimensions, m.Units, m.Sources = nil, nil, nil
	text, _ := model.Write(m)
	said := map[string]bool{}
	for _, w := range strings.FieldsFunc(string(text), func(r rune) bool { return !wordPart(r) }) {
		said[w], said[equation.Canonical(w)] = true, true
	}
	for _, dim := range slices.Backward(d.m.Dimensions) { // a subrange comes behind its dimension
		if said[dim.Name] || said[equation.Canonical(dim.Name)] {
			m.Dimensions = append(m.Dimensions, dim)
			said[dim.Of] = true
		}
	}
	slices.Reverse(m.Dimensions)
	for _, u := range d.m.Units {
		if said[u.Name] || said[u.Plural] || slices.ContainsFunc(u.Alias, func(a string) bool { return said[a] }) {
			m.Units = append(m.Units, u)
		}
	}
	m.Sources = d.sourcesOf(p)
	return model.Write(m)
}

// sourcesOf returns the sources that a module's variables name. One that has the module's name
// before its id, since the model has another of that id, loses it, here and in the variables.
func (d *divider) sourcesOf(p *part) []*model.Source {
	users := map[string][]*model.Variable{}
	for _, v := range p.model.Variables {
		users[v.Source] = append(users[v.Source], v)
	}
	prefix := home{part: p}.path(d.parts[0])
	var out []*model.Source
	for _, s := range d.m.Sources {
		if len(users[s.ID]) == 0 {
			continue
		}
		own := *s
		if id, cut := strings.CutPrefix(s.ID, prefix); cut && users[id] == nil {
			own.ID = id
			for _, v := range users[s.ID] {
				v.Source = id
			}
		}
		out = append(out, &own)
	}
	return out
}

// wordPart reports whether a character is one of names.
func wordPart(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
