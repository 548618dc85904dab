package limit

import (
	"slices"

	"weir/model/resolved"
)

// neverNegative reports whether a variable is at least 0 by its equation alone, whatever
// constants a run sets within their ranges. A flow of which that is not certain is limited
// where it would drain a stock that is never negative. NaN counts as not negative: no limit
// can hold it.
func (r *Limiter) neverNegative(v *resolved.Variable) bool {
	known, asked := r.sure[v]
	if asked {
		return known
	}
	r.sure[v] = false // in a cycle nothing is certain
	r.sure[v] = r.variableNeverNegative(v)
	return r.sure[v]
}

// variableNeverNegative reports whether a variable is proved to be 0 or more. False means unknown.
func (r *Limiter) variableNeverNegative(v *resolved.Variable) bool {
	switch v.Kind {
	case resolved.Stock:
		return v.NonNegative
	case resolved.Constant, resolved.Decision:
		return v.HasRange && v.Range[0] >= 0
	case resolved.Flow, resolved.Aux:
		return len(v.Parts) > 0 && !slices.ContainsFunc(v.Parts, func(p *resolved.Part) bool {
			return !r.exprNeverNegative(p.Expr)
		})
	}
	return false
}

// exprNeverNegative reports whether an expression is proved to be 0 or more. The
// length of a step is above 0; other times of the clock may be negative. Draws are not looked into.
func (r *Limiter) exprNeverNegative(e resolved.Expr) bool {
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value >= 0
	case *resolved.Clock:
		return e.Kind == resolved.StepSize
	case *resolved.Ref:
		return r.neverNegative(e.Var)
	case *resolved.If:
		return r.exprNeverNegative(e.Then) && r.exprNeverNegative(e.Else)
	case *resolved.Reduce:
		return r.exprNeverNegative(e.X)
	case *resolved.Lookup:
		return e.Table.Beyond != resolved.Extend && !slices.ContainsFunc(e.Table.Points, belowZero)
	case *resolved.Apply:
		return r.operationNeverNegative(e)
	}
	return false
}

// belowZero reports whether a table has a point below 0.
func belowZero(points []resolved.Point) bool {
	return slices.ContainsFunc(points, func(p resolved.Point) bool { return p.Y < 0 })
}

// operationNeverNegative reports whether an operation on its arguments is proved to be 0 or more.
// For a maximum one such argument is enough. A remainder has the sign of its divisor.
func (r *Limiter) operationNeverNegative(e *resolved.Apply) bool {
	all := func() bool {
		return !slices.ContainsFunc(e.Args, func(x resolved.Expr) bool { return !r.exprNeverNegative(x) })
	}
	switch e.Op {
	case resolved.Abs, resolved.Sqrt, resolved.Exp, resolved.Cosh, resolved.Not, resolved.And, resolved.Or,
		resolved.Eq, resolved.Ne, resolved.Lt, resolved.Le, resolved.Gt, resolved.Ge:
		return true
	case resolved.Max:
		return slices.ContainsFunc(e.Args, r.exprNeverNegative)
	case resolved.Add, resolved.Mul, resolved.Div, resolved.SafeDiv, resolved.Min, resolved.Floor, resolved.Trunc,
		resolved.Round, resolved.Ceil:
		return all()
	case resolved.Pow:
		return r.exprNeverNegative(e.Args[0])
	case resolved.Mod:
		return r.exprNeverNegative(e.Args[1])
	}
	return false
}
