package vensim

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// pond has a flow out of a cloud, one between two stocks, and one that bends into a cloud.
const pond = `
Pond = INTEG(rain - spill, 10) ~ m3 ~~|
Creek = INTEG(spill - runoff, 0) ~ m3 ~~|
rain = 2 ~ m3/Month ~~|
spill = Pond * "share, spilt" ~ m3/Month ~~|
runoff = Creek / (1 + Time) ~ m3/Month ~~|
"share, spilt" = 0.1 ~ 1/Month ~~|
unseen = 1 ~ 1 ~~|
`

// ponds is how it is drawn: the second view repeats a part of the first.
const ponds = `\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Water
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Pond,300,100,40,20,3,3,0,0,0,0,0,0
10,2,Creek,500,108,40,20,3,3,0,0,0,0,0,0
12,3,48,100,100,10,8,0,3,0,0,-1,0,0,0
1,4,6,1,4,0,0,22,0,0,0,-1--1--1,,1|(230,100)|
1,5,6,3,100,0,0,22,0,0,0,-1--1--1,,1|(140,100)|
11,6,48,180,100,6,8,34,3,0,0,1,0,0,0
10,7,rain,180,119,15,11,40,3,0,0,-1,0,0,0
1,8,10,1,100,0,0,22,0,0,0,-1--1--1,,1|(370,104)|
1,9,10,2,4,0,0,22,0,0,0,-1--1--1,,1|(430,104)|
11,10,48,400,104,6,8,34,3,0,0,3,0,0,0
10,11,spill,400,85,13,11,40,3,0,0,-1,0,0,0
10,12,"share, spilt",400,30,32,11,8,3,0,0,0,0,0,0
1,13,12,11,1,0,43,0,0,64,0,-1--1--1,,1|(420,60)|
1,14,1,10,0,0,45,0,0,64,0,-1--1--1,,1|(350,90)|
12,15,48,600,200,10,8,0,3,0,0,-1,0,0,0
1,16,18,15,4,0,0,22,0,0,0,-1--1--1,,2|(580,160)|(580,200)|
1,17,18,2,100,0,0,22,0,0,0,-1--1--1,,1|(500,160)|
11,18,48,540,160,6,8,34,3,0,0,1,0,0,0
10,19,runoff,570,150,20,11,40,3,0,0,-1,0,0,0
12,20,0,300,180,60,20,8,135,0,0,-1,0,0,0
All the water there is
12,21,0,100,300,80,60,3,188,0,0,1,0,0,0
Pond,Graph
10,22,unseen,100,200,20,11,8,3,1,0,0,0,0,0
10,23,nowhere,100,220,20,11,8,3,0,0,0,0,0,0
\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Out
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Creek,80,40,24,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|12||128-128-128
10,2,Creek,80,90,24,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|12||128-128-128
10,3,Time,180,40,26,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|12||128-128-128
10,4,runoff,130,120,20,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|12||128-128-128
1,5,2,4,2,0,0,0,0,64,0,-1--1--1,,2|(100,100)|(100,120)|
\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Empty
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
///---\\\
:L<%^E!@
`

var asDrawn = []*model.View{{
	Name: "water", Label: "Water",
	Places: []model.Place{
		{Key: "pond", X: 300, Y: 100, Width: 80, Height: 40},
		{Key: "creek", X: 500, Y: 108, Width: 80, Height: 40},
		{Key: "rain", X: 180, Y: 100},
		{Key: "spill", X: 400, Y: 104, Side: "top"},
		{Key: "share_spilt", X: 400, Y: 30},
		{Key: "runoff", X: 540, Y: 160, Side: "right"},
	},
	Pipes: []model.Pipe{
		{Flow: "rain", Points: [][2]float64{{100, 100}, {260, 100}}},
		{Flow: "spill", Points: [][2]float64{{340, 104}, {460, 104}}},
		{Flow: "runoff", Points: [][2]float64{{500, 128}, {500, 160}, {580, 160}, {580, 200}, {600, 200}}},
	},
	Arrows: []model.Arrow{
		{From: "share_spilt", To: "spill", Points: [][2]float64{{420, 60}}, Sign: "+"},
		{From: "pond", To: "spill", Sign: "-"},
	},
	Notes: []model.Note{{Text: "All the water there is", X: 300, Y: 180, Width: 120, Height: 40}},
}, {
	Name: "out", Label: "Out",
	Places: []model.Place{
		{Key: "creek", X: 80, Y: 40, Ghost: true},
		{Key: "creek#2", X: 80, Y: 90, Ghost: true},
		{Key: "time", X: 180, Y: 40, Ghost: true},
		{Key: "runoff", X: 130, Y: 120, Ghost: true},
	},
	Arrows: []model.Arrow{{From: "creek#2", To: "runoff", Points: [][2]float64{{80, 90}, {100, 100}, {100, 120}, {130, 120}}}},
}}

// parsePond reads the pond with a drawing.
func parsePond(sketch string) (*model.Model, diagnostic.List) {
	return Parse("pond.mdl", []byte("{UTF-8}\n"+pond+clockText+sketch), nil, model.ImportOptions{})
}

var placesApart = []cmp.Option{cmpopts.IgnoreTypes(diagnostic.Span{}), cmpopts.EquateEmpty()}

// A sketch is kept as it is drawn: a flow is where its valve is, with a pipe from one end
// to the other; shadow variables are ghosts, with keys of their own.
func TestTheDrawingIsKept(t *testing.T) {
	m, list := parsePond(ponds)
	if len(list) > 0 {
		t.Error(rendered(list, m))
	}
	if diff := cmp.Diff(asDrawn, m.Views, placesApart...); diff != "" {
		t.Errorf("-as drawn +kept\n%s", diff)
	}
	want := []string{
		"Water: approximated: of the picture was not kept: 1 × hidden variable, 1 × nowhere, which is no variable of the model, 1 × table, graph or slider",
		"Out: exact: ",
	}
	var got []string
	for _, r := range m.Imported.Rows {
		if r.Name == "Water" || r.Name == "Out" || r.Name == "Empty" {
			got = append(got, r.Name+": "+string(r.Grade)+": "+r.How)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A line of the drawing that cannot be read is a warning, at its line, and the rest is kept.
func TestBrokenLinesOfADrawing(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"10,1,Pond,300", "it is too short"},
		{"10,1,Pond,3e99,100,40,20,3,3,0", "3e99 is too far away"},
		{"10,1,Pond,here,100,40,20,3,3,0", `"here" is not a number`},
		{"10,1,Pond,NaN,100,40,20,3,3,0", `"NaN" is not a number`},
		{"Pond is here", "it begins with none of 1, 10, 11 and 12"},
		{"1,2,3", "it is too short"},
		{`10,1,"Pond,300,100`, "it is too short"},
	} {
		text := strings.Replace(ponds, "10,2,Creek,500", c.line+"\n10,2,Creek,500", 1)
		m, list := parsePond(text)
		said := ""
		for _, d := range list {
			if d.Code == model.BadPlace {
				said += d.Message
				if at := string(m.Files[d.Span.File][d.Span.Start:d.Span.End]); at != c.line || d.Severity != diagnostic.Warning {
					t.Errorf("%q: a %v at %q", c.line, d.Severity, at)
				}
			}
		}
		if said != "this line of the drawing cannot be read: "+c.want {
			t.Errorf("%q gives %q", c.line, said)
		}
		if len(m.Views) != 2 || m.Views[0].Place("creek") == nil {
			t.Errorf("%q: the rest is not kept", c.line)
		}
	}
}

// However many lines are broken, the list of warnings is short.
func TestADrawingOfNothingButBrokenLines(t *testing.T) {
	_, list := parsePond(`\\\---/// Sketch` + "\n" + strings.Repeat("10,1\n", 5000))
	n := 0
	for _, d := range list {
		if d.Code == model.BadPlace {
			n++
		}
	}
	if n != 10+1 {
		t.Errorf("%d warnings", n)
	}
}

// Whatever stands in a sketch, what is kept of it is the same after the way through TOML.
func FuzzSketch(f *testing.F) {
	f.Add(ponds)
	f.Add("*" + strings.Repeat("A long title ", 30) + "\n10,1,Pond,1,2,3,4,3,3,0\n")
	f.Add("\\\\\\---/// Sketch\n*\n10,1,Pond,1e5,-0.5,1,1,3,3,0\n10,1,\"share, spilt\",1,2,3,4,40,2,0\n12,2,0,1,2,3,4,8,4,0\n'\"\\\n11,1,0,0,0,0,0,33,3,0\n1,3,1,1,1,0,45,22,0,0,0,,,1|(0,0)|")
	f.Fuzz(func(t *testing.T, sketch string) {
		m, list := parsePond("\\\\\\---/// Sketch\n" + sketch)
		for _, d := range list {
			if d.Span.Start > d.Span.End || d.Span.End > len(m.Files["pond.mdl"]) {
				t.Fatalf("a place outside the file: %v", d)
			}
		}
		if m.Broken {
			return
		}
		text, _ := model.Write(m)
		back, list := model.Parse("model.toml", text, nil)
		if list.HasErrors() {
			t.Fatalf("what was written cannot be read: %v\n%s", list, text)
		}
		if diff := cmp.Diff(m.Views, back.Views, placesApart...); diff != "" {
			t.Errorf("-kept +read again\n%s", diff)
		}
	})
}

// A flow with two valves has one pipe; the second one made a key of TOML twice.
func TestAFlowWithTwoValves(t *testing.T) {
	m, list := parsePond(`\\\---/// Sketch` + `
V300
*Water
10,2,Creek,500,108,40,20,3,3,0,0,0,0,0,0
12,15,48,600,200,10,8,0,3,0,0,-1,0,0,0
1,16,18,15,4,0,0,22,0,0,0,-1--1--1,,1|(580,200)|
1,17,18,2,100,0,0,22,0,0,0,-1--1--1,,1|(500,160)|
11,18,48,540,160,6,8,34,3,0,0,1,0,0,0
10,19,runoff,570,150,20,11,40,3,0,0,-1,0,0,0
11,18,48,540,160,6,8,34,3,0,0,1,0,0,0
`)
	if list.HasErrors() || len(m.Views) != 1 {
		t.Fatal(rendered(list, m))
	}
	if n := len(m.Views[0].Pipes); n != 1 {
		t.Errorf("%d pipes, want 1", n)
	}
}
