// Package naming makes names of weir's language of the names in a .mdl file.
package naming

import (
	"strconv"
	"strings"
	"unicode"

	language "weir/model/equation"
	"weir/model/function"
)

// Taken are the names that variables, dimensions and tests of the model have already, with
// the next number to try where a name is wanted again.
type Taken map[string]int

// Free returns a name that nothing has yet, and takes it. Ending is added to the names of
// functions and words of the language; a name that is taken gets a number.
func (t Taken) Free(name, ending string) string {
	if row := function.Find(name); row != nil && !row.Free || !isPlain(name) {
		name += ending
	}
	out := name
	for t[out] > 0 {
		t[name] = max(t[name], 1) + 1
		out = name + "_" + strconv.Itoa(t[name])
	}
	t[out] = 1
	return out
}

// isPlain reports whether a name needs no quotes in an equation.
func isPlain(name string) bool {
	tree, mistakes := language.Parse(name)
	n, ok := tree.(*language.Name)
	return ok && len(mistakes) == 0 && n.Name == name
}

// Variable returns a name in lower case, with underscores for all that is no letter or digit.
func Variable(name string) string {
	out := words(name)
	if out == "" || !unicode.IsLetter([]rune(out)[0]) {
		out = "x_" + out
	}
	return strings.TrimRight(out, "_")
}

// Element returns a name as Variable does, but it may begin with a digit.
func Element(name string) string {
	out := words(name)
	if out == "" {
		return "x"
	}
	if c := out[0]; '0' <= c && c <= '9' && strings.Trim(out, "0123456789") != "" {
		return "x_" + out
	}
	return out
}

// words returns a name in lower case, with one underscore for each run of characters that
// are neither letters nor digits.
func words(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}
