package advice

import (
	"math"

	"weir/model/resolved"
)

// maxEffort bounds how many nodes are read for all slopes of a model: some tenths of a second.
// What is beyond earns no advice.
const maxEffort = 2_000_000

// A slope is the derivative of an expression by an element of a stock, where constants determine
// it. Other stocks count as fixed.
type slope struct {
	x     float64
	known bool
	// One of several branches has it: of a min, a max or an if. It then holds some of the time, and
	// need not hold together with that of another expression.
	branch bool
}

// A cell is an element of a variable.
type cell struct {
	v       *resolved.Variable
	element int
}

// A sloper finds derivatives by one element of a stock.
type sloper struct {
	by   cell
	step float64 // the length of a step, which equations may read as dt
	// nodes read so far for the whole model, at most maxEffort
	effort *int
	// wanted has the variable with the equation that the modeler wrote for each flow that a
	// non-negative stock limits: the flow's own is a minimum with the contents of its stock.
	wanted map[*resolved.Variable]*resolved.Variable
	// delayed says that a fixed delay was read: its past is no part of a slope.
	delayed bool
	known   map[cell]slope
}

// An env has the element at which each loop around an expression is.
type env map[*resolved.Loop]int

// of returns the slope of an element of a flow or auxiliary.
func (g *sloper) of(c cell) slope {
	if s, done := g.known[c]; done {
		return s
	}
	v := c.v
	if w := g.wanted[v]; w != nil {
		v = w
	}
	s := slope{}
	if p, at := partOf(v, c.element); p != nil {
		s = g.expr(p.Expr, at)
	}
	g.known[c] = s
	return s
}

// partOf returns the part of a variable that gives an element, with the places of its loops; nil if
// there is none.
func partOf(v *resolved.Variable, element int) (*resolved.Part, env) {
	at := make([]int, len(v.Over))
	for i := len(at) - 1; i >= 0; i-- {
		n := len(v.Over[i].Elements)
		at[i], element = element%n, element/n
	}
parts:
	for _, p := range v.Parts {
		places := env{}
		for i, l := range p.Loops {
			k := indexOf(l.At, at[i])
			if k < 0 {
				continue parts
			}
			places[l] = k
		}
		return p, places
	}
	return nil, nil
}

// indexOf returns the position of an element in an ascending or any other list; -1 without it.
func indexOf(list []int, x int) int {
	if x < len(list) && list[x] == x {
		return x // a loop over the whole dimension, as most are
	}
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}

// element returns the row-major element that positions mean in an environment.
func element(v *resolved.Variable, at []resolved.Pos, in env) (int, bool) {
	n := 0
	for i, p := range at {
		place := p.Fixed
		if p.Loop != nil {
			k, ok := in[p.Loop]
			if !ok {
				return 0, false
			}
			place = p.Map[k]
		}
		n = n*len(v.Over[i].Elements) + place
	}
	return n, true
}

// expr returns the slope of an expression.
func (g *sloper) expr(e resolved.Expr, in env) slope {
	if *g.effort++; *g.effort > maxEffort {
		return slope{}
	}
	switch e := e.(type) {
	case *resolved.Const, *resolved.Clock:
		return slope{known: true}
	case *resolved.Ref:
		return g.ref(e, in)
	case *resolved.If:
		s := steepest(g.expr(e.Then, in), g.expr(e.Else, in))
		return s
	case *resolved.Reduce:
		return g.reduce(e, in)
	case *resolved.Apply:
		return g.apply(e, in)
	}
	for _, x := range resolved.Children(e) {
		if s := g.expr(x, in); !s.known || s.x != 0 {
			return slope{}
		}
	}
	return slope{known: true}
}

// ref returns the slope of an element of a variable. Constants and other stocks do not move with
// the stock.
func (g *sloper) ref(e *resolved.Ref, in env) slope {
	n, ok := element(e.Var, e.At, in)
	if !ok {
		return slope{}
	}
	c := cell{e.Var, n}
	switch {
	case c == g.by:
		return slope{x: 1, known: true}
	case e.Var.Kind == resolved.Aux || e.Var.Kind == resolved.Flow:
		return g.of(c)
	}
	g.delayed = g.delayed || e.Var.Kind == resolved.DelayState
	return slope{known: true}
}

// reduce returns the slope of a sum; of another reduction only that it has none.
func (g *sloper) reduce(e *resolved.Reduce, in env) slope {
	out, inner := slope{known: true}, env{}
	for l, k := range in {
		inner[l] = k
	}
	var each func(loops []*resolved.Loop)
	each = func(loops []*resolved.Loop) {
		if !out.known {
			return
		}
		if len(loops) == 0 {
			s := g.expr(e.X, inner)
			out = slope{out.x + s.x, s.known && (s.x == 0 || e.Op == resolved.Sum), out.branch || s.branch}
			return
		}
		for k := range loops[0].At {
			inner[loops[0]] = k
			each(loops[1:])
		}
	}
	each(e.Loops)
	return out
}

// steepest returns the slope of the largest magnitude of some branches.
func steepest(slopes ...slope) slope {
	out := slope{known: true}
	for i, s := range slopes {
		if !s.known {
			return slope{}
		}
		out.branch = out.branch || s.branch || i > 0 && s.x != slopes[0].x
		if math.Abs(s.x) > math.Abs(out.x) {
			out.x = s.x
		}
	}
	return out
}

// apply returns the slope of an operation. A product counts if one factor follows from constants
// alone, a quotient if the divisor does.
func (g *sloper) apply(e *resolved.Apply, in env) slope {
	if e.Op == resolved.Min || e.Op == resolved.Max {
		return g.bounded(e, in)
	}
	slopes := make([]slope, len(e.Args))
	flat, branch := true, false
	for i, arg := range e.Args {
		s := g.expr(arg, in)
		if !s.known {
			return slope{}
		}
		slopes[i], flat, branch = s, flat && s.x == 0, branch || s.branch
	}
	switch {
	case flat:
		return slope{known: true}
	case e.Op == resolved.Add:
		return slope{slopes[0].x + slopes[1].x, true, branch}
	case e.Op == resolved.Sub:
		return slope{slopes[0].x - slopes[1].x, true, branch}
	case e.Op == resolved.Neg:
		return slope{-slopes[0].x, true, branch}
	case e.Op == resolved.Mul && slopes[1].x == 0:
		c, ok := g.number(e.Args[1], in)
		return slope{slopes[0].x * c, ok, branch}
	case e.Op == resolved.Mul && slopes[0].x == 0:
		c, ok := g.number(e.Args[0], in)
		return slope{slopes[1].x * c, ok, branch}
	case e.Op == resolved.Div && slopes[1].x == 0:
		c, ok := g.number(e.Args[1], in)
		return slope{slopes[0].x / c, ok && c != 0, branch}
	}
	return slope{}
}

// bounded returns the slope of a min or max of an expression and literals, such as
// max(0, gap/time). Another limit may bind all the time, and then the slope is not known.
func (g *sloper) bounded(e *resolved.Apply, in env) slope {
	open := 0
	branches := []slope{{known: true}}
	for _, x := range e.Args {
		if _, literal := x.(*resolved.Const); !literal {
			open++
			branches = append(branches, g.expr(x, in))
		}
	}
	s := steepest(branches...)
	s.known = s.known && (s.x == 0 || open == 1)
	return s
}

// number returns the value of an expression of constants, as the model gives them.
func (g *sloper) number(e resolved.Expr, in env) (float64, bool) {
	if *g.effort++; *g.effort > maxEffort {
		return 0, false
	}
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value, true
	case *resolved.Clock:
		return g.step, e.Kind == resolved.StepSize
	case *resolved.Ref:
		switch e.Var.Kind {
		case resolved.Constant, resolved.Decision, resolved.Aux:
		default:
			return 0, false
		}
		n, ok := element(e.Var, e.At, in)
		if !ok {
			return 0, false
		}
		if p, at := partOf(e.Var, n); p != nil {
			return g.number(p.Expr, at)
		}
	case *resolved.Apply:
		args := make([]float64, len(e.Args))
		for i, arg := range e.Args {
			x, ok := g.number(arg, in)
			if !ok {
				return 0, false
			}
			args[i] = x
		}
		x := e.Op.Of(args...)
		return x, !math.IsNaN(x) && !math.IsInf(x, 0)
	}
	return 0, false
}
