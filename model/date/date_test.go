package date

import (
	"math"
	"testing"
)

// Times by hand: 2024 has 366 days, of which 182 are over on the first of July; February 29.
func TestTimesByHand(t *testing.T) {
	for _, c := range []struct {
		date, unit, zero string
		want             float64
	}{
		{"2024-01-01", "year", "", 2024},
		{"2024-07-01", "years", "", 2024 + 182./366},
		{"2023-07-01", "year", "", 2023 + 181./365},
		{"2024-12-31", "year", "", 2024 + 365./366},
		{"2024", "year", "", math.NaN()}, // a number
		{"2024-01", "Year", "2020-01-01", 4},
		{"2024-03-01", "month", "2024-01-01", 2},
		{"2024-02-15", "months", "2024-01-01", 1 + 14./29},
		{"2023-12-01", "month", "2024-01-01", -1},
		{"2024-10-01", "quarter", "2024-01-01", 3},
		{"2024-03-01", "day", "2024-02-01", 29},
		{"2024-01-15", "week", "2024-01-01", 2},
		{"2024-01-01 06:00", "day", "2024-01-01", 0.25},
		{"2024-01-02T12:00", "hour", "2024-01-01", 36},
	} {
		at, ok := Parse(c.date)
		if ok != (c.want == c.want) {
			t.Errorf("%s is a date: %v", c.date, ok)
		}
		if !ok {
			continue
		}
		zero, has := Parse(c.zero)
		from := &zero
		if !has {
			from = nil
		}
		if got, err := Time(at, c.unit, from); err != nil || math.Abs(got-c.want) > 1e-12*max(1, math.Abs(c.want)) {
			t.Errorf("%s in %s from %s: %v, %v, want %v", c.date, c.unit, c.zero, got, err, c.want)
		}
	}
}

func TestWhatIsNoTime(t *testing.T) {
	at, _ := Parse("2024-01-01")
	for _, unit := range []string{"month", "day", "generation"} {
		if x, err := Time(at, unit, nil); err == nil {
			t.Errorf("%s without zero: %v", unit, x)
		}
	}
	if x, err := Time(at, "generation", &at); err == nil {
		t.Errorf("generations: %v", x)
	}
	for text, want := range map[string]bool{"1/7/2024": true, "01.07.2024": true, "1-7-24": true, "2024": false, "a/b/c": false, "1/2": false} {
		if _, ok := Parse(text); ok || Looks(text) != want {
			t.Errorf("%s looks like a date: %v", text, Looks(text))
		}
	}
}
