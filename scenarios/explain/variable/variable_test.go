package variable_test

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/scenarios/explain/variable"
	"weir/scenarios/output"
)

const schools = `name = "Schools"
[time]
start = 0
stop = 10
step = 0.5
unit = "year"

[dimension.school]
elements = ["north", "south"]

[stock.teachers]
label = "Teachers"
over = ["school"]
units = "teacher"
initial = "start"
inflow = ["hiring"]
outflow = ["quits"]

[flow.hiring]
over = ["school"]
units = "teacher/year"
equation = "max(0, wanted - teachers) / hiring_time"

[flow.quits]
over = ["school"]
units = "teacher/year"
equation = "teachers / stay"

[aux.wanted]
over = ["school"]
units = "teacher"
equation = "smooth1(need, 2)"

[aux.need]
over = ["school"]
units = "teacher"
[aux.need.at]
north = "40 + ramp(1, 2)"
south = "60"

[constant]
start = { value = 50, units = "teacher", evidence = "measured", source = "the register" }
hiring_time = { value = 1, units = "year", range = [0.5, 2] }
stay = { value = 8, units = "year" }
`

func of(t *testing.T, text, name string, depth int) (*variable.Report, error) {
	t.Helper()
	m, list := model.Parse("schools.toml", []byte(text), nil)
	r, more := model.Check(m)
	if r == nil {
		t.Fatal(list, more)
	}
	return variable.Of(context.Background(), m, r, name, depth)
}

func find(list []*variable.Branch, name string) *variable.Branch {
	for _, b := range list {
		if b.Name == name {
			return b
		}
	}
	return &variable.Branch{}
}

// A flow has its equation with its line, its causes with their signs, and the loop that it closes.
func TestFlow(t *testing.T) {
	r, err := of(t, schools, "Hiring", 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Equations) != 1 || r.Equations[0].Line != 22 || !strings.HasPrefix(r.Equations[0].Text, "max(0,") {
		t.Errorf("%+v", r.Equations)
	}
	teachers, wanted := find(r.Causes, "teachers"), find(r.Causes, "wanted")
	if teachers.Sign != "-" || wanted.Sign != "+" || find(r.Causes, "hiring_time").Kind != "constant" {
		t.Errorf("%+v", r.Causes)
	}
	if !find(wanted.Branches, "need").Delayed || !find(teachers.Branches, "hiring").Own {
		t.Errorf("%+v, %+v", wanted.Branches[0], teachers.Branches[0])
	}
	if !find(teachers.Branches, "start").Initial {
		t.Error("the start acts on the initial value only")
	}
	// teachers → hiring → teachers is the only loop through it.
	if len(r.Loops) != 1 || r.Loops[0].Polarity != "balancing" || !slices.Equal(r.Loops[0].Variables, []string{"teachers", "hiring"}) {
		t.Errorf("%+v", r.Loops)
	}
	// The strip is the mean of two schools: at the start (40 - 50) is held at 0, and 60 - 50 is 10.
	if len(r.Strips) != 4 || r.Strips[0].Mean != 2 || math.Abs(r.Strips[0].Values[0]-5) > 1e-12 {
		t.Errorf("%+v", r.Strips)
	}
}

// Depth cuts the trees and says what is left out; an element has its own courses, of scalars too.
func TestDepthAndElement(t *testing.T) {
	r, err := of(t, schools, "hiring[south]", 1)
	if err != nil {
		t.Fatal(err)
	}
	if b := find(r.Causes, "wanted"); len(b.Branches) > 0 || b.More != 1 {
		t.Errorf("%+v", b)
	}
	if s := r.Strips[0]; s.Name != "hiring[south]" || s.Mean != 0 || math.Abs(s.Values[0]-10) > 1e-12 {
		t.Errorf("%+v", s)
	}
}

// Several equations are listed with their elements, a constant with its evidence.
func TestTexts(t *testing.T) {
	r, err := of(t, schools, "need", 1)
	if err != nil || len(r.Equations) != 2 || r.Equations[1].Key != "south" || r.LoopsKnown != "it is in no feedback loop" {
		t.Errorf("%+v %v", r, err)
	}
	r, err = of(t, schools, "start", 1)
	if err != nil || r.Evidence != "measured" || r.Source != "the register" || r.Values[0] != 50 || len(r.Causes) != 0 {
		t.Errorf("%+v %v", r, err)
	}
}

// A name that is not there is answered with the nearest, an element with those there are.
func TestWrongNames(t *testing.T) {
	for name, says := range map[string]string{
		"hirring":       "did you mean hiring?",
		"zzzzzz":        "--print=units lists all",
		"hiring[west]":  "hiring has no element west: it is over school (north; south …)",
		"stay[north]":   "stay is a single number, so stay[north] names nothing",
		"hiring[north,": "hiring has no element north,",
	} {
		if _, err := of(t, schools, name, 2); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Text keeps to its width, and JSON can be read back.
func TestWrite(t *testing.T) {
	r, err := of(t, schools, "teachers", 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, columns := range []int{60, 80, 120} {
		var b strings.Builder
		if err := output.WriteVariable(&b, r, "year", "text", columns); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := len([]rune(line)); n > columns {
				t.Errorf("%d columns: %d in %q", columns, n, line)
			}
		}
		for _, want := range []string{"teachers: stock, teacher, over school", "└ + start, constant, at the start only", "B1", "course with its causes, year 0 to 10"} {
			if !strings.Contains(strings.Join(strings.Fields(b.String()), " "), strings.Join(strings.Fields(want), " ")) {
				t.Errorf("%q is not in\n%s", want, b.String())
			}
		}
	}
	var b strings.Builder
	if err := output.WriteVariable(&b, r, "year", "json", 80); err != nil {
		t.Fatal(err)
	}
	var back variable.Report
	if err := json.Unmarshal([]byte(b.String()), &back); err != nil || len(back.Causes) != len(r.Causes) {
		t.Error(err)
	}
}
