package sensitivity

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"weir/scenarios/words"
)

// Morris's design: a coordinate has so many levels, from the 5 to the 95 % point of its
// distribution, and a step is a little more than half of that.
const (
	levels           = 8
	step             = float64(levels) / (2 * (levels - 1))
	lowest, highest  = 0.05, 0.95
	mostTrajectories = 100_000
)

// morris estimates elementary effects. A trajectory starts at random and moves one factor after
// the other, in random order, by one step (M. Morris, Factorial sampling plans for preliminary
// computational experiments, Technometrics 33, 1991); the mean size is that of F. Campolongo, J.
// Cariboni and A. Saltelli, Environmental Modelling and Software 22, 2007, which has the case of
// several numbers moved as one, too.
func (e *evaluator) morris(ctx context.Context) error {
	r := e.question.Runs
	switch {
	case r == 0:
		r = DefaultTrajectories
	case r < 4 || r > mostTrajectories:
		return fmt.Errorf("--runs is a number of trajectories from 4 to %s, not %d", words.Grouped(mostTrajectories), r)
	}
	if e.question.OverTime {
		return fmt.Errorf("--over-time is for --method sobol")
	}
	k := len(e.result.Factors)
	if err := e.affordable(r, r*(k+1), 1, "take fewer trajectories with --runs"); err != nil {
		return err
	}
	t := e.trajectories(r)
	e.result.Points = r
	values, err := e.run(ctx, batch{Space: e.space, n: r * (k + 1),
		number: func(place int) int { return place / (k + 1) },
		at:     t.point}, false)
	if err != nil {
		return err
	}
	good := t.whole(values)
	if e.result.Excluded = r - len(good); len(good) < 4 {
		return fmt.Errorf("%d of %d trajectories broke down in some run, so nothing can be estimated: weir run "+
			"MODEL --runs shows why", r-len(good), r)
	}
	for i := range e.result.Outputs {
		e.effects(&e.result.Outputs[i], t, values[i], good)
	}
	return nil
}

// trajectories are the points of a design of Morris.
type trajectories struct {
	factors []Factor
	starts  [][]float64 // by trajectory and coordinate, 0 to 1 between the lowest and the highest level
	order   [][]int     // by trajectory: the factor that each step moves
	dims    int
}

// trajectories draws r trajectories.
func (e *evaluator) trajectories(r int) *trajectories {
	random := rand.New(rand.NewPCG(e.result.Seed, 0x3022))
	t := &trajectories{factors: e.result.Factors, dims: e.space.Dims()}
	for range r {
		start := make([]float64, t.dims)
		for c := range start {
			start[c] = float64(random.IntN(levels)) / (levels - 1)
		}
		t.starts, t.order = append(t.starts, start), append(t.order, random.Perm(len(t.factors)))
	}
	return t
}

// up reports the direction in which a coordinate that starts at x moves: the one that stays
// inside.
func up(x float64) bool { return x+step <= 1+1e-9 }

// point writes the point at a place: of each trajectory its start, then each step.
func (t *trajectories) point(place int, to []float64) {
	k := len(t.factors)
	trajectory, moved := place/(k+1), place%(k+1)
	x := make([]float64, t.dims)
	copy(x, t.starts[trajectory])
	for _, f := range t.order[trajectory][:moved] {
		for _, c := range t.factors[f].axis.Coordinates {
			if up(x[c]) {
				x[c] += step
			} else {
				x[c] -= step
			}
		}
	}
	for c := range to {
		to[c] = lowest + float64((highest-lowest)*x[c])
	}
}

// whole returns the trajectories of which no run broke down.
func (t *trajectories) whole(values [][]float64) (good []int) {
	k := len(t.factors) + 1
	for i := range t.starts {
		sum := 0.0
		for _, list := range values {
			for _, y := range list[i*k : (i+1)*k] {
				sum += y - y
			}
		}
		if sum == 0 {
			good = append(good, i)
		}
	}
	return good
}

// effects fills in the elementary effects of one output.
func (e *evaluator) effects(o *Output, t *trajectories, y []float64, good []int) {
	k := len(t.factors)
	o.Mean, o.SD = meanAndSD(y, good, k+1)
	byFactor := make([][]float64, k) // in the order of good
	for _, i := range good {
		for s, f := range t.order[i] {
			d := (y[i*(k+1)+s+1] - y[i*(k+1)+s]) / step
			if c := t.factors[f].axis.Coordinates; !up(t.starts[i][c[0]]) {
				d = -d
			}
			byFactor[f] = append(byFactor[f], d)
		}
	}
	o.Constant = true
	for f, list := range byFactor {
		x := effectOf(list, e.result.Seed)
		if len(t.factors[f].axis.Coordinates) > 1 {
			x.Sign = 0 // its coordinates moved in directions of their own
		}
		o.Constant = o.Constant && x.Mean.Value <= 1e-11*abs(o.Mean)
		o.Effects = append(o.Effects, x)
	}
}

// meanAndSD returns those of the values of some groups of size each.
func meanAndSD(y []float64, groups []int, size int) (mean, sd float64) {
	n := float64(len(groups) * size)
	for _, g := range groups {
		for _, x := range y[g*size : (g+1)*size] {
			mean += x / n
		}
	}
	for _, g := range groups {
		for _, x := range y[g*size : (g+1)*size] {
			sd += float64((x-mean)*(x-mean)) / n
		}
	}
	return mean, math.Sqrt(sd)
}

// effectOf returns the numbers of elementary effects.
func effectOf(list []float64, seed uint64) Effect {
	places, n := make([]int, len(list)), float64(len(list))
	mean := 0.0
	for i, d := range list {
		places[i] = i
		mean += d / n
	}
	size := func(at []int) (sum float64) {
		for _, i := range at {
			sum += abs(list[i]) / n
		}
		return sum
	}
	sizes, random := []float64{size(places)}, resampler(seed)
	for range resamples {
		sizes = append(sizes, size(random(places)))
	}
	x := Effect{Mean: ranged(sizes)}
	for _, d := range list {
		x.SD += float64((d-mean)*(d-mean)) / max(1, n-1)
	}
	if x.SD = math.Sqrt(x.SD); x.Mean.Value > 0 {
		x.Sign = mean / x.Mean.Value
	}
	return x
}
