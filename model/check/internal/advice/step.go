package advice

import (
	"fmt"
	"math/cmplx"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/method"
	"weir/model/resolved"
)

// stiffFrom is the length of the step, in time constants of a part, from which the method for
// stiff models is proposed: an explicit one needs at least a third as many substeps per step.
const stiffFrom = 10

// mostElements is how many elements of an array are looked at, evenly spread, beside the first one
// of each equation.
const mostElements = 1000

// nearlyAll is the share of a rate from which one flow is named alone.
const nearlyAll = 0.9

// A stepper compares the step with the time constants that follow from constants, before any run.
type stepper struct {
	*adviser
	by     *method.Method
	step   float64
	effort int
	wanted map[*resolved.Variable]*resolved.Variable // see sloper
}

// steps warns of a step too long for flows that adjust their own stock: outflows such as
// stock/time, or goal gaps such as (goal - stock)/time, also through auxiliaries, and several
// together; then for loops of several stocks. A method that chooses its own steps needs no such
// warning.
func (a *adviser) steps() {
	by := method.Find(a.Resolved.Time.Method)
	if by == nil || by.Adaptive() {
		return
	}
	s := &stepper{adviser: a, by: by, step: a.Resolved.Time.Step, wanted: map[*resolved.Variable]*resolved.Variable{}}
	for _, l := range a.Resolved.Limits {
		s.wanted[l.Flow] = l.Wanted
	}
	swings := map[*resolved.Variable]bool{} // reported to swing ever wider
	for _, stock := range a.Resolved.Variables {
		if stock.Kind == resolved.Stock && !stock.Hidden { // delays have a check of their own
			swings[stock] = s.stock(stock)
		}
	}
	for _, loop := range s.loops() {
		if !slices.ContainsFunc(loop, func(v *resolved.Variable) bool { return swings[v] }) {
			s.loop(loop)
		}
	}
}

// sloper returns the finder of slopes by an element of a stock.
func (s *stepper) sloper(by cell) *sloper {
	return &sloper{by: by, step: s.step, effort: &s.effort, wanted: s.wanted, known: map[cell]slope{}}
}

// A drain is how fast the flows of a stock's element close a gap, in 1/time: its inverse is the time
// constant. Flows are those that do it.
type drain struct {
	rate  float64
	flows []*resolved.Variable
	out   bool // outflows alone
}

// drain returns that of an element. Flows that act all the time add up. One that acts in a branch of
// its equation only is added alone, since two such may never act together.
func (s *stepper) drain(c cell) drain {
	g := s.sloper(c)
	always, fastest, single := drain{out: true}, drain{}, drain{}
	for i, flow := range slices.Concat(c.v.Outflows, c.v.Inflows) {
		out := i < len(c.v.Outflows)
		x := g.of(cell{flow, c.element})
		if !out {
			x.x = -x.x
		}
		if x.known && x.x > single.rate {
			single = drain{x.x, []*resolved.Variable{flow}, out}
		}
		switch {
		case !x.known || x.x == 0:
		case !x.branch:
			always.rate += x.x
			if x.x > 0 {
				always.flows, always.out = append(always.flows, flow), always.out && out
			}
		case x.x > fastest.rate:
			fastest = drain{x.x, []*resolved.Variable{flow}, out}
		}
	}
	together := drain{always.rate + fastest.rate, append(always.flows, fastest.flows...),
		always.out && (fastest.flows == nil || fastest.out)}
	if single.rate >= nearlyAll*together.rate && !(single.rate > together.rate && fastest.flows == nil) {
		return single // the rest hardly counts
	}
	return together
}

// stock warns of the fastest element of a stock and reports whether the run swings ever wider.
func (s *stepper) stock(stock *resolved.Variable) bool {
	var d drain
	for _, e := range sample(stock) {
		if x := s.drain(cell{stock, e}); x.rate > d.rate {
			d = x
		}
	}
	if d.rate <= 0 || s.step*d.rate*s.by.StepsPerTimeConstant <= 1+1e-9 {
		return false
	}
	shorter := fmt.Sprintf("%.12g", 1/(d.rate*s.by.StepsPerTimeConstant))
	flows, verb := s.namesOf(d.flows), func(one, many string) string {
		if len(d.flows) > 1 {
			return many
		}
		return one
	}
	if s.step*d.rate > s.by.StableSteps {
		s.tooLong("take a step of at most "+shorter+`, or method = "`+s.other(d.rate)+`"`,
			"the step (%v) is %.3g time constants of %s, which %s %s: by %s's method the run swings ever wider",
			s.step, s.step*d.rate, flows, verb("moves", "together move"), stock, s.by.Name)
		return true
	}
	does := verb("adjusts", "together adjust")
	if d.out {
		does = verb("empties", "together empty")
	}
	s.tooLong("take a step of at most "+shorter+", or a method of higher order",
		"the step (%v) is long for %s, which %s %s with a time constant of %.12g", s.step, flows, does, stock, 1/d.rate)
	return false
}

// tooLong adds a warning at the step.
func (s *stepper) tooLong(hint, format string, args ...any) {
	s.advise(code.StepTooLong, diagnostic.Warning, s.Model.Time.KeySpans["step"], hint, format, args...)
}

// other returns the method to propose for a part with a rate.
func (s *stepper) other(rate float64) string {
	if s.step*rate > stiffFrom {
		return "stiff"
	}
	return "rk45"
}

// namesOf returns names for a message.
func (s *stepper) namesOf(vars []*resolved.Variable) string {
	const most = 3
	var names []string
	for _, v := range vars[:min(most, len(vars))] {
		names = append(names, s.Shown(v.Name))
	}
	if n := len(vars) - most; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names, ", "), n)
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}

// sample returns the elements of a variable that are looked at.
func sample(v *resolved.Variable) []int {
	n := v.Size()
	var out []int
	for i := range min(n, mostElements) {
		out = append(out, i*n/min(n, mostElements))
	}
	if n > mostElements {
		for _, flow := range slices.Concat(v.Inflows, v.Outflows) {
			for _, p := range flow.Parts {
				at := 0
				for i, l := range p.Loops {
					at = at*len(flow.Over[i].Elements) + l.At[0]
				}
				out = append(out, at)
			}
		}
	}
	return out
}

// loop warns of stocks that act on each other if their swings, which would die out, grow by the
// method. The slopes between all their elements must be known and hold all the time: the values
// of the matrix then are those of the run.
func (s *stepper) loop(stocks []*resolved.Variable) {
	var cells []cell
	for _, v := range stocks {
		for e := range v.Size() {
			cells = append(cells, cell{v, e})
		}
	}
	m := mat.NewDense(len(cells), len(cells), nil)
	for j, by := range cells {
		g := s.sloper(by)
		for i, c := range cells {
			sum := 0.0
			for k, flow := range slices.Concat(c.v.Outflows, c.v.Inflows) {
				x := g.of(cell{flow, c.element})
				if !x.known || x.branch || g.delayed {
					return
				}
				if k < len(c.v.Outflows) {
					x.x = -x.x
				}
				sum += x.x
			}
			m.Set(i, j, sum)
		}
	}
	var eigen mat.Eigen
	if !eigen.Factorize(m, mat.EigenNone) {
		return
	}
	values := eigen.Values(nil)
	if !s.grows(values, s.step) {
		return
	}
	low, high := 0.0, s.step // the longest step at which nothing grows lies between
	for range 60 {
		if mid := (low + high) / 2; s.grows(values, mid) {
			high = mid
		} else {
			low = mid
		}
	}
	visible := slices.DeleteFunc(slices.Clone(stocks), func(v *resolved.Variable) bool { return v.Hidden })
	s.tooLong(fmt.Sprintf(`take a step of at most %.3g, or method = "rk45"`, low/2),
		"the step (%v) is too long for the loop through %s: its swings die out, but by %s's method they grow", s.step,
		s.namesOf(visible), s.by.Name)
}

// grows reports whether a mode that dies out grows with steps of such a length.
func (s *stepper) grows(values []complex128, step float64) bool {
	return slices.ContainsFunc(values, func(x complex128) bool {
		return real(x) < -1e-9*cmplx.Abs(x) && cmplx.Abs(s.amplify(x*complex(step, 0))) > 1+1e-9
	})
}

// amplify returns the factor of one step on y' = z y, with steps of length 1: the stability
// function of the method (Hairer and Wanner, Solving Ordinary Differential Equations II, section
// IV.2).
func (s *stepper) amplify(z complex128) complex128 {
	k := make([]complex128, len(s.by.B))
	out := complex(1, 0)
	for i := range k {
		k[i] = 1
		for j, a := range s.by.A[i] {
			k[i] += z * complex(a, 0) * k[j]
		}
		out += z * complex(s.by.B[i], 0) * k[i]
	}
	return out
}
