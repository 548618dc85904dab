package function

import (
	"math"
	"strings"
	"testing"

	"weir/model/equation"
	"weir/model/resolved"
)

// A clock is a run by Euler's method, kept as simple as can be: just enough to try
// the table's definitions where they stand.
type clock struct {
	start, step float64
	i, steps    int
	stocks      []*stock
	memories    []*memory
	t           *testing.T
}

func (c *clock) now() float64 { return c.start + float64(float64(c.i)*c.step) }

// A value is a formula that is computed when it is asked for.
type value func() float64

type stock struct {
	level, next float64
	net         value
}

type memory struct {
	kept  []float64 // oldest first
	next  float64
	input value
}

// A scope says what the names in an equation stand for.
type scope map[string]value

// run computes an equation at every step, and gives its values.
func run(t *testing.T, text string, start, step float64, steps int) []float64 {
	c := &clock{start: start, step: step, steps: steps, t: t}
	v := c.parse(text, scope{})
	var out []float64
	for ; c.i <= steps; c.i++ {
		out = append(out, v())
		for _, s := range c.stocks {
			s.next = s.level + float64(s.net()*c.step)
		}
		for _, m := range c.memories {
			m.next = m.input()
		}
		for _, m := range c.memories {
			m.kept = append(m.kept[1:], m.next)
		}
		for _, s := range c.stocks {
			s.level = s.next
		}
	}
	return out
}

func (c *clock) parse(text string, in scope) value {
	e, errors := equation.Parse(text)
	if len(errors) > 0 {
		c.t.Fatalf("%s: %v", text, errors)
	}
	return c.value(e, in)
}

func (c *clock) value(e equation.Expr, in scope) value {
	switch e := e.(type) {
	case *equation.Number:
		return func() float64 { return e.Value }
	case *equation.Unary:
		return c.apply(unaryOps[e.Op], in, e.X)
	case *equation.Binary:
		return c.apply(binaryOps[e.Op], in, e.X, e.Y)
	case *equation.If:
		return c.conditional(e, in)
	case *equation.Name:
		if v, ok := in[e.Name]; ok {
			return v
		}
		return c.call(Find(e.Name), e.Name, nil, in)
	case *equation.Call:
		return c.call(Find(e.Func), e.Func, e.Args, in)
	}
	c.t.Fatalf("unexpected %T", e)
	return nil
}

var unaryOps = map[equation.Op]resolved.Op{equation.Neg: resolved.Neg, equation.Not: resolved.Not}

var binaryOps = map[equation.Op]resolved.Op{
	equation.Add: resolved.Add, equation.Sub: resolved.Sub, equation.Mul: resolved.Mul, equation.Div: resolved.Div,
	equation.Mod: resolved.Mod, equation.Pow: resolved.Pow, equation.Gt: resolved.Gt, equation.Lt: resolved.Lt,
	equation.Le: resolved.Le, equation.Ge: resolved.Ge, equation.Eq: resolved.Eq, equation.Ne: resolved.Ne,
	equation.And: resolved.And, equation.Or: resolved.Or,
}

func (c *clock) apply(op resolved.Op, in scope, args ...equation.Expr) value {
	values := c.values(args, in)
	return func() float64 {
		var x []float64
		for _, v := range values {
			x = append(x, v())
		}
		return op.Of(x...)
	}
}

func (c *clock) values(args []equation.Expr, in scope) []value {
	var out []value
	for _, a := range args {
		out = append(out, c.value(a, in))
	}
	return out
}

func (c *clock) conditional(e *equation.If, in scope) value {
	cond, then, otherwise := c.value(e.Cond, in), c.value(e.Then, in), c.value(e.Else, in)
	return func() float64 {
		if cond() != 0 {
			return then()
		}
		return otherwise()
	}
}

func (c *clock) call(r *Row, name string, args []equation.Expr, in scope) value {
	if r == nil {
		c.t.Fatalf("%s is neither a function nor a parameter", name)
	}
	switch r.Kind {
	case Operation:
		return c.operation(r, args, in)
	case Reduction:
		return c.reduction(r)
	case Literal:
		return func() float64 { return r.Number }
	case Clock:
		return c.clock(r.Clock)
	case Draw: // anything will do: the examples do not depend on it
		if r.Dist == resolved.Held { // a clock without stages
			return c.value(args[0], in)
		}
		return func() float64 { return 0.5 }
	}
	inside := c.scope(r, args, in)
	switch r.Kind {
	case DelayState:
		return c.memory(r, inside)
	case Initial:
		v := inside["x"]()
		return func() float64 { return v }
	}
	order := 0
	if i := r.OrderParam(); i >= 0 {
		order = int(args[i].(*equation.Number).Value)
	}
	return c.expand(r.Expand(order), inside)
}

// operation folds a Variadic from the left and puts defaults in.
func (c *clock) operation(r *Row, args []equation.Expr, in scope) value {
	for i := len(args); i < len(r.Params); i++ {
		e, _ := equation.Parse(r.Params[i].Default)
		args = append(args, e)
	}
	if !r.Variadic {
		return c.apply(r.Op, in, args...)
	}
	values := c.values(args, in)
	return func() float64 {
		x := values[0]()
		for _, v := range values[1:] {
			x = r.Op.Of(x, v())
		}
		return x
	}
}

// reduction is over the array of the examples: 1, 2, 3.
func (c *clock) reduction(r *Row) value {
	v := r.Op.Of(r.Op.Of(1, 2), 3)
	if r.Mean {
		v /= 3
	}
	return func() float64 { return v }
}

func (c *clock) clock(k resolved.ClockKind) value {
	return func() float64 {
		return map[resolved.ClockKind]float64{resolved.Now: c.now(), resolved.StepStart: c.now(), resolved.StepSize: c.step,
			resolved.StartTime: c.start, resolved.StopTime: c.start + float64(float64(c.steps)*c.step)}[k]
	}
}

// scope gives the parameters their arguments or defaults.
func (c *clock) scope(r *Row, args []equation.Expr, in scope) scope {
	inside := scope{}
	for i, p := range r.Params {
		if i < len(args) {
			inside[p.Name] = c.value(args[i], in)
		}
	}
	for _, p := range r.Params[min(len(args), len(r.Params)):] {
		inside[p.Name] = c.parse(p.Default, inside)
	}
	return inside
}

func (c *clock) expand(e Expansion, inside scope) value {
	first := map[string]float64{}
	for _, s := range e.States {
		first[s.Name] = c.parse(s.Initial, inside)()
	}
	nets := map[string]*value{}
	for _, s := range e.States {
		net := new(value)
		nets[s.Name] = net
		input := func() float64 { return (*net)() }
		if s.Kept {
			inside[s.Name] = c.hold(input, first[s.Name], c.delaySteps(s.Delay, inside))
			continue
		}
		made := &stock{level: first[s.Name], net: input}
		c.stocks = append(c.stocks, made)
		inside[s.Name] = func() float64 { return made.level }
	}
	for _, s := range e.States {
		*nets[s.Name] = c.parse(s.Net, inside)
	}
	return c.parse(e.Value, inside)
}

// delaySteps is how many steps a memory keeps what it takes in.
func (c *clock) delaySteps(delay string, inside scope) int {
	if delay == "" {
		return 1
	}
	return max(1, int(math.Floor(c.parse(delay, inside)()/c.step+0.5)))
}

func (c *clock) hold(input value, first float64, n int) value {
	m := &memory{input: input}
	for range n {
		m.kept = append(m.kept, first)
	}
	c.memories = append(c.memories, m)
	return func() float64 { return m.kept[0] }
}

func (c *clock) memory(r *Row, inside scope) value {
	first := c.parse(r.Recall.Initial, inside)()
	return c.hold(c.parse(r.Recall.Input, inside), first, c.delaySteps(r.Recall.Delay, inside))
}

func TestExamples(t *testing.T) {
	for _, r := range Table {
		if r.Kind == Draw || r.Kind == Reading || r.Kind == Array || r.Kind == Pipeline { // tried where they are made
			continue
		}
		got := run(t, strings.ReplaceAll(r.Example, "x[*]", "0"), 0, 1, 10)[10]
		if math.Abs(got-r.Value) > 1e-12 {
			t.Errorf("%s: got %v, want %v", r.Example, got, r.Value)
		}
	}
}
