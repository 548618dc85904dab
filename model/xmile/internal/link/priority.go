package link

import (
	"slices"

	"weir/model"
	"weir/model/xmile/internal/source"
)

// byNeed puts the outflows of a stock that cannot be negative into the order in which
// they are served: as listed (XMILE 1.0, 4.2), but each after those of them that its
// equation needs in the same step, as Stella computes them. Flows that need each other
// stay where they are.
func (k *Linker) byNeed(stock *source.Variable, out []*source.Variable) []*source.Variable {
	if !stock.NonNeg || stock.Conveyor != nil || len(out) < 2 {
		return out
	}
	var order []*source.Variable
	left := slices.Clone(out)
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(f *source.Variable) bool { return !k.needsOne(f, left) })
		if next < 0 {
			return out
		}
		order = append(order, left[next])
		left = slices.Delete(left, next, next+1)
	}
	if !slices.Equal(order, out) {
		stock.Note(model.Equivalent, "an outflow that another one of its equations needs is served first")
	}
	return order
}

// maxNeeds bounds the search for the variables that a flow needs.
const maxNeeds = 10_000

// needsOne reports whether a flow needs another one of some, at once.
func (k *Linker) needsOne(f *source.Variable, others []*source.Variable) bool {
	seen := map[*source.Variable]bool{}
	todo := []*source.Variable{f}
	for len(todo) > 0 && len(seen) < maxNeeds {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, w := range k.atOnce(v) {
			if w == f || seen[w] {
				continue
			}
			if slices.Contains(others, w) {
				return true
			}
			seen[w] = true
			todo = append(todo, w)
		}
	}
	return false
}

// atOnce returns the variables on which another one's value depends in the same step.
func (k *Linker) atOnce(v *source.Variable) []*source.Variable {
	if out, ok := k.needs[v]; ok {
		return out
	}
	var out []*source.Variable
	if !v.End {
		k.mentionsBut(v, k.Later, func(w *source.Variable) { out = append(out, w) })
	}
	if k.needs == nil {
		k.needs = map[*source.Variable][]*source.Variable{}
	}
	k.needs[v] = out
	return out
}
