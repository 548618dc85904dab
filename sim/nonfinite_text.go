package sim

import (
	"strconv"
	"strings"

	"weir/model/resolved"
)

// infix are the operators, with how tightly they bind.
var infix = map[resolved.Op]struct {
	sign  string
	binds int
}{
	resolved.Or: {"or", 1}, resolved.And: {"and", 2}, resolved.Eq: {"=", 4}, resolved.Ne: {"<>", 4},
	resolved.Lt: {"<", 5}, resolved.Le: {"<=", 5}, resolved.Gt: {">", 5}, resolved.Ge: {">=", 5},
	resolved.Add: {"+", 6}, resolved.Sub: {"-", 6}, resolved.Mul: {"*", 7}, resolved.Div: {"/", 7},
	resolved.Mod: {"mod", 7},
	resolved.Pow: {"^", 9},
}

// How tightly a sign binds, and a call or a name.
const (
	bindsNot  = 3
	bindsSign = 8
)

// clockNames are the names that a modeler writes, by ClockKind.
var clockNames = [...]string{"time", "time", "dt", "start_time", "stop_time"}

// distNames likewise, by Dist.
var distNames = [...]string{"uniform", "normal", "lognormal", "triangular", "poisson"}

// text writes an expression in the modeler's names, for the present turn of its
// loops, in parentheses if it binds less than outer.
func (x *explainer) text(e resolved.Expr, outer int) string {
	switch e := e.(type) {
	case *resolved.Const:
		return strconv.FormatFloat(e.Value, 'g', -1, 64)
	case *resolved.Clock:
		return clockNames[e.Kind]
	case *resolved.Ref:
		name := e.Var.Name
		if e.Var.Hidden && e.Var.Label != "" {
			name = e.Var.Label
		}
		return elementName(name, e.Var.Over, x.position(e.Var.Over, e.At))
	case *resolved.If:
		s := "if " + x.text(e.Cond, 0) + " then " + x.text(e.Then, 0) + " else " + x.text(e.Else, 0)
		return parenthesized(s, outer > 0)
	case *resolved.Reduce:
		return ops[e.Op].name + "(" + x.text(e.X, 0) + ")"
	case *resolved.Lookup:
		return elementName(e.Table.Name, e.Table.Over, x.position(e.Table.Over, e.At)) + "(" + x.text(e.X, 0) + ")"
	case *resolved.Draw:
		return x.call(distNames[e.Dist], e.Args)
	case *resolved.Whole:
		return e.Fn.Name() + "(…)"
	}
	return x.applyText(e.(*resolved.Apply), outer)
}

func (x *explainer) applyText(e *resolved.Apply, outer int) string {
	switch e.Op {
	case resolved.Neg:
		return parenthesized("-"+x.text(e.Args[0], bindsSign), outer > bindsSign)
	case resolved.Not:
		return parenthesized("not "+x.text(e.Args[0], bindsNot), outer > bindsNot)
	}
	o, ok := infix[e.Op]
	if !ok || len(e.Args) < 2 {
		return x.call(ops[e.Op].name, e.Args)
	}
	left, right := o.binds, o.binds+1
	if e.Op == resolved.Pow {
		left, right = right, left
	}
	s := x.text(e.Args[0], left)
	for _, a := range e.Args[1:] {
		s += " " + o.sign + " " + x.text(a, right)
	}
	return parenthesized(s, outer > o.binds)
}

func (x *explainer) call(name string, args []resolved.Expr) string {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = x.text(a, 0)
	}
	return name + "(" + strings.Join(list, ", ") + ")"
}

func parenthesized(s string, yes bool) string {
	if yes {
		return "(" + s + ")"
	}
	return s
}
