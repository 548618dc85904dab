package sim

import (
	"context"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/floats"

	"weir/model/resolved"
	"weir/sim/internal/modes"
)

// Why a run explodes: near a state, a model is a sum of modes, the eigenvectors of the
// matrix of its slopes by its stocks. A mode with eigenvalue λ is multiplied by exp(λ h) in
// a step h, and by R(λ h) where a method computes the step; R is the method's stability
// function (Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.2). A
// mode that settles by itself, but that the method multiplies by more than 1, grows in the
// run without being in the model. gonum's eigenvalues serve only to name it: they reach no
// number of a result.

const (
	// maxModes is the largest number of stocks in cycles with each other for which modes are
	// computed; of larger blocks only each stock's own feedback is.
	maxModes = 150
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

// FastPart returns the part of the model near the last step that begins at a time or before it that
// settles by itself, but that the method multiplies from step to step so much that it spoils the
// rest of the run; nil if there is none, or if the method chooses its own steps. The error is one
// of Field.
func (p *Program) FastPart(ctx context.Context, s Settings, at float64) (*FastPart, error) {
	m, err := p.Method(s)
	if err != nil || m.Adaptive() || p.stocks.len() == 0 {
		return nil, err
	}
	f, err := p.Field(ctx, s, at)
	if err != nil {
		return nil, err
	}
	return f.sim.mode(f.sim.grows), ctx.Err()
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
	f, err := r.p.fieldOf(r)
	if err != nil || r.ctx.Err() != nil {
		return nil
	}
	m, blocks := f.Matrix()
	list, skipped := modes.Of(m, blocks, maxModes)
	var worst *FastPart
	judged := func(value complex128, stock func() int) {
		if f := of(value); f != nil && (worst == nil || f.Growth > worst.Growth) {
			worst = f
			r.name(worst, stock())
		}
	}
	for _, x := range list {
		judged(x.Value, func() int { return int(x.Block[floats.MaxIdx(x.Shares)]) })
	}
	for _, i := range skipped { // at least each stock's own feedback
		judged(complex(m.Diagonal(int(i)), 0), func() int { return int(i) })
	}
	return worst
}

// nudged calls look while a stock is a little larger and the equations are evaluated.
func (r *simulation) nudged(stock int, look func(by float64)) {
	y := r.v[r.p.stocks.from:r.p.stocks.to]
	saved, scale := y[stock], math.Abs(y[stock])
	if scale == 0 {
		for _, x := range y {
			scale = max(scale, math.Abs(x))
		}
		scale = max(scale, nudge)
	}
	y[stock] = saved + float64(nudge*scale)
	r.evaluate()
	look(y[stock] - saved)
	y[stock] = saved
	r.evaluate()
}

// grows returns the mode of an eigenvalue if it settles by itself and the method lets it
// grow by the end of the run.
func (r *simulation) grows(value complex128) *FastPart {
	size, h := cmplx.Abs(value), r.clock.step
	if !(size > 0) || math.IsInf(size, 0) || real(value) > nudge*size {
		return nil
	}
	growth := r.method.Growth(value * complex(h, 0))
	if !(growth > 1) || !(math.Log(growth)*float64(r.clock.steps-r.step) > math.Log(grown)) {
		return nil
	}
	f := &FastPart{TimeConstant: 1 / size, Step: h, Growth: growth}
	for short := h; short > h/(1<<20); short *= 0.99 {
		if r.method.Growth(value*complex(short, 0)) <= 1 {
			f.StableStep = &short
			break
		}
	}
	return f
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
		f.Span = n.v.Span
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
