package check

import (
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// resolve makes the resolved model: names become pointers, subscripts positions,
// functions with a memory stocks, and everything gets an order. The resolved model
// stays nil if anything was reported as an error.
func (c *checker) resolve() {
	r := newResolver(c)
	r.declareAll()
	for _, v := range c.m.Variables {
		r.equations(v)
	}
	for _, t := range c.m.Tests {
		r.checkTest(t)
	}
	r.conveyors()
	r.checkDelays()
	r.limit()
	r.number()
	r.order()
	if !c.m.Broken && !c.list.HasErrors() {
		c.out = r.out
	}
}

// A resolver builds the resolved model.
type resolver struct {
	*checker
	out     *resolved.Model
	vars    map[*document.Variable]*resolved.Variable // nil for lookups that are only called, and for series nobody uses
	tables  map[*document.Variable]*resolved.Table
	hidden  []*resolved.Variable                       // made by expansion, in order
	calls   map[*resolved.Variable]counter             // how many calls of each function an equation has made
	derived map[derivedTable]*resolved.Table           // tables in another shape
	counted map[*resolved.Dimension]*resolved.Variable // that number a dimension's elements
	trees   map[string]equation.Expr                   // the equations of the function table
	ranges  map[string]*resolved.Dimension             // parts of dimensions that hidden variables run over
	nodes   int                                        // expression nodes made
	sizes   map[resolved.Expr]int                      // of expressions that a function's text repeats

	effort int // variables read to find out the present delay's time

	overgrown bool // too many nodes were reported
	limits    []*limit
	delays    []delayCheck

	startsAtInput map[*resolved.Variable]*function.Row // first stocks of calls without an initial value
}

// A counter numbers the calls of one variable, function by function.
type counter map[string]int

func newResolver(c *checker) *resolver {
	t := c.m.Time
	return &resolver{
		checker: c,
		out:     &resolved.Model{Name: c.m.Name, Time: resolved.Time{Start: t.Start, Stop: t.Stop, Step: t.Step, Save: t.Save, Unit: t.Unit, Method: t.Method}},
		vars:    map[*document.Variable]*resolved.Variable{},
		tables:  map[*document.Variable]*resolved.Table{},
		calls:   map[*resolved.Variable]counter{},
		trees:   map[string]equation.Expr{},
		derived: map[derivedTable]*resolved.Table{},
		counted: map[*resolved.Dimension]*resolved.Variable{},
		ranges:  map[string]*resolved.Dimension{},
		sizes:   map[resolved.Expr]int{},

		startsAtInput: map[*resolved.Variable]*function.Row{},
	}
}

// declareAll makes a variable or a table of everything declared, still without
// equations, so that these can refer to each other in any order.
func (r *resolver) declareAll() {
	used := r.seriesInUse()
	for _, d := range r.m.Dimensions {
		if dom := r.domains[d.Name]; dom != nil {
			r.out.Dimensions = append(r.out.Dimensions, dom.out)
		}
	}
	for _, v := range r.m.Variables {
		if r.names[v.Name] != v || !r.knownDimensions(v) {
			continue
		}
		if v.Kind == document.KindLookup || v.Kind == document.KindData {
			r.declareTable(v)
		}
		if v.Kind == document.KindLookup && v.Input.Text == "" || v.Kind == document.KindData && !used[v.Name] && !r.m.KeepsAllData() {
			continue
		}
		r.vars[v] = r.declareVariable(v)
	}
	for _, v := range r.m.Variables {
		if v.Kind == document.KindStock && r.vars[v] != nil {
			r.connect(v)
		}
	}
}

// knownDimensions reports whether all of a variable's dimensions exist, hold
// something and differ.
func (r *resolver) knownDimensions(v *document.Variable) bool {
	seen := map[string]bool{}
	for _, name := range v.Over {
		if d := r.domains[name]; d == nil || d.size() == 0 || seen[name] {
			return false
		}
		seen[name] = true
	}
	return !r.tooLarge[v]
}

// kinds of resolved variables by kind of table.
var kinds = map[document.Kind]resolved.Kind{
	document.KindStock: resolved.Stock, document.KindFlow: resolved.Flow, document.KindAux: resolved.Aux, document.KindConstant: resolved.Constant,
	document.KindDecision: resolved.Decision, document.KindLookup: resolved.Aux, document.KindData: resolved.Aux,
}

func (r *resolver) declareVariable(v *document.Variable) *resolved.Variable {
	out := &resolved.Variable{Name: v.Name, Label: v.Label, Unit: v.Units, Kind: kinds[v.Kind], NonNegative: v.NonNeg, Span: v.Span}
	if out.Label == "" {
		out.Label = v.Name
	}
	if v.Range != nil {
		out.Range, out.HasRange = *v.Range, true
	}
	for _, d := range r.domainsOf(v.Over) {
		out.Over = append(out.Over, d.out)
	}
	r.out.Variables = append(r.out.Variables, out)
	return out
}

// connect gives a stock its flows.
func (r *resolver) connect(s *document.Variable) {
	for _, name := range s.Inflow {
		if f := r.vars[r.names[name]]; f != nil {
			r.vars[s].Inflows = append(r.vars[s].Inflows, f)
		}
	}
	for _, name := range s.Outflow {
		if f := r.vars[r.names[name]]; f != nil {
			r.vars[s].Outflows = append(r.vars[s].Outflows, f)
		}
	}
}

// seriesInUse are the names of data series that equations read at the present time.
// Those that are called, births(time - 6), or that only tests and histories compare
// with, need no variable of their own.
func (r *resolver) seriesInUse() map[string]bool {
	used := map[string]bool{}
	for _, v := range r.m.Variables {
		for _, t := range v.Texts() {
			equation.Walk(r.checker.trees[t], func(e equation.Expr) bool {
				if n, ok := e.(*equation.Name); ok {
					used[n.Name] = true
				}
				return true
			})
		}
	}
	return used
}

// number gives every variable its place: declared ones first, then hidden ones.
func (r *resolver) number() {
	r.out.Variables = append(r.out.Variables, r.hidden...)
	for i, v := range r.out.Variables {
		v.ID = i
	}
}
