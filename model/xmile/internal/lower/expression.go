package lower

import (
	"strings"

	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
)

// operators are the operators of XMILE that weir has, too.
var operators = map[string]equation.Op{
	"or": equation.Or, "and": equation.And, "=": equation.Eq, "<>": equation.Ne,
	"<": equation.Lt, "<=": equation.Le, ">": equation.Gt, ">=": equation.Ge,
	"+": equation.Add, "-": equation.Sub, "*": equation.Mul, "/": equation.Div, "mod": equation.Mod,
	"^": equation.Pow,
}

// signs are the operators with one operand. A plus sign is left out.
var signs = map[string]equation.Op{"-": equation.Neg, "not": equation.Not}

// Functions that other tools write as operators.
var (
	safediv   = equation.NewTemplate("safediv($1, $2)")
	remainder = equation.NewTemplate("remainder($1, $2)")
)

// expr returns an expression in weir's language, or a placeholder if the equation grows
// too long.
// It never returns nil. Each node of the result has a place in the file, so that the checker can
// report a mistake of units at the operator that makes it.
func (s *scope) expr(e expr.Expr) equation.Expr {
	if !s.grow(e) {
		return s.nothing(e)
	}
	switch e := e.(type) {
	case *expr.Number:
		return s.literal(e)
	case *expr.Ref:
		return s.ref(e)
	case *expr.Call:
		return s.call(e)
	case *expr.Unary:
		x := s.expr(e.X)
		if e.Op == "+" {
			return x
		}
		return equation.NewUnary(signs[e.Op], s.at(e), x)
	case *expr.Binary:
		return s.binary(e)
	case *expr.If:
		return &equation.If{Span: s.at(e), Cond: s.expr(e.Cond), Then: s.expr(e.Then), Else: s.expr(e.Other)}
	}
	if _, ok := e.(*expr.Points); ok {
		return s.wrong(e, code.Syntax, "", "the points of a graphical function are written in WITH_LOOKUP only")
	}
	return s.wrong(e, code.Syntax, "", "a subscript such as * or a:b is written in brackets only")
}

// literal returns a number as the file writes it.
// The text is kept as it is written, since 0.10 says more than 0.1 about a measurement.
func (s *scope) literal(e *expr.Number) equation.Expr {
	if e.Made {
		return s.number(e, e.Value)
	}
	start, end := e.At()
	text := s.text.Value[start:end]
	if strings.HasPrefix(text, ".") {
		text = "0" + text
	}
	return &equation.Number{Span: s.at(e), Value: e.Value, Text: text}
}

// binary returns an operator with two operands. The remainder of a negative value has
// another sign in Vensim's files.
func (s *scope) binary(e *expr.Binary) equation.Expr {
	x, y := s.expr(e.X), s.expr(e.Y)
	switch {
	case e.Op == "//":
		return s.fill(safediv, e, x, y)
	case e.Op == "mod" && s.Ventana:
		s.v.Note(document.Equivalent, "MOD: the remainder has the sign of the first value, as in Vensim, which wrote the file")
		return s.fill(remainder, e, x, y)
	}
	op, ok := operators[e.Op]
	if !ok {
		return s.wrong(e, code.Syntax, "", "%s is no operator", e.Op)
	}
	at := s.at(e)
	return &equation.Binary{Span: at, Op: op, OpSpan: at, X: x, Y: y}
}
