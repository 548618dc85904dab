package model

import "weir/model/resolved"

// signs knows which values of a model cannot be negative. Constants are judged by
// their range, or by their value if they have none; auxiliaries by their equations.
// A stock is not negative if it starts so and, were it 0, its net flow would not be
// negative (the subtangential condition of M. Nagumo, 1942); all stocks are assumed
// to be so and the assumption is taken back until it holds for all that are left.
type signs struct {
	r      *resolved.Model
	states map[*resolved.Variable]bool  // stocks and memories that may be negative
	known  map[*resolved.Variable]value // of other variables, under the present assumption
	zero   *resolved.Variable           // a stock that is taken to be 0
}

// A value is what is known about a number's sign.
type value int8

const (
	any0   value = iota // nothing
	zero                // it is 0
	nonNeg              // it is 0 or more
	nonPos              // it is 0 or less
	open                // being found out
)

func newSigns(r *resolved.Model) *signs {
	s := &signs{r: r, states: map[*resolved.Variable]bool{}}
	for again := true; again; {
		again = false
		for _, v := range r.Variables {
			if (v.Kind == resolved.Stock || v.Kind == resolved.Memory) && !s.states[v] && !s.stays(v) {
				s.states[v] = true
				again = true
			}
		}
	}
	s.under(nil)
	return s
}

// under changes the assumption.
func (s *signs) under(zero *resolved.Variable) {
	s.zero, s.known = zero, map[*resolved.Variable]value{}
}

// stays reports whether a stock or memory cannot become negative.
func (s *signs) stays(v *resolved.Variable) bool {
	s.under(nil)
	if !s.positive(v.Parts) || v.Kind == resolved.Memory && !s.positive(v.Input) {
		return false
	}
	s.under(v)
	net := zero
	for _, f := range v.Inflows {
		net = plus(net, s.of(f))
	}
	for _, f := range v.Outflows {
		net = plus(net, negated(s.of(f)))
	}
	return net == zero || net == nonNeg
}

func (s *signs) positive(parts []*resolved.Part) bool {
	got := s.parts(parts)
	return got == zero || got == nonNeg
}

// of is what is known about a variable.
func (s *signs) of(v *resolved.Variable) value {
	switch v.Kind {
	case resolved.Stock, resolved.Memory:
		if v == s.zero {
			return zero
		}
		if s.states[v] {
			return any0
		}
		return nonNeg
	case resolved.Constant, resolved.Decision:
		if v.HasRange {
			return ofRange(v.Range[0], v.Range[1])
		}
	}
	known, ok := s.known[v]
	if known == open {
		return any0 // only a model that is not sound could get here
	}
	if !ok {
		s.known[v] = open
		known = s.parts(v.Parts)
		s.known[v] = known
	}
	return known
}

func (s *signs) parts(parts []*resolved.Part) value {
	if len(parts) == 0 {
		return any0
	}
	out := s.expr(parts[0].Expr)
	for _, p := range parts[1:] {
		out = either(out, s.expr(p.Expr))
	}
	return out
}

// ofRange is what is known about a number between two others.
func ofRange(low, high float64) value {
	switch {
	case low == 0 && high == 0:
		return zero
	case low >= 0:
		return nonNeg
	case high <= 0:
		return nonPos
	}
	return any0
}

// expr is what is known about an expression.
func (s *signs) expr(e resolved.Expr) value {
	switch e := e.(type) {
	case *resolved.Const:
		return ofRange(e.Value, e.Value)
	case *resolved.Clock:
		if e.Kind == resolved.StepSize || s.r.Time.Start >= 0 {
			return nonNeg
		}
	case *resolved.Ref:
		return s.of(e.Var)
	case *resolved.If:
		return either(s.expr(e.Then), s.expr(e.Else))
	case *resolved.Reduce:
		if x := s.expr(e.X); e.Op != resolved.Prod || x == nonNeg {
			return x
		}
	case *resolved.Lookup:
		return s.table(e)
	case *resolved.Apply:
		return s.apply(e)
	case *resolved.Draw:
		return s.draw(e)
	}
	return any0
}

// table is what is known about a lookup's value: of all that its points span, or of
// its value at 0.
func (s *signs) table(e *resolved.Lookup) value {
	if s.expr(e.X) == zero {
		out := zero
		for i, points := range e.Table.Points {
			at0 := tableAt(points, 0, e.Table.Beyond)
			if v := ofRange(at0, at0); i == 0 {
				out = v
			} else {
				out = either(out, v)
			}
		}
		return out
	}
	if e.Table.Beyond == resolved.Extend {
		return any0
	}
	low, high := 0.0, 0.0
	for _, points := range e.Table.Points {
		for _, p := range points {
			low, high = min(low, p.Y), max(high, p.Y)
		}
	}
	return ofRange(low, high)
}

// tableAt reads a table, straight between its points.
func tableAt(points []resolved.Point, x float64, beyond resolved.Beyond) float64 {
	n := len(points)
	if n == 0 {
		return 0
	}
	i := 1
	for i < n-1 && points[i].X < x {
		i++
	}
	inside := x >= points[0].X && x <= points[n-1].X
	switch {
	case n > 1 && (inside || beyond == resolved.Extend):
		a, b := points[i-1], points[i]
		return a.Y + float64((x-a.X)*(b.Y-a.Y))/(b.X-a.X)
	case x < points[0].X:
		return points[0].Y
	}
	return points[n-1].Y
}

func (s *signs) draw(e *resolved.Draw) value {
	switch e.Dist {
	case resolved.LogNormal, resolved.Poisson:
		return nonNeg
	case resolved.Uniform, resolved.Triangular:
		if low := s.expr(e.Args[0]); low == nonNeg || low == zero {
			return nonNeg
		}
	}
	return any0
}

// apply is what is known about an operation's value.
func (s *signs) apply(e *resolved.Apply) value {
	arg := func(i int) value { return s.expr(e.Args[i]) }
	switch e.Op {
	case resolved.Add:
		return plus(arg(0), arg(1))
	case resolved.Sub:
		return plus(arg(0), negated(arg(1)))
	case resolved.Neg:
		return negated(arg(0))
	case resolved.Mul:
		return times(arg(0), arg(1))
	case resolved.Div:
		return quotient(arg(0), arg(1))
	case resolved.SafeDiv:
		return either(quotient(arg(0), arg(1)), arg(2))
	case resolved.Pow:
		return s.power(e)
	case resolved.Mod:
		return arg(1)
	case resolved.Min:
		out := arg(0)
		for i := range e.Args {
			out = lesser(out, arg(i))
		}
		return out
	case resolved.Max:
		out := negated(arg(0))
		for i := range e.Args {
			out = lesser(out, negated(arg(i)))
		}
		return negated(out)
	case resolved.Floor, resolved.Ceil, resolved.Trunc, resolved.Round, resolved.Asin, resolved.Atan:
		return arg(0)
	case resolved.Abs, resolved.Sqrt:
		if arg(0) == zero {
			return zero
		}
		return nonNeg
	case resolved.Exp, resolved.Acos, resolved.Lt, resolved.Le, resolved.Gt, resolved.Ge, resolved.Eq, resolved.Ne,
		resolved.And, resolved.Or, resolved.Not:
		return nonNeg
	}
	return any0
}

func (s *signs) power(e *resolved.Apply) value {
	base := s.expr(e.Args[0])
	switch c, ok := e.Args[1].(*resolved.Const); {
	case base == zero && ok && c.Value > 0:
		return zero
	case base == nonNeg, base == zero:
		return nonNeg
	case ok && c.Value == 2:
		return nonNeg
	}
	return any0
}

func negated(a value) value {
	switch a {
	case nonNeg:
		return nonPos
	case nonPos:
		return nonNeg
	}
	return a
}

func plus(a, b value) value {
	switch {
	case a == zero:
		return b
	case b == zero, a == b:
		return a
	}
	return any0
}

func times(a, b value) value {
	switch {
	case a == zero || b == zero:
		return zero
	case a == any0 || b == any0:
		return any0
	case a == b:
		return nonNeg
	}
	return nonPos
}

// quotient is times, but nothing is known about x/0.
func quotient(a, b value) value {
	if b == zero {
		return any0
	}
	return times(a, b)
}

// either is what is known about a number that is one of two.
func either(a, b value) value {
	switch {
	case a == b || b == zero:
		return a
	case a == zero:
		return b
	}
	return any0
}

// lesser is what is known about the smaller of two numbers.
func lesser(a, b value) value {
	switch {
	case a == nonPos || b == nonPos:
		return nonPos
	case a == zero && b == zero, a == zero && b == nonNeg, a == nonNeg && b == zero:
		return zero
	case a == zero || b == zero:
		return nonPos
	case a == nonNeg && b == nonNeg:
		return nonNeg
	}
	return any0
}
