package structure

import (
	"cmp"

	"weir/model/resolved"
)

// Seen returns the lowest and highest value that a declared variable had in a run, over its
// elements and saved times. It returns false for a variable that the run does not have.
type Seen func(name string) (low, high float64, ok bool)

// Of returns the links and feedback loops of a checked model.
//
// The sign of a link is that of the partial derivative, as far as the equations show it:
// operators and lookups that only rise or only fall, factors that cannot be negative (see
// signs). With seen, signs need to hold only where the values of that run lie, and more of
// them are known: a stock that the run shows above 0 need not be proved so. With a nil seen
// signs hold for all values that constants and decisions may have.
//
// Up to MaxLoops all loops are listed. A model may have far more, since their number grows
// exponentially. Then the list has the shortest loop through each link that takes part in
// feedback, as in the shortest independent loop set of R. Oliva, "Model structure analysis
// through graph theory", System Dynamics Review 20(4), 2004, again up to MaxLoops; LeftOut
// says so. Loops are searched among the elements of arrays, so that an ageing chain, in
// which each grade feeds the next, is not taken for a loop. In models of very many elements
// each array counts as one variable.
func Of(r *resolved.Model, seen Seen) *Graph {
	s := newFinder(r, seen)
	s.findLoops()
	return s.g
}

// Links returns the structure of a model without its loops, which is quicker to find.
func Links(r *resolved.Model, seen Seen) *Graph { return newFinder(r, seen).g }

// newFinder finds the nodes and links.
func newFinder(r *resolved.Model, seen Seen) *finder {
	s := &finder{
		r: r, signs: newSigns(r, seen), g: &Graph{},
		nodes:   map[*resolved.Variable]*Node{},
		limited: map[*resolved.Variable]resolved.Limit{},
	}
	for _, l := range r.Limits {
		s.limited[l.Limited] = l
	}
	for _, v := range r.Variables {
		if !v.Hidden {
			n := &Node{Name: v.Name, Label: cmp.Or(v.Label, v.Name), Unit: v.Unit, Kind: nodeKind(v), Variable: v}
			s.g.Nodes = append(s.g.Nodes, n)
			s.nodes[v] = n
		}
	}
	for _, v := range r.Variables {
		s.influences(v)
	}
	s.foldLinks()
	return s
}

// A finder is the work of one call of Of.
type finder struct {
	r     *resolved.Model
	signs *signs
	g     *Graph
	// of declared variables only
	nodes map[*resolved.Variable]*Node
	// by the variable that holds the limited flow
	limited map[*resolved.Variable]resolved.Limit
	edges   []*influence // between variables, hidden ones too
	// signs of influences by their two ends, without those on initial values
	between map[[2]*resolved.Variable]Sign
	known   map[string]bool // loops of elements that were added, see isKnown
	rank    map[*Node]int   // see rankNodes
}
