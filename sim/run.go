package sim

import (
	"context"
	"math"
	"slices"

	"weir/model/method"
)

// A simulation is one run of a program: the machine, the clock and the result.
type simulation struct {
	*machine
	ctx      context.Context
	clock    clock
	settings Settings
	moving   []moving
	ramps    []int // of moving: those that change within a step
	method   *method.Method
	parts    int     // substeps of equal length in each step
	h        float64 // rk45: the substep to try next
	longest  float64 // rk45: the longest substep
	slopes   [][]float64
	y0       []float64 // stocks at the start of a substep
	stiff    *stiff    // nil for an explicit method
	rings    []ring
	held     []float64 // the contents of the rings
	size     []float64 // rk45, stiff: the largest size that each stock has had
	floor    []bool    // stocks that must not fall below 0
	free     []bool    // rk45, stiff: stocks whose error does not matter
	relative float64   // rk45, stiff: tolerances
	absolute float64
	errors   []float64 // rk45: of the stocks in a substep
	substeps int       // rk45: those done
	hindered int       // rk45: those that were short for stability alone
	limits   []limitUse
	result   *Result
	only     []int // slots to save instead of all columns; nil: all
	check    int   // steps between looks at the context
	pause    int   // the step before which simulate returns, once its start is evaluated; -1: never
	evals    int
	watch    *watch                                     // set while a failed run is repeated to find the number that failed
	visit    func(time float64, values []float64) error // of Trace; nil in other runs
	seriesAt []int32
}

// Run simulates. The error is an *Error if settings do not fit the model, if a delay is
// shorter than a step, or if a table was read outside its points that forbids it; it
// is the context's error if the run was cancelled. In the last two cases the result
// holds the rows up to then, with Complete false. A NaN or an infinity is not an error:
// the run stops there, Complete is false and NonFinite says where it came from. It is
// looked for in stocks and in all that is saved, at each saved row; one that comes and
// goes between two rows without reaching a stock is not seen.
//
// Changes are in force already while initial values are computed, if they begin at
// the start or before it.
func (p *Program) Run(ctx context.Context, s Settings) (*Result, error) {
	return p.run(ctx, s, 1)
}

// run does a run whose steps have so many parts: 2 for half the step. Where a number stops being finite
// the run is repeated in part, to find the equation.
func (p *Program) run(ctx context.Context, s Settings, parts int) (*Result, error) {
	r, err := p.begin(ctx, s, parts)
	if err != nil {
		return nil, err
	}
	err = r.simulate()
	if err == nil && r.result.NonFinite != nil {
		err = p.locate(ctx, s, parts, r.result)
	}
	return r.result, err
}

// begin checks settings and allocates.
func (p *Program) begin(ctx context.Context, s Settings, parts int) (*simulation, error) {
	return p.beginWith(ctx, s, parts, nil)
}

// beginWith returns begin for a run that saves only some slots.
func (p *Program) beginWith(ctx context.Context, s Settings, parts int, only []int) (*simulation, error) {
	r := &simulation{machine: newMachine(p, s), ctx: ctx, settings: s, parts: parts, pause: -1, only: only}
	var err error
	if r.method, err = p.Method(s); err != nil {
		return nil, err
	}
	if r.clock, err = p.makeClock(s); err != nil {
		return nil, err
	}
	width := len(p.columns.list)
	if only != nil {
		width = len(only)
	}
	if r.clock.rows() > maxSaved/max(1, width) {
		return nil, errorf("%d rows of %d numbers are too many to keep: save less often", r.clock.rows(), width)
	}
	if err = r.load(s); err != nil {
		return nil, err
	}
	if r.moving, err = r.prepare(s.Changes); err != nil {
		return nil, err
	}
	r.ramps = ramps(r.moving)
	n := p.stocks.len()
	r.slopes = make([][]float64, max(1, len(r.method.B)))
	for i := range r.slopes {
		r.slopes[i] = make([]float64, n)
	}
	r.y0 = make([]float64, n)
	r.prepareAdaptive()
	if err := r.prepareStiff(); err != nil {
		return nil, err
	}
	r.takeNative()
	r.limits = make([]limitUse, len(p.model.Limits))
	r.seriesAt = make([]int32, len(p.tables.rows))
	r.check = max(1, min(4096, 100_000/max(1, (p.work+n)*r.method.Stages()*parts)))
	r.result = &Result{Columns: p.columns.list, columns: p.columns, width: width, Method: r.method.Name,
		Step: r.clock.step,
		Time: make([]float64, 0, r.clock.rows()), rows: make([]float64, 0, r.clock.rows()*width)}
	return r, nil
}

// simulate goes through all steps. Each has three parts: changes; one evaluation at the
// start, which is saved and counted; then the stocks move.
func (r *simulation) simulate() error {
	defer r.summarize()
	v, c := r.v, r.clock
	v[slotStep], v[slotStart], v[slotStop] = c.step, c.start, c.stop
	for i := 0; ; i++ {
		t := c.at(i)
		r.step, v[slotNow], v[slotStepStart] = i, t, t
		for k := range r.moving {
			v[r.moving[k].slot] = r.moving[k].at(t, t, c.step)
		}
		if i == 0 {
			r.initialize()
		}
		r.counting = true
		if r.seen(i) {
			r.evaluate()
		} else {
			r.evaluateBetween()
		}
		r.counting = false
		if r.failed >= 0 {
			return r.outsideError()
		}
		if r.watch.done() {
			return nil
		}
		if i == 0 {
			if err := r.started(); err != nil {
				return err
			}
		}
		if i == r.pause {
			return nil
		}
		if i%c.every == 0 && !r.save(i/c.every) {
			return nil
		}
		if r.visit != nil {
			if err := r.visit(t, v[:r.p.named]); err != nil {
				return err
			}
		}
		r.atStart(phaseInputs)
		if r.failed >= 0 {
			return r.outsideError()
		}
		if i == c.steps {
			r.result.Complete = true
			return nil
		}
		if i%r.check == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			r.progress(i)
		}
		if r.watch != nil {
			r.watch.tookIn(r)
		}
		r.takeIn()
		if err := r.advance(t, i); err != nil {
			return err
		}
		r.countLimits(t)
	}
}

// initialize runs the phases that run once, in order.
func (r *simulation) initialize() {
	r.atStart(phaseConst)
	r.atStart(phaseInit)
	r.atStart(phaseStart)
	r.startLimits()
}

// atStart runs a phase at the start of a step: lookups are counted, numbers drawn.
func (r *simulation) atStart(ph phase) {
	r.counting = true
	r.exec(r.p.code[ph])
	r.counting = false
}

// evaluate computes all flows and auxiliaries at the present time and stocks.
func (r *simulation) evaluate() {
	if r.native != nil && r.watch == nil {
		r.execNative(r.native.flows)
	} else {
		r.exec(r.p.code[phaseFlows])
	}
	r.evals++
	if r.watch != nil {
		r.watch.evaluated(r)
	}
}

// evaluateBetween computes what the next evaluations depend on: nobody sees the other numbers.
func (r *simulation) evaluateBetween() {
	if r.native == nil || r.watch != nil {
		r.evaluate()
		return
	}
	r.execNative(r.native.between)
	r.evals++
}

// seen reports whether somebody sees the numbers at the start of step i.
func (r *simulation) seen(i int) bool {
	return i%r.clock.every == 0 || i == r.pause || r.visit != nil || r.method.Adaptive() || r.stiff != nil
}

// started is done once, after the first evaluation.
func (r *simulation) started() error {
	if err := r.checkGuards(); err != nil {
		return err
	}
	r.atStart(phaseDelays)
	return r.makeRings()
}

// save copies a row. It reports false, and drops the row, if one of its numbers or a
// stock is not finite.
func (r *simulation) save(row int) bool {
	p, v := r.p, r.v
	p.readSeries(v, r.seriesAt)
	start := len(r.result.rows)
	r.result.rows = r.result.rows[:start+r.result.width]
	to := r.result.rows[start:]
	if r.only != nil {
		for k, slot := range r.only {
			to[k] = v[slot]
		}
	} else {
		p.copyRow(to, v)
	}
	if r.only == nil && !p.sound(to) || r.only != nil && !p.soundSlots(v) || !finite(v[p.stocks.from:p.stocks.to]) {
		r.result.rows = r.result.rows[:start]
		r.result.NonFinite = &NonFinite{Time: v[slotNow], Value: math.NaN()}
		return false
	}
	r.result.Time = append(r.result.Time, r.clock.start+float64(float64(row)*r.clock.save))
	return true
}

// copyRow copies the numbers of a saved row.
func (p *Program) copyRow(to, v []float64) {
	for _, s := range p.segments {
		if s.n == 1 {
			to[s.column] = v[s.slot]
		} else {
			copy(to[s.column:s.column+s.n], v[s.slot:s.slot+s.n])
		}
	}
}

// soundSlots returns sound of the row that would be saved now.
func (p *Program) soundSlots(v []float64) bool {
	return !slices.ContainsFunc(p.segments, func(s segment) bool { return !s.open && !finite(v[s.slot:s.slot+s.n]) })
}

// sound reports whether all numbers of a row are finite that must be.
func (p *Program) sound(row []float64) bool {
	return finite(row) || !slices.ContainsFunc(p.segments, func(s segment) bool {
		return !s.open && !finite(row[s.column:s.column+s.n])
	})
}

// finite reports whether all numbers are. It looks at four at a time, since each sum
// has to wait for the one before.
func finite(list []float64) bool {
	var a, b, c, d float64 // of NaN for NaN and infinities, else 0
	for ; len(list) >= 4; list = list[4:] {
		a += list[0] - list[0]
		b += list[1] - list[1]
		c += list[2] - list[2]
		d += list[3] - list[3]
	}
	for _, x := range list {
		a += x - x
	}
	return a+b+c+d == 0
}

// readSeries puts the values of data series at the present time into their slots.
func (p *Program) readSeries(v []float64, segments []int32) {
	for _, s := range p.series {
		for e := range s.table.Points {
			v[s.slot+e], _ = p.tables.read(s.first+e, v[slotNow], &segments[s.first+e])
		}
	}
}

// progress tells the share of steps done, but not in a run that only looks for an equation.
func (r *simulation) progress(i int) {
	if r.settings.Progress != nil && r.watch == nil {
		r.settings.Progress(float64(i) / float64(r.clock.steps))
	}
}

// summarize completes the result, however the run ended.
func (r *simulation) summarize() {
	r.result.Evaluations = r.evals
	r.result.Substeps = r.substeps
	if r.stiff != nil {
		r.result.Substeps = r.stiff.solver.Steps
	}
	r.result.Lookups = r.lookupUses(r.step + 1)
	r.result.Limits = r.limitUses()
	if r.result.Complete && r.settings.Progress != nil && r.watch == nil {
		r.settings.Progress(1)
	}
}

// outsideError says which table was read where it must not be.
func (r *simulation) outsideError() error {
	row := &r.p.tables.rows[r.failed]
	points := row.table.Points[row.element]
	return &Error{Span: row.table.Span, Message: errorf("%s is read at %g at time %g, outside its points from %g to %g",
		row.name(), r.failedAt, r.v[slotStepStart], points[0].X, points[len(points)-1].X).Message}
}
