package unit

import "strings"

// irregular are plurals that no ending makes, among units that models have.
var irregular = map[string]string{
	"people": "person", "persons": "person", "children": "child", "men": "man", "women": "woman",
	"mice": "mouse", "feet": "foot", "wolves": "wolf", "lives": "life",
}

// SameWord reports whether two names of units differ in case or number only: student and
// Students, city and cities, person and people. They are different units all the same,
// unless a System declares them one.
func SameWord(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return singular(a) == singular(b) || plural(a, b) || plural(b, a)
}

// plural reports whether many is one with an ending.
func plural(one, many string) bool {
	y, endsInY := strings.CutSuffix(one, "y")
	return many == one+"s" || many == one+"es" || endsInY && many == y+"ies"
}

// singular returns the singular of an irregular plural; any other word as it is.
func singular(word string) string {
	if one, ok := irregular[word]; ok {
		return one
	}
	return word
}

// Ratio returns the two names of a unit that is one over another, such as students/student;
// ok is false of any other unit.
func (u Unit) Ratio() (above, below string, ok bool) {
	if len(u.factors) != 2 {
		return "", "", false
	}
	a, b := u.factors[0], u.factors[1]
	if a.power.over < 0 {
		a, b = b, a
	}
	return a.name, b.name, a.power == power{1, 1} && b.power == power{-1, 1}
}
