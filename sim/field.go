package sim

import (
	"context"
	"fmt"
	"math"

	"weir/model/method"
	clocks "weir/model/numeric/clock"
	"weir/model/resolved"
	"weir/sim/internal/modes"
)

// A Field is the equations of a model at one moment of a run: the slope of every stock as a
// function of the stocks. Time, decisions, draws and fixed delays stay as they are at that moment.
// It is not safe for concurrent use.
type Field struct {
	p      *Program
	sim    *simulation
	work   *slopeWork
	counts []bool // stocks that only count, see Counts
}

// Field runs the model up to the last step that begins at time at or before, and returns the
// equations there. The error is one of Run, or says that the model does not come so far, or that
// its slopes cannot be differentiated.
func (p *Program) Field(ctx context.Context, s Settings, at float64) (*Field, error) {
	c, err := p.makeClock(s)
	if err != nil {
		return nil, err
	}
	m, err := p.Method(s)
	if err != nil {
		return nil, err
	}
	if m.Implicit != nil && at < c.start+float64(c.step*(1-clocks.Tolerance)) {
		s.Method = method.Default // no step is made: too many stocks for an implicit one do not matter
	}
	r, err := p.begin(ctx, s, 1)
	if err != nil {
		return nil, err
	}
	slack := float64(clocks.Tolerance * max(math.Abs(at), r.clock.step))
	if !(at >= r.clock.start-slack && at <= r.clock.stop+slack) {
		return nil, errorf("the run goes from %g to %g, without %g", r.clock.start, r.clock.stop, at)
	}
	r.pause = int(math.Floor((at-r.clock.start)/r.clock.step + clocks.Tolerance))
	if err := r.simulate(); err != nil {
		return nil, err
	}
	if n := r.result.NonFinite; n != nil || !finite(r.v[p.stocks.from:p.stocks.to]) {
		return nil, errorf("the model meets a number that is not finite before %g", at)
	}
	return p.fieldOf(r)
}

// fieldOf returns the field of a paused run.
func (p *Program) fieldOf(r *simulation) (*Field, error) {
	plan, err := p.slopePlan(nil)
	if err != nil {
		return nil, err
	}
	f := &Field{p: p, sim: r, work: plan.work(), counts: make([]bool, p.stocks.len())}
	f.work.hold(r.machine)
	for i := range f.counts {
		f.counts[i] = true
	}
	for _, j := range plan.square.Columns {
		f.counts[j] = false
	}
	return f, nil
}

// Time returns the moment.
func (f *Field) Time() float64 { return f.sim.v[slotNow] }

// Len returns the number of stocks, elements of arrays and hidden ones of delays among them.
func (f *Field) Len() int { return f.p.stocks.len() }

// Stock returns the name of a stock, as name[a,b]; of a hidden one, a stage of a delay, that of the
// variable whose equation needs it, with its number among them.
func (f *Field) Stock(i int) string {
	name := f.Name(f.p.stocks.from + i)
	v, _ := f.Variable(f.p.stocks.from + i)
	if !v.Hidden {
		return name
	}
	stage := 1
	for _, n := range f.p.netFlows {
		if n.v == v {
			break
		}
		if n.v.Hidden && n.v.Owner == v.Owner {
			stage++
		}
	}
	return fmt.Sprintf("%s (stage %d)", name, stage)
}

// Counts reports whether nothing depends on a stock: it only counts what flows into it.
func (f *Field) Counts(i int) bool { return f.counts[i] }

// Hidden reports whether a stock is one of a delay, or counts what a limit turned away.
func (f *Field) Hidden(i int) bool {
	v, _ := f.Variable(f.p.stocks.from + i)
	return v.Hidden
}

// State returns the stocks at the moment, a copy.
func (f *Field) State() []float64 {
	return append([]float64(nil), f.sim.v[f.p.stocks.from:f.p.stocks.to]...)
}

// Span returns the length of the whole run.
func (f *Field) Span() float64 { return f.sim.clock.stop - f.sim.clock.start }

// At sets the stocks and computes the slopes there into slopes, one per stock.
func (f *Field) At(stocks, slopes []float64) {
	copy(f.sim.v[f.p.stocks.from:], stocks)
	f.sim.evaluate()
	f.sim.slope(slopes)
}

// Matrix returns the slopes by the stocks at the stocks set last: a sparse matrix that belongs to
// the caller, and its strongly connected blocks.
func (f *Field) Matrix() (modes.Matrix, [][]int32) {
	square := f.work.square
	m := modes.Matrix{First: square.First, Columns: square.Columns, Values: make([]float64, len(square.Columns))}
	f.work.into(f.sim.v, m.Values, make([]float64, f.Len()), []float64{0})
	return m, f.work.plan.Blocks()
}

// Steep returns the names of two numbers of the model, the first of which has no finite slope by the
// second at the stocks set last, as a root at 0; "" if there are none. It comes after Matrix.
func (f *Field) Steep() (of, by string) {
	f.work.sweep.Each(func(from, to int, gain float64) {
		if of == "" && gain-gain != 0 {
			of, by = f.Name(to), f.Name(from)
		}
	})
	return of, by
}

// A Link is how fast one number of the model changes with another that its equation mentions.
type Link struct {
	From, To int     // slots; those after the last variable are sums within equations
	Gain     float64 // derivative of To by From, or of the slope of To, if that is a stock
}

// Links returns the links at the stocks set last, after Matrix, in the order of evaluation: first
// those of equations, then those of flows to stocks.
func (f *Field) Links() []Link {
	var list []Link
	after := func(slot int) int {
		if slot < 0 { // a sum that several equations share
			return f.p.slots - 1 - slot
		}
		return slot
	}
	f.work.sweep.Each(func(from, to int, gain float64) {
		if from != slotNow {
			list = append(list, Link{after(from), after(to), gain})
		}
	})
	for i, s := range f.p.sums() {
		for _, slot := range s.In {
			list = append(list, Link{slot, f.p.stocks.from + i, 1})
		}
		for _, slot := range s.Out {
			list = append(list, Link{slot, f.p.stocks.from + i, -1})
		}
	}
	return list
}

// Slots returns the range of slots of the stocks, in the order of stocks.
func (f *Field) Slots() (from, to int) { return f.p.stocks.from, f.p.stocks.to }

// Variable returns the variable of a slot and its element; nil for a slot of none.
func (f *Field) Variable(slot int) (*resolved.Variable, int) {
	for _, v := range f.p.model.Variables {
		if e := slot - f.p.slot[v.ID]; e >= 0 && e < v.Size() {
			return v, e
		}
	}
	return nil, 0
}

// Name returns the name of the number in a slot, as name[a,b]; of a hidden variable that of the one
// whose equation needs it; "" of a sum within equations.
func (f *Field) Name(slot int) string {
	v, e := f.Variable(slot)
	switch {
	case v == nil:
		return ""
	case v.Hidden && v.Owner != nil:
		return elementOf(v.Owner, v, e)
	}
	return elementName(v.Name, v.Over, e)
}

// Step returns the step of the run.
func (f *Field) Step() float64 { return f.sim.clock.step }
