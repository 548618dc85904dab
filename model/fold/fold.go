// Package fold computes the values that are known before a run. It is the one folder of
// constants for trees of every language: of .mdl and XMILE files and of weir's equations.
package fold

import (
	"weir/model/equation"
	"weir/model/resolved"
)

// A Folder finds the values of numbers, of operators and functions on known values, and of
// names of such expressions. Read explains the nodes of a tree: E is the tool's own type of
// node, a pointer. Each node is read once, so that the time is linear in the trees, however
// often a name is used; a node that depends on itself has no value.
//
// A Folder keeps its results, so the trees and the meaning of their names must not change
// while it is used. It is not safe for concurrent use.
type Folder[E comparable] struct {
	Read func(E) Meaning[E]

	results map[E]result
}

// A result is a node's value. That of a node that is being computed is not known.
type result struct {
	value float64
	known bool
}

// A Meaning is the way in which a node's value follows from those of other nodes. The zero
// Meaning is one that is not known before the run.
type Meaning[E any] struct {
	of    func([]float64) float64
	parts []E
}

// Number is a value that is known.
func Number[E any](x float64) Meaning[E] {
	return Meaning[E]{of: func([]float64) float64 { return x }}
}

// Same is a name: it has the value of another node.
func Same[E any](as E) Meaning[E] {
	return Meaning[E]{func(x []float64) float64 { return x[0] }, []E{as}}
}

// Function is a function of values that are all known.
func Function[E any](of func([]float64) float64, parts ...E) Meaning[E] {
	return Meaning[E]{of, parts}
}

// Operator is a unary or binary operator of weir's language, with the numbers that a run
// computes: those of resolved.Op.Of.
func Operator[E any](op equation.Op, parts ...E) Meaning[E] {
	if op == equation.Plus {
		return Same(parts[0])
	}
	by := Operators[op]
	return Function(func(x []float64) float64 { return by.Of(x...) }, parts...)
}

// If is an if: only the branch that is taken must be known, once the condition is.
func (f *Folder[E]) If(condition, then, otherwise E) Meaning[E] {
	x, known := f.Value(condition)
	switch {
	case !known:
		return Meaning[E]{}
	case x != 0:
		return Same(then)
	}
	return Same(otherwise)
}

// Operators are the operations behind the operators. Plus has none.
var Operators = map[equation.Op]resolved.Op{
	equation.Or: resolved.Or, equation.And: resolved.And, equation.Not: resolved.Not,
	equation.Eq: resolved.Eq, equation.Ne: resolved.Ne,
	equation.Lt: resolved.Lt, equation.Le: resolved.Le, equation.Gt: resolved.Gt, equation.Ge: resolved.Ge,
	equation.Add: resolved.Add, equation.Sub: resolved.Sub,
	equation.Mul: resolved.Mul, equation.Div: resolved.Div, equation.Mod: resolved.Mod,
	equation.Neg: resolved.Neg, equation.Pow: resolved.Pow,
}

// Value returns a node's value, if it is known. It may be infinite or NaN, as in 1 / 0.
func (f *Folder[E]) Value(e E) (x float64, known bool) {
	if r, ok := f.results[e]; ok {
		return r.value, r.known
	}
	if f.results == nil {
		f.results = map[E]result{}
	}
	f.results[e] = result{} // open: whoever asks for it meanwhile is in a cycle
	x, known = f.compute(f.Read(e))
	f.results[e] = result{x, known}
	return x, known
}

// compute returns the value of a node from those of its parts; false if one of them is not known
// before the run.
func (f *Folder[E]) compute(m Meaning[E]) (float64, bool) {
	if m.of == nil {
		return 0, false
	}
	values := make([]float64, len(m.parts))
	for i, p := range m.parts {
		x, known := f.Value(p)
		if !known {
			return 0, false
		}
		values[i] = x
	}
	return m.of(values), true
}
