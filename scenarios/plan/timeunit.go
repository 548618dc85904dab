package plan

import "strings"

// unitYears are the time units that a yearly discount can be counted in, in years
// of 365.25 days.
var unitYears = map[string]float64{
	"year": 1, "quarter": 1. / 4, "month": 1. / 12, "week": 7 / 365.25, "day": 1 / 365.25,
	"hour": 1 / 365.25 / 24, "minute": 1 / 365.25 / 24 / 60, "second": 1 / 365.25 / 24 / 3600,
}

// yearsPerUnit returns the length of a model's time unit in years; 1 and false if the
// unit is not known.
func yearsPerUnit(unit string) (float64, bool) {
	name := strings.ToLower(strings.TrimSpace(unit))
	for _, form := range []string{name, strings.TrimSuffix(name, "s")} {
		if y, ok := unitYears[form]; ok {
			return y, true
		}
	}
	return 1, false
}
