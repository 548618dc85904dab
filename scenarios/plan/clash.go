package plan

import (
	"math"
	"slices"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
)

// Collide reports whether two changes move one number at one time.
func (s *Set) Collide(a, b model.Change) bool {
	return s.sameNumber(a.Variable, b.Variable) && a.Start < end(b) && b.Start < end(a)
}

// end returns the time until which a change holds, +Inf if for good.
func end(c model.Change) float64 {
	if c.Until == nil {
		return math.Inf(1)
	}
	return *c.Until
}

// sameNumber reports whether two names share an element.
func (s *Set) sameNumber(a, b string) bool {
	nameA, inA, _ := element.Split(a)
	nameB, inB, _ := element.Split(b)
	if nameA != nameB || inA == nil || inB == nil {
		return nameA == nameB
	}
	for i, d := range s.dimensions(nameA, len(inA), len(inB)) {
		one, _ := s.Resolved.Subscript(d, inA[i])
		other, _ := s.Resolved.Subscript(d, inB[i])
		if !slices.ContainsFunc(one, func(e int) bool { return slices.Contains(other, e) }) {
			return false
		}
	}
	return true
}

// dimensions returns those of a variable that takes so many subscripts; nil if there is none.
// Other mistakes are reported elsewhere.
func (s *Set) dimensions(name string, subscripts ...int) []*resolved.Dimension {
	if s.Resolved == nil {
		return nil
	}
	i := slices.IndexFunc(s.Resolved.Variables, func(v *resolved.Variable) bool { return !v.Hidden && v.Name == name })
	if i < 0 || slices.ContainsFunc(subscripts, func(n int) bool { return n != len(s.Resolved.Variables[i].Over) }) {
		return nil
	}
	return s.Resolved.Variables[i].Over
}

// assumes reports whether an assumption of the set changes a constant.
func (s *Set) assumes(name string) bool {
	return slices.ContainsFunc(s.Assumptions, func(c model.Change) bool { return s.sameNumber(c.Variable, name) })
}
