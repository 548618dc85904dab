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
	begun   bool // errors and misfit are there
	steps   int  // that it tried
	slopes  [][]float64
	gone    bool // slopes have to be taken before the next step

	// carries keeps slopes from step to step: see carry. Age is how many steps ago they were taken.
	carries bool
	age     int

	points float64 // independent ones, of its misfit; 0: as many as there are
	enough float64 // a gain of misfit that is none
	good   float64 // a misfit low enough to stop at; -Inf: none
}

const (
	stride      = 1e-5 // of differences, in shares of a range
	hardly      = 1e-7 // a gain of misfit that is none for a fit
	roughly     = 1e-3 // one that is none for a start: the best of them is polished
	stiffest    = 1e10 // damping at which no step is left
	mostDescent = 80   // rounds
)

// alike is a difference of misfits between starts that came to the same fit: a twentieth
// of the distance between a fit and the ends of a 95 percent interval.
const alike = 0.1

// dampings are tried at once, as factors of the last that did well; few of them where slopes are
// carried, since many steps in the end are then cheaper than each at its best.
var dampings, fewDampings = []float64{1e-3, 1e-2, 1e-1, 1, 1e1, 1e2}, []float64{1e-2, 1, 1e2}

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
	for {
		active, most := []*climber{}, 0
		for _, c := range list {
			if !c.ended && c.steps < rounds {
				active, most = append(active, c), max(most, c.steps)
			}
		}
		if len(active) == 0 {
			return nil
		}
		if progress != nil {
			progress(float64(most) / float64(rounds))
		}
		if err := s.advance(active); err != nil {
			return err
		}
	}
}

// advance runs the model wherever climbers need it next, all in one ensemble, and lets them go on.
func (s *search) advance(list []*climber) error {
	var at [][]float64
	ends := make([]int, len(list))
	for i, c := range list {
		at = append(at, s.ask(c)...)
		ends[i] = len(at)
	}
	errors, err := s.evaluate(at)
	if err != nil {
		return err
	}
	from := 0
	for i, c := range list {
		s.answer(c, at[from:ends[i]], errors[from:ends[i]])
		from = ends[i]
	}
	return nil
}

// ask returns the points that a climber needs next: where it begins, those of differences, or
// trials of a step.
func (s *search) ask(c *climber) [][]float64 {
	switch {
	case !c.begun:
		return [][]float64{c.u}
	case c.gone:
		return c.differences()
	}
	return s.trials(c)
}

// answer gives a climber the errors at the points that it asked for, nil where a run broke down.
func (s *search) answer(c *climber, at, errors [][]float64) {
	switch {
	case !c.begun:
		c.begun, c.errors, c.misfit = true, errors[0], s.misfitOf(s.pointsOf(c), c.u, errors[0])
		c.ended = errors[0] == nil || c.misfit < c.good
	case c.gone:
		c.differentiate(errors)
	default:
		best, lowest := -1, c.misfit
		for k, v := range at {
			if f := s.misfitOf(s.pointsOf(c), v, errors[k]); f < lowest {
				best, lowest = k, f
			}
		}
		c.take(best, lowest, at, errors)
	}
}

// pointsOf returns how many independent points a climber counts.
func (s *search) pointsOf(c *climber) float64 {
	if c.points > 0 {
		return c.points
	}
	return s.effective
}

// differences returns the points next to a climber from which slopes are taken, by every coordinate
// that moves.
func (c *climber) differences() [][]float64 {
	var at [][]float64
	for k := range c.u {
		if k != c.fixed {
			v := slices.Clone(c.u)
			v[k] += towards(c.u[k])
			at = append(at, v)
		}
	}
	return at
}

// differentiate takes the slopes of all errors by every coordinate that moves, from the errors at
// differences. Those by one that stays are 0.
func (c *climber) differentiate(errors [][]float64) {
	c.gone, c.age, c.slopes = false, 0, make([][]float64, len(c.u))
	for k := range c.u {
		if k == c.fixed {
			c.slopes[k] = make([]float64, len(c.errors))
			continue
		}
		c.slopes[k] = slope(errors[0], c.errors, towards(c.u[k]))
		errors = errors[1:]
	}
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

// trials returns steps at several dampings.
func (s *search) trials(c *climber) [][]float64 {
	var at [][]float64
	curvature, gradient := s.quadratic(c)
	tried := dampings
	if c.carries {
		tried = fewDampings
	}
	for _, f := range tried {
		if v := c.trial(curvature, gradient, float64(c.damping*f)); v != nil {
			at = append(at, v)
		}
	}
	return at
}

// take moves to the best trial, or stiffens. With carried slopes that no longer tell the way it
// only has them taken again.
func (c *climber) take(best int, lowest float64, at, errors [][]float64) {
	c.steps++
	old := c.age > 1
	if best < 0 {
		if c.gone = old; old {
			return
		}
		if c.damping = float64(c.damping * 1e4); c.damping > stiffest {
			c.ended = true
		}
		return
	}
	small := c.misfit-lowest <= c.enough
	if c.small++; !small || old {
		c.small = 0
	}
	if c.gone = !c.carries || small && old; !c.gone {
		c.carry(at[best], errors[best])
	}
	c.u, c.errors, c.misfit = at[best], errors[best], lowest
	c.damping = max(1e-9, min(1e3, float64(c.damping*0.3)))
	c.ended = c.small >= 2 || c.misfit < c.good
}

// carry changes the slopes by the least that explains how the errors change on the way to a point
// (Broyden 1965, A class of methods for solving nonlinear simultaneous equations, Mathematics of
// Computation 19). It costs no run, where differences cost one for each coordinate.
func (c *climber) carry(u, errors []float64) {
	way, square := make([]float64, len(u)), 0.0
	for k := range u {
		way[k] = u[k] - c.u[k]
		square += float64(way[k] * way[k])
	}
	c.age += min(1, math.MaxInt-c.age)
	for i := range errors {
		missed := errors[i] - c.errors[i]
		for k := range way {
			missed -= float64(c.slopes[k][i] * way[k])
		}
		for k := range way {
			c.slopes[k][i] += float64(missed * way[k] / square)
		}
	}
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
