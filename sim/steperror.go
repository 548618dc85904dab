package sim

import (
	"context"
	"math"
	"slices"

	"weir/model/diagnostic"
	"weir/model/method"
	clocks "weir/model/numeric/clock"
	"weir/model/resolved"
)

// A Difference is how far a run with half the step departs from a run, at the same saved
// times: the error of the step.
type Difference struct {
	Column   string  // of the largest relative difference, as name[a,b]
	Relative float64 // its size, relative to the largest magnitude in that column
	At       float64 // its time
	// ByColumn is the largest absolute difference of each column of the run.
	ByColumn []float64
	// Trust is the verdict on the numbers of the run.
	Trust Trust
	// Cut reports that only one of the two runs met a number that is not finite: there is
	// nothing to compare with after it.
	Cut bool
	// Fast is the part of the model that is too fast for the step; nil unless Trust is
	// Unstable.
	Fast *FastPart
	// Held names the parts of the model that were not halved, see Result.Held.
	Held []string
	// Tightened reports that the tolerances were made less, too, see Result.Tightened.
	Tightened bool
}

// Trust is how far the step lets the numbers of a run be believed.
type Trust uint8

// The verdicts. Doubtful is a difference over DoubtfulOver; Unstable is one that grows from
// step to step although the model itself settles, so that no number of the run means
// anything.
const (
	Sound Trust = iota
	Doubtful
	Unstable
)

// String returns the verdict as one word: sound, doubtful or unstable.
func (t Trust) String() string { return [...]string{"sound", "doubtful", "unstable"}[t] }

// DoubtfulOver is the largest relative difference that half the step may make in a run to
// be trusted.
const DoubtfulOver = 0.01

// A FastPart is a mode of the model that its method multiplies from step to step instead
// of damping it.
type FastPart struct {
	Stock string          // in which the mode is largest, as name[a,b]
	Flow  string          // its flow that depends on it most, as name[a,b]; "" if none does directly
	Span  diagnostic.Span // of that flow, of the stock if there is none
	// TimeConstant is that of the mode: the time in which it would decay by a factor of e,
	// or turn by a radian. In the model's time unit, as Step.
	TimeConstant float64
	Step         float64
	// Growth is the factor by which each step multiplies the mode.
	Growth float64
	// StableStep is a step with which the method would damp the mode; nil if there is none,
	// as for Euler's method and an undamped oscillation.
	StableStep *float64
}

// The parts of a model that a run with half the step may hold.
const (
	HeldDraws    = "random draws"
	HeldValues   = "held values"
	HeldPrevious = "values of the previous step"
	HeldDates    = "dates within a step"
)

// StepError states the error of the step in a result that Run gave for the same settings:
// it compares the result with that of RunHalved.
func (p *Program) StepError(ctx context.Context, s Settings, r *Result) (Difference, error) {
	s.Progress = nil
	half, err := p.RunHalved(ctx, s)
	if err != nil {
		return Difference{}, err
	}
	return p.Differ(ctx, s, r, half)
}

// RunHalved is Run with every step divided in two: the integration, ramps, data and fixed
// delays. Random draws, held values, values of the previous step, and jumps (steps, pulses
// and the dates of changes) keep the whole step, because they mean another model with
// another step; the result's Held names those of them that the model has and that matter.
// A method that chooses its own steps has a tenth of its tolerances, too.
func (p *Program) RunHalved(ctx context.Context, s Settings) (*Result, error) {
	r, err := p.run(ctx, s, 2)
	if r != nil {
		r.Held = p.held(s, r.Step)
		m := method.Find(r.Method)
		r.Tightened = m != nil && m.Adaptive()
	}
	return r, err
}

// held names the parts of the model that RunHalved holds.
func (p *Program) held(s Settings, step float64) []string {
	var list []string
	if slices.ContainsFunc(p.draws, func(d drawSite) bool { return d.dist != resolved.Held }) {
		list = append(list, HeldDraws)
	}
	if slices.ContainsFunc(p.draws, func(d drawSite) bool { return d.dist == resolved.Held }) {
		list = append(list, HeldValues)
	}
	if slices.ContainsFunc(p.delays, func(m delayState) bool { return m.delay < 0 }) {
		list = append(list, HeldPrevious)
	}
	off := func(date float64) bool {
		_, whole := clocks.Multiple(date-p.model.Time.Start, step)
		return !whole && date > p.model.Time.Start && !math.IsInf(date, 0)
	}
	if slices.ContainsFunc(s.Changes, func(c Change) bool { return c.Over == 0 && off(c.Start) || off(c.Until) }) {
		list = append(list, HeldDates)
	}
	return list
}

// Differ is Compare that also finds the fast part of the model behind a large difference.
// The results are those of Run and RunHalved with the same settings. The error is the
// context's.
func (p *Program) Differ(ctx context.Context, s Settings, r, half *Result) (Difference, error) {
	d := Compare(r, half)
	if d.Trust == Sound {
		return d, nil
	}
	var err error
	if d.Fast, err = p.fastPart(ctx, s, r, half); d.Fast != nil {
		d.Trust = Unstable
	}
	return d, err
}

// Compare finds the largest differences between two results of one program. ByColumn
// has the largest absolute difference of each column. A column of zeros has no
// relative difference. Rows that either result lacks are not compared. Trust is Sound or
// Doubtful.
func Compare(a, b *Result) Difference {
	d := Difference{ByColumn: make([]float64, a.width), Held: b.Held, Tightened: b.Tightened,
		Cut: (a.NonFinite == nil) != (b.NonFinite == nil)}
	size := make([]float64, a.width)
	when := make([]float64, a.width)
	for i := range min(len(a.Time), len(b.Time)) {
		x, y := a.Row(i), b.Row(i)
		for k := range x {
			size[k] = max(size[k], finiteSize(x[k]))
			if diff := math.Abs(x[k] - y[k]); diff > d.ByColumn[k] {
				d.ByColumn[k], when[k] = diff, a.Time[i]
			}
		}
	}
	for k, diff := range d.ByColumn {
		if size[k] > 0 && diff/size[k] > d.Relative {
			d.Column, d.Relative, d.At = a.Columns[k].Name(), diff/size[k], when[k]
		}
	}
	if d.Relative > DoubtfulOver || d.Cut {
		d.Trust = Doubtful
	}
	return d
}

// finiteSize returns the magnitude of a number, and 0 of NaN and infinities.
func finiteSize(x float64) float64 {
	if x-x != 0 {
		return 0
	}
	return math.Abs(x)
}
