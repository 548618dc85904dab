package document

import (
	"strings"
	"unicode"
)

// MaxElements bounds how many numbers a model may hold, hidden ones included, so
// that a slip in a dimension is reported instead of filling the memory.
const MaxElements = 4_000_000

// OverWords returns the dimensions of a variable in words: "over sector, grade".
func OverWords(over []string) string {
	if len(over) == 0 {
		return "a single number"
	}
	return "over " + strings.Join(over, ", ")
}

// InScope returns a variable's name as the equations of a module write it. Inside is false if
// they cannot, because the variable is of another module.
func InScope(name, module string) (local string, inside bool) {
	if module == "" {
		return name, true
	}
	return strings.CutPrefix(name, module+".")
}

// Under returns the full name of a module's name, or the module itself for "".
func Under(module, inner string) string {
	if inner == "" {
		return module
	}
	return module + "." + inner
}

// Snake returns a name in the spelling of names: lower case, words joined by underscores. SchoolAge
// and "school age" both become school_age. The result need not be a name: it may begin with a
// digit.
func Snake(s string) string {
	out := strings.Builder{}
	for i, c := range s {
		switch {
		case unicode.IsUpper(c) && i > 0 && out.Len() > 0 && unicode.IsLower(rune(s[i-1])):
			out.WriteByte('_')
			out.WriteRune(unicode.ToLower(c))
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			out.WriteRune(unicode.ToLower(c))
		default:
			out.WriteByte('_')
		}
	}
	return strings.Trim(out.String(), "_")
}
