// Package date turns dates of the calendar into times of a model. A date without a time of day is the
// beginning of its day; all are of one clock, without zones or summer time.
package date

import (
	"fmt"
	"strings"
	"time"
)

// layouts are the forms of a date that are read: those of ISO 8601 in which year, month and day
// cannot be taken for each other.
var layouts = []string{time.DateOnly, "2006-01", "2006-01-02T15:04:05", "2006-01-02T15:04",
	time.DateTime, "2006-01-02 15:04"}

// Parse returns the date that a text is; ok is false for any other text, and for a plain number.
func Parse(text string) (at time.Time, ok bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Looks reports whether a text has the look of a date in a form that Parse does not read, such as
// 1/7/2024, which means two days.
func Looks(text string) bool {
	parts := strings.FieldsFunc(strings.TrimSpace(text), func(r rune) bool {
		return r == '/' ||
			r == '.' || r == '-'
	})
	if len(parts) != 3 {
		return false
	}
	for _, p := range parts {
		if len(p) == 0 || len(p) > 4 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

// Units are the units of time in which a date has a place.
var Units = []string{"year", "quarter", "month", "week", "day", "hour"}

// Time returns the model time of a date in a unit, one of Units or its plural. In years, and without
// a zero, it is the number of the year and the share of it that has gone: 2024-07-01 is
// 2024 + 182/366. Otherwise it counts from zero, the date at which the model's time is 0. Years,
// quarters and months count as the calendar does, each as one, with the share of the last one that
// has gone; weeks are seven days.
func Time(at time.Time, unit string, zero *time.Time) (float64, error) {
	unit = strings.TrimSuffix(strings.ToLower(unit), "s")
	if zero == nil {
		if unit == "year" {
			return years(at), nil
		}
		return 0, fmt.Errorf("the model counts in %q, and nothing says which date is its time 0", unit)
	}
	switch unit {
	case "year":
		return years(at) - years(*zero), nil
	case "quarter":
		return (months(at) - months(*zero)) / 3, nil
	case "month":
		return months(at) - months(*zero), nil
	case "week":
		return at.Sub(*zero).Hours() / (7 * 24), nil
	case "day":
		return at.Sub(*zero).Hours() / 24, nil
	case "hour":
		return at.Sub(*zero).Hours(), nil
	}
	return 0, fmt.Errorf("dates have a time in %s, and the model's unit is %q", strings.Join(Units,
		", "), unit)
}

// years returns the year of a date with the share of it that has gone.
func years(at time.Time) float64 {
	first := time.Date(at.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	next := time.Date(at.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	return float64(at.Year()) + at.Sub(first).Hours()/next.Sub(first).Hours()
}

// months returns the number of a date's month since year 0, with the share of it that has gone.
func months(at time.Time) float64 {
	first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	next := first.AddDate(0, 1, 0)
	return float64(12*at.Year()+int(at.Month())-1) + at.Sub(first).Hours()/next.Sub(first).Hours()
}
