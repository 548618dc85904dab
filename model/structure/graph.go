// Package structure finds the causes and effects in a checked model: the links between its
// variables with their signs, and its feedback loops with their polarities. The page, the XMILE
// writer, weir inspect and the comparison of models all take them from here.
package structure

import (
	"fmt"

	"weir/model/resolved"
)

// A Graph holds the dependencies between a model's variables, for diagrams and for the question
// why. Only declared variables are in it: hidden variables, which expansion added, are folded
// into their owners.
type Graph struct {
	Nodes []*Node // in file order
	Links []*Link // by From, then To, in file order
	Loops []*Loop // shortest first, then by name
	// LoopCount is how many loops the model has, len(Loops) if all are listed. If CountCut
	// is true the search stopped at a bound, and there may be more.
	LoopCount int
	CountCut  bool
}

// LeftOut returns a sentence about the loops that are not in Loops and about the rule by
// which those listed were chosen, "" if Loops has all of them.
func (g *Graph) LeftOut() string {
	const rule = "the shortest loop through each link"
	switch {
	case g.CountCut:
		return fmt.Sprintf("%d of more than %d loops are listed: %s", len(g.Loops),
			max(g.LoopCount, len(g.Loops)), rule)
	case g.LoopCount > len(g.Loops):
		return fmt.Sprintf("%d of %d loops are listed: %s", len(g.Loops), g.LoopCount, rule)
	}
	return ""
}

// A NodeKind is the kind of a node, as the model file names it.
type NodeKind string

// The kinds of node. A lookup that is only called is part of a link and no node.
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

// The signs. Unknown does not mean that there is no influence: its direction depends on the
// values, or cannot be seen in the equations.
const (
	Negative Sign = -1
	Unknown  Sign = 0
	Positive Sign = 1
)

// String returns the sign as causal loop diagrams write it: +, - or ?.
func (s Sign) String() string { return [...]string{"-", "?", "+"}[s+1] }

// A Link is an influence of one variable on another.
type Link struct {
	From, To *Node
	Sign     Sign
	Material bool // a flow of things: from a stock to its outflow, from an inflow to its stock
	Delayed  bool // through a delay, smooth, trend or delay state
	Initial  bool // on an initial value only; such links are part of no loop
}

// A Loop is a feedback loop. Nodes[i] acts on Nodes[i+1] with Signs[i], the last node on the
// first. It begins with its first stock in file order.
type Loop struct {
	// each declared variable once, unless it is passed at different elements
	Nodes    []*Node
	Signs    []Sign
	Polarity Polarity
	Delayed  bool
}

// A Polarity is the effect of a loop on a change.
type Polarity string

// The polarities: a reinforcing loop makes a change grow, a balancing one works
// against it.
const (
	Reinforcing Polarity = "reinforcing"
	Balancing   Polarity = "balancing"
	NotKnown    Polarity = "unknown"
)

// Names returns the names of a loop's variables, in order.
func (l *Loop) Names() []string {
	var out []string
	for _, n := range l.Nodes {
		out = append(out, n.Name)
	}
	return out
}

// Node returns the node of that name, or nil. It looks through all nodes: a caller with many names
// makes a map of its own.
func (g *Graph) Node(name string) *Node {
	for _, n := range g.Nodes {
		if n.Name == name {
			return n
		}
	}
	return nil
}

// nodeKind returns the kind of a variable's node; it tells data series from other auxiliaries.
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
