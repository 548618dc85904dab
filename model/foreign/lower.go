package foreign

import (
	"fmt"
	"math"

	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// Notes and reasons that several rows share.
const (
	nineDigits    = "the normal distribution is computed to nine digits"
	singleBatches = "it is about single batches in a conveyor, queue or oven, which have no marks here"
	onlyConveyor  = "a conveyor's content and flows can be read by their names"
)

// ReducedOrder returns the order of a delay or smooth whose time is shorter than a step for
// each of its stages: Vensim reduces it, to one at least, and warns (manual, "DELAY N").
// Rounding of the time does not count.
func ReducedOrder(order, time, step float64) float64 {
	const rounding = 1 + 1e-9
	if !(step > 0) || math.IsNaN(time) {
		return order
	}
	return min(order, max(1, math.Floor(time/step*rounding)))
}

// reducing is chain as Vensim has it, with the order as the fourth argument: see
// ReducedOrder. A time that is not known before the run reduces nothing.
func reducing(c *Call, r *Row) (equation.Expr, *Refusal) {
	order, ok := c.Start(3)
	time, known := c.Start(1)
	reduced := ReducedOrder(order, time, c.Step)
	if !ok || !known || reduced >= order {
		return chain(3)(c, r)
	}
	whole := *c
	whole.Start = func(arg int) (float64, bool) {
		if arg == 3 {
			return reduced, true
		}
		return c.Start(arg)
	}
	tree, no := chain(3)(&whole, r)
	if no == nil {
		c.Remark(document.Equivalent, fmt.Sprintf("the order of %s is reduced to %g, as Vensim does where its time "+
			"is shorter than a step for each stage", c.Function, reduced))
		c.Warn(1, fmt.Sprintf("keep the order with a time step of at most %g", time/order),
			fmt.Sprintf("the time of %s is %g, shorter than %g steps of %g: its order is reduced to %g, as in Vensim",
				c.Function, time, order, c.Step, reduced))
	}
	return tree, no
}

// chain is a delay or smooth of several stages, whose number is an argument; the stages
// are stocks, so that it must be known before the run.
func chain(order int) func(*Call, *Row) (equation.Expr, *Refusal) {
	return func(c *Call, r *Row) (equation.Expr, *Refusal) {
		n, ok := c.Start(order)
		if !ok || n != math.Trunc(n) || n < 1 || n > function.MaxOrder {
			return nil, refuse(order, "write the number itself, from 1 to 100",
				"the order of %s is not a whole number that is known before the run", c.Function)
		}
		if _, constant := c.Constant(order); !constant {
			c.Remark(document.Equivalent, "the order of "+c.Function+" is the one at the start")
		}
		staged := *c
		staged.Args = append([]equation.Expr(nil), c.Args...)
		staged.Args[order] = equation.NewNumber(c.Args[order].Pos(), n)
		return r.Apply(&staged), nil
	}
}

// pipe is DELAY INFORMATION or DELAY MATERIAL, which with a time that never changes are
// DELAY FIXED.
func pipe(c *Call, r *Row) (equation.Expr, *Refusal) {
	if !c.Fixed(1) {
		c.Remark(document.Equivalent, "its time is rounded to whole steps where something goes in")
	}
	return r.Apply(c), nil
}

// everyStep is PULSE in Stella's words, where a pulse without an interval comes at every
// step (isee's help, "Test input builtins").
func everyStep(c *Call, r *Row) (equation.Expr, *Refusal) {
	if len(c.Args) < 3 {
		c.Remark(document.Equivalent, "a PULSE without an interval comes every step in Stella")
	}
	return r.Apply(c), nil
}

// ofNormal is a function of a normal distribution, which may be followed by its mean and
// standard deviation.
func ofNormal(c *Call, r *Row) (equation.Expr, *Refusal) {
	if len(c.Args) == r.Least+1 {
		return nil, refuse(-1, "give both, or none", "a mean without a standard deviation")
	}
	return r.Apply(c), nil
}

var anyRoot = equation.NewTemplate("(if $1 < 0 and $2 mod 2 = 1 then -1 else 1) * " +
	"power(if $2 mod 2 = 1 then abs($1) else $1, 1 / $2)")

// root is a root of a given order, 2 if none is given. An odd root of a negative value is
// negative, and an even one is NaN.
func root(c *Call, r *Row) (equation.Expr, *Refusal) {
	if len(c.Args) == 2 {
		if n, ok := c.Constant(1); !ok || int(n)%2 != 0 && n == math.Trunc(n) {
			return anyRoot.Apply(c.At, c.Name, c.Args...), nil
		}
	}
	return r.Apply(c), nil
}

// derivative is the change of the input in the last step, per unit of time.
func derivative(c *Call, r *Row) (equation.Expr, *Refusal) {
	if n, ok := c.Constant(1); !ok || n != 1 {
		return nil, refuse(-1, "", "DERIVN of an order other than 1")
	}
	return r.Apply(c), nil
}

// The equation of an annuity ties the value now (present), the payment in each of n
// periods and the value in the end (future), at a rate per period:
// present (1+r)^n + payment ((1+r)^n - 1)/r + future = 0.
const annuity = "written out: what is received counts up, what is paid down"

// payment returns the template of the payment of an annuity with a future value.
func payment(future string) string {
	return "if $1 = 0 then -($3 + " + future + ") / $2 else -($3 * (1 + $1) ^ $2 + " + future +
		") * $1 / ((1 + $1) ^ $2 - 1)"
}

// presentValue returns the equation of PV, the present value of payments $3 over $2 periods at the
// interest $1, with a final payment that is given as text. At no interest it is the plain sum,
// which the general formula would divide by zero.
func presentValue(future string) string {
	return "if $1 = 0 then -($3 * $2 + " + future + ") else -($3 * (1 - (1 + $1) ^ -$2) / $1 + " + future +
		" * (1 + $1) ^ -$2)"
}

// futureValue returns the equation of FV, the value at the end of payments $3 over $2 periods at
// the interest $1, with a first payment that is given as text. At no interest it is the plain sum.
func futureValue(present string) string {
	return "if $1 = 0 then -($3 * $2 + " + present + ") else -($3 * ((1 + $1) ^ $2 - 1) / $1 + " + present +
		" * (1 + $1) ^ $2)"
}
