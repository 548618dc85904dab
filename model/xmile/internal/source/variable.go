package source

import (
	"fmt"
	"math"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// Product returns the number of elements of an array over dimensions. Beyond the largest number of
// 32 bits, where no model can be, it returns that number.
func Product(over []*Dimension) int {
	n := int64(1)
	for _, d := range over {
		n = min(n*int64(len(d.Elements)), math.MaxInt32)
	}
	return int(n)
}

// FirstPoint returns where a graphical function begins; false if its elements differ.
func (v *Variable) FirstPoint() (float64, bool) {
	var all []Point
	if v.Graph != nil && len(v.Graph.Points) > 0 {
		all = append(all, v.Graph.Points[0])
	}
	for _, e := range v.Elements {
		if e.Gf != nil && len(e.Gf.Points) > 0 {
			all = append(all, e.Gf.Points[0])
		}
	}
	if len(all) == 0 {
		return 0, false
	}
	for _, p := range all {
		if p.X != all[0].X {
			return 0, false
		}
	}
	return all[0].X, true
}

// Resolve follows the connections of an input to the variable that gives its value.
func (v *Variable) Resolve() *Variable {
	for i := 0; v.Source != nil && i < 100; i++ {
		v = v.Source
	}
	return v
}

// HasGraph reports whether a variable, or an element of it, has a graphical function.
func (v *Variable) HasGraph() bool {
	if v.Graph != nil {
		return true
	}
	for _, e := range v.Elements {
		if e.Gf != nil {
			return true
		}
	}
	return false
}

// HasEquation reports whether the file has an equation for a variable or an element of it, as
// opposed to nothing or a comment.
func (v *Variable) HasEquation() bool {
	if v.Eqn != nil && !expr.Blank(v.Eqn.Text().Value) {
		return true
	}
	for _, e := range v.Elements {
		if e.Eqn != nil && !expr.Blank(e.Eqn.Text().Value) {
			return true
		}
	}
	return false
}

// NoInput is the input that xmutil writes for a table that is only called.
const NoInput = "0+0"

// HasInput reports whether a graphical function has an equation for its input.
func (v *Variable) HasInput() bool {
	if v.Eqn != nil && v.Eqn.Text().Value != NoInput {
		return true
	}
	for _, e := range v.Elements {
		if e.Eqn != nil && !expr.Blank(e.Eqn.Text().Value) && e.Eqn.Text().Value != NoInput {
			return true
		}
	}
	return false
}

// containsWord reports whether a word in lower case occurs in a text in any case.
func containsWord(s, word string) bool { return strings.Contains(strings.ToLower(s), word) }

// Differs reports whether a variable itself is another while initial values are
// computed.
func (v *Variable) Differs() bool {
	if v.InitEqn != nil || v.Limited || v.Eqn != nil && containsWord(v.Eqn.Text().Value, "active") {
		return true
	}
	for _, e := range v.Elements {
		if e.Init != nil {
			return true
		}
	}
	return false
}

// Number returns the place of an element in the order in which arrays are stored.
func (v *Variable) Number(at []int) int {
	n := 0
	for i, k := range at {
		n = n*len(v.Over[i].Elements) + k
	}
	return n
}

// ElementAt returns the positions and the key of the i-th element of an array over
// dimensions, in the order in which arrays are stored: the last dimension runs fastest.
func ElementAt(over []*Dimension, i int) (at []int, key string) {
	at = make([]int, len(over))
	for d := len(over) - 1; d >= 0; d-- {
		at[d] = i % len(over[d].Elements)
		i /= len(over[d].Elements)
	}
	var words []string
	for d, k := range at {
		words = append(words, over[d].Elements[k])
	}
	return at, strings.Join(words, ", ")
}

// A Variable is a stock, flow, auxiliary or stand-alone graphical function of one
// space: its declaration in the file, and the variables of the model that it becomes.
type Variable struct {
	Node  *scan.Node
	Space *Space
	Kind  model.Kind
	Name  string // as in the file, with its modules
	Ours  string
	Over  []*Dimension

	Eqn      *scan.Node // nil if there is none
	InitEqn  *scan.Node // its equation while initial values are computed
	Graph    *Graph     // nil if there is none
	Elements []element  // equations and graphical functions of single elements
	Input    bool       // access="input": another module may give its value
	Source   *Variable  // that gives it
	Table    string     // the lookup behind its graphical function; "" if there is none
	Uniflow  bool
	Limited  bool // an outflow of a stock that cannot be negative
	NonNeg   bool
	Conveyor *scan.Node
	Outlet   *Variable   // of a conveyor: the flow at its end
	Leaks    []*Variable // of a conveyor: flows that leak on the way
	Leak     bool        // its equation is the share that leaks from a conveyor
	End      bool        // it is the flow at the end of a conveyor
	Inflow   []string    // our names
	Outflow  []string
	UsesIn   int // by how many stocks it is named as an inflow
	UsesOut  int
	Batch    string // of a flow: the queue or oven that it leaves, which sets its value

	Out         []*model.Variable // its variables of the model, itself first
	Copies      []*model.Variable // of a stock: flows written once more
	Conversions []Conversion      // of a stock: those of them with a multiplier
	Grade       model.Grade
	How         []string
	AtInit      *Variable // the same as it is while initial values are computed
	Infinity    *float64  // its value if that is infinite at all times, else nil; see IsLimit
	Left        bool      // it is broken: something about it was reported

	parsed   []expr.Expr
	mistakes []expr.Mistake

	Hidden bool // made by a macro: no row in the report
}

// An element is one <element subscript="…">.
type element struct {
	Node *scan.Node
	At   []int
	Key  string
	Eqn  *scan.Node
	Init *scan.Node
	Gf   *Graph
}

// Note lowers a variable's grade and says why.
func (v *Variable) Note(g model.Grade, format string, args ...any) {
	if v.Grade == "" || worse(g, v.Grade) {
		v.Grade = g
	}
	how := fmt.Sprintf(format, args...)
	for _, h := range v.How {
		if h == how {
			return
		}
	}
	v.How = append(v.How, how)
}

// gradeOrder ranks the grades, from the best on.
var gradeOrder = map[model.Grade]int{model.Exact: 0, model.Equivalent: 1, model.Approximated: 2, model.Unsupported: 3}

// worse reports whether a grade is worse than another one.
func worse(a, b model.Grade) bool { return gradeOrder[a] > gradeOrder[b] }

// Point is a point of a graphical function.
type Point = resolved.Point

// NewVariable returns a variable of the model with the properties that all kinds have.
func (im *Model) NewVariable(v *Variable, name string, kind model.Kind) *model.Variable {
	out := &model.Variable{Name: name, Kind: kind, Label: naming.Display(v.Name), Span: v.Node.Span(im.Sources),
		Keys: map[string]diagnostic.Span{}}
	if v.Source == nil || v.Space.Macro == nil {
		out.About = sentence(v.Node.Words("doc"))
	}
	if u := v.Node.Kid("units"); u != nil {
		out.Units = im.Units.text(u.Text().Value)
		out.Keys["units"] = u.Text().Span(im.Sources)
	}
	if v.Space.Macro != nil {
		out.Units = "" // it differs from call to call
	}
	for _, d := range v.Over {
		out.Over = append(out.Over, d.Ours)
	}
	return out
}

// Own returns a variable's own dimensions, without those of the macro's caller.
func (v *Variable) Own() []*Dimension { return v.Over[min(len(v.Space.Over), len(v.Over)):] }

// OnlyTable reports whether a variable is a graphical function without an input, which has
// no value of its own.
func (v *Variable) OnlyTable() bool {
	return v.Eqn == nil && (v.Kind == model.KindLookup || v.Graph != nil && !v.Input)
}

// Parsed returns the trees of a variable's own equation, and its mistakes. They
// are parsed once; there are none without an equation.
func (im *Model) Parsed(v *Variable) ([]expr.Expr, []expr.Mistake) {
	if v.Eqn == nil {
		return nil, nil
	}
	if v.parsed == nil {
		v.parsed, v.mistakes = im.Grammar().Parse(im.EquationText(v, v.Eqn).Value)
	}
	return v.parsed, v.mistakes
}

// EquationText returns the text of an equation of a variable. Vensim may write the
// variable's name and an equals sign before it.
func (im *Model) EquationText(v *Variable, n *scan.Node) scan.Text {
	t := n.Text()
	if !im.OwnExport {
		return t
	}
	name, _, found := strings.Cut(t.Value, "=")
	if !found || naming.Canonical(name) != naming.Canonical(v.Node.Value("name")) {
		return t
	}
	return t.Cut(len(name)+1, len(t.Value)).Trim()
}

// Text returns a tree as an equation of a variable, at a place of the file; one that is too
// long for weir is reported.
func (im *Model) Text(v *Variable, tree equation.Expr, at diagnostic.Span) model.Text {
	text, too := document.NewText(tree, at)
	if too != "" && !v.Left {
		im.Report(model.TooComplex, at, "name parts of it as auxiliaries",
			"%s: the equation %s when it is written out", v.Name, too)
	}
	v.Left = v.Left || too != ""
	return text
}

// TextAt returns an equation all of whose bytes map to one offset in the sources.
func TextAt(s string, at int, span diagnostic.Span) model.Text {
	places := make([]int, len(s))
	for i := range places {
		places[i] = at
	}
	return model.Text{Text: s, Span: span, Map: places}
}

// sentence returns a comment on one line, without the marks that translators from Vensim leave.
func sentence(doc string) string {
	doc = strings.ReplaceAll(strings.ReplaceAll(doc, `\n`, " "), "~:SUPPLEMENTARY", "")
	return strings.Join(strings.Fields(strings.ReplaceAll(doc, "~ :SUPPLEMENTARY", "")), " ")
}

// BatchKind returns queue or oven if a stock is one, else "".
func BatchKind(v *Variable) string {
	for _, kind := range []string{"queue", "oven"} {
		if v.Node.Kid(kind) != nil {
			return kind
		}
	}
	return ""
}

// IsLimit reports whether the variable is a single number that is infinite at all times. It
// becomes a constant, which a run may set to another number; an array of such numbers is
// written into the equations that read it.
func (v *Variable) IsLimit() bool {
	return v.Infinity != nil && len(v.Over) == 0 && v.Space.Macro == nil
}
