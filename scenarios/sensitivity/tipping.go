package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/uncertainty"
)

type source = uncertainty.Source

// A claim is looked at where a constant is lowest, highest, between the two and at its own value. If
// these move the lead by less than half of the change that would turn the claim, the constant is
// left at that; otherwise the claim is looked at on a grid over the range. Where it turns from one
// point to the next, the stretch between them is narrowed to a 50,000th of the range. Two turns that
// are closer than a step of the grid, and take each other back, are not seen.
const (
	gridSteps = 8      // an even number
	quiet     = 0.5    // share of the change that would turn a claim
	narrow    = 2e-5   // share of the range
	beside    = 0.02   // share of a step, on both sides of the value that a straight line gives
	almost    = 0.0015 // the same of a stretch between two such sides, in which a line is all but right
	slow      = 0.25   // share of a stretch that is left after a round that did not help
	rounds    = 16     // halving alone narrows a step of the grid to its 4,096th in 12
	mostFound = 6      // turns of one claim by one constant
	edge      = 0.001  // share of the range: a lead that is lost only this near to its end is no turn
)

// tip fills in the claims with their turns.
func (t *tipper) tip(ctx context.Context) error {
	list := claims(t.comparison, t.doubt.Outcome)
	if t.doubt.Claims = list; len(list) == 0 {
		return nil
	}
	for _, s := range t.space.Sources() {
		t.centre = append(t.centre, s.Value)
	}
	t.choose()
	open, err := t.look(ctx)
	if err != nil {
		return err
	}
	found, err := t.narrow(ctx, open)
	if err != nil {
		return err
	}
	for i := range list {
		t.turns(i, found)
		t.shares(&list[i])
	}
	return nil
}

// look returns the stretches of the grid in which claims turn.
func (t *tipper) look(ctx context.Context) ([]bracket, error) {
	var few, all []want
	for i := range t.doubt.Claims {
		for _, k := range t.sources {
			few = append(few, t.wants(i, k, coarse(t.space.Sources()[k]))...)
		}
	}
	if err := t.ask(ctx, few, 0, 0.4); err != nil {
		return nil, err
	}
	for i := range t.doubt.Claims {
		for _, k := range t.sources {
			if !t.quiet(i, k) {
				all = append(all, t.wants(i, k, grid(t.space.Sources()[k]))...)
			}
		}
	}
	if err := t.ask(ctx, all, 0.4, 0.7); err != nil {
		return nil, err
	}
	var open []bracket
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		if a.claim != b.claim || a.source != b.source {
			continue
		}
		if x := (bracket{a.claim, a.source, a.value, b.value, t.margin(a), t.margin(b), none}); x.turns() {
			open = append(open, x)
		}
	}
	return open, nil
}

// quiet reports whether a constant hardly moves the lead of a claim, as far as the few values of
// coarse say; never if a run broke down.
func (t *tipper) quiet(claim, source int) bool {
	low, high, near := math.Inf(1), math.Inf(-1), math.Inf(1)
	for _, w := range t.wants(claim, source, coarse(t.space.Sources()[source])) {
		y := t.margin(w)
		low, high, near = min(low, y), max(high, y), min(near, abs(y))
	}
	return high-low < quiet*near && (low > 0) == (high > 0)
}

// choose takes the constants that are looked at: all, or as many as the bound allows.
func (t *tipper) choose() {
	n := len(t.space.Sources())
	if most := mostProbes / ((gridSteps + 2) * len(t.runs)); n > most {
		t.doubt.Notes = append(t.doubt.Notes, fmt.Sprintf("Only the first %d of %d constants were looked at for "+
			"the values that turn a claim.", most, n))
		n = most
	}
	for i := range n {
		t.sources = append(t.sources, i)
	}
}

// grid returns the values of a constant at which claims are looked at, its own among them, in
// ascending order.
func grid(s source) []float64 {
	list := []float64{s.Value}
	for i := range gridSteps + 1 {
		list = append(list, gridPoint(s, i))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// coarse returns a few values of the grid: the ends, the middle and the constant's own.
func coarse(s source) []float64 {
	return []float64{gridPoint(s, 0), gridPoint(s, gridSteps/2), gridPoint(s, gridSteps), s.Value}
}

// gridPoint returns point i of the grid of a constant, from 0 to gridSteps.
func gridPoint(s source, i int) float64 {
	low, high := min(s.Low, s.Value), max(s.High, s.Value)
	if i == gridSteps {
		return high
	}
	return low + float64((high-low)*float64(i)/gridSteps)
}

// A progress says how a bracket came from a wider one.
type progress uint8

const (
	none progress = iota // it is a step of the grid
	fast
	little // most of the wider one is left
)

// A bracket is a stretch of a constant in which a claim turns, with the margins at its ends: one of
// them is above 0.
type bracket struct {
	claim, source        int
	from, to             float64
	marginFrom, marginTo float64
	last                 progress
}

// holds reports whether the claim holds at the lower end, and so not at the upper one.
func (b bracket) holds() bool { return b.marginFrom > 0 }

// turns reports whether the claim turns from the lower to the upper end.
func (b bracket) turns() bool { return (b.marginFrom > 0) != (b.marginTo > 0) }

// inside returns points in a bracket, in ascending order: values beside that at which a straight
// line turns, which are the next ends if the line is right, and the middle if it was not.
func (b bracket) inside() []float64 {
	width := b.to - b.from
	line := b.from + float64(width*min(1, max(0, b.marginFrom/(b.marginFrom-b.marginTo))))
	side := beside * width
	if b.last == fast {
		side = almost * width
	}
	list := []float64{line - side, line + side}
	if b.last == little || line-line != 0 {
		list = append(list, b.from+width/2)
	}
	list = slices.DeleteFunc(list, func(x float64) bool { return !(x > b.from && x < b.to) })
	slices.Sort(list)
	return slices.Compact(list)
}

// narrow returns brackets that are as narrow as they get, from wider ones of all claims.
func (t *tipper) narrow(ctx context.Context, open []bracket) (found []bracket, err error) {
	for round := range rounds {
		var wants []want
		for _, b := range open {
			wants = append(wants, t.wants(b.claim, b.source, b.inside())...)
		}
		if len(wants) == 0 { // none is open, or the ends are neighbouring numbers
			break
		}
		from := 0.7 + 0.3*float64(round)/rounds
		if err := t.ask(ctx, wants, from, from+0.3/rounds); err != nil {
			return nil, err
		}
		var next []bracket
		for _, b := range open {
			for _, x := range t.divide(b) {
				if x.to-x.from > narrow*t.span(x.source) {
					next = append(next, x)
				} else {
					found = append(found, x)
				}
			}
		}
		open = next
	}
	return append(found, open...), nil
}

// divide returns the parts of a bracket, between its ends and the points inside, in which the claim
// turns: at least one.
func (t *tipper) divide(b bracket) []bracket {
	var out []bracket
	from, margin := b.from, b.marginFrom
	for _, w := range append(t.wants(b.claim, b.source, b.inside()), want{claim: b.claim, probe: probe{b.source, b.to}}) {
		x := bracket{b.claim, b.source, from, w.value, margin, b.marginTo, fast}
		if w.value != b.to {
			x.marginTo = t.margin(w)
		}
		if x.turns() {
			if x.to-x.from > slow*(b.to-b.from) {
				x.last = little
			}
			out = append(out, x)
		}
		from, margin = x.to, x.marginTo
	}
	return out
}

// turns fills in the constants that turn a claim.
func (t *tipper) turns(claim int, found []bracket) {
	x := &t.doubt.Claims[claim]
	for _, i := range t.sources {
		if at := t.of(found, claim, i); len(at) > 0 {
			x.Turns = append(x.Turns, turn(t.space.Sources()[i], at))
		}
	}
	slices.SortStableFunc(x.Turns, func(a, b scenarios.Turn) int { return cmp.Compare(nearness(a), nearness(b)) })
}

// span returns the length of a source's range.
func (t *tipper) span(i int) float64 {
	s := t.space.Sources()[i]
	return max(s.High, s.Value) - min(s.Low, s.Value)
}

// of returns the brackets of a claim and a source in ascending order, but for those at an end of its
// range, where a lead reaches 0 without turning.
func (t *tipper) of(found []bracket, claim, i int) []bracket {
	s, near := t.space.Sources()[i], edge*t.span(i)
	var list []bracket
	for _, b := range found {
		atEnd := b.to-min(s.Low, s.Value) < near && !b.holds() || max(s.High, s.Value)-b.from < near && b.holds()
		if b.claim == claim && b.source == i && !atEnd {
			list = append(list, b)
		}
	}
	slices.SortFunc(list, func(a, b bracket) int { return cmp.Compare(a.from, b.from) })
	return list[:min(len(list), mostFound)]
}

// turn returns a constant with the stretches between the middles of its brackets.
func turn(s source, at []bracket) scenarios.Turn {
	x := scenarios.Turn{Constant: s.Name, Label: cmp.Or(s.Label, s.Name), Unit: unitOf(s.Unit), Own: s.Value,
		Low: min(s.Low, s.Value), High: max(s.High, s.Value)}
	from := x.Low
	for _, b := range at {
		middle := b.from + (b.to-b.from)/2
		x.Stretches = append(x.Stretches, scenarios.Stretch{From: from, To: middle, Holds: b.holds()})
		from = middle
	}
	x.Stretches = append(x.Stretches, scenarios.Stretch{From: from, To: x.High, Holds: !at[len(at)-1].holds()})
	return x
}
