package structure

import (
	"math"
	"slices"

	"weir/model/resolved"
	"weir/model/table"
)

// signs knows bounds of a model's values, as far as they can be seen without a run; above all,
// which values cannot be negative. Constants and decisions are judged by their range, or by
// their value if they have none; auxiliaries by interval arithmetic (R. E. Moore, Interval
// Analysis, 1966). A stock is not negative if it starts so and, were it 0, its net flow would
// not be negative (the subtangential condition of M. Nagumo, 1942). All stocks are assumed to
// be so, and the assumption is taken back until it holds for all that are left.
type signs struct {
	r        *resolved.Model
	negative map[*resolved.Variable]bool   // stocks and memories that may be negative
	known    map[askedFor]bounds           // of other variables, under the present assumption
	zero     *resolved.Variable            // a stock of which one element is taken to be 0
	seen     map[*resolved.Variable]bounds // of values seen in a run, if signs are to hold there only
}

// An askedFor is a variable, at the element whose stock is taken to be 0 or at any.
type askedFor struct {
	v  *resolved.Variable
	at bool
}

// bounds are the lowest and highest value of a number; either may be infinite.
type bounds struct{ low, high float64 }

var (
	anything    = bounds{math.Inf(-1), math.Inf(1)}
	notNegative = bounds{0, math.Inf(1)}
)

// newSigns returns the signs of a model; with seen, those that hold where the values of a run
// are.
func newSigns(r *resolved.Model, seen Seen) *signs {
	s := &signs{r: r, negative: map[*resolved.Variable]bool{}, seen: map[*resolved.Variable]bounds{}}
	for _, v := range r.Variables {
		if !v.Hidden && seen != nil && v.Kind != resolved.Constant && v.Kind != resolved.Decision {
			if low, high, ok := seen(v.Name); ok {
				s.seen[v] = bounds{low, high}
			}
		}
	}
	for again := true; again; {
		again = false
		for _, v := range r.Variables {
			if (v.Kind == resolved.Stock || v.Kind == resolved.DelayState) && !s.negative[v] && !s.stays(v) {
				s.negative[v] = true
				again = true
			}
		}
	}
	s.suppose(nil)
	return s
}

// suppose changes the assumption about one element of a stock: nil for none.
func (s *signs) suppose(zero *resolved.Variable) {
	s.zero, s.known = zero, map[askedFor]bounds{}
}

// stays reports whether a stock or delay state cannot become negative. It looks at the lowest
// inflow and the highest outflow that are possible while the element is 0.
func (s *signs) stays(v *resolved.Variable) bool {
	s.suppose(nil)
	if s.parts(v.Parts, false).low < 0 || v.Kind == resolved.DelayState && s.parts(v.Input, false).low < 0 {
		return false
	}
	s.suppose(v)
	net := 0.0
	for _, f := range v.Inflows {
		net += s.of(f, true).low
	}
	for _, f := range v.Outflows {
		net -= s.of(f, true).high
	}
	return net >= 0
}

// of returns the bounds of a variable, at the element that is taken to be 0 or at any.
func (s *signs) of(v *resolved.Variable, at bool) bounds {
	if b, ok := s.seen[v]; ok {
		return b
	}
	switch {
	case v == s.zero && at:
		return bounds{}
	case v.Kind == resolved.Stock || v.Kind == resolved.DelayState:
		if s.negative[v] {
			return anything
		}
		return notNegative
	case v.HasRange:
		return bounds{v.Range[0], v.Range[1]}
	}
	known, ok := s.known[askedFor{v, at}]
	if !ok {
		s.known[askedFor{v, at}] = anything // until it is found; auxiliaries have no cycles
		known = s.parts(v.Parts, at)
		if v.Kind == resolved.Decision && known.low >= 0 {
			known = notNegative // without a range, somebody may decide otherwise
		}
		s.known[askedFor{v, at}] = known
	}
	return known
}

// parts returns the bounds of a variable's equations together.
func (s *signs) parts(parts []*resolved.Part, at bool) bounds {
	if len(parts) == 0 {
		return anything
	}
	out := bounds{math.Inf(1), math.Inf(-1)}
	for _, p := range parts {
		own := p
		if !at {
			own = nil
		}
		out = out.hull(s.expr(p.Expr, own))
	}
	return out
}

// expr returns the bounds of an expression. Own is the part that it belongs to, if the part is
// read at the element that is taken to be 0.
func (s *signs) expr(e resolved.Expr, own *resolved.Part) bounds {
	switch e := e.(type) {
	case *resolved.Const:
		return bounds{e.Value, e.Value}
	case *resolved.Clock:
		return s.clock(e.Kind)
	case *resolved.Ref:
		return s.of(e.Var, own != nil && ownElement(e, own))
	case *resolved.If:
		return s.expr(e.Then, own).hull(s.expr(e.Else, own))
	case *resolved.Reduce:
		return s.reduce(e, own)
	case *resolved.Lookup:
		return s.table(e, own)
	case *resolved.Apply:
		return s.apply(e, own)
	case *resolved.Draw:
		return s.draw(e, own)
	}
	return anything
}

// ownElement reports whether a reference reads the element that its equation is for.
func ownElement(ref *resolved.Ref, p *resolved.Part) bool {
	if len(ref.At) != len(p.Loops) {
		return false
	}
	for i, at := range ref.At {
		loop := p.Loops[i]
		if ref.Var.Over[i] != loop.Dim {
			return false
		}
		fixed := at.Loop == nil && len(loop.At) == 1 && at.Fixed == loop.At[0]
		if !fixed && (at.Loop != loop || !slices.Equal(at.Map, loop.At)) {
			return false
		}
	}
	return true
}

// clock returns the bounds of a value of the clock.
func (s *signs) clock(k resolved.ClockKind) bounds {
	t := s.r.Time
	switch k {
	case resolved.StepSize:
		return bounds{0, t.Step}
	case resolved.StartTime:
		return bounds{t.Start, t.Start}
	case resolved.StopTime:
		return bounds{t.Stop, t.Stop}
	}
	return bounds{t.Start, t.Stop}
}

// reduce returns the bounds of a reduction over an array. A sum multiplies the bounds by the number
// of terms. A least or greatest element has the bounds of one.
func (s *signs) reduce(e *resolved.Reduce, own *resolved.Part) bounds {
	x := s.expr(e.X, own)
	switch e.Op {
	case resolved.Sum:
		n := 1.0
		for _, l := range e.Loops {
			n *= float64(len(l.At))
		}
		return x.times(bounds{n, n})
	case resolved.Prod:
		if x.low >= 0 {
			return notNegative
		}
		return anything
	}
	return x
}

// table returns the bounds of a lookup: its value, or the span of its points. Between the ends of
// its input a table is highest and lowest at one of its points, or at the ends.
func (s *signs) table(e *resolved.Lookup, own *resolved.Part) bounds {
	x := s.expr(e.X, own)
	out := bounds{math.Inf(1), math.Inf(-1)}
	for _, points := range e.Table.Points {
		if e.Table.Beyond != resolved.Extend {
			for _, p := range points {
				if p.X > x.low && p.X < x.high {
					out = out.hull(bounds{p.Y, p.Y})
				}
			}
		} else if x.low != x.high {
			return anything
		}
		for _, end := range []float64{x.low, x.high} {
			y := table.At(points, end, e.Table.Beyond)
			out = out.hull(bounds{y, y})
		}
	}
	return out
}

// draw returns the bounds of a random draw, as far as its distribution has any.
func (s *signs) draw(e *resolved.Draw, own *resolved.Part) bounds {
	switch e.Dist {
	case resolved.Held:
		return s.expr(e.Args[0], own)
	case resolved.LogNormal, resolved.Poisson:
		return notNegative
	case resolved.Uniform, resolved.Triangular:
		return bounds{s.expr(e.Args[0], own).low, s.expr(e.Args[len(e.Args)-1], own).high}
	}
	return anything
}
