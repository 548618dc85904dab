package vensim

import (
	"math"
	"slices"
	"weir/model/vensim/internal/syntax"
)

// A profile is a priority profile: curves by an array whose last subscript names what
// they are made of, and a quantity for each.
type profile struct {
	quantity, curves *syntax.Ref
	of               *variable
	columns          []string // elements of the last subscript: type, priority, width
}

// profile reads the quantities and the curves of an allocation. The first element may
// stand for all; the fourth column is for constant elasticity only, of which Vensim
// publishes no formula.
func (l *lowering) profile(c *syntax.Call, quantity, curves syntax.Expr) (*profile, bool) {
	q, ok1 := quantity.(*syntax.Ref)
	p, ok2 := curves.(*syntax.Ref)
	if !ok1 || !ok2 || len(q.Subs) == 0 || len(p.Subs) < 2 {
		l.fail(c.Span, "", "%s takes an array of quantities and one of priority profiles", c.Name)
		return nil, false
	}
	n := len(p.Subs)
	v := l.vars[p.Key]
	if v == nil || len(v.over) != n || !slices.Contains(v.over[n-1].elements, p.Subs[n-1].Key) {
		l.fail(p.Span, "", "the priority profile names no element for its type")
		return nil, false
	}
	columns := v.over[n-1].elements[slices.Index(v.over[n-1].elements, p.Subs[n-1].Key):]
	if len(columns) < 3 {
		l.fail(p.Span, "", "the priority profile needs four columns: type, priority, width and extra")
		return nil, false
	}
	if kind, known := l.unknownCurve(v, columns[0]); known {
		l.fail(p.Span, "types 0 to 4 are supported", "the priority profile has a curve of type %g, for which Vensim publishes no formula", kind)
		return nil, false
	}
	return &profile{q, p, v, columns[:3]}, true
}

// unknownCurve finds a type of curve, among those written as numbers, that is not
// supported: constant elasticity, and those that give whole numbers.
func (l *lowering) unknownCurve(v *variable, column string) (kind float64, found bool) {
	last := v.over[len(v.over)-1]
	at := slices.Index(last.elements, column)
	for i, eq := range v.equations {
		if _, number := syntax.Literal(eq.Expr); !number && eq.Kind != syntax.EqNumbers {
			continue
		}
		l.numbersOf(v, i, eq, func(element int, x float64) {
			if element%len(last.elements) == at && !(x >= 0 && x <= 4 && x == math.Trunc(x)) {
				kind, found = x, true
			}
		})
	}
	return kind, found
}

// whole makes the quantities and the curves run over all elements.
func (l *lowering) whole(p *profile) {
	n := len(p.curves.Subs)
	p.quantity = l.wholeLast(p.quantity)
	if s := l.wholeSub(p.curves.Subs[n-2], p.of.over[n-2]); s.Key != "" {
		p.curves = p.with(n-2, s)
	}
}

// with are the curves with another subscript.
func (p *profile) with(at int, s syntax.Sub) *syntax.Ref {
	out := *p.curves
	out.Subs = slices.Clone(p.curves.Subs)
	out.Subs[at] = s
	return &out
}

// put writes the quantities and the columns of the curves, over all elements or each for
// its own.
func (l *lowering) putProfile(c *syntax.Call, p *profile, over bool) {
	starred := func(e *syntax.Ref, key string) {
		if over {
			l.star(e, key)
			return
		}
		l.expr(e, ofIf)
	}
	starred(p.quantity, p.quantity.Subs[len(p.quantity.Subs)-1].Key)
	n := len(p.curves.Subs)
	for _, column := range p.columns {
		s := p.curves.Subs[n-1]
		s.Key = column
		l.w.put(", ", c.NameSpan)
		starred(p.with(n-1, s), p.curves.Subs[n-2].Key)
	}
}

// allocateAvailable passes the columns of the priority profile one by one.
func (l *lowering) allocateAvailable(c *syntax.Call) {
	p, ok := l.profile(c, c.Args[0], c.Args[1])
	if !ok {
		return
	}
	l.whole(p)
	l.w.put("allocate_available(", c.NameSpan)
	l.putProfile(c, p, true)
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[2], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

// marketPrice is FIND MARKET PRICE, with a profile of demand and one of supply.
func (l *lowering) marketPrice(c *syntax.Call) {
	demand, ok := l.profile(c, c.Args[0], c.Args[1])
	if !ok {
		return
	}
	supply, ok := l.profile(c, c.Args[2], c.Args[3])
	if !ok {
		return
	}
	l.whole(demand)
	l.whole(supply)
	l.w.put("market_price(", c.NameSpan)
	l.putProfile(c, demand, true)
	l.w.put(", ", c.NameSpan)
	l.putProfile(c, supply, true)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

// atPrice is DEMAND AT PRICE or SUPPLY AT PRICE.
func (l *lowering) atPrice(c *syntax.Call) {
	p, ok := l.profile(c, c.Args[0], c.Args[1])
	if !ok {
		return
	}
	l.w.put(c.Key+"(", c.NameSpan)
	l.putProfile(c, p, false)
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[2], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}
