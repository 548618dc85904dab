package resolve

import (
	"slices"

	"weir/model/check/internal/box"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// whole makes a hidden variable of the result of an array function, and returns a reference to
// the equation's own element of it. The first fn.Arrays() arguments run over the loops of the
// array, the others are single numbers. The function is computed once for all its elements.
func (c *arrayCall) whole(fn resolved.ArrayFunction, args ...resolved.Expr) resolved.Expr {
	places, ok := c.results()
	if !ok {
		return tree.Nothing
	}
	w := &resolved.ArrayCall{Fn: fn}
	for i, x := range args {
		a := &resolved.ArrayArgument{X: x}
		if i < fn.Arrays() {
			a.Loops = c.loops()
		}
		w.Args = append(w.Args, a)
	}
	own := tree.Swaps{}
	for i, a := range c.axes {
		d := c.restricted(a.loop)
		l := &resolved.Loop{Dim: d, At: box.Count(len(d.Elements))}
		w.Over, w.At = append(w.Over, d), append(w.At, tree.Position(l, l.At))
		own[l] = tree.Swap{Loop: places[i].loop, At: places[i].iterations}
	}
	return own.In(c.apart(c.row.Name, w))
}

// results returns the equation's own dimensions along which the result runs. A second one of
// the same family is found by its place.
func (c *arrayCall) results() ([]resultPlace, bool) {
	var out []resultPlace
	for _, a := range c.axes {
		p, ok := c.result(a)
		if !ok {
			return nil, false
		}
		if slices.ContainsFunc(out, func(q resultPlace) bool { return q.loop == p.loop }) {
			return c.lastOnes()
		}
		out = append(out, p)
	}
	return out, true
}

// lastOnes returns the last dimensions of the equation that have the sizes of the array's.
func (c *arrayCall) lastOnes() ([]resultPlace, bool) {
	first := len(c.Scope.axes) - len(c.axes)
	var out []resultPlace
	for i, of := range c.axes {
		if first < 0 || c.Scope.axes[first+i].dom.Size() != len(of.loop.At) {
			c.mistake(code.MissingDimension, c.e.Span,
				"write it in an equation over dimensions of the array's sizes",
				"%s gives a number for every element of the array, but the equation of %s is not over its dimensions", c.row.Name, c.Owner)
			return nil, false
		}
		l := c.Scope.axes[first+i].loop
		out = append(out, resultPlace{l, l.At})
	}
	return out, true
}

// invert returns an element of the inverse of a matrix.
func (c *arrayCall) invert() resolved.Expr {
	switch {
	case len(c.axes) == 0:
		return tree.Apply(resolved.Div, tree.Number(1), c.args[0])
	case len(c.axes) != 2 || len(c.axes[0].loop.At) != len(c.axes[1].loop.At):
		return c.mistake(code.SubscriptCount, c.e.Span, "write invert_matrix(m[*, *])",
			"only a square matrix has an inverse")
	}
	return c.whole(resolved.Invert, c.args[0])
}

// allocate returns the share of one request.
func (c *arrayCall) allocate() resolved.Expr {
	if len(c.axes) != 1 {
		return c.oneDimension()
	}
	return c.whole(resolved.Allocate, c.args...)
}

// byPriority shares evenly where priorities are near.
func (c *arrayCall) byPriority() resolved.Expr {
	if len(c.axes) != 1 {
		return c.oneDimension()
	}
	return c.whole(resolved.Allocate, c.args[0], tree.Number(1), c.args[1], c.args[2], c.args[3])
}

// marketPrice returns a number of two groups of arrays, which run over loops of their own.
func (c *arrayCall) marketPrice() resolved.Expr {
	w := &resolved.ArrayCall{Fn: resolved.Price}
	// the arguments of one side of the market
	const group = 4
	for i := 0; i < len(c.e.Args); i += group {
		half := &arrayCall{Scope: c.Scope, e: c.part(i, i+group), row: c.rowPart(i, i+group)}
		if !half.resolveArguments() {
			return tree.Nothing
		}
		for _, x := range half.args {
			w.Args = append(w.Args, &resolved.ArrayArgument{Loops: half.loops(), X: x})
		}
	}
	return c.apart(c.row.Name, w)
}

// part returns the call with some of its arguments.
func (c *arrayCall) part(from, to int) *equation.Call {
	e := *c.e
	e.Args = c.e.Args[from:to]
	return &e
}

// rowPart returns the row with some of its parameters.
func (c *arrayCall) rowPart(from, to int) *function.Row {
	row := *c.row
	row.Params = c.row.Params[from:to]
	return &row
}

// oneDimension returns the value for a single request, and reports several dimensions.
func (c *arrayCall) oneDimension() resolved.Expr {
	if len(c.axes) == 0 { // a single request
		return tree.Apply(resolved.Min, c.args[0], c.args[len(c.args)-1])
	}
	return c.mistake(code.AmbiguousReduction, c.e.Span,
		"name an element, or a dimension of the equation, in all but one",
		"%s runs along one dimension, but there are %d here", c.row.Name, len(c.axes))
}
