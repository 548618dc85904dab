package equation

// A strength says how tightly a node holds together. The parser and the printers read
// it from the one table strengths.
type strength int

// The strengths, loosest first.
const (
	ofIf strength = iota
	ofOr
	ofAnd
	ofNot
	ofEquality
	ofRelation
	ofSum
	ofProduct
	ofSign
	ofPower
	ofPrimary
)

// strengths are those of the operators.
var strengths = [...]strength{
	Or: ofOr, And: ofAnd, Not: ofNot, Eq: ofEquality, Ne: ofEquality,
	Lt: ofRelation, Le: ofRelation, Gt: ofRelation, Ge: ofRelation,
	Add: ofSum, Sub: ofSum, Mul: ofProduct, Div: ofProduct, Mod: ofProduct,
	Neg: ofSign, Plus: ofSign, Pow: ofPower,
}

// chains reports whether a - b - c needs no parentheses; a < b < c is a mistake.
func (s strength) chains() bool { return s != ofEquality && s != ofRelation }

// operands are the least strengths that the operands of a binary operator have without
// parentheses. All operators but the power bind to the left.
func operands(op Op) (left, right strength) {
	own := strengths[op]
	switch {
	case op == Pow:
		return ofPrimary, ofSign
	case !own.chains():
		return own + 1, own + 1
	}
	return own, own + 1
}

// strengthOf returns how tightly the outermost operator of an expression binds. What has no
// operator binds tightest.
func strengthOf(e Expr) strength {
	switch e := e.(type) {
	case *If:
		return ofIf
	case *Unary:
		return strengths[e.Op]
	case *Binary:
		return strengths[e.Op]
	}
	return ofPrimary
}
