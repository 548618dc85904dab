package xmile

import (
	"fmt"

	"weir/model"
	"weir/model/diagnostic"
)

// A log collects what is reported while a file is read: diagnostics, and the rows of
// the import report. Places are offsets in the file's sources.
type log struct {
	file     *sources
	list     diagnostic.List
	imported *model.Import
	partial  bool // go on without unsupported parts
	rejected int  // unsupported parts so far
	hints    int  // searches for a similar name so far
}

// maxHints bounds the search for similar names in a file where nothing fits.
const maxHints = 50

// report adds an error.
func (l *log) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	l.list = append(l.list, diagnostic.Diagnostic{Code: code, Span: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// warn adds a warning.
func (l *log) warn(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	l.list = append(l.list, diagnostic.Diagnostic{Code: code, Severity: diagnostic.Warning, Span: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// row adds a line of the report for something that is no variable.
func (l *log) row(n *node, name string, g model.Grade, how string) {
	l.imported.Rows = append(l.imported.Rows, model.ImportRow{Name: name, Grade: g, How: how, Span: n.span(l.file)})
}

// unsupported reports what cannot be carried over: an error, unless the caller goes
// on without it.
func (l *log) unsupported(at diagnostic.Span, hint, format string, args ...any) {
	if l.partial {
		l.warn(model.NotSupported, at, hint, format, args...)
		return
	}
	l.report(model.NotSupported, at, hint, format, args...)
}

// without reports what cannot be read; an error, unless the caller goes on without it.
func (l *log) without(code diagnostic.Code, a text, hint, format string, args ...any) {
	if l.partial {
		l.warn(code, a.span(l.file), hint, format, args...)
		return
	}
	l.report(code, a.span(l.file), hint, format, args...)
}

// approximate notes that a variable's numbers will differ, and warns.
func (l *log) approximate(v *variable, at diagnostic.Span, format string, args ...any) {
	how := fmt.Sprintf(format, args...)
	v.note(model.Approximated, "%s", how)
	l.warn(Approximated, at, "", "%s: %s", v.name, how)
}

// reject notes that something about a variable is not supported, and reports it. If
// the caller goes on without it, the variable is what is left of it.
func (l *log) reject(v *variable, at diagnostic.Span, hint, format string, args ...any) {
	l.rejected++
	how := fmt.Sprintf(format, args...)
	v.note(model.Unsupported, "%s", how)
	v.left = !l.partial
	l.unsupported(at, hint, "%s: %s", v.name, how)
}

func (l *log) nearest(name string, among func() []string) string {
	if l.hints++; l.hints > maxHints {
		return ""
	}
	return diagnostic.Nearest(name, among())
}
