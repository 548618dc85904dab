package tangent

import (
	"math"

	"weir/sim/maths"
)

// A Sweep evaluates a tape: the scratch space of one user.
type Sweep struct {
	tape   *Tape
	values []float64 // by step
	back   []float64 // by step: derivative of the row by it; zeros between rows
	held   []float64 // by draw
	shares []float64 // by shared number
	// Partials has the derivative of its equation by each leaf, in the order of rows.
	Partials []float64
}

// Sweep returns scratch space for the tape.
func (t *Tape) Sweep() *Sweep {
	return &Sweep{tape: t, values: make([]float64, len(t.steps)), back: make([]float64, len(t.steps)),
		held: make([]float64, len(t.draws)), shares: make([]float64, t.shares), Partials: make([]float64, len(t.leaves))}
}

// Hold takes the random numbers of a step, at its start: v are the values there and of returns a
// number of a site with three parameters.
func (s *Sweep) Hold(v []float64, of func(site Site, a, b, c float64) float64) {
	for i := range s.tape.rows {
		r := &s.tape.rows[i]
		for k := r.from; k < r.to; k++ {
			if x := &s.tape.steps[k]; x.kind == draw {
				s.held[x.site] = of(s.tape.draws[x.site], s.values[x.a], s.values[x.b], s.values[x.c])
			}
			s.values[k] = s.value(k, v)
		}
		s.keep(r)
	}
}

// keep takes over the value of a row that others share.
func (s *Sweep) keep(r *row) {
	if r.target < 0 {
		s.shares[-1-r.target] = s.values[r.to-1]
	}
}

// Draws reports whether the tape has draws, so that Hold is needed.
func (t *Tape) Draws() bool { return len(t.draws) > 0 }

// Differentiate computes Partials at the values v, which are those of an evaluation.
func (s *Sweep) Differentiate(v []float64) {
	for i := range s.tape.rows {
		r := &s.tape.rows[i]
		for k := r.from; k < r.to; k++ {
			s.values[k] = s.value(k, v)
		}
		s.keep(r)
		s.back[r.to-1] = 1
		next := r.leafEnd
		for k := r.to - 1; k >= r.from; k-- {
			by := s.back[k]
			s.back[k] = 0
			x := &s.tape.steps[k]
			if !x.active {
				continue
			}
			if x.kind == slot || x.kind == shared {
				next--
				s.Partials[next] = by
			} else if by != 0 {
				s.chain(x, by, s.values[k])
			}
		}
	}
}

// value computes a step.
func (s *Sweep) value(k int32, v []float64) float64 {
	x, u := &s.tape.steps[k], s.values
	switch x.kind {
	case slot:
		return v[x.a]
	case shared:
		return s.shares[x.a]
	case apply:
		return maths.Apply(x.op, u[x.a], u[x.b], u[x.c])
	case branch:
		if u[x.a] != 0 {
			return u[x.b]
		}
		return u[x.c]
	case lookup:
		y, _ := s.tape.tables[x.b].read(u[x.a])
		return y
	case draw:
		return s.held[x.site]
	case whole:
		c := &s.tape.calls[x.site]
		out := make([]float64, c.out)
		c.fn.Of(out, s.arguments(c)...)
		return out[x.c]
	}
	return x.value
}

// arguments returns the numbers of a call's arguments.
func (s *Sweep) arguments(c *call) [][]float64 {
	list := make([][]float64, len(c.args))
	for i, steps := range c.args {
		for _, at := range steps {
			list[i] = append(list[i], s.values[at])
		}
	}
	return list
}

// chain adds to the derivatives by the arguments of an active step.
func (s *Sweep) chain(x *step, by, y float64) {
	switch x.kind {
	case apply:
		da, db, dc := slopes(x.op, s.values[x.a], s.values[x.b], s.values[x.c], y)
		s.add(x.a, by, da)
		if x.op.Arity() > 1 {
			s.add(x.b, by, db)
		}
		if x.op.Arity() > 2 {
			s.add(x.c, by, dc)
		}
	case branch:
		if s.values[x.a] != 0 {
			s.add(x.b, by, 1)
		} else {
			s.add(x.c, by, 1)
		}
	case lookup:
		_, slope := s.tape.tables[x.b].read(s.values[x.a])
		s.add(x.a, by, slope)
	case whole:
		s.chainWhole(x, by)
	}
}

// add adds to the derivative by a step. A slope of 0 adds nothing, also to an infinite one.
func (s *Sweep) add(at int32, by, slope float64) {
	if slope != 0 && s.tape.steps[at].active {
		s.back[at] += float64(by * slope)
	}
}

// nudge is the relative change by which array functions are differentiated: the cube root of
// the machine's precision, which suits central differences.
const nudge = 6e-6

// chainWhole differentiates an array function by central differences: allocation solves for a
// price, whose derivative has no short form.
func (s *Sweep) chainWhole(x *step, by float64) {
	c := &s.tape.calls[x.site]
	args, out := s.arguments(c), make([]float64, c.out)
	at := func(i, k int, value float64) float64 {
		args[i][k] = value
		c.fn.Of(out, args...)
		return out[x.c]
	}
	for i, steps := range c.args {
		for k, from := range steps {
			if !s.tape.steps[from].active {
				continue
			}
			was := args[i][k]
			h := nudge * max(math.Abs(was), nudge)
			up, down := was+h, was-h
			slope := (at(i, k, up) - at(i, k, down)) / (up - down)
			args[i][k] = was
			s.add(from, by, slope)
		}
	}
}

// Each calls f with the derivatives that Differentiate computed last: of the number in slot to by
// that in slot from. A slot that an equation mentions twice is reported twice.
func (s *Sweep) Each(f func(from, to int, slope float64)) {
	for i := range s.tape.rows {
		r := &s.tape.rows[i]
		for k := r.leaves; k < r.leafEnd; k++ {
			f(int(s.tape.leaves[k].slot), r.target, s.Partials[k])
		}
	}
}
