package macro

import (
	"fmt"
	"strings"
	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// An expansion writes out the macros in one equation.
type expansion struct {
	*Macros
	owner  *syntax.Equation // whose expression is written out
	parent *instance        // the call within which it is; nil: an equation of the file
}

// maxName bounds the names of variables that nested calls make, in bytes: they would grow
// with the depth of the calls.
const maxName = 200

// prefix returns the beginning of the names of the variables that a call of m makes: the
// owner's name and the macro's, or that of the file's own equation where they are too long.
func (x *expansion) prefix(m *macro) string {
	if len(x.owner.Name)+len(m.name) < maxName {
		return x.owner.Name + " " + m.name
	}
	top := x
	for top.parent != nil {
		top = top.parent.expansion
	}
	return top.owner.Name + " … " + m.name
}

// in returns an expression with the results of macros for their calls.
func (x *expansion) in(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Unary:
		e.X = x.in(e.X)
	case *syntax.Infix:
		e.X, e.Y = x.in(e.X), x.in(e.Y)
	case *syntax.Call:
		for i := range e.Args {
			e.Args[i] = x.in(e.Args[i])
		}
		if m := x.byKey[e.Key]; m != nil {
			return x.call(e, m)
		}
	}
	return e
}

// call writes out one call and returns the expression to put in its place.
func (x *expansion) call(e *syntax.Call, m *macro) syntax.Expr {
	switch {
	case m.open:
		x.ErrorAt(model.Cycle, e.NameSpan, "", "the macro %s calls itself%s", m.name, x.through(m))
		return &syntax.Num{Span: e.Span, Text: "0"}
	case len(e.Args) != len(m.inputs):
		x.ErrorAt(model.ArgumentCount, e.Span, "", "the macro %s takes %d arguments, not %d", m.name, len(m.inputs),
			len(e.Args))
		return &syntax.Num{Span: e.Span, Text: "0"}
	case len(e.Outs) > len(m.outputs):
		x.ErrorAt(model.ArgumentCount, e.Span, "", "the macro %s gives %d further results, not %d", m.name,
			len(m.outputs), len(e.Outs))
		return &syntax.Num{Span: e.Span, Text: "0"}
	case !m.locals[m.key]:
		x.ErrorAt(model.UnknownName, m.at, "", "the macro %s has no equation of its own name", m.name)
		return &syntax.Num{Span: e.Span, Text: "0"}
	case x.derived+x.weight(m) > maxDerived:
		if x.derived < 2*maxDerived {
			x.derived = 2 * maxDerived
			x.ErrorAt(model.TooComplex, e.Span, "", "written out, the macros make more than %d equations", maxDerived)
		}
		return &syntax.Num{Span: e.Span, Text: "0"}
	}
	m.calls++
	m.open = true
	i := &instance{expansion: x, macro: m, call: e, alone: x.standsAlone(e, m),
		prefix: x.prefix(m), bind: map[string]syntax.Expr{}}
	if i.nth = m.calls; x.prefixes[i.prefix] {
		i.prefix = fmt.Sprintf("%s %d", i.prefix, m.calls)
	}
	x.prefixes[i.prefix] = true
	i.subscripts()
	i.arguments()
	i.write()
	m.open = false
	if i.alone != nil {
		return i.owner.Expr
	}
	return i.result(m.key)
}

// weight returns how many equations a call of a macro makes at least, with those of the
// calls within it, but no more than maxDerived+1: calls of calls can double at each level.
func (ms *Macros) weight(m *macro) int {
	if m.weight > 0 || m.open {
		return m.weight
	}
	m.open = true // a macro that calls itself is reported when it is written out
	n := len(m.equations)
	for _, eq := range m.equations {
		syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
			if c, ok := e.(*syntax.Call); ok && ms.byKey[c.Key] != nil {
				n = min(n+ms.weight(ms.byKey[c.Key]), maxDerived+1)
			}
			return true
		})
	}
	m.open, m.weight = false, n
	return n
}

// through says by which other macros one calls itself, "" if it does so directly.
func (x *expansion) through(m *macro) string {
	var names []string
	for i := x.parent; i != nil && i.macro != m; i = i.parent {
		names = append([]string{i.macro.name}, names...)
	}
	if names == nil {
		return ""
	}
	return ": " + strings.Join(append(append([]string{m.name}, names...), m.name), " → ")
}

// standsAlone returns the macro's own equation, if a call is all that its equation holds: the
// two are then one variable.
func (x *expansion) standsAlone(e *syntax.Call, m *macro) *syntax.Equation {
	if x.owner.Expr != syntax.Expr(e) || x.owner.Kind != syntax.EqValue || len(e.Outs) > 0 {
		return nil
	}
	var own *syntax.Equation
	for _, eq := range m.equations {
		switch {
		case eq.Key != m.key:
		case own != nil || eq.Kind != syntax.EqValue || eq.Expr == nil || len(eq.Subs)+len(eq.Except) > 0 ||
			syntax.IsWritten(eq.Expr):
			return nil
		default:
			own = eq
		}
	}
	return own
}
