// Package behaviour runs the [test.x] tables of a model: a run with changes, and
// the properties that must hold in it. An expectation is an equation over the model's variables
// that must be true (not 0) at every saved time and for every element, with
// functions that compare it with an unchanged run, with other times and with data.
//
// Whatever part of an expectation has none of these functions is an ordinary
// equation. It is added to a copy of the model as a variable of its own, so that
// arrays, functions and lookups mean there the same as in the model; the
// rest is computed from the saved values.
package behaviour

import (
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/kept"
)

// A Finding is the outcome of one test.
type Finding struct {
	Test   string // the test's name
	About  string // its purpose, in the modeler's words
	Pass   bool   // every Claim does
	Claims []Claim
	Span   diagnostic.Span // of the test's table
}

// A Claim is one thing that a test asks for: an expectation, or that the change of a
// stock equals its flows.
type Claim struct {
	Text    string // the expectation as written, or "conserve students"
	Pass    bool
	Message string // the finding with its numbers and the place where it first fails
	Span    diagnostic.Span
	// Where it fails first; where it passes, where it comes closest to failing. At is nil if
	// the claim is not about single times.
	At          *float64
	Element     string // "charter, 9"; "" if there are no arrays
	Left, Right float64
	Compared    bool // Left and Right are the two sides of the comparison
	// Command is the run of the failing case, for a shell; "" if it is the test's own run.
	Command string
	Same    bool             // it asks for a kept result
	Kept    *kept.Comparison // of a run with a kept result; nil if there is no whole run
}

// Message returns the first failed claim's, or that of the only claim, or a count.
func (f Finding) Message() string {
	for _, c := range f.Claims {
		if !c.Pass && c.Command != "" {
			return c.Message + ": " + c.Command
		}
		if !c.Pass {
			return c.Message
		}
	}
	if len(f.Claims) == 1 {
		return f.Claims[0].Message
	}
	return countOf(len(f.Claims), "expectation") + " hold"
}

// Check reports mistakes in the tests of a model, with their places: unknown
// functions, data that is none, subscripts that do not fit, tests that expect
// nothing. Known are the mistakes that model.Check has reported, which are not repeated. Units are not
// checked: expectations are full of plain numbers.
func Check(m *model.Model, known diagnostic.List) diagnostic.List {
	p := newPlan(m)
	p.check()
	return slices.DeleteFunc(p.list, func(d diagnostic.Diagnostic) bool {
		return slices.ContainsFunc(known,
			func(k diagnostic.Diagnostic) bool { return k.Code == d.Code && k.Span == d.Span })
	})
}
