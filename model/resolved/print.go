package resolved

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// PrintEquations writes every variable with its resolved equations, hidden ones
// below those whose equations need them.
func PrintEquations(w io.Writer, m *Model) error {
	var b strings.Builder
	hidden := map[*Variable][]*Variable{}
	for _, v := range m.Variables {
		hidden[v.Owner] = append(hidden[v.Owner], v)
	}
	for _, v := range hidden[nil] {
		printVariable(&b, v, "")
		for _, h := range hidden[v] {
			printVariable(&b, h, "    ")
		}
	}
	for _, t := range m.Tables {
		fmt.Fprintf(&b, "%s %s%s\n", tableKind(t), t.Name, overText(t.Over))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// PrintOrder writes what is computed once at the start and what is computed at
// every evaluation, in order, with the elements each line is for.
func PrintOrder(w io.Writer, m *Model) error {
	var b strings.Builder
	b.WriteString("once, at the start:\n")
	printAssigns(&b, m.Init)
	b.WriteString("at every evaluation:\n")
	printAssigns(&b, m.Flows)
	_, err := io.WriteString(w, b.String())
	return err
}

func printAssigns(b *strings.Builder, list []Assign) {
	for i, a := range list {
		fmt.Fprintf(b, "%4d  %s = %s\n", i+1, a.Target(), Format(a.Part.Expr))
	}
}

func printVariable(b *strings.Builder, v *Variable, indent string) {
	fmt.Fprintf(b, "%s%s %s%s%s\n", indent, v.Kind, v.Name, overText(v.Over), flowsText(v))
	for _, p := range v.Parts {
		printPart(b, indent, v.Kind.says(), v, p)
	}
	for _, p := range v.Input {
		printPart(b, indent, "takes in ", v, p)
	}
	for _, p := range v.Delay {
		printPart(b, indent, "late by ", v, p)
	}
}

func printPart(b *strings.Builder, indent, says string, v *Variable, p *Part) {
	fmt.Fprintf(b, "%s    %s%s = %s\n", indent, says, Assign{v, p}.Target(), Format(p.Expr))
}

var kindNames = [...]string{"constant", "decision", "stock", "flow", "aux", "initial", "memory"}

func (k Kind) String() string { return kindNames[k] }

// says is what a part of such a variable means.
func (k Kind) says() string {
	if k == Stock || k == Memory {
		return "at first "
	}
	return ""
}

func tableKind(t *Table) string {
	if t.Data {
		return "data"
	}
	return "lookup"
}

func overText(over []*Dimension) string {
	if len(over) == 0 {
		return ""
	}
	names := make([]string, len(over))
	for i, d := range over {
		names[i] = d.Name
	}
	return "[" + strings.Join(names, ", ") + "]"
}

func flowsText(v *Variable) string {
	var out string
	for _, f := range v.Inflows {
		out += " + " + f.Name
	}
	for _, f := range v.Outflows {
		out += " - " + f.Name
	}
	if out != "" {
		out = ":" + out
	}
	if v.NonNegative {
		out += ", never below 0"
	}
	return out
}

// Target is what an assignment sets, such as arrival[sector, 1..12]: a dimension's
// name stands for all of its elements.
func (a Assign) Target() string {
	if len(a.Part.Loops) == 0 {
		return a.Var.Name
	}
	var out []string
	for _, l := range a.Part.Loops {
		out = append(out, l.String())
	}
	return a.Var.Name + "[" + strings.Join(out, ", ") + "]"
}

// String is the dimension's name, or the elements if they are not all.
func (l *Loop) String() string {
	if len(l.At) == len(l.Dim.Elements) {
		return l.Dim.Name
	}
	return elementsText(l.Dim, l.At)
}

// elementsText lists elements: 1..12 for neighbours, k|3 for others.
func elementsText(d *Dimension, at []int) string {
	var out []string
	for i := 0; i < len(at); {
		j := i
		for j+1 < len(at) && at[j+1] == at[j]+1 {
			j++
		}
		switch {
		case j-i > 1:
			out = append(out, d.Elements[at[i]]+".."+d.Elements[at[j]])
		default:
			for _, k := range at[i : j+1] {
				out = append(out, d.Elements[k])
			}
		}
		i = j + 1
	}
	return strings.Join(out, "|")
}

// Format writes an expression as an equation, with the subscripts it ended up with.
func Format(e Expr) string {
	var p printer
	p.expr(e, 0)
	return p.String()
}

type printer struct{ strings.Builder }

// infix are the operations written between their arguments, with how tight they
// bind; others are written as functions.
var infix = map[Op]struct {
	sign  string
	tight int
}{
	Or: {" or ", 1}, And: {" and ", 2}, Eq: {" = ", 4}, Ne: {" <> ", 4},
	Lt: {" < ", 5}, Le: {" <= ", 5}, Gt: {" > ", 5}, Ge: {" >= ", 5},
	Add: {" + ", 6}, Sub: {" - ", 6}, Mul: {" * ", 7}, Div: {" / ", 7}, Mod: {" mod ", 7}, Pow: {" ^ ", 9},
}

var functionNames = map[Op]string{
	Abs: "abs", Sqrt: "sqrt", Exp: "exp", Ln: "ln", Log10: "log10", Sin: "sin", Cos: "cos", Tan: "tan",
	Asin: "arcsin", Acos: "arccos", Atan: "arctan", Sinh: "sinh", Cosh: "cosh", Tanh: "tanh", Floor: "floor", Ceil: "ceil", Trunc: "trunc", Round: "round",
	Min: "min", Max: "max", SafeDiv: "safediv", Sum: "sum", Prod: "prod",
}

var clockNames = [...]string{"time", "steptime", "dt", "start_time", "stop_time"}

var distNames = [...]string{"uniform", "normal", "lognormal", "triangular", "poisson"}

// expr writes e, in parentheses if it binds looser than least.
func (p *printer) expr(e Expr, least int) {
	switch e := e.(type) {
	case *Const:
		p.number(e.Value, least)
	case *Clock:
		p.WriteString(clockNames[e.Kind])
	case *Ref:
		p.WriteString(e.Var.Name)
		p.at(e.At, e.Var.Over)
	case *Apply:
		p.apply(e, least)
	case *If:
		p.parenthesized(least > 0, func() {
			p.WriteString("if ")
			p.expr(e.Cond, 0)
			p.WriteString(" then ")
			p.expr(e.Then, 0)
			p.WriteString(" else ")
			p.expr(e.Else, 0)
		})
	case *Reduce:
		p.reduce(e)
	case *Lookup:
		p.WriteString(e.Table.Name)
		p.at(e.At, e.Table.Over)
		p.call("", e.X)
	case *Draw:
		p.call(distNames[e.Dist], e.Args...)
	case *Whole:
		p.whole(e)
	}
}

// whole writes invert_matrix(row!, column!: m[row, column])[row, column].
func (p *printer) whole(e *Whole) {
	p.WriteString(e.Fn.Name() + "(")
	for i, a := range e.Args {
		if i > 0 {
			p.WriteString(", ")
		}
		p.loops(a.Loops)
		p.expr(a.X, 0)
	}
	p.WriteByte(')')
	p.at(e.At, e.Over)
}

// loops writes what an array runs over: the loops and a colon.
func (p *printer) loops(loops []*Loop) {
	for i, l := range loops {
		if i > 0 {
			p.WriteString(", ")
		}
		p.WriteString(l.String() + "!")
	}
	if len(loops) > 0 {
		p.WriteString(": ")
	}
}

func (p *printer) number(x float64, least int) {
	p.parenthesized(x < 0 && least > 8, func() { p.WriteString(strconv.FormatFloat(x, 'g', -1, 64)) })
}

func (p *printer) parenthesized(yes bool, write func()) {
	if yes {
		p.WriteByte('(')
	}
	write()
	if yes {
		p.WriteByte(')')
	}
}

func (p *printer) apply(e *Apply, least int) {
	switch op, between := infix[e.Op]; {
	case between:
		p.parenthesized(op.tight < least, func() {
			left, right := op.tight, op.tight+1
			if e.Op == Pow {
				left, right = op.tight+1, op.tight
			}
			p.expr(e.Args[0], left)
			p.WriteString(op.sign)
			p.expr(e.Args[1], right)
		})
	case e.Op == Neg:
		p.prefix("-", e.Args[0], 8, least)
	case e.Op == Not:
		p.prefix("not ", e.Args[0], 3, least)
	default:
		p.call(functionNames[e.Op], e.Args...)
	}
}

func (p *printer) prefix(sign string, x Expr, tight, least int) {
	p.parenthesized(tight < least, func() {
		p.WriteString(sign)
		p.expr(x, tight)
	})
}

func (p *printer) call(name string, args ...Expr) {
	p.WriteString(name + "(")
	for i, a := range args {
		if i > 0 {
			p.WriteString(", ")
		}
		p.expr(a, 0)
	}
	p.WriteByte(')')
}

// reduce writes sum(sector!: students[sector, k]): the loops before the colon.
func (p *printer) reduce(e *Reduce) {
	p.WriteString(functionNames[e.Op] + "(")
	p.loops(e.Loops)
	p.expr(e.X, 0)
	p.WriteByte(')')
}

// at writes subscripts.
func (p *printer) at(at []Pos, over []*Dimension) {
	if len(at) == 0 {
		return
	}
	p.WriteByte('[')
	for i, pos := range at {
		if i > 0 {
			p.WriteString(", ")
		}
		p.WriteString(pos.text(over[i]))
	}
	p.WriteByte(']')
}

// text is a subscript in a dimension: an element, a loop's dimension with or
// without an offset, or the elements that the turns pick.
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

func elementNames(d *Dimension, at []int) []string {
	out := make([]string, len(at))
	for i, a := range at {
		out[i] = d.Elements[a]
	}
	return out
}

// offset is how far every turn is from the loop's own element, if that is the same
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
