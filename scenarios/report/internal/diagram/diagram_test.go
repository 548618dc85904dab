package diagram

import (
	"math"
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

func TestPartsOfThePictureDoNotCoverEachOther(t *testing.T) {
	for _, n := range []int{0, 1, 7, 30} {
		l := arranged(newSketch(madeUpGraph(n)))
		for i, a := range l.places {
			for _, b := range l.places[:i] {
				if a.n.Kind != model.NodeFlow && b.n.Kind != model.NodeFlow && overlap(a, b) {
					t.Errorf("with %d steps, %s covers %s", n, a.n.Name, b.n.Name)
				}
			}
			if a.x < 0 || a.y < 0 || a.x+a.width > l.width || a.y > l.height {
				t.Errorf("with %d steps, %s is outside", n, a.n.Name)
			}
		}
	}
}

func overlap(a, b *place) bool {
	return a.x < b.x+b.width && b.x < a.x+a.width && math.Abs(a.y-b.y) < (a.height+b.height)/2-1
}

func TestMaterialFlowsFromLeftToRight(t *testing.T) {
	l := arranged(newSketch(madeUpGraph(2)))
	x := map[string]float64{}
	for _, p := range l.places {
		x[p.n.Name] = p.x
	}
	order := []string{"hired", "novices", "grown", "veterans", "left", "step i", "step ii"}
	for i := range order[1:] {
		if x[order[i]] >= x[order[i+1]] {
			t.Errorf("%s stands at %v, %s at %v", order[i], x[order[i]], order[i+1], x[order[i+1]])
		}
	}
}

func TestFoldingKeepsWhatActsOnWhat(t *testing.T) {
	s := newSketch(madeUpGraph(30))
	if s.count(model.NodeAux) != 30 {
		t.Fatalf("%d steps, want 30", s.count(model.NodeAux))
	}
	s.fold(0)
	for _, n := range s.parts {
		if n.Name == "veterans" && (len(s.to[n]) != 2 || s.to[n][1].Name != "hired" && s.to[n][0].Name != "hired") {
			t.Errorf("veterans act on %v", s.to[n])
		}
		if n.Kind == model.NodeAux || n.Kind == model.NodeConstant || n.Name == "idle" {
			t.Errorf("%s is still drawn", n.Name)
		}
	}
}

func TestPictureOfTheModelIsTextOnly(t *testing.T) {
	c := fixture.MadeUp()
	b := drawer(c)
	b.Graph = madeUpGraph(3)
	b.Graph.Nodes[0].Name, b.Graph.Nodes[0].Label = fixture.Evil, fixture.Evil
	for _, p := range b.Pictures() {
		if strings.Contains(string(p.SVG), "<script") {
			t.Error("a name got through as markup")
		}
	}
	if got := b.Pictures()[0].SVG; got != b.Pictures()[0].SVG || !strings.Contains(string(got), "novices") {
		t.Error("the picture is not the same twice, or empty")
	}
}

func TestModelsWithoutStocksHaveNoPicture(t *testing.T) {
	b := drawer(fixture.MadeUp())
	b.Graph = &model.Graph{}
	if len(b.Pictures()) != 0 {
		t.Error("a picture of nothing")
	}
}
