package order

import (
	"cmp"
	"slices"

	"weir/model/check/internal/box"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/graph"
	"weir/model/resolved"
)

// Bounds of ordering element by element.
const (
	maxOrderedElements = 1_000_000
	maxOrderedEdges    = 20_000_000
)

// elements is a set of variables that depend on each other, as a graph of their elements.
type elements struct {
	vars  []*resolved.Variable
	first []int       // by variable: the number of its first element
	by    map[int]int // position in vars, by ID
	nodes []element
	count int // edges
}

// An element is a node of the graph.
type element struct {
	v         int // position in vars
	part      int // position in the variable's parts
	iteration int // row-major over the part's loops
	needs     []int
	level     int // how many elements in a row must come before
}

// elementwise orders a set of variables by their elements: into levels of elements that need
// only lower levels, which are put together into boxes again.
func (o *ordering) elementwise(ids []int) {
	g, ok := o.elementGraph(ids)
	if !ok {
		return
	}
	found := graph.Components(box.Count(len(g.nodes)), len(g.nodes), g.needs)
	circular := false
	for _, c := range found {
		if len(c) > 1 || slices.Contains(g.nodes[c[0]].needs, c[0]) {
			circular = true
			o.cycles = append(o.cycles, cycle{g, c})
		}
	}
	if !circular {
		o.assignLevels(g, found)
	}
}

// needs returns the elements that an element's equation reads.
func (g *elements) needs(node int) []int { return g.nodes[node].needs }

// elementGraph returns the graph, false if it is too large.
func (o *ordering) elementGraph(ids []int) (*elements, bool) {
	g := &elements{by: map[int]int{}}
	size := 0
	for _, id := range ids {
		v := o.Out.Variables[id]
		g.by[id] = len(g.vars)
		g.vars = append(g.vars, v)
		g.first = append(g.first, size)
		if size += v.Size(); size > maxOrderedElements {
			return nil, o.tooMany(g)
		}
	}
	g.nodes = make([]element, size)
	for i, v := range g.vars {
		for j, p := range v.Parts {
			if !g.addPart(i, j, p) {
				return nil, o.tooMany(g)
			}
		}
	}
	return g, true
}

// tooMany reports a graph that is too large, and returns false.
func (o *ordering) tooMany(g *elements) bool {
	v := declared(g.vars[0])
	o.State.Report(code.TooComplex, v.Span, "break the cycle with a stock, previous(…) or a delay",
		"%s depends on itself through more elements than can be put in order", v)
	return false
}

// addPart adds the elements of a part with those they need. It returns false if there are too
// many edges. An element that is read twice is needed once. Iterations count row-major over the
// part's own loops, elements over the whole array.
func (g *elements) addPart(v, part int, p *resolved.Part) bool {
	links := g.links(p)
	extents := make([]int, len(p.Loops))
	for i, l := range p.Loops {
		extents[i] = len(l.At)
	}
	turn := make(tree.Iteration, len(p.Loops))
	for t := range box.Product(extents) {
		n := g.first[v]
		rest := 0
		for i, at := range box.At(t, extents) {
			turn[p.Loops[i]] = at[0]
			rest = rest*len(p.Loops[i].Dim.Elements) + p.Loops[i].At[at[0]]
		}
		n += rest
		var needs []int
		for _, l := range links {
			needs = l.targets(turn, needs)
		}
		slices.Sort(needs)
		needs = slices.Compact(needs)
		g.nodes[n] = element{v: v, part: part, iteration: t, needs: needs}
		if g.count += len(needs); g.count > maxOrderedEdges {
			return false
		}
	}
	return true
}

// A link is a reference to one of the variables inside an expression.
type link struct {
	first int // number of the variable's first element
	// the number of elements in each of the variable's dimensions
	extents []int
	at      []resolved.Pos
	inner   []*resolved.Loop // of reductions around it that it follows
}

// links returns the references of a part to variables of the set.
func (g *elements) links(p *resolved.Part) []link {
	var out []link
	tree.References(p.Expr, nil, func(ref *resolved.Ref, around []*resolved.Loop) {
		i, member := g.by[ref.Var.ID]
		if !member {
			return
		}
		l := link{first: g.first[i], at: ref.At}
		for _, d := range ref.Var.Over {
			l.extents = append(l.extents, len(d.Elements))
		}
		for _, loop := range around {
			if slices.ContainsFunc(ref.At, func(p resolved.Pos) bool { return p.Loop == loop }) {
				l.inner = append(l.inner, loop)
			}
		}
		out = append(out, l)
	})
	return out
}

// targets appends the elements that a link leads to, in an iteration of the part's loops. It writes
// the iterations of the inner loops into in, whose other entries it leaves.
func (l link) targets(in tree.Iteration, to []int) []int {
	return l.along(l.inner, in, to)
}

// along runs through the loops of the reductions around the reference.
func (l link) along(inner []*resolved.Loop, in tree.Iteration, to []int) []int {
	if len(inner) == 0 {
		return append(to, l.first+l.place(in))
	}
	for i := range inner[0].At {
		in[inner[0]] = i
		to = l.along(inner[1:], in, to)
	}
	return to
}

// place returns the row-major number of the element read in an iteration. In must have every loop
// that the reference follows.
func (l link) place(in tree.Iteration) int {
	n := 0
	for i, p := range l.at {
		at := p.Fixed
		if p.Loop != nil {
			at = p.Map[in[p.Loop]]
		}
		n = n*l.extents[i] + at
	}
	return n
}

// assignLevels adds the assignments, level by level, variable by variable, part by part. Order has
// each element after those it needs, one per component, so that their levels are known when its own
// is taken.
func (o *ordering) assignLevels(g *elements, order [][]int) {
	var nodes []int
	for _, c := range order {
		n := &g.nodes[c[0]]
		for _, need := range n.needs {
			n.level = max(n.level, g.nodes[need].level+1)
		}
		nodes = append(nodes, c[0])
	}
	slices.SortFunc(nodes, func(a, b int) int {
		x, y := g.nodes[a], g.nodes[b]
		return cmp.Or(cmp.Compare(x.level, y.level), cmp.Compare(x.v, y.v), cmp.Compare(x.part, y.part),
			cmp.Compare(x.iteration, y.iteration))
	})
	for len(nodes) > 0 {
		n := 1
		for n < len(nodes) && g.together(nodes[0], nodes[n]) {
			n++
		}
		o.assign(g, nodes[:n])
		nodes = nodes[n:]
	}
}

// together reports whether two elements are computed by one assignment.
func (g *elements) together(a, b int) bool {
	x, y := g.nodes[a], g.nodes[b]
	return x.level == y.level && x.v == y.v && x.part == y.part
}

// assign adds the assignments for some elements of one part. Elements of one level do not need each
// other, so they may be computed in any order and are put together into as few boxes as Boxes
// finds.
func (o *ordering) assign(g *elements, nodes []int) {
	v := g.vars[g.nodes[nodes[0]].v]
	p := v.Parts[g.nodes[nodes[0]].part]
	extents := make([]int, len(p.Loops))
	for i, l := range p.Loops {
		extents[i] = len(l.At)
	}
	turns := make([]int, len(nodes))
	for i, n := range nodes {
		turns[i] = g.nodes[n].iteration
	}
	for _, b := range box.Boxes(turns, extents) {
		o.out = append(o.out, resolved.Assign{Var: v, Part: narrow(p, b)})
	}
}

// narrow returns a part for some of its iterations only. The loops that it does not narrow, and the
// parts of the expression that follow none of the others, are shared. A part that stays whole is
// returned itself.
func narrow(p *resolved.Part, b box.Box) *resolved.Part {
	out := &resolved.Part{Span: p.Span, Text: p.Text}
	w := tree.Swaps{}
	for i, l := range p.Loops {
		if len(b[i]) == len(l.At) {
			out.Loops = append(out.Loops, l)
			continue
		}
		own := &resolved.Loop{Dim: l.Dim}
		for _, turn := range b[i] {
			own.At = append(own.At, l.At[turn])
		}
		out.Loops = append(out.Loops, own)
		w[l] = tree.Swap{Loop: own, At: b[i]}
	}
	if len(w) == 0 {
		return p
	}
	out.Expr = w.In(p.Expr)
	return out
}
