package diagram

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/report/internal/fixture"
)

// A chain of two stocks, hired → novices → veterans → leaving, with n auxiliaries one
// after the other between the veterans and the hiring.
func madeUpGraph(n int) *model.Graph {
	g := &model.Graph{}
	add := func(name string, kind model.NodeKind) *model.Node {
		v := &resolved.Variable{Name: name, Label: name}
		g.Nodes = append(g.Nodes, &model.Node{Name: name, Label: name, Kind: kind, Variable: v})
		return g.Nodes[len(g.Nodes)-1]
	}
	hired, grown, left := add("hired", model.NodeFlow), add("grown", model.NodeFlow), add("left", model.NodeFlow)
	novices, veterans := add("novices", model.NodeStock), add("veterans", model.NodeStock)
	novices.Variable.Inflows, novices.Variable.Outflows = vars(hired), vars(grown)
	veterans.Variable.Inflows, veterans.Variable.Outflows = vars(grown), vars(left)
	link := func(a, z *model.Node) { g.Links = append(g.Links, &model.Link{From: a, To: z}) }
	link(novices, grown)
	link(veterans, left)
	last := veterans
	for i := range n {
		aux := add("step "+strings.Repeat("i", i+1), model.NodeAux)
		link(last, aux)
		last = aux
	}
	link(last, hired)
	link(add("pay", model.NodeDecision), left)
	add("idle", model.NodeDecision)
	add("rate", model.NodeConstant)
	return g
}

func vars(nodes ...*model.Node) []*resolved.Variable {
	out := []*resolved.Variable{}
	for _, n := range nodes {
		out = append(out, n.Variable)
	}
	return out
}

// Names in a picture are text, whatever they hold.
func TestPictureOfTheModelIsTextOnly(t *testing.T) {
	b, _ := drawnGraph()
	b.Graph.Nodes[3].Label = fixture.Evil
	b.C.Set.Model.Variables[0].Label = fixture.Evil
	pictures := b.Pictures()
	if len(pictures) != 1 {
		t.Fatalf("%d pictures", len(pictures))
	}
	if text := string(pictures[0].SVG); strings.Contains(text, "<script") || !strings.Contains(text, "novices") {
		t.Errorf("a name got through as markup, or the picture is empty: %s", text)
	}
}

// The page lays out only in its script; a model that nobody has drawn has no static picture.
func TestModelsThatNobodyHasDrawn(t *testing.T) {
	b := drawer(fixture.MadeUp())
	b.Graph = madeUpGraph(3)
	if len(b.Pictures()) != 0 {
		t.Error("a picture of nothing")
	}
}
