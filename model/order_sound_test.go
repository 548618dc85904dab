package model_test

import (
	"testing"

	"weir/model/resolved"
)

// wholeInOrder makes sure of what an engine relies on: the parts of every variable
// cover each element once, both orders assign what they should, each element once
// and after everything that it needs.
func wholeInOrder(t *testing.T, r *resolved.Model) {
	t.Helper()
	for _, v := range r.Variables {
		var all []resolved.Assign
		for _, p := range v.Parts {
			all = append(all, resolved.Assign{Var: v, Part: p})
		}
		coverage(t, all, v)
	}
	flows := newReplay(t, func(v *resolved.Variable) bool { return v.Kind == resolved.Flow || v.Kind == resolved.Aux })
	flows.run(r.Flows)
	for _, v := range r.Variables {
		if flows.computed(v) {
			coverage(t, r.Flows, v)
		}
	}
	init := newReplay(t, func(v *resolved.Variable) bool { return v.Kind != resolved.Constant && v.Kind != resolved.Decision })
	init.run(r.Init)
	for _, v := range r.Variables {
		if init.computed(v) && !flows.computed(v) {
			coverage(t, r.Init, v)
		}
		for _, p := range v.Delay {
			init.needs(resolved.Assign{Var: v, Part: p})
		}
	}
}

// coverage makes sure that some assignments set every element of a variable once.
func coverage(t *testing.T, list []resolved.Assign, v *resolved.Variable) {
	t.Helper()
	times := make([]int, v.Size())
	for _, a := range list {
		if a.Var == v {
			eachTurn(a.Part.Loops, nil, func(in map[*resolved.Loop]int) { times[ownElement(a, in)]++ })
		}
	}
	for e, n := range times {
		if n != 1 {
			t.Errorf("element %d of %s is set %d times", e, v.Name, n)
			return
		}
	}
}

// A replay goes through an order and remembers what is set.
type replay struct {
	t        *testing.T
	computed func(*resolved.Variable) bool
	set      map[*resolved.Variable]map[int]bool
}

func newReplay(t *testing.T, computed func(*resolved.Variable) bool) *replay {
	return &replay{t, computed, map[*resolved.Variable]map[int]bool{}}
}

func (r *replay) run(list []resolved.Assign) {
	r.t.Helper()
	for _, a := range list {
		r.needs(a)
		if r.set[a.Var] == nil {
			r.set[a.Var] = map[int]bool{}
		}
		eachTurn(a.Part.Loops, nil, func(in map[*resolved.Loop]int) { r.set[a.Var][ownElement(a, in)] = true })
	}
}

// needs makes sure that everything an assignment mentions is set already.
func (r *replay) needs(a resolved.Assign) {
	r.t.Helper()
	eachTurn(a.Part.Loops, nil, func(in map[*resolved.Loop]int) { r.expr(a, a.Part.Expr, in) })
}

func (r *replay) expr(a resolved.Assign, e resolved.Expr, in map[*resolved.Loop]int) {
	r.t.Helper()
	switch e := e.(type) {
	case *resolved.Ref:
		if at := elementAt(e.Var.Over, e.At, in); r.computed(e.Var) && !r.set[e.Var][at] {
			r.t.Errorf("%s needs element %d of %s, which is not set yet", a.Target(), at, e.Var.Name)
		}
	case *resolved.Reduce:
		eachTurn(e.Loops, in, func(in map[*resolved.Loop]int) { r.expr(a, e.X, in) })
	case *resolved.Lookup:
		elementAt(e.Table.Over, e.At, in)
		r.expr(a, e.X, in)
	case *resolved.Apply:
		r.all(a, e.Args, in)
	case *resolved.Draw:
		r.all(a, e.Args, in)
	case *resolved.If:
		r.all(a, []resolved.Expr{e.Cond, e.Then, e.Else}, in)
	}
}

func (r *replay) all(a resolved.Assign, list []resolved.Expr, in map[*resolved.Loop]int) {
	r.t.Helper()
	for _, e := range list {
		r.expr(a, e, in)
	}
}

// eachTurn calls f with every combination of turns, in addition to those given.
func eachTurn(loops []*resolved.Loop, outer map[*resolved.Loop]int, f func(map[*resolved.Loop]int)) {
	in := map[*resolved.Loop]int{}
	for l, turn := range outer {
		in[l] = turn
	}
	var walk func(int)
	walk = func(i int) {
		if i == len(loops) {
			f(in)
			return
		}
		for turn := range loops[i].At {
			in[loops[i]] = turn
			walk(i + 1)
		}
	}
	walk(0)
}

// ownElement is the element that an assignment sets in some turns.
func ownElement(a resolved.Assign, in map[*resolved.Loop]int) int {
	n := 0
	for i, l := range a.Part.Loops {
		n = n*len(a.Var.Over[i].Elements) + l.At[in[l]]
	}
	return n
}

// elementAt is the element that positions pick. It panics, as an engine would, if a
// position follows a loop that is not around it.
func elementAt(over []*resolved.Dimension, at []resolved.Pos, in map[*resolved.Loop]int) int {
	n := 0
	for i, p := range at {
		where := p.Fixed
		if p.Loop != nil {
			turn, ok := in[p.Loop]
			if !ok {
				panic("a position follows a loop that is not around it")
			}
			where = p.Map[turn]
		}
		if where < 0 || where >= len(over[i].Elements) {
			panic("a position is outside its dimension")
		}
		n = n*len(over[i].Elements) + where
	}
	return n
}
