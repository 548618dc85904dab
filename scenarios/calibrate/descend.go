package calibrate

import (
	"math"
	"slices"

	"weir/model/numeric"
)

// A climber is one of many descents that go on side by side, so that their runs share
// ensembles: a Levenberg-Marquardt search in the unit cube (Marquardt 1963, An algorithm
// for least-squares estimation of nonlinear parameters, SIAM Journal 11), whose steps are
// tried at several dampings at once and are cut at the sides of the cube.
type climber struct {
	u       []float64
	fixed   int // a coordinate that stays, -1: none
	errors  []float64
	misfit  float64
	damping float64
	small   int  // how often in a row hardly anything was won
	ended   bool // no step leads lower
	slopes  [][]float64
	gone    bool // moved since slopes were taken

	points float64 // independent ones, of its misfit; 0: as many as there are
	enough float64 // a gain of misfit that is none
	good   float64 // a misfit low enough to stop at; -Inf: none
}

const (
	stride      = 1e-5 // of differences, in shares of a range
	hardly      = 1e-7 // a gain of misfit that is none for a fit
	stiffest    = 1e10 // damping at which no step is left
	mostDescent = 80   // rounds
)

// alike is a difference of misfits between starts that came to the same fit: a twentieth
// of the distance between a fit and the ends of a 95 percent interval.
const alike = 0.1

// dampings are tried at once, as factors of the last that did well.
var dampings = []float64{1e-3, 1e-2, 1e-1, 1, 1e1, 1e2}

// newClimber returns a climber at a point of the unit cube, which it copies. Fixed is a
// coordinate that stays, -1 for none.
func newClimber(u []float64, fixed int) *climber {
	return &climber{u: slices.Clone(u), fixed: fixed, damping: 1e-2,
		gone: true, misfit: math.Inf(1), enough: hardly, good: math.Inf(-1)}
}

// lowest returns the climber with the least misfit, the first of equal ones.
func lowest(list []*climber) *climber {
	best := list[0]
	for _, c := range list[1:] {
		if c.misfit < best.misfit {
			best = c
		}
	}
	return best
}

// dot returns the scalar product, added in order.
func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// descend takes climbers down until all have ended, at most rounds steps each.
func (s *search) descend(list []*climber, rounds int, progress func(float64)) error {
	if err := s.begin(list); err != nil {
		return err
	}
	for k := range rounds {
		active := slices.DeleteFunc(slices.Clone(list), func(c *climber) bool { return c.ended })
		if len(active) == 0 {
			break
		}
		if progress != nil {
			progress(float64(k) / float64(rounds))
		}
		if err := s.differentiate(active); err != nil {
			return err
		}
		if err := s.step(active); err != nil {
			return err
		}
	}
	return nil
}

// begin computes where climbers are.
func (s *search) begin(list []*climber) error {
	var at [][]float64
	for _, c := range list {
		at = append(at, c.u)
	}
	errors, err := s.evaluate(at)
	if err != nil {
		return err
	}
	for i, c := range list {
		c.errors, c.misfit = errors[i], s.misfitOf(s.pointsOf(c), c.u, errors[i])
		c.ended = c.ended || errors[i] == nil || c.misfit < c.good
	}
	return nil
}

// pointsOf returns how many independent points a climber counts.
func (s *search) pointsOf(c *climber) float64 {
	if c.points > 0 {
		return c.points
	}
	return s.effective
}

// differentiate takes the slopes of all errors by every coordinate, by differences
// towards the middle of the cube.
func (s *search) differentiate(list []*climber) error {
	var at [][]float64
	for _, c := range list {
		if !c.gone {
			continue
		}
		for k := range c.u {
			v := slices.Clone(c.u)
			v[k] += towards(c.u[k])
			at = append(at, v)
		}
	}
	errors, err := s.evaluate(at)
	if err != nil {
		return err
	}
	n := 0
	for _, c := range list {
		if !c.gone {
			continue
		}
		c.gone, c.slopes = false, make([][]float64, len(c.u))
		for k := range c.u {
			c.slopes[k] = slope(errors[n], c.errors, towards(c.u[k]))
			n++
		}
	}
	return nil
}

// towards returns the step of a difference at a coordinate, which stays inside the cube.
func towards(u float64) float64 {
	if u > 0.5 {
		return -stride
	}
	return stride
}

// slope returns the difference of errors over a step; 0 where the run broke down.
func slope(there, here []float64, step float64) []float64 {
	out := make([]float64, len(here))
	for i := range there {
		out[i] = (there[i] - here[i]) / step
	}
	return out
}

// step tries steps of all climbers and takes the best of each.
func (s *search) step(list []*climber) error {
	var at [][]float64
	var of []int
	for i, c := range list {
		curvature, gradient := s.quadratic(c)
		for _, f := range dampings {
			if v := c.trial(curvature, gradient, float64(c.damping*f)); v != nil {
				at, of = append(at, v), append(of, i)
			}
		}
	}
	errors, err := s.evaluate(at)
	if err != nil {
		return err
	}
	best := make([]int, len(list))
	for i := range best {
		best[i] = -1
	}
	lowest := make([]float64, len(list))
	for k, v := range at {
		i := of[k]
		if f := s.misfitOf(s.pointsOf(list[i]), v, errors[k]); f < list[i].misfit && (best[i] < 0 || f < lowest[i]) {
			best[i], lowest[i] = k, f
		}
	}
	for i, c := range list {
		c.take(best[i], lowest[i], at, errors)
	}
	return nil
}

// take moves to the best trial, or stiffens.
func (c *climber) take(best int, lowest float64, at, errors [][]float64) {
	if best < 0 {
		if c.damping = float64(c.damping * 1e4); c.damping > stiffest {
			c.ended = true
		}
		return
	}
	c.small++
	if c.misfit-lowest > c.enough {
		c.small = 0
	}
	c.u, c.errors, c.misfit, c.gone = at[best], errors[best], lowest, true
	c.damping = max(1e-9, min(1e3, float64(c.damping*0.3)))
	c.ended = c.small >= 2 || c.misfit < c.good
}

// quadratic returns the misfit around a climber: gradient, and curvature as of a least-squares
// problem.
func (s *search) quadratic(c *climber) (curvature [][]float64, gradient []float64) {
	n := len(c.u)
	factor := s.pointsOf(c) / s.scale(c.errors)
	curvature, gradient = make([][]float64, n), make([]float64, n)
	for i := range n {
		curvature[i] = make([]float64, n)
		for j := range n {
			curvature[i][j] = float64(factor * dot(c.slopes[i], c.slopes[j]))
		}
		gradient[i] = float64(factor * dot(c.slopes[i], c.errors))
		slope, bend := s.parameters[i].bend(c.u[i])
		gradient[i] += slope
		curvature[i][i] += bend
	}
	return curvature, gradient
}

// trial returns a damped step inside the cube; nil if there is none. A coordinate at a side to
// which the gradient pushes it stays there.
func (c *climber) trial(curvature [][]float64, gradient []float64, damping float64) []float64 {
	var free []int
	for i, u := range c.u {
		if i != c.fixed && !(u <= 0 && gradient[i] >= 0) && !(u >= 1 && gradient[i] <= 0) {
			free = append(free, i)
		}
	}
	a := make([][]float64, len(free))
	b := make([]float64, len(free))
	for i, p := range free {
		a[i] = make([]float64, len(free))
		for j, q := range free {
			a[i][j] = curvature[p][q]
		}
		a[i][i] += float64(damping*a[i][i]) + 1e-6
		b[i] = -gradient[p]
	}
	if len(free) == 0 || !numeric.Solve(a, b) {
		return nil
	}
	v := slices.Clone(c.u)
	for i, p := range free {
		v[p] = min(1, max(0, v[p]+b[i]))
	}
	if slices.Equal(v, c.u) {
		return nil
	}
	return v
}
