package check

import (
	"fmt"
	"slices"

	"weir/model/code"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// Functions of arrays are written out as sums over the elements that are meant. Sorting
// compares every element with every other: there are never many.

// An arrayCall is a call of such a function. Its array arguments run over the same
// loops, as in one reduction.
type arrayCall struct {
	*scope
	e    *equation.Call
	row  *function.Row
	args []resolved.Expr
	axes []axis // of more than one turn
}

// arrayFunctions are by function.Row.Array.
var arrayFunctions = map[function.ArrayFunction]func(*arrayCall) resolved.Expr{
	function.Size: (*arrayCall).size, function.Deviation: (*arrayCall).deviation, function.Element: (*arrayCall).element,
	function.Select: (*arrayCall).choose, function.Rank: (*arrayCall).rank, function.SortOrder: (*arrayCall).sortOrder,
	function.InvertMatrix: (*arrayCall).invert, function.AllocateAvailable: (*arrayCall).allocate, function.AllocateByPriority: (*arrayCall).byPriority,
}

// array resolves a function of arrays.
func (s *scope) array(e *equation.Call, row *function.Row) resolved.Expr {
	if row.Array == function.Position {
		return s.ownPosition(e)
	}
	c := &arrayCall{scope: s, e: e, row: row}
	if row.Array == function.MarketPrice {
		return c.marketPrice()
	}
	if !c.resolveArguments() {
		return nothing
	}
	return arrayFunctions[row.Array](c)
}

// resolveArguments resolves arrays inside a reduction of their own, everything else
// outside it.
func (c *arrayCall) resolveArguments() bool {
	outer, inside := c.red, &reduction{}
	for i, a := range c.e.Args {
		if c.row.Param(i).Array {
			c.red = inside
			c.foresee(a)
		}
		c.args = append(c.args, c.expr(a))
		c.red = outer
	}
	c.args = c.withDefaults(c.row, c.args)
	if slices.Contains(c.args, nothing) {
		return false
	}
	if len(inside.axes) == 0 {
		c.mistake(code.NothingToReduce, c.e.Span, "name an array, or write * for the dimension that is meant: "+c.row.Name+"(x[*])", "%s is about the elements of an array, but there is only a single number here", c.row.Name)
		return false
	}
	for _, a := range inside.axes {
		if len(a.loop.At) > 1 {
			c.axes = append(c.axes, a)
		}
	}
	name := ""
	for i, x := range c.args {
		if isSimple(x) || !c.row.Param(i).Array {
			continue
		}
		if name == "" {
			name = c.hiddenName(c.row.Name)
		}
		c.args[i] = c.settled(name+"."+c.row.Param(i).Name, x)
	}
	return true
}

func (c *arrayCall) loops() []*resolved.Loop {
	var out []*resolved.Loop
	for _, a := range c.axes {
		out = append(out, a.loop)
	}
	return out
}

// over combines what an expression gives for every element.
func (c *arrayCall) over(op resolved.Op, x resolved.Expr) resolved.Expr {
	if len(c.axes) == 0 {
		return x
	}
	return &resolved.Reduce{Op: op, Loops: c.loops(), X: x}
}

func (c *arrayCall) count() float64 {
	n := 1
	for _, a := range c.axes {
		n *= len(a.loop.At)
	}
	return float64(n)
}

func number(x float64) resolved.Expr { return &resolved.Const{Value: x} }

// number is the number of the present element, from 0 on, row-major over the axes.
func (c *arrayCall) number() resolved.Expr {
	var out resolved.Expr
	for _, a := range c.axes {
		turn := c.turn(a.loop)
		if out == nil {
			out = turn
			continue
		}
		out = apply(resolved.Add, apply(resolved.Mul, out, number(float64(len(a.loop.At)))), turn)
	}
	if out == nil {
		return number(0)
	}
	return out
}

// turn is the number of the turn that a loop is in, from 0 on.
func (s *scope) turn(l *resolved.Loop) resolved.Expr {
	v := s.counting(s.restricted(l))
	return &resolved.Ref{Var: v, At: []resolved.Pos{position(l, count(len(l.At)))}}
}

// counting is a hidden variable that holds 0, 1, 2, … over a dimension, made once.
func (s *scope) counting(d *resolved.Dimension) *resolved.Variable {
	if v := s.counted[d]; v != nil {
		return v
	}
	v := s.hiddenVariable(d.Name+"#number", resolved.Aux, nil)
	v.Over = []*resolved.Dimension{d}
	for i := range d.Elements {
		l := &resolved.Loop{Dim: d, At: []int{i}}
		v.Parts = append(v.Parts, &resolved.Part{Loops: []*resolved.Loop{l}, Expr: number(float64(i)), Span: s.text.Span, Text: s.text.Text})
	}
	s.counted[d] = v
	return v
}

// ownPosition is the position of the equation's element in a dimension, from 1 on.
func (s *scope) ownPosition(e *equation.Call) resolved.Expr {
	name, ok := e.Args[0].(*equation.Name)
	d := (*domain)(nil)
	if ok {
		d = s.domains[equation.Canonical(name.Name)]
	}
	if d == nil {
		return s.mistake(code.NotAValue, e.Args[0].Pos(), "name a dimension of the equation", "position_in is about a dimension")
	}
	axes := s.axes
	if s.red != nil {
		axes = slices.Concat(s.red.axes, axes)
	}
	inner := *s
	inner.axes = axes
	a, found := inner.axis(d)
	if !found {
		return s.mistake(code.MissingDimension, e.Args[0].Pos(), "name a dimension of the equation", "the equation of %s is not over %s", s.owner.Name, d.decl.Name)
	}
	places := make([]int, len(a.loop.At))
	for i, at := range a.loop.At {
		place, ok := d.place(a.dom.up[at])
		if !ok {
			return s.mistake(code.UnknownElement, e.Args[0].Pos(), "", "%s is not in %s", a.dom.out.Elements[at], d.decl.Name)
		}
		places[i] = place
	}
	if len(places) == 1 {
		return number(float64(places[0] + 1))
	}
	at := &resolved.Ref{Var: s.counting(d.out), At: []resolved.Pos{position(a.loop, places)}}
	return apply(resolved.Add, at, number(1))
}

func (c *arrayCall) size() resolved.Expr { return number(c.count()) }

// deviation is the standard deviation of the elements as a whole population.
func (c *arrayCall) deviation() resolved.Expr {
	mean := c.settledSum("mean", apply(resolved.Div, c.over(resolved.Sum, c.args[0]), number(c.count())))
	off := apply(resolved.Sub, c.args[0], mean)
	square := apply(resolved.Pow, off, number(2))
	return c.once(c.row.Name, apply(resolved.Sqrt, apply(resolved.Div, c.over(resolved.Sum, square), number(c.count()))))
}

// settledSum is a value over the whole array as a variable of its own.
func (c *arrayCall) settledSum(name string, x resolved.Expr) resolved.Expr {
	return c.hide(c.hiddenName(c.row.Name)+"."+name, resolved.Aux, x)
}

// element is the element with a number that may change while the model runs.
func (c *arrayCall) element() resolved.Expr {
	index := apply(resolved.Sub, apply(resolved.Round, c.args[1]), number(1))
	if !isSimple(c.args[1]) {
		index = c.settled(c.hiddenName(c.row.Name)+".index", index)
	}
	found := c.over(resolved.Sum, &resolved.If{Cond: apply(resolved.Eq, c.number(), index), Then: c.args[0], Else: number(0)})
	if len(c.axes) == 0 {
		found = c.args[0]
	}
	inside := apply(resolved.And, apply(resolved.Ge, index, number(0)), apply(resolved.Lt, index, number(c.count())))
	return &resolved.If{Cond: inside, Then: found, Else: c.args[2]}
}

// choose combines the values that are selected.
func (c *arrayCall) choose() resolved.Expr {
	chosen := func(op resolved.Op, otherwise resolved.Expr) resolved.Expr {
		return c.over(op, &resolved.If{Cond: c.args[0], Then: c.args[1], Else: otherwise})
	}
	most := apply(resolved.Div, number(1), number(0))
	some := c.settledSum("count", c.over(resolved.Sum, apply(resolved.Ne, c.args[0], number(0))))
	sum := chosen(resolved.Sum, number(0))
	actions := []resolved.Expr{sum, chosen(resolved.Min, most), apply(resolved.Div, sum, some), chosen(resolved.Max, apply(resolved.Neg, most)), chosen(resolved.Prod, number(1))}
	out := actions[len(actions)-1]
	for i := len(actions) - 2; i >= 0; i-- {
		out = &resolved.If{Cond: apply(resolved.Eq, c.args[3], number(float64(i))), Then: actions[i], Else: out}
	}
	if x, known := c.constant(c.args[3], nil); known && x >= 0 && x < float64(len(actions)) {
		out = actions[int(x)]
	}
	return c.once(c.row.Name, &resolved.If{Cond: apply(resolved.Gt, some, number(0)), Then: out, Else: c.args[2]})
}

// A place in the result is where the equation's element is among those of the array.
type resultPlace struct {
	loop  *resolved.Loop // nil if the equation is for one element
	turns []int          // of the array's loop, one a turn of loop
}

// result finds the equation's own dimension along which a vector result runs: the one
// that the array runs over, one of its family, or else the last one of that size that
// no argument follows.
func (c *arrayCall) result(of axis) (resultPlace, bool) {
	if a, found := c.axis(of.dom); found {
		out := resultPlace{loop: a.loop}
		for _, at := range a.loop.At {
			place, ok := of.dom.place(a.dom.up[at])
			if !ok {
				c.mistake(code.SubscriptMismatch, c.e.Span, "", "%s is not among the elements that %s is about", a.dom.out.Elements[at], c.row.Name)
				return out, false
			}
			out.turns = append(out.turns, indexOf(of.loop.At, place))
		}
		return out, true
	}
	follows := freeLoops(c.args...)
	for i := len(c.scope.axes) - 1; i >= 0; i-- {
		if a := c.scope.axes[i]; a.dom.size() == len(of.loop.At) && !slices.Contains(follows, a.loop) {
			return resultPlace{a.loop, a.loop.At}, true
		}
	}
	c.mistake(code.MissingDimension, c.e.Span, fmt.Sprintf("write it in an equation over %s", of.dom.decl.Name), "%s gives a number for every element of %s, but the equation of %s is not over it", c.row.Name, of.dom.decl.Name, c.owner.Name)
	return resultPlace{}, false
}

// along is the one dimension that a vector function runs along.
func (c *arrayCall) along() (axis, resultPlace, bool) {
	if len(c.axes) > 1 {
		c.mistake(code.AmbiguousReduction, c.e.Span, "name an element, or a dimension of the equation, in all but one", "%s runs along one dimension, but there are %d here", c.row.Name, len(c.axes))
		return axis{}, resultPlace{}, false
	}
	place, ok := c.result(c.axes[0])
	return c.axes[0], place, ok
}

// at is an expression for the equation's own element.
func (p resultPlace) at(of *resolved.Loop, x resolved.Expr) resolved.Expr {
	return swaps{of: swap(p)}.in(x)
}

// rank is how many elements come before one in sorted order, and one more. Equal ones
// come in the order of the array.
func (c *arrayCall) rank() resolved.Expr {
	if len(c.axes) == 0 {
		return number(1)
	}
	of, place, ok := c.along()
	if !ok {
		return nothing
	}
	return c.rankAt(of, func(x resolved.Expr) resolved.Expr { return place.at(of.loop, x) })
}

func (c *arrayCall) rankAt(of axis, here func(resolved.Expr) resolved.Expr) resolved.Expr {
	x, turn := c.args[0], c.turn(of.loop)
	before := func(less, notMore resolved.Op) resolved.Expr {
		return &resolved.If{Cond: apply(resolved.Lt, turn, here(turn)), Then: apply(notMore, x, here(x)), Else: apply(less, x, here(x))}
	}
	up := apply(resolved.Gt, c.args[1], number(0))
	comes := &resolved.If{Cond: up, Then: before(resolved.Lt, resolved.Le), Else: before(resolved.Gt, resolved.Ge)}
	return apply(resolved.Add, c.over(resolved.Sum, comes), number(1))
}

// sortOrder is the position of the element that comes at the equation's place in sorted
// order, from 0 on.
func (c *arrayCall) sortOrder() resolved.Expr {
	if len(c.axes) == 0 {
		return number(0)
	}
	of, place, ok := c.along()
	if !ok {
		return nothing
	}
	inner := &resolved.Loop{Dim: of.loop.Dim, At: of.loop.At}
	rank := c.rankAt(of, func(x resolved.Expr) resolved.Expr { return swaps{of.loop: swap{inner, count(len(inner.At))}}.in(x) })
	ranks := c.hide(c.hiddenName(c.row.Name)+".rank", resolved.Aux, rank)
	ranks = swaps{inner: swap{of.loop, count(len(inner.At))}}.in(ranks)
	turn := c.turn(of.loop)
	wanted := apply(resolved.Add, place.at(of.loop, turn), number(1))
	return c.over(resolved.Sum, &resolved.If{Cond: apply(resolved.Eq, ranks, wanted), Then: turn, Else: number(0)})
}
