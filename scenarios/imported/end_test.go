package imported

import (
	"context"
	"strings"
	"testing"

	"weir/model"
	"weir/model/vensim"
	"weir/sim"
)

// ending returns a model whose work of 10 is done by 3 at every step of half a month, and whose
// FINAL TIME is given.
func ending(t *testing.T, final, save string) (*model.Model, *sim.Program) {
	t.Helper()
	text := "{UTF-8}\nwork = INTEG(-3, 10) ~~|\ndone = IF THEN ELSE(work <= 0, 1, 0) ~~|\n" +
		"INITIAL TIME = 0 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = " + save + " ~~|\nFINAL TIME = " + final + " ~~|\n"
	m, list := vensim.Parse("ending.mdl", []byte(text), nil, model.ImportOptions{})
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	return m, p
}

// Vensim compares Time with FINAL TIME at every step. The work, 10 - 3 t, is done at 3.5, which
// is no row of every month: rows come at every step then. A FINAL TIME that grows is followed.
func TestEnd(t *testing.T) {
	for _, c := range []struct {
		final, save string
		stop, every float64
	}{
		{"IF THEN ELSE(done > 0, Time, 50)", "0.5", 3.5, 0.5},
		{"IF THEN ELSE(done > 0, Time, 50)", "1", 3.5, 0.5},
		{"IF THEN ELSE(work < 0, 4, 50)", "1", 4, 1},
		{"IF THEN ELSE(done > 0, 20, 2)", "1", 2, 1},
		{"3 - work / 5", "1", 2.5, 0.5}, // 1 + 0.6 t: 1 at the start, and 2.5 at 2.5
	} {
		m, p := ending(t, c.final, c.save)
		var s sim.Settings
		if err := End(context.Background(), p, &s, m.Time.Ends); err != nil {
			t.Errorf("%s: %v", c.final, err)
			continue
		}
		r, err := p.Run(context.Background(), s)
		if err != nil || r.Time[len(r.Time)-1] != c.stop || r.Time[1] != c.every {
			t.Errorf("FINAL TIME = %s: rows at %v, want them to %v every %v; %v", c.final, r.Time, c.stop, c.every, err)
		}
		if got := model.FixedEnd(m); len(got) != 1 || got[0].Span.End == 0 {
			t.Errorf("other commands say %v", got)
		}
	}
}

// A run that puts its end off for ever is an error that says so.
func TestEndThatNeverComes(t *testing.T) {
	m, p := ending(t, "Time + work ^ 2 + 1", "0.5")
	err := End(context.Background(), p, &sim.Settings{}, m.Time.Ends)
	if err == nil || !strings.Contains(err.Error(), "the run does not end") {
		t.Errorf("got %v", err)
	}
}
