package resolved

// Children returns the expressions directly inside e, in order; nil if there are none. They
// belong to e: do not change them.
func Children(e Expr) []Expr {
	switch e := e.(type) {
	case *Apply:
		return e.Args
	case *If:
		return []Expr{e.Cond, e.Then, e.Else}
	case *Reduce:
		return []Expr{e.X}
	case *Lookup:
		return []Expr{e.X}
	case *Draw:
		return e.Args
	case *ArrayCall:
		list := make([]Expr, len(e.Args))
		for i, a := range e.Args {
			list[i] = a.X
		}
		return list
	}
	return nil
}
