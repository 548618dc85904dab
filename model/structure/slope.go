package structure

import "weir/model/resolved"

// walk visits every reference to a variable in an expression, with the sign of the expression's
// derivative by it and the loops of the reductions around it. Sign and over are those of the
// expression itself.
func (s *signs) walk(e resolved.Expr, sign Sign, over []*resolved.Loop,
	visit func(*resolved.Ref, Sign, []*resolved.Loop)) {
	switch e := e.(type) {
	case *resolved.Ref:
		visit(e, sign, over)
	case *resolved.Apply:
		for i, a := range e.Args {
			s.walk(a, sign*s.slope(e, i), over, visit)
		}
	case *resolved.If:
		s.walk(e.Cond, Unknown, over, visit)
		s.walk(e.Then, sign, over, visit)
		s.walk(e.Else, sign, over, visit)
	case *resolved.Reduce:
		inner := append(append([]*resolved.Loop(nil), over...), e.Loops...)
		if e.Op == resolved.Prod {
			sign *= s.expr(e.X, nil).direction()
		}
		s.walk(e.X, sign, inner, visit)
	case *resolved.Lookup:
		s.walk(e.X, sign*rise(e.Table), over, visit)
	case *resolved.Draw:
		effect := Unknown
		if e.Dist == resolved.Held {
			effect = sign
		}
		for _, a := range e.Args {
			s.walk(a, effect, over, visit)
		}
	case *resolved.ArrayCall:
		for _, a := range e.Args {
			s.walk(a.X, Unknown, append(append([]*resolved.Loop(nil), over...), a.Loops...), visit)
		}
	}
}

// slope returns the sign of the derivative of an operation by its i-th argument.
func (s *signs) slope(e *resolved.Apply, i int) Sign {
	of := func(arg int) Sign { return s.expr(e.Args[arg], nil).direction() }
	if slope := e.Op.Slope(); slope != 0 {
		return Sign(slope)
	}
	switch e.Op {
	case resolved.And, resolved.Or: // true is all but 0
		return of(i)
	case resolved.Not:
		return -of(i)
	case resolved.Sub, resolved.Gt, resolved.Ge:
		return Positive - 2*Sign(i)
	case resolved.Lt, resolved.Le:
		return Negative + 2*Sign(i)
	case resolved.Mul:
		return of(1 - i)
	case resolved.Div, resolved.SafeDiv:
		switch i {
		case 0:
			return of(1)
		case 1:
			if of(1) == Unknown {
				return Unknown // it may change its sign, and the quotient leap
			}
			return -of(0)
		}
		return Positive
	case resolved.Abs, resolved.Cosh:
		return of(0)
	case resolved.Pow:
		if i == 0 && s.expr(e.Args[0], nil).low >= 0 {
			return of(1)
		}
	}
	return Unknown
}

// rise returns the sign of a table's slope, Unknown if it is not the same everywhere. Steps of a
// height of 0 count neither way; a table that is level everywhere is Unknown.
func rise(t *resolved.Table) Sign {
	up, down := false, false
	for _, points := range t.Points {
		for i := 1; i < len(points); i++ {
			up = up || points[i].Y > points[i-1].Y
			down = down || points[i].Y < points[i-1].Y
		}
	}
	switch {
	case up && !down:
		return Positive
	case down && !up:
		return Negative
	}
	return Unknown
}
