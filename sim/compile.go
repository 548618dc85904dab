package sim

import (
	"context"

	"weir/model/resolved"
	"weir/sim/internal/roll"
)

// Compile makes a program of a checked model. Varying names constants that runs
// will change over time; everything that depends on other constants only is computed
// once a run instead of at every step. Decisions always may change. The error is an
// *Error; it is about sizes or unknown names, since a checked model has no others.
func Compile(r *resolved.Model, varying ...string) (*Program, error) {
	return CompileContext(context.Background(), r, varying...)
}

// CompileContext returns Compile that ends with the context's error soon after the context is
// done, which for a model of a million equations is long before it is compiled.
func CompileContext(ctx context.Context, r *resolved.Model, varying ...string) (*Program, error) {
	p := &Program{model: r, declared: declaredByName(r), varying: make([]bool, len(r.Variables))}
	if err := p.markVarying(varying); err != nil {
		return nil, err
	}
	if err := p.layOut(); err != nil {
		return nil, err
	}
	p.takeGiven()
	p.tables = makeDirectory(r.Tables)
	c := newCompiler(ctx, p)
	c.compile()
	if c.err != nil {
		return nil, c.err
	}
	if c.finish(); ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if p.slots > maxSlots {
		return nil, errorf("the model is too large: one step needs more than %d numbers", maxSlots)
	}
	p.makeColumns()
	return p, nil
}

// markVarying notes which variables are not to be taken as fixed.
func (p *Program) markVarying(names []string) error {
	for _, v := range p.model.Variables {
		p.varying[v.ID] = v.Kind == resolved.Decision
	}
	for _, name := range names {
		v, _, err := p.find(name)
		if err != nil {
			return err
		}
		p.varying[v.ID] = true
	}
	return nil
}

// A holding is where the input and the delay of a delay state are drafted; a delay in
// block 0 means that there is none.
type holding struct{ input, delay place }

// A compiler makes the code of a program. Code is first drafted, with temporary
// blocks that have no place yet, and finished once it is known how long each of
// them is needed.
type compiler struct {
	ctx     context.Context
	p       *Program
	class   []class // by variable
	phase   phase   // the phase being compiled
	drafts  [numPhases][]draft
	known   [numPhases]map[value]place // common subexpressions
	blocks  []block
	literal map[uint64]int // bits of a number to its position in p.literals
	index   map[string]int // contents of an index to its position in p.indexes
	mask    *view          // whether the branch that the expression is in is taken; nil outside of any
	holds   []holding      // by memory
	again   bool           // the equation counts at every step, even if it is computed once
	spent   int            // numbers asked for so far
	err     error
}

// newCompiler returns a compiler with the blocks of the named variables laid out.
func newCompiler(ctx context.Context, p *Program) *compiler {
	c := &compiler{ctx: ctx, p: p, literal: map[uint64]int{}, index: map[string]int{},
		blocks: make([]block, firstTemporary)}
	for i := range c.known {
		c.known[i] = map[value]place{}
	}
	c.classify()
	return c
}

// compile drafts every phase.
func (c *compiler) compile() {
	c.placeSeries()
	c.phase = phaseInit
	for _, a := range c.p.model.Init {
		if k := a.Var.Kind; k != resolved.Constant && k != resolved.Decision {
			if c.assign(a); c.err != nil {
				return
			}
		}
	}
	c.phase = phaseFlows
	c.again = true
	for _, g := range roll.Up(c.p.model.Flows) {
		if c.assign(g.Assign, g.Parts...); c.err != nil {
			return
		}
	}
	for _, v := range c.p.model.Variables {
		switch v.Kind {
		case resolved.DelayState:
			c.delayState(v)
		case resolved.Stock:
			c.netFlow(v)
		}
	}
}

// assign drafts the code of one equation, in the phase that suits its dependencies. Parts are those
// that it stands for, by which failures are explained; none are itself.
func (c *compiler) assign(a resolved.Assign, parts ...resolved.Assign) {
	if c.err == nil && c.ctx.Err() != nil {
		c.err = c.ctx.Err()
		return
	}
	part := *a.Part
	part.Expr = fold(part.Expr)
	at := c.phaseOf(c.class[a.Var.ID])
	if len(parts) <= 1 {
		c.p.equations[at] = append(c.p.equations[at], equation{a.Var, &part})
	} else {
		for _, x := range parts {
			own := *x.Part
			own.Expr = fold(own.Expr)
			c.p.equations[at] = append(c.p.equations[at], equation{a.Var, &own})
		}
	}
	saved := c.phase
	c.phase = at
	target := boxView(place{fixed, c.p.slot[a.Var.ID]}, a.Var.Over, &part)
	target.class = c.class[a.Var.ID]
	c.store(c.space(part.Loops), part.Expr, target)
	c.phase = saved
}

// store puts the value of an expression at a target.
func (c *compiler) store(s space, e resolved.Expr, target view) {
	if target.bent() {
		c.scatter(s, target, c.expr(e, s, nil))
		return
	}
	c.expr(e, s, &target)
}

// delayState drafts the input and the delay time of a delay state.
func (c *compiler) delayState(v *resolved.Variable) {
	m := delayState{v: v, at: c.p.slot[v.ID], n: v.Size(), delay: -1}
	c.phase = phaseInputs
	input := c.partsBlock(v, v.Input)
	h := holding{input: input}
	if v.Delay != nil {
		c.phase, c.again = phaseDelays, false
		h.delay = c.partsBlock(v, v.Delay)
		c.again = true
	}
	c.p.delays = append(c.p.delays, m)
	c.holds = append(c.holds, h)
}

// partsBlock drafts parts into a block of their own, which stays.
func (c *compiler) partsBlock(v *resolved.Variable, parts []*resolved.Part) place {
	b := c.block(v.Size())
	c.blocks[b.block].keep = true
	for _, p := range parts {
		part := *p
		part.Expr = fold(part.Expr)
		c.p.equations[c.phase] = append(c.p.equations[c.phase], equation{v, &part})
		target := boxView(b, v.Over, &part)
		target.class = classFlow
		c.store(c.space(part.Loops), part.Expr, target)
	}
	return b
}

// netFlow notes how a stock changes.
func (c *compiler) netFlow(v *resolved.Variable) {
	n := netFlow{v: v, stock: c.p.slot[v.ID], n: v.Size()}
	for _, f := range v.Inflows {
		n.in = append(n.in, c.p.slot[f.ID])
	}
	for _, f := range v.Outflows {
		n.out = append(n.out, c.p.slot[f.ID])
	}
	c.p.netFlows = append(c.p.netFlows, n)
}
