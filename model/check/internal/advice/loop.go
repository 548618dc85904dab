package advice

import (
	"slices"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"weir/model/resolved"
)

// mostCells bounds the elements of a loop of stocks whose matrix is looked at.
const mostCells = 40

// loops returns the groups of stocks that act on each other, at least one of them declared in the
// file, in the order of the model. Larger ones than mostCells are left out.
func (s *stepper) loops() [][]*resolved.Variable {
	g := simple.NewDirectedGraph()
	for _, v := range s.Resolved.Variables {
		g.AddNode(simple.Node(v.ID))
	}
	for _, v := range s.Resolved.Variables {
		s.sources(v, func(source *resolved.Variable) {
			if source != v {
				g.SetEdge(simple.Edge{F: simple.Node(source.ID), T: simple.Node(v.ID)})
			}
		})
	}
	var out [][]*resolved.Variable
	for _, component := range topo.TarjanSCC(g) {
		var group []*resolved.Variable
		cells, shown := 0, false
		for _, n := range component {
			if v := s.Resolved.Variables[n.ID()]; v.Kind == resolved.Stock {
				group, cells, shown = append(group, v), cells+v.Size(), shown || !v.Hidden
			}
		}
		slices.SortFunc(group, func(a, b *resolved.Variable) int { return a.ID - b.ID })
		if len(group) > 1 && cells <= mostCells && shown {
			out = append(out, group)
		}
	}
	slices.SortFunc(out, func(a, b []*resolved.Variable) int { return a[0].ID - b[0].ID })
	return out
}

// sources calls f for the variables that move another one: the flows of a stock, and all that the
// equations of others read. Initial values move nothing.
func (s *stepper) sources(v *resolved.Variable, f func(source *resolved.Variable)) {
	if v.Kind == resolved.Stock {
		for _, flow := range slices.Concat(v.Inflows, v.Outflows) {
			f(flow)
		}
		return
	}
	var visit func(e resolved.Expr)
	visit = func(e resolved.Expr) {
		if ref, ok := e.(*resolved.Ref); ok {
			f(ref.Var)
		}
		for _, x := range resolved.Children(e) {
			visit(x)
		}
	}
	parts := slices.Concat(v.Parts, v.Input)
	if w := s.wanted[v]; w != nil {
		parts = w.Parts
	}
	for _, p := range parts {
		visit(p.Expr)
	}
}
