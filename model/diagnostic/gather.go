package diagnostic

import (
	"fmt"
	"slices"
	"strings"
)

// New returns a diagnostic. A format that begins with "%s: " names the variable that the rest is
// about, which becomes the Subject.
func New(code Code, s Severity, at Span, hint, format string, args ...any) Diagnostic {
	d := Diagnostic{Code: code, Severity: s, Span: at, Hint: hint, Message: fmt.Sprintf(format, args...)}
	if strings.HasPrefix(format, "%s: ") && len(args) > 0 {
		d.Subject, _ = args[0].(string)
	}
	return d
}

// cause returns the text by which diagnostics of one cause are known: of one message, but for the
// variable that it is about.
func (d *Diagnostic) cause() string {
	if d.Cause != "" {
		return d.Cause
	}
	if d.Subject != "" {
		return strings.TrimPrefix(d.Message, d.Subject+": ")
	}
	return d.Message
}

// Gather returns a list with one diagnostic for each cause, where it stands first: a name that is
// not declared and is read in eighty places is one mistake. Same has the other places. If the
// diagnostics are about different variables, the message names the first and the number of the
// others. Lists that are gathered already stay as they are.
func (l List) Gather() List {
	type key struct {
		code     Code
		severity Severity
		cause    string
	}
	type group struct {
		at       int // in out
		same     []Span
		subjects map[string]bool
	}
	var out List
	groups := map[key]*group{}
	for _, d := range l {
		k := key{d.Code, d.Severity, d.cause()}
		g := groups[k]
		if g == nil {
			groups[k] = &group{len(out), slices.Clone(d.Same), map[string]bool{d.Subject: true}}
			out = append(out, d)
			continue
		}
		g.same = append(append(g.same, d.Span), d.Same...)
		g.subjects[d.Subject] = true
	}
	for k, g := range groups {
		first := &out[g.at]
		first.Same = g.same
		if n := len(g.subjects) - 1; n > 0 && first.Subject != "" {
			first.Message = fmt.Sprintf("%s and %s: %s", first.Subject, others(n), k.cause)
		}
	}
	return out
}

// others returns "another variable", or the number of them.
func others(n int) string {
	if n == 1 {
		return "another variable"
	}
	return fmt.Sprintf("%d other variables", n)
}
