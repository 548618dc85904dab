package foreign

import (
	"math"

	"weir/model/document"
	"weir/model/equation"
)

// selections are the numerical actions of VECTOR SELECT, by their numbers from 0: the
// elements that are combined, and how. $1 is the selection, $2 the array and $3 the result
// if nothing is selected. Of the fifth Vensim's manual has base and exponent the other way
// round, but not Vensim.
var selections = means(
	"vector_select($1, $1 * $2, $3, 0)",
	"vector_select($1, $1 * $2, $3, 4)",
	"vector_select($1, $1 * $2, $3, 1)",
	"vector_select($1, $1 * $2, $3, 3)",
	"vector_select($1, $1 * $2, $3, 2)",
	"vector_select($1, $2 ^ $1, $3, 4)",
	"vector_select($1, $2, $3, 0)",
	"vector_select($1, $2, $3, 4)",
	"vector_select($1, $2, $3, 1)",
	"vector_select($1, $2, $3, 3)",
	"vector_select($1, $2, $3, 2)",
)

// vectorSelect combines the elements whose selection is not 0, by a number that says how.
// The action is 0, a sum, if it is not given.
func vectorSelect(c *Call, _ *Row) (equation.Expr, *Refusal) {
	if len(c.Args) > 4 {
		if e, is := c.Constant(4); !is || e != 0 {
			c.Remark(document.Equivalent, "VECTOR SELECT raises no error when it selects too many or too few")
		}
	}
	how, ok := 0.0, true
	if len(c.Args) > 3 {
		how, ok = c.Constant(3)
	}
	switch {
	case ok && (how == 1 || how == 2 || how == 4):
		return nil, refuse(3,
			"where the selection is 0 or 1, actions 7 (product), 8 (minimum) and 10 (mean) leave no doubt",
			"Vensim's manual and published results disagree on action %g of VECTOR SELECT", how)
	case ok && how >= 0 && how <= 10 && how == math.Trunc(how):
		return c.selection(int(how)), nil
	case ok:
		return nil, refuse(3, "", "the actions of VECTOR SELECT are 0 to 10")
	}
	c.Remark(document.Equivalent, "the actions of VECTOR SELECT are those of Vensim's manual")
	out := c.selection(10)
	for n := 9; n >= 0; n-- {
		is := equation.NewBinary(equation.Eq, c.Name, c.Args[3], equation.NewNumber(c.Name, float64(n)))
		out = &equation.If{Span: c.At, Cond: is, Then: c.selection(n), Else: out}
	}
	return out, nil
}

// selection is VECTOR SELECT with one action.
func (c *Call) selection(n int) equation.Expr {
	return selections[n].Apply(c.At, c.Name, c.Args[:3]...)
}
