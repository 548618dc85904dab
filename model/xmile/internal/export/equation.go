package export

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/xmile/internal/naming"
)

// A printer writes the equations of one variable in XMILE's language. For one element
// of an array, at names it, and subscripts that depend on the equation's dimensions
// are written as that element's.
type printer struct {
	*exporter
	v      *model.Variable
	over   []string
	at     []string // an element of each dimension in over; nil for an equation for all
	reduce bool     // in an argument that runs over elements
}

// text writes one of the model's equations.
func (p *printer) text(s string) string {
	tree, _ := equation.Parse(s)
	if tree == nil {
		return s
	}
	out, _ := p.expr(tree)
	return out
}

// in writes an expression, in parentheses if it binds looser than a level.
func (p *printer) in(e equation.Expr, level int) string {
	s, own := p.expr(e)
	if own < level {
		return "(" + s + ")"
	}
	return s
}

// The levels at which operators bind, loosest first.
const (
	levelIf = iota
	levelOr
	levelAnd
	levelNot
	levelEqual
	levelCompare
	levelAdd
	levelMultiply
	levelSign
	levelPower
	levelPrimary
)

// levels of XMILE's operators are those of the importer, but for not, which binds as
// a sign does.
var binaryLevel = map[equation.Op]int{equation.Or: levelOr, equation.And: levelAnd, equation.Eq: levelEqual, equation.Ne: levelEqual,
	equation.Lt: levelCompare, equation.Le: levelCompare, equation.Gt: levelCompare, equation.Ge: levelCompare,
	equation.Add: levelAdd, equation.Sub: levelAdd, equation.Mul: levelMultiply, equation.Div: levelMultiply, equation.Mod: levelMultiply, equation.Pow: levelPower}

func (p *printer) expr(e equation.Expr) (string, int) {
	switch e := e.(type) {
	case *equation.Number:
		return e.Text, levelPrimary
	case *equation.Name:
		return p.name(e), levelPrimary
	case *equation.Unary:
		switch e.Op {
		case equation.Not:
			return "NOT " + p.in(e.X, levelPrimary), levelSign
		case equation.Plus:
			return p.expr(e.X)
		}
		return "-" + p.in(e.X, levelPower), levelSign
	case *equation.Binary:
		level := binaryLevel[e.Op]
		left, right := level, level+1
		switch level {
		case levelEqual, levelCompare:
			left = level + 1
		case levelPower:
			left, right = levelPrimary, levelSign
		}
		return p.in(e.X, left) + " " + strings.ToUpper(e.Op.String()) + " " + p.in(e.Y, right), level
	case *equation.If:
		return "IF " + p.in(e.Cond, levelOr) + " THEN " + p.in(e.Then, levelOr) + " ELSE " + p.in(e.Else, levelIf), levelIf
	case *equation.Call:
		return p.call(e)
	}
	panic(fmt.Sprintf("xmile: unknown expression %T", e))
}

// identifier is a name as an equation has it: in quotes where it would mean something
// else, or nothing.
func (x *exporter) identifier(name string) string {
	name = strings.ReplaceAll(name, `"`, `\"`)
	if strings.Contains(name, ".") {
		return `"` + name + `"`
	}
	if x.taken(name) || !naming.Plain(name) {
		return `"` + name + `"`
	}
	return name
}

// reference is a variable's name in an equation.
func (x *exporter) reference(name string) string {
	return x.identifier(naming.Canonical(x.names[name]))
}

// standardClocks are values of the run that XMILE has a name for.
var standardClocks = map[string]string{"time": "TIME", "dt": "DT", "time_step": "DT", "start_time": "STARTTIME", "starttime": "STARTTIME",
	"stop_time": "STOPTIME", "stoptime": "STOPTIME", "pi": "PI", "inf": "INF"}

// name writes a name with its subscripts.
func (p *printer) name(e *equation.Name) string {
	if v := p.find(p.v, e.Name); v != nil {
		return p.reference(v.Name) + p.subscripts(v, e.Index)
	}
	if c := standardClocks[e.Name]; c != "" {
		return c
	}
	p.note(p.v.Name, "the name %s", e.Name)
	return "weir." + e.Name
}

// subscripts writes the subscripts of a variable, where it needs any.
func (p *printer) subscripts(v *model.Variable, index []equation.Index) string {
	if len(v.Over) == 0 {
		return ""
	}
	if index == nil && !p.reduce && p.at == nil && slices.Equal(v.Over, p.over) {
		return ""
	}
	var out []string
	for i, d := range v.Over {
		switch {
		case index != nil:
			out = append(out, p.subscript(index[i], d))
		case p.reduce:
			out = append(out, "*")
		default:
			out = append(out, p.own(d, d, 0))
		}
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// subscript writes one subscript in the dimension want.
func (p *printer) subscript(ix equation.Index, want string) string {
	switch {
	case ix.Kind == equation.IndexStar:
		return "*"
	case ix.Kind == equation.IndexBang && ix.Name == want:
		return "*"
	case ix.Kind == equation.IndexBang:
		return "*:" + p.identifier(ix.Name)
	case p.dims[ix.Name] != nil:
		return p.own(ix.Name, want, ix.Offset)
	}
	return inBrackets(ix.Name)
}

// inBrackets is an element as a subscript.
func inBrackets(name string) string {
	if strings.Trim(name, "0123456789") == "" || naming.Plain(equation.Canonical(name)) {
		return name
	}
	return `"` + name + `"`
}

// own writes a dimension of the equation as a subscript in the dimension want: by its
// name, or as the element that the equation is for.
func (p *printer) own(dim, want string, offset int) string {
	axis := p.axis(dim)
	switch {
	case axis < 0:
		return p.identifier(dim) // the model has been checked: this is inside a reduction
	case p.at != nil:
		at := p.position(want, p.at[axis])
		if at+offset < 0 || at+offset >= len(p.dims[want].Elements) || at < 0 {
			return inBrackets(p.at[axis])
		}
		return inBrackets(p.dims[want].Elements[at+offset])
	case offset != 0:
		return fmt.Sprintf("%s %s %d", p.identifier(p.over[axis]), map[bool]string{true: "-", false: "+"}[offset < 0], max(offset, -offset))
	}
	return p.identifier(p.over[axis])
}

// axis is which of the equation's dimensions a dimension means: itself, or else the one
// of its family.
func (p *printer) axis(dim string) int {
	if i := slices.Index(p.over, dim); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.over, func(d string) bool { return p.root(d) == p.root(dim) })
}

// standardCalls are our functions in XMILE's words, by the number of their arguments
// where that matters.
var standardCalls = map[string]string{
	"abs": "ABS", "sqrt": "SQRT", "exp": "EXP", "ln": "LN", "log10": "LOG10", "sin": "SIN", "cos": "COS", "tan": "TAN",
	"arcsin": "ARCSIN", "arccos": "ARCCOS", "arctan": "ARCTAN", "floor": "INT", "round": "ROUND", "min": "MIN", "max": "MAX", "safediv": "SAFEDIV",
	"sum": "SUM", "mean": "MEAN", "prod": "PROD", "stddev": "STDDEV", "size_of": "SIZE",
	"step": "STEP", "smooth1": "SMTH1", "smooth3": "SMTH3", "smooth_n": "SMTHN", "delay1": "DELAY1", "delay3": "DELAY3", "delay_n": "DELAYN",
	"delay_fixed": "DELAY", "trend": "TREND", "forecast": "FORCST", "previous": "PREVIOUS", "init": "INIT", "npv": "NPV",
	"uniform": "RANDOM", "normal": "NORMAL", "poisson": "POISSON", "exponential": "EXPRND",
}

// call writes a function, or a lookup called like one.
func (p *printer) call(e *equation.Call) (string, int) {
	if v := p.find(p.v, e.Func); v != nil && (v.Kind == model.KindLookup || v.Kind == model.KindData) {
		return "LOOKUP(" + p.table(v, e.Index) + ", " + p.in(e.Args[0], levelIf) + ")", levelPrimary
	}
	row := function.Find(e.Func)
	if row == nil {
		return e.Func + "(…)", levelPrimary // never: the model has been checked
	}
	args := p.arguments(e, row)
	switch {
	case row.Name == "mod":
		return p.in(e.Args[0], levelMultiply) + " MOD " + p.in(e.Args[1], levelMultiply+1), levelMultiply
	case row.Name == "power":
		return p.in(e.Args[0], levelPrimary) + " ^ " + p.in(e.Args[1], levelSign), levelPower
	case row.Name == "pulse" && len(args) == 2: // of which Stella would make one every step
		args = append(args, "0")
		fallthrough
	case row.Name == "pulse":
		return "PULSE(" + strings.Join(args, ", ") + ")", levelPrimary
	case row.Name == "ramp" && len(args) == 2:
		return "RAMP(" + strings.Join(args, ", ") + ")", levelPrimary
	case row.Name == "position_in":
		return args[0], levelPrimary
	}
	name := standardCalls[row.Name]
	if name == "" {
		name = "weir." + row.Name
		p.note(p.v.Name, "the function %s", row.Name)
	}
	return name + "(" + strings.Join(args, ", ") + ")", levelPrimary
}

// arguments writes the arguments of a function, those that are arrays with all their
// subscripts.
func (p *printer) arguments(e *equation.Call, row *function.Row) []string {
	var args []string
	for i, a := range e.Args {
		inner := *p
		inner.reduce = p.reduce || row.Kind == function.Reduction || row.Reduces && len(e.Args) == 1 || row.Param(i).Array
		if n, ok := a.(*equation.Name); ok && i == 0 && row.Kind == function.Reading {
			args = append(args, p.table(p.find(p.v, n.Name), n.Index))
			continue
		}
		if n, ok := a.(*equation.Name); ok && p.find(p.v, n.Name) == nil && p.dims[n.Name] != nil { // of position_in
			args = append(args, p.identifier(n.Name))
			continue
		}
		args = append(args, inner.in(a, levelIf))
	}
	return args
}

// table writes the name of a lookup or data series that is read.
func (p *printer) table(v *model.Variable, index []equation.Index) string {
	return p.reference(v.Name) + p.subscripts(v, index)
}
