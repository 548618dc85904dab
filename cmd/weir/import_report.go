package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/words"
)

// grades are those of an import, the worst first, with what they mean.
var grades = []struct {
	grade model.Grade
	means string
}{
	{model.Unsupported, "not supported, and left out"},
	{model.Approximated, "approximated: other numbers, near those of the original"},
	{model.Equivalent, "equivalent: said in another way, the same numbers"},
	{model.Exact, "exact"},
}

// worstFirst are the rows of an import, those of a grade in the order of the file.
func worstFirst(rows []model.ImportRow) []model.ImportRow {
	place := map[model.Grade]int{}
	for i, g := range grades {
		place[g.grade] = i
	}
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b model.ImportRow) int { return cmp.Compare(place[a.Grade], place[b.Grade]) })
	return out
}

// importTable is the record of an import as CSV, the worst first.
func importTable(m *model.Model) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write([]string{"name", "variable", "grade", "how", "file", "line"}) // into memory: cannot fail
	for _, row := range worstFirst(m.Imported.Rows) {
		line, _ := diagnostic.Position(m.Files[row.Span.File], row.Span.Start)
		w.Write([]string{row.Name, row.Variable, string(row.Grade), row.How, filepath.Base(row.Span.File), strconv.Itoa(line)})
	}
	w.Flush()
	return out.Bytes()
}

// importHead is the first lines of a model.toml: where it comes from.
func importHead(m *model.Model) []byte {
	head := fmt.Sprintf("# From %s (%s), by weir import. import.csv says what became of each variable.\n", filepath.Base(m.File), m.Imported.Format)
	if n := m.Imported.Count(model.Unsupported); n > 0 {
		head += fmt.Sprintf("# Not supported there, and left out: %s.\n", words.Count(n, "thing"))
	}
	return []byte(head)
}

// importSummary says how well a model was carried over, the worst first.
func importSummary(w io.Writer, m *model.Model, affected []string, columns int) {
	for _, g := range grades {
		n := m.Imported.Count(g.grade)
		if n == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%d %s\n", n, g.means)
		if g.grade != model.Exact {
			reasons(w, m.Imported.Rows, g.grade, columns)
		}
		if g.grade == model.Unsupported && len(affected) > 0 {
			fmt.Fprintln(w, "  "+hanging("These rest on it, so their numbers are not those of the original: "+strings.Join(affected, ", ")+".", 2, columns))
		}
	}
}

// How much of a report a terminal shows; the rest stands in import.csv.
const (
	mostReasons = 20
	mostNames   = 8
)

// reasons prints what was done to the variables of a grade, a line for all to which the
// same was done.
func reasons(w io.Writer, rows []model.ImportRow, grade model.Grade, columns int) {
	names := map[string][]string{}
	var order []string
	for _, r := range rows {
		if r.Grade != grade {
			continue
		}
		if names[r.How] == nil {
			order = append(order, r.How)
		}
		names[r.How] = append(names[r.How], r.Name)
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(len(names[b]), len(names[a])) })
	for i, how := range order {
		if i == mostReasons {
			fmt.Fprintf(w, "  and %s more: see import.csv\n", words.Count(len(order)-i, "reason"))
			return
		}
		fmt.Fprintln(w, "  "+hanging(words.Few(names[how], mostNames)+": "+how, 2, columns))
	}
}
