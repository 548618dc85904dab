package vensim

import (
	"math"
	"slices"

	"weir/model"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/vensim/internal/syntax"
)

// arrayFunction is a function whose result is an array: it runs along the last subscript
// of its first argument. Each element of the result is one of the left side, and all of
// them read the whole argument.
func (l *lowering) arrayFunction(c *syntax.Call, r *foreign.Row) equation.Expr {
	key := l.lastRange(c.Args[0])
	if key == "" {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "%s takes an array with its range", c.Name)
		return none(c.Span)
	}
	args := make([]equation.Expr, len(c.Args))
	for i, a := range c.Args {
		args[i] = l.star(a, key)
	}
	return l.plainCall(c, r, args)
}

// star returns an argument that runs over ranges instead of following the left side: the
// subscript becomes range!. Ranges that run already, around the argument, stay so.
func (l *lowering) star(e syntax.Expr, keys ...string) equation.Expr {
	var added []string
	for _, k := range keys {
		if l.subs.Ranges[k] != nil && !l.starred[k] {
			l.starred[k] = true
			added = append(added, k)
		}
	}
	out := l.expr(e)
	for _, k := range added {
		delete(l.starred, k)
	}
	return out
}

// lastRange returns the key of the last range among the subscripts of the first array in
// an expression, "" if there is none.
func (l *lowering) lastRange(e syntax.Expr) string {
	key := ""
	syntax.Walk(e, func(e syntax.Expr) bool {
		if r, ok := e.(*syntax.Ref); ok && key == "" {
			for _, s := range r.Subs {
				if l.subs.Ranges[s.Key] != nil {
					key = s.Key
				}
			}
		}
		return key == ""
	})
	return key
}

// invertMatrix is INVERT MATRIX, along the last two subscripts. Vensim takes [row, row]
// for the whole matrix.
func (l *lowering) invertMatrix(c *syntax.Call, r *foreign.Row) equation.Expr {
	m, v := l.vars.named(c.Args[0])
	if m == nil || len(m.Subs) < 2 {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "INVERT MATRIX takes an array of at least two ranges")
		return none(c.Span)
	}
	n := len(m.Subs)
	if m.Subs[n-2].Key == m.Subs[n-1].Key && v != nil && len(v.over) == n && v.over[n-1].rng != nil {
		one := *m
		one.Subs = slices.Clone(m.Subs)
		one.Subs[n-1].Key = v.over[n-1].rng.Key
		m = &one
	}
	return l.plainCall(c, r, []equation.Expr{l.star(m, m.Subs[n-2].Key, m.Subs[n-1].Key)})
}

// allocateByPriority runs over the last ranges of its first two arguments.
func (l *lowering) allocateByPriority(c *syntax.Call, r *foreign.Row) equation.Expr {
	return l.plainCall(c, r, []equation.Expr{
		l.star(c.Args[0], l.lastRange(c.Args[0])), l.star(c.Args[1], l.lastRange(c.Args[1])),
		none(c.Span), // the number of elements, which the arrays tell
		l.expr(c.Args[3]), l.expr(c.Args[4]),
	})
}

// elementMap is an element of an array, counted from the one that is named, through
// the array row by row. Both count from 0 in Vensim; element_at counts from 1. The array is
// whole, its element's place is (row - 1) * length + column, and the offset is added.
func (l *lowering) elementMap(c *syntax.Call, _ *foreign.Row) equation.Expr {
	r, v := l.vars.named(c.Args[0])
	if v == nil || len(v.over) == 0 || len(r.Subs) != len(v.over) {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "VECTOR ELM MAP takes an element of an array")
		return none(c.Span)
	}
	name := at(c.NameSpan)
	array := equation.NewName(at(r.Span), v.ours)
	var position equation.Expr
	stride := v.size()
	for i, d := range v.over {
		array.Index = append(array.Index, equation.Index{Span: at(r.Subs[i].Span), Kind: equation.IndexStar})
		stride /= len(d.elements)
		term := l.indexIn(d, r.Subs[i])
		if i < len(v.over)-1 {
			before := equation.NewBinary(equation.Sub, name, term, number(c.NameSpan, 1))
			term = equation.NewBinary(equation.Mul, name, before, number(c.NameSpan, float64(stride)))
		}
		if position != nil {
			term = equation.NewBinary(equation.Add, name, position, term)
		}
		position = term
	}
	position = equation.NewBinary(equation.Add, name, position, l.expr(c.Args[1]))
	return equation.NewCall(at(c.Span), name, "element_at", array, position)
}

// reorder is the array in an order that another one has, counted from 0.
func (l *lowering) reorder(c *syntax.Call, r *foreign.Row) equation.Expr {
	array, ok := c.Args[0].(*syntax.Ref)
	if !ok || len(array.Subs) == 0 {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "VECTOR REORDER takes an array with its range")
		return none(c.Span)
	}
	return l.plainCall(c, r, []equation.Expr{l.star(array, array.Subs[len(array.Subs)-1].Key), l.expr(c.Args[1])})
}

// A profile is a priority profile: curves by an array whose last subscript names their
// type, priority and width, and a quantity for each. Weir's functions take the columns as
// arguments of their own, each an array over the same elements as the quantities.
type profile struct {
	quantity, curves *syntax.Ref // as the call has them, or over all elements
	of               *variable   // the variable of the curves
	columns          []string    // elements of the last subscript: type, priority, width
}

// profile reads the quantities and the curves of an allocation. The first element may
// stand for all; the fourth column is for constant elasticity only, of which Vensim
// publishes no formula.
func (l *lowering) profile(c *syntax.Call, quantity, curves syntax.Expr) (*profile, bool) {
	q, ok := quantity.(*syntax.Ref)
	p, v := l.vars.named(curves)
	if !ok || p == nil || len(q.Subs) == 0 || len(p.Subs) < 2 {
		l.fail(c.Span, "", "%s takes an array of quantities and one of priority profiles", c.Name)
		return nil, false
	}
	n := len(p.Subs)
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
		l.fail(p.Span, "types 0 to 4 are supported",
			"the priority profile has a curve of type %g, for which Vensim publishes no formula", kind)
		return nil, false
	}
	return &profile{q, p, v, columns[:3]}, true
}

// unknownCurve finds a type of curve, among those written as numbers, that is not
// supported: constant elasticity, and those that return whole numbers.
// A type that a formula or a file gives is not looked at.
func (l *lowering) unknownCurve(v *variable, column string) (kind float64, found bool) {
	last := v.over[len(v.over)-1]
	place := slices.Index(last.elements, column)
	for i, eq := range v.equations {
		if _, number := syntax.Constant(eq.Expr); !number && eq.Kind != syntax.EqNumbers {
			continue
		}
		l.read.numbersOf(v, i, func(element int, x float64) {
			if element%len(last.elements) == place && !(x >= 0 && x <= 4 && x == math.Trunc(x)) {
				kind, found = x, true
			}
		})
	}
	return kind, found
}

// curve returns the curves with another subscript.
// The result is a copy, and p stays as it is.
func (p *profile) curve(place int, s syntax.Sub) *syntax.Ref {
	out := *p.curves
	out.Subs = slices.Clone(p.curves.Subs)
	out.Subs[place] = s
	return &out
}

// whole makes the quantities and the curves run over all elements. Vensim's manual writes
// the first element of each, "request[first]", for the whole array.
func (l *lowering) whole(p *profile) {
	n := len(p.curves.Subs)
	p.quantity = l.wholeLast(p.quantity)
	if s := wholeSub(l, p.curves.Subs[n-2], p.of.over[n-2]); s.Key != "" {
		p.curves = p.curve(n-2, s)
	}
}

// wholeLast returns a mention of an array with a range for its last subscript, where that
// is an element: Vensim takes the first element for all.
func (l *lowering) wholeLast(r *syntax.Ref) *syntax.Ref {
	v := l.vars.byKey[r.Key]
	if v == nil || len(v.over) != len(r.Subs) {
		return r
	}
	out := *r
	out.Subs = slices.Clone(r.Subs)
	last := len(out.Subs) - 1
	out.Subs[last] = wholeSub(l, out.Subs[last], v.over[last])
	return &out
}

// wholeSub returns the range of a dimension for an element of it.
// A range, or a dimension that has none, leaves the subscript as it is.
func wholeSub(l *lowering, s syntax.Sub, d *dimension) syntax.Sub {
	if l.subs.Ranges[s.Key] == nil && d.rng != nil {
		s.Key, s.Name = d.rng.Key, d.rng.Name
	}
	return s
}

// profileArgs returns the quantities and the columns of the curves as arguments, over all
// elements or each for its own.
func (l *lowering) profileArgs(p *profile, over bool) []equation.Expr {
	lower := func(e *syntax.Ref, key string) equation.Expr {
		if over {
			return l.star(e, key)
		}
		return l.expr(e)
	}
	out := []equation.Expr{lower(p.quantity, p.quantity.Subs[len(p.quantity.Subs)-1].Key)}
	n := len(p.curves.Subs)
	for _, column := range p.columns {
		s := p.curves.Subs[n-1]
		s.Key = column
		out = append(out, lower(p.curve(n-1, s), p.curves.Subs[n-2].Key))
	}
	return out
}

// allocateAvailable passes the columns of the priority profile one by one.
func (l *lowering) allocateAvailable(c *syntax.Call, _ *foreign.Row) equation.Expr {
	p, ok := l.profile(c, c.Args[0], c.Args[1])
	if !ok {
		return none(c.Span)
	}
	l.whole(p)
	args := append(l.profileArgs(p, true), l.expr(c.Args[2]))
	return equation.NewCall(at(c.Span), at(c.NameSpan), "allocate_available", args...)
}

// marketPrice is FIND MARKET PRICE, with a profile of demand and one of supply, each over
// all of its elements.
func (l *lowering) marketPrice(c *syntax.Call, _ *foreign.Row) equation.Expr {
	demand, ok := l.profile(c, c.Args[0], c.Args[1])
	if !ok {
		return none(c.Span)
	}
	supply, ok := l.profile(c, c.Args[2], c.Args[3])
	if !ok {
		return none(c.Span)
	}
	l.whole(demand)
	l.whole(supply)
	args := append(l.profileArgs(demand, true), l.profileArgs(supply, true)...)
	return equation.NewCall(at(c.Span), at(c.NameSpan), "market_price", args...)
}

// atPrice is DEMAND AT PRICE or SUPPLY AT PRICE: the quantity of each element of the left
// side by its own curve.
func (l *lowering) atPrice(c *syntax.Call, _ *foreign.Row) equation.Expr {
	p, ok := l.profile(c, c.Args[0], c.Args[1])
	if !ok {
		return none(c.Span)
	}
	args := append(l.profileArgs(p, false), l.expr(c.Args[2]))
	return equation.NewCall(at(c.Span), at(c.NameSpan), c.Key, args...)
}
