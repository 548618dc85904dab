package output

import (
	"fmt"
	"io"
	"strings"

	"weir/model"
	"weir/scenarios/imported"
	"weir/scenarios/words"
)

// WriteImport writes how many parts of another tool's model have each grade, and why, the worst
// grade first. Grades that no part has are left out. affected are the variables that rest on an
// unsupported part.
func WriteImport(w io.Writer, m *model.Model, affected []string, columns int) {
	for _, g := range imported.Kinds {
		n := m.Imported.Count(g.Grade)
		if n == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%d %s\n", n, g.Meaning)
		if g.Grade != model.Exact {
			reasons(w, m.Imported.Rows, g.Grade, columns)
		}
		if g.Grade == model.Unsupported && len(affected) > 0 {
			fmt.Fprintln(w, "  "+Hanging("These rest on it, so their numbers are not those of the original: "+strings.Join(affected, ", ")+".", 2, columns))
		}
	}
}

// Bounds of the report on a terminal; all of it is in import.csv.
const (
	mostReasons = 20
	mostNames   = 8
)

// reasons prints one line per reason for a grade, with the variables that it applies to. The most
// frequent reasons are the reader's first concern; those beyond the limit are only counted.
func reasons(w io.Writer, rows []model.ImportRow, grade model.Grade, columns int) {
	list := imported.Reasons(rows, grade)
	for i, r := range list {
		if i == mostReasons {
			fmt.Fprintf(w, "  and %s more: see import.csv\n", words.Count(len(list)-i, "reason"))
			return
		}
		fmt.Fprintln(w, "  "+Hanging(words.Few(r.Names, mostNames)+": "+r.How, 2, columns))
	}
}
