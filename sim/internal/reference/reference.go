// Package reference runs a resolved model in the slowest and plainest way there
// is: every number is computed by walking its equation, one element at a time,
// and asking recursively for whatever the equation mentions. It does not use the
// model's order of evaluation, shares no code with the engine but the operations
// on single numbers and the generator of draws, and is meant to be checked by
// eye. Tests hold the engine to it, bit by bit. It is for tests only.
//
// Where the order of floating-point operations could differ, it is this:
//
//   - a stock's net flow is its inflows added in order, less its outflows in order;
//   - a step is y + h*k, where k is the weighted sum of slopes b1*k1 + b2*k2 + …,
//     added from the left;
//   - a reduction goes row by row, from its first turn on; a sum is 0+x1, then +x2, …;
//   - time is start + i*step, of a saved row start + i*save.
package reference

import (
	"fmt"
	"math"

	"weir/model/resolved"
	"weir/sim"
)

// A Trace has the numbers of a run.
type Trace struct {
	Time   []float64
	Values map[string][][]float64 // by name: a row a saved time, a number an element
	Data   map[string][][]float64 // the data series, as Values
	Beyond map[string]*Use        // tables read outside their points, by name[a,b]
	// NonFinite is a NaN or infinity at a saved time, nil if there was none: the run
	// stops there and does not keep the row.
	NonFinite *NonFinite
}

// NonFinite is a number that is not one.
type NonFinite struct {
	Variable string // the first in the model's order
	Time     float64
}

// A Use counts the steps that began with a table read outside its points.
type Use struct {
	First     float64
	Steps     int
	Low, High float64

	step int // the last step counted
}

// values holds numbers of variables, one an element.
type values map[*resolved.Variable][]float64

// A run is one simulation. Everything it knows is here.
type run struct {
	m      *resolved.Model
	s      sim.Settings
	clock  resolved.Time // with the settings' step, save, stop and method
	tables map[string]*Use

	starting bool    // initial values are being computed
	step     int     // number of the present step
	begin    float64 // time at the start of the present step
	now      float64 // time of the present evaluation
	stage    bool    // a trial inside a step: nothing is counted

	stocks values
	before values                                  // the stocks at the start of the present step
	frozen values                                  // Initial variables, once they are known
	queues map[*resolved.Variable][][]float64      // memories: an element's numbers, next one out first
	known  map[*resolved.Variable]map[int]*float64 // values found in this evaluation; nil while one is being found
	failed error
}

// Run simulates the model. It knows the methods of fixed step.
func Run(m *resolved.Model, s sim.Settings) (*Trace, error) {
	r := &run{m: m, s: s, clock: clockOf(m.Time, s), tables: map[string]*Use{}}
	t := &Trace{Values: map[string][][]float64{}, Data: map[string][][]float64{}, Beyond: r.tables}
	method := stepper(r.clock.Method)
	if method == nil {
		return nil, fmt.Errorf("reference: no method %q", r.clock.Method)
	}
	steps := int(math.Round((r.clock.Stop - r.clock.Start) / r.clock.Step))
	every := int(math.Round(r.clock.Save / r.clock.Step))
	r.start()
	for i := 0; i <= steps; i++ {
		r.step, r.stage, r.before = i, false, r.stocks
		r.begin = r.clock.Start + float64(float64(i)*r.clock.Step)
		r.evaluateAt(r.begin)
		row := r.all()
		if i%every == 0 {
			if t.NonFinite = r.nonFinite(row); t.NonFinite != nil {
				return t, r.failed
			}
			t.keep(r.clock.Start+float64(float64(i/every)*r.clock.Save), row, r.data())
		}
		intake := r.intake()
		if i < steps {
			method(r)
			r.shift(intake)
		}
	}
	return t, r.failed
}

// keep adds a row.
func (t *Trace) keep(time float64, row values, data map[string][]float64) {
	t.Time = append(t.Time, time)
	for v, x := range row {
		t.Values[v.Name] = append(t.Values[v.Name], x)
	}
	for name, x := range data {
		t.Data[name] = append(t.Data[name], x)
	}
}

// clockOf returns the model's clock with the changes of the settings.
func clockOf(c resolved.Time, s sim.Settings) resolved.Time {
	if s.Step != nil {
		c.Step = *s.Step
		c.Save = max(c.Save, c.Step)
	}
	if s.Save != nil {
		c.Save = *s.Save
	}
	if s.Stop != nil {
		c.Stop = *s.Stop
	}
	if s.Method != "" {
		c.Method = s.Method
	}
	return c
}

// start computes the state at the beginning: stocks, frozen values and full memories.
func (r *run) start() {
	r.starting = true
	r.begin = r.clock.Start
	r.evaluateAt(r.begin)
	stocks, frozen := values{}, values{}
	queues := map[*resolved.Variable][][]float64{}
	for _, v := range r.m.Variables {
		switch v.Kind {
		case resolved.Stock:
			stocks[v] = r.elements(v)
		case resolved.Initial:
			frozen[v] = r.elements(v)
		case resolved.DelayState:
			for e, x := range r.elements(v) {
				q := make([]float64, r.slots(v, e))
				for i := range q {
					q[i] = x
				}
				queues[v] = append(queues[v], q)
			}
		}
	}
	r.stocks, r.frozen, r.queues = stocks, frozen, queues
	r.starting = false
}

// slots returns the length of a memory in steps: its delay over the step, rounded half
// up, at least 1.
func (r *run) slots(v *resolved.Variable, element int) int {
	if v.Delay == nil {
		return 1
	}
	delay := r.part(v, v.Delay, element)
	return max(1, int(math.Floor(delay/r.clock.Step+0.5)))
}

// intake returns the inputs of the delay states at the start of a step.
func (r *run) intake() values {
	in := values{}
	for v := range r.queues {
		for e := range v.Size() {
			in[v] = append(in[v], r.part(v, v.Input, e))
		}
	}
	return in
}

// shift moves every memory one step on.
func (r *run) shift(in values) {
	for v, queue := range r.queues {
		for e := range queue {
			queue[e] = append(queue[e][1:], in[v][e])
		}
	}
}

// evaluateAt forgets all values and sets the time.
func (r *run) evaluateAt(t float64) {
	r.now = t
	r.known = map[*resolved.Variable]map[int]*float64{}
}

// all returns every variable's numbers at the present time.
func (r *run) all() values {
	row := values{}
	for _, v := range r.m.Variables {
		row[v] = r.elements(v)
	}
	return row
}

// elements returns every element of one variable.
func (r *run) elements(v *resolved.Variable) []float64 {
	x := make([]float64, v.Size())
	for e := range x {
		x[e] = r.value(v, e)
	}
	return x
}

// data returns every data series at the present time, by name.
func (r *run) data() map[string][]float64 {
	all := map[string][]float64{}
	for _, t := range r.m.Tables {
		for e := range t.Points {
			if t.Data {
				all[t.Name] = append(all[t.Name], read(t, e, r.now))
			}
		}
	}
	return all
}

// nonFinite finds a number in the row that is none: of a stock or of a variable that
// the model declares.
func (r *run) nonFinite(row values) *NonFinite {
	open := r.m.Open()
	for _, v := range r.m.Variables {
		if open[v.ID] || v.Hidden && v.Kind != resolved.Stock {
			continue
		}
		for _, x := range row[v] {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return &NonFinite{v.Name, r.now}
			}
		}
	}
	return nil
}
