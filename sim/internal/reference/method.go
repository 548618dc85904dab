package reference

import (
	"weir/model/method"
	"weir/model/resolved"
)

// The methods, as a textbook has them: Hairer, Nørsett and Wanner, Solving Ordinary
// Differential Equations I, section II.1. The common ones do not read the table of
// methods; all others go by their row of it.

// textbook are the methods that are written out.
var textbook = map[string]func(*run){"euler": euler, "heun": heun, "rk4": rk4}

// stepper returns the step of a method, nil if the method is unknown or chooses its own
// steps.
func stepper(name string) func(*run) {
	if step := textbook[name]; step != nil {
		return step
	}
	m := method.Find(name)
	if m == nil || m.Adaptive() {
		return nil
	}
	return func(r *run) { byRow(r, m) }
}

// byRow is a step of an explicit Runge-Kutta method by its row of the table: a stage and
// a step take the weighted sum of the slopes whose weights are not 0.
func byRow(r *run, m *method.Method) {
	y := r.stocks
	slopes := []values{r.slopes(0, y)}
	sum := func(weights []float64) values {
		var parts []weighted
		for i, w := range weights {
			if w != 0 {
				parts = append(parts, weighted{w, slopes[i]})
			}
		}
		r.stocks = y
		return r.after(parts...)
	}
	for i := 1; i < m.Stages(); i++ {
		slopes = append(slopes, r.slopes(m.C[i], sum(m.A[i])))
	}
	r.stocks = sum(m.B)
}

// euler follows the slope at the start of the step.
func euler(r *run) {
	k1 := r.slopes(0, r.stocks)
	r.stocks = r.after(weighted{1, k1})
}

// heun takes the mean of the slope at the start and the slope at the end that the
// first one leads to.
func heun(r *run) {
	y := r.stocks
	k1 := r.slopes(0, y)
	k2 := r.slopes(1, r.after(weighted{1, k1}))
	r.stocks = y
	r.stocks = r.after(weighted{1. / 2, k1}, weighted{1. / 2, k2})
}

// rk4 is the classical method of Kutta (1901).
func rk4(r *run) {
	y := r.stocks
	k1 := r.slopes(0, y)
	half := r.after(weighted{1. / 2, k1})
	k2 := r.slopes(1./2, half)
	r.stocks = y
	half = r.after(weighted{1. / 2, k2})
	k3 := r.slopes(1./2, half)
	r.stocks = y
	end := r.after(weighted{1, k3})
	k4 := r.slopes(1, end)
	r.stocks = y
	r.stocks = r.after(weighted{1. / 6, k1}, weighted{1. / 3, k2}, weighted{1. / 3, k3}, weighted{1. / 6, k4})
}

// weighted is a slope with its weight.
type weighted struct {
	weight float64
	slope  values
}

// after returns where the stocks are one step after the present ones, with the sum of
// the weighted slopes as their slope.
func (r *run) after(slopes ...weighted) values {
	next := values{}
	for v, y := range r.stocks {
		next[v] = make([]float64, len(y))
		for e := range y {
			k := slopes[0].weight * slopes[0].slope[v][e]
			for _, s := range slopes[1:] {
				k += float64(s.weight * s.slope[v][e])
			}
			next[v][e] = y[e] + float64(r.clock.Step*k)
		}
	}
	return next
}

// slopes returns the net flow of every stock, given the stocks, when part of the step
// has passed. The given stocks stay in force.
func (r *run) slopes(passed float64, stocks values) values {
	r.stocks = stocks
	r.stage = true
	r.evaluateAt(r.begin + float64(passed*r.clock.Step))
	k := values{}
	for v := range stocks {
		for e := range v.Size() {
			k[v] = append(k[v], r.net(v, e))
		}
	}
	return k
}

// net returns the net flow into an element of a stock.
func (r *run) net(stock *resolved.Variable, element int) float64 {
	sum := 0.0
	for i, in := range stock.Inflows {
		if i == 0 {
			sum = r.value(in, element)
		} else {
			sum += r.value(in, element)
		}
	}
	for _, out := range stock.Outflows {
		sum -= r.value(out, element)
	}
	return sum
}
