package vensim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// maxDerived bounds how many equations macros may be written out to.
const maxDerived = 200_000

// A macro is equations that every call writes out anew, over the subscripts of the
// calling equation.
type macro struct {
	name, key string
	at        syntax.Span
	inputs    []string // keys
	outputs   []string // keys of further results
	equations []*syntax.Equation
	locals    map[string]bool
	numbers   map[string]number // what locals are that are plain numbers
	calls     int
	open      bool // being written out
}

// A number is how a macro's local that is a plain number is written out.
type number uint8

const (
	perCall number = iota + 1 // its units are those of an input
	shared                    // once for all calls
)

// findNumbers finds the locals that are plain numbers.
func (m *macro) findNumbers(src string) {
	defined := map[string]int{}
	for _, eq := range m.equations {
		m.locals[eq.Key] = true
		defined[eq.Key]++
	}
	for _, eq := range m.equations {
		if eq.Key == m.key || defined[eq.Key] > 1 || !isNumber(eq) || slices.Contains(m.outputs, eq.Key) {
			continue
		}
		m.numbers[eq.Key] = shared
		eachUnit(src[eq.Units.Start:eq.Units.End], func(name string) string {
			if slices.Contains(m.inputs, syntax.Fold(name)) {
				m.numbers[eq.Key] = perCall
			}
			return name
		})
	}
}

// macroLine reads the head or the end of a macro.
func (im *importer) macroLine(st syntax.Statement, in *macro) *macro {
	head := syntax.ParseMacroHead(im.src, st.Equation)
	if head.Ends {
		if in == nil {
			im.ErrorAt(model.Syntax, st.Equation, "", "a macro ends here, but none has begun")
		}
		return nil
	}
	if in != nil {
		im.ErrorAt(model.Syntax, st.Equation, "write :END OF MACRO: before it", "a macro begins within the macro %s", in.name)
	}
	m := &macro{name: head.Name, key: syntax.Fold(head.Name), at: head.At, inputs: head.Inputs, outputs: head.Outputs, locals: map[string]bool{}, numbers: map[string]number{}}
	if im.macros[m.key] != nil {
		im.ErrorAt(model.DuplicateName, m.at, "", "the macro %s is defined twice", m.name)
	} else {
		im.macroOrder = append(im.macroOrder, m)
	}
	im.macros[m.key] = m
	return m
}

// expandMacros writes out every call of a macro.
func (im *importer) expandMacros() {
	for _, m := range im.macroOrder {
		m.findNumbers(im.src)
	}
	for i := 0; i < len(im.equations); i++ { // what is made is appended, and expanded in its turn within call
		eq := im.equations[i]
		if !eq.Derived && eq.Expr != nil {
			x := &expansion{importer: im, owner: eq}
			eq.Expr = x.in(eq.Expr)
		}
	}
	for _, m := range im.macroOrder {
		how := fmt.Sprintf("a macro, written out at each of its %d calls", m.calls)
		switch m.calls {
		case 0:
			how = "a macro that nothing calls"
		case 1:
			how = "a macro, written out where it is called"
		}
		im.Row(m.name, "", model.Equivalent, how, m.at)
	}
}

// An expansion writes out the macros in one equation.
type expansion struct {
	*importer
	owner  *syntax.Equation
	parent *instance // the call within which it is; nil: an equation of the file
}

// in is an expression with the results of macros for their calls.
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
		if m := x.macros[e.Key]; m != nil {
			return x.call(e, m)
		}
	}
	return e
}

// call writes out one call and gives what stands for it.
func (x *expansion) call(e *syntax.Call, m *macro) syntax.Expr {
	switch {
	case m.open:
		x.ErrorAt(model.Circle, e.NameSpan, "", "the macro %s calls itself%s", m.name, x.through(m))
		return &syntax.Num{Span: e.Span, Text: "0"}
	case len(e.Args) != len(m.inputs):
		x.ErrorAt(model.ArgumentCount, e.Span, "", "the macro %s takes %d arguments, not %d", m.name, len(m.inputs), len(e.Args))
		return &syntax.Num{Span: e.Span, Text: "0"}
	case len(e.Outs) > len(m.outputs):
		x.ErrorAt(model.ArgumentCount, e.Span, "", "the macro %s gives %d further results, not %d", m.name, len(m.outputs), len(e.Outs))
		return &syntax.Num{Span: e.Span, Text: "0"}
	case !m.locals[m.key]:
		x.ErrorAt(model.UnknownName, m.at, "", "the macro %s has no equation of its own name", m.name)
		return &syntax.Num{Span: e.Span, Text: "0"}
	case x.derived > maxDerived:
		if x.derived < 2*maxDerived {
			x.derived = 2 * maxDerived
			x.ErrorAt(model.TooComplex, e.Span, "", "written out, the macros make more than %d equations", maxDerived)
		}
		return &syntax.Num{Span: e.Span, Text: "0"}
	}
	m.calls++
	m.open = true
	i := &instance{expansion: x, macro: m, call: e, alone: x.standsAlone(e, m), prefix: fmt.Sprintf("%s %s", x.owner.Name, m.name), bind: map[string]syntax.Expr{}}
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

// standsAlone is the macro's own equation, if a call is all that its equation holds: the
// two are then one variable.
func (x *expansion) standsAlone(e *syntax.Call, m *macro) *syntax.Equation {
	if x.owner.Expr != syntax.Expr(e) || x.owner.Kind != syntax.EqValue || len(e.Outs) > 0 {
		return nil
	}
	var own *syntax.Equation
	for _, eq := range m.equations {
		switch {
		case eq.Key != m.key:
		case own != nil || eq.Kind != syntax.EqValue || eq.Expr == nil || len(eq.Subs)+len(eq.Except) > 0 || isWritten(eq.Expr):
			return nil
		default:
			own = eq
		}
	}
	return own
}

// An instance is one call of a macro, written out.
type instance struct {
	*expansion
	macro  *macro
	call   *syntax.Call
	nth    int
	prefix string
	alone  *syntax.Equation       // the macro's own equation, which becomes the owner's; nil: a variable beside it
	over   []syntax.Sub           // ranges that the call's equation is over, and those it runs over in a reduction
	bang   map[string]bool        // which of over are of a reduction around the call
	bind   map[string]syntax.Expr // arguments
}

// subscripts finds the ranges that the instance is over.
func (i *instance) subscripts() {
	i.bang = map[string]bool{}
	for _, s := range i.owner.Subs {
		if i.Ranges[s.Key] != nil {
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
		eq := &syntax.Equation{Statement: i.owner.Unmeasured(), Name: out.Name, Key: out.Key, NameSpan: out.Span, Subs: out.Subs, Derived: true, After: i.root()}
		eq.Expr = i.local(i.macro.outputs[k], out.Span)
		if r := eq.Expr.(*syntax.Ref); len(out.Subs) == len(i.over) {
			r.Subs = append(slices.Clone(out.Subs), r.Subs[len(i.over):]...)
		}
		i.equations = append(i.equations, eq)
		i.importer.derived++
	}
}

// become makes the calling equation of the macro's own; the units of that count where
// the caller has none.
func (i *instance) become(eq *syntax.Equation) {
	i.owner.Expr = i.inside(eq.Expr)
	inner := &expansion{importer: i.importer, owner: i.owner, parent: i}
	i.owner.Expr = inner.in(i.owner.Expr)
	if i.unitsOf(i.owner, 0) == "" {
		measured := *i.owner.Statement
		measured.Units = eq.Units
		i.owner.Statement, i.owner.Arguments = &measured, i.bind
	}
}

// isNumber reports whether a macro's equation is a plain number, the same for every
// element.
func isNumber(eq *syntax.Equation) bool {
	return eq.Kind == syntax.EqValue && eq.Expr != nil && isWritten(eq.Expr) && len(eq.Subs)+len(eq.Except) == 0
}

// root is the equation of the file for which the instance is written out.
func (i *instance) root() string { return cmp.Or(i.owner.After, i.owner.Key) }

// add puts an equation of the instance among the model's, and writes out the macros
// that it calls.
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
	i.importer.equations = append(i.importer.equations, eq)
	i.importer.derived++
	if eq.Expr != nil {
		inner := &expansion{importer: i.importer, owner: eq, parent: i}
		eq.Expr = inner.in(eq.Expr)
	}
}

// key is the name of a local variable among the model's; nobody can write it.
func (i *instance) key(local string) string {
	return fmt.Sprintf("%s\x00%d\x00%s", i.macro.key, i.nth, local)
}

// local is a mention of a local variable from within the instance.
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

// result is a mention of the instance's result from the calling equation.
func (i *instance) result(name string) syntax.Expr {
	r := i.local(name, i.call.Span)
	for k := range r.Subs {
		r.Subs[k].Bang = i.bang[r.Subs[k].Key]
	}
	return r
}

// inside is an expression of the macro with the instance's names.
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

// name is what a name in the macro stands for. A dollar sign at its end marks one of
// the model's own.
func (i *instance) name(e *syntax.Ref) syntax.Expr {
	if a, ok := i.bind[e.Key]; ok {
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

// lookupName lets a macro call a lookup that was given to it, or one of its own.
func (i *instance) lookupName(c *syntax.Call) {
	if a, ok := i.bind[c.Key].(*syntax.Ref); ok {
		c.Name, c.Key, c.Subs = a.Name, a.Key, a.Subs
		return
	}
	if i.macro.locals[c.Key] && i.macros[c.Key] == nil {
		r := i.local(c.Key, c.NameSpan)
		c.Key, c.Subs = r.Key, append(r.Subs, c.Subs...)
	}
}
