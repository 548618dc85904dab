package diagram

import (
	"math"
	"strings"
	"testing"

	"weir/model"
	"weir/scenarios/report/internal/fixture"
)

// drawnGraph is madeUpGraph with a view of it, in which names stand so near that they
// would cover each other.
func drawnGraph() (*Drawer, *model.View) {
	b := drawer(fixture.MadeUp())
	b.Graph = madeUpGraph(2)
	v := &model.View{Name: "main", Label: "View 1", Places: []model.Place{
		{Key: "hired", X: 60, Y: 50}, {Key: "novices", X: 150, Y: 50, Width: 40, Height: 30}, {Key: "grown", X: 200, Y: 50},
		{Key: "veterans", X: 260, Y: 50}, {Key: "left", X: 260, Y: 110},
		{Key: "step i", X: 150, Y: 95}, {Key: "step ii", X: 158, Y: 103}, {Key: "pay", X: 330, Y: 110}, {Key: "time", X: 150, Y: 150, Ghost: true},
	}, Pipes: []model.Pipe{
		{Flow: "hired", Points: [][2]float64{{0, 50}, {130, 50}}},
		{Flow: "left", Points: [][2]float64{{260, 70}, {260, 170}}},
	}, Arrows: []model.Arrow{
		{From: "veterans", To: "step i", Points: [][2]float64{{210, 90}}, Sign: "+"},
		{From: "pay", To: "left"}, {From: "time", To: "nowhere"},
	}, Notes: []model.Note{{Text: "made up <b>", X: 400, Y: 50}}, Boxes: []model.Box{{Kind: model.BoxGroup, Name: "all", X: 200, Y: 100, Width: 400, Height: 200}}}
	set := *b.C.Set
	b.C.Set = &set
	b.C.Set.Model = &model.Model{Views: []*model.View{v}, Variables: []*model.Variable{
		{Name: "novices", Kind: model.KindStock, Inflow: []string{"hired"}, Outflow: []string{"grown"}},
		{Name: "veterans", Kind: model.KindStock, Inflow: []string{"grown"}, Outflow: []string{"left"}},
	}}
	return b, v
}

// Names of a picture that somebody drew go apart until none covers another.
func TestNamesOfADrawnPictureDoNotCoverEachOther(t *testing.T) {
	b, v := drawnGraph()
	d := b.newDrawing(v)
	if d.scale <= 1 {
		t.Error("the names stand as near as they were drawn, where they cover each other")
	}
	for i, s := range d.spots {
		for _, o := range d.spots[:i] {
			if s.over(o) > 0 {
				t.Errorf("%s covers %s", s.at.Key, o.at.Key)
			}
		}
		for _, r := range []rect{s.box, s.words} {
			if r.x-r.w/2 < d.left || r.y-r.h/2 < d.top || r.x+r.w/2 > d.left+d.width || r.y+r.h/2 > d.top+d.height {
				t.Errorf("%s is outside", s.at.Key)
			}
		}
	}
}

// Everything stands as it was drawn, only larger.
func TestADrawnPictureKeepsItsShape(t *testing.T) {
	b, v := drawnGraph()
	d := b.newDrawing(v)
	for _, s := range d.spots {
		if math.Abs(s.box.x-s.at.X*d.scale) > 1e-9 || math.Abs(s.box.y-s.at.Y*d.scale) > 1e-9 {
			t.Errorf("%s, drawn at %v, %v, stands at %v, %v of a picture of %v times the size", s.at.Key, s.at.X, s.at.Y, s.box.x, s.box.y, d.scale)
		}
	}
}

// A pipe ends at the side of the stock's box, as large as it is here, and in a cloud where
// there is no stock; one that goes down has its name beside it.
func TestPipesOfADrawnPictureMeetTheirStocks(t *testing.T) {
	b, v := drawnGraph()
	d := b.newDrawing(v)
	novices := d.at["novices"].box
	way := d.way(d.at["hired"])
	if end := way[len(way)-1]; math.Abs(end[0]-(novices.x-novices.w/2)) > 2 || way[0] != [2]float64{0, 50 * d.scale} {
		t.Errorf("the pipe goes through %v to a box from %v on", way, novices.x-novices.w/2)
	}
	way = d.way(d.at["grown"]) // which has no pipe in the view
	veterans := d.at["veterans"].box
	if a, z := way[0], way[len(way)-1]; math.Abs(a[0]-(novices.x+novices.w/2)) > 2 || math.Abs(z[0]-(veterans.x-veterans.w/2)) > 2 {
		t.Errorf("the pipe between the stocks goes through %v", way)
	}
	if s := d.at["left"]; s.words.y != s.box.y {
		t.Error("the name of a pipe that goes down stands across it")
	}
}

// The page shows what was drawn in place of a picture of its own, as text only.
func TestDrawnPicturesOnThePage(t *testing.T) {
	b, _ := drawnGraph()
	pictures := b.Pictures()
	if len(pictures) != 1 || !strings.HasPrefix(pictures[0].Words, "The model as it was drawn.") {
		t.Fatalf("%d pictures, %+v", len(pictures), pictures)
	}
	svg := string(pictures[0].SVG)
	for _, want := range []string{"made up &lt;b&gt;", `data-from="pay" data-to="left"`, `class="part table ghost" data-part="time"`, ">all</text>", ">+</text>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Count(svg, `class="cloud"`) != 2 || strings.Contains(svg, "nowhere") || svg != string(b.Pictures()[0].SVG) {
		t.Error("the clouds are not two, an arrow leads nowhere, or the picture is not the same twice")
	}
}

// Where nobody has drawn arrows, those of the model are drawn.
func TestADrawnPictureWithoutArrows(t *testing.T) {
	b, v := drawnGraph()
	v.Arrows = nil
	svg := string(b.Pictures()[0].SVG)
	if !strings.Contains(svg, `data-from="novices" data-to="grown"`) || strings.Contains(svg, `data-from="hired" data-to="novices"`) {
		t.Error("what acts on what is not drawn, or a flow is drawn twice")
	}
}

// An arrow whose direction is given bends to that side: one that sets out upwards goes above.
func TestArrowsBendAsTheyWereDrawn(t *testing.T) {
	d := &drawing{scale: 1}
	up := 90.0
	line := d.course(model.Arrow{Angle: &up}, rect{x: 0, y: 0}, rect{x: 100, y: 0})
	if middle := line[len(line)/2]; math.Abs(middle[0]-50) > 1e-9 || math.Abs(middle[1]+50) > 4 { // half a circle would rise 50
		t.Errorf("the middle is at %v", middle)
	}
}
