package prose

import (
	"cmp"
	"strings"
)

// UnitWords spells a unit out: "student/year" is "students a year", "USD/student" is
// "dollars a student", "1" is "". A unit in words is returned unchanged. plurals maps the
// names that a model declares to their plurals.
func UnitWords(unit string, plurals map[string]string) string {
	return spelled(unit, func(name string) string { return Plural(name, plurals) })
}

// PrintedWords spells out a unit that a set gives as it is to be printed: a name that the
// model does not declare keeps its form, "children" or "staff".
func PrintedWords(unit string, plurals map[string]string) string {
	return spelled(unit, func(name string) string {
		if _, declared := plurals[name]; declared || isMoney(name) {
			return Plural(name, plurals)
		}
		return name
	})
}

// spelled spells a unit out; many returns the plural of the part above the line.
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

// Plural returns the plural of a unit's name: the model's own, or with an s. A name that is
// a plural, or a formula, is returned unchanged.
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

// isMoney reports whether a unit's name means dollars.
func isMoney(name string) bool {
	switch strings.ToLower(name) {
	case "usd", "$", "dollar", "dollars", "us dollars":
		return true
	}
	return false
}

// CutRate splits "dollars a year" into the amount and the rate; the rate is "" if there is
// none.
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

// Singular returns the singular of the unit that a quantity counts, "child" for "children";
// "one" if the model does not declare it.
func Singular(many string, plurals map[string]string) string {
	best := ""
	for one, p := range plurals {
		if p == many && (best == "" || one < best) {
			best = one
		}
	}
	return cmp.Or(best, "one")
}
