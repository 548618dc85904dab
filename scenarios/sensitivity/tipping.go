package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"weir/scenarios"
	"weir/scenarios/uncertainty"
)

type source = uncertainty.Source

// A claim is looked at on a grid over the range of each constant. Where it turns from one point to
// the next, the stretch between them is narrowed to a 50,000th of the range. Two turns that are
// closer than a step of the grid, and take each other back, are not seen.
const (
	gridSteps = 8
	narrow    = 2e-5  // share of the range
	beside    = 0.02  // of a stretch, on both sides of the value that a straight line gives
	rounds    = 12    // halving alone narrows a step of the grid to its 4,096th
	mostFound = 6     // turns of one claim by one constant
	edge      = 0.001 // share of the range: a lead that is lost only this near to its end is no turn
)

// A probe is a run of all choices with one constant at another value.
type probe struct {
	source int
	value  float64
}

// tip fills in the claims with their turns.
func (t *tipper) tip(ctx context.Context) error {
	t.doubt.Claims = claims(t.comparison, t.doubt.Outcome)
	if len(t.doubt.Claims) == 0 {
		return nil
	}
	for _, s := range t.space.Sources() {
		t.centre = append(t.centre, s.Value)
	}
	t.choose()
	var probes []probe
	for _, i := range t.sources {
		for _, x := range grid(t.space.Sources()[i]) {
			probes = append(probes, probe{i, x})
		}
	}
	tell := t.options.Progress
	if tell == nil {
		tell = func(float64) {}
	}
	t.options = t.options.Part(0, 0.5) // the other half is the narrowing
	differences, err := t.differences(ctx, probes)
	if err != nil {
		return err
	}
	for i := range t.doubt.Claims {
		x := &t.doubt.Claims[i]
		if err := t.turns(ctx, x, probes, leads(t.doubt.Outcome, *x, t.runs, differences)); err != nil {
			return err
		}
		t.shares(x)
		tell(0.5 + float64(i+1)/float64(2*len(t.doubt.Claims)))
	}
	return nil
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
	low, high := min(s.Low, s.Value), max(s.High, s.Value)
	list := []float64{s.Value}
	for i := range gridSteps + 1 {
		list = append(list, low+float64((high-low)*float64(i)/gridSteps))
	}
	list[len(list)-1] = high
	slices.Sort(list)
	return slices.Compact(list)
}

// differences runs probes, and returns the difference of each of the runs, by run and probe; of no
// new decisions it is 0.
func (t *tipper) differences(ctx context.Context, probes []probe) ([][]float64, error) {
	b := batch{Space: t.space, n: len(probes), number: func(int) int { return 0 },
		draws: func(place int, to []float64) {
			copy(to, t.centre)
			to[probes[place].source] = probes[place].value
		},
		way: func(int) []int { return make([]int, len(t.space.Choices())) }}
	values, err := t.run(ctx, b, false)
	if err != nil {
		return nil, err
	}
	out := [][]float64{make([]float64, len(probes))}
	for k, x := range t.result.Outputs {
		if x.Scenario != nil {
			out = append(out, values[k])
		}
	}
	return out, nil
}

// A bracket is a stretch in which a claim turns, with the leads at its ends less the least one: one
// of them is above 0.
type bracket struct {
	source           int
	from, to         float64
	leadFrom, leadTo float64
}

// holds reports whether the claim holds at the lower end, and so not at the upper one.
func (b bracket) holds() bool { return b.leadFrom > 0 }

// inside returns points in a bracket, in ascending order: its middle, the value at which a
// straight line turns, and values beside it, which are the next ends if the line is right.
func (b bracket) inside() []float64 {
	width := b.to - b.from
	line := b.from + float64(width*min(1, max(0, b.leadFrom/(b.leadFrom-b.leadTo))))
	list := []float64{b.from + width/2, line - float64(beside*width), line, line + float64(beside*width)}
	list = slices.DeleteFunc(list, func(x float64) bool { return !(x > b.from && x < b.to) })
	slices.Sort(list)
	return slices.Compact(list)
}

// turns fills in the constants that turn a claim, from its leads at probes.
func (t *tipper) turns(ctx context.Context, x *scenarios.Claim, probes []probe, lead []float64) error {
	var open, found []bracket
	for i := 1; i < len(probes); i++ {
		a, b := probes[i-1], probes[i]
		if a.source == b.source && (lead[i-1] > x.Least) != (lead[i] > x.Least) {
			open = append(open, bracket{a.source, a.value, b.value, lead[i-1] - x.Least, lead[i] - x.Least})
		}
	}
	pair := t.only(*x)
	for range rounds {
		if len(open) == 0 {
			break
		}
		next, err := pair.divide(ctx, x, open)
		if err != nil {
			return err
		}
		open = nil
		for _, b := range next {
			if b.to-b.from > narrow*t.span(b.source) {
				open = append(open, b)
			} else {
				found = append(found, b)
			}
		}
	}
	found = append(found, open...)
	slices.SortFunc(found, func(a, b bracket) int { return cmp.Compare(a.from, b.from) })
	for _, i := range t.sources {
		if at := t.of(found, i); len(at) > 0 {
			x.Turns = append(x.Turns, turn(t.space.Sources()[i], at))
		}
	}
	slices.SortStableFunc(x.Turns, func(a, b scenarios.Turn) int { return cmp.Compare(nearness(a), nearness(b)) })
	return nil
}

// span returns the length of a source's range.
func (t *tipper) span(i int) float64 {
	s := t.space.Sources()[i]
	return max(s.High, s.Value) - min(s.Low, s.Value)
}

// of returns the brackets of a source, but for those at an end of its range, where a lead reaches 0
// without turning.
func (t *tipper) of(found []bracket, i int) []bracket {
	s, near := t.space.Sources()[i], edge*t.span(i)
	var list []bracket
	for _, b := range found {
		atEnd := b.to-min(s.Low, s.Value) < near && !b.holds() || max(s.High, s.Value)-b.from < near && b.holds()
		if b.source == i && !atEnd && len(list) < mostFound {
			list = append(list, b)
		}
	}
	return list
}

// only returns a tipper that runs the choices of one claim and no others.
func (t *tipper) only(x scenarios.Claim) *tipper {
	e := *t.evaluator
	e.result = &Result{}
	*e.result = *t.result
	e.options.Progress = nil
	e.runs, e.result.Outputs = []*scenarios.Scenario{nil}, nil
	for _, s := range []*scenarios.Scenario{x.Better, x.Worse} {
		if s != nil {
			e.runs = append(e.runs, s)
			e.result.Outputs = append(e.result.Outputs, Output{Outcome: t.doubt.Outcome, Scenario: s})
		}
	}
	out := *t
	out.evaluator = &e
	return &out
}

// divide runs points inside of each bracket, and returns the smaller brackets in which the claim
// turns: at least one of each.
func (t *tipper) divide(ctx context.Context, x *scenarios.Claim, open []bracket) ([]bracket, error) {
	var probes []probe
	for _, b := range open {
		for _, value := range b.inside() {
			probes = append(probes, probe{b.source, value})
		}
	}
	if len(probes) == 0 { // the ends are neighbouring numbers
		return nil, nil
	}
	differences, err := t.differences(ctx, probes)
	if err != nil {
		return nil, err
	}
	lead := leads(t.doubt.Outcome, *x, t.runs, differences)
	var out []bracket
	at := 0
	for _, b := range open {
		last := bracket{b.source, b.from, b.to, b.leadFrom, b.leadTo}
		for range b.inside() {
			y := lead[at] - x.Least
			if (y > 0) != last.holds() {
				out = append(out, bracket{b.source, last.from, probes[at].value, last.leadFrom, y})
			}
			last.from, last.leadFrom = probes[at].value, y
			at++
		}
		if (b.leadTo > 0) != last.holds() {
			out = append(out, last)
		}
	}
	return out, nil
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
