package source

import (
	"cmp"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// MaxVariables bounds the variables that modules and macros make.
const MaxVariables = 500_000

// Bounds of modules within modules: of them all, and of their depth, since the names of
// their variables grow with it.
const (
	maxModules     = 5_000
	maxModuleDepth = 100
)

// Fill declares the variables of a model in a space, and its modules.
// Modules are filled as they come. Two uses of one model share the elements of the file, but no
// variables.
func (im *Model) Fill(sp *Space, n *scan.Node) {
	sp.defaults = im.Files.behavior(n, im.Files.around(sp, n))
	vars := Declarations(n)
	if vars == nil {
		return
	}
	for _, k := range vars.Kids {
		if vars == n && !isDeclaration(k) { // a view, a clock …
			continue
		}
		switch strings.ToLower(k.Name) {
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

// other notes an element among the variables that is none.
func (im *Model) other(sp *Space, n *scan.Node) {
	name := naming.Spoken(n.Value("name"))
	switch n.Local() {
	case "queue", "oven", "conveyor":
		im.Row(n, sp.Path+name, model.Unsupported, "a "+n.Local()+" of its own")
		im.unsupported(n.Span(im.Sources), "", "%s: a %s that is no stock is not supported", name, n.Local())
	case "event_poster":
		im.Row(n, name, model.Equivalent, "messages do not change numbers")
	default:
		im.Row(n, cmp.Or(name, n.Name), model.Equivalent, "<"+n.Name+"> does not change numbers")
	}
}

// module makes a space of a <module>.
// A model that is not in the file is an error, or with --allow-partial a warning; a model within
// itself has no end and is always an error.
func (im *Model) module(sp *Space, n *scan.Node) {
	name := naming.Canonical(n.Value("name"))
	m := im.Files.modelOf(sp, n)
	switch {
	case m == nil:
		im.Row(n, sp.Path+name, model.Unsupported, "its model is not in the file")
		if r := n.Value("resource"); r == "" || im.Partial || !im.List.HasErrors() {
			im.unsupported(n.Span(im.Sources),
				"save the model with its modules in one file, or with the modules' files beside it",
				"the module %s: there is no model of that name in the file", n.Value("name"))
		}
		return
	case n.Kid("dimensions") != nil:
		im.Row(n, sp.Path+name, model.Unsupported, "an array of modules")
		im.unsupported(n.Kid("dimensions").Span(im.Sources),
			"give the variables in it the dimensions, or write a module for each element",
			"%s: an array of modules is not supported", n.Value("name"))
		return
	case sp.Kids[name] != nil:
		im.Report(model.DuplicateName, n.Span(im.Sources), "", "there are two modules named %s", n.Value("name"))
		return
	case sp.Depth >= maxModuleDepth:
		im.Report(model.TooLarge, n.Span(im.Sources), "", "modules are nested more than %d deep", maxModuleDepth)
		return
	case sp.within(m):
		im.Report(model.TooLarge, n.Span(im.Sources), "", "the model %s holds itself as a module: %s",
			n.Value("name"), sp.Path+name)
		return
	}
	if im.modules++; im.modules > maxModules {
		if im.modules == maxModules+1 {
			im.Report(model.TooLarge, n.Span(im.Sources), "", "there are more than %d modules within modules",
				maxModules)
		}
		return
	}
	kid := &Space{name: name, Path: sp.Path + naming.Spoken(n.Value("name")) + ".", Parent: sp,
		Vars: map[string]*Variable{}, Kids: map[string]*Space{}, Model: m, Depth: sp.Depth + 1, Node: n}
	sp.Kids[name] = kid
	im.Row(n, strings.TrimSuffix(kid.Path, "."), model.Equivalent, "a module's variables stand in the model itself")
	im.Fill(kid, m)
}

// declare reads a variable's table, but not yet its equations.
// It adds the variable to its space and to im.Vars. The result is nil after a mistake, which is
// reported, and for the parameters of a macro.
func (im *Model) declare(sp *Space, n *scan.Node) *Variable {
	name := n.Value("name")
	key := naming.Canonical(name)
	switch {
	case key == "":
		im.Report(model.BadName, n.Span(im.Sources), "", "a <%s> has no name", n.Name)
		return nil
	case sp.Args[key]:
		return nil // of a macro: the caller gives it
	case sp.Vars[key] != nil:
		im.Report(model.DuplicateName, n.Span(im.Sources), "give one of them another name",
			"%s is declared twice", name)
		return nil
	case len(im.Vars) >= MaxVariables:
		if !im.List.HasErrors() {
			im.Report(model.TooLarge, n.Span(im.Sources), "", "modules and macros make more than %d variables",
				MaxVariables)
		}
		return nil
	}
	v := &Variable{Node: n, Space: sp, Name: sp.Path + naming.Spoken(name), Over: sp.Over, Grade: model.Exact,
		Hidden: sp.Macro != nil}
	v.Kind = map[string]model.Kind{"stock": model.KindStock, "flow": model.KindFlow, "aux": model.KindAux,
		"gf": model.KindLookup}[strings.ToLower(n.Name)]
	v.Ours = im.Take(naming.Snake(sp.Path+name), "_value")
	im.overOf(v)
	// This comes before the parts are read, for it puts those of whole elements in their places.
	im.raiseElements(v)
	v.Input = strings.EqualFold(n.Value("access"), "input")
	v.Eqn, v.InitEqn = n.Kid("eqn"), n.Kid("init_eqn")
	if v.Eqn != nil && v.Kind != model.KindStock && expr.Blank(v.Eqn.Text().Value) {
		v.Eqn = nil
	}
	v.Leak = n.Kid("leak") != nil || n.Kid("leak_fraction") != nil
	for _, key := range []string{"leak", "leak_fraction"} { // 1.2 has the share in <leak>
		if f := n.Kid(key); f != nil && !expr.Blank(f.Text().Value) {
			v.Eqn = f
		}
	}
	v.Conveyor = n.Kid("conveyor")
	v.NonNeg = v.Kind == model.KindStock && Flag(n, "non_negative", sp.stocks)
	v.Uniflow = v.Kind == model.KindFlow && Flag(n, "non_negative", sp.flows)
	im.readElements(v)
	if im.heldState(v) {
		v.Kind = model.KindAux
		v.Note(model.Equivalent,
			"a stock without flows whose equation is a delay is the delay itself, as in Vensim, which wrote the file")
	}
	im.ofElements(v)
	im.events(v)
	if g := n.Kid("gf"); g != nil || n.Is("gf") {
		v.Graph = im.readGraph(v, cmp.Or(g, n))
	}
	if g := im.graphIn(v, v.Eqn); g != nil && v.Kind == model.KindAux {
		v.Graph, v.Eqn = g, nil
	}
	sp.Vars[key] = v
	im.Vars = append(im.Vars, v)
	return v
}

// Flag returns the value of an element such as <non_negative/>: true without content, false
// with the word in it, and otherwise without the element.
func Flag(n *scan.Node, name string, otherwise bool) bool {
	k := n.Kid(name)
	if k == nil {
		return otherwise
	}
	return !strings.EqualFold(k.Text().Value, "false")
}
