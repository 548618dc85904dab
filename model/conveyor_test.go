package model_test

import (
	"testing"

	"weir/model"
)

// What flows out of a conveyor comes from what is on it, and what flows in acts on it;
// the leak acts through its share and through what is there.
func TestLinksOfAConveyor(t *testing.T) {
	g := graphOf(t, `
[stock.trainees]
initial = "10"
inflow = ["starting"]
outflow = ["giving_up", "finishing"]
[stock.trainees.conveyor]
transit = "way"
leak = ["giving_up"]
[constant.way]
value = 2
[flow.starting]
equation = "finishing"
[flow.giving_up]
equation = "share"
[constant.share]
value = 0.1
[flow.finishing]
`)
	expectLines(t, []string{
		"trainees + giving_up material", "trainees + finishing material", "way ? trainees delayed", "starting + trainees material delayed",
		"giving_up - trainees material delayed", "giving_up - finishing", "share ? giving_up", "finishing - trainees material", "finishing + starting",
	}, linksOf(g))
	expectLines(t, []string{
		"balancing: trainees → finishing", "balancing: trainees → giving_up",
		"reinforcing: trainees → finishing → starting", "reinforcing: trainees → giving_up → finishing",
	}, loopsOf(g))
}

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
