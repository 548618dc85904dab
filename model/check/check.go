// Package check proves a model sound and makes its resolved form, which engines run.
package check

import (
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// Check proves a model sound and gives its resolved form. All mistakes are
// reported at once, sorted by place; the consequences of a mistake already
// reported are not. The resolved model is nil if there is any error other than
// one of units (codes that begin with "unit-"): those leave it runnable, and it is
// for the caller to decide whether they stop the work.
func Check(m *document.Model) (*resolved.Model, diagnostic.List) {
	c := newChecker(m)
	for _, p := range passes {
		p.run(c)
	}
	c.list.Sort()
	if m.Imported != nil {
		restore(m.Imported, c.list)
	}
	return c.out, c.list
}

func newChecker(m *document.Model) *checker {
	return &checker{m: m, names: map[string]*document.Variable{}, trees: map[*document.Text]equation.Expr{}, bad: map[*document.Variable]bool{}}
}

// A checker carries a model through the passes.
type checker struct {
	m     *document.Model
	list  diagnostic.List
	names map[string]*document.Variable
	trees map[*document.Text]equation.Expr // every equation that could be parsed
	bad   map[*document.Variable]bool      // something about it was reported: stay silent about the rest
	out   *resolved.Model                  // nil until resolve succeeds

	places   map[string]diagnostic.Span  // where each name was first declared
	domains  map[string]*domain          // dimensions by name
	tooLarge map[*document.Variable]bool // arrays that are not made
	elements int                         // numbers in the model so far
}

// passes are in the order in which one needs the other's result.
var passes = []struct {
	name string
	run  func(*checker)
}{
	{"names", (*checker).collect},              // two things of one name, reserved names, dimensions
	{"parse", (*checker).parse},                // every equation to a tree
	{"resolve", (*checker).resolve},            // names, subscripts, calls; expansion; order and cycles
	{"units", (*checker).checkUnits},           // both sides of every equation
	{"calibrated", (*checker).checkCalibrated}, // values found for this very model
	{"advice", (*checker).giveAdvice},          // unused, undocumented, suspicious
}
