package report

import (
	"math"
	"testing"
)

func TestNumbersReadAsASpeakerWouldSayThem(t *testing.T) {
	children := quantity{unit: "children", finest: 1, coarse: 10}
	dollars := quantity{kind: money, rate: "a year", finest: 1}
	percent := quantity{kind: share, finest: 0.1}
	start := quantity{kind: index, finest: 0.01}
	for _, c := range []struct {
		q    quantity
		v    float64
		want string
	}{
		{children, 21755.2, "21,800 children"},
		{children, 1147.3, "1,150 children"},
		{children, 5423, "5,400 children"},
		{children, 35293, "35,300 children"},
		{children, 623.4, "625 children"},
		{children, 0.4, "0 children"},
		{children, -0.4, "0 children"},
		{children, -118.4, "−118 children"},
		{children, 0, "0 children"},
		{children, 999.6, "1,000 children"},
		{children, math.NaN(), "not a number children"},
		{dollars, 3141592, "$3.14 million a year"},
		{dollars, -52000, "−$52,000 a year"},
		{dollars, 1.25e9, "$1.25 billion a year"},
		{percent, 0.2237, "22.4%"},
		{percent, 0.05, "5%"},
		{start, 0.934, "0.93"},
		{start, 1, "1.00"},
		{quantity{unit: "teachers"}, 0.9345, "0.935 teachers"},
	} {
		if got := c.q.with(c.v); got != c.want {
			t.Errorf("%v reads %q, want %q", c.v, got, c.want)
		}
	}
}

func TestDifferencesCarryTheirDirection(t *testing.T) {
	children := quantity{unit: "children", finest: 1, coarse: 10}
	for _, c := range []struct {
		q                    quantity
		v                    float64
		signed, gap, compare string
	}{
		{children, 1147.3, "+1,150", "1,150", "more"},
		{children, -118.4, "−120", "120", "fewer"},
		{children, 3, "0", "0", "more"},
		{quantity{kind: money, finest: 1}, -4e6, "−$4 million", "$4 million", "less"},
		{quantity{kind: share, finest: 0.1}, 0.021, "+2.1 points", "2.1 points", "higher"},
		{quantity{kind: index, finest: 0.01}, -0.052, "−0.05", "0.05", "lower"},
	} {
		if got := c.q.signed(c.v); got != c.signed {
			t.Errorf("%v signed is %q, want %q", c.v, got, c.signed)
		}
		if got := c.q.gap(c.v); got != c.gap {
			t.Errorf("the size of %v is %q, want %q", c.v, got, c.gap)
		}
		if got := c.q.more(c.v); got != c.compare {
			t.Errorf("%v is %q, want %q", c.v, got, c.compare)
		}
	}
}

// A number is never moved by more than half a percent of itself, unless it is below
// the finest step.
func TestSpeakerIsNearTheNumber(t *testing.T) {
	for v := 1.0; v < 2e6; v *= 1.0137 {
		if r := speaker(v, 0); math.Abs(r-v) > 0.00501*v {
			t.Errorf("%v is rounded to %v", v, r)
		}
		if r := speaker(speaker(v, 0), 0); math.Abs(r-speaker(v, 0)) > 1e-9*v {
			t.Errorf("rounding %v twice gives %v", v, r)
		}
	}
}

func TestUnitsAreSpelledOut(t *testing.T) {
	plurals := map[string]string{"child": "children"}
	for unit, want := range map[string]string{
		"1": "", "": "", "student": "students", "student/year": "students a year", "child": "children",
		"USD/student/year": "dollars a student a year", "1/year": "a year", "year": "years", "dollars": "dollars",
	} {
		if got := unitWords(unit, plurals); got != want {
			t.Errorf("%q reads %q, want %q", unit, got, want)
		}
	}
	if got := printedWords("staff", plurals); got != "staff" {
		t.Errorf("a printed unit became %q", got)
	}
}

func TestQuantityOfAUnit(t *testing.T) {
	for _, c := range []struct {
		words   string
		largest float64
		v       float64
		want    string
	}{
		{"children", 35000, 21755, "21,800 children"},
		{"dollars a year", 3e6, 3141592, "$3.14 million a year"},
		{"", 0.4, 0.225, "22.5%"},
		{"a year", 0.2, 0.054, "5.4% a year"},
		{"", 3, 2.5, "2.5"},
	} {
		if got := quantityOf(c.words, false, c.largest).with(c.v); got != c.want {
			t.Errorf("%v in %q reads %q, want %q", c.v, c.words, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	year := calendarOf("year", 2008)
	for at, want := range map[float64]string{2031: "2031", 2031.02: "2031", 2031.5: "mid-2031", 2031.25: "April 2031", 2031.99: "2032"} {
		if got := year.date(at); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
	for at, want := range map[float64]string{2031: "2031", 2031.2: "early 2031", 2031.6: "mid-2031", 2031.8: "late 2031"} {
		if got := year.roughly(at); got != want {
			t.Errorf("roughly %v is %q, want %q", at, got, want)
		}
	}
	if got := calendarOf("month", 0).date(18); got != "month 18" {
		t.Errorf("month 18 is %q", got)
	}
	for d, want := range map[float64]string{1: "1 year", 2: "2 years", 0.5: "6 months", 2.5: "2.5 years"} {
		if got := year.span(d); got != want {
			t.Errorf("%v years are %q, want %q", d, got, want)
		}
	}
}
