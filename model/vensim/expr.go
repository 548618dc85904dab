package vensim

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/vensim/internal/syntax"
)

// at returns a place in the file as trees have it.
func at(s syntax.Span) equation.Span { return equation.Span(s) }

// none returns a tree for a part that could not be lowered, which is reported.
func none(s syntax.Span) equation.Expr { return equation.NewName(at(s), "na") }

// expr returns an expression in weir's language. Its spans are those of the file, so that
// messages of the checker point there. Once a part fails, the tree is only fit to be
// dropped.
func (l *lowering) expr(e syntax.Expr) equation.Expr {
	switch e := e.(type) {
	case *syntax.Num:
		return literal(e)
	case *syntax.Ref:
		return l.ref(e)
	case *syntax.Unary:
		return equation.NewUnary(signs[e.Op], at(e.Span), l.expr(e.X))
	case *syntax.Infix:
		return &equation.Binary{Span: at(e.Span), Op: operators[e.Op], OpSpan: at(e.OpSpan), X: l.expr(e.X),
			Y: l.expr(e.Y)}
	case *syntax.Call:
		if e.Key == syntax.Key(syntax.Unwritten) {
			l.leaveUnwritten(e)
			return none(e.Span)
		}
		return l.call(e)
	case *syntax.Held:
		return equation.NewCall(at(e.Span), at(e.Span), "previous", l.ref(e.X), l.expr(e.First))
	case *syntax.Table:
		l.fail(e.Span, "", "a lookup is used as a number")
	case *syntax.Str:
		l.fail(e.Span, "", "a text is used as a number")
	}
	return none(e.Pos())
}

// literal returns a number as the file has it, where weir's language has it so too.
func literal(e *syntax.Num) equation.Expr {
	if e.Text == "" || strings.Contains(e.Text, "_") || e.Value == syntax.NotAvailable {
		return number(e.Span, e.Value)
	}
	return &equation.Number{Span: at(e.Span), Value: e.Value, Text: e.Text}
}

// args returns the arguments of a call in weir's language.
func (l *lowering) args(c *syntax.Call) []equation.Expr {
	out := make([]equation.Expr, len(c.Args))
	for i, a := range c.Args {
		out[i] = l.expr(a)
	}
	return out
}

// call returns a call of a function or a lookup in weir's language.
func (l *lowering) call(c *syntax.Call) equation.Expr {
	if v := l.vars.byKey[c.Key]; v != nil {
		return l.lookupCall(v, c)
	}
	if c.Key == heldKey {
		return equation.NewCall(at(c.Span), at(c.NameSpan), "held", l.expr(c.Args[0]))
	}
	r := foreign.Vensim(c.Key)
	if r == nil {
		l.unknownFunction(c)
		return none(c.Span)
	}
	if n := len(c.Args); r.Grade != model.Unsupported && !r.Takes(n) {
		l.failWith(model.ArgumentCount, c.Span, "", "%s takes %s, not %d", c.Name, r.Arity(), n)
		return none(c.Span)
	}
	if special := specialFor(r.Special); special != nil {
		return special(l, c, r)
	}
	return l.plainCall(c, r, nil)
}

// plainCall returns a call with its meaning in the table of functions. Args are its arguments in
// weir's language; nil: in the way of all expressions.
func (l *lowering) plainCall(c *syntax.Call, r *foreign.Row, args []equation.Expr) equation.Expr {
	if args == nil && r.Grade != model.Unsupported {
		args = l.args(c)
	}
	tree, refusal := r.Lower(l.foreignCall(c, args))
	if refusal != nil {
		l.refuse(c, r, refusal)
		return none(c.Span)
	}
	return tree
}

// foreignCall returns a call as the table of functions takes it.
func (l *lowering) foreignCall(c *syntax.Call, args []equation.Expr) *foreign.Call {
	return &foreign.Call{
		At: at(c.Span), Name: at(c.NameSpan), Function: c.Name, Args: args,
		Constant: func(arg int) (float64, bool) { return l.constants.value(c.Args[arg]) },
		Start:    func(arg int) (float64, bool) { return l.constants.startValue(c.Args[arg]) },
		Fixed:    func(arg int) bool { return l.constants.readsConstants(c.Args[arg]) },
		Remark:   l.v.note,
		Stages:   l.clock.stages,
	}
}

// refuse reports why a call is not supported.
func (l *lowering) refuse(c *syntax.Call, r *foreign.Row, refusal *foreign.Refusal) {
	place := c.Span
	switch {
	case refusal.Arg >= 0:
		place = c.Args[refusal.Arg].Pos()
	case r.Grade == model.Unsupported:
		place = c.NameSpan
	}
	l.fail(place, refusal.Hint, "%s", refusal.Message)
}

// unknownFunction reports a function that Vensim does not have, and the name most like it.
func (l *lowering) unknownFunction(c *syntax.Call) {
	hint := ""
	if near := diagnostic.Nearest(c.Key, foreign.VensimNames()); near != "" && near != c.Key {
		hint = "did you mean " + foreign.Vensim(near).Vensim + "?"
	} else if near := l.vars.nearest(c.Key, l.v); near != "" {
		hint = near
	}
	l.fail(c.NameSpan, hint, "the function %s is not supported", c.Name)
}

// ofConstants reports whether a function of one argument is a constant if that is.
func ofConstants(key string) bool {
	r := foreign.Vensim(key)
	return r != nil && r.Least < 2
}

// lookupCall returns a lookup or a data variable at an argument.
func (l *lowering) lookupCall(v *variable, c *syntax.Call) equation.Expr {
	switch {
	case v.kind != model.KindLookup && v.kind != model.KindData:
		l.failWith(model.UnknownFunction, c.NameSpan, "to multiply, write * between them",
			"%s is neither a function nor a lookup", c.Name)
		return none(c.Span)
	case len(c.Args) != 1:
		l.failWith(model.ArgumentCount, c.Span, "", "the lookup %s takes one argument, not %d", c.Name, len(c.Args))
		return none(c.Span)
	}
	return &equation.Call{
		Span: at(c.Span), Func: v.ours, FuncSpan: at(c.NameSpan), Index: l.index(v, c.Subs, c.NameSpan),
		Args: []equation.Expr{l.expr(c.Args[0])},
	}
}
