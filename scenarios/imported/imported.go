// Package imported carries the model of another tool over into weir's own files, proves by
// running both that they have the same numbers, and says which numbers of an import are not
// those of the original.
package imported

import (
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"
)

// ColumnNames returns the function that names a column in an output: as in the file that
// another tool wrote, or as in the model if it is weir's own.
func ColumnNames(m *model.Model) func(sim.Column) string {
	own := m.FileNames()
	if own == nil {
		return sim.Column.Name
	}
	return func(c sim.Column) string { return own(c.Variable, c.Elements) }
}

// Affected returns the variables of another tool's model that depend on parts that are not
// supported, by their names in its file; nil if there are none.
func Affected(m *model.Model, r *resolved.Model) []string {
	if m.Imported == nil {
		return nil
	}
	own := m.FileNames()
	var out []string
	for _, name := range model.Affected(m.Imported, r) {
		out = append(out, own(name, nil))
	}
	return out
}

// Remark returns the sentence that warns of affected variables; "" if there are none.
func Remark(affected []string) string {
	if len(affected) == 0 {
		return ""
	}
	return "parts of the model are not supported; these numbers are not those of the original: " +
		strings.Join(affected, ", ")
}

// Comment returns the first line of a CSV file with affected variables; "" if there are none.
func Comment(affected []string) string {
	if len(affected) == 0 {
		return ""
	}
	return "# not those of the original, of which parts are not supported: " + strings.Join(affected, ", ") + "\n"
}
