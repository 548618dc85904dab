package scenarios

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// MaxBundles is how many combinations are run: all of 12 interventions.
const MaxBundles = 1 << 12

// BundleOptions say which combinations are wanted. The zero value works.
type BundleOptions struct {
	Options
	Most    int      // interventions in a bundle; 0: any number
	Budget  *float64 // for the sum paid since today of the cost outcome; nil: none
	Outcome string   // ID of the outcome that the frontier is about; "": the first that is not a cost
}

// Bundles are all combinations of a set's interventions, each against no new decisions.
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
	Synergies []Synergy // one a pair without a conflict, in the set's order; none if Most is 1
	Version   string    // of weir
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

// bundleMasks returns the combinations of k interventions, as bits, smallest first, without
// those that have a conflict. left is how many have one. The error is the reason why there
// are too many.
func bundleMasks(k, most int, apart []uint64) (masks []uint64, left int, err error) {
	if most <= 0 || most > k {
		most = k
	}
	all := 0.0
	for n := range most + 1 {
		all += choose(k, n)
	}
	if all > MaxBundles {
		return nil, 0, fmt.Errorf("%d interventions make %.0f bundles of up to %d; at most %d are run, all those of 12 interventions: allow fewer in a bundle, or take interventions out of the set", k, all, most, MaxBundles)
	}
	for n := range most + 1 {
		for _, m := range combinations(k, n) {
			if slices.ContainsFunc(apart, func(pair uint64) bool { return m&pair == pair }) {
				left++
				continue
			}
			masks = append(masks, m)
		}
	}
	return masks, left, nil
}

// choose returns the number of ways to take n of k.
func choose(k, n int) float64 {
	x := 1.0
	for i := range n {
		x = x * float64(k-i) / float64(i+1)
	}
	return math.Round(x)
}

// combinations returns the sets of n of k things, as bits, in the order of their first, then
// their second thing, and so on.
func combinations(k, n int) []uint64 {
	if n == 0 {
		return []uint64{0}
	}
	var out []uint64
	for first := range k {
		for _, rest := range combinations(k-first-1, n-1) {
			out = append(out, 1<<first|rest<<(first+1))
		}
	}
	return out
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
func newBundles(set *Set, o BundleOptions) (*Bundles, []uint64, error) {
	if set.Resolved == nil {
		return nil, nil, errors.New("the set has mistakes; Load lists them")
	}
	b := &Bundles{Set: set, Budget: o.Budget, Most: o.Most, Interventions: set.Interventions, Version: o.Version}
	if err := b.judgeBy(o.Outcome); err != nil {
		return nil, nil, err
	}
	if b.Cost == nil && o.Budget != nil {
		return nil, nil, errors.New("a budget needs a cost, and the set has no cost outcome: add one with cost = true")
	}
	found, apart := conflicts(set, set.Interventions)
	masks, left, err := bundleMasks(len(set.Interventions), o.Most, apart)
	if err != nil {
		return nil, nil, err
	}
	b.Conflicts, b.LeftOut = found, left
	for _, m := range masks {
		b.List = append(b.List, b.bundle(m))
	}
	return b, masks, nil
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
