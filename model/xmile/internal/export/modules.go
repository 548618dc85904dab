package export

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/naming"
)

// A unit is the model itself or one of its modules, as a <model> of the file. XMILE finds the
// model of a module by the module's name, so that each has one of its own; only modules of one
// name inside different others, with the same text, share it.
type unit struct {
	module *model.Module // nil for the model itself
	path   string        // the module's full name; ""
	name   string        // of <module> and <model>
	around *unit
	kids   []*unit
	vars   []*model.Variable // in the model's order; bound ones are inputs
	views  []*model.View
	inputs []binding // of the module, from the unit around it
	// bridges are auxiliaries that the unit needs for the inputs of its kids: XMILE connects
	// variables, and weir binds expressions.
	bridges []binding
	text    string        // of its <model>, as far as it does not name it
	own     []*annex.View // for each of its views
}

// A binding gives a variable of a module its value.
type binding struct {
	v    *model.Variable // of the module
	name string          // of the bridge in the unit around it; "" if a variable there is connected
	from *model.Variable // that variable; nil with a bridge
}

// plan finds the units of the model. A module that XMILE cannot have as one stays in the unit
// around it, where its variables have points in their names.
func (x *exporter) plan() {
	x.top = &unit{}
	x.unit = map[string]*unit{"": x.top}
	for _, mod := range x.m.Modules {
		around := x.unit[parent(mod.Name)]
		x.unit[mod.Name] = around
		if x.as.Flat || around == nil || !x.separate(mod, around) {
			x.unit[mod.Name] = cmp.Or(around, x.top)
			continue
		}
		u := &unit{module: mod, path: mod.Name, around: around, name: x.spoken(mod, around)}
		around.kids = append(around.kids, u)
		x.unit[mod.Name] = u
	}
	for _, v := range x.m.Variables {
		u := x.unitOf(v)
		u.vars = append(u.vars, v)
	}
	for _, v := range x.m.Views {
		u := cmp.Or(x.unit[v.Module], x.top)
		u.views = append(u.views, v)
	}
	x.bind(x.top)
	x.findOutputs()
}

// parent returns the full name of the module around a module; "" if it is the model's own.
func parent(module string) string {
	return module[:max(strings.LastIndexByte(module, '.'), 0)]
}

// spoken returns the name of a module as the file has it: that of the file it came from, as far
// as it means the same, or its own.
func (x *exporter) spoken(mod *model.Module, around *unit) string {
	name := strings.TrimPrefix(mod.Name, around.path+".")
	for _, title := range []string{mod.Label, mod.Title} {
		if title = naming.Spoken(title); naming.Canonical(title) == naming.Canonical(name) {
			return title
		}
	}
	return strings.ReplaceAll(name, ".", "_") // of a module whose outer one has no model
}

// unless returns a text, or "" if it is the other.
func unless(text, other string) string {
	if text == other {
		return ""
	}
	return text
}

// unitOf returns the unit that a variable is written in.
func (x *exporter) unitOf(v *model.Variable) *unit { return cmp.Or(x.unit[v.Module], x.top) }

// isInput reports whether a variable gets its value from the unit around its own.
func (x *exporter) isInput(v *model.Variable) bool {
	return v.Scope != v.Module && cmp.Or(x.unit[v.Scope], x.top) != x.unitOf(v)
}

// separate reports whether a module can be a model of its own: its variables read nothing but
// what is in it, and what is bound is bound in the unit around it.
func (x *exporter) separate(mod *model.Module, around *unit) bool {
	inside := func(v *model.Variable) bool { return v == nil || within(v.Module, mod.Name) }
	for _, v := range x.m.Variables {
		switch {
		case !inside(v):
		case v.Scope != v.Module && !within(v.Scope, mod.Name):
			if v.Module != mod.Name || x.unit[v.Scope] != around {
				return false
			}
		default:
			for _, name := range slices.Concat(x.mentions(v), v.Inflow, v.Outflow) {
				if !inside(x.find(v, name)) {
					return false
				}
			}
		}
	}
	return true
}

// within reports whether a module is, or lies in, another.
func within(module, other string) bool { return strings.HasPrefix(module+".", other+".") }

// mentions returns the names in a variable's equations.
func (x *exporter) mentions(v *model.Variable) []string {
	var out []string
	for _, t := range v.Texts() {
		tree, _ := t.Parse()
		if tree == nil {
			continue
		}
		equation.Walk(tree, func(e equation.Expr) bool {
			switch e := e.(type) {
			case *equation.Name:
				out = append(out, e.Name)
			case *equation.Call:
				out = append(out, e.Func)
			}
			return true
		})
	}
	return out
}

// bind finds the inputs of the units inside one: a variable that is named as it is gets connected,
// any other expression a bridge.
func (x *exporter) bind(u *unit) {
	taken := map[string]bool{}
	for _, v := range u.vars {
		taken[naming.Canonical(x.local(v))] = true
	}
	for _, kid := range u.kids {
		taken[naming.Canonical(kid.name)] = true
	}
	for _, kid := range u.kids {
		for _, v := range kid.vars {
			if !x.isInput(v) {
				continue
			}
			b := binding{v: v, from: x.connected(v)}
			if b.from == nil {
				b.name = x.local(v) + " of " + kid.name
				for n := 2; taken[naming.Canonical(b.name)]; n++ {
					b.name = x.local(v) + " of " + kid.name + " " + strconv.Itoa(n)
				}
				taken[naming.Canonical(b.name)] = true
				u.bridges = append(u.bridges, b)
			}
			kid.inputs = append(kid.inputs, b)
		}
		x.bind(kid)
	}
}

// connected returns the variable that is the whole value of a bound one; nil if it is another
// expression, or a variable over other dimensions.
func (x *exporter) connected(v *model.Variable) *model.Variable {
	tree, _ := v.Equation.Parse()
	n, ok := tree.(*equation.Name)
	if !ok || n.Index != nil {
		return nil
	}
	from := x.find(v, n.Name)
	if from == nil || !slices.Equal(from.Over, v.Over) || from.IsTable() {
		return nil
	}
	return from
}

// findOutputs notes the variables that units read which are in units inside them.
func (x *exporter) findOutputs() {
	x.outputs = map[string]bool{}
	for _, v := range x.m.Variables {
		for _, name := range slices.Concat(x.mentions(v), v.Inflow, v.Outflow) {
			if read := x.find(v, name); read != nil && x.unitOf(read) != cmp.Or(x.unit[v.Scope], x.top) {
				x.outputs[read.Name] = true
			}
		}
	}
}

// access returns the attribute of a variable of a module.
func (x *exporter) access(v *model.Variable) string {
	switch {
	case x.isInput(v):
		return "input"
	case x.outputs[v.Name]:
		return "output"
	}
	return ""
}

// local returns the name of a variable in its unit.
func (x *exporter) local(v *model.Variable) string {
	u := x.unitOf(v)
	if u.path == "" {
		return x.names[v.Name]
	}
	name := x.names[v.Name]
	for p := u; p.path != ""; p = p.around { // the file that it comes from writes a.b.x
		last := strings.LastIndexByte(name, '.')
		if naming.Canonical(name[:max(last, 0)]) == naming.Canonical(u.spokenPath()) {
			return name[last+1:]
		}
	}
	return strings.TrimPrefix(v.Name, u.path+".")
}

// spokenPath returns the names of a unit and those around it, as the file has them.
func (u *unit) spokenPath() string {
	if u.around == nil || u.around.path == "" {
		return u.name
	}
	return u.around.spokenPath() + "." + u.name
}

// fullName returns a variable's name as the whole file has it, which weir's own part uses.
func (x *exporter) fullName(v *model.Variable) string {
	if u := x.unitOf(v); u.path != "" {
		return u.spokenPath() + "." + x.local(v)
	}
	return x.names[v.Name]
}

// reference returns a variable's name in an equation of the unit that is written now.
func (x *exporter) reference(name string) string { return x.seenFrom(x.in, name) }

// seenFrom returns a variable's name in an equation of a unit, which it is in, or inside.
func (x *exporter) seenFrom(from *unit, name string) string {
	v := x.vars[name]
	out := x.identifier(naming.Canonical(x.local(v)))
	for u := x.unitOf(v); u != from && u.around != nil; u = u.around {
		out = x.identifier(naming.Canonical(u.name)) + "." + out
	}
	return out
}

// models writes the <model> of every unit: the model itself, then those of modules, each once.
func (x *exporter) models() {
	x.render(x.top, map[string]*unit{})
	var all []*unit
	seen := map[string]bool{}
	var visit func(*unit)
	visit = func(u *unit) {
		x.ownViews = append(x.ownViews, u.own...)
		if !seen[u.name] || u.path == "" {
			seen[u.name] = true
			all = append(all, u)
		}
		for _, kid := range u.kids {
			visit(kid)
		}
	}
	visit(x.top)
	for _, u := range all {
		x.open("model", "name", u.name)
		x.b.WriteString(u.text)
		x.close("model")
	}
}

// render writes the text of a unit, after those inside it have their names. A name that another
// model has gets a number, since a module is found by it.
func (x *exporter) render(u *unit, known map[string]*unit) {
	for _, kid := range u.kids {
		x.render(kid, known)
	}
	above, depth := x.b, x.depth
	x.b, x.depth, x.in = strings.Builder{}, 2, u
	x.open("variables")
	for _, v := range u.vars {
		x.variable(v)
	}
	for _, b := range u.bridges {
		x.bridge(b)
	}
	for _, kid := range u.kids {
		x.moduleElement(kid)
	}
	x.close("variables")
	x.diagrams(u)
	u.text = x.b.String()
	x.b, x.depth = above, depth
	if u.path == "" {
		return
	}
	for name, n := u.name, 2; ; n++ {
		same := known[naming.Canonical(u.name)]
		if same == nil {
			known[naming.Canonical(u.name)] = u
			return
		}
		if same.text == u.text {
			u.name = same.name
			return
		}
		u.name = name + " " + strconv.Itoa(n)
	}
}

// bridge writes the auxiliary that holds the expression which an input is bound to.
func (x *exporter) bridge(b binding) {
	x.open("aux", "name", b.name)
	x.dimensionsOf(b.v)
	p := printer{exporter: x, v: b.v, over: b.v.Over}
	x.leaf("eqn", p.text(b.v.Equation))
	x.leafIf("units", b.v.Units)
	x.close("aux")
}

// moduleElement writes <module> with its connections: from a name of the model itself with a point
// before it, as Stella does, and else from a name of the unit around the module.
func (x *exporter) moduleElement(u *unit) {
	if len(u.inputs) == 0 {
		x.empty("module", "name", u.name)
		return
	}
	x.open("module", "name", u.name)
	for _, b := range u.inputs {
		from := x.identifier(naming.Canonical(b.name))
		if b.from != nil {
			from = x.seenFrom(u.around, b.from.Name)
		}
		if u.around.path == "" && (b.from == nil || x.unitOf(b.from) == x.top) {
			from = "." + from
		}
		x.empty("connect", "to", x.seenFrom(u.around, b.v.Name), "from", from)
	}
	x.close("module")
}

// ownModules returns weir's own part about modules, by their names in the file.
func (x *exporter) ownModules() map[string]annex.Module {
	out := map[string]annex.Module{}
	var visit func(*unit)
	visit = func(u *unit) {
		for _, kid := range u.kids {
			out[kid.spokenPath()] = annex.Module{
				Name:  strings.TrimPrefix(kid.path, u.path+"."),
				Title: kid.module.Title, About: kid.module.About, File: stem(kid.module),
				Label: unless(kid.module.Label, kid.module.Title),
			}
			visit(kid)
		}
	}
	visit(x.top)
	if len(out) == 0 {
		return nil
	}
	return out
}

// ownBridges returns the full names of all bridges.
func (x *exporter) ownBridges() []string {
	var out []string
	var visit func(*unit)
	visit = func(u *unit) {
		for _, b := range u.bridges {
			name := b.name
			if u.path != "" {
				name = u.spokenPath() + "." + name
			}
			out = append(out, name)
		}
		for _, kid := range u.kids {
			visit(kid)
		}
	}
	visit(x.top)
	return out
}

// stem returns the name of a module's file without its ending, or of its folder, where files
// often have the name model.toml.
func stem(mod *model.Module) string {
	file := path.Clean(strings.ReplaceAll(mod.File, `\`, "/"))
	name := strings.TrimSuffix(path.Base(file), ".toml")
	if folder := path.Base(path.Dir(file)); name == "model" && naming.Plain(naming.Snake(folder)) && folder != "." {
		name = folder
	}
	return document.Snake(name)
}
