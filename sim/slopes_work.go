package sim

import "weir/sim/internal/tangent"

// A slopeWork computes the matrix of one run.
type slopeWork struct {
	*slopePlan
	sweep    *tangent.Sweep
	jacobian *tangent.Jacobian
	numbers  []float64 // of the whole pattern
}

// work returns what one run needs to compute slopes by a plan, which runs share.
func (x *slopePlan) work() *slopeWork {
	return &slopeWork{slopePlan: x, sweep: x.tape.Sweep(), jacobian: x.pattern.Jacobian(),
		numbers: make([]float64, len(x.pattern.Columns))}
}

// hold takes in the random numbers of the step that begins now.
func (w *slopeWork) hold(m *machine) {
	if !w.tape.Draws() {
		return
	}
	w.sweep.Hold(m.v, func(s tangent.Site, a, b, c float64) float64 {
		return draw(s.Dist, m.stream(s.Key, s.Element), a, b, c)
	})
}

// into puts the slopes by stocks at v into values, and those by time into byTime; rates are the
// slopes of time and of ramped slots.
func (w *slopeWork) into(v, values, byTime, rates []float64) {
	w.sweep.Differentiate(v)
	w.jacobian.Into(w.numbers, w.sweep.Partials)
	n, next := len(byTime), 0
	for i := range byTime {
		byTime[i] = 0
		for k := w.pattern.First[i]; k < w.pattern.First[i+1]; k++ {
			if j := int(w.pattern.Columns[k]); j < n {
				values[next] = w.numbers[k]
				next++
			} else {
				byTime[i] += float64(w.numbers[k] * rates[j-n])
			}
		}
	}
}
