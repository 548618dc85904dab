package export

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/foreign"
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

// text returns one of the model's equations in XMILE's words. One that cannot be parsed is
// returned as it is; a checked model has none.
func (p *printer) text(t model.Text) string {
	tree, _ := t.Parse()
	if tree == nil {
		return t.Text
	}
	return p.print(tree)
}

// print returns a tree in XMILE's words, with the parentheses that it needs.
func (p *printer) print(e equation.Expr) string {
	d := equation.Dialect{NotAsSign: true,
		Word: func(op equation.Op) string { return strings.ToUpper(op.String()) },
		If:   "IF", Then: "THEN", Else: "ELSE",
		Name: p.name, Call: p.call, Instead: instead,
	}
	return d.Print(e)
}

// instead returns a tree in XMILE's operators and functions for one in weir's.
func instead(e equation.Expr) equation.Expr {
	switch e := e.(type) {
	case *equation.Unary:
		if e.Op == equation.Plus {
			return instead(e.X)
		}
	case *equation.Binary:
		if (e.Op == equation.Mul || e.Op == equation.Div) && isRemainder(e.X) {
			return &equation.Binary{Span: e.Span, Op: e.Op, OpSpan: e.OpSpan, X: inParentheses(e.X), Y: e.Y}
		}
	case *equation.Call:
		if e.Func == "position_in" && len(e.Args) == 1 { // a dimension's name is the position
			return e.Args[0]
		}
		if _, as := foreign.Exported(e.Func, len(e.Args)); as != nil {
			return as.Apply(e.Span, e.FuncSpan, e.Args...)
		}
	}
	return e
}

// isRemainder reports whether a tree is written with MOD.
func isRemainder(e equation.Expr) bool {
	switch e := e.(type) {
	case *equation.Binary:
		return e.Op == equation.Mod
	case *equation.Call:
		return e.Func == "mod" && len(e.Args) == 2
	}
	return false
}

// parentheses is the name of the call in which a tree is written in parentheses.
const parentheses = "()"

// inParentheses returns a tree that is written in parentheses. In the standard MOD binds like
// multiplication, and in Stella weaker, so that x MOD 2 * 3 would be another number there.
func inParentheses(e equation.Expr) equation.Expr {
	return equation.NewCall(e.Pos(), e.Pos(), parentheses, e)
}

// identifier returns a name as an equation has it: in quotes where it would mean something
// else, or nothing.
func (x *exporter) identifier(name string) string {
	name = strings.ReplaceAll(name, `"`, `\"`)
	if strings.Contains(name, ".") {
		return `"` + name + `"`
	}
	if x.as.Taken(name) || !naming.Plain(name) {
		return `"` + name + `"`
	}
	return name
}

// standardClocks are values of the run that XMILE has a name for.
var standardClocks = map[string]string{"time": "TIME", "dt": "DT", "time_step": "DT", "start_time": "STARTTIME",
	"starttime": "STARTTIME",
	"stop_time": "STOPTIME", "stoptime": "STOPTIME", "pi": "PI", "inf": "INF", "nan": "NAN"}

// name writes a name with its subscripts.
// A value of the run that XMILE has no name for is written as weir.name and reported.
func (p *printer) name(e *equation.Name) string {
	if v := p.find(p.v, e.Name); v != nil {
		return p.reference(v.Name) + p.subscripts(v, e.Index)
	}
	if c := standardClocks[e.Name]; c != "" {
		return c
	}
	if p.dims[e.Name] != nil { // the position in it
		return p.identifier(e.Name)
	}
	p.note(p.v.Name, "the name %s", e.Name)
	return "weir." + e.Name
}

// subscripts writes the subscripts of a variable, where it needs any.
// An array over the equation's own dimensions needs none.
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

// inBrackets returns an element as a subscript.
func inBrackets(name string) string {
	if strings.Trim(name, "0123456789") == "" || naming.Plain(equation.Canonical(name)) {
		return name
	}
	return `"` + name + `"`
}

// own writes a dimension of the equation as a subscript in the dimension want: by its
// name, or as the element that the equation is for.
// An element beyond the dimension cannot occur: the checker refuses such an equation, unless the
// element has one of its own.
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
		return fmt.Sprintf("%s %s %d", p.identifier(p.over[axis]), map[bool]string{true: "-",
			false: "+"}[offset < 0], max(offset, -offset))
	}
	return p.identifier(p.over[axis])
}

// axis returns which of the equation's dimensions a dimension means: itself, or else the one
// of its family.
func (p *printer) axis(dim string) int {
	if i := slices.Index(p.over, dim); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.over, func(d string) bool { return p.root(d) == p.root(dim) })
}

// call writes a function, or a lookup called like one.
func (p *printer) call(e *equation.Call) string {
	if v := p.find(p.v, e.Func); v != nil && (v.Kind == model.KindLookup || v.Kind == model.KindData) {
		return "LOOKUP(" + p.table(v, e.Index) + ", " + p.print(e.Args[0]) + ")"
	}
	if e.Func == parentheses {
		return "(" + p.print(e.Args[0]) + ")"
	}
	row := function.Find(e.Func)
	if row == nil {
		return e.Func + "(…)" // never: the model has been checked
	}
	args := p.arguments(e, row)
	name, _ := foreign.Exported(row.Name, len(args))
	if name == "" {
		name = "weir." + row.Name
		p.note(p.v.Name, "the function %s", row.Name)
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

// arguments writes the arguments of a function, those that are arrays with all their
// subscripts.
func (p *printer) arguments(e *equation.Call, row *function.Row) []string {
	var args []string
	for i, a := range e.Args {
		inner := *p
		inner.reduce = p.reduce || row.Kind == function.Reduction || row.Reduces && len(e.Args) == 1 ||
			row.Param(i).Array
		if n, ok := a.(*equation.Name); ok && i == 0 && row.Kind == function.Reading {
			args = append(args, p.table(p.find(p.v, n.Name), n.Index))
			continue
		}
		args = append(args, inner.print(a))
	}
	return args
}

// table writes the name of a lookup or data series that is read.
func (p *printer) table(v *model.Variable, index []equation.Index) string {
	return p.reference(v.Name) + p.subscripts(v, index)
}
