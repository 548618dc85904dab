package imported

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/words"
)

// A Kind is a grade of an import with its meaning in words.
type Kind struct {
	Grade   model.Grade
	Meaning string
}

// Kinds are all grades, the worst first.
var Kinds = []Kind{
	{model.Unsupported, "not supported, and left out"},
	{model.Approximated, "approximated: other numbers, near those of the original"},
	{model.Equivalent, "equivalent: said in another way, the same numbers"},
	{model.Exact, "exact"},
}

// A Reason is one thing that was done to variables of a grade.
type Reason struct {
	How   string
	Names []string // in the file of the other tool, in its order
}

// Reasons returns the things that were done to the variables of a grade, those done to most
// variables first.
func Reasons(rows []model.ImportRow, grade model.Grade) []Reason {
	var list []Reason
	for _, r := range rows {
		if r.Grade != grade {
			continue
		}
		i := slices.IndexFunc(list, func(x Reason) bool { return x.How == r.How })
		if i < 0 {
			i = len(list)
			list = append(list, Reason{How: r.How})
		}
		list[i].Names = append(list[i].Names, r.Name)
	}
	slices.SortStableFunc(list, func(a, b Reason) int { return cmp.Compare(len(b.Names), len(a.Names)) })
	return list
}

// worstFirst returns the rows of an import by grade, those of a grade in the order of the
// file.
func worstFirst(rows []model.ImportRow) []model.ImportRow {
	place := map[model.Grade]int{}
	for i, k := range Kinds {
		place[k.Grade] = i
	}
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b model.ImportRow) int { return cmp.Compare(place[a.Grade], place[b.Grade]) })
	return out
}

// record returns import.csv: a row for each variable, the worst first. Own returns the names
// that variables have in the files.
func record(m *model.Model, own func(string) string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write([]string{"name", "variable", "grade", "how", "file", "line"}) // into memory: cannot fail
	indexes := map[string]*diagnostic.Index{}
	for _, row := range worstFirst(m.Imported.Rows) {
		if indexes[row.Span.File] == nil {
			indexes[row.Span.File] = diagnostic.NewIndex(m.Files[row.Span.File])
		}
		line, _ := indexes[row.Span.File].Position(row.Span.Start)
		w.Write([]string{row.Name, own(row.Variable), string(row.Grade),
			row.How, filepath.Base(row.Span.File), strconv.Itoa(line)})
	}
	w.Flush()
	return out.Bytes()
}

// head returns the first lines of a model.toml: its origin.
func head(m *model.Model) []byte {
	text := fmt.Sprintf("# From %s (%s), by weir import. import.csv says what became of each variable.\n",
		comment(filepath.Base(m.File)), comment(m.Imported.Format))
	if n := m.Imported.Count(model.Unsupported); n > 0 {
		text += fmt.Sprintf("# Not supported there, and left out: %s.\n", words.Count(n, "thing"))
	}
	return []byte(text)
}

// comment returns a text that ends no comment of TOML: every control character is a blank. The
// name of a file may have a line break, behind which it would be a part of the model.
func comment(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}
