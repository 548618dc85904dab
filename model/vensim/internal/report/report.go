// Package report collects the diagnostics and the rows of an import.
package report

import (
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/syntax"
)

// A Report collects the diagnostics of an import and its rows, with places in the
// decoded file. All passes share one.
type Report struct {
	File     string // the name used in places
	List     diagnostic.List
	Imported *model.Import
}

// Place returns a span as a place in the file. A span that ends before it starts is empty.
func (r *Report) Place(s syntax.Span) diagnostic.Span {
	return diagnostic.Span{File: r.File, Start: s.Start, End: max(s.Start, s.End)}
}

// ErrorAt reports a mistake.
func (r *Report) ErrorAt(code diagnostic.Code, at syntax.Span, hint, format string, args ...any) {
	r.List = append(r.List, diagnostic.New(code, diagnostic.Error, r.Place(at), hint, format, args...))
}

// WarnAt reports a fault that does not stop a run.
func (r *Report) WarnAt(code diagnostic.Code, at syntax.Span, hint, format string, args ...any) {
	r.ErrorAt(code, at, hint, format, args...)
	r.List[len(r.List)-1].Severity = diagnostic.Warning
}

// Row adds a line to the report of the import.
func (r *Report) Row(name, ours string, grade model.Grade, how string, at syntax.Span) {
	r.Imported.Rows = append(r.Imported.Rows, model.ImportRow{Name: name, Variable: ours, Grade: grade, How: how,
		Span: r.Place(at)})
}
