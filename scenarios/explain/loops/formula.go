package loops

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"weir/model/resolved"
	"weir/sim"
	"weir/sim/maths"
)

// A formula is the equation of one element, with its subscripts replaced by slots. Its nodes are
// in an order in which each comes after its children; the last one is the result.
type formula struct {
	target int32 // the slot that it computes
	first  int   // the link of its first input in the web; the others follow
	nodes  []node
	kids   []int32
	inputs []input // one a slot that it reads, in the order of slots
}

// A node is an operation on its children, which are kids[from:to], or a leaf.
type node struct {
	expr     resolved.Expr // decides the operation
	from, to int32
	slot     int32   // of a *resolved.Ref; the element of a *resolved.Lookup, *resolved.Draw or *resolved.ArrayCall
	value    float64 // of a *resolved.Const
}

// An input is a slot that a formula reads, with the nodes that depend on it, in order.
type input struct {
	slot  int32
	nodes []int32
}

// A builder makes formulas.
type builder struct {
	p     *sim.Program
	at    map[*resolved.Loop]int // the iteration of each loop around the present expression
	f     *formula
	count int // nodes of all formulas
}

// build returns the formula of an expression for the present iterations of the loops around it.
func (b *builder) build(target int32, e resolved.Expr) *formula {
	b.f = &formula{target: target}
	b.add(e)
	b.count += len(b.f.nodes)
	b.f.findInputs()
	return b.f
}

// add appends an expression with all below it and returns the number of its node.
func (b *builder) add(e resolved.Expr) int32 {
	n := node{expr: e}
	var kids []int32
	switch e := e.(type) {
	case *resolved.Const:
		n.value = e.Value
	case *resolved.Ref:
		n.slot = int32(b.p.Slot(e.Var) + b.element(e.Var.Over, e.At))
	case *resolved.Lookup:
		n.slot = int32(b.element(e.Table.Over, e.At))
		kids = append(kids, b.add(e.X))
	case *resolved.Draw:
		for _, l := range e.Loops {
			n.slot = n.slot*int32(len(l.Dim.Elements)) + int32(l.At[b.at[l]])
		}
		kids = b.addAll(e.Args)
	case *resolved.Reduce:
		kids = b.every(e.Loops, e.X)
	case *resolved.ArrayCall:
		n.slot = int32(b.element(e.Over, e.At))
		for _, a := range e.Args {
			kids = append(kids, b.every(a.Loops, a.X)...)
		}
	default:
		kids = b.addAll(resolved.Children(e))
	}
	n.from = int32(len(b.f.kids))
	b.f.kids = append(b.f.kids, kids...)
	n.to = int32(len(b.f.kids))
	b.f.nodes = append(b.f.nodes, n)
	return int32(len(b.f.nodes) - 1)
}

// addAll appends several expressions.
func (b *builder) addAll(list []resolved.Expr) []int32 {
	var out []int32
	for _, e := range list {
		out = append(out, b.add(e))
	}
	return out
}

// every appends an expression once an iteration of some loops, the last loop fastest.
func (b *builder) every(loops []*resolved.Loop, x resolved.Expr) []int32 {
	if len(loops) == 0 {
		return []int32{b.add(x)}
	}
	var out []int32
	for i := range loops[0].At {
		b.at[loops[0]] = i
		out = append(out, b.every(loops[1:], x)...)
	}
	return out
}

// element returns the row-major number of the element that positions pick.
func (b *builder) element(over []*resolved.Dimension, at []resolved.Pos) int {
	n := 0
	for i, d := range over {
		place := at[i].Fixed
		if l := at[i].Loop; l != nil {
			place = at[i].Map[b.at[l]]
		}
		n = n*len(d.Elements) + place
	}
	return n
}

// findInputs lists the slots that the formula reads, each with the nodes above its leaves.
func (f *formula) findInputs() {
	above := make([]int32, len(f.nodes)) // the parent of each node, -1 of the result
	above[len(f.nodes)-1] = -1
	for i, n := range f.nodes {
		for _, k := range f.kids[n.from:n.to] {
			above[k] = int32(i)
		}
	}
	at := map[int32]int{}
	for i, n := range f.nodes {
		if _, is := n.expr.(*resolved.Ref); !is {
			continue
		}
		k, known := at[n.slot]
		if !known {
			k = len(f.inputs)
			at[n.slot] = k
			f.inputs = append(f.inputs, input{slot: n.slot})
		}
		for up := int32(i); up >= 0; up = above[up] {
			f.inputs[k].nodes = append(f.inputs[k].nodes, up)
		}
	}
	for i := range f.inputs {
		slices.Sort(f.inputs[i].nodes)
		f.inputs[i].nodes = slices.Compact(f.inputs[i].nodes)
	}
	slices.SortFunc(f.inputs, func(a, b input) int { return int(a.slot - b.slot) })
}

// An evaluator computes formulas with the values of a moment. Clocks and random draws have those of
// the step in which the values were computed.
type evaluator struct {
	settings sim.Settings
	clock    resolved.Time
	time     float64
	step     uint32
	base     []float64 // the nodes of the present formula, with all inputs as they were
	work     []float64 // the same with one input changed
	args     []float64
	parts    [][]float64
}

// all computes a formula with the values of v, and returns its result.
func (e *evaluator) all(f *formula, v []float64) float64 {
	n := len(f.nodes)
	e.base, e.work = grown(e.base, n), grown(e.work, n)
	for i := range f.nodes {
		e.base[i] = e.node(f, &f.nodes[i], e.base, v)
	}
	copy(e.work, e.base[:n])
	return e.base[n-1]
}

// with returns the result of the formula last computed by all if one of its inputs had its value in
// v and all others kept theirs.
func (e *evaluator) with(f *formula, in *input, v []float64) float64 {
	for _, i := range in.nodes {
		e.work[i] = e.node(f, &f.nodes[i], e.work, v)
	}
	out := e.work[len(f.nodes)-1]
	for _, i := range in.nodes {
		e.work[i] = e.base[i]
	}
	return out
}

// grown returns a slice of at least n numbers.
func grown(list []float64, n int) []float64 {
	if len(list) < n {
		return make([]float64, 2*n)
	}
	return list
}

// node computes a node from its children in x, and from the values in v if it reads one.
func (e *evaluator) node(f *formula, n *node, x, v []float64) float64 {
	kids := f.kids[n.from:n.to]
	switch expr := n.expr.(type) {
	case *resolved.Const:
		return n.value
	case *resolved.Ref:
		return v[n.slot]
	case *resolved.Clock:
		return e.now(expr.Kind)
	case *resolved.If:
		if x[kids[0]] != 0 {
			return x[kids[1]]
		}
		return x[kids[2]]
	case *resolved.Lookup:
		return read(expr.Table, int(n.slot), x[kids[0]])
	case *resolved.Reduce:
		return combine(expr.Op, kids, x)
	case *resolved.Apply:
		return e.apply(expr.Op, kids, x)
	}
	e.args = e.args[:0]
	for _, k := range kids {
		e.args = append(e.args, x[k])
	}
	if d, is := n.expr.(*resolved.Draw); is {
		return e.draw(d, uint32(n.slot), e.args)
	}
	return e.array(n.expr.(*resolved.ArrayCall), int(n.slot), e.args)
}

// now returns one of the clocks at the start of a step.
func (e *evaluator) now(kind resolved.ClockKind) float64 {
	switch kind {
	case resolved.StepSize:
		return e.clock.Step
	case resolved.StartTime:
		return e.clock.Start
	case resolved.StopTime:
		return e.clock.Stop
	}
	return e.time
}

// apply computes an operation; more arguments than it takes are combined from the left.
func (e *evaluator) apply(op resolved.Op, kids []int32, x []float64) float64 {
	arity := op.Arity()
	if len(kids) < arity { // max(a) is a
		return x[kids[0]]
	}
	var a [3]float64
	for i := range arity {
		a[i] = x[kids[i]]
	}
	out := op.Of(a[:arity]...)
	for _, k := range kids[arity:] {
		a[0], a[1] = out, x[k]
		out = op.Of(a[:2]...)
	}
	return out
}

// combine reduces numbers from the first to the last; a sum begins at 0.
func combine(op resolved.Op, kids []int32, x []float64) float64 {
	out := x[kids[0]]
	if op == resolved.Sum {
		out += 0 // minus 0 becomes 0
	}
	for _, k := range kids[1:] {
		out = op.Of(out, x[k])
	}
	return out
}

// read returns the value of a table at x: linear between its points, and beyond them as the table
// says. A table that may not be read there holds, since the run itself stops at such a reading.
func read(t *resolved.Table, element int, x float64) float64 {
	points := t.Points[element]
	last := len(points) - 1
	switch {
	case math.IsNaN(x):
		return x
	case x == points[last].X || last == 0:
		return points[last].Y
	case t.Beyond != resolved.Extend && x < points[0].X:
		return points[0].Y
	case t.Beyond != resolved.Extend && x > points[last].X:
		return points[last].Y
	}
	i := sort.Search(last-1, func(i int) bool { return points[i+1].X > x })
	a, b := points[i], points[i+1]
	return a.Y + float64((x-a.X)*(b.Y-a.Y))/(b.X-a.X)
}

// draw returns a random number of the present step with other parameters.
func (e *evaluator) draw(d *resolved.Draw, element uint32, p []float64) float64 {
	s := maths.Stream{Seed: e.settings.Seed, Member: e.settings.Member, Key: d.Key, Step: e.step, Element: element}
	switch d.Dist {
	case resolved.Uniform:
		return p[0] + float64(s.Uniform(0)*(p[1]-p[0]))
	case resolved.Normal:
		return p[0] + float64(s.Normal()*p[1])
	case resolved.LogNormal:
		return resolved.Exp.Of(p[0] + float64(s.Normal()*p[1]))
	case resolved.Triangular:
		return s.Triangular(p[0], p[1], p[2])
	case resolved.Held:
		return p[0]
	case resolved.Poisson:
		return s.Poisson(p[0])
	}
	panic(fmt.Sprintf("loops: unknown distribution %d", d.Dist))
}

// array returns one element of the result of an array function.
func (e *evaluator) array(c *resolved.ArrayCall, element int, args []float64) float64 {
	e.parts = e.parts[:0]
	for _, a := range c.Args {
		e.parts = append(e.parts, args[:a.Size()])
		args = args[a.Size():]
	}
	out := make([]float64, c.Size())
	c.Fn.Of(out, e.parts...)
	return out[element]
}
