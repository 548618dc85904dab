package xmile

import (
	"fmt"
	"strings"

	"weir/model"
)

// A macro is a <macro>: a function made of variables.
type macro struct {
	n     *node
	name  string
	parms []*node
	next  *macro // of the same name, with another number of arguments
}

// maxMacroDepth bounds macros within each other, which may call themselves.
const maxMacroDepth = 30

// maxMacroCalls bounds what macros that call each other may grow to.
const maxMacroCalls = 5_000

func (im *importer) collectMacros(root *node) {
	for _, n := range root.all("macro") {
		m := &macro{n: n, name: spoken(n.value("name")), parms: n.all("parm")}
		key := canonical(m.name)
		if im.filtered(n) {
			continue
		}
		if known := im.macros[key]; key == "" || known != nil && !known.another(m) {
			im.report(model.DuplicateName, n.span(im.file), "", "a macro needs a name of its own, not %q", m.name)
			continue
		}
		if im.macros[key] == nil {
			im.macros[key] = m
		}
		if n.kid("sim_specs") != nil {
			im.row(n, "sim_specs of "+m.name, model.Approximated, "a macro runs with the step of the whole model")
			im.warn(Approximated, n.span(im.file), "", "the macro %s has a clock of its own, but runs with the step of the whole model", m.name)
		}
		im.row(n, m.name, model.Equivalent, "a macro is written out where it is called")
	}
}

// macroCall writes a macro out: its arguments and variables become variables of their
// own, over the dimensions of the caller, and its equation stands in the caller's.
func (s *scope) macroCall(e *callExpr, m *macro) piece {
	m = m.forArguments(len(e.args))
	if s.sp.depth >= maxMacroDepth {
		return s.cannot(e, "a macro cannot call itself", "the macro %s is called more than %d deep", m.name, maxMacroDepth)
	}
	if s.macroCalls++; s.macroCalls > maxMacroCalls {
		return s.wrong(e, model.TooLarge, "", "macros are called more than %d times, those within macros included", maxMacroCalls)
	}
	if len(e.args) > len(m.parms) {
		return s.wrong(e, model.ArgumentCount, "", "the macro %s takes %d arguments, not %d", m.name, len(m.parms), len(e.args))
	}
	if s.reduce {
		return s.cannot(e, "give the macro's value a name, and combine that", "a macro inside a sum, mean, minimum or maximum")
	}
	sp := &space{path: fmt.Sprintf("%s %s.", s.v.name, m.name), vars: map[string]*variable{}, kids: map[string]*space{}, over: s.v.over,
		depth: s.sp.depth + 1, macro: m, args: map[string]bool{}}
	for i, p := range m.parms {
		s.argument(e, sp, m, p, i)
	}
	before := len(s.vars)
	s.importer.fill(sp, m.n)
	if len(s.vars) >= maxVariables {
		return s.nothing(e)
	}
	for _, v := range s.vars[before:] {
		s.tableOf(v)
	}
	s.linker.flowsOfSpace(s.vars[before:])
	s.v.note(model.Equivalent, "the macro %s is written out", m.name)
	return s.macroValue(e, sp, m)
}

// argument makes a variable of one argument.
func (s *scope) argument(e *callExpr, sp *space, m *macro, p *node, i int) {
	key := canonical(p.text().s)
	sp.args[key] = true
	n := p
	value := words("0", s.here(e))
	switch deflt, has := p.attr("default"); {
	case i < len(e.args):
		if r, ok := e.args[i].(*refExpr); ok && r.index == nil { // a plain name stands for itself, a graphical function too
			if v := s.sp.find(r.path, s.top); v != nil {
				sp.vars[key] = v
				return
			}
		}
		value = s.expr(e.args[i]).written
	case has:
		inner := *s
		inner.text = deflt
		list, mistakes := parseEquation(deflt.s)
		if mistakes == nil && len(list) == 1 {
			value = inner.expr(list[0]).written
			break
		}
		fallthrough
	default:
		s.wrong(e, model.ArgumentCount, "", "the macro %s takes %d arguments, not %d", m.name, len(m.parms), len(e.args))
	}
	v := &variable{n: n, sp: sp, kind: model.KindAux, name: sp.path + p.text().s, over: s.v.over, hidden: true, grade: model.Exact, eqn: n}
	v.ours = s.take(snake(v.name), "_value")
	out := s.importer.newVariable(v, v.ours, model.KindAux)
	out.Equation = value.text(s.span(e))
	v.out = []*model.Variable{out}
	sp.vars[key] = v
	s.importer.vars = append(s.importer.vars, v)
}

// macroValue is the macro's own equation, in the place of the call.
func (s *scope) macroValue(e *callExpr, sp *space, m *macro) piece {
	n := m.n.kid("eqn")
	if n == nil {
		return s.wrong(e, model.MissingElement, "", "the macro %s has no equation", m.name)
	}
	list, mistakes := parseEquation(n.text().s)
	if mistakes != nil || len(list) != 1 {
		return s.wrong(e, model.Syntax, "", "the equation of the macro %s cannot be read: %s", m.name, strings.TrimSpace(n.text().s))
	}
	inner := &scope{lowerer: s.lowerer, budget: s.budget, v: s.v, sp: sp, text: n.text(), over: s.over, element: s.element, initial: s.initial}
	p := inner.expr(list[0])
	s.failed = s.failed || inner.failed
	return p
}
