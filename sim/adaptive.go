package sim

import (
	"math"

	functions "weir/model/numeric/maths"
	"weir/model/resolved"
)

// Tolerances of adaptive methods, unless the model has its own. A substep is accepted if the
// estimated error of every stock is below relativeError times its size, or absoluteError times
// the largest size it has had, or absoluteError in its own unit, whichever is most.
const (
	relativeError = 1e-6
	absoluteError = 1e-9
	// smallest is the shortest substep that is tried, as a share of the step.
	smallest = 1e-9
	// dust is how far below 0 a non-negative stock may be by rounding, as a share of
	// the largest size it has had.
	dust = 1e-12
	// maxSubsteps is how many substeps may be tried in a step. A model that jumps to and fro at
	// a threshold asks for ever more of them.
	maxSubsteps = 100_000
)

// prepareAdaptive notes which stocks need care.
func (r *simulation) prepareAdaptive() {
	n := r.p.stocks.len()
	r.longest = r.clock.step / float64(r.parts)
	r.relative, r.absolute = r.tolerances()
	r.errors = make([]float64, n)
	r.h, r.size, r.floor, r.free = r.longest, make([]float64, n), make([]bool, n), make([]bool, n)
	mark := func(list []bool, v *resolved.Variable) {
		at := r.p.slot[v.ID] - r.p.stocks.from
		for e := range v.Size() {
			list[at+e] = true
		}
	}
	for _, x := range r.p.netFlows {
		if x.v.NonNegative {
			mark(r.floor, x.v)
		}
	}
	for _, l := range r.p.model.Limits {
		mark(r.free, l.TurnedAway)
	}
}

// advanceAdaptive moves the stocks from t on by dt, in as many substeps as
// the error asks for. Control as in Hairer, Nørsett and Wanner, Solving Ordinary
// Differential Equations I, section II.4.
func (r *simulation) advanceAdaptive(t, dt float64) error {
	y := r.v[r.p.stocks.from:r.p.stocks.to]
	r.slope(r.slopes[0])
	done := 0.0
	for tried := 0; done < dt; tried++ {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		h, last := r.h, false
		if done+h >= dt*(1-smallest) {
			h, last = dt-done, true
		}
		copy(r.y0, y)
		r.stages(t+done, h)
		worst, err := r.worstError(y, h)
		switch {
		case tried >= maxSubsteps && 2*r.hindered > r.substeps:
			copy(y, r.y0)
			return r.hindrance(t + done)
		case tried >= maxSubsteps:
			return r.tooMany(worst, t)
		case err <= 1:
			done += h
			r.substeps++
			if r.hinders(y, h) {
				return r.hindrance(t + done)
			}
			if last {
				done = dt
			} else {
				r.firstSlope(t + done)
			}
			if grown := float64(h * r.growth(err)); !last || grown < r.h || h >= r.h {
				r.h = min(grown, r.longest)
			}
			continue
		case math.IsNaN(err) && h <= dt*smallest:
			return nil // the next saved row shows it
		case h <= dt*smallest:
			return r.tooSmall(worst, t+done)
		}
		copy(y, r.y0)
		r.h = float64(h * r.shrink(err))
	}
	return nil
}

// firstSlope computes the slope with which the next substep begins, at time t: the last
// one of this substep if the method evaluates that at its result.
func (r *simulation) firstSlope(t float64) {
	if firstSameAsLast(r.method) {
		copy(r.slopes[0], r.slopes[len(r.slopes)-1])
		return
	}
	r.setNow(t)
	r.evaluate()
	r.slope(r.slopes[0])
}

// growth and shrink are the factors for the next substep, with the usual safety.
func (r *simulation) growth(err float64) float64 {
	return min(5, 0.9*functions.Pow(max(err, 1e-10), -1/float64(r.method.Order)))
}

// shrink returns the factor for a substep whose error was too large: at least a fifth, a tenth
// where the error is not finite.
func (r *simulation) shrink(err float64) float64 {
	if math.IsNaN(err) || math.IsInf(err, 0) {
		return 0.1
	}
	return max(0.2, 0.9*functions.Pow(err, -1/float64(r.method.Order)))
}

// worstError returns the stock with the largest error of the last substep relative to the error
// allowed, and that ratio, as worstOf.
func (r *simulation) worstError(y []float64, h float64) (stock int, ratio float64) {
	for i := range y {
		e := 0.0
		for j, k := range r.slopes {
			e += float64((r.method.B[j] - r.method.Low[j]) * k[i])
		}
		r.errors[i] = h * e
	}
	return r.worstOf(r.y0, y, r.errors)
}

// tooSmall says which stock the method cannot follow.
func (r *simulation) tooSmall(stock int, t float64) error {
	name := r.p.stockName(stock)
	return &Error{Message: errorf("%s cannot keep the error of %s small at time %g: it changes too fast, or jumps", r.method.Name, name, t).Message,
		Hint: "look at its flows, or choose " + r.otherMethods()}
}

// tooMany says which stock takes too many substeps in the step from t.
func (r *simulation) tooMany(stock int, t float64) error {
	return &Error{Message: errorf("%s needs more than %d substeps in the step from %g, because of %s",
		r.method.Name, maxSubsteps, t, r.p.stockName(stock)).Message,
		Hint: "its flows may jump to and fro at a threshold: look at them, or choose " + r.otherMethods()}
}

// stockName returns the name of the stock at a position among the stocks.
func (p *Program) stockName(i int) string {
	for _, n := range p.netFlows {
		if at := n.stock - p.stocks.from; i >= at && i < at+n.n {
			if n.v.Hidden && n.v.Owner != nil {
				return elementOf(n.v.Owner, n.v, i-at)
			}
			return elementName(n.v.Name, n.v.Over, i-at)
		}
	}
	return "a stock"
}
