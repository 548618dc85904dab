// Package keep writes the kept results that behaviour tests compare their runs with.
package keep

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/behaviour"
	"weir/scenarios/imported"
	"weir/scenarios/kept"
	"weir/scenarios/output"
	"weir/scenarios/results"
	"weir/scenarios/words"
	"weir/sim"
)

// A job is a file to be written: the first test that names it has the run, and all of them have
// variables in it.
type job struct {
	*kept.Comparison
	columns []sim.Column // nil: all of the run
	text    []byte       // nil if the file has these numbers already
	said    string
}

// Results writes the results that tests of a model are compared with, each file once, and judges
// these tests again. It returns a line about each file: that it is new, as it was, or which variables
// have changed and by how much. Nothing is written if a claim of any other kind fails, unless anyway is
// true, or if a file there is none of weir's own. Write writes a file whole or not at all.
func Results(m *model.Model, findings []behaviour.Finding, version string, anyway bool,
	write func(path string, content func(io.Writer) error) error) (said []string, err error) {
	if err := hindered(findings, anyway); err != nil {
		return nil, err
	}
	jobs := jobsOf(findings)
	if len(jobs) == 0 {
		return nil, fmt.Errorf("%s has no test with same_as: there is nothing to keep", m.File)
	}
	for _, j := range jobs {
		if err := j.prepare(m, version); err != nil {
			return nil, err
		}
	}
	for _, j := range jobs {
		if j.text != nil {
			content := func(w io.Writer) error { _, err := w.Write(j.text); return err }
			if err := write(j.File, content); err != nil {
				return said, err
			}
		}
		said = append(said, j.said)
	}
	again(m, findings)
	return said, nil
}

// Files returns the kept results that tests were compared with, so that no other output replaces them.
func Files(findings []behaviour.Finding) []string {
	var out []string
	for _, f := range findings {
		for _, c := range f.Claims {
			if c.Kept != nil {
				out = append(out, c.Kept.File)
			}
		}
	}
	return out
}

// hindered returns why nothing is kept: a run that stopped, or a claim that fails apart from
// comparisons with kept results.
func hindered(findings []behaviour.Finding, anyway bool) error {
	for _, f := range findings {
		for _, c := range f.Claims {
			switch {
			case c.Pass || c.Kept != nil:
			case c.Same:
				return fmt.Errorf("nothing is kept: test %s has no result: %s", f.Test, c.Message)
			case !anyway:
				return fmt.Errorf("nothing is kept, since test %s fails: %s; mend it, or say --keep-anyway",
					f.Test, c.Message)
			}
		}
	}
	return nil
}

// jobsOf returns the files that tests name, in the order of the tests.
func jobsOf(findings []behaviour.Finding) []*job {
	var jobs []*job
	for _, f := range findings {
		for _, c := range f.Claims {
			if c.Kept == nil {
				continue
			}
			i := slices.IndexFunc(jobs, func(j *job) bool { return j.File == c.Kept.File })
			if i < 0 {
				jobs = append(jobs, &job{Comparison: c.Kept, columns: c.Kept.Columns})
				continue
			}
			jobs[i].add(c.Kept.Columns)
		}
	}
	return jobs
}

// add adds the columns that a further test compares; nil are all.
func (j *job) add(columns []sim.Column) {
	if columns == nil {
		j.columns = nil
	}
	for _, c := range columns {
		has := func(x sim.Column) bool { return x.Name() == c.Name() }
		if j.columns != nil && !slices.ContainsFunc(j.columns, has) {
			j.columns = append(slices.Clip(j.columns), c)
		}
	}
}

// prepare makes the text of a file and says how it differs from the one there. The text is read
// back: a format that cannot hold a number of the run, as JSON has no infinity, is refused.
func (j *job) prepare(m *model.Model, version string) error {
	format, ok := kept.Written(j.File)
	switch {
	case !ok:
		return fmt.Errorf("%s is not kept: weir writes .csv, .json, .parquet and .xlsx", j.File)
	case j.Table == nil && !j.Missing:
		return fmt.Errorf("%s is not written over: %s", j.File, j.Message)
	case j.Table != nil && !j.Table.Own:
		return fmt.Errorf("%s is not written over: weir test --keep did not write it, and it may be another "+
			"tool's result; to keep weir's own in its place, take it away first", j.File)
	case j.Table != nil && j.Table.OfAnother(m):
		return fmt.Errorf("%s is not written over: it is the result of another model, %q; take it away first",
			j.File, j.Table.Model)
	}
	if j.columns == nil {
		j.columns = kept.Own(m, j.Run)
	}
	var b bytes.Buffer
	if format == "csv" {
		fmt.Fprintf(&b, "%s %s\n", results.Mark, strings.Join(strings.Fields(m.Name), " "))
	}
	r := &output.Run{Model: m, Result: j.Run, Version: version, Kept: j.columns}
	if err := r.Write(&b, format, 0, true); err != nil {
		return err
	}
	table, problem := results.Read(j.File, b.Bytes())
	if problem != nil {
		return fmt.Errorf("%s is not kept: %s", j.File, problem.Message)
	}
	if _, same := j.against(m, table); !same {
		return fmt.Errorf("%s is not kept: a .%s file cannot hold all numbers of this run; keep a .csv", j.File, format)
	}
	return j.compare(m, b.Bytes())
}

// compare leaves the text if it has other numbers than the file there, with a line about them.
func (j *job) compare(m *model.Model, text []byte) error {
	size := fmt.Sprintf("%s at %s", words.Count(len(j.columns), "variable"), words.Count(len(j.Run.Time), "time"))
	if j.Table == nil {
		j.text, j.said = text, fmt.Sprintf("%s: new, %s", j.File, size)
		return nil
	}
	changes, same := j.against(m, j.Table)
	if j.said = fmt.Sprintf("%s: as it was, %s", j.File, size); !same {
		j.text, j.said = text, fmt.Sprintf("%s: %s", j.File, changes)
	}
	return nil
}

// against compares the run with a table, number by number, and says which variables have changed,
// which are new and which are gone.
func (j *job) against(m *model.Model, table *results.Table) (changes string, same bool) {
	found, problem := table.Match(m, j.columns)
	if problem != nil {
		return "all other variables", false
	}
	names := imported.ColumnNames(m)
	a := results.Compare(j.Run, names, found, results.Limits{})
	var parts, changed []string
	worst := results.Difference{}
	for _, d := range a.Columns {
		if d.First != nil {
			changed = append(changed, d.Name)
			if worst.First == nil || d.Share > worst.Share {
				worst = d
			}
		}
	}
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if len(changed) > 0 {
		add("changed: %s; %s most, %s instead of %s at %s%s", words.Few(changed, 5), worst.Name,
			words.Number(worst.Run), words.Number(worst.Table), words.Number(worst.At), share(worst.Share))
	}
	if lacks := found.Lacks(j.columns); len(lacks) > 0 {
		add("new: %s", words.Few(lacks, 5))
	}
	if len(found.Unknown) > 0 {
		add("gone: %s", words.Few(found.Unknown, 5))
	}
	if points := len(j.Run.Time) * len(a.Columns); a.Skipped > 0 || a.Compared != points {
		add("other times: %d of %d numbers are at times that both have", a.Compared, points)
	}
	return strings.Join(parts, "; "), len(parts) == 0
}

// share writes a share of a variable's size, "" for one that is not finite.
func share(x float64) string {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return ""
	}
	return ", " + words.Percent(x) + " of its largest value"
}

// again judges the comparisons of findings again, with the files that are there now.
func again(m *model.Model, findings []behaviour.Finding) {
	for i := range findings {
		f := &findings[i]
		f.Pass = true
		for k := range f.Claims {
			if c := &f.Claims[k]; c.Kept != nil {
				t := m.Tests[slices.IndexFunc(m.Tests, func(t *model.Test) bool { return t.Name == f.Test })]
				c.SetKept(kept.Compare(m, t, c.Kept.Run))
			}
			f.Pass = f.Pass && f.Claims[k].Pass
		}
	}
}
