package scenarios

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"weir/scenarios/divide"
	"weir/scenarios/internal/combine"
)

// Bounds of the combinations that are run.
const (
	MaxBundles    = 1 << 12 // all of 12 interventions; of more, or beside a comparison, some are chosen
	searchFutures = 32      // in which a combination is tried before it runs in all
	mostThings    = 63      // interventions: as many as a mask has bits
	futuresBeside = 200     // beside a comparison: in which the chosen combinations run
)

// BundleOptions say which combinations are wanted. The zero value works.
type BundleOptions struct {
	Options
	Most    int      // interventions in a bundle; 0: any number
	Budget  *float64 // for the sum paid since today of the cost outcome; nil: none
	Outcome string   // ID of the outcome that the frontier is about; "": the first that is not a cost
	// Beside asks for no more than the frontier, beside a comparison: combinations are tried in a
	// few futures, and the best for their cost run in at most 200, both spread evenly over the set's.
	Beside bool
	// Divide, if not nil, has the combinations run in parts. All of them must run then: a search goes
	// on from earlier results.
	Divide divide.Divider
}

// Bundles are combinations of a set's interventions, each against no new decisions: all of them,
// or those that Tried says.
type Bundles struct {
	Set           *Set
	Outcome       *Outcome // that the frontier is about
	Cost          *Outcome // nil if the set has no cost outcome: then there is no frontier
	Budget        *float64 // as asked for
	Most          int      // as asked for
	Today         float64
	Horizon       float64
	Futures       int // that count, the same for each bundle; 0: central runs only
	Excluded      int // futures in which some bundle broke down: left out of all
	Interventions []*Intervention
	// List has no new decisions first, then each intervention, each pair, and so on, in
	// the set's order. Bundles with a conflict are not in it.
	List []*Bundle
	// Conflicts are pairs that change one decision at the same time. Bundles with both are
	// not run, since nothing says which of the two would hold; LeftOut is how many.
	Conflicts []Conflict
	LeftOut   int
	Synergies []Synergy // one a pair without a conflict in List, in the set's order
	Tried     *Tried    // nil: all combinations ran
	Version   string    // of weir
}

// Tried says how the bundles of a set with too many combinations were chosen: each intervention
// alone, the set's scenarios, and then from the frontier on each combination with one intervention
// more or one less, until that finds nothing better.
type Tried struct {
	Of           float64 // combinations there are, those that hold a conflict among them
	Combinations int     // that were tried
	Futures      int     // in which, spread evenly over the set's; 0: the central run
	Broken       int     // that met a number which is not finite, and are left out
	Thorough     bool    // each pair was tried too, and one intervention in the place of another
	Stopped      bool    // the bound on combinations ended the search before it found no better
}

// A Bundle is some interventions together.
type Bundle struct {
	Interventions []*Intervention
	Effects       []Effect // one an outcome, in the set's order
	// Unpriced are the interventions whose cost the model does not have; such a bundle
	// costs more than its cost says, and is on no frontier.
	Unpriced []*Intervention
	// Affordable: the median cost keeps within the budget, or there is no budget. False if
	// a cost is not known and there is a budget.
	Affordable bool
	// Frontier: no priced, affordable bundle that costs no more does better at the median.
	// FrontierWorst: the same in the worst tenth of futures. Better means by more than a
	// thousandth of the outcome's level.
	Frontier, FrontierWorst bool
}

// An Effect is a bundle's difference from no new decisions, by the measure of the outcome; of
// a cost, that of the sums paid since today. Median, Range and shares are those that Compare
// gives a scenario of the same interventions. With central runs only, all numbers are Central.
type Effect struct {
	Outcome    *Outcome
	Central    float64    // with every constant at its own value
	Range      [2]float64 // 10th and 90th percentile over the futures
	Median     float64
	Worst      float64     // the mean of the tenth of futures that are worst for this outcome
	Discounted *Discounted // of a cost with a discount; nil otherwise
	Noise      float64     // the largest change of the difference that half the step makes
	None       bool        // exactly no difference, in any future
	// BetterIn and WorseIn are the shares of futures in which it differs from no new
	// decisions by more than Noise.
	BetterIn, WorseIn float64
}

// A Conflict is two interventions that cannot be in one bundle.
type Conflict struct {
	A, B     *Intervention
	Decision string // that both change at the same time
}

// A Synergy is the effect of a pair of interventions beyond the sum of their effects alone,
// in Bundles.Outcome: pair - A - B, future by future. Above 0 it is more.
type Synergy struct {
	A, B         *Intervention
	Central      float64
	Range        [2]float64
	Median       float64
	Above, Below float64 // shares of futures in which it is above and below 0
}

// conflicts returns the pairs of interventions that change one number at one time.
func conflicts(s *Set, list []*Intervention) (found []Conflict, masks []uint64) {
	for j, b := range list {
		for i, a := range list[:j] {
			if name := clashing(s, a, b); name != "" {
				found = append(found, Conflict{A: a, B: b, Decision: name})
				masks = append(masks, 1<<i|1<<j)
			}
		}
	}
	return found, masks
}

// clashing returns the first decision that two interventions change at the same time.
func clashing(s *Set, a, b *Intervention) string {
	for _, x := range a.Changes {
		for _, y := range b.Changes {
			if s.Collide(x, y) {
				return y.Variable
			}
		}
	}
	return ""
}

// newBundles lays out the runs. The error says why it cannot be.
func newBundles(set *Set, o BundleOptions) (b *Bundles, space combine.Space, err error) {
	if set.Resolved == nil {
		return nil, space, errors.New("the set has mistakes; Load lists them")
	}
	if n := len(set.Interventions); n > mostThings {
		return nil, space, fmt.Errorf("%d interventions are too many to combine, at most %d: take some out of the set", n,
			mostThings)
	}
	b = &Bundles{Set: set, Budget: o.Budget, Most: o.Most, Interventions: set.Interventions, Version: o.Version}
	if err := b.judgeBy(o.Outcome); err != nil {
		return nil, space, err
	}
	if b.Cost == nil && o.Budget != nil {
		return nil, space, errors.New("a budget needs a cost, and the set has no cost outcome: add one with cost = true")
	}
	var apart []uint64
	b.Conflicts, apart = conflicts(set, set.Interventions)
	return b, combine.Space{K: len(set.Interventions), Most: o.Most, Apart: apart}, nil
}

// choose lists the combinations that run.
func (b *Bundles) choose(masks []uint64) {
	for _, m := range masks {
		b.List = append(b.List, b.bundle(m))
	}
}

// judgeBy finds the outcomes that matter.
func (b *Bundles) judgeBy(id string) error {
	var ids []string
	for _, o := range b.Set.Outcomes {
		if o.Cost {
			b.Cost = o
			continue
		}
		ids = append(ids, o.ID)
		if b.Outcome == nil && (id == "" || id == o.ID) {
			b.Outcome = o
		}
	}
	switch {
	case b.Outcome != nil:
		return nil
	case id == "":
		return errors.New("the set has no outcome but a cost")
	}
	return fmt.Errorf("the set has no outcome %q to judge bundles by; it has %s", id, strings.Join(ids, ", "))
}

// bundle returns the combination of some bits.
func (b *Bundles) bundle(mask uint64) *Bundle {
	x := &Bundle{}
	for ; mask != 0; mask &= mask - 1 {
		i := b.Interventions[bits.TrailingZeros64(mask)]
		x.Interventions = append(x.Interventions, i)
		if i.Unpriced() {
			x.Unpriced = append(x.Unpriced, i)
		}
	}
	return x
}
