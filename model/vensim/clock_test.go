package vensim

import (
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
)

// clockOf is the end of a model with these control variables.
func clockOf(initial, final, step, saveper string) string {
	return "\nINITIAL TIME = " + initial + " ~ Month ~|\nFINAL TIME = " + final + " ~ Month ~|\nTIME STEP = " + step + " ~ Month ~|\nSAVEPER = " + saveper + " ~ Month ~|\n"
}

// Rows are those that SAVEPER asks for; where it does not divide the run there are more,
// the last step of the run among them.
func TestRows(t *testing.T) {
	for _, c := range []struct {
		what, clock string
		times       []float64
	}{
		{"every second step", clockOf("0", "4", "1", "2"), []float64{0, 2, 4}},
		{"formulas of constants", clockOf("first", "first + 10 * TIME STEP", "1 / 2", "5 * TIME STEP"), []float64{2, 4.5, 7}},
		{"a number from a file", clockOf("0", "last", "1", "1"), []float64{0, 1, 2, 3}},
		{"no whole number of rows", clockOf("0", "10", "1", "4"), []float64{0, 2, 4, 6, 8, 10}},
		{"no whole number of steps a row", clockOf("0", "3", "1", "1.5"), []float64{0, 1, 2, 3}},
		{"more rows than steps", clockOf("0", "3", "1", "0.5"), []float64{0, 1, 2, 3}},
		{"rows that change", clockOf("0", "3", "1", "IF THEN ELSE(Time < 2, 1, 2)"), []float64{0, 1, 2, 3}},
		{"no whole number of steps", clockOf("0", "3.5", "1", "1"), []float64{0, 1, 2, 3}},
	} {
		t.Run(c.what, func(t *testing.T) {
			text := "x = Time ~~|\nfirst = 2 ~~|\nlast = GET DIRECT CONSTANTS('last.csv', ',', 'A1') ~~|\n" + c.clock
			columns := simulateWith(t, text, fstest.MapFS{"last.csv": {Data: []byte("3\n")}}, model.ImportOptions{})
			if len(columns["x"]) != len(c.times) {
				t.Fatalf("rows at %v, want %v", columns["x"], c.times)
			}
			equal(t, columns, "x", c.times...)
		})
	}
}

// A FINAL TIME between two steps stays what equations read.
func TestFinalTimeBetweenSteps(t *testing.T) {
	columns := simulateWith(t, "left = FINAL TIME - Time ~~|"+clockOf("0", "3.5", "1", "1"), nil, model.ImportOptions{})
	equal(t, columns, "left", 3.5, 2.5, 1.5, 0.5)
}

// A TIME STEP that changes decides about rows alone where nothing is integrated: a row at each
// of the shortest steps, with the values that Vensim has at its own rows.
func TestStepThatChanges(t *testing.T) {
	columns := simulateWith(t, "x = Time ~~|"+clockOf("IF THEN ELSE(Time < 1, 0, 9)", "IF THEN ELSE(Time < 2, 2, 3)",
		"IF THEN ELSE(Time < 2, 1, 0.5)", "TIME STEP"), nil, model.ImportOptions{})
	for name, want := range map[string][]float64{
		"x": {0, 0.5, 1, 1.5, 2, 2.5, 3}, "TIME STEP": {1, 1, 1, 1, 0.5, 0.5, 0.5}, "FINAL TIME": {2, 2, 2, 2, 3, 3, 3},
		"INITIAL TIME": {0, 0, 9, 9, 9, 9, 9},
	} {
		equal(t, columns, name, want...)
	}
}

func TestClocksThatAreRefused(t *testing.T) {
	for _, c := range [][2]string{
		{clockOf("0", "4", "IF THEN ELSE(Time < 2, 1, 0.5)", "1"), "TIME STEP changes during the run"},
		{clockOf("5", "4", "1", "1"), "FINAL TIME not before INITIAL TIME"},
		{clockOf("0", "4", "0", "1"), "TIME STEP and SAVEPER must be above 0"},
		{clockOf("Time", "4", "1", "1"), "INITIAL TIME is not a number"},
		{clockOf("0", "4", "7", "7"), "TIME STEP is 7, longer than the run from 0 to 4"},
		{clockOf("0", "1e999", "1", "1"), "1e999 is larger than any number can be"},
	} {
		_, list := Parse("model.mdl", []byte("{UTF-8}\nx = INTEG(1, 1) ~~|"+c[0]), nil, model.ImportOptions{})
		if len(list) == 0 || !strings.Contains(list[0].Message, c[1]) {
			t.Errorf("%s: %v", c[1], list)
		}
	}
}

// A FINAL TIME that follows from the run is the variable at which the run ends; the model's
// stop is the latest that is known: a constant in it, or its value at the start.
func TestFinalTimeThatFollowsFromTheRun(t *testing.T) {
	for _, c := range []struct {
		final, by string
		stop      float64
	}{
		{"100 * (1 - done) + done * Time", "final_time", 100},
		{"IF THEN ELSE(done > 0, Time, 50)", "final_time", 50},
		{"40 + 2", "", 42},
	} {
		text := "{UTF-8}\ndone = IF THEN ELSE(work <= 0, 1, 0) ~~|\nwork = INTEG(-3, 10) ~~|" + clockOf("0", c.final, "1", "1")
		m, list := Parse("model.mdl", []byte(text), nil, model.ImportOptions{})
		if list.HasErrors() || m.Time.Stop != c.stop || m.Time.Ends != c.by {
			t.Errorf("%s: stop %g by %q, want %g by %q; %v", c.final, m.Time.Stop, m.Time.Ends, c.stop, c.by, list)
		}
	}
}
