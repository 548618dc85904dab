package structure

import (
	"math"

	"weir/model/resolved"
)

// apply returns the bounds of an operation's value.
func (s *signs) apply(e *resolved.Apply, own *resolved.Part) bounds {
	args := make([]bounds, len(e.Args))
	for i, a := range e.Args {
		args[i] = s.expr(a, own)
	}
	x := args[0]
	switch e.Op {
	case resolved.Add:
		return x.plus(args[1])
	case resolved.Sub:
		return x.plus(args[1].negated())
	case resolved.Neg:
		return x.negated()
	case resolved.Mul:
		return x.times(args[1])
	case resolved.Div:
		return x.times(args[1].inverse())
	case resolved.SafeDiv:
		return x.times(args[1].inverse()).hull(args[2])
	case resolved.Pow:
		return power(x, args[1])
	case resolved.Min, resolved.Max:
		return extreme(e.Op, args)
	}
	return ofFunction(e.Op, args)
}

// extreme returns the bounds of the least, or greatest, of numbers.
func extreme(op resolved.Op, args []bounds) bounds {
	out := args[0]
	for _, b := range args[1:] {
		if op == resolved.Min {
			out = bounds{min(out.low, b.low), min(out.high, b.high)}
		} else {
			out = bounds{max(out.low, b.low), max(out.high, b.high)}
		}
	}
	return out
}

// ofFunction returns the bounds of a function that is no arithmetic.
func ofFunction(op resolved.Op, args []bounds) bounds {
	x := args[0]
	switch op {
	case resolved.Abs:
		if x.low >= 0 {
			return x
		}
		return bounds{max(0, -x.high), max(-x.low, x.high)}
	case resolved.Floor:
		return bounds{math.Floor(x.low), math.Floor(x.high)}
	case resolved.Ceil:
		return bounds{math.Ceil(x.low), math.Ceil(x.high)}
	case resolved.Trunc:
		return bounds{math.Trunc(x.low), math.Trunc(x.high)}
	case resolved.Round:
		return bounds{math.Round(x.low), math.Round(x.high)}
	case resolved.Sqrt:
		return bounds{math.Sqrt(max(0, x.low)), math.Sqrt(max(0, x.high))}
	case resolved.Mod:
		return signOf(args[1], 0)
	}
	if at, ok := op.Zero(); ok {
		return signOf(x, at)
	}
	low, high := op.Bounds()
	return bounds{low, high}
}

// signOf returns the bounds of a rising function that is 0 at x. Only the sign is told: from 0 on,
// or up to 0.
func signOf(b bounds, x float64) bounds {
	switch {
	case b.low >= x:
		return notNegative
	case b.high <= x:
		return notNegative.negated()
	}
	return anything
}

// power returns the bounds of a power. A base that is not negative has a power that is not
// negative; so has any base with an even exponent. Bounds closer than that need a fixed positive
// exponent, for which the power rises with the base.
func power(base, exponent bounds) bounds {
	c := exponent.low
	switch {
	case base.low >= 0 && exponent.low == exponent.high && c > 0:
		return bounds{math.Pow(base.low, c), math.Pow(base.high, c)}
	case base.low >= 0, c == exponent.high && math.Mod(c, 2) == 0:
		return notNegative
	}
	return anything
}

// hull returns the bounds of a number that is within b or within c.
func (b bounds) hull(c bounds) bounds { return bounds{min(b.low, c.low), max(b.high, c.high)} }

// negated returns the bounds of -x.
func (b bounds) negated() bounds { return bounds{-b.high, -b.low} }

// plus returns the bounds of a sum.
func (b bounds) plus(c bounds) bounds { return bounds{b.low + c.low, b.high + c.high} }

// times returns the bounds of a product. 0 times infinity is 0: nothing of something boundless.
func (b bounds) times(c bounds) bounds {
	out := bounds{math.Inf(1), math.Inf(-1)}
	for _, x := range []float64{b.low, b.high} {
		for _, y := range []float64{c.low, c.high} {
			p := 0.0
			if x != 0 && y != 0 {
				p = x * y
			}
			out = out.hull(bounds{p, p})
		}
	}
	return out
}

// inverse returns the bounds of 1/x. Of a number that is 0 nothing is known; one that may be 0
// is taken not to be.
func (b bounds) inverse() bounds {
	switch {
	case b.low == 0 && b.high == 0, b.low < 0 && b.high > 0:
		return anything
	case b.low == 0:
		return bounds{1 / b.high, math.Inf(1)}
	case b.high == 0:
		return bounds{math.Inf(-1), 1 / b.low}
	}
	return bounds{1 / b.high, 1 / b.low}
}

// direction returns the sign of a factor's effect. It is Unknown for a factor that is 0 throughout,
// and for one whose bounds have both signs.
func (b bounds) direction() Sign {
	switch {
	case b.low >= 0 && b.high > 0:
		return Positive
	case b.high <= 0 && b.low < 0:
		return Negative
	}
	return Unknown
}
