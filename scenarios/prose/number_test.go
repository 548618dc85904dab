package prose

import (
	"math"
	"testing"
)

func TestNumbersReadAsASpeakerWouldSayThem(t *testing.T) {
	children := Quantity{Unit: "children", Finest: 1, Coarse: 10}
	dollars := Quantity{Kind: Money, Rate: "a year", Finest: 1}
	percent := Quantity{Kind: Share, Finest: 0.1}
	start := Quantity{Kind: Index, Finest: 0.01}
	for _, c := range []struct {
		q    Quantity
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
		{Quantity{Unit: "teachers"}, 0.9345, "0.935 teachers"},
	} {
		if got := c.q.With(c.v); got != c.want {
			t.Errorf("%v reads %q, want %q", c.v, got, c.want)
		}
	}
}

func TestDifferencesCarryTheirDirection(t *testing.T) {
	children := Quantity{Unit: "children", Finest: 1, Coarse: 10}
	for _, c := range []struct {
		q                    Quantity
		v                    float64
		signed, gap, compare string
	}{
		{children, 1147.3, "+1,150", "1,150", "more"},
		{children, -118.4, "−120", "120", "fewer"},
		{children, 3, "0", "0", "more"},
		{Quantity{Kind: Money, Finest: 1}, -4e6, "−$4 million", "$4 million", "less"},
		{Quantity{Kind: Share, Finest: 0.1}, 0.021, "+2.1 points", "2.1 points", "higher"},
		{Quantity{Kind: Index, Finest: 0.01}, -0.052, "−0.05", "0.05", "lower"},
	} {
		if got := c.q.Signed(c.v); got != c.signed {
			t.Errorf("%v signed is %q, want %q", c.v, got, c.signed)
		}
		if got := c.q.Gap(c.v); got != c.gap {
			t.Errorf("the size of %v is %q, want %q", c.v, got, c.gap)
		}
		if got := c.q.More(c.v); got != c.compare {
			t.Errorf("%v is %q, want %q", c.v, got, c.compare)
		}
	}
}

// A number is never moved by more than half a percent of itself, unless it is below
// the finest step.
func TestSpeakerIsNearTheNumber(t *testing.T) {
	for v := 1.0; v < 2e6; v *= 1.0137 {
		if r := Rounded(v, 0); math.Abs(r-v) > 0.00501*v {
			t.Errorf("%v is rounded to %v", v, r)
		}
		if r := Rounded(Rounded(v, 0), 0); math.Abs(r-Rounded(v, 0)) > 1e-9*v {
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
		if got := UnitWords(unit, plurals); got != want {
			t.Errorf("%q reads %q, want %q", unit, got, want)
		}
	}
	if got := PrintedWords("staff", plurals); got != "staff" {
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
		if got := QuantityOf(c.words, false, c.largest).With(c.v); got != c.want {
			t.Errorf("%v in %q reads %q, want %q", c.v, c.words, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	year := CalendarOf("year", 2008)
	for at, want := range map[float64]string{2031: "2031", 2031.02: "2031", 2031.5: "mid-2031", 2031.25: "April 2031", 2031.99: "2032"} {
		if got := year.Date(at); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
	for at, want := range map[float64]string{2031: "2031", 2031.2: "early 2031", 2031.6: "mid-2031", 2031.8: "late 2031"} {
		if got := year.Roughly(at); got != want {
			t.Errorf("roughly %v is %q, want %q", at, got, want)
		}
	}
	if got := CalendarOf("month", 0).Date(18); got != "month 18" {
		t.Errorf("month 18 is %q", got)
	}
	for d, want := range map[float64]string{1: "1 year", 2: "2 years", 0.5: "6 months", 2.5: "2.5 years"} {
		if got := year.Span(d); got != want {
			t.Errorf("%v years are %q, want %q", d, got, want)
		}
	}
}
