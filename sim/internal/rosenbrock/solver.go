package rosenbrock

import (
	"math"

	"weir/model/method"
	functions "weir/model/numeric/maths"
)

// A Problem is what a solver integrates.
type Problem interface {
	// Slopes puts the slopes at time t and stocks y into to. It keeps neither.
	Slopes(t float64, y, to []float64)
	// Linearize computes the matrix of slopes by stocks, of the plan's pattern, and the slopes
	// by time, at the point of the last call of Slopes.
	Linearize(values, byTime []float64)
	// Worst returns the largest ratio of an error to the error allowed of a step from y0 to
	// y1, and the stock that has it: +Inf if the step must not be, NaN for a stock that is
	// NaN.
	Worst(y0, y1, errors []float64) (stock int, ratio float64)
}

// Tries is how many steps are tried in one call of Advance.
const Tries = 100_000

// A Status is how Advance ended.
type Status uint8

// The ways in which Advance ends.
const (
	Reached   Status = iota
	Stopped          // the callback of Advance said so
	NotFinite        // a stock is NaN or infinite, however short the step
	TooShort         // no step is short enough for the error of Stock
	TooMany          // more steps are needed than allowed, because of Stock
)

// A Solver holds a solution between the beginning and the end of its last step.
type Solver struct {
	tableau *method.Rosenbrock
	order   int
	problem Problem
	m       Matrix
	factors *factors
	h       float64 // the step to try next; 0: not known yet

	Stock    int // that ended Advance
	Steps    int // accepted so far
	Rejected int

	t0, t1           float64 // of the last step
	y0, y1           []float64
	u                [][]float64 // stages
	dense            [][]float64
	f0, byTime       []float64
	stage, at, extra []float64
}

// New returns a solver of a problem with as many unknowns as the plan has. The matrix has the
// plan's pattern; the solver owns its values.
func New(m *method.Method, p Problem, plan *Plan, pattern Matrix) *Solver {
	n := len(plan.block)
	numbers := func() []float64 { return make([]float64, n) }
	s := &Solver{tableau: m.Implicit, order: m.Order, problem: p, m: pattern, factors: newFactors(plan),
		y0: numbers(), y1: numbers(), f0: numbers(), byTime: numbers(), stage: numbers(), at: numbers(), extra: numbers()}
	s.m.Values = make([]float64, len(pattern.Columns))
	for range s.tableau.B {
		s.u = append(s.u, numbers())
	}
	for range s.tableau.Dense {
		s.dense = append(s.dense, numbers())
	}
	return s
}

// Start sets the solution at a time.
func (s *Solver) Start(t float64, y []float64) {
	s.t0, s.t1 = t, t
	copy(s.y1, y)
}

// Time returns the end of the solution.
func (s *Solver) Time() float64 { return s.t1 }

// Advance makes steps until the solution reaches time t, none beyond the horizon, which is t or
// later. Before each step it calls next, and stops if that returns false.
func (s *Solver) Advance(t, horizon float64, next func() bool) Status {
	for tries := 0; s.t1 < t; tries++ {
		if tries >= Tries {
			return TooMany
		}
		if !next() {
			return Stopped
		}
		s.t0 = s.t1
		copy(s.y0, s.y1)
		s.problem.Slopes(s.t0, s.y0, s.f0)
		s.problem.Linearize(s.m.Values, s.byTime)
		if s.h == 0 {
			s.h = s.first(horizon - s.t0)
		}
		status, tried := s.step(horizon)
		if tries += tried; status != Reached {
			return status
		}
	}
	return Reached
}

// first returns the first step, with which the slope moves no stock by more than a hundredth of
// its size (Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, section
// II.4).
func (s *Solver) first(span float64) float64 {
	_, size := s.problem.Worst(s.y0, s.y0, s.y0)
	_, slope := s.problem.Worst(s.y0, s.y0, s.f0)
	if h := 0.01 * size / slope; h > 0 && h < span && !math.IsInf(h, 0) {
		return h
	}
	return 1e-3 * span
}

// step makes one step, as short as the error asks for, and returns how many were too long.
func (s *Solver) step(horizon float64) (status Status, rejected int) {
	left := horizon - s.t0
	shortest := max(1e-14*math.Abs(s.t0), 1e-20*left)
	for ; ; rejected++ {
		h, last := s.h, false
		switch {
		case h >= left*(1-1e-9):
			h, last = left, true
		case 2*h > left:
			h = left / 2 // two steps of one length instead of a long and a short one
		}
		err := math.NaN()
		if s.factors.factor(s.m, 1/float64(h*s.tableau.Gamma)) {
			s.stages(h)
			s.Stock, err = s.problem.Worst(s.y0, s.y1, s.u[len(s.u)-1])
		}
		if err <= 1 {
			s.Steps++
			s.t1 = s.t0 + h
			if last {
				s.t1 = horizon
			}
			s.interpolate()
			factor := s.factor(err)
			if rejected > 0 {
				factor = min(1, factor)
			}
			if grown := float64(h * factor); !last || grown > s.h || factor < 1 {
				s.h = grown
			}
			return Reached, rejected
		}
		s.Rejected++
		switch {
		case rejected >= Tries:
			return TooMany, rejected
		case h <= shortest && (math.IsNaN(err) || !finite(s.f0)):
			return NotFinite, rejected
		case h <= shortest:
			return TooShort, rejected
		}
		s.h = float64(h * s.factor(err))
	}
}

// factor is by how much the next step may be longer, with the usual safety.
func (s *Solver) factor(err float64) float64 {
	if err-err != 0 {
		return 0.1
	}
	return min(6, max(0.2, 0.9*functions.Pow(max(err, 1e-10), -1/float64(s.order))))
}

// stages computes the stages of a step h, and y1.
func (s *Solver) stages(h float64) {
	r := s.tableau
	copy(s.y1, s.y0)
	for i, u := range s.u {
		copy(s.at, s.y0)
		clear(s.extra)
		for j := range i {
			addScaled(s.at, r.A[i][j], s.u[j])
			addScaled(s.extra, r.M[i][j]/h, s.u[j])
		}
		slope := s.f0
		if i > 0 {
			slope = s.stage
			s.problem.Slopes(s.t0+float64(r.C[i]*h), s.at, slope)
		}
		by := float64(h * r.D[i])
		for k := range u {
			u[k] = slope[k] + s.extra[k] + float64(by*s.byTime[k])
		}
		s.factors.solve(u, s.extra)
		addScaled(s.y1, r.B[i], u)
	}
}

// interpolate prepares At within the step.
func (s *Solver) interpolate() {
	for k, d := range s.dense {
		clear(d)
		for i, u := range s.u {
			addScaled(d, s.tableau.Dense[k][i], u)
		}
	}
}

// At puts the stocks at a time of the last step into y.
func (s *Solver) At(t float64, y []float64) {
	if t >= s.t1 {
		copy(y, s.y1)
		return
	}
	share := (t - s.t0) / (s.t1 - s.t0)
	for k := range y {
		d := s.dense[len(s.dense)-1][k]
		for i := len(s.dense) - 2; i >= 0; i-- {
			d = s.dense[i][k] + float64(share*d)
		}
		y[k] = s.y0[k] + float64(share*(s.y1[k]-s.y0[k]+float64((1-share)*d)))
	}
}

// Last puts the stocks of the last step that was tried into y.
func (s *Solver) Last(y []float64) { copy(y, s.y1) }

func addScaled(to []float64, by float64, from []float64) {
	if by == 0 {
		return
	}
	for i, x := range from {
		to[i] += float64(by * x)
	}
}

func finite(list []float64) bool {
	for _, x := range list {
		if x-x != 0 {
			return false
		}
	}
	return true
}
