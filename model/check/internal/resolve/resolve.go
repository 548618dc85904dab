// Package resolve makes the resolved equations of a model: names become pointers, subscripts
// positions, and functions with states hidden variables.
package resolve

import (
	"weir/model/check/internal/state"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// A Resolver builds the resolved model.
type Resolver struct {
	*state.State
	Out  *resolved.Model
	Vars map[*document.Variable]*resolved.Variable // nil for lookups that are only called, and for series nobody uses
	// of lookups and data series, also of those without a variable
	tables  map[*document.Variable]*resolved.Table
	Hidden  []*resolved.Variable                       // made by expansion, in order
	calls   map[*resolved.Variable]counter             // how many calls of each function an equation has made
	derived map[derivedTable]*resolved.Table           // tables in another shape
	inArea  map[*resolved.Table]bool                   // of derived: those behind an area
	counted map[*resolved.Dimension]*resolved.Variable // that number a dimension's elements
	trees   map[string]equation.Expr                   // the equations of the function table
	ranges  map[string]*resolved.Dimension             // parts of dimensions that hidden variables run over
	nodes   int                                        // expression nodes made
	sizes   map[resolved.Expr]int                      // of expressions that a function's text repeats

	Effort int // variables read to find out the present delay's time

	overgrown bool // too many nodes were reported
	delays    []delayCheck

	StartsAtInput map[*resolved.Variable]*function.Row // first stocks of calls without an initial value
}

// A counter numbers the calls of one variable, function by function.
type counter map[string]int

// New returns the resolver of a model whose names are declared and whose equations are parsed.
func New(c *state.State) *Resolver {
	t := c.Model.Time
	return &Resolver{
		State: c,
		Out: &resolved.Model{Name: c.Model.Name,
			Time: resolved.Time{Start: t.Start, Stop: t.Stop, Step: t.Step, Save: t.Save, Unit: t.Unit,
				Method: t.Method, Relative: t.Relative, Absolute: t.Absolute}},
		Vars:    map[*document.Variable]*resolved.Variable{},
		tables:  map[*document.Variable]*resolved.Table{},
		calls:   map[*resolved.Variable]counter{},
		trees:   map[string]equation.Expr{},
		derived: map[derivedTable]*resolved.Table{},
		inArea:  map[*resolved.Table]bool{},
		counted: map[*resolved.Dimension]*resolved.Variable{},
		ranges:  map[string]*resolved.Dimension{},
		sizes:   map[resolved.Expr]int{},

		StartsAtInput: map[*resolved.Variable]*function.Row{},
	}
}

// DeclareAll makes a variable or a table of everything declared, still without equations, so
// that these can refer to each other in any order. Of two variables of one name only the one in
// Names counts, and one with unknown dimensions is left out: both are reported elsewhere. Stocks
// get their flows in a second pass, since these may be declared after them.
func (r *Resolver) DeclareAll() {
	used := r.seriesInUse()
	for _, d := range r.Model.Dimensions {
		if dom := r.Domains[d.Name]; dom != nil {
			r.Out.Dimensions = append(r.Out.Dimensions, dom.Out)
		}
	}
	for _, v := range r.Model.Variables {
		if r.Names[v.Name] != v || !r.KnownDimensions(v) {
			continue
		}
		if v.Kind == document.KindLookup || v.Kind == document.KindData {
			r.declareTable(v)
		}
		if v.Kind == document.KindLookup && v.Input.Text == "" || v.Kind == document.KindData &&
			!used[v.Name] && !r.Model.KeepsAllData() {
			continue
		}
		r.Vars[v] = r.declareVariable(v)
	}
	for _, v := range r.Model.Variables {
		if v.Kind == document.KindStock && r.Vars[v] != nil {
			r.connect(v)
		}
	}
}

// KnownDimensions reports whether all of a variable's dimensions exist, hold something and
// differ.
func (r *Resolver) KnownDimensions(v *document.Variable) bool {
	seen := map[string]bool{}
	for _, name := range v.Over {
		if d := r.Domains[name]; d == nil || d.Size() == 0 || seen[name] {
			return false
		}
		seen[name] = true
	}
	return !r.TooLarge[v]
}

// kinds of resolved variables by kind of table.
var kinds = map[document.Kind]resolved.Kind{
	document.KindStock: resolved.Stock, document.KindFlow: resolved.Flow, document.KindAux: resolved.Aux,
	document.KindConstant: resolved.Constant,
	document.KindDecision: resolved.Decision, document.KindLookup: resolved.Aux, document.KindData: resolved.Aux,
}

// declareVariable makes the resolved form of a declared variable, still without equations.
func (r *Resolver) declareVariable(v *document.Variable) *resolved.Variable {
	out := &resolved.Variable{Name: v.Name, Label: v.Label, Unit: v.Units, Kind: kinds[v.Kind],
		NonNegative: v.NonNeg, Span: v.Span}
	if out.Label == "" {
		out.Label = v.Name
	}
	if v.Range != nil {
		out.Range, out.HasRange = *v.Range, true
	}
	for _, d := range r.DomainsOf(v.Over) {
		out.Over = append(out.Over, d.Out)
	}
	r.Out.Variables = append(r.Out.Variables, out)
	return out
}

// connect gives a stock its flows. A flow that is not declared is passed over; its name was
// reported.
func (r *Resolver) connect(s *document.Variable) {
	for _, name := range s.Inflow {
		if f := r.Vars[r.Names[name]]; f != nil {
			r.Vars[s].Inflows = append(r.Vars[s].Inflows, f)
		}
	}
	for _, name := range s.Outflow {
		if f := r.Vars[r.Names[name]]; f != nil {
			r.Vars[s].Outflows = append(r.Vars[s].Outflows, f)
		}
	}
}

// seriesInUse returns the names of data series that equations read at the present time. Series
// that are called, births(time - 6), or that only tests and histories compare with, need no
// variable of their own.
func (r *Resolver) seriesInUse() map[string]bool {
	used := map[string]bool{}
	for _, v := range r.Model.Variables {
		for _, t := range v.Texts() {
			equation.Walk(r.State.Trees[t], func(e equation.Expr) bool {
				if n, ok := e.(*equation.Name); ok {
					used[n.Name] = true
				}
				return true
			})
		}
	}
	return used
}

// Enumerate gives every variable its ID: declared ones first, then hidden ones. It comes after all
// passes that add hidden variables.
func (r *Resolver) Enumerate() {
	r.Out.Variables = append(r.Out.Variables, r.Hidden...)
	for i, v := range r.Out.Variables {
		v.ID = i
	}
}

// AllEquations gives every variable its equations.
func (r *Resolver) AllEquations() {
	for _, v := range r.Model.Variables {
		r.equations(v)
	}
}
