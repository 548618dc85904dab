package xmile_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"weir/model"
	"weir/model/diagnostic"
)

var placesApart = []cmp.Option{cmpopts.IgnoreTypes(diagnostic.Span{}), cmpopts.EquateEmpty()}

// painted is a model with two pictures, one of them a module's, and an interface.
const painted = `<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>isee systems, inc.</vendor><product version="3.0">Stella</product><name>Painted</name></header>
<sim_specs><start>0</start><stop>4</stop><dt>1</dt></sim_specs>
<model>
 <variables>
  <stock name="Open Land"><eqn>100</eqn><outflow>building</outflow></stock>
  <flow name="building"><eqn>Open_Land * pace</eqn></flow>
  <aux name="pace"><eqn>0.1</eqn></aux>
  <module name="Town"><connect to="Town.rate" from="pace"/></module>
 </variables>
 <views>
  <style color="black"/>
  <view type="stock_flow" page_width="800">
   <style><stock color="blue"/></style>
   <stock x="477.833" y="648.833" width="45" height="35" name="Open\nLand"/>
   <flow x="600" y="660" name="building" label_side="top"><pts><pt x="522.833" y="660"/><pt x="700.5" y="660"/></pts></flow>
   <connector uid="1" angle="-30.25" polarity="+"><from>Open_Land</from><to>building</to></connector>
   <connector uid="2" angle="90" delay_mark="true"><from><alias uid="7"/></from><to>building</to></connector>
   <connector uid="3" angle="10"><from>pace</from><to>Town</to></connector>
   <connector uid="4" angle="10"><from>pace</from><to>elsewhere</to></connector>
   <alias uid="7" x="620" y="560"><of>pace</of></alias>
   <aux x="500" y="500" name="pace"/>
   <aux x="500" name="pace"/>
   <aux x="1" y="2" name="forgotten"/>
   <module x="800" y="500" name="Town"/>
   <group x="400" y="400" width="500" height="300" name="All of it"/>
   <text_box uid="9" x="410" y="410" width="100" height="30">How land &amp; town
go together</text_box>
   <stacked_container uid="10" x="1" y="1"/>
  </view>
  <view type="interface"><text_box x="1" y="1">Welcome</text_box></view>
 </views>
</model>
<model name="Town">
 <variables><aux name="rate" access="input"><eqn>0</eqn></aux><aux name="growth"><eqn>rate * 2</eqn></aux></variables>
 <views><view name="Inside">
  <aux name="rate" x="50" y="60"/><aux name="growth" x="150" y="60"/>
  <connector uid="1" angle="0"><from>rate</from><to>growth</to></connector>
 </view></views>
</model>
</xmile>`

func angle(x float64) *float64 { return &x }

var asPainted = []*model.View{{
	Name: "main",
	Places: []model.Place{
		{Key: "open_land", X: 500.333, Y: 666.333, Width: 45, Height: 35},
		{Key: "building", X: 600, Y: 660, Side: "top"},
		{Key: "pace", X: 500, Y: 500},
		{Key: "pace#2", X: 620, Y: 560, Ghost: true},
	},
	Pipes: []model.Pipe{{Flow: "building", Points: [][2]float64{{522.833, 660}, {700.5, 660}}}},
	Arrows: []model.Arrow{
		{From: "open_land", To: "building", Angle: angle(-30.25), Sign: "+"},
		{From: "pace#2", To: "building", Angle: angle(90), Delayed: true},
		{From: "pace", To: "Town", Angle: angle(10)},
	},
	Notes: []model.Note{{Text: "How land & town\ngo together", X: 460, Y: 425, Width: 100, Height: 30}},
	Boxes: []model.Box{{Kind: model.BoxModule, Name: "Town", X: 800, Y: 500}, {Kind: model.BoxGroup, Name: "All of it", X: 650, Y: 550, Width: 500, Height: 300}},
}, {
	Name: "inside", Label: "Inside",
	Places: []model.Place{{Key: "town_rate", X: 50, Y: 60}, {Key: "town_growth", X: 150, Y: 60}},
	Arrows: []model.Arrow{{From: "town_rate", To: "town_growth", Angle: angle(0)}},
}}

// The picture that somebody drew is kept, that of a module, too, and what is not kept is
// in the report.
func TestPicturesAreKept(t *testing.T) {
	m, list := parse(t, painted)
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	if diff := cmp.Diff(asPainted, m.Views, placesApart...); diff != "" {
		t.Errorf("-as painted +kept\n%s", diff)
	}
	var got []string
	for _, r := range m.Imported.Rows {
		if r.Name == "view" || r.Name == "Inside" {
			got = append(got, r.Name+": "+string(r.Grade)+": "+r.How)
		}
	}
	want := []string{
		"view: approximated: of the picture was not kept: 1 × place of pace without x and y, 1 × forgotten, which is no variable of the model, " +
			"1 × <stacked_container>, 1 × arrow with an end that is not in the diagram",
		"view: not supported: a view of the kind interface, which shows no stocks and flows",
		"Inside: exact: ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A picture that goes out and comes back is the same one: places to the last digit, pipes,
// repetitions, arrows and notes; so is the text that is written of it.
func TestPicturesComeBack(t *testing.T) {
	text, err := os.ReadFile("../testdata/check/drawn.toml")
	if err != nil {
		t.Fatal(err)
	}
	fromTOML, list := model.Parse("drawn.toml", text, nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	imported, _ := parse(t, painted)
	for _, m := range []*model.Model{fromTOML, imported} {
		out, _ := written(t, m)
		sound(t, out)
		back, list := parse(t, out)
		if list.HasErrors() {
			t.Fatal(rendered(list, back))
		}
		if diff := cmp.Diff(m.Views, back.Views, placesApart...); diff != "" {
			t.Errorf("%s: -before +back from XMILE\n%s", m.Name, diff)
		}
	}
}

// What nobody has placed is laid out beside what somebody has, and only that.
func TestOnlyWhatHasNoPlaceIsLaidOut(t *testing.T) {
	m, list := model.Parse("m.toml", []byte(`[time]
start = 0
stop = 4
step = 1
unit = "year"
[stock.land]
initial = 100
outflow = ["building"]
inflow = ["clearing"]
[flow.building]
equation = "land * pace"
[flow.clearing]
equation = 1
[constant.pace]
value = 0.1
[stock.houses]
initial = 1
inflow = ["ready"]
[flow.ready]
equation = 2
[view.main.at]
land = [1000, 50]
clearing = [900, 50]
[view.other.at]
building = [10, 20]
`), nil)
	if list.HasErrors() {
		t.Fatal(rendered(list, m))
	}
	out, _ := written(t, m)
	sound(t, out)
	asOthersRead, _, _ := strings.Cut(out[len("<?xml"):], "<?") // without what weir tells itself
	back, _ := parse(t, "<?xml"+asOthersRead)
	main, other := back.Views[0], back.Views[1]
	if p := main.Place("land"); p.X != 1000 || p.Y != 50 || len(main.Places) != 5 || len(other.Places) != 1 {
		t.Errorf("the views hold %v and %v", main.Places, other.Places)
	}
	for i, a := range main.Places {
		for _, b := range main.Places[:i] {
			if math.Abs(a.X-b.X) < 40 && math.Abs(a.Y-b.Y) < 20 {
				t.Errorf("%s at %v, %v covers %s", a.Key, a.X, a.Y, b.Key)
			}
		}
	}
	if pipe := main.Pipe("clearing"); len(pipe.Points) != 2 || pipe.Points[0] != [2]float64{840, 50} || pipe.Points[1] != [2]float64{978, 50} {
		t.Errorf("the pipe of clearing goes through %v", pipe.Points)
	}
	if back, _ = parse(t, out); len(back.Views) != 2 || cmp.Diff(m.Views, back.Views, placesApart...) != "" {
		t.Errorf("weir takes for drawn what it has laid out itself:\n%s", cmp.Diff(m.Views, back.Views, placesApart...))
	}
}

// An arc through three points sets out along its circle. On the circle around (0, 0)
// through (1, 0), (0, 1) and (-1, 0) that is straight down, where y points down.
func TestArcsSetOutAlongTheirCircle(t *testing.T) {
	view := `
[view.main]
arrows = [ { from = "a", to = "b", through = [[0, 100]] }, { from = "b", to = "a", through = [[0, 100]] }, { from = "a", to = "b", through = [[0, -100]] } ]
[view.main.at]
a = [100, 0]
b = [-100, 0]
`
	m, _ := model.Parse("m.toml", []byte("[time]\nstart = 0\nstop = 1\nstep = 1\nunit = \"year\"\n[constant.a]\nvalue = 1\n[aux.b]\nequation = \"a\"\n"+view), nil)
	out, _ := written(t, m)
	for _, want := range []string{`uid="1" angle="-90"`, `uid="2" angle="-90"`, `uid="3" angle="90"`} {
		if !strings.Contains(out, want) {
			t.Errorf("there is no %s in\n%s", want, out)
		}
	}
}
