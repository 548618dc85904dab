package resolve

import (
	"fmt"
	"slices"

	"weir/model/check/internal/box"
	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// Functions of arrays are written out as sums over the elements that are meant. Sorting
// compares every element with every other: there are never many.

// An arrayCall is a call of a function of arrays. Its array arguments run over the same loops,
// as in one reduction.
type arrayCall struct {
	*Scope
	e    *equation.Call
	row  *function.Row
	args []resolved.Expr
	axes []axis // of more than one iteration
}

// arrayFunctions write out each function.Row.Array.
var arrayFunctions = map[function.ArrayFunction]func(*arrayCall) resolved.Expr{
	function.Size: (*arrayCall).size, function.Deviation: (*arrayCall).deviation,
	function.Element: (*arrayCall).element,
	function.Select:  (*arrayCall).choose, function.Rank: (*arrayCall).rank, function.SortOrder: (*arrayCall).sortOrder,
	function.InvertMatrix: (*arrayCall).invert, function.AllocateAvailable: (*arrayCall).allocate,
	function.AllocateByPriority: (*arrayCall).byPriority,
}

// array resolves a function of arrays. Two functions come first: position_in reads no array, and a
// market price has two groups of them.
func (s *Scope) array(e *equation.Call, row *function.Row) resolved.Expr {
	if row.Array == function.Position {
		return s.ownPosition(e)
	}
	c := &arrayCall{Scope: s, e: e, row: row}
	if row.Array == function.MarketPrice {
		return c.marketPrice()
	}
	if !c.resolveArguments() {
		return tree.Nothing
	}
	return arrayFunctions[row.Array](c)
}

// resolveArguments resolves arrays inside a reduction of their own, and everything else outside
// it. It returns false after a report. Axes of a single iteration are left out, since they combine
// nothing. Array arguments that are long become variables of their own: the equation repeats them.
func (c *arrayCall) resolveArguments() bool {
	outer, inside := c.red, &reduction{}
	for i, a := range c.e.Args {
		if c.row.Param(i).Array {
			c.red = inside
			c.foresee(a)
		}
		c.args = append(c.args, c.Expr(a))
		c.red = outer
	}
	c.args = c.withDefaults(c.row, c.args)
	if slices.Contains(c.args, tree.Nothing) {
		return false
	}
	if len(inside.axes) == 0 {
		c.mistake(code.NothingToReduce, c.e.Span,
			"name an array, or write * for the dimension that is meant: "+c.row.Name+"(x[*])",
			"%s is about the elements of an array, but there is only a single number here", c.row.Name)
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

// loops returns the loops that the array runs over.
func (c *arrayCall) loops() []*resolved.Loop {
	var out []*resolved.Loop
	for _, a := range c.axes {
		out = append(out, a.loop)
	}
	return out
}

// over combines the values of an expression for every element.
func (c *arrayCall) over(op resolved.Op, x resolved.Expr) resolved.Expr {
	if len(c.axes) == 0 {
		return x
	}
	return &resolved.Reduce{Op: op, Loops: c.loops(), X: x}
}

// count returns the number of elements.
func (c *arrayCall) count() float64 {
	n := 1
	for _, a := range c.axes {
		n *= len(a.loop.At)
	}
	return float64(n)
}

// number returns the number of the present element, from 0 on, row-major over the axes.
func (c *arrayCall) number() resolved.Expr {
	var out resolved.Expr
	for _, a := range c.axes {
		turn := c.iteration(a.loop)
		if out == nil {
			out = turn
			continue
		}
		out = tree.Apply(resolved.Add, tree.Apply(resolved.Mul, out, tree.Number(float64(len(a.loop.At)))), turn)
	}
	if out == nil {
		return tree.Number(0)
	}
	return out
}

// iteration returns the number of a loop's iteration, from 0 on.
func (s *Scope) iteration(l *resolved.Loop) resolved.Expr {
	v := s.counting(s.restricted(l))
	return &resolved.Ref{Var: v, At: []resolved.Pos{tree.Position(l, box.Count(len(l.At)))}}
}

// counting returns a hidden variable that holds 0, 1, 2, … over a dimension, made once.
func (s *Scope) counting(d *resolved.Dimension) *resolved.Variable {
	if v := s.counted[d]; v != nil {
		return v
	}
	v := s.hiddenVariable(d.Name+"#number", resolved.Aux, nil)
	v.Over = []*resolved.Dimension{d}
	for i := range d.Elements {
		l := &resolved.Loop{Dim: d, At: []int{i}}
		v.Parts = append(v.Parts,
			&resolved.Part{Loops: []*resolved.Loop{l}, Expr: tree.Number(float64(i)), Span: s.Text.Span,
				Text: s.Text.Text})
	}
	s.counted[d] = v
	return v
}

// ownPosition returns the position of the equation's element in a dimension, from 1 on. A reduction
// around the call comes first, as it does for names. The position counts in the dimension that is
// named, also where the equation runs over a subrange of it.
func (s *Scope) ownPosition(e *equation.Call) resolved.Expr {
	name, ok := e.Args[0].(*equation.Name)
	d := (*state.Domain)(nil)
	if ok {
		d = s.Domains[equation.Canonical(name.Name)]
	}
	if d == nil {
		return s.mistake(code.NotAValue, e.Args[0].Pos(), "name a dimension of the equation",
			"position_in is about a dimension")
	}
	axes := s.axes
	if s.red != nil {
		axes = slices.Concat(s.red.axes, axes)
	}
	inner := *s
	inner.axes = axes
	a, found := inner.axis(d)
	if !found {
		return s.mistake(code.MissingDimension, e.Args[0].Pos(), "name a dimension of the equation",
			"the equation of %s is not over %s", s.Owner, d.Decl.Name)
	}
	places := make([]int, len(a.loop.At))
	for i, at := range a.loop.At {
		place, ok := d.Place(a.dom.Up[at])
		if !ok {
			return s.mistake(code.UnknownElement, e.Args[0].Pos(), "", "%s is not in %s",
				a.dom.Out.Elements[at], d.Decl.Name)
		}
		places[i] = place
	}
	if len(places) == 1 {
		return tree.Number(float64(places[0] + 1))
	}
	at := &resolved.Ref{Var: s.counting(d.Out), At: []resolved.Pos{tree.Position(a.loop, places)}}
	return tree.Apply(resolved.Add, at, tree.Number(1))
}

// size returns the number of elements.
func (c *arrayCall) size() resolved.Expr { return tree.Number(c.count()) }

// deviation returns the standard deviation of the elements as a whole population. The sum of
// squares is divided by their number n, not by n - 1. The mean is a variable of its own, or it
// would be summed up again for each element.
func (c *arrayCall) deviation() resolved.Expr {
	mean := c.settledSum("mean", tree.Apply(resolved.Div, c.over(resolved.Sum, c.args[0]), tree.Number(c.count())))
	off := tree.Apply(resolved.Sub, c.args[0], mean)
	square := tree.Apply(resolved.Pow, off, tree.Number(2))
	return c.once(c.row.Name,
		tree.Apply(resolved.Sqrt, tree.Apply(resolved.Div, c.over(resolved.Sum, square), tree.Number(c.count()))))
}

// settledSum returns a value over the whole array as a variable of its own.
func (c *arrayCall) settledSum(name string, x resolved.Expr) resolved.Expr {
	return c.hide(c.hiddenName(c.row.Name)+"."+name, resolved.Aux, x)
}

// element returns the element with a number that may change while the model runs. Numbers count
// from 1 on and are rounded; outside the array the value is the third argument. The element is
// found as a sum of which one term counts, since a position in a resolved model cannot change.
func (c *arrayCall) element() resolved.Expr {
	index := tree.Apply(resolved.Sub, tree.Apply(resolved.Round, c.args[1]), tree.Number(1))
	if !isSimple(c.args[1]) {
		index = c.settled(c.hiddenName(c.row.Name)+".index", index)
	}
	found := c.over(resolved.Sum,
		&resolved.If{Cond: tree.Apply(resolved.Eq, c.number(), index), Then: c.args[0], Else: tree.Number(0)})
	if len(c.axes) == 0 {
		found = c.args[0]
	}
	inside := tree.Apply(resolved.And, tree.Apply(resolved.Ge, index, tree.Number(0)),
		tree.Apply(resolved.Lt, index, tree.Number(c.count())))
	return &resolved.If{Cond: inside, Then: found, Else: c.args[2]}
}

// choose combines the selected values. The fourth argument is the action: 0 is the sum, 1 the
// least, 2 the mean, 3 the greatest, and anything else the product. One that is known is decided
// here, so that the equation has that action only.
func (c *arrayCall) choose() resolved.Expr {
	chosen := func(op resolved.Op, otherwise resolved.Expr) resolved.Expr {
		return c.over(op, &resolved.If{Cond: c.args[0], Then: c.args[1], Else: otherwise})
	}
	most := tree.Apply(resolved.Div, tree.Number(1), tree.Number(0))
	some := c.settledSum("count", c.over(resolved.Sum, tree.Apply(resolved.Ne, c.args[0], tree.Number(0))))
	sum := chosen(resolved.Sum, tree.Number(0))
	actions := []resolved.Expr{sum, chosen(resolved.Min, most), tree.Apply(resolved.Div, sum, some),
		chosen(resolved.Max, tree.Apply(resolved.Neg, most)), chosen(resolved.Prod, tree.Number(1))}
	out := actions[len(actions)-1]
	for i := len(actions) - 2; i >= 0; i-- {
		out = &resolved.If{Cond: tree.Apply(resolved.Eq, c.args[3], tree.Number(float64(i))), Then: actions[i],
			Else: out}
	}
	if x, known := c.Constant(c.args[3], nil); known && x >= 0 && x < float64(len(actions)) {
		out = actions[int(x)]
	}
	return c.once(c.row.Name,
		&resolved.If{Cond: tree.Apply(resolved.Gt, some, tree.Number(0)), Then: out, Else: c.args[2]})
}

// A resultPlace says where the equation's element is among those of the array.
type resultPlace struct {
	loop       *resolved.Loop // nil if the equation is for one element
	iterations []int          // of the array's loop, one per iteration of loop
}

// result returns the equation's own dimension along which a vector result runs: the one that
// the array runs over, one of its family, or else the last one of that size that no argument
// follows.
func (c *arrayCall) result(of axis) (resultPlace, bool) {
	if a, found := c.axis(of.dom); found {
		out := resultPlace{loop: a.loop}
		for _, at := range a.loop.At {
			place, ok := of.dom.Place(a.dom.Up[at])
			if !ok {
				c.mistake(code.SubscriptMismatch, c.e.Span, "", "%s is not among the elements that %s is about",
					a.dom.Out.Elements[at], c.row.Name)
				return out, false
			}
			out.iterations = append(out.iterations, tree.IndexOf(of.loop.At, place))
		}
		return out, true
	}
	follows := tree.FreeLoops(c.args...)
	for i := len(c.Scope.axes) - 1; i >= 0; i-- {
		if a := c.Scope.axes[i]; a.dom.Size() == len(of.loop.At) && !slices.Contains(follows, a.loop) {
			return resultPlace{a.loop, a.loop.At}, true
		}
	}
	c.mistake(code.MissingDimension, c.e.Span, fmt.Sprintf("write it in an equation over %s", of.dom.Decl.Name),
		"%s gives a number for every element of %s, but the equation of %s is not over it", c.row.Name,
		of.dom.Decl.Name, c.Owner)
	return resultPlace{}, false
}

// along returns the one dimension that a vector function runs along.
func (c *arrayCall) along() (axis, resultPlace, bool) {
	if len(c.axes) > 1 {
		c.mistake(code.AmbiguousReduction, c.e.Span,
			"name an element, or a dimension of the equation, in all but one",
			"%s runs along one dimension, but there are %d here", c.row.Name, len(c.axes))
		return axis{}, resultPlace{}, false
	}
	place, ok := c.result(c.axes[0])
	return c.axes[0], place, ok
}

// at returns an expression for the equation's own element.
func (p resultPlace) at(of *resolved.Loop, x resolved.Expr) resolved.Expr {
	return tree.Swaps{of: tree.Swap{Loop: p.loop, At: p.iterations}}.In(x)
}

// rank returns one more than the number of elements before this one in sorted order. Equal ones
// keep the order of the array.
func (c *arrayCall) rank() resolved.Expr {
	if len(c.axes) == 0 {
		return tree.Number(1)
	}
	of, place, ok := c.along()
	if !ok {
		return tree.Nothing
	}
	return c.rankAt(of, func(x resolved.Expr) resolved.Expr { return place.at(of.loop, x) })
}

// rankAt returns the rank of the element that here leads to. The second argument is above 0 for a
// rising order. Of two equal elements the one with the lower number comes first, so that no two
// have one rank.
func (c *arrayCall) rankAt(of axis, here func(resolved.Expr) resolved.Expr) resolved.Expr {
	x, turn := c.args[0], c.iteration(of.loop)
	before := func(less, notMore resolved.Op) resolved.Expr {
		return &resolved.If{Cond: tree.Apply(resolved.Lt, turn, here(turn)),
			Then: tree.Apply(notMore, x, here(x)), Else: tree.Apply(less, x, here(x))}
	}
	up := tree.Apply(resolved.Gt, c.args[1], tree.Number(0))
	comes := &resolved.If{Cond: up, Then: before(resolved.Lt, resolved.Le), Else: before(resolved.Gt, resolved.Ge)}
	return tree.Apply(resolved.Add, c.over(resolved.Sum, comes), tree.Number(1))
}

// sortOrder returns the position, from 0 on, of the element that is at the equation's place in
// sorted order.
func (c *arrayCall) sortOrder() resolved.Expr {
	if len(c.axes) == 0 {
		return tree.Number(0)
	}
	of, place, ok := c.along()
	if !ok {
		return tree.Nothing
	}
	// The ranks of all elements are needed, not only that of the equation's own. They are a hidden
	// variable over a loop of its own, which is then exchanged for the array's.
	inner := &resolved.Loop{Dim: of.loop.Dim, At: of.loop.At}
	rank := c.rankAt(of, func(x resolved.Expr) resolved.Expr {
		return tree.Swaps{of.loop: tree.Swap{Loop: inner, At: box.Count(len(inner.At))}}.In(x)
	})
	ranks := c.hide(c.hiddenName(c.row.Name)+".rank", resolved.Aux, rank)
	ranks = tree.Swaps{inner: tree.Swap{Loop: of.loop, At: box.Count(len(inner.At))}}.In(ranks)
	turn := c.iteration(of.loop)
	wanted := tree.Apply(resolved.Add, place.at(of.loop, turn), tree.Number(1))
	return c.over(resolved.Sum,
		&resolved.If{Cond: tree.Apply(resolved.Eq, ranks, wanted), Then: turn, Else: tree.Number(0)})
}
