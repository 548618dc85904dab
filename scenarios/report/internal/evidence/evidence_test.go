package evidence

import (
	"testing"

	"weir/scenarios/report/internal/fixture"
)

// A value that was fitted says so beside the number.
func TestFittedValuesAreNamed(t *testing.T) {
	c := fixture.MadeUp()
	b := told(c)
	leave := *c.Set.Model.Variable("leave")
	if got := b.givenValue(&leave).Under; got != "" {
		t.Errorf("a value as written has %q under it", got)
	}
	leave.Fitted = true
	if got := b.givenValue(&leave).Under; got != "fitted to the record" {
		t.Errorf("a fitted value has %q under it", got)
	}
}
