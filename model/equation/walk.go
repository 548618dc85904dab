package equation

// Walk visits e and everything in it, a node before its parts, from left to right.
// Where visit returns false the parts are passed over. A nil e is not visited.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	for _, part := range parts(e) {
		Walk(part, visit)
	}
}

// parts returns the expressions directly below one, in the order of the text.
func parts(e Expr) []Expr {
	switch e := e.(type) {
	case *Unary:
		return []Expr{e.X}
	case *Binary:
		return []Expr{e.X, e.Y}
	case *If:
		return []Expr{e.Cond, e.Then, e.Else}
	case *Call:
		return e.Args
	}
	return nil
}
