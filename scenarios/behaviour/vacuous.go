package behaviour

import (
	"fmt"
	"math"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
)

// judge refuses expectations from which nothing can be learned: one that holds whatever the model
// does, one that never holds, and one that compares nothing, since any number but 0 is true.
func (p *plan) judge(t *model.Test, text model.Text) {
	tree, problems := equation.Parse(text.Text)
	if tree == nil || len(problems) > 0 {
		return
	}
	refuse := func(code diagnostic.Code, hint, format string, args ...any) {
		p.list = append(p.list, diagnostic.Diagnostic{Code: code, Span: text.Span,
			Hint: hint, Message: fmt.Sprintf(format, args...)})
	}
	switch e := tree.(type) {
	case *equation.Number:
		refuse(NoComparison, "write a comparison, as in students >= 0", "a number is no expectation")
		return
	case *equation.Binary:
		if !isLogic(e.Op) && !isComparison(e.Op) {
			refuse(NoComparison, "compare it with something, as in … >= 0",
				"this compares nothing: it holds wherever it is not exactly 0")
			return
		}
	}
	c := vacuity{same: unchanged(t)}
	if c.never(tree) {
		refuse(CannotHold, "a size is never below 0: write a tolerance of 0 or more", "no run of any model can pass this")
	}
	if c.holds(tree) {
		refuse(CannotFail, "compare with another run, another time, data or a bound", "this holds whatever the model does")
	}
}

// unchanged reports whether the run of a test is the model as it is, so that base(x) is x.
func unchanged(t *model.Test) bool {
	return len(t.Set) == 0 && len(t.Change) == 0 && t.Step == nil && t.Stop == nil && t.Method == ""
}

// A vacuity finds comparisons that the form of their two sides decides.
type vacuity struct {
	same bool // base(x) is x
}

// holds reports whether an expectation is certain to be true for all finite values of its variables.
func (c vacuity) holds(e equation.Expr) bool {
	b, ok := e.(*equation.Binary)
	if !ok {
		return false
	}
	switch b.Op {
	case equation.And:
		return c.holds(b.X) && c.holds(b.Y)
	case equation.Or:
		return c.holds(b.X) || c.holds(b.Y)
	}
	d := c.sum(b.X).plus(c.sum(b.Y), -1)
	low, high := d.rest.low, d.rest.high
	for _, factor := range d.terms {
		if factor != 0 {
			return false
		}
	}
	switch b.Op {
	case equation.Ge:
		return low >= 0
	case equation.Gt:
		return low > 0
	case equation.Le:
		return high <= 0
	case equation.Lt:
		return high < 0
	case equation.Eq:
		return low == 0 && high == 0
	case equation.Ne:
		return low > 0 || high < 0
	}
	return false
}

// opposites are the comparisons that hold exactly where others do not, of numbers that are not NaN.
var opposites = map[equation.Op]equation.Op{
	equation.Ge: equation.Lt, equation.Lt: equation.Ge, equation.Gt: equation.Le,
	equation.Le: equation.Gt, equation.Eq: equation.Ne, equation.Ne: equation.Eq,
}

// never reports whether an expectation is certain to be false for all values of its variables.
func (c vacuity) never(e equation.Expr) bool {
	b, ok := e.(*equation.Binary)
	if !ok {
		return false
	}
	switch b.Op {
	case equation.And:
		return c.never(b.X) || c.never(b.Y)
	case equation.Or:
		return c.never(b.X) && c.never(b.Y)
	}
	op, ok := opposites[b.Op]
	return ok && c.holds(&equation.Binary{Op: op, X: b.X, Y: b.Y})
}

// A sum is an expression as a linear form: terms that are not known, by their text, with their
// factors, and a rest of which bounds are known.
type sum struct {
	terms map[string]float64
	rest  bounds
}

// bounds hold a value; both may be infinite.
type bounds struct{ low, high float64 }

// plus returns s + factor t.
func (s sum) plus(t sum, factor float64) sum {
	out := sum{terms: map[string]float64{}}
	for name, x := range s.terms {
		out.terms[name] = x
	}
	for name, x := range t.terms {
		out.terms[name] += factor * x
	}
	a, b := scaled(t.rest.low, factor), scaled(t.rest.high, factor)
	out.rest = bounds{s.rest.low + min(a, b), s.rest.high + max(a, b)}
	return out
}

// scaled returns a product in which 0 times infinity is 0.
func scaled(x, factor float64) float64 {
	if factor == 0 {
		return 0
	}
	return x * factor
}

// sum returns an expression as a linear form.
func (c vacuity) sum(e equation.Expr) sum {
	none := sum{terms: map[string]float64{}}
	switch e := e.(type) {
	case *equation.Number:
		return sum{terms: none.terms, rest: bounds{e.Value, e.Value}}
	case *equation.Unary:
		if e.Op == equation.Neg {
			return none.plus(c.sum(e.X), -1)
		}
	case *equation.Binary:
		if e.Op == equation.Add {
			return c.sum(e.X).plus(c.sum(e.Y), 1)
		}
		if e.Op == equation.Sub {
			return c.sum(e.X).plus(c.sum(e.Y), -1)
		}
	case *equation.Call:
		if c.same && e.Func == "base" && len(e.Args) == 1 {
			return c.sum(e.Args[0])
		}
		if b, ok := sizes[e.Func]; ok {
			return sum{terms: none.terms, rest: b}
		}
	}
	return sum{terms: map[string]float64{equation.Print(e): 1}}
}

// sizes are functions whose values have a bound whatever their arguments are. A difference of two
// calls is then not decided, since each counts with all its possible values.
var sizes = map[string]bounds{"abs": {0, math.Inf(1)}, "exp": {0, math.Inf(1)}, "sqrt": {0, math.Inf(1)}}
