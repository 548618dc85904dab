package prose

import (
	"math"
	"strconv"

	"weir/scenarios/words"
)

// A Calendar puts model time into words.
type Calendar struct {
	Unit string // year, month, week, day …
	real bool   // years of the calendar, not a count from the start
}

// CalendarOf returns the calendar of a model. A time in years that starts at 1000 or later
// is a year of the calendar; all others are counts from the start.
func CalendarOf(unit string, start float64) Calendar {
	return Calendar{Unit: unit, real: (unit == "year" || unit == "years") && start >= 1000}
}

// months are the names for the twelfths of a year.
var months = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

// Date returns a time: "2031", "mid-2031", "March 2031", or "month 18".
func (c Calendar) Date(t float64) string {
	if !c.real {
		return c.Unit + " " + Decimals(math.Round(t*10)/10)
	}
	year, part := math.Modf(t)
	switch month := int(part * 12); {
	case part < 1./24:
		return strconv.Itoa(int(year))
	case part > 1-1./24:
		return strconv.Itoa(int(year) + 1)
	case part > 0.45 && part < 0.55:
		return "mid-" + strconv.Itoa(int(year))
	default:
		return months[month] + " " + strconv.Itoa(int(year))
	}
}

// Roughly returns a computed time as one would say it: "2031", "early 2031", "mid-2031",
// "late 2031". A month would claim more than a model of years knows.
func (c Calendar) Roughly(t float64) string {
	year, part := math.Modf(t)
	if !c.real || part < 1./24 || part > 1-1./24 {
		return c.Date(t)
	}
	switch {
	case part < 3./8:
		return "early " + strconv.Itoa(int(year))
	case part <= 5./8:
		return "mid-" + strconv.Itoa(int(year))
	}
	return "late " + strconv.Itoa(int(year))
}

// tick returns a time as short as an axis needs it.
func (c Calendar) tick(t float64) string {
	if c.real && t == math.Trunc(t) {
		return strconv.Itoa(int(t))
	}
	return Decimals(math.Round(t*100) / 100)
}

// Span returns a length of time: "2 years", "1 year", "6 months".
func (c Calendar) Span(d float64) string {
	if c.Unit == "year" && d < 2 && d != 1 {
		return words.Count(int(math.Round(d*12)), "month")
	}
	if d == 1 {
		return "1 " + c.Unit
	}
	return Decimals(math.Round(d*10)/10) + " " + Plural(c.Unit, nil)
}
