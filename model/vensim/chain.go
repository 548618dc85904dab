package vensim

import (
	"fmt"
	"math"
	"slices"

	"weir/model"
	"weir/model/foreign"
	"weir/model/function"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// DELAY N passes its time on from stage to stage, a step at a time: stage k goes by the
// time of k-1 steps ago, as published results of Vensim show (SMOOTH N does not). Where
// the time is constant weir's delay_n does the same; where it changes, the stages are
// written out as variables here. The order must be known before the run: it is the number
// of the stocks.

// A rewriting is about the expressions of all variables: it makes variables, and puts
// expressions in the place of others.
type rewriting struct {
	*report.Report
	vars      *variables
	subs      *subscript.Set
	constants *constants // of the expressions before this pass
	clock     *clock     // for delays that are short of steps
}

// chains writes out the stages of delays whose time changes.
func (r *rewriting) chains() {
	for i := 0; i < len(r.vars.order); i++ {
		v := r.vars.order[i]
		r.splitDelays(v)
		for _, eq := range v.equations {
			if eq.Expr != nil && !eq.Broken {
				c := &chains{rewriting: r, v: v, eq: eq}
				eq.Expr = c.in(eq.Expr)
			}
		}
	}
}

// A chains writes out the delays in one equation.
type chains struct {
	*rewriting
	v  *variable        // the variable whose equation it is
	eq *syntax.Equation // the equation with the delays
	n  int              // stages written out so far, for their keys
}

// in returns an expression with the last outflow of its stages for each delay whose time
// changes. It changes the nodes of the expression itself.
func (c *chains) in(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Unary:
		e.X = c.in(e.X)
	case *syntax.Infix:
		e.X, e.Y = c.in(e.X), c.in(e.Y)
	case *syntax.Call:
		for i := range e.Args {
			e.Args[i] = c.in(e.Args[i])
		}
		if len(e.Args) == 4 && (e.Key == "delay_n" || e.Key == "smooth_n") {
			c.reduceOrder(e)
		}
		if e.Key == "delay_n" && len(e.Args) == 4 {
			return c.stages(e)
		}
	}
	return e
}

// reduceOrder reduces the order of a delay whose time is shorter than a step for each stage,
// as Vensim does, and warns of it; there is one stage at least. Rounding of the time does
// not count.
func (c *chains) reduceOrder(e *syntax.Call) {
	order, ok := c.constants.startValue(e.Args[3])
	time, known := c.constants.startValue(e.Args[1])
	step := c.clock.step
	reduced := foreign.ReducedOrder(order, time, step)
	if !ok || !known || order != math.Trunc(order) || reduced >= order {
		return
	}
	e.Args[3] = &syntax.Num{Span: e.Args[3].Pos(), Value: reduced}
	c.v.note(model.Equivalent, "the order of "+e.Name+" is reduced to "+decimal(reduced)+", as Vensim does where its time is shorter than a step for each stage")
	later := ""
	if !c.constants.readsConstants(e.Args[1]) {
		later = " (by its time at the start: Vensim publishes no rule for one that changes)"
	}
	c.WarnAt(model.DelayTooShort, e.Args[1].Pos(), "keep the order with a TIME STEP of at most "+decimal(time/order),
		"%s: the time of %s is %g, shorter than %g steps of %g: its order is reduced to %g, as in Vensim%s",
		c.v.name, e.Name, time, order, step, reduced, later)
}

// stages makes the variables of one call, unless its time is constant or it is in a
// reduction.
func (c *chains) stages(e *syntax.Call) syntax.Expr {
	order, ok := c.constants.startValue(e.Args[3])
	if !ok || order < 1 || order > function.MaxOrder || order != math.Trunc(order) ||
		c.constants.readsConstants(e.Args[1]) {
		return e
	}
	marked := false
	mentions(e, func(s syntax.Sub) { marked = marked || s.Bang })
	if marked {
		return e
	}
	c.n++
	var over []syntax.Sub
	for _, s := range c.eq.Subs {
		if c.subs.Ranges[s.Key] != nil {
			over = append(over, s)
		}
	}
	b := &stageBuilder{
		chains: c, call: e, over: over,
		prefix: fmt.Sprintf("%s %s", c.eq.Name, e.Name),
		key:    fmt.Sprintf("%s\x00%d\x00%d\x00", c.v.key, slices.Index(c.v.equations, c.eq), c.n),
	}
	return b.build(int(order))
}

// A stageBuilder makes the variables of one call.
type stageBuilder struct {
	*chains
	call        *syntax.Call // the call that the stages replace
	over        []syntax.Sub // the ranges that the variables are over: those of the equation
	prefix, key string       // of the names and keys of the variables
}

// add makes a variable over the equation's ranges and returns a mention of it.
func (b *stageBuilder) add(name string, kind model.Kind, e syntax.Expr) *syntax.Ref {
	key := b.key + name
	v := &variable{name: b.prefix + " " + name, key: key, kind: kind, grade: model.Exact, derived: true}
	v.equations = []*syntax.Equation{{
		Statement: b.eq.Statement, Name: v.name, Key: key, NameSpan: b.call.NameSpan, Subs: b.over, Expr: e,
		Derived: true,
	}}
	b.vars.add(v)
	return &syntax.Ref{Span: b.call.NameSpan, Name: v.name, Key: key, Subs: b.over}
}

// heldKey is that of a call of weir's held, which Vensim has no name for.
const heldKey = "\x00held"

// held returns e as it is at the start of a step, for the flows of DELAY N are constant
// within one (manual, "DELAY N"). By Euler's method they are anyway.
func (b *stageBuilder) held(e syntax.Expr) syntax.Expr {
	if !b.clock.stages {
		return e
	}
	return &syntax.Call{Span: b.call.Span, Key: heldKey, NameSpan: b.call.NameSpan, Args: []syntax.Expr{e}}
}

// infix returns x o y at the place of the call.
func (b *stageBuilder) infix(o syntax.Op, x, y syntax.Expr) syntax.Expr {
	return &syntax.Infix{Span: b.call.Span, Op: o, OpSpan: b.call.NameSpan, X: x, Y: y}
}

// apply returns the call of a function of Vensim's at the place of the call.
func (b *stageBuilder) apply(name string, args ...syntax.Expr) syntax.Expr {
	return &syntax.Call{Span: b.call.Span, Name: name, Key: syntax.Key(name), NameSpan: b.call.NameSpan, Args: args}
}

// build makes the stages of a delay of that order and returns the outflow of the last one.
// Each stage is a stock that holds initial * time / order at first and drains at stock *
// order / time.
func (b *stageBuilder) build(order int) syntax.Expr {
	at := b.call.Span
	n := &syntax.Num{Span: at, Value: float64(order)}
	input := syntax.Expr(b.add("input", model.KindAux, b.held(b.call.Args[0])))
	time := b.add("time", model.KindAux, b.call.Args[1])
	initial := b.infix("/", b.infix("*", b.add("initial", model.KindAux, b.apply("INITIAL", b.call.Args[2])), time), n)
	for k := 1; k <= order; k++ {
		if k > 1 {
			step := &syntax.Ref{Span: at, Name: "TIME STEP", Key: "time_step"}
			time = b.add(fmt.Sprintf("time %d", k), model.KindAux, b.apply("DELAY FIXED", time, step, time))
		}
		name := fmt.Sprintf("stage %d", k)
		stock := &syntax.Ref{Span: at, Name: b.prefix + " " + name, Key: b.key + name, Subs: b.over}
		out := b.add(fmt.Sprintf("outflow %d", k), model.KindAux, b.held(b.infix("/", b.infix("*", stock, n), time)))
		b.add(name, model.KindStock, b.apply("INTEG", b.infix("-", input, out), initial))
		input = out
	}
	b.v.note(model.Equivalent, b.call.Name+" is written out in stages, for its time changes")
	return input
}
