package sim

import (
	"slices"

	"weir/model/resolved"
)

// Blocks of the draft. The first two are not temporary.
const (
	fixed          = 0 // named slots, at their final places
	literalBlock   = 1
	firstTemporary = 2
	noBlock        = -1
)

// A place is a slot of a block.
type place struct{ block, off int }

// A class says when a value can first be known.
type class uint8

const (
	classConst   class = iota // from constants alone: once a run
	classInitial              // from initial values too: once, after them
	classFlow                 // at each evaluation
)

// A view is a value of an expression: a number for each combination of the turns of
// its loops, found in a block at regular distances.
type view struct {
	at    place
	axes  []axis
	class class
	curve []int // turns of axes to offset, row-major, if the distances are not regular
}

// An axis is a loop and the distance between its turns.
type axis struct {
	loop *resolved.Loop
	step int
}

// bent reports whether the distances are irregular.
func (v view) bent() bool { return v.curve != nil }

// step returns the distance between turns of a loop, 0 if the value does not depend on it.
func (v view) step(l *resolved.Loop) int {
	for _, a := range v.axes {
		if a.loop == l {
			return a.step
		}
	}
	return 0
}

// loops returns the loops that a view goes over, the outer first.
func (v view) loops() []*resolved.Loop {
	list := make([]*resolved.Loop, len(v.axes))
	for i, a := range v.axes {
		list[i] = a.loop
	}
	return list
}

// inOrder returns the view's loops in the order of the given ones, which hold them all.
func (v view) inOrder(loops []*resolved.Loop) []*resolved.Loop {
	return slices.DeleteFunc(slices.Clone(loops), func(l *resolved.Loop) bool { return !slices.Contains(v.loops(), l) })
}

// size returns the number of iterations of all loops together, and maxSlots + 1 for any
// number above maxSlots.
func size(loops []*resolved.Loop) int {
	n := 1
	for _, l := range loops {
		if len(l.At) > 0 && n > maxSlots/len(l.At) {
			return maxSlots + 1
		}
		n *= len(l.At)
	}
	return n
}

// packed returns the view of a block in which the loops lie row-major without gaps.
func packed(at place, loops []*resolved.Loop, k class) view {
	v := view{at: at, class: k, axes: make([]axis, len(loops))}
	for i, n := len(loops)-1, 1; i >= 0; i-- {
		v.axes[i] = axis{loops[i], n}
		n *= len(loops[i].At)
	}
	return v
}

// isPacked reports whether v lies row-major without gaps over exactly these loops.
func (v view) isPacked(loops []*resolved.Loop) bool {
	return !v.bent() && slices.Equal(v.axes, packed(v.at, loops, v.class).axes)
}

// boxView returns the view of the elements of an array at base that a part covers.
func boxView(base place, over []*resolved.Dimension, part *resolved.Part) view {
	at := make([]resolved.Pos, len(part.Loops))
	for i, l := range part.Loops {
		at[i] = resolved.Pos{Loop: l, Map: l.At}
	}
	return refView(base, over, at, part.Loops)
}

// refView returns the view of array elements picked by At. Loops of one turn vanish.
// The axes are in the order of loops.
func refView(base place, over []*resolved.Dimension, at []resolved.Pos, order []*resolved.Loop) view {
	v := view{at: base}
	stride := strides(over)
	bent := false
	for k, p := range at {
		switch {
		case p.Loop == nil:
			v.at.off += p.Fixed * stride[k]
		case len(p.Loop.At) == 1:
			v.at.off += p.Map[0] * stride[k]
		default:
			first, step, regular := regularMap(p.Map)
			v.at.off += first * stride[k]
			v.add(p.Loop, step*stride[k])
			bent = bent || !regular
		}
	}
	v.sort(order)
	if bent {
		v.at.off = base.off
		v.curve = curve(v.loops(), at, stride)
	}
	return v
}

// regularMap tells whether positions are first, first+step, first+2*step, …
func regularMap(m []int) (first, step int, regular bool) {
	first, step = m[0], m[1]-m[0]
	for i := range m {
		if m[i] != first+i*step {
			return first, step, false
		}
	}
	return first, step, true
}

// add makes a view move by a number of slots in each turn of a loop; steps of one loop add up.
func (v *view) add(l *resolved.Loop, step int) {
	for i := range v.axes {
		if v.axes[i].loop == l {
			v.axes[i].step += step
			return
		}
	}
	v.axes = append(v.axes, axis{l, step})
}

// sort puts the axes into the order of loops that the target has.
func (v *view) sort(order []*resolved.Loop) {
	slices.SortStableFunc(v.axes, func(a, b axis) int {
		return slices.Index(order, a.loop) - slices.Index(order, b.loop)
	})
}

// curve returns the offset of every combination of turns, row-major.
func curve(loops []*resolved.Loop, at []resolved.Pos, stride []int) []int {
	out := make([]int, size(loops))
	for i := range out {
		turn := iterationOf(loops, i)
		for k, p := range at {
			switch {
			case p.Loop == nil:
				out[i] += p.Fixed * stride[k]
			case len(p.Loop.At) == 1:
				out[i] += p.Map[0] * stride[k]
			default:
				out[i] += p.Map[turn[slices.Index(loops, p.Loop)]] * stride[k]
			}
		}
	}
	return out
}

// turns takes a row-major number apart into the turn of each loop.
func iterationOf(loops []*resolved.Loop, i int) []int {
	t := make([]int, len(loops))
	for k := len(loops) - 1; k >= 0; k-- {
		n := len(loops[k].At)
		t[k] = i % n
		i /= n
	}
	return t
}

// offsets returns the places of v, relative to v.at, over loops row-major.
func (v view) offsets(loops []*resolved.Loop) []int {
	out := make([]int, size(loops))
	for i := range out {
		turn := iterationOf(loops, i)
		n := 0
		for _, a := range v.axes {
			t := turn[slices.Index(loops, a.loop)]
			if v.bent() {
				n = n*len(a.loop.At) + t
			} else {
				n += t * a.step
			}
		}
		if v.bent() {
			n = v.curve[n]
		}
		out[i] = n
	}
	return out
}
