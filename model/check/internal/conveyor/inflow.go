package conveyor

import (
	"slices"

	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/document"
	"weir/model/resolved"
)

// limitInflows holds back, flow by flow, the inflows that the conveyor cannot take. A flow that
// another conveyor moves cannot be held back: it comes in all the same, and takes its room.
func (b *conveyor) limitInflows(capacity, limit *resolved.Variable) {
	if capacity == nil && limit == nil && b.stuck == nil {
		return
	}
	var moved, held []*resolved.Variable
	for _, f := range b.stock.Inflows {
		if b.moves(f) {
			moved = append(moved, f)
		} else {
			held = append(held, f)
		}
	}
	if b.stuck != nil && len(moved) > 0 {
		b.Report(code.BadConveyor, b.v.Conveyor.Arrest.Span, "let it flow into a stock between the two",
			"%s cannot stand still while %s comes from another conveyor, which moves on", b.v, moved[0])
		return
	}
	for i, f := range held {
		wanted := b.hide(f.Name+".wanted", resolved.Aux, f.Over,
			func([]resolved.Pos) resolved.Expr { return tree.Nothing })
		wanted.Parts, wanted.Owner = f.Parts, f
		b.flow(f, func(own []resolved.Pos) resolved.Expr {
			x := ref(wanted, own)
			if limit != nil {
				x = atMost(x, ref(limit, own), held[:i], own)
			}
			if capacity != nil {
				x = atMost(x, b.room(capacity, own), slices.Concat(moved, held[:i]), own)
			}
			return b.moving(own, x)
		})
	}
}

// moves reports whether a conveyor gives a flow its value.
func (b *conveyor) moves(f *resolved.Variable) bool {
	return slices.ContainsFunc(b.Model.Variables,
		func(v *document.Variable) bool { return v.Conveyor != nil && slices.Contains(v.Outflow, f.Name) })
}

// atMost returns a flow's share of a sum that others have taken from before. The others are served
// before it; the share is never below 0.
func atMost(wanted, sum resolved.Expr, taken []*resolved.Variable, own []resolved.Pos) resolved.Expr {
	for _, f := range taken {
		sum = tree.Apply(resolved.Sub, sum, ref(f, own))
	}
	return tree.Apply(resolved.Min, wanted, tree.Apply(resolved.Max, tree.Number(0), sum))
}

// room returns the flow that may enter, by the conveyor's capacity. The outflows of the same step
// make room, too: it is (capacity - contents)/dt + outflows.
func (b *conveyor) room(capacity *resolved.Variable, own []resolved.Pos) resolved.Expr {
	room := tree.Apply(resolved.Div, tree.Apply(resolved.Sub, ref(capacity, own), ref(b.stock, own)), tree.StepSize())
	for _, out := range b.stock.Outflows {
		room = tree.Apply(resolved.Add, room, ref(out, own))
	}
	return room
}
