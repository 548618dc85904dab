package loops

import (
	"context"
	"math"

	"weir/sim"
)

// largestScore bounds a link score: one is as large as this only where the change of its variable is
// next to nothing.
const largestScore = 1e100

// maxScores bounds the scores kept: of a longer run every second, third … step is kept.
const maxScores = 16_000_000

// A scores holds the link scores of a run, one row a kept step.
type scores struct {
	every int       // steps between two rows
	time  []float64 // of each row: when its step begins
	width int       // links
	value []float64 // row-major
	// change is the change of each of the web's ends over the step, and turn that of its cause: of the
	// net flow for a stock, else the change itself. Both are row-major.
	change, turn []float64
}

// row returns the scores of a row. It is a view.
func (s *scores) row(i int) []float64 { return s.value[i*s.width : (i+1)*s.width] }

// A scorer computes the link scores of a web while the model runs.
type scorer struct {
	w      *web
	eval   evaluator
	step   int
	before []float64 // the values of the step before
	net    []float64 // of the stocks, then
	out    *scores
	row    []float64 // the present row
}

// score runs a model by Euler's method and returns the scores of all links of the web, and the
// result of the run. Settings may name no method.
func (w *web) score(ctx context.Context, s sim.Settings) (*scores, *sim.Result, error) {
	s.Method = "euler"
	clock := w.r.Time
	if s.Step != nil {
		clock.Step = *s.Step
	}
	if s.Stop != nil {
		clock.Stop = *s.Stop
	}
	n := len(w.links)
	steps := int((clock.Stop - clock.Start) / clock.Step)
	r := &scorer{w: w, eval: evaluator{settings: s, clock: clock}, row: make([]float64, n),
		net: make([]float64, len(w.stocks)), out: &scores{width: n, every: 1 + int(float64(n+2*len(w.ends))*float64(steps)/maxScores)}}
	result, err := w.p.Trace(ctx, s, func(time float64, values []float64) error {
		r.visit(time, values)
		return nil
	})
	return r.out, result, err
}

// visit scores the step that ends at the present time. Its scores are put down for the time when it
// began, as in Stella.
func (r *scorer) visit(time float64, v []float64) {
	if r.step == 0 {
		r.readLags(v)
		r.before = make([]float64, len(v))
	} else if (r.step-1)%r.out.every == 0 {
		clear(r.row)
		r.equations(v)
		r.delays(v)
		r.flows(v)
		r.changes(v)
		r.out.time = append(r.out.time, r.eval.time)
		r.out.value = append(r.out.value, r.row...)
	}
	for i := range r.w.stocks {
		r.net[i] = r.w.stocks[i].net(v)
	}
	copy(r.before, v)
	r.eval.time, r.eval.step = time, uint32(r.step)
	r.step++
}

// readLags turns the delay times of delay states into rows, with the values at the start.
func (r *scorer) readLags(v []float64) {
	for _, l := range r.w.lags {
		steps := 1.0
		if l.delay != nil {
			steps = max(1, math.Floor(r.eval.all(l.delay, v)/r.eval.clock.Step+0.5))
		}
		rows := int32(min(math.Round(steps/float64(r.out.every)), math.MaxInt32))
		for i := range l.formula.inputs {
			r.w.links[l.formula.first+i].lag = rows
		}
	}
}

// equations scores the links into auxiliaries and flows.
func (r *scorer) equations(v []float64) {
	for _, f := range r.w.formulas {
		change := v[f.target] - r.before[f.target]
		if still(change, v[f.target], r.before[f.target]) {
			continue
		}
		r.inputs(f, r.eval.all(f, r.before), change, v)
	}
}

// inputs scores the links of a formula: the share of its change that each input alone makes, with
// the sign of that change by the input's own. Base is its value with all inputs as they were, which
// the evaluator has just computed.
func (r *scorer) inputs(f *formula, base, change float64, v []float64) {
	for k := range f.inputs {
		in := &f.inputs[k]
		dx := v[in.slot] - r.before[in.slot]
		if still(dx, v[in.slot], r.before[in.slot]) {
			continue
		}
		alone := r.eval.with(f, in, v) - base
		r.set(f.first+k, math.Abs(alone/change), alone*math.Copysign(1, dx))
	}
}

// delays scores the inputs of delay states. The change of a delay state is that of its input some
// steps ago, so the scores are those of the input then.
func (r *scorer) delays(v []float64) {
	for _, l := range r.w.lags {
		now := r.eval.all(l.formula, v)
		base := r.eval.all(l.formula, r.before)
		if !still(now-base, now, base) {
			r.inputs(l.formula, base, now-base, v)
		}
	}
}

// flows scores the links from flows to stocks in the form of Schoenberg, Hayward and Eberlein,
// "Improving Loops that Matter", System Dynamics Review 39(2), 2023: the change of the flow as a
// share of the change of the net flow. It does not depend on how flows are put together. The
// interval is that of the other links.
func (r *scorer) flows(v []float64) {
	for i := range r.w.stocks {
		s := &r.w.stocks[i]
		size := 0.0
		for k, slot := range s.flows {
			size += math.Abs(s.factors[k]) * max(math.Abs(v[slot]), math.Abs(r.before[slot]))
		}
		change := s.net(v) - r.net[i]
		if still(change, size, 0) {
			continue
		}
		for k, slot := range s.flows {
			if d := v[slot] - r.before[slot]; !still(d, v[slot], r.before[slot]) {
				r.set(s.first+k, math.Abs(s.factors[k]*d/change), s.factors[k])
			}
		}
	}
}

// net returns the net flow into a stock.
func (s *stock) net(v []float64) float64 {
	sum := 0.0
	for k, slot := range s.flows {
		sum += float64(s.factors[k] * v[slot])
	}
	return sum
}

// changes keeps the changes of the ends of links. One that is nothing but rounding is 0.
func (r *scorer) changes(v []float64) {
	from := len(r.out.change)
	for _, slot := range r.w.ends {
		d := v[slot] - r.before[slot]
		if still(d, v[slot], r.before[slot]) {
			d = 0
		}
		r.out.change = append(r.out.change, d)
	}
	r.out.turn = append(r.out.turn, r.out.change[from:]...)
	for i := range r.w.stocks {
		if s := &r.w.stocks[i]; r.w.end[s.slot] >= 0 {
			r.out.turn[from+int(r.w.end[s.slot])] = s.net(v) - r.net[i]
		}
	}
}

// set keeps the score of a link. One that is not finite, as where the run itself is not, is 0.
func (r *scorer) set(link int, size, sign float64) {
	if size > 0 && !math.IsInf(size, 1) && sign != 0 {
		r.row[link] = math.Copysign(min(size, largestScore), sign)
	}
}

// noise is the change, relative to the values it is between, below which a variable is at rest.
// Sums of a few terms of some 16 figures differ by less in rounding.
const noise = 1e-13

// still reports whether a change from b to a is nothing but rounding, or not a number.
func still(change, a, b float64) bool {
	return !(math.Abs(change) > noise*max(math.Abs(a), math.Abs(b)))
}
