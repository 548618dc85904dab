// Package naming holds the rules for names: how XMILE compares them, and how they are
// written in weir's equations.
//
// A name has three forms: as the file writes it ("Total\nStudents"), as people read it
// (Total Students), and as it is compared (total_students, XMILE 1.0, 2.2.2). Names in weir's
// equations are in the third form with fewer characters. The functions are pure, and
// applying one twice changes nothing.
package naming

import (
	"strings"
	"unicode"

	"weir/model/equation"
)

// TrimQuotes returns a name without the quotation marks around it.
func TrimQuotes(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// escapes are the escape sequences of names, with their meanings.
var escapes = strings.NewReplacer(`\n`, " ", `\r`, " ", `\"`, `"`, "\u00a0", " ")

// Canonical returns the form in which XMILE compares names (2.2.2): lower case, with one
// underscore for any run of blanks, underscores and line breaks, \n among them.
func Canonical(name string) string {
	if strings.ContainsAny(name, "\\\u00a0") {
		name = escapes.Replace(name)
	}
	name = unquoted(name)
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return r == '_' ||
			unicode.IsSpace(r)
	}), "_"))
}

// unquoted returns a name without the quotation marks around it that it may have in an
// equation, and that some writers leave in its declaration.
func unquoted(name string) string {
	if s := strings.TrimSpace(name); len(s) > 2 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return name
}

// Display returns a name as people read it: on one line, with blanks.
func Display(name string) string {
	return Spoken(strings.ReplaceAll(name, "_", " "))
}

// Spoken returns a name on one line, with the characters that the file has.
func Spoken(name string) string {
	return strings.Join(strings.Fields(unquoted(escapes.Replace(name))), " ")
}

// ElementName returns an element's name with nothing in it that cannot stand in brackets.
func ElementName(name string) string {
	name = strings.ReplaceAll(Spoken(name), " ", "_")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("[],\"'*!+\n\r\t", r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, name)
}

// Snake returns a name with the characters that names in weir's equations have. It is never
// empty.
func Snake(name string) string {
	var b strings.Builder
	for _, r := range Canonical(name) {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		} else {
			b.WriteByte('_')
		}
	}
	out := strings.Trim(Canonical(b.String()), "_")
	if out == "" {
		return "variable"
	}
	if !Plain(out) {
		return "v_" + out
	}
	return out
}

// Plain reports whether an equation that holds just the name refers to it.
func Plain(s string) bool {
	tree, mistakes := equation.Parse(s)
	n, ok := tree.(*equation.Name)
	return ok && len(mistakes) == 0 && n.Name == Canonical(s) && n.Index == nil
}

// Base returns a file's name without its folder and ending.
func Base(path string) string {
	path = path[strings.LastIndexAny(path, `/\`)+1:]
	if n := strings.LastIndexByte(path, '.'); n > 0 {
		path = path[:n]
	}
	return path
}

// SplitNames cuts a list of names at its commas, but not inside quotes, and takes the
// quotes off.
func SplitNames(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == ',' && !quoted {
			out = append(out, strings.Trim(strings.TrimSpace(s[start:i]), `"`))
			start = i + 1
		} else if s[i] == '"' {
			quoted = !quoted
		}
	}
	return out
}

// SplitPath cuts a name at its dots, but not inside quotes.
func SplitPath(s string) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '.' && !quoted {
			out = append(out, Canonical(strings.Trim(strings.TrimSpace(s[start:i]), `"`)))
			start = i + 1
		} else if s[i] == '"' {
			quoted = !quoted
		}
	}
	return out
}
