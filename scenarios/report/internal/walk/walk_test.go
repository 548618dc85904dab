package walk

import (
	"strings"
	"testing"

	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/wire"
)

// named returns the place of a variable.
func named(t *testing.T, w *wire.Walk, name string) wire.Place {
	t.Helper()
	for _, p := range w.Places {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("%s is no place", name)
	return wire.Place{}
}

// Equations are said with labels; arrays without their stars, and times is a cross.
func TestEquationsInWords(t *testing.T) {
	c := fixture.WardsOf(t)
	w := Of(reading.New(c), []string{"people[1]", "people[2]", "all", "nobody"})
	p := named(t, w, "leaving")
	if p.Words != "“people” × “Share that moves in a year” × “weather”" || p.Equation != "people * rate * weather" {
		t.Errorf("said %q of %q", p.Words, p.Equation)
	}
	if p := named(t, w, "people"); len(p.Columns) != 2 || p.Columns[1] != 1 || len(p.Elements) != 2 || !strings.Contains(p.Equation, "change = - leaving") {
		t.Errorf("%+v", p)
	}
	if p := named(t, w, "seats"); p.Owner != "the board" || len(p.Acts) != 1 || w.Places[p.Acts[0].On].Name != "all" || p.Acts[0].Sign != "+" {
		t.Errorf("%+v", p)
	}
	if got := spokenPlaces("[*, *]") + spokenPlaces("[district, grade!]"); got != " (district, grade)" {
		t.Errorf("said %q", got)
	}
}
