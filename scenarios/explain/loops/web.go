package loops

import (
	"fmt"
	"slices"

	"weir/model/graph"
	"weir/model/resolved"
	"weir/sim"
)

// Bounds on sizes, checked while the web is built.
const (
	maxNodes = 8_000_000 // of all formulas
	maxLinks = 1_000_000 // between elements
)

// A web holds the links between the elements of a model that can take part in feedback, hidden
// variables included. Elements are named by their slots.
type web struct {
	r        *resolved.Model
	p        *sim.Program
	variable []*resolved.Variable // by slot; nil of a clock
	formulas []*formula
	links    []direct
	stocks   []stock
	lags     []lag
	ends     []int32 // the slots that links lead from or to, in order
	end      []int32 // by slot: its position among them, -1 of others
}

// A direct link is an influence between two slots that stands in an equation, or that of a flow on
// its stock.
type direct struct {
	from, to int32
	lag      int32 // its score is that of so many steps ago; see lag
}

// A stock is an element of a stock, with its flows. Links of the web from first on are those from
// the flows to it, with factors 1 for an inflow and -1 for an outflow.
type stock struct {
	slot    int32
	first   int
	flows   []int32
	factors []float64
}

// A lag is an element of a delay state: its value is that of the formula so many steps ago.
type lag struct {
	formula, delay *formula // delay is nil for one step
}

// newWeb returns the web of a model. Constants, decisions and initial values are not in it: they
// are not the target of any link that works while the model runs.
func newWeb(r *resolved.Model, p *sim.Program) (*web, error) {
	w := &web{r: r, p: p, variable: make([]*resolved.Variable, p.Slots())}
	for _, v := range r.Variables {
		for e := range v.Size() {
			w.variable[p.Slot(v)+e] = v
		}
	}
	feedback := inFeedback(r)
	b := &builder{p: p, at: map[*resolved.Loop]int{}}
	for _, v := range r.Variables {
		if !feedback[v.ID] {
			continue
		}
		switch v.Kind {
		case resolved.Aux, resolved.Flow:
			w.equations(b, v)
		case resolved.Stock:
			w.flows(v)
		case resolved.DelayState:
			w.delayed(b, v)
		}
		if b.count > maxNodes || len(w.links) > maxLinks {
			return nil, fmt.Errorf("the feedback of the model is too large to be scored: %s has %d elements; "+
				"over %d links, or %d terms", v.Name, v.Size(), maxLinks, maxNodes)
		}
	}
	w.findEnds()
	return w, nil
}

// findEnds lists the slots that are in links. A model may have a million numbers beside a few loops.
func (w *web) findEnds() {
	w.end = make([]int32, len(w.variable))
	for i := range w.end {
		w.end[i] = -1
	}
	for _, l := range w.links {
		w.end[l.from], w.end[l.to] = 0, 0
	}
	for slot, is := range w.end {
		if is == 0 {
			w.end[slot] = int32(len(w.ends))
			w.ends = append(w.ends, int32(slot))
		}
	}
}

// equations adds the formulas of a variable, one an element, and their links.
func (w *web) equations(b *builder, v *resolved.Variable) {
	for _, p := range v.Parts {
		eachElement(b, v, p, func(element int) {
			f := b.build(int32(w.p.Slot(v)+element), p.Expr)
			f.first = len(w.links)
			w.formulas = append(w.formulas, f)
			for _, in := range f.inputs {
				w.links = append(w.links, direct{from: in.slot, to: f.target})
			}
		})
	}
}

// flows adds the links of the flows of a stock. A flow that both fills and drains it counts once,
// with the sum of both.
func (w *web) flows(v *resolved.Variable) {
	for e := range v.Size() {
		s := stock{slot: int32(w.p.Slot(v) + e), first: len(w.links)}
		add := func(f *resolved.Variable, factor float64) {
			slot := int32(w.p.Slot(f) + e)
			if i := slices.Index(s.flows, slot); i >= 0 {
				s.factors[i] += factor
				return
			}
			s.flows, s.factors = append(s.flows, slot), append(s.factors, factor)
			w.links = append(w.links, direct{from: slot, to: s.slot})
		}
		for _, f := range v.Inflows {
			add(f, 1)
		}
		for _, f := range v.Outflows {
			add(f, -1)
		}
		w.stocks = append(w.stocks, s)
	}
}

// delayed adds the formulas of the inputs of a delay state.
func (w *web) delayed(b *builder, v *resolved.Variable) {
	lags := map[int32]*formula{}
	for _, p := range v.Delay {
		eachElement(b, v, p, func(element int) {
			lags[int32(w.p.Slot(v)+element)] = b.build(0, p.Expr)
		})
	}
	for _, p := range v.Input {
		eachElement(b, v, p, func(element int) {
			f := b.build(int32(w.p.Slot(v)+element), p.Expr)
			f.first = len(w.links)
			w.lags = append(w.lags, lag{formula: f, delay: lags[f.target]})
			for _, in := range f.inputs {
				w.links = append(w.links, direct{from: in.slot, to: f.target, lag: 1})
			}
		})
	}
}

// eachElement calls build for every element that a part of a variable is for, with the iterations
// of its loops set.
func eachElement(b *builder, v *resolved.Variable, p *resolved.Part, build func(element int)) {
	var over func(dimension, element int)
	over = func(dimension, element int) {
		if dimension == len(v.Over) {
			build(element)
			return
		}
		l := p.Loops[dimension]
		for i, at := range l.At {
			b.at[l] = i
			over(dimension+1, element*len(v.Over[dimension].Elements)+at)
		}
	}
	over(0, 0)
}

// inFeedback reports of each variable, by its number, whether it can take part in a loop: whether
// it is in a cycle of variables.
func inFeedback(r *resolved.Model) []bool {
	n := len(r.Variables)
	to := make([][]int, n)
	self := make([]bool, n)
	for _, v := range r.Variables {
		for _, x := range causes(v) {
			if x == v {
				self[v.ID] = true
			}
			to[x.ID] = append(to[x.ID], v.ID)
		}
	}
	roots := make([]int, n)
	for i := range roots {
		roots[i] = i
	}
	out := make([]bool, n)
	for _, c := range graph.Components(roots, n, func(v int) []int { return to[v] }) {
		for _, v := range c {
			out[v] = len(c) > 1 || self[v]
		}
	}
	return out
}

// causes returns the variables that act on one while the model runs.
func causes(v *resolved.Variable) []*resolved.Variable {
	var out []*resolved.Variable
	var walk func(resolved.Expr)
	walk = func(e resolved.Expr) {
		if ref, is := e.(*resolved.Ref); is && !slices.Contains(out, ref.Var) {
			out = append(out, ref.Var)
		}
		for _, x := range resolved.Children(e) {
			walk(x)
		}
	}
	switch v.Kind {
	case resolved.Aux, resolved.Flow:
		for _, p := range v.Parts {
			walk(p.Expr)
		}
	case resolved.DelayState:
		for _, p := range v.Input {
			walk(p.Expr)
		}
	case resolved.Stock:
		out = append(slices.Clone(v.Inflows), v.Outflows...)
	}
	return out
}
