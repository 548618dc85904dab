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
// the next, the stretch between them is divided again and again, so that the value is known to a
// 50,000th of the range. Two turns that are closer than a step of the grid, and take each other
// back, are not seen.
const (
	gridSteps = 12
	cuts      = 7     // points inside a stretch
	divisions = 4     // (cuts+1)^divisions is 4,096
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
	t.options.Progress = func(done float64) { tell(done / 2) } // the other half is the narrowing
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
		t.doubt.Notes = append(t.doubt.Notes, fmt.Sprintf("Only the first %d of %d constants were looked at for the values that turn a claim.", most, n))
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

// A bracket is a stretch in which a claim turns: at from it holds, or does not, and at to it is the
// other way round.
type bracket struct {
	source   int
	from, to float64
	holds    bool // at from
}

// turns fills in the constants that turn a claim, from its leads at probes.
func (t *tipper) turns(ctx context.Context, x *scenarios.Claim, probes []probe, lead []float64) error {
	var open []bracket
	for i := 1; i < len(probes); i++ {
		a, b := probes[i-1], probes[i]
		if holds := lead[i-1] > x.Least; a.source == b.source && holds != (lead[i] > x.Least) {
			open = append(open, bracket{a.source, a.value, b.value, holds})
		}
	}
	narrow := t.only(*x)
	for range divisions {
		if len(open) == 0 {
			return nil
		}
		var err error
		if open, err = narrow.divide(ctx, x, open); err != nil {
			return err
		}
	}
	for _, i := range t.sources {
		s := t.space.Sources()[i]
		low, high := min(s.Low, s.Value), max(s.High, s.Value)
		at := slices.DeleteFunc(slices.Clone(open), func(b bracket) bool {
			near := edge * (high - low)
			return b.source != i || b.to-low < near && !b.holds || high-b.from < near && b.holds
		})
		if len(at) > 0 {
			x.Turns = append(x.Turns, turn(s, at[:min(mostFound, len(at))]))
		}
	}
	slices.SortStableFunc(x.Turns, func(a, b scenarios.Turn) int { return cmp.Compare(nearness(a), nearness(b)) })
	return nil
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
		for i := range cuts {
			probes = append(probes, probe{b.source, b.from + float64((b.to-b.from)*float64(i+1)/(cuts+1))})
		}
	}
	differences, err := t.differences(ctx, probes)
	if err != nil {
		return nil, err
	}
	lead := leads(t.doubt.Outcome, *x, t.runs, differences)
	var out []bracket
	for k, b := range open {
		from, holds := b.from, b.holds
		for i := range cuts + 1 {
			to, then := b.to, !b.holds
			if i < cuts {
				at := k*cuts + i
				to, then = probes[at].value, lead[at] > x.Least
			}
			if then != holds {
				out = append(out, bracket{b.source, from, to, holds})
			}
			from, holds = to, then
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
		x.Stretches = append(x.Stretches, scenarios.Stretch{From: from, To: middle, Holds: b.holds})
		from = middle
	}
	x.Stretches = append(x.Stretches, scenarios.Stretch{From: from, To: x.High, Holds: !at[len(at)-1].holds})
	return x
}
