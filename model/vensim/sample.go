package vensim

import (
	"slices"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// samples lets SAMPLE IF TRUE read the variable that it defines, as in
// peak = SAMPLE IF TRUE(x > peak, x, x): it reads the value that it holds.
func samples(vars *variables) {
	for _, v := range vars.order {
		for _, eq := range v.equations {
			c, ok := eq.Expr.(*syntax.Call)
			if !ok || c.Key != "sample_if_true" || len(c.Args) != 3 {
				continue
			}
			for i := range 2 {
				was := c.Args[i]
				if c.Args[i] = hold(was, eq, c.Args[2]); c.Args[i] != was {
					v.note(model.Equivalent, "within SAMPLE IF TRUE, "+v.name+" is what it was a step before")
				}
			}
		}
	}
}

// hold returns an expression in which mentions of an equation's own variable are the value that it
// holds; the same expression if there are none.
func hold(e syntax.Expr, eq *syntax.Equation, first syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Ref:
		if e.Key == eq.Key && slices.EqualFunc(e.Subs, eq.Subs, func(a, b syntax.Sub) bool { return a.Key == b.Key }) {
			return &syntax.Held{Span: e.Span, X: e, First: first}
		}
	case *syntax.Unary:
		if x := hold(e.X, eq, first); x != e.X {
			return &syntax.Unary{Span: e.Span, Op: e.Op, X: x}
		}
	case *syntax.Infix:
		if x, y := hold(e.X, eq, first), hold(e.Y, eq, first); x != e.X || y != e.Y {
			return &syntax.Infix{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: x, Y: y}
		}
	case *syntax.Call:
		args := make([]syntax.Expr, len(e.Args))
		for i, a := range e.Args {
			args[i] = hold(a, eq, first)
		}
		if !slices.Equal(args, e.Args) {
			out := *e
			out.Args = args
			return &out
		}
	}
	return e
}
