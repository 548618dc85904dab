package read

import (
	"cmp"
	"slices"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// merge takes the content of a module's file into the model, under the module's
// name. Dimensions, units and sources of one name become one. The clock and the tests of the
// module are left out: they serve when its file is run alone.
func (r moduleReader) merge(part *document.Model, mod *document.Module) {
	mod.Title = part.Name
	mod.Label, mod.About = orElse(mod.Label, part.Name), orElse(mod.About, part.About)
	r.sameTimeUnit(part, mod)
	for _, d := range part.Dimensions {
		r.mergeDimension(d, mod)
	}
	for _, u := range part.Units {
		r.mergeUnit(u)
	}
	ids := map[string]string{} // of sources that get another id
	for _, s := range part.Sources {
		ids[s.ID] = r.mergeSource(s, mod)
	}
	for _, v := range part.Variables {
		v.Source = cmp.Or(ids[v.Source], v.Source)
		intoModule(v, mod.Name)
		r.m.Variables = append(r.m.Variables, v)
	}
	for _, v := range part.Views {
		viewIntoModule(v, mod.Name)
		r.m.Views = append(r.m.Views, v)
	}
	for _, l := range part.Loops {
		l.Name = mod.Name + "." + l.Name
		for i, name := range l.Through {
			l.Through[i] = mod.Name + "." + name
		}
		r.m.Loops = append(r.m.Loops, l)
	}
	for _, c := range part.Channels {
		r.mergeChannel(c, mod)
	}
	for _, m := range part.Modules {
		m.Name = mod.Name + "." + m.Name
		for i, name := range m.LeftOut {
			m.LeftOut[i] = mod.Name + "." + name
		}
		r.m.Modules = append(r.m.Modules, m)
	}
}

// intoModule puts a variable, and the flows that it names, under a module's name. The variable is
// changed in place. Its equations stay as written: Scope says in which names they are to be read.
func intoModule(v *document.Variable, module string) {
	v.Name = module + "." + v.Name
	v.Module, v.Scope = document.Under(module, v.Module), document.Under(module, v.Scope)
	for i, f := range v.Inflow {
		v.Inflow[i] = module + "." + f
	}
	if v.Conveyor != nil {
		for i, f := range v.Conveyor.Leak {
			v.Conveyor.Leak[i] = module + "." + f
		}
		zones := map[string][2]float64{}
		for f, z := range v.Conveyor.Zone {
			zones[module+"."+f] = z
		}
		v.Conveyor.Zone = zones
	}
	for i, f := range v.Outflow {
		v.Outflow[i] = module + "." + f
	}
}

// sameTimeUnit reports a module whose clock has another unit.
func (r moduleReader) sameTimeUnit(part *document.Model, mod *document.Module) {
	if part.Time.Unit == r.m.Time.Unit || part.Time.Unit == "" || r.m.Time.Unit == "" {
		return
	}
	r.conflict(mod.Span, part.Time.UnitSpan(), "its clock is here", "write both in the same unit of time",
		"the module %s counts time in %s, this model in %s", mod.Name, part.Time.Unit, r.m.Time.Unit)
	r.m.Time.Unit = "" // other mistakes in units of time would be consequences
}

// mergeDimension adds a dimension of a module, or joins it with the model's of the same name. Two
// of one name must have the same elements in the same order, since equations of both files address
// them by position. Labels and the order of one that has them hold for both.
func (r moduleReader) mergeDimension(d *document.Dimension, mod *document.Module) {
	mine := r.dimension(d.Name)
	if mine == nil {
		r.addDimension(d)
		r.sizes[d.Name] = len(d.Elements)
		return
	}
	same := func(a, b string) bool { return equation.Canonical(a) == equation.Canonical(b) }
	difference := ""
	switch {
	case !slices.EqualFunc(mine.Elements, d.Elements, same):
		difference = "other elements"
	case mine.Of != d.Of:
		difference = "another parent (of)"
	}
	if difference != "" {
		r.conflict(mine.Span, d.Span, "the module's is here", "give them the same elements, or different names",
			"the dimension %s has %s in the module %s", d.Name, difference, mod.Name)
		return
	}
	mine.Ordered = mine.Ordered || d.Ordered
	mine.Label = orElse(mine.Label, d.Label)
	for i, e := range mine.Elements {
		if label := d.Labels[d.Elements[i]]; label != "" && mine.Labels[e] == "" {
			mine.Labels[e] = label
		}
	}
}

// mergeUnit adds a unit of a module, or joins its spellings with those of the model's.
func (r moduleReader) mergeUnit(u *document.UnitDeclaration) {
	mine := r.units[u.Name]
	if mine == nil {
		r.addUnit(u)
		return
	}
	for _, name := range append([]string{u.Plural}, u.Alias...) {
		if name != "" && name != mine.Plural && !slices.Contains(mine.Alias, name) {
			mine.Alias = append(mine.Alias, name)
		}
	}
	mine.Plural = orElse(mine.Plural, u.Plural)
}

// mergeSource adds a source of a module, unless the model has the same one, and returns its id in
// the model. A different source of the same id gets the module's name before its id: a module
// may number its evidence.
func (r moduleReader) mergeSource(s *document.Source, mod *document.Module) (id string) {
	mine := r.sourceIDs[s.ID]
	switch {
	case mine == nil:
		r.addSource(s)
	case mine.Title != s.Title || mine.Where != s.Where:
		renamed := *s
		renamed.ID = mod.Name + "." + s.ID
		r.addSource(&renamed)
		return renamed.ID
	}
	return s.ID
}

// conflict reports two declarations that contradict each other. At is a place in this file, other
// one in the module's.
func (r moduleReader) conflict(at, other diagnostic.Span, related, hint, format string, args ...any) {
	r.report(code.ModuleConflict, at, hint, format, args...)
	r.doc.Relate(other, related)
}
