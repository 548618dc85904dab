package sensitivity

import (
	"context"
	"maps"
	"math/bits"
	"slices"

	"weir/scenarios"
)

// A probe is a run with one constant at another value; see tipper.probe.
type probe struct {
	source int
	value  float64
}

// own is the run in which every constant has its own value.
var own = probe{source: -1}

// A want is the lead of a claim at a probe.
type want struct {
	claim int
	probe
}

// wants returns those of a claim at some values of a constant, in their order.
func (t *tipper) wants(claim, source int, values []float64) []want {
	out := make([]want, len(values))
	for i, x := range values {
		out[i] = want{claim, probe{source, x}}
	}
	return out
}

// key returns the probe under which its numbers are kept: of all that leave every constant at its
// own value it is one.
func (t *tipper) key(p probe) probe {
	if p.value == t.centre[p.source] {
		return own
	}
	return p
}

// margin returns the lead of a claim at a probe that was asked for, less the least lead with which
// the claim holds: above 0 it does. NaN if a run broke down.
func (t *tipper) margin(w want) float64 {
	x, known := &t.doubt.Claims[w.claim], t.known[t.key(w.probe)]
	return toward(t.doubt.Outcome, known[x.Better]-known[x.Worse]) - x.Least
}

// A group is probes that are run together, with the scenarios as bits by their place in the set.
type group struct {
	probes    []probe
	scenarios uint64
}

// ask runs the probes that are wanted and not known yet, each with the scenarios of its claims, and
// tells of its progress from one share of the work to another.
func (t *tipper) ask(ctx context.Context, wants []want, from, to float64) error {
	groups := merged(t.missing(wants))
	all, done := 0.0, 0.0
	for _, g := range groups {
		all += g.cost()
	}
	for _, g := range groups {
		part := t.options.Part(from+float64((to-from)*done/all), from+float64((to-from)*(done+g.cost())/all))
		if err := t.runGroup(ctx, g, part); err != nil {
			return err
		}
		done += g.cost()
	}
	return nil
}

// missing returns the probes that wants need, in groups of the same scenarios.
func (t *tipper) missing(wants []want) []group {
	needed := map[probe]uint64{}
	var order []probe
	for _, w := range wants {
		p, x := t.key(w.probe), &t.doubt.Claims[w.claim]
		for _, s := range []*scenarios.Scenario{x.Better, x.Worse} {
			if _, known := t.known[p][s]; s == nil || known {
				continue
			}
			if needed[p] == 0 {
				order = append(order, p)
			}
			needed[p] |= 1 << slices.Index(t.set.Scenarios, s)
		}
	}
	groups := map[uint64]*group{}
	for _, p := range order {
		g := groups[needed[p]]
		if g == nil {
			g = &group{scenarios: needed[p]}
			groups[needed[p]] = g
		}
		g.probes = append(g.probes, p)
	}
	var out []group
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, *groups[key])
	}
	return out
}

// Of a group, the years before scenarios begin are run once, and so few probes as fit a batch cost
// as much as a batch.
const (
	ofTrunk    = 0.5 // share of a run
	leastBatch = 32  // members
)

// cost returns about how many runs a group costs.
func (g group) cost() float64 {
	choices := float64(1 + bits.OnesCount64(g.scenarios))
	return float64(max(leastBatch, len(g.probes))) * (ofTrunk + float64((1-ofTrunk)*choices))
}

// merged puts groups together where that costs less than running each alone.
func merged(groups []group) []group {
	for i := 0; i < len(groups); i++ {
		for k := i + 1; k < len(groups); k++ {
			both := group{slices.Concat(groups[i].probes, groups[k].probes), groups[i].scenarios | groups[k].scenarios}
			if both.cost() < groups[i].cost()+groups[k].cost() {
				groups[i] = both
				groups = slices.Delete(groups, k, k+1)
				k = i // the larger group is compared with all again
			}
		}
	}
	return groups
}

// runGroup runs a group and keeps the differences of its scenarios from no new decisions.
func (t *tipper) runGroup(ctx context.Context, g group, o scenarios.Options) error {
	e := *t.evaluator
	e.options = o
	e.result = &Result{}
	e.runs = []*scenarios.Scenario{nil}
	for i, s := range t.set.Scenarios {
		if g.scenarios>>i&1 != 0 {
			e.runs = append(e.runs, s)
			e.result.Outputs = append(e.result.Outputs, Output{Outcome: t.doubt.Outcome, Scenario: s})
		}
	}
	values, err := e.run(ctx, batch{Space: t.space, n: len(g.probes), number: func(int) int { return 0 },
		draws: func(place int, to []float64) {
			copy(to, t.centre)
			if p := g.probes[place]; p != own {
				to[p.source] = p.value
			}
		},
		way: func(int) []int { return make([]int, len(t.space.Choices())) }}, false)
	if err != nil {
		return err
	}
	for place, p := range g.probes {
		if t.known[p] == nil {
			t.known[p] = map[*scenarios.Scenario]float64{}
		}
		for k, s := range e.runs[1:] {
			t.known[p][s] = values[k][place]
		}
	}
	return nil
}
