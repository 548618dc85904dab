package resolved

// Rewrite returns an expression in which every mention of a variable is replaced by the result
// of mention, which may be the mention itself. The expression is not changed; the result shares
// loops and all nodes without a mention with it.
func Rewrite(e Expr, mention func(*Ref) Expr) Expr {
	again := func(list []Expr) []Expr {
		out := make([]Expr, len(list))
		for i, x := range list {
			out[i] = Rewrite(x, mention)
		}
		return out
	}
	switch e := e.(type) {
	case *Ref:
		return mention(e)
	case *Apply:
		return &Apply{Op: e.Op, Args: again(e.Args)}
	case *If:
		return &If{Cond: Rewrite(e.Cond, mention), Then: Rewrite(e.Then, mention), Else: Rewrite(e.Else, mention)}
	case *Reduce:
		return &Reduce{Op: e.Op, Loops: e.Loops, X: Rewrite(e.X, mention)}
	case *Lookup:
		return &Lookup{Table: e.Table, At: e.At, X: Rewrite(e.X, mention)}
	case *Draw:
		return &Draw{Dist: e.Dist, Args: again(e.Args), Key: e.Key, Loops: e.Loops}
	case *ArrayCall:
		out := &ArrayCall{Fn: e.Fn, Over: e.Over, At: e.At, Args: make([]*ArrayArgument, len(e.Args))}
		for i, a := range e.Args {
			out.Args[i] = &ArrayArgument{Loops: a.Loops, X: Rewrite(a.X, mention)}
		}
		return out
	}
	return e // a number or a clock
}
