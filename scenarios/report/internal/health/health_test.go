package health

import (
	"math"
	"strings"
	"testing"

	"weir/model/diagnostic"
	"weir/scenarios/report/internal/fixture"
)

// A page from a model whose units do not fit says so at its top.
func TestUnitMistakesAreSaid(t *testing.T) {
	c := fixture.MadeUp()
	mistake := diagnostic.Diagnostic{Code: "unit-mismatch", Severity: diagnostic.Warning, Message: "births is people, not people/year"}
	other := diagnostic.Diagnostic{Code: "unused", Severity: diagnostic.Warning, Message: "nothing reads x"}
	for n, want := range map[int]string{0: "", 1: "in one place: births is people", 3: "in three places, first: births is people"} {
		c.Set.Warnings = diagnostic.List{other}
		for range n {
			c.Set.Warnings = append(c.Set.Warnings, mistake)
		}
		got := ""
		for _, s := range told(c).Warnings() {
			got += s.String()
		}
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%d mistakes: %q", n, got)
		}
	}
}

// A run that half the step changes by more than 1 % must not reassure.
func TestRunsThatTheStepChangesAreNotTrusted(t *testing.T) {
	for _, x := range []struct {
		change float64
		want   string
	}{{0.0001, "no line in a chart moves by more than 0.01%"}, {0.0101, "Do not trust"}, {6.9e20, "Do not trust"}, {math.NaN(), "Do not trust"}} {
		c := fixture.MadeUp()
		c.Runs[0].Halved.Relative = x.change
		got := ""
		for _, s := range told(c).Summary() {
			got += s.String() + "\n"
		}
		if !strings.Contains(got, x.want) || x.want == "Do not trust" && strings.Contains(got, "no line in a chart moves") {
			t.Errorf("half the step changes %v: %s", x.change, got)
		}
	}
}
