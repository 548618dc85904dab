package behaviour

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"weir/model"
	"weir/model/equation"
	"weir/scenarios/internal/element"
	"weir/scenarios/words"
	"weir/sim"
)

// An expectation that holds whatever the model does tests nothing. Its form shows it at times (see
// vacuity); else it is held against courses that no model made: each variable that it names gets a
// course of its own, drawn from those below, and base and the test's other runs get others. One that
// names no variable, or that reads a lookup, is left out: the tables of a model may change, too.
const (
	tries     = 300         // sets of courses
	mostDrawn = 100_000_000 // numbers in all of them; an expectation over more is not tried
)

// A trial is a model whose variables have drawn courses.
type trial struct {
	*plan
	program *sim.Program
	drawn   []*model.Variable // the parameters of courses
	pool    []float64         // numbers that the expectations mention, and others near them
	span    [2]float64        // start and length of the run
	random  *rand.Rand
	runs    map[string]map[int]*outcome // by step and end, and by number: see at
}

// course is the equation of a drawn course over the share u of the run that has passed since some
// time: constant, straight, a hill, an S, an approach, a swing, steps, or a spike.
const course = `if %[1]s < 1 then %[2]s else if %[1]s < 2 then %[2]s + %[3]s * %[8]s ` +
	`else if %[1]s < 3 then %[2]s + %[3]s * %[8]s * (1 - %[8]s) ` +
	`else if %[1]s < 4 then %[2]s + %[3]s / (1 + exp(5 - 10 * %[8]s)) ` +
	`else if %[1]s < 5 then %[2]s + %[3]s * exp(-5 * %[8]s) else if %[1]s < 6 then %[2]s + %[3]s * sin(20 * %[8]s) ` +
	`else if %[1]s < 7 then (if %[8]s < 0.1 then %[2]s else if %[8]s < 0.2 then %[3]s else if %[8]s < 0.4 then %[4]s ` +
	`else if %[8]s < 0.6 then %[5]s else %[6]s) else if abs(%[8]s) < 0.03 then %[2]s else %[3]s`

// forms is how many kinds of courses there are, and parameters how many numbers one has: its form,
// five levels, and the time from which u is counted.
const (
	forms      = 8
	parameters = 7
)

// tried returns, by expectation, the number of sets of courses in which it holds, if that is all of
// them. Wanted says which expectations are tried: those that hold in their test. The
// draws are the same each time. The error is the context's.
func (p *plan) tried(ctx context.Context, wanted map[*expectation]bool) (map[*expectation]int, error) {
	t := p.trial()
	if t == nil {
		return nil, nil
	}
	left := map[*expectation]*expectation{} // of the trial, by that of the plan
	for i, own := range p.tests {
		for k, e := range own.expect {
			other := t.tests[i].expect[k]
			if wanted[e] && p.mayBeTried(e) && other.root != nil && len(other.allProblems()) == 0 {
				left[e] = other
			}
		}
	}
	for n := range tries {
		if err := t.try(ctx, p, left, n); err != nil || len(left) == 0 {
			return nil, err
		}
	}
	out := map[*expectation]int{}
	for e := range left {
		out[e] = tries
	}
	return out, nil
}

// mayBeTried reports whether an expectation names a variable that has a course, and no table.
func (p *plan) mayBeTried(e *expectation) bool {
	tree, _ := equation.Parse(e.text.Text)
	named, table := false, false
	equation.Walk(tree, func(e equation.Expr) bool {
		name := ""
		switch e := e.(type) {
		case *equation.Name:
			name = e.Name
		case *equation.Call:
			name = e.Func
		}
		if v := p.m.Variable(name); v != nil {
			named, table = true, table || v.IsTable()
		}
		return true
	})
	return named && !table
}

// try takes out the expectations that fail in the n-th set of courses. Base and other runs have the
// courses of the next sets, or in one of three tries the same.
func (t *trial) try(ctx context.Context, p *plan, left map[*expectation]*expectation, n int) error {
	for i, own := range p.tests {
		var chosen, of []*expectation
		for _, e := range own.expect {
			if left[e] != nil {
				chosen, of = append(chosen, left[e]), append(of, e)
			}
		}
		if len(chosen) == 0 {
			continue
		}
		s := sim.Settings{Step: own.decl.Step, Stop: own.decl.Stop}
		run := t.at(ctx, s, n)
		others := map[string]*outcome{"base": run}
		if !unchanged(own.decl) && n%3 != 0 {
			others["base"] = t.at(ctx, s, n+1)
		}
		for k, r := range own.decl.Runs {
			others[r.Name] = t.at(ctx, s, n+(2+k)*min(1, (n+k)%3))
		}
		for k, e := range chosen {
			if !t.expected(e, t.tests[i].decl, run, others).Pass {
				delete(left, of[k])
			}
		}
	}
	for _, known := range t.runs {
		delete(known, n) // no later try asks for it
	}
	return ctx.Err()
}

// at returns the run of the n-th set of courses, the same for all tests of one step and end.
func (t *trial) at(ctx context.Context, s sim.Settings, n int) *outcome {
	key := label(s)
	if t.runs[key] == nil {
		t.runs[key] = map[int]*outcome{}
	}
	if t.runs[key][n] == nil {
		t.runs[key][n] = t.run(ctx, s)
	}
	return t.runs[key][n]
}

// run draws a course for every variable, in one of three runs the same for all, and computes it.
func (t *trial) run(ctx context.Context, s sim.Settings) *outcome {
	s.Set = map[string]float64{}
	alike := t.random.IntN(3) == 0
	var first [parameters]float64
	for n, v := range t.drawn {
		at := n % parameters
		for i, e := range element.Product(t.elementsOf(v.Over)) {
			x := t.number(at)
			switch {
			case n < parameters && i == 0:
				first[at] = x
			case alike:
				x = first[at]
			}
			s.Set[element.Join(v.Name, e)] = x
		}
	}
	o := &outcome{}
	if o.result, o.err = t.program.Run(ctx, s); o.err != nil {
		o.result = nil
	}
	return o
}

// number draws a parameter of a course: a number of the pool, or one of any size and sign.
func (t *trial) number(at int) float64 {
	r := t.random
	switch {
	case at == 0:
		return float64(r.IntN(forms)) + 0.5
	case at == parameters-1:
		return t.span[0] + float64(t.span[1]*(float64(1.5*r.Float64())-0.5))
	case r.IntN(2) == 0:
		return t.pool[r.IntN(len(t.pool))]
	}
	return math.Copysign(math.Pow(10, float64(24*r.Float64())-9), r.Float64()-0.5)
}

// trial returns the model of drawn courses; nil if it would be too large, or is none.
func (p *plan) trial() *trial {
	length := p.m.Time.Stop - p.m.Time.Start
	t := &trial{random: rand.New(rand.NewPCG(1, 2)), runs: map[string]map[int]*outcome{},
		span: [2]float64{p.m.Time.Start, length}}
	m := &model.Model{Name: p.m.Name, Time: p.m.Time, Units: p.m.Units, Dimensions: p.m.Dimensions,
		Sources: p.m.Sources, File: p.m.File, Files: p.m.Files}
	m.Time.Ends, m.Time.Method = "", "euler"
	numbers, named := 0, p.named()
	for _, v := range p.m.Variables {
		switch {
		case v.IsTable():
			m.Variables = append(m.Variables, v)
		case named[v.Name]:
			more, size := t.variable(p, v)
			m.Variables = append(m.Variables, more...)
			numbers += size
		}
	}
	if rows := length/p.m.Time.Save + 1; !(float64(numbers)*rows*tries <= mostDrawn) {
		return nil
	}
	for _, own := range p.m.Tests {
		c := *own
		c.TestRun = model.TestRun{Name: own.Name, Span: own.Span}
		c.Runs, c.Conserve, c.Futures, c.Share, c.Extremes, c.SameAs = nil, nil, nil, nil, false, nil
		for _, r := range own.Runs {
			c.Runs = append(c.Runs, &model.TestRun{Name: r.Name, Span: r.Span})
		}
		m.Tests = append(m.Tests, &c)
	}
	t.plan = newPlan(m)
	t.check()
	if t.checked == nil {
		return nil
	}
	var err error
	if t.program, err = sim.Compile(t.checked); err != nil {
		return nil
	}
	t.pool = p.numbers()
	return t
}

// variable returns a variable with a drawn course, its parameters before it, and how many numbers
// they are together.
func (t *trial) variable(p *plan, v *model.Variable) (list []*model.Variable, size int) {
	args := []any{}
	for range parameters {
		c := &model.Variable{Name: p.fresh("drawn_%d", len(t.drawn)+1), Kind: model.KindConstant, Over: v.Over,
			Value: []float64{0.5}, Span: v.Span}
		t.drawn, list, args = append(t.drawn, c), append(list, c), append(args, c.Name)
	}
	u := fmt.Sprintf("((time - %s) / %s)", args[parameters-1], words.Exact(t.span[1]))
	text := fmt.Sprintf(course, append(args, u)...)
	list = append(list, &model.Variable{Name: v.Name, Kind: model.KindAux, Over: v.Over,
		Equation: model.Text{Text: text, Span: v.Span}, Span: v.Span})
	return list, (parameters + 1) * len(element.Product(p.elementsOf(v.Over)))
}

// named returns the names in expectations.
func (p *plan) named() map[string]bool {
	out := map[string]bool{}
	p.everywhere(func(e equation.Expr) {
		if n, ok := e.(*equation.Name); ok {
			out[n.Name] = true
		}
	})
	return out
}

// numbers returns what courses are drawn from besides any number: 0, 1 and the like, and the numbers
// of the expectations with some close by.
func (p *plan) numbers() []float64 {
	pool := []float64{0, 1, -1, 0.5, 2, 10, 100, -100, 1e6, 1e-9}
	p.everywhere(func(e equation.Expr) {
		if n, ok := e.(*equation.Number); ok && len(pool) < 200 && !slices.Contains(pool, n.Value) {
			x := n.Value
			pool = append(pool, x, -x, float64(x*1.001), float64(x*0.999), float64(10*x), float64(-10*x))
		}
	})
	return pool
}

// everywhere calls visit for every part of every expectation.
func (p *plan) everywhere(visit func(equation.Expr)) {
	for _, t := range p.m.Tests {
		for _, text := range t.Expect {
			if tree, _ := text.Parse(); tree != nil {
				equation.Walk(tree, func(e equation.Expr) bool {
					visit(e)
					return true
				})
			}
		}
	}
}
