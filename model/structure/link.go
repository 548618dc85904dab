package structure

import (
	"cmp"
	"slices"

	"weir/model/resolved"
)

// A linkKey tells links apart, as edgeKey does influences.
type linkKey struct {
	from, to *Node
	initial  bool
}

// foldLinks makes the links between declared variables. A variable that acts on a hidden
// variable acts on its owner, with the sign of both influences together.
func (s *finder) foldLinks() {
	effects := s.effects()
	links := map[linkKey]*Link{}
	for _, e := range s.edges {
		from, to := s.nodes[owner(e.from)], s.nodes[owner(e.to)]
		effect, reaches := effects[e.to]
		if from == nil || to == nil || from == to || !reaches || e.from.Hidden && !leaksFromPlaces(e.from) {
			continue
		}
		key := linkKey{from, to, e.initial || effect.initial}
		sign := e.sign * effect.sign
		l := links[key]
		if l == nil {
			l = &Link{From: from, To: to, Sign: sign, Initial: key.initial, Material: e.material}
			links[key] = l
			s.g.Links = append(s.g.Links, l)
		} else if l.Sign != sign {
			l.Sign = Unknown
		}
		l.Delayed = l.Delayed || effect.delayed && !key.initial
	}
	s.g.Links = slices.DeleteFunc(s.g.Links, func(l *Link) bool {
		return l.Initial && links[linkKey{l.From, l.To, false}] != nil
	})
	s.markMaterial()
	place := map[*Node]int{}
	for i, n := range s.g.Nodes {
		place[n] = i
	}
	slices.SortStableFunc(s.g.Links, func(a, b *Link) int {
		return cmp.Or(cmp.Compare(place[a.From], place[b.From]), cmp.Compare(place[a.To], place[b.To]))
	})
}

// markMaterial marks the links from stocks to their outflows. A link that acts on the initial value
// only moves nothing.
func (s *finder) markMaterial() {
	for _, l := range s.g.Links {
		if slices.Contains(l.From.Variable.Outflows, l.To.Variable) && !l.Initial {
			l.Material = true
		}
	}
}

// An effect is how a hidden variable acts on its owner.
type effect struct {
	sign    Sign
	delayed bool
	initial bool // at the start only
}

// effects returns the effect of every variable on its owner, by following the influences
// between hidden variables. Hidden variables from which no path leads to the owner, such as
// the sums that limited flows were refused, have none. Paths back into a hidden stock (its
// own decay) do not count.
func (s *finder) effects() map[*resolved.Variable]effect {
	next := map[*resolved.Variable][]*influence{}
	for _, e := range s.edges {
		if e.from.Hidden {
			next[e.from] = append(next[e.from], e)
		}
	}
	out := map[*resolved.Variable]effect{}
	open := map[*resolved.Variable]bool{}
	var find func(v *resolved.Variable) (effect, bool)
	find = func(v *resolved.Variable) (effect, bool) {
		if !v.Hidden {
			return effect{sign: Positive}, true
		}
		if known, ok := out[v]; ok || open[v] {
			return known, ok
		}
		if inConveyor(v) {
			return effect{sign: Positive, delayed: true}, true
		}
		open[v] = true
		defer delete(open, v)
		result, any := effect{}, false
		for _, e := range next[v] {
			if onward, ok := find(e.to); ok && owner(e.to) == owner(v) {
				onward.sign *= e.sign
				onward.initial = onward.initial || e.initial
				result, any = join(result, onward, any)
			}
		}
		result.delayed = result.delayed || v.Kind == resolved.Stock || v.Kind == resolved.DelayState
		if any {
			out[v] = result
		}
		return result, any
	}
	for _, v := range s.r.Variables {
		if e, ok := find(v); ok {
			out[v] = e
		}
	}
	return out
}

// join returns the effect along two paths, b alone unless both are known. An effect at every
// time outweighs one at the start.
func join(a, b effect, both bool) (effect, bool) {
	switch {
	case !both || a.initial && !b.initial:
		return b, true
	case b.initial && !a.initial:
		return a, true
	case a.sign != b.sign:
		a.sign = Unknown
	}
	a.delayed = a.delayed || b.delayed
	return a, true
}
