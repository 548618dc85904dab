package vensim

import (
	"fmt"
	"slices"

	"weir/model"
)

// DELAY N passes its time on from stage to stage, a step at a time: stage k goes by the
// time of k-1 steps ago, as published results of Vensim show (SMOOTH N does not). Where
// the time is constant weir's delay_n does the same; where it changes, the stages are
// written out as variables here.

// chains writes out the stages of delays whose time changes.
func (im *importer) chains() {
	for i := 0; i < len(im.order); i++ {
		v := im.order[i]
		for _, eq := range v.equations {
			if eq.expr != nil && !eq.broken {
				c := &chains{importer: im, v: v, eq: eq}
				eq.expr = c.in(eq.expr)
			}
		}
	}
}

type chains struct {
	*importer
	v  *variable
	eq *equation
	n  int
}

func (c *chains) in(e expr) expr {
	switch e := e.(type) {
	case *unary:
		e.x = c.in(e.x)
	case *infix:
		e.x, e.y = c.in(e.x), c.in(e.y)
	case *call:
		for i := range e.args {
			e.args[i] = c.in(e.args[i])
		}
		if e.key == "delay_n" && len(e.args) == 4 {
			return c.stages(e)
		}
	}
	return e
}

// stages makes the variables of one call, unless its time is constant or it stands in a
// reduction.
func (c *chains) stages(e *call) expr {
	if _, constant := c.constant(e.args[1]); constant {
		return e
	}
	order, ok := c.startValue(e.args[3])
	if !ok || order < 1 || order > 100 || order != float64(int(order)) || c.isConstant(e.args[1]) {
		return e
	}
	marked := false
	mentions(e, func(s sub) { marked = marked || s.bang })
	if marked {
		return e
	}
	c.n++
	var over []sub
	for _, s := range c.eq.subs {
		if c.ranges[s.key] != nil {
			over = append(over, s)
		}
	}
	b := &stageBuilder{chains: c, call: e, over: over, prefix: fmt.Sprintf("%s %s", c.eq.name, e.name), key: fmt.Sprintf("%s\x00%d\x00%d\x00", c.v.key, slices.Index(c.v.equations, c.eq), c.n)}
	return b.build(int(order))
}

// isConstant reports whether an expression reads constants only, arrays of them too.
func (c *chains) isConstant(e expr) bool {
	constant := true
	walk(e, func(e expr) bool {
		if r, ok := e.(*ref); ok {
			v := c.vars[r.key]
			constant = constant && v != nil && v.kind == model.KindConstant
		}
		if k, ok := e.(*call); ok {
			constant = constant && ruleByName[k.key] != nil && ruleByName[k.key].least < 2
		}
		return constant
	})
	return constant
}

// A stageBuilder makes the variables of one call.
type stageBuilder struct {
	*chains
	call        *call
	over        []sub
	prefix, key string
}

// add makes a variable over the equation's ranges and gives a mention of it.
func (b *stageBuilder) add(name string, kind model.Kind, e expr) *ref {
	key := b.key + name
	v := &variable{name: b.prefix + " " + name, key: key, kind: kind, grade: model.Exact, derived: true}
	v.equations = []*equation{{statement: b.eq.statement, name: v.name, key: key, nameSpan: b.call.nameSpan, subs: b.over, expr: e, derived: true}}
	b.vars[key] = v
	b.importer.order = append(b.importer.order, v)
	return &ref{b.call.nameSpan, v.name, key, b.over}
}

func (b *stageBuilder) infix(o op, x, y expr) expr {
	return &infix{b.call.span, o, b.call.nameSpan, x, y}
}

func (b *stageBuilder) apply(name string, args ...expr) expr {
	return &call{span: b.call.span, name: name, key: fold(name), nameSpan: b.call.nameSpan, args: args}
}

func (b *stageBuilder) build(order int) expr {
	at := b.call.span
	n := &num{span: at, value: float64(order)}
	input := expr(b.add("input", model.KindAux, b.call.args[0]))
	time := b.add("time", model.KindAux, b.call.args[1])
	initial := b.infix("/", b.infix("*", b.add("initial", model.KindAux, b.apply("INITIAL", b.call.args[2])), time), n)
	for k := 1; k <= order; k++ {
		if k > 1 {
			time = b.add(fmt.Sprintf("time %d", k), model.KindAux, b.apply("DELAY FIXED", time, &ref{at, "TIME STEP", "time_step", nil}, time))
		}
		name := fmt.Sprintf("stage %d", k)
		stock := &ref{at, b.prefix + " " + name, b.key + name, b.over}
		out := b.add(fmt.Sprintf("outflow %d", k), model.KindAux, b.infix("/", b.infix("*", stock, n), time))
		b.add(name, model.KindStock, b.apply("INTEG", b.infix("-", input, out), initial))
		input = out
	}
	b.v.note(model.Equivalent, b.call.name+" is written out in stages, for its time changes")
	return input
}
