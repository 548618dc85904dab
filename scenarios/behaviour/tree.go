package behaviour

import (
	"weir/model/equation"
	"weir/model/resolved"
)

// A node is a part of an expectation as it is computed: *number, *leaf, *apply,
// *choice, *reduce or *call. Places are in the expectation's own text.
type node interface {
	place() equation.Span
	// steady says that the value does not change over the run.
	steady() bool
}

// spot is the part that all nodes have.
type spot struct {
	equation.Span
	still bool
}

func (s spot) place() equation.Span { return s.Span }
func (s spot) steady() bool         { return s.still }

// number is a constant of an expectation.
type number struct {
	spot
	value float64
}

// A leaf is a variable of the copy that holds an equation without test functions.
type leaf struct {
	spot
	probe *probe
}

// apply is an operation of the model's language on the values of other nodes.
type apply struct {
	spot
	op   resolved.Op
	sign string // as written, for comparisons
	args []node
}

// A choice is an if.
type choice struct {
	spot
	cond, then, otherwise node
}

// A reduce combines an array over all its dimensions.
type reduce struct {
	spot
	op   resolved.Op
	mean bool
	x    node
	over []axis
}

// call is a test function with its arguments.
type call struct {
	spot
	function *Function
	args     []node
	data     *record // of functions with Data, in place of the second argument
}

// operations are the language's operators.
var operations = map[equation.Op]resolved.Op{
	equation.Or: resolved.Or, equation.And: resolved.And, equation.Not: resolved.Not,
	equation.Eq: resolved.Eq, equation.Ne: resolved.Ne, equation.Lt: resolved.Lt, equation.Le: resolved.Le,
	equation.Gt: resolved.Gt, equation.Ge: resolved.Ge, equation.Add: resolved.Add, equation.Sub: resolved.Sub,
	equation.Mul: resolved.Mul, equation.Div: resolved.Div, equation.Mod: resolved.Mod,
	equation.Neg: resolved.Neg, equation.Pow: resolved.Pow,
}

// isComparison reports an operator that compares.
func isComparison(op equation.Op) bool { return op >= equation.Eq && op <= equation.Ge }

// isLogic reports and and or.
func isLogic(op equation.Op) bool {
	return op == equation.And || op == equation.Or || op == equation.Not
}

// steadyAll reports whether all nodes are steady.
func steadyAll(nodes ...node) bool {
	for _, n := range nodes {
		if !n.steady() {
			return false
		}
	}
	return true
}

// An axis is a dimension that an expectation runs over. Above is its own name and
// those of the dimensions that it is a part of.
type axis struct {
	name     string
	elements []string
	above    []string
}

// within reports whether all elements of an axis are in a dimension of that name.
func (a axis) within(name string) bool {
	for _, n := range a.above {
		if n == name {
			return true
		}
	}
	return false
}

// join adds an axis to a list, unless the list has it or a part of it; a part takes
// the place of the whole.
func join(list []axis, a axis) []axis {
	for i, b := range list {
		if b.within(a.name) {
			return list
		}
		if a.within(b.name) {
			out := append([]axis(nil), list...)
			out[i] = a
			return out
		}
	}
	return append(list[:len(list):len(list)], a)
}

// axes returns the dimensions that a node's value has.
func axes(n node) []axis {
	var list []axis
	for _, part := range parts(n) {
		for _, a := range axes(part) {
			list = join(list, a)
		}
	}
	switch n := n.(type) {
	case *leaf:
		list = n.probe.over
	case *reduce:
		list = nil
	case *call:
		if n.data != nil {
			for _, a := range n.data.over() {
				list = join(list, a)
			}
		}
	}
	return list
}

// parts returns the nodes directly below a node.
func parts(n node) []node {
	switch n := n.(type) {
	case *apply:
		return n.args
	case *choice:
		return []node{n.cond, n.then, n.otherwise}
	case *reduce:
		return []node{n.x}
	case *call:
		return n.args
	}
	return nil
}
