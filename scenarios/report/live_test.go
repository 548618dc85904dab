package report

import (
	"context"
	"io"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
	"weir/sim"
)

// The page's presets and inputs give the module the numbers that Compare gave the program.
func TestLiveDataIsTheComparison(t *testing.T) {
	c := fixture.Example(t)
	b := newMaker(c)
	l, why, err := b.live()
	if err != nil || why != "" {
		t.Fatal(why, err)
	}
	if got, want := len(l.Presets), len(c.Runs)+1; got != want {
		t.Errorf("%d presets, want no new decisions and %d scenarios", got, want-1)
	}
	if l.Futures.Count != c.Uncertainty.Counted || len(l.Futures.Places) != len(c.Uncertainty.Vary) || len(l.Futures.Thin) != len(c.Uncertainty.Thin) {
		t.Errorf("%d futures of %d numbers, %d single; the comparison has %d, %d, %d", l.Futures.Count, len(l.Futures.Places), len(l.Futures.Thin),
			c.Uncertainty.Counted, len(c.Uncertainty.Vary), len(c.Uncertainty.Thin))
	}
	for _, in := range l.Inputs {
		base, _, _ := strings.Cut(in.Name, "[")
		if v := c.Set.Model.Variable(base); v == nil || in.Low > in.Value || in.High < in.Value || in.Step <= 0 || len(in.At) == 0 {
			t.Errorf("%s cannot be moved: %+v", in.Name, in)
		}
	}
	if from := l.Time.From; from != c.Today+1 {
		t.Errorf("decisions hold from %v at first, want a year after today", from)
	}
}

// A model whose method chooses its own step is refused in words, and the page stands.
func TestPageSaysWhyAModelCannotBeTried(t *testing.T) {
	c := *fixture.Example(t)
	set := *c.Set
	resolved := *set.Resolved
	resolved.Time.Method = "rk45"
	set.Resolved, c.Set = &resolved, &set
	program, err := set.Compile()
	if err != nil {
		t.Fatal(err)
	}
	c.Program = program
	x, err := newMaker(&c).try()
	if err != nil || x.Data != "" || !strings.Contains(x.Why, "rk45") {
		t.Errorf("got %+v, %v", x, err)
	}
	if err := write(io.Discard, &c, scripts{own: "0"}); err != nil {
		t.Error(err)
	}
}

// moved is the run that the page must show: a decision changed from a date on, an
// assumption from the start.
func moved(t *testing.T, c *scenarios.Comparison, s *scenarios.Scenario, changes []sim.Change, set map[string]float64) *sim.Result {
	t.Helper()
	p, err := c.Set.Compile()
	if err != nil {
		t.Fatal(err)
	}
	settings := c.Set.Settings(s)
	settings.Changes = append(settings.Changes, changes...)
	for name, v := range set {
		settings.Set[name] = v
	}
	r, err := p.Run(context.Background(), settings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
