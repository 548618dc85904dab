package vensim

import (
	"fmt"
	"math"
	"slices"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// vector is a function whose result is an array: it runs along the last subscript of
// its first argument.
func (l *lowering) vector(name string, c *syntax.Call) {
	key := l.lastRange(c.Args[0])
	if key == "" {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "%s takes an array with its range", c.Name)
		return
	}
	l.w.put(name+"(", c.NameSpan)
	for i, a := range c.Args {
		if i > 0 {
			l.w.put(", ", c.NameSpan)
		}
		l.star(a, key)
	}
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

// star writes an argument that runs over ranges instead of following the left side.
func (l *lowering) star(e syntax.Expr, keys ...string) {
	var added []string
	for _, k := range keys {
		if l.Ranges[k] != nil && !l.starred[k] {
			l.starred[k] = true
			added = append(added, k)
		}
	}
	l.expr(e, ofIf)
	for _, k := range added {
		delete(l.starred, k)
	}
}

// lastRange is the last range among the subscripts of the first array in an expression.
func (l *lowering) lastRange(e syntax.Expr) string {
	key := ""
	syntax.Walk(e, func(e syntax.Expr) bool {
		if r, ok := e.(*syntax.Ref); ok && key == "" {
			for _, s := range r.Subs {
				if l.Ranges[s.Key] != nil {
					key = s.Key
				}
			}
		}
		return key == ""
	})
	return key
}

func (l *lowering) invertMatrix(c *syntax.Call) {
	r, ok := c.Args[0].(*syntax.Ref)
	if !ok || len(r.Subs) < 2 {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "INVERT MATRIX takes an array of at least two ranges")
		return
	}
	n := len(r.Subs)
	if v := l.vars[r.Key]; r.Subs[n-2].Key == r.Subs[n-1].Key && v != nil && len(v.over) == n && v.over[n-1].rng != nil {
		one := *r // Vensim takes [row, row] for the whole matrix
		one.Subs = slices.Clone(r.Subs)
		one.Subs[n-1].Key = v.over[n-1].rng.Key
		r = &one
	}
	l.w.put("invert_matrix(", c.NameSpan)
	l.star(r, r.Subs[n-2].Key, r.Subs[n-1].Key)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

func (l *lowering) allocateByPriority(c *syntax.Call) {
	key := l.lastRange(c.Args[0])
	l.w.put("allocate_by_priority(", c.NameSpan)
	l.star(c.Args[0], key)
	l.w.put(", ", c.NameSpan)
	l.star(c.Args[1], l.lastRange(c.Args[1]))
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[3], ofIf)
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[4], ofIf)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

// elementMap is an element of an array, counted from the one that is named, through
// the array row by row.
func (l *lowering) elementMap(c *syntax.Call) {
	r, ok := c.Args[0].(*syntax.Ref)
	v := (*variable)(nil)
	if ok {
		v = l.vars[r.Key]
	}
	if v == nil || len(v.over) == 0 || len(r.Subs) != len(v.over) {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "VECTOR ELM MAP takes an element of an array")
		return
	}
	l.w.put("element_at("+v.ours+"[", c.NameSpan)
	for i := range v.over {
		if i > 0 {
			l.w.put(", ", c.NameSpan)
		}
		l.w.put("*", r.Subs[i].Span)
	}
	l.w.put("], ", c.NameSpan)
	stride := v.size()
	for i, d := range v.over {
		stride /= len(d.elements)
		switch {
		case i == len(v.over)-1:
			l.indexIn(d, r.Subs[i])
		default:
			l.w.put("(", c.NameSpan)
			l.indexIn(d, r.Subs[i])
			l.w.put(fmt.Sprintf(" - 1) * %d", stride), c.NameSpan)
		}
		l.w.put(" + ", c.NameSpan)
	}
	l.expr(c.Args[1], ofSign)
	l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
}

// selections are the numerical actions of VECTOR SELECT, by their numbers from 0: what is
// combined, and the action of vector_select. Of the fifth the manual has base and
// exponent the other way round, but not Vensim.
var selections = []struct{ between, action string }{
	{"*", "0"}, {"*", "4"}, {"*", "1"}, {"*", "3"}, {"*", "2"}, {"^", "4"}, {"", "0"}, {"", "4"}, {"", "1"}, {"", "3"}, {"", "2"},
}

// vectorSelect combines the elements whose selection is not 0, by a number that says how.
func (l *lowering) vectorSelect(c *syntax.Call) {
	if e, is := l.constant(c.Args[4]); !is || e != 0 {
		l.v.note(model.Equivalent, "VECTOR SELECT raises no error when it selects too many or too few")
	}
	how, ok := l.constant(c.Args[3])
	switch {
	case ok && (how == 1 || how == 2 || how == 4):
		l.fail(c.Args[3].Pos(), "where the selection is 0 or 1, actions 7 (product), 8 (minimum) and 10 (mean) leave no doubt",
			"Vensim's manual and published results disagree on action %g of VECTOR SELECT", how)
	case ok && how >= 0 && how <= 10 && how == math.Trunc(how):
		l.selection(c, int(how))
	case ok:
		l.fail(c.Args[3].Pos(), "", "the actions of VECTOR SELECT are 0 to 10")
	default:
		l.v.note(model.Equivalent, "the actions of VECTOR SELECT are those of Vensim's manual")
		l.w.put("(", c.NameSpan)
		for n := range selections[:10] {
			l.w.put("if ", c.NameSpan)
			l.expr(c.Args[3], ofCompare+1)
			l.w.put(fmt.Sprintf(" = %d then ", n), c.NameSpan)
			l.selection(c, n)
			l.w.put(" else ", c.NameSpan)
		}
		l.selection(c, 10)
		l.w.put(")", syntax.Span{Start: c.End - 1, End: c.End})
	}
}

// selection writes VECTOR SELECT with one action.
func (l *lowering) selection(c *syntax.Call, n int) {
	s := selections[n]
	l.w.put("vector_select(", c.NameSpan)
	l.expr(c.Args[0], ofIf)
	l.w.put(", ", c.NameSpan)
	switch s.between {
	case "*":
		l.expr(c.Args[0], ofMultiply)
		l.w.put(" * ", c.NameSpan)
		l.expr(c.Args[1], ofSign)
	case "^":
		l.expr(c.Args[1], ofAtom)
		l.w.put("^", c.NameSpan)
		l.expr(c.Args[0], ofSign)
	default:
		l.expr(c.Args[1], ofIf)
	}
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[2], ofIf)
	l.w.put(", "+s.action+")", syntax.Span{Start: c.End - 1, End: c.End})
}

// reorder is the array in an order that another one gives, counted from 0.
func (l *lowering) reorder(c *syntax.Call) {
	r, ok := c.Args[0].(*syntax.Ref)
	if !ok || len(r.Subs) == 0 {
		l.failWith(model.SubscriptCount, c.Args[0].Pos(), "", "VECTOR REORDER takes an array with its range")
		return
	}
	l.w.put("element_at(", c.NameSpan)
	l.star(r, r.Subs[len(r.Subs)-1].Key)
	l.w.put(", ", c.NameSpan)
	l.expr(c.Args[1], ofAdd)
	l.w.put(" + 1)", syntax.Span{Start: c.End - 1, End: c.End})
}

// wholeLast is a mention of an array with a range for its last subscript, where that is
// an element: Vensim takes the first element for all.
func (l *lowering) wholeLast(r *syntax.Ref) *syntax.Ref {
	v := l.vars[r.Key]
	if v == nil || len(v.over) != len(r.Subs) {
		return r
	}
	out := *r
	out.Subs = slices.Clone(r.Subs)
	last := len(out.Subs) - 1
	out.Subs[last] = l.wholeSub(out.Subs[last], v.over[last])
	return &out
}

// wholeSub is the range of a dimension for an element of it.
func (l *lowering) wholeSub(s syntax.Sub, d *dimension) syntax.Sub {
	if l.Ranges[s.Key] == nil && d.rng != nil {
		s.Key, s.Name = d.rng.Key, d.rng.Name
	}
	return s
}
