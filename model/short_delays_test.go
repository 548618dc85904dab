package model_test

import (
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// A delay shorter than a step is an error, unless the model says that it is meant.
func TestShortDelays(t *testing.T) {
	for says, want := range map[string]diagnostic.Severity{"": diagnostic.Error, "short_delays = true\n": diagnostic.Warning} {
		text := "name = \"m\"\n[time]\nstart = 0\nstop = 4\nstep = 1\nunit = \"day\"\n" + says +
			"[aux.late]\nlabel = \"Late\"\nequation = \"delay_fixed(time, 0.5, 0)\"\n"
		m, _ := model.Parse("m.toml", []byte(text), nil)
		_, list := model.Check(m)
		found := false
		for _, d := range list {
			if d.Code == model.DelayTooShort {
				found = true
				if d.Severity != want {
					t.Errorf("with %q: %v", says, d.Severity)
				}
			}
		}
		if !found {
			t.Errorf("with %q nothing is said: %v", says, list)
		}
	}
}
