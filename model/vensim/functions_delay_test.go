package vensim

import (
	"strings"
	"testing"
)

// What comes out when, by hand: from 0 to 4 by 1, with Time as what goes in.
func TestDelaysWhoseTimeChanges(t *testing.T) {
	for _, c := range []struct {
		what, equations string
		want            map[string][]float64
	}{
		{"of information, longer: the last value is held", "x = DELAY INFORMATION(Time, IF THEN ELSE(Time < 2, 1, 2), -1) ~~|",
			map[string][]float64{"x": {-1, 0, 1, 1, 2}}},
		{"of information, shorter: later values replace the rest", "x = DELAY INFORMATION(Time, IF THEN ELSE(Time < 1, 3, 1), -1) ~~|",
			map[string][]float64{"x": {-1, -1, 1, 2, 3}}},
		{"of material, longer: nothing comes out between", "x = DELAY MATERIAL(Time, IF THEN ELSE(Time < 2, 1, 2), -1, -9) ~~|",
			map[string][]float64{"x": {-1, 0, 1, -9, 2}}},
		{"of material, shorter: what meets comes out together", "x = DELAY MATERIAL(Time + 10, IF THEN ELSE(Time < 1, 3, 1), -1, -9) ~~|",
			map[string][]float64{"x": {-1, -1, -1 + 11, 10 + 12, 13}}},
		{"of a time that stays, as DELAY FIXED", "x = DELAY MATERIAL(Time, t, -1, 9) ~~|\ny = DELAY INFORMATION(Time, t, -1) ~~|\nt = 2 ~~|",
			map[string][]float64{"x": {-1, -1, 0, 1, 2}, "y": {-1, -1, 0, 1, 2}}},
		{"a conveyor: half a step's share leaks at each of two steps", "x = DELAY CONVEYOR(Time + 10, 2, 0.5, flat, 8, 2) ~~|\nflat((0,1),(1,1)) ~~|",
			map[string][]float64{"x": {4, 2, 2.5, 2.75, 3}}},
		{"a conveyor that loses nothing", "x = DELAY CONVEYOR(Time, 2, 0, flat, 8, 2) ~~|\nflat((0,1),(1,1)) ~~|",
			map[string][]float64{"x": {4, 4, 0, 1, 2}}},
		{"batches of 2 that take 1", "x = DELAY BATCH(1, 2, 1, 5, 1, 1) ~~|", map[string][]float64{"x": {0, 5, 2, 0, 2}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			columns := simulate(t, c.equations)
			for name, want := range c.want {
				equal(t, columns, name, want...)
			}
		})
	}
}

// Vensim's manual says of a conveyor that leaks: what leaks in a step is the leak times
// what is on it then, with what comes in and without what goes out. Reckoned like this,
// nothing is left on it when all has come out.
func TestConveyorConserves(t *testing.T) {
	columns := simulate(t, `out = DELAY CONVEYOR(coming, 2, leak, flat, 9, 2) ~~|
flat((0,1),(1,1)) ~~|
coming = IF THEN ELSE(Time < 2, 4 + Time, 0) ~~|
leak = 0.1 + 0.05 * Time ~~|
lost = (there + TIME STEP * (coming - out)) * leak ~~|
there = INTEG(coming - out - lost, 9) ~~|
`)
	equal(t, columns, "out", 4.5, 4.5*0.9, 4*0.9*0.85, 5*0.85*0.8, 0)
	equal(t, columns, "there", 9, (9+4-4.5)*0.9, (4*0.9+5)*0.85, 5*0.85*0.8, 0)
}

func TestConveyorsThatAreRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"x = DELAY CONVEYOR(1, 2 + Time, 0, flat, 8, 2) ~~|", "another speed"},
		{"x = DELAY CONVEYOR(1, 2, 0, steep, 8, 2) ~~|", "flat"},
	} {
		_, list := parse(t, c[0]+"\nflat((0,1),(1,1)) ~~|\nsteep((0,1),(1,2)) ~~|")
		if len(list) == 0 || !strings.Contains(list[0].Message, c[1]) {
			t.Errorf("%s: %v", c[0], list)
		}
	}
}

// Vensim reduces the order of DELAY N and SMOOTH N where the time is shorter than a step
// for each stage, and warns (manual, "DELAY N"). With two stages of one step each the
// input of 5, 5, 15 comes out two steps later; with three the values went below 0.
func TestReducedOrder(t *testing.T) {
	const equations = "out = DELAY N(5 + STEP(10, 1), 2, 5, 3) ~~|\nsame = DELAY N(5 + STEP(10, 1), 2, 5, 2) ~~|\nlong = SMOOTH N(5, 3, 5, 3) ~~|"
	columns := simulate(t, equations)
	equal(t, columns, "out", 5, 5, 5, 15, 15)
	equal(t, columns, "same", 5, 5, 5, 15, 15)
	_, list := parse(t, equations)
	if len(list) != 1 || !strings.Contains(list[0].Message, "out: the time of DELAY N is 2, shorter than 3 steps of 1: its order is reduced to 2") {
		t.Errorf("got %v", list)
	}
}

// The order is reduced for each element by its own time: out[a], of one step, becomes a delay
// of one stage, and out[b] keeps its three of two steps each, by hand.
func TestReducedOrderByElement(t *testing.T) {
	const equations = "D: a, b ~~|\nt[D] = 1, 6 ~~|\nout[D] = DELAY N(STEP(8, 1), t[D], 0, 3) ~~|\nboth[D] = DELAY N(STEP(8, 1), short[D], 0, 2) + in[D] ~~|\nin[D] = 1 ~~|\nshort[D] = 1 ~~|\n"
	columns := simulate(t, equations)
	equal(t, columns, "out[a]", 0, 0, 8, 8, 8)
	equal(t, columns, "out[b]", 0, 0, 0, 0, 1)
	equal(t, columns, "both[b]", 1, 1, 9, 9, 9)
	_, list := parse(t, equations)
	if len(list) != 2 || !strings.Contains(list[0].Message, "out: the time of DELAY N is 1, shorter than 3 steps of 1: its order is reduced to 1") {
		t.Errorf("got %v", list)
	}
}
