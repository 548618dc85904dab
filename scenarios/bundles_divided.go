package scenarios

import (
	"context"
	"fmt"
	"slices"

	"weir/scenarios/divide"
	"weir/scenarios/internal/combine"
	"weir/scenarios/words"
)

// The rows of a bundle that is run elsewhere: the levels of its central run, their noise, and then
// the levels of each future, by outcome.
const (
	rowCentral = iota
	rowNoise
	rowFuture
)

// divided is the rest of RunBundles where combinations are run in parts.
func (r *bundleRun) divided(ctx context.Context, space combine.Space, o BundleOptions) (*Bundles, error) {
	if space.Size() > MaxBundles {
		return nil, undividable(space)
	}
	r.masks, r.LeftOut = space.All()
	r.choose(r.masks)
	base := r.of(r.List[:1])
	if err := base.runCentral(ctx, Options{Workers: o.Workers}); err != nil { // for the times
		return nil, err
	}
	r.frame, r.Horizon, r.Today = base.frame, base.Horizon, base.Today
	work := divide.Work{Items: len(r.List), Unit: "combination", Columns: r.columns(), Block: together,
		Do: func(ctx context.Context, first, end int, row divide.Row) error {
			n := float64(len(r.List))
			return r.some(ctx, first, end, o.Part(float64(first)/n, float64(end)/n), row)
		}}
	last, at := -1, 0
	err := divide.Rows(ctx, o.Divide, work, func(bundle int, numbers []float64) error {
		if at++; bundle != last {
			last, at = bundle, rowCentral
		}
		r.put(at, numbers)
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.state()
	return r.Bundles, nil
}

// undividable returns the error of a set that is searched, with the largest bundles of which all run.
func undividable(space combine.Space) error {
	all := space.Size()
	most := space.K
	for space.Most = most; most > 1 && space.Size() > MaxBundles; space.Most = most {
		most--
	}
	return fmt.Errorf("%s make %s combinations; of more than %s a search runs some, each from the results of those before, "+
		"which cannot be in parts: --most %d runs all that have at most so many", words.Count(space.K, "intervention"),
		words.Grouped(all), words.Grouped(MaxBundles), most)
}

// of returns the run of some of the bundles alone.
func (r *bundleRun) of(list []*Bundle) *bundleRun {
	b := *r.Bundles
	b.List = slices.Clone(list)
	return &bundleRun{Bundles: &b, program: r.program, frame: &Comparison{Set: r.Set, Today: r.frame.Today}}
}

// discounted returns the places of the outcomes that are costs with a discount.
func (r *bundleRun) discounted() (places []int) {
	for k, o := range r.Set.Outcomes {
		if o.Cost && o.Discount != 0 {
			places = append(places, k)
		}
	}
	return places
}

// columns names the numbers of a row: a level of each outcome, the sum of each cost with a discount,
// and whether the future broke down.
func (r *bundleRun) columns() (out []string) {
	for _, o := range r.Set.Outcomes {
		out = append(out, o.ID)
	}
	for _, k := range r.discounted() {
		out = append(out, r.Set.Outcomes[k].ID+" discounted")
	}
	return append(out, "broken")
}

// some runs the bundles from first up to end and gives the rows of each. Their noise needs the run of
// no new decisions, which is run again.
func (r *bundleRun) some(ctx context.Context, first, end int, o Options, row divide.Row) error {
	list, skip := r.List[first:end], 0
	if first > 0 {
		list, skip = append(slices.Clone(r.List[:1]), list...), 1
	}
	s := r.of(list)
	if err := s.runCentral(ctx, o.Part(0, centralShare)); err != nil {
		return err
	}
	if r.Set.Uncertainty != nil {
		s.List = s.List[skip:]
		if err := s.imagine(ctx, 0, o.Part(centralShare, 1)); err != nil {
			return err
		}
	}
	for i := first; i < end; i++ {
		if err := s.rows(i-first, skip, func(numbers []float64) error { return row(i, numbers) }); err != nil {
			return err
		}
	}
	return nil
}

// rows gives the rows of a bundle; its central run has a place that is later by skip.
func (r *bundleRun) rows(i, skip int, row func([]float64) error) error {
	places := r.discounted()
	numbers := make([]float64, len(r.Set.Outcomes)+len(places)+1)
	present, broken := numbers[len(r.Set.Outcomes):], len(numbers)-1
	copy(numbers, r.central[i+skip])
	for n, k := range places {
		present[n] = r.sums[i+skip][k].Value
	}
	if err := row(numbers); err != nil {
		return err
	}
	clear(numbers)
	copy(numbers, r.noise[i+skip])
	if err := row(numbers); err != nil {
		return err
	}
	for m := range r.size {
		for k := range r.Set.Outcomes {
			numbers[k] = r.future[i][k][m]
		}
		for n, k := range places {
			present[n] = r.present[i][k][m]
		}
		numbers[broken] = 0
		if slices.Contains(r.bad[i], m) {
			numbers[broken] = 1
		}
		if err := row(numbers); err != nil {
			return err
		}
	}
	return nil
}

// put takes the row of the newest bundle that stands at a place among its rows.
func (r *bundleRun) put(at int, numbers []float64) {
	outcomes, places := len(r.Set.Outcomes), r.discounted()
	levels, present := slices.Clone(numbers[:outcomes]), numbers[outcomes:]
	switch at {
	case rowCentral:
		sums := make([]*Discounted, outcomes)
		for n, k := range places {
			base := present[n]
			if len(r.sums) > 0 {
				base = r.sums[0][k].Value
			}
			sums[k] = discountedOf(r.Set.Outcomes[k], base, present[n])
		}
		r.central, r.sums = append(r.central, levels), append(r.sums, sums)
		return
	case rowNoise:
		r.noise = append(r.noise, levels)
		return
	case rowFuture:
		r.future, r.present = append(r.future, make([][]float64, outcomes)), append(r.present, make([][]float64, outcomes))
		r.bad = append(r.bad, nil)
	}
	i, m := len(r.future)-1, at-rowFuture
	r.size = max(r.size, m+1)
	for k, x := range levels {
		r.future[i][k] = append(r.future[i][k], x)
	}
	for n, k := range places {
		r.present[i][k] = append(r.present[i][k], present[n])
	}
	if numbers[len(numbers)-1] != 0 {
		r.bad[i] = append(r.bad[i], m)
	}
}
