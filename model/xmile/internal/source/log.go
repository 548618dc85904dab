package source

import (
	"fmt"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/xmile/internal/scan"
)

// A Log collects the reports of reading a file: diagnostics, and the rows of
// the import report. Places are offsets in the file's sources.
type Log struct {
	Sources  *scan.Sources
	List     diagnostic.List
	Imported *model.Import
	Partial  bool // go on without unsupported parts
	Rejected int  // unsupported parts so far
	advice   diagnostic.Adviser
}

// Report adds an error.
func (l *Log) Report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	l.List = append(l.List, diagnostic.New(code, diagnostic.Error, at, hint, format, args...))
}

// Warn adds a warning.
func (l *Log) Warn(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	l.List = append(l.List, diagnostic.New(code, diagnostic.Warning, at, hint, format, args...))
}

// Row adds a line of the report for something that is no variable.
// Rows come in the order in which the file is read, before those of variables.
func (l *Log) Row(n *scan.Node, name string, g model.Grade, how string) {
	l.Imported.Rows = append(l.Imported.Rows, model.ImportRow{Name: name, Grade: g, How: how, Span: n.Span(l.Sources)})
}

// unsupported reports a part that cannot be carried over: an error, unless the caller goes
// on without it.
func (l *Log) unsupported(at diagnostic.Span, hint, format string, args ...any) {
	if l.Partial {
		l.Warn(model.NotSupported, at, hint, format, args...)
		return
	}
	l.Report(model.NotSupported, at, hint, format, args...)
}

// without reports a file that cannot be read: an error, unless the caller goes on without it.
func (l *Log) without(code diagnostic.Code, a scan.Text, hint, format string, args ...any) {
	if l.Partial {
		l.Warn(code, a.Span(l.Sources), hint, format, args...)
		return
	}
	l.Report(code, a.Span(l.Sources), hint, format, args...)
}

// Approximate notes that a variable's numbers will differ, and warns.
// The message is in the report of the import and among the warnings.
func (l *Log) Approximate(v *Variable, at diagnostic.Span, format string, args ...any) {
	how := fmt.Sprintf(format, args...)
	v.Note(model.Approximated, "%s", how)
	l.Warn(scan.Approximated, at, "", "%s: %s", v.Name, how)
}

// Reject notes that something about a variable is not supported, and reports it. If
// the caller goes on without it, the variable keeps its other parts.
func (l *Log) Reject(v *Variable, at diagnostic.Span, hint, format string, args ...any) {
	l.Rejected++
	how := fmt.Sprintf(format, args...)
	v.Note(model.Unsupported, "%s", how)
	v.Left = !l.Partial
	l.unsupported(at, hint, "%s: %s", v.Name, how)
}

// Nearest returns the name most like another one, "" if none is near enough. The names are
// computed only if there may be a hint.
func (l *Log) Nearest(name string, among func() []string) string {
	return l.advice.Nearest("", name, among)
}
