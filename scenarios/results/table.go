// Package results reads results of runs from files, weir's own and the tables that Vensim and Stella
// export, and compares a run with them.
package results

import (
	"math"
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/document"
	"weir/scenarios/imported"
	"weir/sim"
)

// A Table is a result from a file: variables over time.
type Table struct {
	File  string
	Text  []byte // as diagnostics show it
	Hash  string // of the model, where the file says it; else ""
	Model string // the name of the model, where the file says it; else ""
	// Own says that weir wrote the file: such a one may be written again. A CSV of weir run does not
	// say it.
	Own     bool
	Columns []Column
}

// Mark begins the first line of a CSV that weir test --keep writes; a blank and the name of the model
// may follow it.
const Mark = "# kept by weir test:"

// marked reads the mark of a text that is marked.
func (t *Table) marked() {
	line, _, _ := strings.Cut(string(t.Text), "\n")
	if name, ok := strings.CutPrefix(line, Mark); ok {
		t.Own, t.Model = true, strings.TrimSpace(name)
	}
}

// OfAnother reports whether a file says that it is the result of a model of another name. Blanks and
// line breaks do not matter.
func (t *Table) OfAnother(m *document.Model) bool {
	a, b := strings.Join(strings.Fields(t.Model), " "), strings.Join(strings.Fields(m.Name), " ")
	return a != "" && b != "" && a != b
}

// A Column is a variable of a Table. The lists have one length; times rise, and blank cells are left
// out.
type Column struct {
	Name   string
	Times  []float64
	Values []float64 // NaN where the file says so
	Half   []float64 // half a unit of the last digit that was printed; 0 where it does not show
	Slack  float64   // the same of the times, at most
	at     diagnostic.Span
	key    string // see fold
}

// controls are the names of clocks, which are no variables of weir.
var controls = []string{"time", "initial time", "final time", "time step", "saveper", "starttime",
	"stoptime", "dt"}

var (
	blanks  = pattern(`[\s_\x{a0}]+`)
	dots    = pattern(`\s*\.\s*`)
	runTail = pattern(`\s:\s[^\]]*$`)
)

// Fold returns the form that two spellings of a name share: case, quotes, underscores and blanks do
// not matter, nor blanks around subscripts.
func Fold(name string) string {
	name = strings.TrimSpace(name)
	i := strings.LastIndexByte(name, '[')
	if i < 0 || !strings.HasSuffix(name, "]") {
		return foldPlain(name)
	}
	words := strings.Split(name[i+1:len(name)-1], ",")
	for k := range words {
		words[k] = foldPlain(words[k])
	}
	return foldPlain(name[:i]) + "[" + strings.Join(words, ",") + "]"
}

// foldPlain is Fold for a name without subscripts.
func foldPlain(s string) string {
	s = strings.NewReplacer(`\"`, "", `\n`, " ", `\r`, " ", `"`, "", "·", ".").Replace(s)
	s = strings.ToLower(strings.TrimSpace(blanks().ReplaceAllString(s, " ")))
	return dots().ReplaceAllString(s, ".")
}

// finish takes the name of the run off the columns if all of them end with it, as Vensim writes it,
// and reports two columns of one name.
func (t *Table) finish() *diagnostic.Diagnostic {
	tails := map[string]bool{}
	// A run's name may be in a variable's own name: it is cut only where every column has the same.
	for _, c := range t.Columns {
		tails[runTail().FindString(c.Name)] = true
	}
	seen := map[string]int{}
	for i := range t.Columns {
		c := &t.Columns[i]
		if len(tails) == 1 {
			c.Name = runTail().ReplaceAllString(c.Name, "")
		}
		c.key = Fold(c.Name)
		if before, twice := seen[c.key]; twice && c.key != "" {
			hint := "keep one of them"
			if len(tails) > 1 {
				hint = "export one run at a time"
			}
			return bad(c.at, hint, "two columns are %s: %q and %q", c.key, t.Columns[before].Name, c.Name)
		}
		seen[c.key] = i
	}
	return nil
}

// Matched is a table in terms of a model's columns.
type Matched struct {
	*Table
	by map[string]*Column // by the name of a column of the model
	// Unknown are columns of the table that the model does not have, clocks left out.
	Unknown []string
}

// Match finds the model's columns in a table: by their names in the file that another tool wrote, or
// by their own. The error says that the table is of another model: none of its columns is found.
func (t *Table) Match(m *document.Model, columns []sim.Column) (*Matched, *diagnostic.Diagnostic) {
	out := &Matched{Table: t, by: map[string]*Column{}}
	key := map[string]*Column{}
	for i := range t.Columns {
		key[t.Columns[i].key] = &t.Columns[i]
	}
	names := imported.ColumnNames(m)
	// A column serves one variable only: two names that fold to one are not both its.
	used := map[*Column]bool{}
	for _, c := range columns {
		for _, name := range []string{names(c), c.Name()} {
			if found := key[Fold(name)]; found != nil && !used[found] {
				out.by[c.Name()], used[found] = found, true
				break
			}
		}
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; !used[c] && !slices.Contains(controls, c.key) {
			out.Unknown = append(out.Unknown, c.Name)
		}
	}
	if len(used) == 0 {
		var own []string
		for _, c := range columns[:min(3, len(columns))] {
			own = append(own, names(c))
		}
		hint := "name the result of a run of this model"
		if len(own) > 0 {
			hint += ", which has columns such as " + strings.Join(own, ", ")
		}
		return nil, bad(t.start(), hint,
			"no column of it is a variable of the model: it is the result of another model")
	}
	return out, nil
}

// Lacks returns the names of the model's columns, as given, that the table does not have.
func (m *Matched) Lacks(columns []sim.Column) []string {
	var out []string
	for _, c := range columns {
		if m.by[c.Name()] == nil {
			out = append(out, c.Name())
		}
	}
	return out
}

// Only leaves the given columns of the model in a table: others are not compared.
func (m *Matched) Only(columns []sim.Column) {
	by := map[string]*Column{}
	for _, c := range columns {
		if found := m.by[c.Name()]; found != nil {
			by[c.Name()] = found
		}
	}
	m.by, m.Unknown = by, nil
}

// Last returns the latest time of the columns that are compared; -Inf if there is none.
func (m *Matched) Last() float64 {
	last := math.Inf(-1)
	for _, c := range m.by {
		if n := len(c.Times); n > 0 {
			last = max(last, c.Times[n-1])
		}
	}
	return last
}

// Column returns a column of the model in the table; nil if the table does not have it.
func (m *Matched) Column(c sim.Column) *Column { return m.by[c.Name()] }

// start returns the place of the table's first column, or the beginning of the file.
func (t *Table) start() diagnostic.Span {
	if len(t.Columns) > 0 {
		return t.Columns[0].at
	}
	return diagnostic.Span{File: t.File}
}

// Of returns a column's times and values; nil if the table does not have it.
func (m *Matched) Of(c sim.Column) (times, values []float64) {
	if found := m.by[c.Name()]; found != nil {
		return found.Times, found.Values
	}
	return nil, nil
}

// vensimNA is how Vensim writes a missing number, -2^109.
const vensimNA = -0x1p109

// isNA reports whether a number stands for none.
func isNA(x float64) bool {
	return math.IsNaN(x) || x < 0 && math.Abs(x-vensimNA) <= float64(1e-4*-vensimNA)
}
