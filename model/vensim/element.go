package vensim

// Elements of arrays of constants, and equations written out by element. Vensim applies some
// rules to each element by itself, which weir has for whole equations only: the order of a
// delay is the number of its stages, and these are stocks of the model.

import (
	"slices"

	"weir/model/foreign"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// element returns the value of one element of an array of constants: of its list of numbers,
// or of an expression that never changes. It is not known where several equations claim it.
func (k *constants) element(v *variable, keys []syntax.Sub) (float64, bool) {
	var found *syntax.Equation
	// Exceptions would need the pass that settles them, which comes later.
	for _, eq := range v.equations {
		if len(eq.Except) > 0 || found != nil && k.covers(eq, keys) {
			return 0, false
		}
		if k.covers(eq, keys) {
			found = eq
		}
	}
	switch {
	case found == nil:
		return 0, false
	case found.Kind == syntax.EqNumbers:
		return k.listed(found, keys)
	case found.Expr == nil:
		return 0, false
	}
	return k.value(found.Expr)
}

// covers reports whether an equation is for an element, which keys name in the order of the
// dimensions.
func (k *constants) covers(eq *syntax.Equation, keys []syntax.Sub) bool {
	if len(eq.Subs) != len(keys) {
		return false
	}
	for i, s := range eq.Subs {
		r := k.subs.Ranges[s.Key]
		if s.Key != keys[i].Key && (r == nil || !slices.Contains(r.Elements, keys[i].Key)) {
			return false
		}
	}
	return true
}

// listed returns the number of an element in a list, which runs over the ranges of the left
// side, the last one fastest.
func (k *constants) listed(eq *syntax.Equation, keys []syntax.Sub) (float64, bool) {
	place := 0
	for i, s := range eq.Subs {
		if r := k.subs.Ranges[s.Key]; r != nil && s.Key != keys[i].Key {
			place = place*len(r.Elements) + slices.Index(r.Elements, keys[i].Key)
		}
	}
	numbers := slices.Concat(eq.Numbers...)
	if place >= len(numbers) {
		return 0, false
	}
	return numbers[place].Value, true
}

// elementRef returns the element that a mention is of; nil if it mentions none, such as a
// range, whose elements may differ. The slice belongs to the mention.
func (k *constants) elementRef(e *syntax.Ref) []syntax.Sub {
	for _, s := range e.Subs {
		if s.Bang || k.subs.Elements[s.Key] == nil {
			return nil
		}
	}
	return e.Subs
}

// splitDelays writes an equation with a DELAY N or SMOOTH N out by element where Vensim
// reduces its order for some of them only, because their times are shorter; see
// foreign.ReducedOrder.
func (r *rewriting) splitDelays(v *variable) {
	for i := 0; i < len(v.equations); i++ {
		eq := v.equations[i]
		if eq.Expr == nil || eq.Broken || len(eq.Except) > 0 || !r.differs(eq) {
			continue
		}
		var split []*syntax.Equation
		for _, at := range r.boxOf(eq) {
			one := *eq
			one.Subs, one.Expr = at, at.in(eq.Subs, eq.Expr)
			split = append(split, &one)
		}
		v.equations = slices.Replace(v.equations, i, i+1, split...)
		i += len(split) - 1
	}
}

// maxSplit bounds the elements of an equation that is written out.
const maxSplit = subscript.MaxElements

// differs reports whether the order of a delay in an equation is reduced for some elements,
// and otherwise for others, or for all of several. An order or time that is not known before
// the run reduces nothing: the checker warns of the stage that turns out too short.
func (r *rewriting) differs(eq *syntax.Equation) bool {
	found := false
	syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
		c, ok := e.(*syntax.Call)
		if !ok || len(c.Args) != 4 || c.Key != "delay_n" && c.Key != "smooth_n" || found {
			return !found
		}
		order, known := r.constants.startValue(c.Args[3])
		orders := map[float64]bool{}
		for _, at := range r.boxOf(eq) {
			time, ok := r.constants.startValue(at.in(eq.Subs, c.Args[1]))
			if known = known && ok; !known {
				return true
			}
			orders[foreign.ReducedOrder(order, time, r.clock.step)] = true
		}
		found = len(orders) > 1 || len(orders) == 1 && !orders[order] && len(r.boxOf(eq)) > 1
		return !found
	})
	return found
}

// A place is the elements of an equation's left side, one for each of its subscripts.
type place []syntax.Sub

// boxOf returns the elements that an equation is for, those of its last range fastest; nil if
// they are too many. Of a scalar it is one place without subscripts.
func (r *rewriting) boxOf(eq *syntax.Equation) []place {
	box := []place{nil}
	for _, s := range eq.Subs {
		elements := []string{s.Key}
		if rng := r.subs.Ranges[s.Key]; rng != nil {
			elements = rng.Elements
		}
		var longer []place
		for _, at := range box {
			for _, e := range elements {
				sub := syntax.Sub{Span: s.Span, Name: s.Name, Key: e}
				if el := r.subs.Elements[e]; el != nil {
					sub.Name = el.Name
				}
				longer = append(longer, append(slices.Clone(at), sub))
			}
		}
		if box = longer; len(box) > maxSplit {
			return nil
		}
	}
	return box
}

// in returns an expression with the elements in the place of the ranges on the left side. The
// expression itself is not changed: the equations of other elements need it. Parts without
// subscripts are copied, too, for later passes change nodes in place.
func (p place) in(left []syntax.Sub, e syntax.Expr) syntax.Expr {
	subs := func(list []syntax.Sub) []syntax.Sub {
		out := slices.Clone(list)
		for i, s := range out {
			at := slices.IndexFunc(left, func(l syntax.Sub) bool { return l.Key == s.Key })
			if at >= 0 && !s.Bang {
				out[i] = syntax.Sub{Span: s.Span, Name: p[at].Name, Key: p[at].Key}
			}
		}
		return out
	}
	switch e := e.(type) {
	case *syntax.Ref:
		out := *e
		out.Subs = subs(e.Subs)
		if len(e.Subs) == 0 { // a range as a number
			if one := subs([]syntax.Sub{{Key: e.Key, Name: e.Name}})[0]; one.Key != e.Key {
				out.Name, out.Key = one.Name, one.Key
			}
		}
		return &out
	case *syntax.Unary:
		out := *e
		out.X = p.in(left, e.X)
		return &out
	case *syntax.Infix:
		out := *e
		out.X, out.Y = p.in(left, e.X), p.in(left, e.Y)
		return &out
	case *syntax.Call:
		out := *e
		out.Subs, out.Args = subs(e.Subs), slices.Clone(e.Args)
		for i, a := range out.Args {
			out.Args[i] = p.in(left, a)
		}
		return &out
	}
	return e
}
