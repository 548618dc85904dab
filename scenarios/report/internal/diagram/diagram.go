// Package diagram draws the model as somebody has drawn it before, and says in words what acts on
// what.
package diagram

import (
	"cmp"
	"html/template"
	"strings"

	"weir/model"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/reading"
)

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

// Pictures returns the diagrams that the model's file holds. A model that nobody has drawn has
// none: the page lays out its modules one by one (web/src/walk).
func (b *Drawer) Pictures() []Picture { return b.drawnViews() }

// partTitle returns the label, the description and the unit of a part. For a part that is no
// variable of the model it is the label alone.
func (b *Drawer) partTitle(n *model.Node) string {
	title := b.Names.Of(n.Name)
	if v := b.C.Set.Model.Variable(n.Name); v != nil {
		title = prose.Join(title+".", v.About)
		if v.Owner != "" {
			title += " Decided by " + v.Owner + "."
		}
		if unit := prose.UnitWords(v.Units, b.Plurals); unit != "" {
			title += " In " + unit + "."
		}
	}
	return title
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
