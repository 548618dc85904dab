package xmile

import (
	"cmp"
	"fmt"
	"strings"

	"weir/model"
)

// A space is one use of a model or macro: the names in it.
type space struct {
	name     string // of the module; "" at the top
	path     string // "a.b." before the names of its variables; "" at the top
	parent   *space
	vars     map[string]*variable // by canonical name
	kids     map[string]*space
	over     []*dimension // of a macro: what its caller is over
	model    *node        // of a module
	defaults              // what holds for all its stocks and flows
	depth    int          // of a macro within macros
	macro    *macro
	args     map[string]bool // of a macro: the names that are given
}

// A variable is a stock, flow, auxiliary or stand-alone graphical function of one
// space: what the file says about it, and what it becomes.
type variable struct {
	n    *node
	sp   *space
	kind model.Kind
	name string // as in the file, with its modules
	ours string
	over []*dimension

	eqn      *node     // nil if there is none
	initEqn  *node     // what it is while initial values are computed
	graph    *graph    // nil if there is none
	elements []element // what elements have of their own
	input    bool      // access="input": another module may give its value
	source   *variable // that gives it
	table    string    // the lookup behind its graphical function; "" if there is none
	uniflow  bool
	limited  bool // an outflow of a stock that cannot be negative
	nonNeg   bool
	conveyor *node
	belt     *variable   // of a conveyor: the flow at its end
	leaks    []*variable // of a conveyor: flows that leak on the way
	leak     bool        // its equation is the share that leaks from a conveyor
	end      bool        // it is what comes out of a conveyor
	inflow   []string    // our names
	outflow  []string
	usesIn   int // by how many stocks it is named as an inflow
	usesOut  int
	batch    string // of a flow: the queue or oven that it comes out of, which sets it

	out         []*model.Variable // what it becomes, the variable itself first
	copies      []*model.Variable // of a stock: flows written once more
	conversions []conversion      // of a stock: those of them with a multiplier
	grade       model.Grade
	how         []string
	atInit      *variable // the same as it is while initial values are computed
	left        bool      // it is broken: something about it was reported
	hidden      bool      // made by a macro: no row in the report
}

// An element is what one <element subscript="…"> says.
type element struct {
	n    *node
	at   []int
	key  string
	eqn  *node
	init *node
	gf   *graph
}

// note lowers a variable's grade and says why.
func (v *variable) note(g model.Grade, format string, args ...any) {
	if v.grade == "" || worse(g, v.grade) {
		v.grade = g
	}
	how := fmt.Sprintf(format, args...)
	for _, h := range v.how {
		if h == how {
			return
		}
	}
	v.how = append(v.how, how)
}

var gradeOrder = map[model.Grade]int{model.Exact: 0, model.Equivalent: 1, model.Approximated: 2, model.Unsupported: 3}

func worse(a, b model.Grade) bool { return gradeOrder[a] > gradeOrder[b] }

// maxVariables bounds what modules and macros may grow to.
const maxVariables = 500_000

// maxModules bounds what modules within modules may grow to.
const maxModules = 5_000

// within reports whether a space is, or lies in, a use of a model.
func (sp *space) within(m *node) bool {
	for ; sp != nil; sp = sp.parent {
		if sp.model == m {
			return true
		}
	}
	return false
}

// fill declares the variables of a model in a space, and its modules.
func (im *importer) fill(sp *space, n *node) {
	sp.defaults = im.files.behavior(n, im.files.around(sp, n))
	vars := n.kid("variables")
	if vars == nil {
		return
	}
	for _, k := range vars.kids {
		switch strings.ToLower(k.name) {
		case "stock", "flow", "aux", "gf":
			im.declare(sp, k)
		case "module":
			im.module(sp, k)
		case "group":
		default:
			im.other(sp, k)
		}
	}
}

// other notes what is among the variables and is none.
func (im *importer) other(sp *space, n *node) {
	name := spoken(n.value("name"))
	switch n.local() {
	case "queue", "oven", "conveyor":
		im.row(n, sp.path+name, model.Unsupported, "a "+n.local()+" of its own")
		im.unsupported(n.span(im.file), "", "%s: a %s that is no stock is not supported", name, n.local())
	case "event_poster":
		im.row(n, name, model.Equivalent, "messages do not change numbers")
	default:
		im.row(n, cmp.Or(name, n.name), model.Equivalent, "<"+n.name+"> does not change numbers")
	}
}

// module makes a space of a <module>.
func (im *importer) module(sp *space, n *node) {
	name := canonical(n.value("name"))
	m := im.files.modelOf(sp, n)
	switch {
	case m == nil:
		im.row(n, sp.path+name, model.Unsupported, "its model is not in the file")
		if r := n.value("resource"); r == "" || im.partial || !im.list.HasErrors() {
			im.unsupported(n.span(im.file), "save the model with its modules in one file, or with the modules' files beside it", "the module %s: there is no model of that name in the file", n.value("name"))
		}
		return
	case sp.kids[name] != nil:
		im.report(model.DuplicateName, n.span(im.file), "", "there are two modules named %s", n.value("name"))
		return
	case sp.within(m):
		im.report(model.TooLarge, n.span(im.file), "", "the model %s holds itself as a module: %s", n.value("name"), sp.path+name)
		return
	}
	if im.modules++; im.modules > maxModules {
		if im.modules == maxModules+1 {
			im.report(model.TooLarge, n.span(im.file), "", "there are more than %d modules within modules", maxModules)
		}
		return
	}
	kid := &space{name: name, path: sp.path + spoken(n.value("name")) + ".", parent: sp, vars: map[string]*variable{}, kids: map[string]*space{}, model: m}
	sp.kids[name] = kid
	im.row(n, strings.TrimSuffix(kid.path, "."), model.Equivalent, "a module's variables stand in the model itself")
	im.fill(kid, m)
}

// declare reads a variable's table, but not yet its equations.
func (im *importer) declare(sp *space, n *node) *variable {
	name := n.value("name")
	key := canonical(name)
	switch {
	case key == "":
		im.report(model.BadName, n.span(im.file), "", "a <%s> has no name", n.name)
		return nil
	case sp.args[key]:
		return nil // of a macro: the caller gives it
	case sp.vars[key] != nil:
		im.report(model.DuplicateName, n.span(im.file), "give one of them another name", "%s is declared twice", name)
		return nil
	case len(im.vars) >= maxVariables:
		if !im.list.HasErrors() {
			im.report(model.TooLarge, n.span(im.file), "", "modules and macros make more than %d variables", maxVariables)
		}
		return nil
	}
	v := &variable{n: n, sp: sp, name: sp.path + spoken(name), over: sp.over, grade: model.Exact, hidden: sp.macro != nil}
	v.kind = map[string]model.Kind{"stock": model.KindStock, "flow": model.KindFlow, "aux": model.KindAux, "gf": model.KindLookup}[strings.ToLower(n.name)]
	v.ours = im.take(snake(sp.path+name), "_value")
	v.input = strings.EqualFold(n.value("access"), "input")
	v.eqn, v.initEqn = n.kid("eqn"), n.kid("init_eqn")
	if v.eqn != nil && v.kind != model.KindStock && blank(v.eqn.text().s) {
		v.eqn = nil
	}
	v.leak = n.kid("leak") != nil || n.kid("leak_fraction") != nil
	for _, key := range []string{"leak", "leak_fraction"} { // 1.2 has the share in <leak>
		if f := n.kid(key); f != nil && !blank(f.text().s) {
			v.eqn = f
		}
	}
	v.conveyor = n.kid("conveyor")
	v.nonNeg = v.kind == model.KindStock && flag(n, "non_negative", sp.stocks)
	v.uniflow = v.kind == model.KindFlow && flag(n, "non_negative", sp.flows)
	im.overOf(v)
	im.readElements(v)
	im.ofElements(v)
	im.events(v)
	if g := n.kid("gf"); g != nil || n.is("gf") {
		v.graph = im.readGraph(v, cmp.Or(g, n))
	}
	sp.vars[key] = v
	im.vars = append(im.vars, v)
	return v
}

// flag is what an element without content says: <non_negative/>, or false in it.
func flag(n *node, name string, otherwise bool) bool {
	k := n.kid(name)
	if k == nil {
		return otherwise
	}
	return !strings.EqualFold(k.text().s, "false")
}

// maxDimensions bounds the dimensions of one variable.
const maxDimensions = 10

// overOf reads a variable's <dimensions>.
func (im *importer) overOf(v *variable) {
	section := v.n.kid("dimensions")
	if section == nil {
		return
	}
	for i, d := range section.all("dim") {
		if i >= maxDimensions {
			im.report(model.TooManyElements, d.span(im.file), "", "%s has more than %d dimensions", v.name, maxDimensions)
			return
		}
		known := im.dims.byName[canonical(d.value("name"))]
		if known == nil {
			im.report(model.UnknownDimension, d.span(im.file), "", "%s: there is no dimension %q", v.name, d.value("name"))
			continue
		}
		v.over = append(v.over[:len(v.over):len(v.over)], im.dims.second(known, v.over))
	}
}

// readElements reads what elements have of their own.
func (im *importer) readElements(v *variable) {
	for _, n := range v.n.all("element") {
		a, _ := n.attr("subscript")
		at, ok := im.subscriptOf(v, a)
		if !ok {
			continue
		}
		e := element{n: n, at: at, eqn: n.kid("eqn"), init: n.kid("init_eqn")}
		own := v.over[len(v.sp.over):]
		var key []string
		for range v.sp.over {
			key = append(key, "*")
		}
		for i, d := range own {
			key = append(key, d.elements[at[i]])
		}
		e.key = strings.Join(key, ", ")
		if g := n.kid("gf"); g != nil {
			e.gf = im.readGraph(v, g)
		}
		v.elements = append(v.elements, e)
	}
}

// subscriptOf finds the element that a subscript="a, b" names.
func (im *importer) subscriptOf(v *variable, a text) ([]int, bool) {
	own := v.over[len(v.sp.over):]
	words := splitNames(a.s)
	if len(words) != len(own) {
		im.report(model.SubscriptCount, a.span(im.file), "", "%s: %q names %d elements, but the variable has %d dimensions", v.name, a.s, len(words), len(own))
		return nil, false
	}
	var out []int
	for i, w := range words {
		at, ok := own[i].find(canonical(w))
		if !ok {
			im.report(model.UnknownElement, a.span(im.file), "", "%s: the dimension %s has no element %q", v.name, own[i].name, w)
			return nil, false
		}
		out = append(out, at)
	}
	return out, true
}

// find is an element's position, by its name or by Dim.name.
func (d *dimension) find(key string) (int, bool) {
	if at, ok := d.at[key]; ok {
		return at, true
	}
	if n := strings.LastIndexByte(key, '.'); n >= 0 {
		at, ok := d.at[key[n+1:]]
		return at, ok
	}
	return 0, false
}

// splitNames cuts a list of names at its commas, but not inside quotes, and takes the
// quotes off.
func splitNames(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == ',' && !quoted {
			out = append(out, strings.Trim(strings.TrimSpace(s[start:i]), `"`))
			start = i + 1
		} else if s[i] == '"' {
			quoted = !quoted
		}
	}
	return out
}

// splitPath cuts a name at its dots, but not inside quotes.
func splitPath(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '.' && !quoted {
			out = append(out, canonical(strings.Trim(strings.TrimSpace(s[start:i]), `"`)))
			start = i + 1
		} else if s[i] == '"' {
			quoted = !quoted
		}
	}
	return out
}
