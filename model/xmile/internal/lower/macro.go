package lower

import (
	"fmt"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// maxMacroDepth bounds macros within each other, which may call themselves.
const maxMacroDepth = 30

// maxMacroCalls bounds the growth of macros that call each other.
const maxMacroCalls = 5_000

// macroCall writes a macro out: its arguments and variables become variables of their
// own, over the dimensions of the caller, and its equation becomes a part of the caller's.
// Depth and number of calls are bounded, since a macro may call itself.
func (s *scope) macroCall(e *expr.Call, m *source.Macro) equation.Expr {
	m = m.ForArguments(len(e.Args))
	if s.sp.Depth >= maxMacroDepth {
		return s.cannot(e, "a macro cannot call itself", "the macro %s is called more than %d deep", m.Name,
			maxMacroDepth)
	}
	if s.macroCalls++; s.macroCalls > maxMacroCalls+1 {
		s.v.Left = true
		return s.nothing(e) // reported already
	} else if s.macroCalls > maxMacroCalls {
		return s.wrong(e, model.TooLarge, "",
			"macros are called more than %d times, those within macros included", maxMacroCalls)
	}
	if len(e.Args) > len(m.Parms) {
		return s.wrong(e, model.ArgumentCount, "", "the macro %s takes %d arguments, not %d", m.Name,
			len(m.Parms), len(e.Args))
	}
	if s.reduce {
		return s.cannot(e, "give the macro's value a name, and combine that",
			"a macro inside a sum, mean, minimum or maximum")
	}
	sp := &source.Space{Path: fmt.Sprintf("%s %s.", s.v.Name, m.Name), Vars: map[string]*source.Variable{},
		Kids: map[string]*source.Space{}, Over: s.v.Over,
		Depth: s.sp.Depth + 1, Macro: m, Args: map[string]bool{}, Caller: s.sp}
	for i, p := range m.Parms {
		argument(s, e, sp, m, p, i)
	}
	// The macro's own stocks and tables are linked like those of a model. They come after the
	// variables so far, so that the equations pass reaches them, too.
	before := len(s.Vars)
	s.Model.Fill(sp, m.Node)
	if len(s.Vars) >= source.MaxVariables {
		return s.nothing(e)
	}
	for _, v := range s.Vars[before:] {
		s.TableOf(v)
	}
	s.Linker.FlowsOfSpace(s.Vars[before:])
	s.v.Note(model.Equivalent, "the macro %s is written out", m.Name)
	return macroValue(s, e, sp, m)
}

// argument makes a variable of one argument.
// An argument that is a plain name stands for the variable itself, so that a macro may read a
// graphical function or the delay state of a stock; any other becomes an auxiliary over the
// dimensions of the caller.
func argument(s *scope, e *expr.Call, sp *source.Space, m *source.Macro, p *scan.Node, i int) {
	key := naming.Canonical(p.Text().Value)
	sp.Args[key] = true
	n := p
	value := s.nothing(e)
	switch deflt, has := p.Attr("default"); {
	case i < len(e.Args):
		// a plain name stands for itself, a graphical function too
		if r, ok := e.Args[i].(*expr.Ref); ok && r.Index == nil {
			if v := s.sp.Find(r.Path, s.Top); v != nil {
				sp.Vars[key] = v
				return
			}
		}
		value = s.expr(e.Args[i])
	case has:
		inner := s.inner()
		inner.text = deflt
		inner.called = calledFrom(s, e, p)
		list, mistakes := s.Grammar().Parse(deflt.Value)
		if mistakes == nil && len(list) == 1 {
			value = inner.expr(list[0])
			break
		}
		fallthrough
	default:
		s.wrong(e, model.ArgumentCount, "", "the macro %s takes %d arguments, not %d", m.Name, len(m.Parms),
			len(e.Args))
	}
	v := &source.Variable{Node: n, Space: sp, Kind: model.KindAux, Name: sp.Path + p.Text().Value, Over: s.v.Over,
		Hidden: true, Grade: model.Exact, Eqn: n}
	v.Ours = s.Take(naming.Snake(v.Name), "_value")
	out := s.Model.NewVariable(v, v.Ours, model.KindAux)
	out.Equation = s.Text(v, value, s.span(e))
	v.Out = []*model.Variable{out}
	sp.Vars[key] = v
	s.Model.Vars = append(s.Model.Vars, v)
}

// macroValue returns the macro's own equation, in the place of the call.
// Its names are those of the macro's space; its elements are those of the caller.
func macroValue(s *scope, e *expr.Call, sp *source.Space, m *source.Macro) equation.Expr {
	n := m.Node.Kid("eqn")
	if n == nil {
		return s.wrong(e, model.MissingElement, "", "the macro %s has no equation", m.Name)
	}
	list, mistakes := s.Grammar().Parse(n.Text().Value)
	if mistakes != nil || len(list) != 1 {
		return s.wrong(e, model.Syntax, "", "the equation of the macro %s cannot be read: %s", m.Name,
			strings.TrimSpace(n.Text().Value))
	}
	inner := &scope{
		Lowerer: s.Lowerer, nodes: s.nodes, mistakes: s.mistakes, v: s.v, sp: sp, text: n.Text(),
		over: s.over, element: s.element, initial: s.initial, called: calledFrom(s, e, n),
	}
	return inner.expr(list[0])
}

// calledFrom returns the place of a call of a macro for the nodes of the macro, if a node
// of it is in another file than the variable that calls it; else nil.
func calledFrom(s *scope, e *expr.Call, n *scan.Node) *equation.Span {
	if s.called != nil || s.Sources.Span(n.Start, n.Start).File == s.v.Node.Span(s.Sources).File {
		return s.called
	}
	at := s.at(e)
	return &at
}
