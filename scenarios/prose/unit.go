package prose

import (
	"cmp"
	"strings"
)

// UnitWords spells a unit out: "student/year" is "students a year", "USD/student" is
// "dollars a student", "1" is nothing. A unit that is already words stays as it is.
// plurals maps the names that a model declares to their plurals.
func UnitWords(unit string, plurals map[string]string) string {
	return spelled(unit, func(name string) string { return Plural(name, plurals) })
}

// PrintedWords spells out a unit that a set gives as it is to be printed: what the
// model does not declare keeps its form, "children" or "staff".
func PrintedWords(unit string, plurals map[string]string) string {
	return spelled(unit, func(name string) string {
		if _, declared := plurals[name]; declared || isMoney(name) {
			return Plural(name, plurals)
		}
		return name
	})
}

func spelled(unit string, many func(string) string) string {
	unit = strings.TrimSpace(unit)
	if unit == "1" || unit == "" {
		return ""
	}
	parts := strings.Split(unit, "/")
	words := []string{}
	if top := strings.TrimSpace(parts[0]); top != "1" {
		words = append(words, many(top))
	}
	for _, below := range parts[1:] {
		words = append(words, "a", strings.Trim(strings.TrimSpace(below), "()"))
	}
	return strings.Join(words, " ")
}

// Plural gives the plural of a unit's name, as the model declares it or by adding an s.
func Plural(name string, plurals map[string]string) string {
	if p, ok := plurals[name]; ok {
		return p
	}
	for _, p := range plurals {
		if p == name {
			return name
		}
	}
	switch {
	case isMoney(name):
		return "dollars"
	case strings.ContainsAny(name, " ^*()") || strings.HasSuffix(name, "s"):
		return name
	}
	return name + "s"
}

func isMoney(name string) bool {
	switch strings.ToLower(name) {
	case "usd", "$", "dollar", "dollars", "us dollars":
		return true
	}
	return false
}

// CutRate splits "dollars a year" into the amount and the rate.
func CutRate(words string) (amount, rate string) {
	words = strings.Replace(words, " per ", " a ", 1)
	if rate, ok := strings.CutPrefix(words, "a "); ok {
		return "", "a " + rate
	}
	amount, rate, found := strings.Cut(words, " a ")
	if !found {
		return words, ""
	}
	if isMoney(amount) {
		amount = "dollars"
	}
	return amount, "a " + rate
}

// Singular gives one of what a quantity counts, "child" for "children"; "one" if the
// model does not say.
func Singular(many string, plurals map[string]string) string {
	best := ""
	for one, p := range plurals {
		if p == many && (best == "" || one < best) {
			best = one
		}
	}
	return cmp.Or(best, "one")
}
