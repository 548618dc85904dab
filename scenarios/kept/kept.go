// Package kept compares the run of a behaviour test with a result that was kept in a file: of an earlier
// version of the model, or of another tool.
package kept

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/scenarios/imported"
	"weir/scenarios/results"
	"weir/scenarios/words"
	"weir/sim"
)

// A Comparison is a run against a kept result.
type Comparison struct {
	File    string // its path, the folder of the model before it
	Pass    bool
	Message string // the verdict with its numbers
	Missing bool   // there is no such file
	// Table is what the file has; nil if it is missing or cannot be read.
	Table *results.Table
	// Columns are those of the run that the test is about, in the run's order; nil if the test
	// names no variables, and so is about all that the file has.
	Columns []sim.Column
	Run     *sim.Result
	// Agreement is the comparison in numbers; nil if it could not be made.
	Agreement *results.Agreement
	// First is the variable that differs first; nil if none does.
	First *results.Difference
}

// Path returns the path of a kept result, the folder of the model before it unless it is absolute, which
// no file that is read is.
func Path(m *document.Model, k *document.Kept) string {
	if path.IsAbs(k.File) {
		return k.File
	}
	return filepath.Join(filepath.Dir(m.File), filepath.FromSlash(k.File))
}

// Compare compares the run of a test, which must have a kept result, with it. Columns of the run that
// are none of the model's variables are left out. The file is read anew each time.
func Compare(m *document.Model, t *document.Test, r *sim.Result) *Comparison {
	c := &Comparison{File: Path(m, t.SameAs), Run: r, Columns: chosen(m, t.SameAs, r.Columns)}
	text, err := read(m, t.SameAs)
	if err != nil {
		c.Missing = errors.Is(err, fs.ErrNotExist)
		c.Message = c.File + " cannot be read: " + folder.Cause(err)
		if c.Missing {
			c.Message = c.File + " is not there; weir test " + m.File + " --keep writes it"
		}
		return c
	}
	table, problem := results.Read(c.File, text)
	if problem != nil {
		c.Message = placed(problem, table.Text)
		return c
	}
	c.Table = table
	c.judge(m, t)
	return c
}

// read returns the text of a kept result, which lies below the model's folder or beside it.
func read(m *document.Model, k *document.Kept) ([]byte, error) {
	name := path.Clean(k.File)
	at := folder.System(filepath.Dir(m.File))
	defer at.Close()
	fsys, err := at.Open(path.Dir(name))
	if err != nil {
		return nil, err
	}
	return folder.Read(fsys, path.Base(name))
}

// placed returns a mistake in a file as a sentence, with its place as far as there is a text to show.
func placed(d *diagnostic.Diagnostic, text []byte) string {
	where := d.Span.File
	if text != nil {
		line, column := diagnostic.Position(text, d.Span.Start)
		where += fmt.Sprintf(":%d:%d", line, column)
	}
	out := where + ": " + d.Message
	if d.Hint != "" {
		out += "; " + d.Hint
	}
	return out
}

// judge compares the run with the table, and leaves the verdict.
func (c *Comparison) judge(m *document.Model, t *document.Test) {
	own := Own(m, c.Run)
	if c.Table.OfAnother(m) {
		c.Message = fmt.Sprintf("%s is the result of another model, %q", c.File, c.Table.Model)
		return
	}
	for _, text := range t.SameAs.Variables {
		if !slices.ContainsFunc(c.Columns, func(x sim.Column) bool { return names(m, text.Text, x) }) {
			c.Message = "the run has no column for " + text.Text // Check has said why
			return
		}
	}
	found, problem := c.Table.Match(m, own)
	if problem != nil {
		c.Message = placed(problem, c.Table.Text)
		return
	}
	if c.Columns != nil {
		found.Only(c.Columns)
	}
	lacks := found.Lacks(c.Columns)
	limits := results.Limits{Share: t.SameAs.Share, Absolute: t.SameAs.Absolute, From: t.From, To: t.To}
	called := imported.ColumnNames(m)
	switch loose := tooLoose(own, found, limits, called); {
	case len(lacks) > 0:
		c.Message = fmt.Sprintf("%s has no column for %s", c.File, words.Few(lacks, 5))
	case len(found.Unknown) > 0:
		c.Message = fmt.Sprintf("%s has %s that the model does not have: %s; "+
			"name the variables to compare, or keep the result again with --keep",
			c.File, words.Count(len(found.Unknown), "column"), words.Few(found.Unknown, 5))
	case loose != "":
		c.Message = loose
	default:
		c.Agreement = results.Compare(c.Run, called, found, limits)
		c.verdict(own, found, limits)
	}
}

// verdict words the agreement of a run and a table that have the same variables.
func (c *Comparison) verdict(own []sim.Column, found *results.Matched, limits results.Limits) {
	a := c.Agreement
	switch {
	case a.Skipped > 0:
		c.Message = fmt.Sprintf("%s has %s at times that the run does not save, first at %s; "+
			"the run saves from %s to %s", c.File, words.Count(a.Skipped, "number"), words.Number(*a.Astray),
			words.Number(c.Run.Time[0]), words.Number(c.Run.Time[len(c.Run.Time)-1]))
	case a.Compared == 0:
		c.Message = c.File + " has no number at the times that the test looks at: nothing would be compared"
	case !a.Passes():
		c.First = first(a)
		c.Message = c.differs()
	default:
		c.Pass = true
		c.Message = c.agrees(own, found, limits)
	}
}

// first returns the variable whose first difference is the earliest, of several the first one of the
// model; nil if all pass.
func first(a *results.Agreement) *results.Difference {
	var out *results.Difference
	for i := range a.Columns {
		if d := &a.Columns[i]; d.First != nil && (out == nil || *d.First < *out.First) {
			out = d
		}
	}
	return out
}

// differs says where a run first differs from the file, by how much, and what else does.
func (c *Comparison) differs() string {
	d := c.First
	gap := d.FirstRun - d.FirstTable
	by := ""
	if gap-gap == 0 { // both are finite
		by = fmt.Sprintf(", %s %s", difference(gap), "where "+words.Number(d.Allowed)+" passes")
	}
	text := fmt.Sprintf("%s is first off at %s: %s instead of %s in %s%s", d.Name, words.Number(*d.First),
		apart(d.FirstRun, d.FirstTable), apart(d.FirstTable, d.FirstRun), c.File, by)
	if d.Largest-d.Largest == 0 && d.At != *d.First {
		text += fmt.Sprintf("; at most by %s, at %s", difference(d.Largest), words.Number(d.At))
	}
	var others []string
	for _, x := range c.Agreement.Columns {
		if x.First != nil && x.Name != d.Name {
			others = append(others, x.Name)
		}
	}
	if len(others) > 0 {
		text += "; off, too: " + words.Few(others, 5)
	}
	if n := len(c.Agreement.Columns); n > 1 {
		text += fmt.Sprintf("; %d of %d variables agree", n-len(others)-1, n)
	}
	return text
}

// difference writes the size and direction of a difference that is finite and not 0.
func difference(gap float64) string {
	if gap < 0 {
		return words.Number(-gap) + " less"
	}
	return words.Number(gap) + " more"
}

// apart writes a number with all its digits if it reads like the other one with few.
func apart(x, other float64) string {
	if short := words.Number(x); short != words.Number(other) {
		return short
	}
	return words.Exact(x)
}

// agrees says how well a run agrees with the file, and which part of it was compared.
func (c *Comparison) agrees(own []sim.Column, found *results.Matched, limits results.Limits) string {
	a := c.Agreement
	worst := a.Columns[0]
	for _, d := range a.Columns {
		if d.Share > worst.Share {
			worst = d
		}
	}
	text := fmt.Sprintf("%s of %s %s at %s", words.Count(len(a.Columns), "variable"), c.File,
		words.Verb(len(a.Columns), "agrees", "agree"), words.Count(a.Compared, "number"))
	if worst.Largest == 0 {
		text += ", all exactly"
	} else {
		text += fmt.Sprintf("; %s is farthest off, %s at %s, where %s passes", worst.Name,
			difference(worst.Largest), words.Number(worst.At), words.Number(worst.Allowed))
	}
	if c.Columns == nil {
		if lacks := found.Lacks(own); len(lacks) > 0 {
			text += "; not in the file, and not compared: " + words.Few(lacks, 5)
		}
	}
	if end := found.Last(); limits.Holds(c.Run.Time[len(c.Run.Time)-1]) && end < c.Run.Time[len(c.Run.Time)-1] {
		text += "; the file ends at " + words.Number(end) + ", the run later"
	}
	return text
}

// tooLoose says which variable has a tolerance as large as it is itself: a run of zeros would pass, so
// that the test could not fail. It returns "" if none has.
func tooLoose(own []sim.Column, found *results.Matched, l results.Limits, names func(sim.Column) string) string {
	for _, c := range own {
		col := found.Column(c)
		if col == nil {
			continue
		}
		if size := col.Size(); size > 0 && l.Allowed(col) >= size {
			return fmt.Sprintf("a difference of %s may pass, and %s itself is at most %s in the file: "+
				"a run of zeros would pass; "+
				"give a smaller absolute_tolerance, or name the variables that it is for",
				words.Number(l.Allowed(col)), names(c), words.Number(size))
		}
	}
	return ""
}

// Own returns the columns of a run that are variables of the model, in the run's order.
func Own(m *document.Model, r *sim.Result) []sim.Column {
	return slices.DeleteFunc(slices.Clone(r.Columns), func(c sim.Column) bool { return m.Variable(c.Variable) == nil })
}

// chosen returns the columns of the variables that a test names; nil if it names none.
func chosen(m *document.Model, k *document.Kept, columns []sim.Column) []sim.Column {
	if k.Variables == nil {
		return nil
	}
	out := []sim.Column{}
	for _, c := range columns {
		if slices.ContainsFunc(k.Variables, func(text document.Text) bool { return names(m, text.Text, c) }) {
			out = append(out, c)
		}
	}
	return out
}

// Written returns the format that weir writes by the ending of a path; false for any other ending.
func Written(file string) (format string, ok bool) {
	format = strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), ".")
	return format, slices.Contains([]string{"csv", "json", "parquet", "xlsx"}, format)
}
