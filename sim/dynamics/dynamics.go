// Package dynamics puts the behavior of a model near a state into numbers: its modes, with their
// time constants, periods and damping, the stocks and the loop that make each, and the state at
// rest nearby with the modes there. It changes no number of a run.
package dynamics

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"

	"weir/model/method"
	"weir/sim"
	"weir/sim/internal/modes"
)

// A Report describes a model at one moment. As JSON a number that does not apply is null.
type Report struct {
	Time float64 `json:"time"`
	// Modes are those at the state of the moment, the fastest first.
	Modes []Mode `json:"modes"`
	// Counting are stocks on which nothing depends: they only count what flows in, and have no
	// part in any mode.
	Counting []string `json:"counting,omitempty"`
	// Steep says of which number the slope is not finite there, as of a root at 0. It counts as
	// 0 in the modes, which then mean little.
	Steep string `json:"steep,omitempty"`
	// Skipped are stocks of blocks too large for eigenvalues.
	Skipped []string `json:"skipped,omitempty"`
	// Rest is the state at rest near the state of the moment; nil if none was found, and then
	// Moving says why.
	Rest   *Rest  `json:"rest"`
	Moving string `json:"moving,omitempty"`
}

// A Kind says how a mode behaves.
type Kind string

// The kinds of modes.
const (
	Decays     Kind = "decays"
	Grows      Kind = "grows"
	Stays      Kind = "stays" // neither: an integrator, or a sum that the flows keep
	Damped     Kind = "damped oscillation"
	Undamped   Kind = "undamped oscillation"
	Increasing Kind = "growing oscillation"
)

// A Mode is one way of moving near a state.
type Mode struct {
	Kind Kind `json:"kind"`
	// Rate and Frequency are the parts of the eigenvalue, in 1/time unit and radians per time
	// unit.
	Rate      float64 `json:"rate"`
	Frequency float64 `json:"frequency"`
	// TimeConstant is the time in which the mode decays or grows by a factor of e: 1/|Rate|;
	// nil if it does neither.
	TimeConstant *float64 `json:"time_constant"`
	// Period is that of an oscillation, and Damping its damping ratio: -Rate / |eigenvalue|, 1
	// where it would just not oscillate; nil if it does not.
	Period  *float64 `json:"period"`
	Damping *float64 `json:"damping"`
	// Growth is the factor by which a step of the model's method multiplies the mode; nil for a
	// method that chooses its own steps.
	Growth *float64 `json:"growth_per_step"`
	// Stocks are the stocks with the largest parts in it, and Loop the variables of the loop
	// through the first of them along the links on which the eigenvalue depends most: by
	// eigenvalue elasticity. It is empty where the mode has no eigenvector of its own.
	Stocks []Share     `json:"stocks"`
	Loop   []string    `json:"loop"`
	Links  []Influence `json:"links"`
	// Times is how many modes are like this one but for the elements of arrays.
	Times int `json:"times"`
}

// A Share is the part of a stock in a mode, of all parts 1.
type Share struct {
	Stock string  `json:"stock"`
	Share float64 `json:"share"`
}

// An Influence is how much an eigenvalue depends on a link: the change of its Rate and of its
// Frequency, relative to its size, for a relative change of the gain of the link.
type Influence struct {
	From      string  `json:"from"`
	To        string  `json:"to"`
	Rate      float64 `json:"rate"`
	Frequency float64 `json:"frequency"`
}

// Bounds of a report.
const (
	maxModes  = 300 // stocks of a block: the time grows with the cube, to some seconds
	mostParts = 3   // stocks and links of a mode
	// MostModes is how many modes are described, of those that differ.
	MostModes = 24
	zero      = 1e-9 // an eigenvalue times the length of the run that counts as 0
	leastPart = 0.05 // of a stock that is named after the first
)

// Of describes a model at the last step that begins at a time or before it.
func Of(ctx context.Context, p *sim.Program, s sim.Settings, at float64) (*Report, error) {
	f, err := p.Field(ctx, s, at)
	if err != nil {
		return nil, err
	}
	m, err := p.Method(s)
	if err != nil {
		return nil, err
	}
	d := describer{f: f, method: m, step: f.Step()}
	out := &Report{Time: f.Time()}
	state, slopes := f.State(), make([]float64, f.Len())
	f.At(state, slopes)
	out.Modes, out.Skipped = d.modes()
	out.Steep = d.steep()
	for i := range f.Len() {
		if f.Counts(i) && !f.Hidden(i) {
			out.Counting = append(out.Counting, f.Stock(i))
		}
	}
	out.Rest, out.Moving = d.rest(ctx, state)
	return out, ctx.Err()
}

// steep returns a sentence about a slope that is not finite; "" if all are.
func (d *describer) steep() string {
	of, by := d.f.Steep()
	if of == "" {
		return ""
	}
	return fmt.Sprintf("%s has no finite slope by %s there, so the modes mean little", of, by)
}

// A describer describes one field.
type describer struct {
	f      *sim.Field
	method *method.Method
	step   float64
}

// modes describes the modes at the stocks set last.
func (d *describer) modes() (out []Mode, skipped []string) {
	matrix, blocks := d.f.Matrix()
	list, left := modes.Of(matrix, blocks, maxModes)
	for _, i := range left {
		skipped = append(skipped, d.f.Stock(int(i)))
	}
	seen := map[string]int{} // by description: its place in out
	var web *web
	for i := range list {
		x := &list[i]
		if len(x.Block) == 1 && d.f.Counts(int(x.Block[0])) {
			continue
		}
		mode := d.mode(x)
		if at, known := seen[key(mode)]; known {
			out[at].Times++
			continue
		}
		if len(out) == MostModes {
			continue
		}
		seen[key(mode)] = len(out)
		if web == nil {
			web = newWeb(d.f)
		}
		web.explain(x, &mode)
		out = append(out, mode)
	}
	return out, skipped
}

// mode returns the numbers of a mode.
func (d *describer) mode(x *modes.Mode) Mode {
	rate, frequency, size := real(x.Value), imag(x.Value), cmplx.Abs(x.Value)
	m := Mode{Rate: rate, Frequency: frequency, Times: 1, Stocks: d.shares(x)}
	still := func(part float64) bool { return math.Abs(part)*d.f.Span() < zero || math.Abs(part) < zero*size }
	switch {
	case still(frequency):
		m.Frequency = 0
		m.Kind = kindOf(rate, still(rate), Decays, Stays, Grows)
	default:
		m.Kind = kindOf(rate, still(rate), Damped, Undamped, Increasing)
		m.Period, m.Damping = new(2*math.Pi/frequency), new(-rate/size)
	}
	if !still(rate) {
		m.TimeConstant = new(1 / math.Abs(rate))
	}
	if !d.method.Adaptive() {
		m.Growth = new(d.method.Growth(x.Value * complex(d.step, 0)))
	}
	return m
}

// kindOf returns the kind of a mode by the sign of its rate; still says that the rate cannot be
// told from none.
func kindOf(rate float64, still bool, below, at, above Kind) Kind {
	switch {
	case still:
		return at
	case rate < 0:
		return below
	}
	return above
}
