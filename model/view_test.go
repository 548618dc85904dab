package model_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
)

// drawn is a small model to draw views of.
const drawn = `[time]
start = 0
stop  = 10
step  = 1
unit  = "year"

[stock.pupils]
initial = 100
outflow = ["leaving"]

[flow.leaving]
equation = "pupils / stay"

[constant.stay]
value = 12
`

// Every mistake in a view is told where it is, with what to do. What names nothing is a
// warning: nothing but the picture lacks it.
func TestMistakesInViews(t *testing.T) {
	for _, c := range []struct{ view, want string }{
		{"[view.v.at]\npupils = [1, 2, 3]", "error bad-place: a place is two numbers, [x, y], or four"},
		{"[view.v.at]\npupils = 7", "error bad-place: a place is two numbers, [x, y], or four"},
		{"[view.v.at]\npupils = [1, 'far']", "error bad-place: a place is two numbers, [x, y], or four"},
		{"[view.v.at]\npupils = [1, nan]", "error bad-value: y is not a finite number"},
		{"[view.v.at]\npupils = [inf, 2]", "error bad-value: x is not a finite number"},
		{"[view.v.at]\npupils = [1, 2000000]", "error bad-place: a y of 2000000 is out of bounds"},
		{"[view.v.at]\npupils = [1, 2, -45, 35]", "error bad-place: a width of -45 is out of bounds"},
		{"[view.v.at]\npupils = [1, 2, 'botom']", "error bad-value: \"botom\" is not a side of a symbol; did you mean bottom?"},
		{"[view.v.at]\npupils = [1, 2]\npupils = [3, 4]", "error duplicate-key"},
		{"[view.v.at]\npupils = [1, 2]\n[view.v.ghost]\npupils = [3, 4]", `error duplicate-place: pupils has two places in one view; call the second one "pupils#2"`},
		{"[view.v.at]\npupil = [1, 2]", "warning unknown-place: the view shows pupil, which the model does not have; did you mean pupils?"},
		{"[view.v.at]\npupils = [1, 2]\n[view.v.pipe]\nleaving = [[1, 2], [3, 4]]", "warning unknown-place: the view has no place for leaving; give it a place in [view.v.at]"},
		{"[view.v.at]\nleaving = [1, 2]\n[view.v.pipe]\nleaving = [[1, 2]]", "error bad-place: this is a list of points, each [x, y], at least 2"},
		{"[view.v.at]\nleaving = [1, 2]\n[view.v.pipe]\nleaving = [[1, 2], [3, 4, 5]]", "error bad-place: a point is two numbers, [x, y]"},
		{"[view.v]\narrows = [{ from = 'stay', to = 'leaving' }]\n[view.v.at]\nstay = [1, 2]\nleavin = [1, 2]", "warning unknown-place: the view has no place for leaving; did you mean leavin?"},
		{"[view.v]\narrows = [{ from = 'stay' }]\n[view.v.at]\nstay = [1, 2]", "error missing-key"},
		{"[view.v]\narrows = ['stay']", "error wrong-type: arrows is a list of tables"},
		{"[view.v]\nnotes = [{ text = 'x', at = [1] }]", "error bad-place"},
		{"[view.v]\nlable = 'x'", `error unknown-key: a view has no key "lable"; did you mean label?`},
	} {
		_, list := model.Parse("model.toml", []byte(drawn+c.view+"\n"), nil)
		got := ""
		for _, d := range list {
			got += d.Severity.String() + " " + string(d.Code) + ": " + d.Message + "; " + d.Hint + "\n"
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s\ngives %swant  %s", c.view, got, c.want)
		}
	}
}

// What is wrong with one place leaves the others, and says nothing of the arrows to it.
func TestAnUnknownPlaceTakesItsArrowsAlong(t *testing.T) {
	m, list := model.Parse("model.toml", []byte(drawn+`
[view.v]
arrows = [{ from = "stay", to = "leaving" }, { from = "ghost_town", to = "leaving" }]
[view.v.at]
stay = [1, 2]
leaving = [3, 4]
ghost_town = [5, 6]
`), nil)
	if len(list) != 1 || m.Broken {
		t.Errorf("the view is reported as %v", list)
	}
	if v := m.Views[0]; len(v.Places) != 2 || len(v.Arrows) != 1 {
		t.Errorf("left are %v and %v", v.Places, v.Arrows)
	}
}

// Pictures are not in what a model computes: its fingerprint is the same without.
func TestViewsAreNotInTheFingerprint(t *testing.T) {
	print := func(text string) string {
		m, _ := model.Parse("model.toml", []byte(text), nil)
		r, list := model.Check(m)
		if list.HasErrors() {
			t.Fatal(list)
		}
		return model.Fingerprint(r)
	}
	if print(drawn) != print(drawn+"[view.v.at]\npupils = [1, 2]\n") {
		t.Error("a view changes the fingerprint")
	}
}

// The views of a module's file come with it, under its name, and are not copied into what
// is written; what a binding leaves out is not in them.
func TestViewsOfModules(t *testing.T) {
	files := fstest.MapFS{"school.toml": {Data: []byte(drawn + `
[view.v]
arrows = [{ from = "stay", to = "leaving" }, { from = "time", to = "leaving" }]
[view.v.at]
pupils = [1, 2]
leaving = [3, 4]
stay = [5, 6]
[view.v.ghost]
time = [7, 8]
`)}}
	text := strings.Replace(drawn, "pupils", "people", -1) + `
[module.school]
file = "school.toml"
[module.school.bind]
pupils = "people"
[view.all.at]
school.pupils = [1, 2]
people = [3, 4]
`
	m, list := model.Parse("model.toml", []byte(text), files)
	if list.HasErrors() || len(m.Views) != 2 {
		t.Fatalf("%d views, %v", len(m.Views), list)
	}
	own, part := m.Views[0], m.Views[1]
	if own.Module != "" || own.Places[0].Key != "school.pupils" || part.Name != "school.v" || part.Module != "school" {
		t.Errorf("the views are %+v and %+v", own, part)
	}
	for _, p := range part.Places {
		if m.Variable(p.Key) == nil && p.Key != "time" {
			t.Errorf("%s has a place, but is not in the model", p.Key)
		}
	}
	written, _ := model.Write(m)
	if s := string(written); strings.Contains(s, "view.v") || !strings.Contains(s, `"school.pupils" = [1, 2]`) {
		t.Errorf("written is\n%s", s)
	}
}
