package units

import (
	"fmt"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/unit"
)

// nameNumber returns the hint for a number that ought to have a unit.
func nameNumber(m measure) string {
	return fmt.Sprintf("a number in an equation is a plain number: if this one is in %s, make it a constant with a name and units", m)
}

// measure returns the unit of an expression. Parts that do not agree are reported, and the unit
// of the whole is then unknown.
func (u *unitChecker) measure(e equation.Expr) measure {
	if m := u.known(e); !u.isSpoiled(e) {
		return m
	}
	return measure{}
}

// known returns the unit of an expression without regard to mistakes reported before.
func (u *unitChecker) known(e equation.Expr) measure {
	switch e := e.(type) {
	case *equation.Number:
		if e.Value == 0 {
			return measure{zero: true}
		}
		return bare
	case *equation.Name:
		return u.name(e)
	case *equation.Unary:
		x := u.measure(e.X)
		if e.Op == equation.Not {
			return plain
		}
		return x
	case *equation.Binary:
		return u.binary(e)
	case *equation.If:
		return u.conditional(e)
	case *equation.Call:
		return u.call(e)
	}
	return measure{}
}

// name returns the unit of a variable, or of one of the run's own names.
func (u *unitChecker) name(e *equation.Name) measure {
	if m, ok := u.measures[e.Name]; ok {
		return m
	}
	if row := function.Find(e.Name); row != nil && len(row.Params) == 0 {
		return u.apply(row, nil, nil)
	}
	return measure{}
}

// binary returns the unit of two operands together.
func (u *unitChecker) binary(e *equation.Binary) measure {
	x, y := u.measure(e.X), u.measure(e.Y)
	switch e.Op {
	case equation.And, equation.Or:
		return plain
	case equation.Mul:
		return multiplied(x, y, unit.Unit.Mul)
	case equation.Div:
		return multiplied(x, y, unit.Unit.Div)
	case equation.Pow:
		return u.power(x, y, e.X, e.Y)
	case equation.Add, equation.Sub, equation.Mod:
		return u.agree(e, x, y)
	}
	u.agree(e, x, y)
	return plain
}

// multiplied returns the unit of a product or quotient; 0 times anything is 0.
func multiplied(x, y measure, op func(a, b unit.Unit) unit.Unit) measure {
	switch {
	case x.zero || y.zero:
		return measure{zero: true}
	case !x.known || !y.known:
		return measure{}
	}
	return measure{unit: op(x.unit, y.unit), known: true, bare: x.bare && y.bare}
}

// mismatches are the words for an operator on two different units.
var mismatches = map[equation.Op]string{
	equation.Add: "adds %s and %s",
	equation.Sub: "subtracts %[2]s from %[1]s",
	equation.Mod: "takes the remainder of %s by %s",
}

// agree makes sure that both sides of an operator have one unit, and returns it. A mistake is at
// the operator, since either side may be the wrong one.
func (u *unitChecker) agree(e *equation.Binary, x, y measure) measure {
	if x.fits(y) || u.isSpoiled(e) {
		return common(x, y)
	}
	format, ok := mismatches[e.Op]
	if !ok {
		format = "compares %s with %s"
	}
	if x.bare || y.bare {
		u.bareNumber(e, agreeHint("", x, y), format, u.side(x, e.X), u.side(y, e.Y))
		return measure{}
	}
	u.Report(code.UnitMismatch, u.text.At(e.OpSpan), agreeHint("both sides", x, y), format,
		u.side(x, e.X), u.side(y, e.Y))
	return measure{}
}

// common returns the unit of a value that is either x or y, which fit.
func common(x, y measure) measure {
	switch {
	case x.zero:
		return y
	case x.known && y.known:
		x.bare = x.bare && y.bare
		return x
	case y.zero:
		return x
	}
	return measure{}
}

// side returns a unit and, if that is short, the text it belongs to: student (births).
func (u *unitChecker) side(m measure, e equation.Expr) string {
	if text := u.excerpt(e); text != "" {
		return fmt.Sprintf("%s (%s)", m, text)
	}
	return m.String()
}

const longExcerpt = 40 // bytes

// excerpt returns the text of an expression, "" if it is long.
func (u *unitChecker) excerpt(e equation.Expr) string {
	if text := u.ShownIn(equation.Print(e)); len(text) <= longExcerpt {
		return text
	}
	return ""
}

// agreeHint returns the hint for two things with different units.
func agreeHint(what string, x, y measure) string {
	switch {
	case x.bare:
		return nameNumber(y)
	case y.bare:
		return nameNumber(x)
	}
	return what + " need the same unit"
}

// power returns the unit of x^y. A power of a unit needs a fixed exponent. A plain base stays plain
// with any exponent. A literal exponent may be a fraction, such as 1/2, if the powers in the unit
// stay whole or simple.
func (u *unitChecker) power(x, y measure, base, exponent equation.Expr) measure {
	if !y.fits(plain) {
		u.Report(code.UnitPower, u.text.At(exponent.Pos()), "divide it by a reference value of the same unit",
			"an exponent is a plain number, but this is %s", measured(y))
		return measure{}
	}
	switch n, fixed := fixedNumber(exponent); {
	case u.isSpoiled(exponent):
		return measure{}
	case x.known && x.unit.IsOne():
		return measure{known: true, bare: x.bare && y.bare}
	case !x.known:
		return x
	case fixed:
		if v, ok := x.unit.Pow(n); ok {
			return in(v)
		}
	}
	u.Report(code.UnitPower, u.text.At(base.Pos()),
		"divide it by a reference value of the same unit, so that the base is a plain number",
		"%s cannot have this power: only a fixed whole number or simple fraction gives a unit", u.side(x, base))
	return measure{}
}

// fixedNumber returns the value of a number, a signed number, or a fraction of two.
func fixedNumber(e equation.Expr) (x float64, ok bool) {
	switch e := e.(type) {
	case *equation.Number:
		return e.Value, true
	case *equation.Unary:
		if x, ok := fixedNumber(e.X); ok && e.Op == equation.Neg {
			return -x, true
		}
	case *equation.Binary:
		x, xOK := fixedNumber(e.X)
		y, yOK := fixedNumber(e.Y)
		return x / y, xOK && yOK && e.Op == equation.Div
	}
	return 0, false
}

// conditional returns the unit that both cases have.
func (u *unitChecker) conditional(e *equation.If) measure {
	u.measure(e.Cond)
	x, y := u.measure(e.Then), u.measure(e.Else)
	if x.fits(y) {
		return common(x, y)
	}
	hint := agreeHint("both cases", x, y)
	if x.bare || y.bare {
		u.bareNumber(e.Else, hint, "returns %s in one case and %s in the other", u.side(x, e.Then), u.side(y, e.Else))
		return measure{}
	}
	u.reportAt(code.UnitMismatch, e.Else, hint, "returns %s in one case and %s in the other", u.side(x, e.Then),
		u.side(y, e.Else))
	return measure{}
}

// reportAt reports a mistake at an expression of the present equation.
func (u *unitChecker) reportAt(code diagnostic.Code, e equation.Expr, hint, format string, args ...any) {
	u.Report(code, u.text.At(e.Pos()), hint, format, args...)
}
