package modular

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/read"
)

// write writes the files, the innermost first, so that the inputs that a file needs are known
// when the one around it is written.
func (d *divider) write() {
	d.files, d.owners = map[string][]byte{}, map[string]*part{}
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
	// Whether numbers may be bound is said in weir's own files alone, and only the model itself
	// is written after all uses are known.
	numbers := of.Own && p.around.around == nil
	same, alike := of.Of+"\n"+d.bare(p, false), of.Of+"\n\n"
	if owner := d.owners[same]; owner != nil {
		if p.file = owner.file; numbers {
			owner.bindNumbers()
			p.bindNumbers()
		}
		owner.fixed = owner.fixed || !numbers
		return
	}
	if numbers {
		alike += d.bare(p, true)
		if owner := d.owners[alike]; owner != nil && owner.takes(p) {
			p.file = owner.file
			d.files[p.file], _ = d.textOf(owner)
			d.owners[of.Of+"\n"+d.bare(owner, false)] = owner
			return
		}
		d.owners[alike] = p
	}
	p.file = d.fileName(of.Stem)
	d.owners[same], d.files[p.file] = p, text
}

// bare returns the text of a part without what may differ between uses of one file: the values
// that inputs have by themselves, and, with numbers, all that a binding changes of a constant.
func (d *divider) bare(p *part, numbers bool) string {
	inputs := p.isInput()
	var undo []func()
	for _, v := range p.model.Variables {
		number := numbers && isNumber(v)
		if v.Module != "" || !number && !inputs[v.Name] {
			continue
		}
		was := *v
		undo = append(undo, func() { *v = was })
		if v.Value = []float64{0}; number {
			v.Source, v.Evidence, v.Range, v.Dist = "", "", nil, nil
		}
	}
	text, _ := d.textOf(p)
	for _, f := range undo {
		f()
	}
	return string(text)
}

// isNumber reports whether a variable is a constant or decision with one number.
func isNumber(v *model.Variable) bool {
	return (v.Kind == model.KindConstant || v.Kind == model.KindDecision) && len(v.Value) == 1 && len(v.At) == 0
}

// isInput returns the names of the part's inputs.
func (p *part) isInput() map[string]bool {
	out := map[string]bool{}
	for _, in := range p.inputs {
		out[in.name] = true
	}
	return out
}

// takes reports whether another use can have the part's file, where their texts agree but for
// numbers: a constant that one use binds is a constant in the file, and of two numbers that differ
// one was bound, as its source says. The part then has the numbers of the file, and both know
// which of their own are to be bound.
func (p *part) takes(other *part) bool {
	mine, theirs := p.isInput(), other.isInput()
	var changed []int // places of constants of which the file is to have other's
	for i, v := range p.model.Variables {
		w := other.model.Variables[i] // of the same name, or the texts would not agree
		switch {
		case v.Module != "" || !isNumber(v) || theirs[w.Name]:
		case mine[v.Name]:
			changed = append(changed, i)
		case v.Value[0] == w.Value[0] && v.Source == w.Source, wasBound(w):
		case wasBound(v):
			changed = append(changed, i)
		default:
			return false
		}
	}
	if p.fixed && len(changed) > 0 {
		return false // others have the file as it is, and cannot bind numbers
	}
	other.bindNumbers()
	p.bindNumbers()
	for _, i := range changed {
		*p.model.Variables[i] = *other.model.Variables[i]
	}
	for _, s := range other.model.Sources { // of those numbers
		if !slices.ContainsFunc(p.model.Sources, func(o *model.Source) bool { return o.ID == s.ID }) {
			p.model.Sources = append(p.model.Sources, s)
		}
	}
	return true
}

// bindNumbers notes the constants of a part that were bound to numbers: they are to be again,
// whatever the file has for them. Later calls find nothing new.
func (p *part) bindNumbers() {
	if p.numbers != nil {
		return
	}
	inputs := p.isInput()
	p.numbers = []*model.Variable{}
	for _, v := range p.model.Variables {
		if v.Module == "" && isNumber(v) && !inputs[v.Name] && wasBound(v) {
			bound := *v
			p.numbers = append(p.numbers, &bound)
		}
	}
}

// wasBound reports whether a constant has its number from where its module was used.
func wasBound(v *model.Variable) bool { return strings.HasPrefix(v.Source, read.SetWhereUsed) }

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
	for _, r := range d.m.Imported.Rows {
		if h, ok := d.homes[r.Variable]; ok && h.part == p {
			r.Variable = h.local
			out.Imported.Rows = append(out.Imported.Rows, r)
		}
	}
	if p.around != nil {
		out.Sources = d.sourcesOf(p)
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
	place := map[string]int{} // in the order of the module's variables
	for i, v := range kid.model.Variables {
		place[v.Name] = i
	}
	var all []*model.Variable
	for _, in := range kid.inputs {
		bound := &model.Variable{Name: in.name, Module: kid.name}
		switch v := d.vars[in.source]; {
		case !d.bridged[in.source]:
			bound.Equation.Text = d.reference(p, in.source)
		case v.Kind == model.KindConstant:
			bound = d.number(p, kid, in.name, v.Value)
		default:
			bound.Equation = d.text(p, v.Equation)
		}
		all = append(all, bound)
	}
	for _, v := range kid.numbers {
		all = append(all, d.number(p, kid, v.Name, v.Value))
	}
	slices.SortStableFunc(all, func(a, b *model.Variable) int { return place[a.Name] - place[b.Name] })
	for _, v := range all {
		v.Name = kid.name + "." + v.Name
	}
	p.model.Variables = append(p.model.Variables, all...)
}

// number returns a binding of a module's constant to a number. The writer tells it from a constant
// of the module by the file in which it is.
func (d *divider) number(p, kid *part, name string, value []float64) *model.Variable {
	return &model.Variable{Name: name, Module: kid.name, Scope: kid.name, Kind: model.KindConstant, Value: value,
		Keys: map[string]diagnostic.Span{"value": {File: p.model.File}}}
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

// textOf returns the text of a part's file with the dimensions and units that it mentions, and its
// data files.
func (d *divider) textOf(p *part) ([]byte, map[string][]byte) {
	m := p.model
	m.Dimensions, m.Units = d.m.Dimensions, d.m.Units
	if p.around == nil {
		return model.Write(m)
	}
	m.Dimensions, m.Units = nil, nil
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
