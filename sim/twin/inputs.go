package twin

import "weir/model/resolved"

// Inputs returns the variables that a variable is computed from, each once, in the order of
// its equations: those of its value or initial value, of the input and the time of a delay
// state, and its flows. Hidden variables are among them.
func Inputs(v *resolved.Variable) []*resolved.Variable {
	var list []*resolved.Variable
	known := map[*resolved.Variable]bool{}
	add := func(u *resolved.Variable) {
		if !known[u] {
			known[u] = true
			list = append(list, u)
		}
	}
	var walk func(e resolved.Expr)
	walk = func(e resolved.Expr) {
		if r, ok := e.(*resolved.Ref); ok {
			add(r.Var)
		}
		for _, x := range resolved.Children(e) {
			walk(x)
		}
	}
	for _, parts := range [][]*resolved.Part{v.Parts, v.Input, v.Delay} {
		for _, p := range parts {
			walk(p.Expr)
		}
	}
	for _, f := range v.Inflows {
		add(f)
	}
	for _, f := range v.Outflows {
		add(f)
	}
	return list
}
