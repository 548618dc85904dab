// Package diagnostic holds the report of a mistake: a stable code, the place in the file,
// the modeler's words and a way out. It knows nothing about models; every reader of text
// (TOML, equations, units, scenario sets) reports through it.
package diagnostic

import (
	"cmp"
	"slices"
)

// A Code names one kind of mistake. Codes are stable: editors and scripts may
// rely on them.
type Code string

// A Severity is how serious a diagnostic is: an error stops the work.
type Severity uint8

// The severities, most serious first.
const (
	Error   Severity = iota // the model cannot be run
	Warning                 // the model runs, but somebody should look
	Note                    // worth knowing
)

func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// A Span is a half-open byte range [Start, End) of a file. Line and column are
// computed from it only when a diagnostic is printed.
type Span struct {
	File       string
	Start, End int
}

// A Diagnostic is one mistake or remark. Message is lower case without a full stop; Hint
// is a way out.
type Diagnostic struct {
	Code     Code
	Severity Severity
	Span     Span
	Message  string
	Hint     string
	Related  []Related
	// Subject is the variable with which Message begins, as in "stay: there is no file x.csv";
	// "" if it begins with none.
	Subject string
	// Cause is the same for diagnostics that one mistake makes, although their messages differ;
	// "" if the message tells.
	Cause string
	// Same are the other places of a diagnostic that stands for several; see Gather.
	Same []Span
}

// Related is another place that explains a diagnostic, for example the first of
// two declarations of one name.
type Related struct {
	Span    Span
	Message string
}

// A List is a number of diagnostics. The zero value is empty and ready for use.
type List []Diagnostic

// HasErrors reports whether the list holds an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Only returns the diagnostics of one severity, in a list of their own.
func (l List) Only(s Severity) List {
	return slices.DeleteFunc(slices.Clone(l), func(d Diagnostic) bool { return d.Severity != s })
}

// Without returns the diagnostics of the other severities, in a list of their own.
func (l List) Without(s Severity) List {
	return slices.DeleteFunc(slices.Clone(l), func(d Diagnostic) bool { return d.Severity == s })
}

// Sort orders the list by file, place, severity and code, and removes exact
// repetitions.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Span.File, b.Span.File), cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool {
		return a.Code == b.Code && a.Span == b.Span && a.Message == b.Message
	})
}
