package macro

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"weir/model/vensim/internal/syntax"
)

// An instance is one call of a macro, written out.
type instance struct {
	*expansion
	macro  *macro                 // the one that is called
	call   *syntax.Call           // where it is called
	nth    int                    // counted over all calls of the macro
	prefix string                 // of the names of the variables that it makes
	alone  *syntax.Equation       // the macro's own equation, which becomes the owner's; nil: a variable beside it
	over   []syntax.Sub           // ranges that the call's equation is over, and those it runs over in a reduction
	bang   map[string]bool        // which of over are of a reduction around the call
	bind   map[string]syntax.Expr // arguments
}

// subscripts finds the ranges that the instance is over.
// Ranges in a call of a reduction among the arguments belong to that call.
func (i *instance) subscripts() {
	i.bang = map[string]bool{}
	for _, s := range i.owner.Subs {
		if i.ranges[s.Key] != nil {
			i.over = append(i.over, s)
		}
	}
	for _, a := range i.call.Args {
		syntax.Walk(a, func(e syntax.Expr) bool {
			if r, ok := e.(*syntax.Ref); ok {
				for _, s := range r.Subs {
					if s.Bang && !i.bang[s.Key] {
						i.bang[s.Key] = true
						i.over = append(i.over, syntax.Sub{Span: s.Span, Name: s.Name, Key: s.Key, Bang: false})
					}
				}
			}
			return !isReduction(e)
		})
	}
}

// isReduction reports whether a call combines the elements that ! marks.
func isReduction(e syntax.Expr) bool {
	c, ok := e.(*syntax.Call)
	return ok && slices.Contains([]string{"sum", "vmin", "vmax", "prod", "vector_select"}, c.Key)
}

// arguments binds the macro's inputs: names, numbers and formulas that it reads once
// directly, other formulas to equations of their own.
func (i *instance) arguments() {
	for k, a := range i.call.Args {
		a = unbang(a)
		name := i.macro.inputs[k]
		switch a.(type) {
		case *syntax.Ref, *syntax.Num, *syntax.Str:
			i.bind[name] = a
			continue
		}
		if i.macro.reads(name) == 1 {
			i.bind[name] = a
			continue
		}
		i.add(&syntax.Equation{Statement: i.owner.Unmeasured(), NameSpan: a.Pos()}, name, a)
		i.bind[name] = i.local(name, a.Pos())
	}
}

// reads counts the places at which a macro's equations read an input.
// It counts an array and a lookup as more than one place, for both need a name.
func (m *macro) reads(input string) int {
	n := 0
	for _, eq := range m.equations {
		syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
			switch e := e.(type) {
			case *syntax.Ref:
				if e.Key == input {
					n++
					n += 2 * len(e.Subs) // of an array: a name is needed
				}
			case *syntax.Call:
				if e.Key == input {
					n += 2 // a lookup
				}
			}
			return true
		})
	}
	return n
}

// unbang takes the marks of reductions off, for the instance runs over them itself.
// The expression itself stays as it is; a reduction within it keeps its marks.
func unbang(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Ref:
		out := *e
		out.Subs = slices.Clone(e.Subs)
		for k := range out.Subs {
			out.Subs[k].Bang = false
		}
		return &out
	case *syntax.Unary:
		return &syntax.Unary{Span: e.Span, Op: e.Op, X: unbang(e.X)}
	case *syntax.Infix:
		return &syntax.Infix{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: unbang(e.X), Y: unbang(e.Y)}
	case *syntax.Call:
		if isReduction(e) {
			return e
		}
		out := *e
		out.Args = nil
		for _, a := range e.Args {
			out.Args = append(out.Args, unbang(a))
		}
		return &out
	}
	return e
}

// write adds the macro's equations with the instance's names.
// The numbers that all calls share are written with the first of them.
func (i *instance) write() {
	for _, eq := range i.macro.equations {
		switch {
		case eq.Broken:
		case eq == i.alone:
			i.become(eq)
		case i.macro.numbers[eq.Key] == shared && i.macro.calls > 1:
		default:
			copied := *eq
			copied.Statement = &syntax.Statement{Equation: eq.Equation, Units: eq.Units, Group: i.owner.Group}
			copied.Arguments = i.bind
			i.add(&copied, eq.Key, i.inside(eq.Expr))
		}
	}
	for k, out := range i.call.Outs {
		eq := &syntax.Equation{Statement: i.owner.Unmeasured(), Name: out.Name, Key: out.Key, NameSpan: out.Span,
			Subs: out.Subs, Derived: true, After: i.root()}
		eq.Expr = i.local(i.macro.outputs[k], out.Span)
		if r := eq.Expr.(*syntax.Ref); len(out.Subs) == len(i.over) {
			r.Subs = append(slices.Clone(out.Subs), r.Subs[len(i.over):]...)
		}
		i.equations = append(i.equations, eq)
		i.derived++
	}
}

// become makes the calling equation of the macro's own; the units of that count where
// the caller has none.
// The statement is copied before it gets the units, since equations may share it.
func (i *instance) become(eq *syntax.Equation) {
	i.owner.Expr = i.inside(eq.Expr)
	inner := &expansion{Macros: i.Macros, owner: i.owner, parent: i}
	i.owner.Expr = inner.in(i.owner.Expr)
	if !i.hasUnits(i.owner) {
		measured := *i.owner.Statement
		measured.Units = eq.Units
		i.owner.Statement, i.owner.Arguments = &measured, i.bind
	}
}

// hasUnits reports whether an equation's units are known before the calls' arguments
// are: it has units, and they name no input of a macro and no variable outside of one.
func (ms *Macros) hasUnits(eq *syntax.Equation) bool {
	text := syntax.UnitText(ms.src, eq)
	known := text != ""
	if eq.Arguments == nil {
		return known
	}
	syntax.EachUnit(text, func(name string) string {
		key := syntax.Key(name)
		_, bound := eq.Arguments[key]
		known = known && !bound && !strings.HasSuffix(key, "$")
		return name
	})
	return known
}

// isNumber reports whether a macro's equation is a plain number, the same for every
// element.
func isNumber(eq *syntax.Equation) bool {
	return eq.Kind == syntax.EqValue && eq.Expr != nil && syntax.IsWritten(eq.Expr) && len(eq.Subs)+len(eq.Except) == 0
}

// root returns the equation of the file for which the instance is written out.
func (i *instance) root() string { return cmp.Or(i.owner.After, i.owner.Key) }

// add puts an equation of the instance among the model's, and writes out the macros
// that it calls.
// local is the name in the macro. The equation is over the ranges of the call and then over its
// own.
func (i *instance) add(eq *syntax.Equation, local string, e syntax.Expr) {
	prefix := i.prefix
	if i.macro.numbers[local] == shared {
		prefix = i.macro.name
	}
	eq.Name = prefix + " " + cmp.Or(eq.Name, local)
	if local == i.macro.key {
		eq.Name = prefix
	}
	own := i.local(local, eq.NameSpan)
	eq.Key, eq.Derived, eq.Expr, eq.After = own.Key, true, e, i.root()
	eq.Subs = append(own.Subs, eq.Subs...)
	i.equations = append(i.equations, eq)
	i.derived++
	if eq.Expr != nil {
		inner := &expansion{Macros: i.Macros, owner: eq, parent: i}
		eq.Expr = inner.in(eq.Expr)
	}
}

// key returns the name of a local variable among the model's; nobody can write it.
// The zero bytes keep it apart from every name of the file.
func (i *instance) key(local string) string {
	return fmt.Sprintf("%s\x00%d\x00%s", i.macro.key, i.nth, local)
}

// local returns a mention of a local variable from within the instance.
func (i *instance) local(name string, at syntax.Span) *syntax.Ref {
	switch {
	case i.macro.numbers[name] == shared:
		return &syntax.Ref{Span: at, Name: name, Key: i.macro.key + "\x00\x00" + name, Subs: nil}
	case i.macro.numbers[name] == perCall:
		return &syntax.Ref{Span: at, Name: name, Key: i.key(name), Subs: nil}
	case i.alone != nil && name == i.macro.key:
		return &syntax.Ref{Span: at, Name: i.owner.Name, Key: i.owner.Key, Subs: slices.Clone(i.owner.Subs)}
	}
	return &syntax.Ref{Span: at, Name: name, Key: i.key(name), Subs: slices.Clone(i.over)}
}

// result returns a mention of the instance's result from the calling equation.
// Ranges of a reduction around the call get their marks back.
func (i *instance) result(name string) syntax.Expr {
	r := i.local(name, i.call.Span)
	for k := range r.Subs {
		r.Subs[k].Bang = i.bang[r.Subs[k].Key]
	}
	return r
}

// inside returns an expression of the macro with the instance's names.
func (i *instance) inside(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Ref:
		return i.name(e)
	case *syntax.Unary:
		return &syntax.Unary{Span: e.Span, Op: e.Op, X: i.inside(e.X)}
	case *syntax.Infix:
		return &syntax.Infix{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: i.inside(e.X), Y: i.inside(e.Y)}
	case *syntax.Call:
		out := *e
		out.Args = nil
		for _, a := range e.Args {
			out.Args = append(out.Args, i.inside(a))
		}
		i.lookupName(&out)
		return &out
	}
	return e
}

// name returns the expression behind a name in the macro. A dollar sign at its end marks one of
// the model's own.
func (i *instance) name(e *syntax.Ref) syntax.Expr {
	if a, ok := i.bind[e.Key]; ok {
		// The macro subscripts an array that the caller names without subscripts.
		if r, isRef := a.(*syntax.Ref); isRef && len(e.Subs) > 0 && len(r.Subs) < len(e.Subs) {
			return &syntax.Ref{Span: e.Span, Name: r.Name, Key: r.Key, Subs: e.Subs}
		}
		return a
	}
	if i.macro.locals[e.Key] {
		r := i.local(e.Key, e.Span)
		r.Subs = append(r.Subs, e.Subs...)
		return r
	}
	out := *e
	out.Key = strings.TrimRight(strings.TrimSuffix(e.Key, "$"), "_")
	return &out
}

// lookupName lets a macro call a lookup that is its argument, or one of its own.
func (i *instance) lookupName(c *syntax.Call) {
	if a, ok := i.bind[c.Key].(*syntax.Ref); ok {
		c.Name, c.Key, c.Subs = a.Name, a.Key, a.Subs
		return
	}
	if i.macro.locals[c.Key] && i.byKey[c.Key] == nil {
		r := i.local(c.Key, c.NameSpan)
		c.Key, c.Subs = r.Key, append(r.Subs, c.Subs...)
	}
}
