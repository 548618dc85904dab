package equation

import (
	"math"
	"strconv"
)

// The constructors below are for importers, which lower another tool's tree to this
// one. The spans that they take are byte ranges of the source file, so that a
// diagnostic about a lowered equation points into that file. Trees are immutable: a
// node may be part of several trees.

// NewNumber returns a literal. Negative numbers become a sign and a literal, as Parse
// makes them; infinities become the name inf, and NaN becomes nan.
func NewNumber(at Span, x float64) Expr {
	switch {
	case math.IsNaN(x):
		return NewName(at, "nan")
	case math.Signbit(x):
		return &Unary{at, Neg, NewNumber(at, -x)}
	case math.IsInf(x, 1):
		return NewName(at, "inf")
	}
	return &Number{at, x, strconv.FormatFloat(x, 'g', -1, 64)}
}

// NewName returns a mention of a variable with its subscripts; without any, it has no
// brackets.
func NewName(at Span, name string, index ...Index) *Name {
	return &Name{at, name, at, index}
}

// NewCall returns a call. at is the span of the call and name that of its name.
func NewCall(at, name Span, function string, args ...Expr) *Call {
	return &Call{at, function, name, nil, args}
}

// NewBinary returns x op y, which spans both operands. at is the operator's own span.
func NewBinary(op Op, at Span, x, y Expr) *Binary {
	return &Binary{Span{x.Pos().Start, max(x.Pos().Start, y.Pos().End)}, op, at, x, y}
}

// NewUnary returns -x, +x or not x; at is its span.
func NewUnary(op Op, at Span, x Expr) *Unary { return &Unary{at, op, x} }

// Clone returns a copy of a tree that shares no node with it, for callers that change
// names in it.
func Clone(e Expr) Expr {
	return Rewrite(e, func(s Span) Span { return s }, func(Expr) Expr { return nil })
}
