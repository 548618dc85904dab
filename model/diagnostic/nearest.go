package diagnostic

import (
	"slices"
	"strings"
	"unicode"
)

// longestName bounds the names that are compared, in bytes: nobody mistypes a longer one.
const longestName = 100

// Nearest returns the name in a list that was probably meant, or "" if none is near. Case
// does not count. Of equally near ones the first is taken. Near is a few typing mistakes
// away, or the same words in another order, or the only name that has all the words; or
// the same variable, but for such mistakes, of another module or of none. Another number
// is never near, and nothing is near to a name of more than 100 characters.
func Nearest(name string, among []string) string {
	if len(name) > longestName {
		return ""
	}
	typed := []rune(strings.ToLower(name))
	best, least := "", limit(len(typed))+1
	for _, other := range among {
		d := distance(typed, []rune(strings.ToLower(other)), least)
		if d < least && other != name && !otherNumber(name, other) {
			best, least = other, d
		}
	}
	if best == "" {
		best = inModule(name, among)
	}
	if best == "" && len(typed) > 3 {
		return withWords(name, among)
	}
	return best
}

// otherNumber reports whether two names differ in their digits only: 13 was not meant
// to be 12, nor S42 to be S24.
func otherNumber(a, b string) bool {
	pick := func(s string, digits bool) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) != digits {
				return -1
			}
			return unicode.ToLower(r)
		}, s)
	}
	x, y := pick(a, true), pick(b, true)
	return x != "" && y != "" && x != y && pick(a, false) == pick(b, false)
}

// inModule is Nearest for the part of a name after its last point, among names with a
// point in them, or for a name with one.
func inModule(name string, among []string) string {
	typed := []rune(strings.ToLower(variablePart(name)))
	best, least := "", limit(len(typed))+1
	for _, other := range among {
		if !strings.Contains(name+other, ".") || other == name || otherNumber(name, other) {
			continue
		}
		if d := distance(typed, []rune(strings.ToLower(variablePart(other))), least); d < least {
			best, least = other, d
		}
	}
	return best
}

// variablePart returns the part of a name after its last point.
func variablePart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// limit is how many typing mistakes a name of so many characters may have: one in
// three, at most four.
func limit(length int) int { return min((length+1)/3, 4) }

// distance is how many characters must be put in, left out, replaced or swapped
// with their neighbour (optimal string alignment; Damerau 1964), or most if it is
// that or more.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) >= most || len(b)-len(a) >= most {
		return most
	}
	if len(a) > 2*longestName || len(b) > 2*longestName {
		return most
	}
	var rows [3][2*longestName + 1]int
	before, row, next := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least >= most {
			return most
		}
		before, row, next = row, next, before
	}
	return min(row[len(b)], most)
}

// differ returns the cost of replacing one letter by another.
func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}

// withWords is the only name that has all words of name, in any order, or "".
func withWords(name string, among []string) string {
	want, found := words(name), ""
	if len(want) == 0 {
		return ""
	}
	for _, other := range among {
		has := words(other)
		if other == name || slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(has, w) }) {
			continue
		}
		if len(has) == len(want) {
			return other
		}
		if found != "" {
			return ""
		}
		found = other
	}
	return found
}

// words returns the parts of a name between underscores and blanks, in lower case.
func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' || r == ' ' })
}
