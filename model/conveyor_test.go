package model_test

import (
	"strings"
	"testing"

	"weir/model"
)

// A leak that cannot be made is reported where it stands, and the conveyor says nothing.
func TestConveyorWithABrokenLeak(t *testing.T) {
	_, list := tryResolve(t, clock+`
[stock.trainees]
initial = "10"
outflow = ["giving_up", "finishing"]
[stock.trainees.conveyor]
transit = 2
leak = ["giving_up"]
[flow.giving_up]
over = ["nowhere"]
equation = "0.1"
[flow.finishing]
`)
	for _, d := range list {
		if d.Code == model.BadConveyor {
			t.Errorf("got %v", d)
		}
	}
	if !list.HasErrors() {
		t.Error("nothing was reported")
	}
}

// Zones and what is there to begin with must make sense.
func TestConveyorThatCannotBe(t *testing.T) {
	for more, says := range map[string]string{
		"start = [1, -1]":               "numbers that are not below 0",
		"zone = { leaving = [0, 0.5] }": "leaving has a zone, but does not leak from trainees",
		"zone = { lost = [0.5, 0.5] }":  "the zone of lost is from 0.5 to 0.5",
		"zone = { lost = [0, 1.5] }":    "the zone of lost is from 0 to 1.5",
		"zone = { lost = [0] }":         "a zone is two numbers",
		"zone = { lost = 0.5 }":         "a zone is a list of numbers",
		"start = 3":                     "start is a list of numbers",
	} {
		_, list := tryResolve(t, clock+`
[stock.trainees]
initial = "10"
outflow = ["lost", "leaving"]
[stock.trainees.conveyor]
transit = 2
leak = ["lost"]
`+more+`
[flow.lost]
equation = "0.1"
[flow.leaving]
`)
		if len(list) == 0 || list[0].Code != model.BadConveyor || !strings.Contains(list[0].Message, says) {
			t.Errorf("of %s it says %v", more, list)
		}
	}
}

// A conveyor cannot stand still while another one brings it something.
func TestConveyorBehindAConveyor(t *testing.T) {
	_, list := tryResolve(t, clock+`
[stock.first]
initial = "10"
outflow = ["on"]
[stock.first.conveyor]
transit = 2
[stock.second]
initial = "10"
inflow = ["on"]
outflow = ["leaving"]
[stock.second.conveyor]
transit = 2
arrest = "time > 2"
[flow.on]
[flow.leaving]
`)
	if len(list) == 0 || !strings.Contains(list[0].Message, "second cannot stand still while on comes from another conveyor") {
		t.Error(list)
	}
}
