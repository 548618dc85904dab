package sim

import (
	"weir/model/resolved"
	"weir/sim/maths"
)

// fold computes the parts that depend on no variable at all. It changes no result: only
// whole operations on numbers are done ahead, by the functions that would do them.
func fold(e resolved.Expr) resolved.Expr {
	switch e := e.(type) {
	case *resolved.Apply:
		return foldApply(e)
	case *resolved.If:
		return foldIf(e)
	case *resolved.Reduce:
		return &resolved.Reduce{Op: e.Op, Loops: e.Loops, X: fold(e.X)}
	case *resolved.Lookup:
		return &resolved.Lookup{Table: e.Table, At: e.At, X: fold(e.X)}
	case *resolved.Draw:
		return &resolved.Draw{Dist: e.Dist, Args: foldAll(e.Args), Key: e.Key, Loops: e.Loops}
	}
	if w, ok := e.(*resolved.ArrayCall); ok {
		return foldWhole(w)
	}
	return e
}

// foldWhole folds the arguments of a function of whole arrays; the function itself stays.
func foldWhole(e *resolved.ArrayCall) resolved.Expr {
	out := &resolved.ArrayCall{Fn: e.Fn, Over: e.Over, At: e.At}
	for _, a := range e.Args {
		out.Args = append(out.Args, &resolved.ArrayArgument{Loops: a.Loops, X: fold(a.X)})
	}
	return out
}

// foldAll returns folded copies of trees in their order.
func foldAll(list []resolved.Expr) []resolved.Expr {
	out := make([]resolved.Expr, len(list))
	for i, e := range list {
		out[i] = fold(e)
	}
	return out
}

// foldApply computes an operation on constants. The result has the bits of the same operation in a
// run, since both call the same function.
func foldApply(e *resolved.Apply) resolved.Expr {
	args := foldAll(e.Args)
	var x [3]float64
	for i, a := range args {
		k, ok := a.(*resolved.Const)
		if !ok || i >= len(x) {
			return &resolved.Apply{Op: e.Op, Args: args}
		}
		x[i] = k.Value
	}
	if len(args) != ops[e.Op].args {
		return &resolved.Apply{Op: e.Op, Args: args}
	}
	value := maths.Apply(e.Op, x[0], x[1], x[2])
	if value-value != 0 { // what made it must be found if a run ends of it
		return &resolved.Apply{Op: e.Op, Args: args}
	}
	return &resolved.Const{Value: value}
}

// foldIf takes the branch of a constant condition; the other is gone, and with it what only it
// reads.
func foldIf(e *resolved.If) resolved.Expr {
	cond := fold(e.Cond)
	if k, ok := cond.(*resolved.Const); ok {
		if k.Value != 0 {
			return fold(e.Then)
		}
		return fold(e.Else)
	}
	return &resolved.If{Cond: cond, Then: fold(e.Then), Else: fold(e.Else)}
}
