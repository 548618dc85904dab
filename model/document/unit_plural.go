package document

import (
	"slices"
	"strings"
)

// irregular are plurals that do not end in s.
var irregular = map[string]string{"person": "people", "child": "children"}

// TakePlural makes the plural of a unit that has none of the alias that reads like one:
// people for person, or the name with an s. Other tools have no word for plurals.
func (d *UnitDeclaration) TakePlural() {
	for _, want := range []string{irregular[strings.ToLower(d.Name)], d.Name + "s"} {
		i := slices.IndexFunc(d.Alias, func(a string) bool { return strings.EqualFold(a, want) })
		if d.Plural == "" && i >= 0 && d.Name != "$" {
			d.Plural = d.Alias[i]
			d.Alias = slices.Delete(slices.Clone(d.Alias), i, i+1)
		}
	}
}
