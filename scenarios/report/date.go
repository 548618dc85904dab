package report

import (
	"math"
	"strconv"
)

// A calendar puts model time into words.
type calendar struct {
	unit string // year, month, week, day …
	real bool   // years of the calendar, not a count from the start
}

// calendarOf reads the clock: years from 1000 on are taken as years of the calendar.
func calendarOf(unit string, start float64) calendar {
	return calendar{unit: unit, real: (unit == "year" || unit == "years") && start >= 1000}
}

var months = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

// date writes a time: "2031", "mid-2031", "March 2031", or "month 18".
func (c calendar) date(t float64) string {
	if !c.real {
		return c.unit + " " + decimals(math.Round(t*10)/10)
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

// roughly writes a computed time as one would say it: "2031", "early 2031", "mid-2031",
// "late 2031". The month would claim more than a model of years knows.
func (c calendar) roughly(t float64) string {
	year, part := math.Modf(t)
	if !c.real || part < 1./24 || part > 1-1./24 {
		return c.date(t)
	}
	switch {
	case part < 3./8:
		return "early " + strconv.Itoa(int(year))
	case part <= 5./8:
		return "mid-" + strconv.Itoa(int(year))
	}
	return "late " + strconv.Itoa(int(year))
}

// tick writes a time as short as an axis needs it.
func (c calendar) tick(t float64) string {
	if c.real && t == math.Trunc(t) {
		return strconv.Itoa(int(t))
	}
	return decimals(math.Round(t*100) / 100)
}

// span writes a length of time: "2 years", "1 year", "6 months".
func (c calendar) span(d float64) string {
	if c.unit == "year" && d < 2 && d != 1 {
		return count(int(math.Round(d*12)), "month")
	}
	if d == 1 {
		return "1 " + c.unit
	}
	return decimals(math.Round(d*10)/10) + " " + plural(c.unit, nil)
}

// count writes a whole number of things: "1 month", "3 months".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return thousands(strconv.Itoa(n)) + " " + thing + "s"
}
