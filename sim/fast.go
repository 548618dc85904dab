package sim

import (
	"cmp"
	"context"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"

	"weir/model/method"
	"weir/model/resolved"
)

// Why a run explodes: near a state, a model is a sum of modes, the eigenvectors of the
// matrix of its slopes by its stocks. A mode with eigenvalue λ is multiplied by exp(λ h) in
// a step h, and by R(λ h) where a method computes the step; R is the method's stability
// function (Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.2). A
// mode that settles by itself, but that the method multiplies by more than 1, grows in the
// run without being in the model. gonum's eigenvalues serve only to name it: they reach no
// number of a result.

const (
	// maxModes is the largest number of stocks for which modes are computed; of larger
	// models only each stock's own feedback is.
	maxModes = 150
	// fastWork bounds the numbers computed to find the fast part: about a second.
	fastWork = 200_000_000
	// nudge is the relative change of a stock by which slopes are differentiated.
	nudge = 1e-6
	// grown is how much a mode must grow by the end of the run to explain a difference.
	grown = 10
)

// fastPart looks for a mode that grows by the method alone: at the start, and at the last
// saved row at which the two results still agree.
func (p *Program) fastPart(ctx context.Context, s Settings, r, half *Result) (*FastPart, error) {
	s.Progress = nil
	rows := slices.Compact([]int{0, agreeing(r, half)})
	for _, row := range rows {
		sim, err := p.begin(ctx, s, 1)
		if err != nil || sim.method.Adaptive() || p.stocks.len() == 0 {
			return nil, ctx.Err()
		}
		sim.pause = row * sim.clock.every
		if sim.simulate() != nil || !finite(sim.v[p.stocks.from:p.stocks.to]) {
			return nil, ctx.Err()
		}
		if f := sim.mode(sim.grows); f != nil || ctx.Err() != nil {
			return f, ctx.Err()
		}
	}
	return nil, nil
}

// agreeing returns the last row up to which no column of two results differs by more than
// DoubtfulOver of its size.
func agreeing(a, b *Result) int {
	size := make([]float64, a.width)
	for i := range min(len(a.Time), len(b.Time)) {
		x, y := a.Row(i), b.Row(i)
		for k := range x {
			if size[k] = max(size[k], finiteSize(x[k])); math.Abs(x[k]-y[k]) > DoubtfulOver*size[k] {
				return max(0, i-1)
			}
		}
	}
	return max(0, min(len(a.Time), len(b.Time))-1)
}

// A judge returns the mode of an eigenvalue, nil if it is not of the kind looked for. Of several,
// that with the largest Growth counts.
type judge func(value complex128) *FastPart

// mode returns the first mode of a kind in the present state; nil if there is none. The equations
// have been evaluated.
func (r *simulation) mode(of judge) *FastPart {
	n := r.p.stocks.len()
	r.slope(r.slopes[0])
	if n <= maxModes && n*n*max(1, r.p.work) <= fastWork {
		return r.worstMode(r.slopesByStocks(), of)
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	y := r.v[r.p.stocks.from:r.p.stocks.to]
	speed := func(i int) float64 { return math.Abs(r.slopes[0][i]) / max(math.Abs(y[i]), 1e-300) }
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(speed(b), speed(a)) })
	return r.worstFeedback(order[:min(n, max(50, fastWork/(r.p.work+n)))], of)
}

// nudged returns how the slopes change if a stock is a little larger, divided by that
// little, and calls look, if it is not nil, while the stock is larger. It returns false if
// the context is done.
func (r *simulation) nudged(stock int, look func(by float64)) ([]float64, bool) {
	if r.ctx.Err() != nil {
		return nil, false
	}
	y := r.v[r.p.stocks.from:r.p.stocks.to]
	saved, scale := y[stock], math.Abs(y[stock])
	if scale == 0 {
		for _, x := range y {
			scale = max(scale, math.Abs(x))
		}
		scale = max(scale, nudge)
	}
	y[stock] = saved + float64(nudge*scale)
	by := y[stock] - saved
	r.evaluate()
	out := make([]float64, len(y))
	r.slope(out)
	for i := range out {
		out[i] = (out[i] - r.slopes[0][i]) / by
	}
	if look != nil {
		look(by)
	}
	y[stock] = saved
	r.evaluate()
	return out, true
}

// slopesByStocks returns the matrix of slopes by stocks; nil if it is not finite.
func (r *simulation) slopesByStocks() *mat.Dense {
	n := r.p.stocks.len()
	m := mat.NewDense(n, n, nil)
	for j := range n {
		column, ok := r.nudged(j, nil)
		if !ok || !finite(column) {
			return nil
		}
		m.SetCol(j, column)
	}
	return m
}

// worstMode returns the mode of a matrix of slopes by stocks that grows most.
func (r *simulation) worstMode(slopes *mat.Dense, of judge) *FastPart {
	var e mat.Eigen
	if slopes == nil || !e.Factorize(slopes, mat.EigenRight) {
		return nil
	}
	var vectors mat.CDense
	e.VectorsTo(&vectors)
	var worst *FastPart
	for k, value := range e.Values(nil) {
		if f := of(value); f != nil && (worst == nil || f.Growth > worst.Growth) {
			worst = f
			largest := 0
			for i := range r.p.stocks.len() {
				if cmplx.Abs(vectors.At(i, k)) > cmplx.Abs(vectors.At(largest, k)) {
					largest = i
				}
			}
			r.name(worst, largest)
		}
	}
	return worst
}

// worstFeedback returns the stock among those given whose own feedback grows most.
func (r *simulation) worstFeedback(stocks []int, of judge) *FastPart {
	var worst *FastPart
	for _, j := range stocks {
		column, ok := r.nudged(j, nil)
		if !ok {
			return nil
		}
		if f := of(complex(column[j], 0)); f != nil && (worst == nil || f.Growth > worst.Growth) {
			worst = f
			r.name(worst, j)
		}
	}
	return worst
}

// grows returns the mode of an eigenvalue if it settles by itself and the method lets it
// grow by the end of the run.
func (r *simulation) grows(value complex128) *FastPart {
	size, h := cmplx.Abs(value), r.clock.step
	if !(size > 0) || math.IsInf(size, 0) || real(value) > nudge*size {
		return nil
	}
	growth := stability(r.method, value*complex(h, 0))
	if !(growth > 1) || !(math.Log(growth)*float64(r.clock.steps-r.step) > math.Log(grown)) {
		return nil
	}
	f := &FastPart{TimeConstant: 1 / size, Step: h, Growth: growth}
	for short := h; short > h/(1<<20); short *= 0.99 {
		if stability(r.method, value*complex(short, 0)) <= 1 {
			f.StableStep = &short
			break
		}
	}
	return f
}

// stability returns the size of the stability function of a method at z: the factor by
// which a step h multiplies a mode with eigenvalue z/h.
func stability(m *method.Method, z complex128) float64 {
	slopes := make([]complex128, m.Stages())
	y := complex(1, 0)
	for i, row := range m.A {
		at := complex(1, 0)
		for j, a := range row {
			at += complex(a, 0) * slopes[j]
		}
		slopes[i] = z * at
	}
	for i, b := range m.B {
		y += complex(b, 0) * slopes[i]
	}
	return cmplx.Abs(y)
}

// name gives a mode the name of a stock, and of the flow of it that depends on it most.
func (r *simulation) name(f *FastPart, stock int) {
	f.Stock = r.p.stockName(stock)
	for i := range r.p.netFlows {
		n := &r.p.netFlows[i]
		e := stock + r.p.stocks.from - n.stock
		if e < 0 || e >= n.n {
			continue
		}
		slots := append(slices.Clone(n.in), n.out...)
		before := make([]float64, len(slots))
		for k, s := range slots {
			before[k] = r.v[s+e]
		}
		most := 0.0
		r.nudged(stock, func(float64) {
			for k, v := range append(slices.Clone(n.v.Inflows), n.v.Outflows...) {
				if change := math.Abs(r.v[slots[k]+e] - before[k]); change > most {
					most, f.Flow, f.Span = change, flowName(v, e), v.Span
				}
			}
		})
	}
}

// flowName returns the name of a flow's element, that of its owner if it is hidden.
func flowName(v *resolved.Variable, e int) string {
	if v.Hidden {
		return ownerName(v)
	}
	return elementName(v.Name, v.Over, e)
}
