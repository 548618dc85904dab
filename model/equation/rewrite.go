package equation

// Rewrite returns a copy of a tree in which at gives each node its place, and instead gives another
// node for one whose parts are rewritten already, or nil to keep it. What instead returns is taken
// as it is.
func Rewrite(e Expr, at func(Span) Span, instead func(Expr) Expr) Expr {
	again := func(e Expr) Expr { return Rewrite(e, at, instead) }
	var out Expr
	switch e := e.(type) {
	case *Number:
		out = &Number{at(e.Span), e.Value, e.Text}
	case *Name:
		out = &Name{at(e.Span), e.Name, at(e.NameSpan), places(e.Index, at)}
	case *Unary:
		out = &Unary{at(e.Span), e.Op, again(e.X)}
	case *Binary:
		out = &Binary{at(e.Span), e.Op, at(e.OpSpan), again(e.X), again(e.Y)}
	case *If:
		out = &If{at(e.Span), again(e.Cond), again(e.Then), again(e.Else)}
	case *Call:
		c := &Call{at(e.Span), e.Func, at(e.FuncSpan), places(e.Index, at), make([]Expr, len(e.Args))}
		for i, a := range e.Args {
			c.Args[i] = again(a)
		}
		out = c
	}
	if other := instead(out); other != nil {
		return other
	}
	return out
}

// places returns subscripts at other places; nil for nil.
func places(list []Index, at func(Span) Span) []Index {
	if list == nil {
		return nil
	}
	out := make([]Index, len(list))
	for i, x := range list {
		out[i] = x
		out[i].Span = at(x.Span)
	}
	return out
}

// Size returns the number of nodes of a tree, or a number over most once there are more.
func Size(e Expr, most int) int {
	n := 0
	Walk(e, func(Expr) bool {
		n++
		return n <= most
	})
	return n
}
