// Package structure is the graph of a resolved model: nodes, links with their signs, and
// feedback loops with their polarities.
package structure

import (
	"cmp"
	"slices"

	"weir/model/resolved"
)

// A Graph is what a model's variables depend on, for pictures and for the question
// why: declared variables only, what expansion added is folded into its owner.
type Graph struct {
	Nodes []*Node // in file order
	Links []*Link // by From, then To, in file order
	Loops []*Loop // shortest first, then by name
	// LoopsCut says that there are more loops than were looked for; see Structure.
	LoopsCut bool
}

// A NodeKind says what a node is, as the model file does.
type NodeKind string

// The kinds of node. A lookup that is only called is part of a link, not a node.
const (
	NodeStock    NodeKind = "stock"
	NodeFlow     NodeKind = "flow"
	NodeAux      NodeKind = "aux"
	NodeConstant NodeKind = "constant"
	NodeDecision NodeKind = "decision"
	NodeData     NodeKind = "data"
)

// A Node is a declared variable.
type Node struct {
	Name, Label, Unit string
	Kind              NodeKind
	Variable          *resolved.Variable
}

// A Sign says in which direction a change travels along a link or around a loop,
// all else equal.
type Sign int8

// The signs. Unknown is not zero influence: the direction depends on the values, or
// cannot be seen in the equations.
const (
	Negative Sign = -1
	Unknown  Sign = 0
	Positive Sign = 1
)

func (s Sign) String() string { return [...]string{"-", "?", "+"}[s+1] }

// A Link is an influence of one variable on another.
type Link struct {
	From, To *Node
	Sign     Sign
	Material bool // what flows: from a stock to its outflow, from an inflow to its stock
	Delayed  bool // through a delay, smooth, trend or memory
	Initial  bool // on an initial value only; such links are part of no loop
}

// A Loop is a feedback loop. Nodes[i] acts on Nodes[i+1] with Signs[i], the last on
// the first. It begins with its first stock in file order.
type Loop struct {
	Nodes    []*Node
	Signs    []Sign
	Polarity Polarity
	Delayed  bool
}

// A Polarity says what a loop does to a change.
type Polarity string

// The polarities: a reinforcing loop makes a change grow, a balancing one works
// against it.
const (
	Reinforcing Polarity = "reinforcing"
	Balancing   Polarity = "balancing"
	NotKnown    Polarity = "unknown"
)

// Names are the names of a loop's variables.
func (l *Loop) Names() []string {
	var out []string
	for _, n := range l.Nodes {
		out = append(out, n.Name)
	}
	return out
}

// Node returns the node of that name, or nil.
func (g *Graph) Node(name string) *Node {
	for _, n := range g.Nodes {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// Structure finds the links and feedback loops of a checked model.
//
// A model has too many loops to list (their number grows exponentially), so these
// are the shortest loop through each link that is part of any: every link that
// takes part in feedback is in one of them, as in the shortest independent loop set
// of R. Oliva, "Model structure analysis through graph theory", System Dynamics
// Review 20(4), 2004. At most MaxLoops are kept. Loops are looked for among the
// elements of arrays, so that an ageing chain, in which each grade feeds the next,
// is not taken for a loop; models of very many elements are searched as if each
// array were one variable.
//
// A link's sign is that of the partial derivative, as far as the equations show it:
// operators and lookups that only rise or only fall, factors that cannot be
// negative (see signs).
func Structure(r *resolved.Model) *Graph { return StructureSeen(r, nil) }

// Seen gives the lowest and highest value that a declared variable had in a run, over
// its elements; ok is false for one that the run does not have.
type Seen func(name string) (low, high float64, ok bool)

// StructureSeen is Structure with signs that need hold only where each variable lies
// between what was seen of it: more of them are known, since a stock that a run shows
// above 0 need not be proved so. A nil seen proves all.
func StructureSeen(r *resolved.Model, seen Seen) *Graph {
	s := &structure{r: r, signs: newSigns(r, seen), g: &Graph{}, nodes: map[*resolved.Variable]*Node{}, limited: map[*resolved.Variable]resolved.Limit{}}
	for _, l := range r.Limits {
		s.limited[l.Flow] = l
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
	s.findLoops()
	return s.g
}

// structure is the work of one call of Structure.
type structure struct {
	r       *resolved.Model
	signs   *signs
	g       *Graph
	nodes   map[*resolved.Variable]*Node
	limited map[*resolved.Variable]resolved.Limit
	edges   []*influence // between variables, hidden ones too
	between map[[2]*resolved.Variable]Sign
}

// nodeKind tells data series from other auxiliaries.
func nodeKind(v *resolved.Variable) NodeKind {
	switch v.Kind {
	case resolved.Stock:
		return NodeStock
	case resolved.Flow:
		return NodeFlow
	case resolved.Constant:
		return NodeConstant
	case resolved.Decision:
		return NodeDecision
	}
	if len(v.Parts) > 0 {
		if l, ok := v.Parts[0].Expr.(*resolved.Lookup); ok && l.Table.Data {
			if _, ok := l.X.(*resolved.Clock); ok {
				return NodeData
			}
		}
	}
	return NodeAux
}

// An influence is a direct dependency between two variables, with every place where
// it happens.
type influence struct {
	from, to *resolved.Variable
	sign     Sign
	initial  bool
	material bool
	uses     []mentioned // nil: element by element
}

// A mentioned is one mention of a variable in an equation, inside some reductions.
type mentioned struct {
	part *resolved.Part
	ref  *resolved.Ref
	over []*resolved.Loop // of the reductions around it
}

// influences finds what acts on a variable.
func (s *structure) influences(v *resolved.Variable) {
	found := map[edgeKey]*influence{}
	add := func(from *resolved.Variable, sign Sign, initial, material bool, u *mentioned) {
		e := found[edgeKey{from, initial}]
		if e == nil {
			e = &influence{from: from, to: v, sign: sign, initial: initial, material: material}
			found[edgeKey{from, initial}] = e
			s.edges = append(s.edges, e)
		} else if e.sign != sign {
			e.sign = Unknown
		}
		if u != nil {
			e.uses = append(e.uses, *u)
		}
	}
	if l, ok := s.limited[v]; ok { // min(wanted, what the stock can give)
		add(l.Wanted, Positive, false, false, nil)
		add(l.Stock, Positive, false, false, nil)
		return
	}
	equations := func(parts []*resolved.Part, initial bool) {
		for _, p := range parts {
			s.signs.walk(p.Expr, Positive, nil, func(ref *resolved.Ref, sign Sign, over []*resolved.Loop) {
				if isOnBelt(ref.Var) && owner(v) != ref.Var.Owner {
					add(ref.Var.Owner, sign, initial, false, nil) // what is on a conveyor is the stock
					return
				}
				add(ref.Var, sign, initial, false, &mentioned{p, ref, over})
			})
		}
	}
	later := v.Kind == resolved.Stock || v.Kind == resolved.Memory || v.Kind == resolved.Initial
	equations(v.Parts, later)
	equations(v.Input, false)
	equations(v.Delay, true)
	for _, f := range v.Inflows {
		add(f, Positive, false, true, nil)
	}
	for _, f := range v.Outflows {
		add(f, Negative, false, true, nil)
	}
}

type edgeKey struct {
	from    *resolved.Variable
	initial bool
}

// owner is the declared variable that a variable belongs to.
func owner(v *resolved.Variable) *resolved.Variable {
	if v.Hidden && v.Owner != nil {
		return v.Owner
	}
	return v
}

// foldLinks makes links between declared variables: what enters a variable's hidden
// part acts on the variable as that part does.
func (s *structure) foldLinks() {
	effects := s.effects()
	links := map[linkKey]*Link{}
	for _, e := range s.edges {
		from, to := s.nodes[owner(e.from)], s.nodes[owner(e.to)]
		effect, reaches := effects[e.to]
		if from == nil || to == nil || from == to || !reaches || e.from.Hidden && !leaksOff(e.from) {
			continue
		}
		key := linkKey{from, to, e.initial || effect.initial}
		sign := e.sign * effect.sign
		l := links[key]
		if l == nil {
			l = &Link{From: from, To: to, Sign: sign, Initial: key.initial, Material: e.material}
			links[key] = l
			s.g.Links = append(s.g.Links, l)
		} else if l.Sign != sign {
			l.Sign = Unknown
		}
		l.Delayed = l.Delayed || effect.delayed && !key.initial
	}
	s.g.Links = slices.DeleteFunc(s.g.Links, func(l *Link) bool { return l.Initial && links[linkKey{l.From, l.To, false}] != nil })
	s.markMaterial()
	place := map[*Node]int{}
	for i, n := range s.g.Nodes {
		place[n] = i
	}
	slices.SortStableFunc(s.g.Links, func(a, b *Link) int {
		return cmp.Or(cmp.Compare(place[a.From], place[b.From]), cmp.Compare(place[a.To], place[b.To]))
	})
}

type linkKey struct {
	from, to *Node
	initial  bool
}

// markMaterial marks the links along which things flow out of stocks.
func (s *structure) markMaterial() {
	for _, l := range s.g.Links {
		if slices.Contains(l.From.Variable.Outflows, l.To.Variable) && !l.Initial {
			l.Material = true
		}
	}
}

// An effect is what a hidden variable does to its owner.
type effect struct {
	sign    Sign
	delayed bool
	initial bool // at the start only
}

// effects follows hidden variables to their owners. Hidden variables from which no
// way leads there, such as sums of what was turned away, have none. The ways back
// into a hidden stock (its own decay) do not count.
func (s *structure) effects() map[*resolved.Variable]effect {
	next := map[*resolved.Variable][]*influence{}
	for _, e := range s.edges {
		if e.from.Hidden {
			next[e.from] = append(next[e.from], e)
		}
	}
	out := map[*resolved.Variable]effect{}
	open := map[*resolved.Variable]bool{}
	var find func(v *resolved.Variable) (effect, bool)
	find = func(v *resolved.Variable) (effect, bool) {
		if !v.Hidden {
			return effect{sign: Positive}, true
		}
		if known, ok := out[v]; ok || open[v] {
			return known, ok
		}
		if isOnBelt(v) {
			return effect{sign: Positive, delayed: true}, true
		}
		open[v] = true
		defer delete(open, v)
		result, any := effect{}, false
		for _, e := range next[v] {
			if onward, ok := find(e.to); ok && owner(e.to) == owner(v) {
				onward.sign *= e.sign
				onward.initial = onward.initial || e.initial
				result, any = join(result, onward, any)
			}
		}
		result.delayed = result.delayed || v.Kind == resolved.Stock || v.Kind == resolved.Memory
		if any {
			out[v] = result
		}
		return result, any
	}
	for _, v := range s.r.Variables {
		if e, ok := find(v); ok {
			out[v] = e
		}
	}
	return out
}

// join is the effect along two ways. What acts at every time outweighs what acts at
// the start.
func join(a, b effect, both bool) (effect, bool) {
	switch {
	case !both || a.initial && !b.initial:
		return b, true
	case b.initial && !a.initial:
		return a, true
	case a.sign != b.sign:
		a.sign = Unknown
	}
	a.delayed = a.delayed || b.delayed
	return a, true
}
