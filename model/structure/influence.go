package structure

import (
	"slices"

	"weir/model/resolved"
)

// An influence is a direct dependency between two variables, hidden ones too, with every
// mention that causes it.
type influence struct {
	from, to *resolved.Variable
	sign     Sign
	initial  bool
	material bool
	uses     []mention // nil: each element acts on the element of the same position
}

// A mention is one reference to a variable in an equation, inside some reductions.
type mention struct {
	part *resolved.Part
	ref  *resolved.Ref
	over []*resolved.Loop // of the reductions around it
}

// An edgeKey tells the influences on one variable apart: one variable may act on the
// initial value of another and, later, in another direction.
type edgeKey struct {
	from    *resolved.Variable
	initial bool
}

// influences adds all influences on a variable to the edges. Several mentions of one variable are
// one influence; if their signs differ it is Unknown. A limited flow follows the wanted flow and
// the stock's contents, not the terms of its written-out minimum.
func (s *finder) influences(v *resolved.Variable) {
	found := map[edgeKey]*influence{}
	add := func(from *resolved.Variable, sign Sign, initial, material bool, u *mention) {
		e := found[edgeKey{from, initial}]
		if e == nil {
			e = &influence{from: from, to: v, sign: sign, initial: initial, material: material}
			found[edgeKey{from, initial}] = e
			s.edges = append(s.edges, e)
		} else if e.sign != sign {
			e.sign = Unknown
		}
		if u != nil {
			e.uses = append(e.uses, *u)
		}
	}
	if l, ok := s.limited[v]; ok { // min(wanted, available)
		add(l.Wanted, Positive, false, false, nil)
		if slices.Contains(l.Stock.Outflows, l.Flow) {
			add(l.Stock, Positive, false, false, nil)
		} else if s.signs.of(l.Flow, false).low < 0 { // an inflow that may run backwards
			add(l.Stock, Negative, false, false, nil)
		}
		return
	}
	equations := func(parts []*resolved.Part, initial bool) {
		for _, p := range parts {
			s.signs.walk(p.Expr, Positive, nil, func(ref *resolved.Ref, sign Sign, over []*resolved.Loop) {
				if inConveyor(ref.Var) && owner(v) != ref.Var.Owner {
					add(ref.Var.Owner, sign, initial, false, nil) // the contents of a conveyor are its stock
					return
				}
				add(ref.Var, sign, initial, false, &mention{p, ref, over})
			})
		}
	}
	later := v.Kind == resolved.Stock || v.Kind == resolved.DelayState || v.Kind == resolved.Initial
	equations(v.Parts, later)
	equations(v.Input, false)
	equations(v.Delay, true)
	for _, f := range v.Inflows {
		add(f, Positive, false, true, nil)
	}
	for _, f := range v.Outflows {
		add(f, Negative, false, true, nil)
	}
}

// owner returns the declared variable that a variable belongs to.
func owner(v *resolved.Variable) *resolved.Variable {
	if v.Hidden && v.Owner != nil {
		return v.Owner
	}
	return v
}

// inConveyor reports whether a variable holds the contents of a conveyor, place by place.
func inConveyor(v *resolved.Variable) bool { return v.Kind == resolved.DelayState && overPlaces(v) }

// leaksFromPlaces reports whether a variable is the part of a leak that each place of a
// conveyor loses.
func leaksFromPlaces(v *resolved.Variable) bool {
	return v.Kind == resolved.Aux && overPlaces(v) && v.Owner.Kind == resolved.Flow
}

// overPlaces reports whether a variable has one number per place of a conveyor.
func overPlaces(v *resolved.Variable) bool {
	n := len(v.Over)
	return v.Hidden && n > 0 && v.Over[n-1].Conveyor
}
