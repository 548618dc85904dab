package advice

import (
	"math"

	"weir/model/resolved"
)

// maxGainEffort bounds how many nodes are read to find one gain, since auxiliaries that read
// others twice would make it exponential.
const maxGainEffort = 10_000

// A gain finds the derivative of an expression by a stock where constants determine it: the
// expression is linear in the stock, in each branch of a min, max or if. Other stocks count
// as fixed.
type gain struct {
	stock *resolved.Variable
	// the length of a step, which equations may read as dt
	step float64
	// nodes read so far, at most maxGainEffort
	effort int
}

// of returns the derivative, false if it is not known. Over elements and branches it is the
// one of the largest magnitude.
func (g *gain) of(e resolved.Expr) (float64, bool) {
	if g.effort++; g.effort > maxGainEffort {
		return 0, false
	}
	switch e := e.(type) {
	case *resolved.Const, *resolved.Clock:
		return 0, true
	case *resolved.Ref:
		return g.variable(e.Var)
	case *resolved.If:
		return g.steepest(e.Then, e.Else)
	case *resolved.Reduce:
		x, ok := g.of(e.X)
		return x, ok && (x == 0 || e.Op == resolved.Sum)
	case *resolved.Apply:
		return g.operation(e)
	}
	for _, x := range resolved.Children(e) {
		if x, ok := g.of(x); !ok || x != 0 {
			return 0, false
		}
	}
	return 0, true
}

// variable returns the derivative of a variable. Constants and other stocks do not move with the
// stock, so their derivative is 0.
func (g *gain) variable(v *resolved.Variable) (float64, bool) {
	switch {
	case v == g.stock:
		return 1, true
	case v.Kind != resolved.Aux && v.Kind != resolved.Flow:
		return 0, true
	}
	steepest := 0.0
	for _, p := range v.Parts {
		x, ok := g.of(p.Expr)
		if !ok {
			return 0, false
		}
		steepest = steeper(steepest, x)
	}
	return steepest, true
}

// steeper returns the number of the larger magnitude, x if both are alike.
func steeper(x, y float64) float64 {
	if math.Abs(y) > math.Abs(x) {
		return y
	}
	return x
}

// steepest returns the steepest of some alternatives.
func (g *gain) steepest(exprs ...resolved.Expr) (float64, bool) {
	out := 0.0
	for _, e := range exprs {
		x, ok := g.of(e)
		if !ok {
			return 0, false
		}
		out = steeper(out, x)
	}
	return out, true
}

// operation returns the derivative of an operation. A product counts if one factor follows from
// constants alone. The quotient takes the divisor of the smallest magnitude, which makes it
// steepest; a divisor that may be 0 or change its sign leaves it unknown.
func (g *gain) operation(e *resolved.Apply) (float64, bool) {
	if e.Op == resolved.Min || e.Op == resolved.Max {
		return g.bounded(e)
	}
	slopes := make([]float64, len(e.Args))
	flat := true
	for i, arg := range e.Args {
		x, ok := g.of(arg)
		if !ok {
			return 0, false
		}
		slopes[i] = x
		flat = flat && x == 0
	}
	switch {
	case flat:
		return 0, true
	case e.Op == resolved.Add:
		return slopes[0] + slopes[1], true
	case e.Op == resolved.Sub:
		return slopes[0] - slopes[1], true
	case e.Op == resolved.Neg:
		return -slopes[0], true
	case e.Op == resolved.Mul && slopes[1] == 0:
		c, ok := g.number(e.Args[1])
		return slopes[0] * c.largest(), ok
	case e.Op == resolved.Mul && slopes[0] == 0:
		c, ok := g.number(e.Args[0])
		return slopes[1] * c.largest(), ok
	case e.Op == resolved.Div && slopes[1] == 0:
		c, ok := g.number(e.Args[1])
		return slopes[0] / c.smallest(), ok && c.low*c.high > 0
	}
	return 0, false
}

// bounded returns the derivative of a min or max of an expression and literals, such as
// max(0, gap/time). Another limit may bind all the time, and then the gain is not known.
func (g *gain) bounded(e *resolved.Apply) (float64, bool) {
	var open []resolved.Expr
	for _, x := range e.Args {
		if _, literal := x.(*resolved.Const); !literal {
			open = append(open, x)
		}
	}
	slope, ok := g.steepest(open...)
	return slope, ok && (slope == 0 || len(open) == 1)
}

// A span is the lowest and highest value of a constant expression over its elements.
type span struct{ low, high float64 }

// largest returns the value of the largest magnitude.
func (s span) largest() float64 { return steeper(s.low, s.high) }

// smallest returns the value of the smallest magnitude.
func (s span) smallest() float64 {
	if math.Abs(s.low) < math.Abs(s.high) {
		return s.low
	}
	return s.high
}

// hull returns a span that has both.
func (s span) hull(t span) span { return span{min(s.low, t.low), max(s.high, t.high)} }

// number returns the values of an expression of constants, as the model gives them.
func (g *gain) number(e resolved.Expr) (span, bool) {
	if g.effort++; g.effort > maxGainEffort {
		return span{}, false
	}
	switch e := e.(type) {
	case *resolved.Const:
		return span{e.Value, e.Value}, true
	case *resolved.Clock:
		return span{g.step, g.step}, e.Kind == resolved.StepSize
	case *resolved.Ref:
		return g.constant(e.Var)
	case *resolved.Apply:
		return g.computed(e)
	}
	return span{}, false
}

// constant returns the values of a variable that follows from constants. An auxiliary counts if all
// its equations follow from constants.
func (g *gain) constant(v *resolved.Variable) (span, bool) {
	switch v.Kind {
	case resolved.Constant, resolved.Decision, resolved.Aux:
	default:
		return span{}, false
	}
	out := span{math.Inf(1), math.Inf(-1)}
	for _, p := range v.Parts {
		x, ok := g.number(p.Expr)
		if !ok {
			return span{}, false
		}
		out = out.hull(x)
	}
	return out, len(v.Parts) > 0
}

// computed returns the values of an operation: all combinations of the ends of its arguments. The
// operations are monotonic in each argument, so their extremes are at the ends.
func (g *gain) computed(e *resolved.Apply) (span, bool) {
	switch e.Op {
	case resolved.Add, resolved.Sub, resolved.Mul, resolved.Div, resolved.Neg, resolved.Min, resolved.Max:
	default:
		return span{}, false
	}
	combinations := [][]float64{nil}
	for _, arg := range e.Args {
		x, ok := g.number(arg)
		if !ok || e.Op == resolved.Div && len(combinations[0]) == 1 && !(x.low*x.high > 0) {
			return span{}, false
		}
		var next [][]float64
		for _, c := range combinations {
			next = append(next, append(c[:len(c):len(c)], x.low), append(c[:len(c):len(c)], x.high))
		}
		combinations = next
	}
	out := span{math.Inf(1), math.Inf(-1)}
	for _, c := range combinations {
		x := e.Op.Of(c...)
		out = out.hull(span{x, x})
	}
	return out, true
}
