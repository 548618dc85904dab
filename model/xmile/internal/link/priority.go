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
// The order matters only where a stock may run dry, so other stocks keep theirs; so does a file that
// weir wrote, whose order is the model's. The result may be out itself.
func (k *Linker) byNeed(stock *source.Variable, out []*source.Variable) []*source.Variable {
	if k.Weir || !stock.NonNeg || stock.Conveyor != nil || len(out) < 2 {
		return out
	}
	needs := make([]map[*source.Variable]bool, len(out))
	among := map[*source.Variable]bool{}
	for _, f := range out {
		among[f] = true
	}
	for i, f := range out {
		needs[i] = k.needed(f, among)
	}
	var order []*source.Variable
	served := map[*source.Variable]bool{}
	for len(order) < len(out) {
		next := 0
		for next < len(out) && (served[out[next]] || len(needs[next]) > 0) {
			next++
		}
		// Each of those left needs another one of them.
		if next == len(out) {
			return out
		}
		served[out[next]] = true
		order = append(order, out[next])
		for i := range needs {
			delete(needs[i], out[next])
		}
	}
	if !slices.Equal(order, out) {
		stock.Note(model.Equivalent, "an outflow that another one of its equations needs is served first")
	}
	return order
}

// maxNeeds bounds the search for the variables that a flow needs.
const maxNeeds = 10_000

// needed returns the other flows of some that a flow needs in the same step, directly or
// through auxiliaries. It does not look behind them: they have needs of their own.
func (k *Linker) needed(f *source.Variable, among map[*source.Variable]bool) map[*source.Variable]bool {
	found, seen := map[*source.Variable]bool{}, map[*source.Variable]bool{f: true}
	todo := []*source.Variable{f}
	for len(todo) > 0 && len(seen) < maxNeeds {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, w := range k.atOnce(v) {
			if seen[w] {
				continue
			}
			seen[w] = true
			if among[w] {
				found[w] = true
				continue
			}
			todo = append(todo, w)
		}
	}
	return found
}

// atOnce returns the variables on which another one's value depends in the same step.
// The results are kept, for the searches of several flows meet the same auxiliaries. The flow at
// the end of a conveyor depends on nothing, since the conveyor decides it.
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
