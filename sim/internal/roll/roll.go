// Package roll puts equations for single elements of an array back together. Other tools' files, and
// equations that refer to the element before, have one equation for each element of a dimension: of a
// hundred they make a hundred small loops, and one of as many numbers is what an engine is fast at.
//
// Two neighbours are joined if they differ in nothing but positions, each of which moves evenly from
// one to the next. An equation that reads its own variable is not: the elements wait for each other.
// The values and the order of operations within each element stay as they are.
package roll

import (
	"slices"

	"weir/model/resolved"
)

// A Group is an equation and the ones that it stands for, in their order.
type Group struct {
	resolved.Assign
	Parts []resolved.Assign
}

// Up returns the equations of a list with neighbours joined as far as possible, along one dimension
// after the other. It changes none of them.
func Up(list []resolved.Assign) []Group {
	groups := make([]Group, len(list))
	for i, a := range list {
		groups[i] = Group{a, list[i : i+1]}
	}
	for { // each turn joins along one more dimension, so there are few
		joined := once(groups)
		if len(joined) == len(groups) {
			return joined
		}
		groups = joined
	}
}

// once joins runs of neighbours along one dimension each.
func once(groups []Group) []Group {
	var out []Group
	for i := 0; i < len(groups); {
		n := 1
		var m *match
		if along := differs(groups, i); along >= 0 {
			m = &match{first: groups[i].Assign, along: along}
			for i+n < len(groups) && m.takes(groups[i+n].Assign) {
				n++
			}
		}
		if n == 1 {
			out = append(out, groups[i])
		} else {
			g := Group{m.joined(n), nil}
			for _, x := range groups[i : i+n] {
				g.Parts = append(g.Parts, x.Parts...)
			}
			out = append(out, g)
		}
		i += n
	}
	return out
}

// differs returns the only dimension in which an equation and its neighbour are of neighbouring
// elements; -1 if there is none.
func differs(groups []Group, i int) int {
	if i+1 >= len(groups) || groups[i].Var != groups[i+1].Var {
		return -1
	}
	a, b, along := groups[i].Part.Loops, groups[i+1].Part.Loops, -1
	for k := range a {
		switch {
		case slices.Equal(a[k].At, b[k].At):
		case along < 0 && len(a[k].At) == 1 && len(b[k].At) == 1 && b[k].At[0] == a[k].At[0]+1:
			along = k
		default:
			return -1
		}
	}
	return along
}

// A match compares equations with the first of a run.
type match struct {
	first resolved.Assign
	along int                               // the dimension
	taken int                               // how many after the first
	now   []int                             // positions of the present equation, in the order of its tree
	zero  []int                             // of the first
	step  []int                             // from one to the next
	loops map[*resolved.Loop]*resolved.Loop // of the present equation to those of the first
}

// takes reports whether the next equation goes on as the ones before, and if so notes it.
func (m *match) takes(next resolved.Assign) bool {
	a, b := m.first.Part.Loops, next.Part.Loops
	if next.Var != m.first.Var || len(a) != len(b) {
		return false
	}
	// The first equation's positions are collected again with each comparison; they are as before
	// unless a tree was left early.
	m.now, m.loops = nil, map[*resolved.Loop]*resolved.Loop{}
	zero := m.zero
	m.zero = nil
	for k := range a {
		m.loops[b[k]] = a[k]
		if k == m.along {
			if len(b[k].At) != 1 || b[k].At[0] != a[k].At[0]+m.taken+1 {
				return false
			}
		} else if !slices.Equal(a[k].At, b[k].At) {
			return false
		}
	}
	if same := m.same(m.first.Part.Expr, next.Part.Expr); !same || m.taken > 0 && !slices.Equal(zero, m.zero) {
		return false
	}
	if m.taken == 0 { // the second equation says how far each position moves
		m.step = make([]int, len(m.now))
		for i := range m.step {
			m.step[i] = m.now[i] - m.zero[i]
		}
	}
	for i := range m.step {
		if m.now[i] != m.zero[i]+(m.taken+1)*m.step[i] {
			return false
		}
	}
	m.taken++
	return true
}

// same reports whether two trees differ in positions only, and notes these.
func (m *match) same(a, b resolved.Expr) bool {
	switch a := a.(type) {
	case *resolved.Const:
		b, ok := b.(*resolved.Const)
		return ok && a.Value == b.Value && 1/a.Value == 1/b.Value // not 0 and -0, and no NaN
	case *resolved.Clock:
		b, ok := b.(*resolved.Clock)
		return ok && *a == *b
	case *resolved.Ref:
		b, ok := b.(*resolved.Ref)
		return ok && a.Var == b.Var && a.Var != m.first.Var && m.positions(a.At, b.At)
	case *resolved.Apply:
		b, ok := b.(*resolved.Apply)
		return ok && a.Op == b.Op && slices.EqualFunc(a.Args, b.Args, m.same)
	case *resolved.If:
		b, ok := b.(*resolved.If)
		return ok && m.same(a.Cond, b.Cond) && m.same(a.Then, b.Then) && m.same(a.Else, b.Else)
	case *resolved.Reduce:
		b, ok := b.(*resolved.Reduce)
		return ok && a.Op == b.Op && slices.EqualFunc(a.Loops, b.Loops, m.enters) && m.same(a.X, b.X)
	case *resolved.Lookup:
		b, ok := b.(*resolved.Lookup)
		return ok && a.Table == b.Table && m.positions(a.At, b.At) && m.same(a.X, b.X)
	case *resolved.Draw:
		b, ok := b.(*resolved.Draw)
		return ok && a.Dist == b.Dist && a.Key == b.Key && slices.EqualFunc(a.Args, b.Args, m.same) &&
			slices.EqualFunc(a.Loops, b.Loops, func(x, y *resolved.Loop) bool { return m.loops[y] == x })
	}
	return false // functions of whole arrays stay as they are
}

// enters reports whether two loops of reductions are the same.
func (m *match) enters(a, b *resolved.Loop) bool {
	m.loops[b] = a
	return a.Dim == b.Dim && slices.Equal(a.At, b.At)
}

// positions compares the positions of two references.
func (m *match) positions(a, b []resolved.Pos) bool {
	for k := range a {
		x, oneX := single(a[k])
		y, oneY := single(b[k])
		switch {
		case oneX && oneY:
			m.zero, m.now = append(m.zero, x), append(m.now, y)
		case oneX || oneY || m.loops[b[k].Loop] != a[k].Loop || !slices.Equal(a[k].Map, b[k].Map):
			return false
		}
	}
	return true
}

// single returns a position that is the same in all iterations.
func single(p resolved.Pos) (int, bool) {
	switch {
	case p.Loop == nil:
		return p.Fixed, true
	case len(p.Loop.At) == 1:
		return p.Map[0], true
	}
	return 0, false
}

// joined returns the equation of a run of n.
func (m *match) joined(n int) resolved.Assign {
	c := &copier{match: m, loop: &resolved.Loop{Dim: m.first.Part.Loops[m.along].Dim}, n: n}
	for i := range n {
		c.loop.At = append(c.loop.At, m.first.Part.Loops[m.along].At[0]+i)
	}
	part := *m.first.Part
	part.Loops = c.all(part.Loops)
	part.Expr = c.expr(part.Expr)
	return resolved.Assign{Var: m.first.Var, Part: &part}
}

// A copier writes the tree of the first equation with positions that move. It visits them in the
// order of match.
type copier struct {
	*match
	loop *resolved.Loop // the new one
	n    int            // its turns
	at   int            // the next position in match.zero and match.step
}

// all returns loops with the new one in the place of the one that had a single turn.
func (c *copier) all(list []*resolved.Loop) []*resolved.Loop {
	out := slices.Clone(list)
	for i, l := range out {
		if l == c.first.Part.Loops[c.along] {
			out[i] = c.loop
		}
	}
	return out
}

// expr returns a copy of a tree.
func (c *copier) expr(e resolved.Expr) resolved.Expr {
	switch e := e.(type) {
	case *resolved.Ref:
		return &resolved.Ref{Var: e.Var, At: c.positions(e.At)}
	case *resolved.Apply:
		return &resolved.Apply{Op: e.Op, Args: c.exprs(e.Args)}
	case *resolved.If:
		cond, then := c.expr(e.Cond), c.expr(e.Then)
		return &resolved.If{Cond: cond, Then: then, Else: c.expr(e.Else)}
	case *resolved.Reduce:
		return &resolved.Reduce{Op: e.Op, Loops: e.Loops, X: c.expr(e.X)}
	case *resolved.Lookup:
		at := c.positions(e.At)
		return &resolved.Lookup{Table: e.Table, At: at, X: c.expr(e.X)}
	case *resolved.Draw:
		return &resolved.Draw{Dist: e.Dist, Args: c.exprs(e.Args), Key: e.Key, Loops: c.all(e.Loops)}
	}
	return e
}

// exprs returns copies of trees in their order, in which match visits them, too.
func (c *copier) exprs(list []resolved.Expr) []resolved.Expr {
	out := make([]resolved.Expr, len(list))
	for i, e := range list {
		out[i] = c.expr(e)
	}
	return out
}

// positions returns those of a reference: one that moves runs with the new loop.
func (c *copier) positions(at []resolved.Pos) []resolved.Pos {
	out := slices.Clone(at)
	for k := range at {
		x, one := single(at[k])
		if !one {
			continue
		}
		step := c.step[c.at]
		c.at++
		if step == 0 {
			out[k] = resolved.Pos{Fixed: x}
			continue
		}
		out[k] = resolved.Pos{Loop: c.loop, Map: make([]int, c.n)}
		for i := range out[k].Map {
			out[k].Map[i] = x + i*step
		}
	}
	return out
}
