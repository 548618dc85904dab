package behaviour

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/sim"
)

// A plan is all tests of a model, taken apart.
type plan struct {
	m       *model.Model
	dims    map[string]axis
	list    diagnostic.List // mistakes of the tests
	probes  []*probe
	byKey   map[string]*probe
	tests   []*test
	varying []string // constants that some test changes during a run
	taken   map[string]bool
	checked *resolved.Model // the copy with probes; nil if the model itself is broken
}

// A test is a [test.x] table ready to run.
type test struct {
	decl     *model.Test
	settings sim.Settings
	others   map[string]sim.Settings // the test's other runs
	expect   []*expectation
	conserve []string
	drawn    *drawn          // its futures; nil: the model's own values alone
	matrix   []cell          // of extremes; nil: none
	found    []Claim         // of expectations over the futures
	problems diagnostic.List // reasons why its run cannot be made
}

// An expectation is one text of a test. A nil root has problems, or is not an equation.
type expectation struct {
	text     model.Text
	root     node
	over     []axis
	problems diagnostic.List
}

// A probe is a part of an expectation that the model computes, as a variable.
type probe struct {
	name  string
	over  []axis
	texts []model.Text // every place that uses it; the first is compiled
	wrong diagnostic.List
}

// A record is a data variable that an expectation compares with.
type record struct {
	variable *model.Variable
	dims     []axis   // of the variable
	fixed    []string // the elements given in brackets; nil: those of the expectation
}

// over returns the axes that the expectation has to give an element of.
func (r *record) over() []axis {
	if r.fixed != nil {
		return nil
	}
	return r.dims
}

// newPlan splits the expectations of all tests and checks them against the model.
func newPlan(m *model.Model) *plan {
	p := &plan{m: m, dims: map[string]axis{}, byKey: map[string]*probe{}, taken: map[string]bool{}}
	for _, v := range m.Variables {
		p.taken[v.Name] = true
	}
	for _, d := range m.Dimensions {
		p.dims[d.Name] = p.axis(d)
	}
	for _, t := range m.Tests {
		p.tests = append(p.tests, p.test(t))
	}
	return p
}

// axis returns a dimension with everything that it is a part of.
func (p *plan) axis(d *model.Dimension) axis {
	a := axis{name: d.Name, elements: d.Elements}
	for d != nil && !slices.Contains(a.above, d.Name) {
		a.above = append(a.above, d.Name)
		i := slices.IndexFunc(p.m.Dimensions, func(x *model.Dimension) bool { return x.Name == d.Of })
		d = nil
		if i >= 0 {
			d = p.m.Dimensions[i]
		}
	}
	return a
}

// check leaves the mistakes of the tests in p.list; p.checked is
// the model to run. Probes with mistakes are taken out, so that one bad test does
// not stop the others.
func (p *plan) check() {
	for range 3 { // mistakes may hide others
		copied := p.augmented()
		r, list := model.Resolve(copied)
		p.checked = r
		if !p.blame(list) {
			break
		}
	}
	for _, t := range p.tests {
		t.drawn, t.matrix = p.draw(t), p.cells(t)
		p.list = append(p.list, t.problems...)
		for _, e := range t.expect {
			p.list = append(p.list, e.allProblems()...)
		}
	}
	p.list.Sort()
}

// allProblems returns those of an expectation and of the probes that it uses.
func (e *expectation) allProblems() diagnostic.List {
	list := slices.Clone(e.problems)
	if e.root != nil {
		walk(e.root, func(n node) {
			if l, ok := n.(*leaf); ok {
				list = append(list, l.probe.wrong...)
			}
		})
	}
	return list
}

// walk visits a node and everything below it, parents first.
func walk(n node, visit func(node)) {
	visit(n)
	for _, part := range parts(n) {
		walk(part, visit)
	}
}

// blame gives mistakes found in the copy to the probes that made them. It reports
// whether there were any.
func (p *plan) blame(list diagnostic.List) (found bool) {
	for _, d := range list {
		if d.Severity != diagnostic.Error || isUnit(d) {
			continue // expectations may hold plain numbers
		}
		for _, pr := range p.probes {
			if covers(pr.texts[0].Span, d.Span) {
				pr.wrong = append(pr.wrong, d)
				found = true
			}
		}
	}
	return found
}

// isUnit reports whether a mistake leaves the model runnable.
func isUnit(d diagnostic.Diagnostic) bool {
	return !model.UnitsAsWarnings(diagnostic.List{d}).HasErrors()
}

// covers reports whether one place in a file lies inside another.
func covers(outer, inner diagnostic.Span) bool {
	return outer.File == inner.File && outer.Start <= inner.Start && inner.End <= outer.End
}

// augmented returns a copy of the model, without tests and with the probes as auxiliaries.
func (p *plan) augmented() *model.Model {
	m := *p.m
	m.Tests = nil
	m.Variables = slices.Clone(p.m.Variables)
	for _, pr := range p.probes {
		if len(pr.wrong) > 0 {
			continue
		}
		v := &model.Variable{Name: pr.name, Kind: model.KindAux, Equation: pr.texts[0], Span: pr.texts[0].Span}
		for _, a := range pr.over {
			v.Over = append(v.Over, a.name)
		}
		m.Variables = append(m.Variables, v)
	}
	return &m
}

// fresh returns a variable name that the model does not use.
func (p *plan) fresh(format string, n int) string {
	name := fmt.Sprintf(format, n)
	for p.taken[name] {
		name += "_"
	}
	p.taken[name] = true
	return name
}

// probe returns the variable for an equation; equal equations share one.
func (p *plan) probe(text model.Text, e equation.Expr, over []axis) *probe {
	key := equation.Print(e)
	if known := p.byKey[key]; known != nil {
		known.texts = append(known.texts, text)
		return known
	}
	pr := &probe{name: p.fresh("expectation_%d", len(p.probes)+1), over: over, texts: []model.Text{text}}
	p.probes, p.byKey[key] = append(p.probes, pr), pr
	return pr
}

// elementLists returns the elements of axes, as lists for a product.
func elementLists(over []axis) [][]string {
	var lists [][]string
	for _, a := range over {
		lists = append(lists, a.elements)
	}
	return lists
}
