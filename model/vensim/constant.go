package vensim

import (
	"math"
	"slices"

	"weir/model/equation"
	"weir/model/fold"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// constants compute values that are known before the run: control variables, orders of delays,
// numbers of draws, modes of functions. Two questions are told apart: whether a value never
// changes, and which value it has at the start, where stocks have their initial values and
// Time is INITIAL TIME. Their results are kept: make new ones after a pass that changes
// expressions.
type constants struct {
	vars  *variables     // whose equations names refer to
	subs  *subscript.Set // for the sizes of ranges
	read  *reader        // for constants that a file holds
	clock *clock         // for functions that depend on the step

	always, atStart fold.Folder[syntax.Expr] // the two folders: of values that never change, and of those at the start
	fromFiles       map[*variable][]float64  // constants that others are computed from
}

// newConstants returns a computer of the constants of these variables, with nothing
// computed yet.
func newConstants(vars *variables, subs *subscript.Set, read *reader, c *clock) *constants {
	k := &constants{vars: vars, subs: subs, read: read, clock: c, fromFiles: map[*variable][]float64{}}
	k.always.Read = func(e syntax.Expr) fold.Meaning[syntax.Expr] { return k.meaning(e, false) }
	k.atStart.Read = func(e syntax.Expr) fold.Meaning[syntax.Expr] { return k.meaning(e, true) }
	return k
}

// value returns the value of an expression that never changes.
func (k *constants) value(e syntax.Expr) (float64, bool) { return k.always.Value(e) }

// startValue returns the value of an expression at the start of the run.
func (k *constants) startValue(e syntax.Expr) (float64, bool) { return k.atStart.Value(e) }

// ofVariable returns the value of a scalar that never changes.
func (k *constants) ofVariable(key string) (float64, bool) {
	return k.value(&syntax.Ref{Key: key})
}

// startOfVariable returns the value of a scalar at the start of the run.
func (k *constants) startOfVariable(key string) (float64, bool) {
	return k.startValue(&syntax.Ref{Key: key})
}

// readsConstants reports whether an expression reads constants only, arrays of them too,
// or is known before the run.
func (k *constants) readsConstants(e syntax.Expr) bool {
	if _, known := k.value(e); known {
		return true
	}
	constant := true
	syntax.Walk(e, func(e syntax.Expr) bool {
		switch e := e.(type) {
		case *syntax.Ref:
			v := k.vars.byKey[e.Key]
			constant = constant && v != nil && v.isConstant()
		case *syntax.Call:
			constant = constant && ofConstants(e.Key)
		}
		return constant
	})
	return constant
}

// A meaning tells how a node's value follows from those of others; the zero one is not
// known.
type meaning = fold.Meaning[syntax.Expr]

// operators are those of weir's language, by Vensim's.
var operators = map[syntax.Op]equation.Op{
	"or": equation.Or, "and": equation.And, "not": equation.Not,
	"=": equation.Eq, "<>": equation.Ne, "<": equation.Lt, "<=": equation.Le, ">": equation.Gt, ">=": equation.Ge,
	"+": equation.Add, "-": equation.Sub, "*": equation.Mul, "/": equation.Div, "^": equation.Pow,
}

// signs are the unary operators of weir's language, by Vensim's.
var signs = map[syntax.Op]equation.Op{"not": equation.Not, "-": equation.Neg, "+": equation.Plus}

// meaning says how the value of a node follows from others; at the start of the run, if
// so asked.
func (k *constants) meaning(e syntax.Expr, start bool) meaning {
	switch e := e.(type) {
	case *syntax.Num:
		return fold.Number[syntax.Expr](e.Value)
	case *syntax.Ref:
		return k.ref(e, start)
	case *syntax.Unary:
		return fold.Operator(signs[e.Op], e.X)
	case *syntax.Infix:
		return fold.Operator(operators[e.Op], e.X, e.Y)
	case *syntax.Call:
		return k.call(e, start)
	}
	return meaning{}
}

// ref returns a name: the value of the one equation of a scalar.
// An array is not known, nor is a name of several equations; an element of constants is.
func (k *constants) ref(e *syntax.Ref, start bool) meaning {
	key := e.Key
	if key == "time" && start {
		key = "initial_time"
	}
	v := k.vars.byKey[key]
	if at := k.elementRef(e); len(at) > 0 && v != nil {
		if x, known := k.element(v, at); known {
			return fold.Number[syntax.Expr](x)
		}
		return meaning{}
	}
	if len(e.Subs) > 0 || v == nil || len(v.equations) != 1 || len(v.equations[0].Subs) > 0 ||
		v.equations[0].Expr == nil {
		return meaning{}
	}
	if c, ok := v.equations[0].Expr.(*syntax.Call); ok && sheet.Reads(c.Key, "constants") {
		if x := k.fromFile(v, c); len(x) == 1 {
			return fold.Number[syntax.Expr](x[0])
		}
		return meaning{}
	}
	return fold.Same(v.equations[0].Expr)
}

// fromFile returns the numbers of a constant that a file holds. A mistake in it is
// reported when the variable itself is written.
func (k *constants) fromFile(v *variable, c *syntax.Call) []float64 {
	x, read := k.fromFiles[v]
	if !read {
		// Reading notes and reports as it goes; all of that is taken back.
		reported, notes, grade := len(k.read.List), slices.Clone(v.how), v.grade
		x = k.read.constants(v, 0, v.equations[0], c)
		k.read.List, v.how, v.grade = k.read.List[:reported], notes, grade
		k.fromFiles[v] = x
	}
	return x
}

// call returns a function that the clock, orders of delays and numbers of draws are written
// with. Others are not known before the run.
func (k *constants) call(e *syntax.Call, start bool) meaning {
	switch n := len(e.Args); {
	case e.Key == "elmcount" && n == 1:
		if r, ok := e.Args[0].(*syntax.Ref); ok && k.subs.Ranges[r.Key] != nil {
			return fold.Number[syntax.Expr](float64(len(k.subs.Ranges[r.Key].Elements)))
		}
	case e.Key == "if_then_else" && n == 3:
		if start {
			return k.atStart.If(e.Args[0], e.Args[1], e.Args[2])
		}
		return k.always.If(e.Args[0], e.Args[1], e.Args[2])
	case e.Key == "min" && n == 2:
		return fold.Function(func(x []float64) float64 { return math.Min(x[0], x[1]) }, e.Args...)
	case e.Key == "max" && n == 2:
		return fold.Function(func(x []float64) float64 { return math.Max(x[0], x[1]) }, e.Args...)
	case e.Key == "initial" && n == 1:
		return fold.Same(e.Args[0])
	case e.Key == "integ" && n == 2 && start:
		return fold.Same(e.Args[1])
	case e.Key == "step" && n == 2 && start:
		return fold.Function(k.stepAtStart, e.Args...)
	}
	return meaning{}
}

// stepAtStart is STEP(height, time) at the start, where it is half a step early.
func (k *constants) stepAtStart(x []float64) float64 {
	if k.clock.start+k.clock.step/2 > x[1] {
		return x[0]
	}
	return 0
}
