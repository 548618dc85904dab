package structure

import (
	"weir/model/document"
	"weir/model/resolved"
)

// Affected names the variables whose numbers depend on what was not supported, in
// the order of the model; those that were not supported come with them.
func Affected(i *document.Import, r *resolved.Model) []string {
	reached := map[string]bool{}
	for _, row := range i.Rows {
		if row.Grade == document.Unsupported && row.Variable != "" {
			reached[row.Variable] = true
		}
	}
	if len(reached) == 0 {
		return nil
	}
	g := Structure(r)
	for before := -1; before < len(reached); {
		before = len(reached)
		for _, l := range g.Links {
			if reached[l.From.Name] {
				reached[l.To.Name] = true
			}
		}
	}
	var out []string
	for _, n := range g.Nodes {
		if reached[n.Name] {
			out = append(out, n.Name)
		}
	}
	return out
}
