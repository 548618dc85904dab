// Package diagram draws the model: as somebody has drawn it before, or laid out from its
// structure.
package diagram

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/words"
)

// maxNames is how many auxiliaries the first diagram of a model shows by name. In a larger
// model the rest is folded into arrows, and a second diagram shows them all.
const maxNames = 12

// A Picture is a diagram of the model with the words above it.
type Picture struct {
	Words string
	SVG   template.HTML
}

// A Drawer draws the structure of the model of a comparison.
type Drawer struct {
	*reading.Reading
	Graph *model.Graph
}

// New returns the drawer of a comparison. It never changes.
func New(r *reading.Reading) *Drawer {
	return &Drawer{Reading: r, Graph: r.C.Structure}
}

// Pictures returns the diagrams that the model's file holds, or else one laid out from its
// structure: stocks as boxes, flows as pipes with valves, influences as arrows. The first
// diagram of a larger model folds small steps into arrows.
func (b *Drawer) Pictures() []Picture {
	if drawn := b.drawnViews(); drawn != nil {
		return drawn
	}
	all := newSketch(b.Graph)
	if len(all.parts) == 0 {
		return nil
	}
	names := all.count(model.NodeAux)
	few := newSketch(b.Graph)
	few.fold(maxNames)
	intro := "Boxes hold what accumulates; pipes with a valve fill and drain them; thin arrows say what " +
		"acts on what. Decisions are in colour."
	out := []Picture{{intro, b.draw(few, "model")}}
	if hidden := names - few.count(model.NodeAux); hidden > 0 {
		out[0].Words += " " + prose.Capital(prose.Spelled(hidden)) + " intermediate " +
			words.Verb(hidden, "step is", "steps are") + " folded into the arrows."
		out = append(out, Picture{"Every step of the model", b.draw(all, "model-all")})
	}
	return out
}

// A sketch is the part of the structure that is drawn: without constants and records, which
// the evidence table lists.
type sketch struct {
	parts []*model.Node // in file order
	from  map[*model.Node][]*model.Node
	to    map[*model.Node][]*model.Node
}

// newSketch returns the sketch of a graph.
func newSketch(g *model.Graph) *sketch {
	s := &sketch{from: map[*model.Node][]*model.Node{}, to: map[*model.Node][]*model.Node{}}
	for _, n := range g.Nodes {
		if n.Kind != model.NodeConstant && n.Kind != model.NodeData {
			s.parts = append(s.parts, n)
		}
	}
	for _, l := range g.Links {
		if !l.Material && !l.Initial && slices.Contains(s.parts, l.From) && slices.Contains(s.parts, l.To) {
			s.link(l.From, l.To)
		}
	}
	s.drop()
	return s
}

// link adds an arrow, once, and none from a part to itself.
func (s *sketch) link(from, to *model.Node) {
	if from != to && !slices.Contains(s.to[from], to) {
		s.to[from], s.from[to] = append(s.to[from], to), append(s.from[to], from)
	}
}

// drop removes auxiliaries and decisions without a drawn effect: they only report.
func (s *sketch) drop() {
	// Removing one part can leave its causes without an effect, so it starts over.
	for again := true; again; {
		again = false
		for _, n := range slices.Clone(s.parts) {
			if (n.Kind == model.NodeAux || n.Kind == model.NodeDecision) && len(s.to[n]) == 0 {
				s.remove(n)
				again = true
			}
		}
	}
}

// count returns how many parts are of a kind.
func (s *sketch) count(kind model.NodeKind) int {
	n := 0
	for _, p := range s.parts {
		if p.Kind == kind {
			n++
		}
	}
	return n
}

// fold replaces auxiliaries by arrows from their causes to their effects until at most so
// many are left, each time the one that adds the fewest arrows.
func (s *sketch) fold(most int) {
	for s.count(model.NodeAux) > most {
		var best *model.Node
		for _, n := range s.parts {
			if n.Kind == model.NodeAux && (best == nil || s.price(n) < s.price(best)) {
				best = n
			}
		}
		for _, a := range s.from[best] {
			for _, z := range s.to[best] {
				s.link(a, z)
			}
		}
		s.remove(best)
	}
}

// price returns how many arrows folding an auxiliary adds.
func (s *sketch) price(n *model.Node) int {
	return len(s.from[n])*len(s.to[n]) - len(s.from[n]) - len(s.to[n])
}

// remove takes a part out with its arrows.
func (s *sketch) remove(n *model.Node) {
	is := func(o *model.Node) bool { return o == n }
	for _, a := range s.from[n] {
		s.to[a] = slices.DeleteFunc(s.to[a], is)
	}
	for _, z := range s.to[n] {
		s.from[z] = slices.DeleteFunc(s.from[z], is)
	}
	delete(s.from, n)
	delete(s.to, n)
	s.parts = slices.DeleteFunc(s.parts, is)
}

// Chains returns a table of every drawn variable with its direct causes, for readers who
// cannot see the diagram or would rather read.
func (b *Drawer) Chains() parts.Table {
	t := parts.Table{ID: "chains", Label: "What acts on what, in words",
		Columns: []parts.Column{{Name: "What"}, {Name: "Kind"}, {Name: "What acts on it directly"}}}
	for _, n := range b.Graph.Nodes {
		if n.Kind == model.NodeConstant || n.Kind == model.NodeData || n.Kind == model.NodeDecision {
			continue
		}
		causes := []string{}
		for _, l := range b.Graph.Links {
			if l.To == n && !l.Initial {
				causes = append(causes, b.Names.Of(l.From.Name)+inWords(l))
			}
		}
		v := b.C.Set.Model.Variable(n.Name)
		c := parts.Cell{Text: b.Names.Of(n.Name)}
		if v != nil {
			c.Under = v.About
		}
		t.Rows = append(t.Rows,
			parts.Row{Cells: []parts.Cell{c, {Text: kinds[n.Kind]},
				{Text: cmp.Or(strings.Join(causes, "; "), "nothing: it only changes with time")}}})
	}
	return t
}

// inWords returns the direction of an influence in words, "" if its equation does not show
// it.
func inWords(l *model.Link) string {
	words := map[model.Sign]string{model.Positive: " (more of it, more of this)",
		model.Negative: " (more of it, less of this)"}[l.Sign]
	if l.Delayed {
		return words + ", with a delay"
	}
	return words
}

// kinds are the verbs of the kinds of variables.
var kinds = map[model.NodeKind]string{
	model.NodeStock: "accumulates", model.NodeFlow: "flows", model.NodeAux: "is computed",
}
