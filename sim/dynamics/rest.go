package dynamics

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// A Rest is a state in which no stock changes that anything depends on.
type Rest struct {
	Stocks []Stock `json:"stocks"`          // all but those that only count
	Modes  []Mode  `json:"modes"`           // there
	Steep  string  `json:"steep,omitempty"` // see Report
	Stable bool    `json:"stable"`          // no mode grows
	// Kept is how many sums of stocks the flows keep, or how many directions there are in
	// which the stocks may lie elsewhere: the state found has those sums of the start.
	Kept  int `json:"kept"`
	Steps int `json:"newton_steps"` // of Newton's method
}

// A Stock is a stock at the moment and at rest.
type Stock struct {
	Name string  `json:"name"`
	Now  float64 `json:"now"`
	Rest float64 `json:"rest"`
}

// Bounds of the search for rest.
const (
	maxNewton = 60
	maxRest   = 300  // stocks
	least     = 1e-5 // the shortest part of a step of Newton's method that is tried
	atRest    = 1e-9 // change of a stock over the whole run, as a share of its size
	singular  = 1e-11
)

// rest looks for the state at rest near a state by Newton's method with damping: a step that does
// not bring the slopes down is halved. Each step is the shortest, relative to the sizes of the
// stocks, that solves the linear system as well as can be and keeps the sums that the flows keep
// (the null space on the left of the matrix, from its singular values). It returns why there is
// none.
func (d *describer) rest(ctx context.Context, state []float64) (*Rest, string) {
	s := seeker{describer: d, y: append([]float64(nil), state...), slopes: make([]float64, len(state))}
	for i := range state {
		if !d.f.Counts(i) {
			s.stocks = append(s.stocks, i)
		}
	}
	n := len(s.stocks)
	switch {
	case n == 0:
		return nil, "no stock depends on another"
	case n > maxRest:
		return nil, fmt.Sprintf("it has %d stocks that depend on each other, and a state at rest is looked for with up to %d", n, maxRest)
	}
	s.scales(state)
	size := s.residual(s.y)
	for step := range maxNewton {
		if ctx.Err() != nil {
			return nil, ""
		}
		if size < atRest {
			return s.found(state, step), ""
		}
		move, kept, ok := s.newton()
		if !ok {
			return nil, "the slopes near it are not finite"
		}
		s.kept = kept
		next, part := append([]float64(nil), s.y...), 1.0
		for ; part >= least; part /= 2 {
			for k, i := range s.stocks {
				next[i] = s.y[i] + part*move[k]
			}
			if got := s.residual(next); got < size {
				size = got
				break
			}
		}
		if part < least {
			return nil, s.stuck()
		}
		s.y = next
		s.residual(s.y)
	}
	return nil, s.stuck()
}

// A seeker looks for a state at rest.
type seeker struct {
	*describer
	stocks    []int // those that count
	y, slopes []float64
	scale     []float64 // the size of each of stocks
	kept      int
}

// scales takes the sizes of the stocks; that of an empty one is a thousandth of the largest.
func (s *seeker) scales(state []float64) {
	largest := 0.0
	for _, i := range s.stocks {
		largest = max(largest, math.Abs(state[i]))
	}
	if largest == 0 {
		largest = 1
	}
	for _, i := range s.stocks {
		s.scale = append(s.scale, max(math.Abs(state[i]), 1e-3*largest))
	}
}

// residual returns how far the fastest stock would go over the whole run, as a share of its size, and
// sets the slopes; +Inf if they are not finite.
func (s *seeker) residual(y []float64) float64 {
	s.f.At(y, s.slopes)
	worst := 0.0
	for k, i := range s.stocks {
		r := math.Abs(s.slopes[i]) * s.f.Span() / s.scale[k]
		if !(r <= math.MaxFloat64) {
			return math.Inf(1)
		}
		worst = max(worst, r)
	}
	return worst
}

// newton returns the step from the state set last, in the stocks' units, and how many sums are
// kept.
func (s *seeker) newton() (move []float64, kept int, ok bool) {
	n := len(s.stocks)
	at := map[int32]int{}
	for k, i := range s.stocks {
		at[int32(i)] = k
	}
	m, _ := s.f.Matrix()
	a, b := mat.NewDense(n, n, nil), make([]float64, n)
	for k, i := range s.stocks {
		for e := m.First[i]; e < m.First[i+1]; e++ {
			if j, in := at[m.Columns[e]]; in {
				a.Set(k, j, m.Values[e]*s.scale[j]/s.scale[k])
			}
		}
		b[k] = -s.slopes[i] / s.scale[k]
	}
	var svd mat.SVD
	if !floats.HasNaN(a.RawMatrix().Data) && svd.Factorize(a, mat.SVDFull) {
		move, kept = solve(a, b, &svd)
	}
	if move == nil {
		return nil, 0, false
	}
	for k := range move {
		move[k] *= s.scale[k]
	}
	return move, kept, true
}

// solve returns the shortest x with a x = b, as near as can be, and w x = 0 for all w of the null
// space on the left of a, and the dimension of that space.
func solve(a *mat.Dense, b []float64, svd *mat.SVD) (x []float64, kept int) {
	n := len(b)
	values := svd.Values(nil)
	if values[0] == 0 {
		return make([]float64, n), n // no slope depends on any stock
	}
	rank := 0
	for rank < n && values[rank] > singular*values[0] {
		rank++
	}
	kept = n - rank
	if kept == 0 {
		var out mat.VecDense
		svd.SolveVecTo(&out, mat.NewVecDense(n, b), rank)
		return out.RawVector().Data, 0
	}
	var u mat.Dense
	svd.UTo(&u)
	stacked, right := mat.NewDense(n+kept, n, nil), mat.NewVecDense(n+kept, nil)
	for i := range n {
		stacked.SetRow(i, a.RawRowView(i))
		right.SetVec(i, b[i])
	}
	for k := range kept {
		for i := range n {
			stacked.Set(n+k, i, values[0]*u.At(i, rank+k))
		}
	}
	var both mat.SVD
	if !both.Factorize(stacked, mat.SVDThin) {
		return nil, 0
	}
	all := both.Values(nil)
	full := 0
	for full < n && all[full] > singular*all[0] {
		full++
	}
	var out mat.VecDense
	both.SolveVecTo(&out, right, full)
	return out.RawVector().Data, kept
}

// found describes the state.
func (s *seeker) found(state []float64, steps int) *Rest {
	r := &Rest{Steps: steps, Stable: true}
	if _, kept, ok := s.newton(); ok {
		r.Kept = kept
	}
	for _, i := range s.stocks {
		r.Stocks = append(r.Stocks, Stock{s.f.Stock(i), state[i], s.y[i]})
	}
	r.Modes, _ = s.modes()
	r.Steep = s.steep()
	for _, m := range r.Modes {
		if m.Kind == Grows || m.Kind == Increasing {
			r.Stable = false
		}
	}
	return r
}

// stuck says which stock does not come to rest.
func (s *seeker) stuck() string {
	s.residual(s.y)
	worst, most := 0, 0.0
	for k, i := range s.stocks {
		if r := math.Abs(s.slopes[i]) / s.scale[k]; r > most {
			worst, most = i, r
		}
	}
	return fmt.Sprintf("%s does not come to rest near the state of that time", s.f.Stock(worst))
}
