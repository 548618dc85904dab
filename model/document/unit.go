package document

import (
	"slices"
	"strings"

	"weir/model/diagnostic"
)

// A UnitDeclaration is a row of [unit]. Plural is the spelling after a number, "" if not given.
type UnitDeclaration struct {
	Name, Plural string
	Alias        []string
	Span         diagnostic.Span
}

// irregular are plurals that do not end in s.
var irregular = map[string]string{"person": "people", "child": "children"}

// TakePlural makes one of the aliases the plural of a unit that has none: people for person, or
// the name with an s. The files of other tools do not mark plurals.
func (d *UnitDeclaration) TakePlural() {
	for _, want := range []string{irregular[strings.ToLower(d.Name)], d.Name + "s"} {
		i := slices.IndexFunc(d.Alias, func(a string) bool { return strings.EqualFold(a, want) })
		if d.Plural == "" && i >= 0 && d.Name != "$" {
			d.Plural = d.Alias[i]
			d.Alias = slices.Delete(slices.Clone(d.Alias), i, i+1)
		}
	}
}
