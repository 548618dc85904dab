package resolved

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/equation"
)

// Format returns an expression as an equation, with the subscripts that it ended up with.
// Text that weir's language does not have is for readers alone: a reduction names its loops
// before a colon, as in sum(sector!: students[sector, k]).
func Format(e Expr) string { return FormatWith(e, nil) }

// FormatWith is Format for readers with words of their own: mention returns the text of a
// clock, a mention, a reduction, a lookup or an array call, or false for Format's. A nil
// mention changes nothing.
func FormatWith(e Expr, mention func(Expr) (text string, ok bool)) string {
	f := formatter{mention}
	return f.print(e)
}

type formatter struct {
	mention func(Expr) (string, bool)
}

// A shown is an expression as the printer of equations takes it.
type shown struct{ Expr }

func (shown) Pos() equation.Span { return equation.Span{} }

func (f formatter) print(e Expr) string {
	d := f.dialect()
	return d.Print(shown{e})
}

// dialect returns weir's own spelling of an equation, as model files have it.
func (f formatter) dialect() equation.Dialect {
	return equation.Dialect{
		If: "if", Then: "then", Else: "else",
		Word:    equation.Op.String,
		Name:    func(n *equation.Name) string { return n.Name },
		Call:    f.call,
		Instead: f.instead,
	}
}

// operators are the operations written with an operator; others are written as functions.
var operators = map[Op]equation.Op{
	Or: equation.Or, And: equation.And, Not: equation.Not, Eq: equation.Eq, Ne: equation.Ne,
	Lt: equation.Lt, Le: equation.Le, Gt: equation.Gt, Ge: equation.Ge,
	Add: equation.Add, Sub: equation.Sub, Mul: equation.Mul, Div: equation.Div,
	Mod: equation.Mod, Neg: equation.Neg, Pow: equation.Pow,
}

var clockNames = [...]string{"time", "steptime", "dt", "start_time", "stop_time"}

var distNames = [...]string{"uniform", "normal", "lognormal", "triangular", "poisson", "held"}

// instead returns the node of an equation that stands for an expression. All but operators,
// ifs and calls are written out as a name.
func (f formatter) instead(e equation.Expr) equation.Expr {
	s, ok := e.(shown)
	if !ok {
		return e
	}
	switch e := s.Expr.(type) {
	case *Const:
		return equation.NewNumber(equation.Span{}, e.Value)
	case *Apply:
		return inOperator(e)
	case *If:
		return &equation.If{Cond: shown{e.Cond}, Then: shown{e.Then}, Else: shown{e.Else}}
	case *Draw:
		return call(distNames[e.Dist], e.Args)
	}
	return &equation.Name{Name: f.primary(s.Expr)}
}

// inOperator returns an operation as an operator of equations where it has one, and as a call of a
// function otherwise.
func inOperator(e *Apply) equation.Expr {
	op, ok := operators[e.Op]
	switch {
	case !ok:
		return call(e.Op.Name(), e.Args)
	case len(e.Args) == 1:
		return &equation.Unary{Op: op, X: shown{e.Args[0]}}
	}
	out := equation.Expr(shown{e.Args[0]})
	for _, a := range e.Args[1:] { // a sum may have any number of terms
		out = &equation.Binary{Op: op, X: out, Y: shown{a}}
	}
	return out
}

// call returns a call of a function on resolved arguments.
func call(name string, args []Expr) equation.Expr {
	c := &equation.Call{Func: name}
	for _, a := range args {
		c.Args = append(c.Args, shown{a})
	}
	return c
}

// call prints a call with its arguments.
func (f formatter) call(c *equation.Call) string {
	d := f.dialect()
	args := make([]string, len(c.Args))
	for i, a := range c.Args {
		args[i] = d.Print(a)
	}
	return c.Func + "(" + strings.Join(args, ", ") + ")"
}

// primary returns the text of a mention, a clock, a lookup or an array function.
func (f formatter) primary(e Expr) string {
	if f.mention != nil {
		if text, ok := f.mention(e); ok {
			return text
		}
	}
	switch e := e.(type) {
	case *Clock:
		return clockNames[e.Kind]
	case *Ref:
		return e.Var.Name + subscripts(e.At, e.Var.Over)
	case *Reduce:
		return e.Op.Name() + "(" + loops(e.Loops) + f.print(e.X) + ")"
	case *Lookup:
		return e.Table.Name + subscripts(e.At, e.Table.Over) + "(" + f.print(e.X) + ")"
	case *ArrayCall:
		args := make([]string, len(e.Args))
		for i, a := range e.Args {
			args[i] = loops(a.Loops) + f.print(a.X)
		}
		return e.Fn.Name() + "(" + strings.Join(args, ", ") + ")" + subscripts(e.At, e.Over)
	}
	return ""
}

// loops returns the dimensions that an array runs over, and a colon: "row!, column!: ".
func loops(list []*Loop) string {
	if len(list) == 0 {
		return ""
	}
	names := make([]string, len(list))
	for i, l := range list {
		names[i] = l.String() + "!"
	}
	return strings.Join(names, ", ") + ": "
}

// subscripts prints the positions of a reference, "" for a scalar.
func subscripts(at []Pos, over []*Dimension) string {
	if len(at) == 0 {
		return ""
	}
	words := make([]string, len(at))
	for i, pos := range at {
		words[i] = pos.text(over[i])
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// text is a subscript in a dimension: an element, a loop's dimension with or
// without an offset, or the elements that the iterations pick.
func (p Pos) text(in *Dimension) string {
	if p.Loop == nil {
		return in.Elements[p.Fixed]
	}
	if same := elementNames(in, p.Map); slices.Equal(same, elementNames(p.Loop.Dim, p.Loop.At)) {
		return p.Loop.Dim.Name
	}
	if by, ok := p.offset(); ok && in == p.Loop.Dim {
		return fmt.Sprintf("%s %c %d", in.Name, "-+"[btoi(by > 0)], max(by, -by))
	}
	return elementsText(in, p.Map)
}

// elementNames returns the names of elements by their positions in a dimension.
func elementNames(d *Dimension, at []int) []string {
	out := make([]string, len(at))
	for i, a := range at {
		out[i] = d.Elements[a]
	}
	return out
}

// offset is how far every iteration is from the loop's own element, if that is the same
// for all.
func (p Pos) offset() (int, bool) {
	by := p.Map[0] - p.Loop.At[0]
	for i := range p.Map {
		if p.Map[i]-p.Loop.At[i] != by {
			return 0, false
		}
	}
	return by, true
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
