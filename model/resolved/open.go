package resolved

import "math"

// Open reports for each variable, by ID, whether it may hold an infinity or NaN that the
// model writes itself: the words inf and nan, "no limit" and "no value", and all that is
// computed from them. Of other variables such a value is a mistake, and of a stock it always
// is: nothing that a run integrates may be infinite.
func (m *Model) Open() []bool {
	// Every variable that reads an open one is open: what an operation makes of an infinity
	// depends on numbers that only the run has.
	open := make([]bool, len(m.Variables))
	readers := make([][]int, len(m.Variables)) // by ID: those whose equations read the variable
	var left []int
	mark := func(v int) {
		if !open[v] {
			open[v] = true
			left = append(left, v)
		}
	}
	var in func(v int, e Expr)
	in = func(v int, e Expr) {
		switch e := e.(type) {
		case *Const:
			if math.IsInf(e.Value, 0) || math.IsNaN(e.Value) {
				mark(v)
			}
		case *Ref:
			readers[e.Var.ID] = append(readers[e.Var.ID], v)
		}
		for _, x := range Children(e) {
			in(v, x)
		}
	}
	for _, v := range m.Variables {
		if v.Kind == Stock {
			continue
		}
		for _, parts := range [][]*Part{v.Parts, v.Input} {
			for _, p := range parts {
				in(v.ID, p.Expr)
			}
		}
	}
	for len(left) > 0 {
		v := left[len(left)-1]
		left = left[:len(left)-1]
		for _, r := range readers[v] {
			mark(r)
		}
	}
	return open
}
