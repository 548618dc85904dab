package sim

import (
	"math"

	"weir/sim/internal/rosenbrock"
)

// A stiff integrates one run with a method for stiff models. Its substeps go on over the ends of
// steps where nothing can jump there; the stocks at the ends are those of the method's dense
// output, which, like the step, keeps every linear sum that the flows keep: mass.
type stiff struct {
	r      *simulation
	work   *slopeWork
	solver *rosenbrock.Solver
	rates  []float64 // slopes of time and of the constants that ramps move
	dates  []float64 // at which changes begin, arrive or end
	from   float64   // the start of the present step
}

// maxBlock is how many stocks may depend on each other in cycles: the time of a substep grows
// with the cube of their number, and reaches about a second.
const maxBlock = 1000

// prepareStiff makes the solver if the method is implicit.
func (r *simulation) prepareStiff() error {
	n := r.p.stocks.len()
	if r.method.Implicit == nil || n == 0 {
		return nil
	}
	ramped := make([]int, len(r.ramps))
	for i, k := range r.ramps {
		ramped[i] = r.moving[k].slot
	}
	plan, err := r.p.slopePlan(ramped)
	if err != nil {
		return err
	}
	if most := plan.plan.Largest(); most > maxBlock {
		return &Error{Message: errorf("%s solves for all stocks that depend on each other at once: here %d, and %d are the most",
			r.method.Name, most, maxBlock).Message, Hint: "choose rk4 with a short step, or fewer elements"}
	}
	x := &stiff{r: r, work: plan.work(), rates: make([]float64, 1+len(ramped))}
	x.rates[0] = 1
	for _, m := range r.moving {
		for _, c := range m.changes {
			x.dates = append(x.dates, c.Start, c.Start+c.Over, c.Until)
		}
	}
	x.solver = rosenbrock.New(r.method, x, plan.plan, plan.square)
	r.stiff = x
	return nil
}

// advanceStiff moves the stocks from t on by dt.
func (r *simulation) advanceStiff(t, dt float64) error {
	x, y, end := r.stiff, r.v[r.p.stocks.from:r.p.stocks.to], t+dt
	x.from = t
	if near := float64(1e-9 * dt); x.solver.Time() <= t+near || x.solver.Steps == 0 {
		x.work.hold(r.machine)
		x.solver.Start(t, y)
	}
	switch x.solver.Advance(end, x.horizon(t, end), func() bool { return r.ctx.Err() == nil }) {
	case rosenbrock.Stopped:
		return r.ctx.Err()
	case rosenbrock.NotFinite:
		if x.solver.Last(y); finite(y) {
			return r.tooSmall(x.solver.Stock, x.solver.Time())
		}
		return nil // the next saved row shows it
	case rosenbrock.TooShort:
		return r.tooSmall(x.solver.Stock, x.solver.Time())
	case rosenbrock.TooMany:
		return r.tooMany(x.solver.Stock, t)
	}
	x.solver.At(end, y)
	return nil
}

// horizon returns up to when a substep in the step from t to end may go: to the end if equations
// may jump there, else to two steps before the next date of a change.
func (x *stiff) horizon(t, end float64) float64 {
	if x.work.jumps {
		return end
	}
	limit, step := x.r.clock.stop, x.r.clock.step
	for _, d := range x.dates {
		if d > t-float64(2*step) {
			limit = min(limit, d-float64(2*step))
		}
	}
	return max(end, limit)
}

// Slopes implements rosenbrock.Problem.
func (x *stiff) Slopes(t float64, y, to []float64) {
	copy(x.r.v[x.r.p.stocks.from:], y)
	x.r.setNow(t)
	x.r.evaluate()
	x.r.slope(to)
}

// Linearize implements rosenbrock.Problem.
func (x *stiff) Linearize(values, byTime []float64) {
	v := x.r.v
	now, begin, step := v[slotNow], v[slotStepStart], x.r.clock.step
	for i, k := range x.r.ramps {
		m := &x.r.moving[k]
		x.rates[1+i] = (m.at(now+step, begin, step) - m.at(now, begin, step)) / step
	}
	x.work.into(v, values, byTime, x.rates)
}

// Worst implements rosenbrock.Problem.
func (x *stiff) Worst(y0, y1, errors []float64) (stock int, ratio float64) {
	return x.r.worstOf(y0, y1, errors)
}

// tolerances returns those of a run: the model's, or else the usual ones, and a tenth of them if
// the run is repeated to state its error.
func (r *simulation) tolerances() (relative, absolute float64) {
	relative, absolute = relativeError, absoluteError
	if t := r.p.model.Time; t.Relative > 0 {
		relative = t.Relative
	}
	if t := r.p.model.Time; t.Absolute > 0 {
		absolute = t.Absolute
	}
	if r.parts > 1 {
		relative, absolute = relative/10, absolute/10
	}
	return relative, absolute
}

// worstOf returns the stock with the largest ratio of its error to the error allowed of a step
// from y0 to y, and that ratio: NaN if one is not a number, +Inf if a stock fell below 0 that
// must not.
func (r *simulation) worstOf(y0, y, errors []float64) (stock int, ratio float64) {
	for i, e := range errors {
		r.size[i] = max(r.size[i], math.Abs(y0[i]))
		if r.free[i] {
			continue
		}
		q := math.Abs(e) / r.allowed(i, y0[i], y[i])
		if r.floor[i] && y[i] < -dust*r.size[i] && y[i] < y0[i] {
			q = math.Inf(1)
		}
		if !(q <= ratio) {
			stock, ratio = i, q
		}
		if math.IsNaN(q) {
			return i, q
		}
	}
	return stock, ratio
}

// allowed returns the error that a step may make in a stock.
func (r *simulation) allowed(stock int, before, after float64) float64 {
	return max(r.relative*max(math.Abs(after), math.Abs(before)), r.absolute*max(1, r.size[stock]))
}
