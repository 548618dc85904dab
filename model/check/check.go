// Package check proves a model sound and makes its resolved form, which engines run.
package check

import (
	"strings"

	"weir/model/check/internal/advice"
	"weir/model/check/internal/behaviour"
	"weir/model/check/internal/calibrated"
	"weir/model/check/internal/conveyor"
	"weir/model/check/internal/declare"
	"weir/model/check/internal/limit"
	"weir/model/check/internal/named"
	"weir/model/check/internal/order"
	"weir/model/check/internal/resolve"
	"weir/model/check/internal/state"
	"weir/model/check/internal/undefined"
	"weir/model/check/internal/units"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
)

// Check proves a model sound and returns its resolved form. All mistakes are reported at
// once, sorted by place; the consequences of a mistake already reported are not. The
// resolved model is nil if there is any error other than one of units (codes that begin
// with "unit-"): those leave it runnable, and the caller decides whether they stop the work.
func Check(m *document.Model) (*resolved.Model, diagnostic.List) {
	w := &work{State: state.New(m)}
	w.do(resolving)
	w.do(judging)
	w.List.Sort()
	return w.State.Resolved, w.List
}

// Resolve is Check without the passes that judge: of units, of fitted values and of advice. It is for a
// model that was checked before something was added to it, and costs half as much.
func Resolve(m *document.Model) (*resolved.Model, diagnostic.List) {
	w := &work{State: state.New(m)}
	w.do(resolving)
	w.List.Sort()
	return w.State.Resolved, w.List
}

// A work carries a model through the passes.
type work struct {
	*state.State
	r *resolve.Resolver
	l *limit.Limiter
}

// A pass does one part of the work. Later passes need its result.
type pass struct {
	name string
	why  string // it is done here
	run  func(*work)
}

// do runs passes in order.
func (w *work) do(passes []pass) {
	for _, p := range passes {
		p.run(w)
	}
}

// resolving makes the resolved model. Passes go on after mistakes: each skips the variables that an
// earlier one found bad, so that one check finds as many mistakes as it can.
var resolving = []pass{
	{"names", "every other pass looks names up", func(w *work) { declare.Names(w.State) }},
	{"parse", "a module's equations get the names that are declared", func(w *work) { declare.Parse(w.State) }},
	{"variables", "equations refer to each other in any order", func(w *work) {
		w.r = resolve.New(w.State)
		w.r.DeclareAll()
	}},
	{"equations", "everything below reads or changes them", func(w *work) { w.r.AllEquations() }},
	{"tests", "they name elements of what is resolved", func(w *work) { behaviour.Check(w.r) }},
	{"conveyors", "they take the equations of their flows over, before limits do",
		func(w *work) { conveyor.Write(w.r) }},
	{"delays", "the time of a delay may be a constant declared below it", func(w *work) { w.r.CheckDelays() }},
	{"limits", "they wrap what flows have become", func(w *work) {
		w.l = limit.New(w.r)
		w.l.LimitAll()
	}},
	{"jumps", "every table is read somewhere by now", func(w *work) { w.r.HoldJumps() }},
	{"order", "no variable is added any more", func(w *work) {
		w.r.Enumerate()
		order.Run(order.Task{State: w.State, Out: w.r.Out, StartsAtInput: w.r.StartsAtInput, Relax: w.l.Relax,
			WayOut: w.l.WayOut})
	}},
	{"undefined", "variables that are made for delays read elements, too", func(w *work) {
		undefined.Check(w.State, w.r.Out.Variables)
	}},
	{"loops and channels", "the limits of flows are links, too", func(w *work) {
		if !w.Model.Broken && !w.List.HasErrors() {
			named.Find(w.State, w.r.Out)
			named.Channels(w.State, w.r.Out)
		}
	}},
	{"result", "mistakes of all passes above count", func(w *work) {
		if !w.Model.Broken && !w.List.HasErrors() {
			w.State.Resolved = w.r.Out
		}
	}},
}

// judging reports mistakes and advice that do not stop a model from being run.
var judging = []pass{
	{"units", "parts of equations with a mistake above are left out", func(w *work) { units.Check(w.State) }},
	{"calibrated", "a fingerprint needs the resolved model", func(w *work) { calibrated.Check(w.State, resolveAlone) }},
	{"advice", "a model with mistakes gets none", func(w *work) { advice.Give(w.State) }},
}

// resolveAlone returns the resolved form of a module's own file, or nil if it has mistakes. Its
// mistakes are dropped: they are reported when the file itself is checked.
func resolveAlone(m *document.Model) *resolved.Model {
	r, _ := Resolve(m)
	return r
}

// UnitsAsWarnings returns the list with mistakes in units made warnings, for those who work
// with half-dimensioned models. The list passed is not changed.
func UnitsAsWarnings(l diagnostic.List) diagnostic.List {
	out := append(diagnostic.List(nil), l...)
	for i := range out {
		if d := &out[i]; d.Severity == diagnostic.Error && strings.HasPrefix(string(d.Code), "unit-") {
			d.Severity = diagnostic.Warning
		}
	}
	out.Sort()
	return out
}

// Fingerprint returns a SHA-256, in hexadecimal after a version, of everything that a model
// computes: equations, values, tables and clock, but for the values of the constants named in
// without. Labels, sources, comments, ranges, the order of the file and the interval of saving
// are not in it.
func Fingerprint(r *resolved.Model, without ...string) string {
	return calibrated.Hash(r, without...)
}

// FingerprintAs is Fingerprint of a model whose variables have other names, which as returns: that
// of x is asked for with x, and those of its hidden variables with names that begin with x#.
func FingerprintAs(r *resolved.Model, as func(name string) string, without ...string) string {
	return calibrated.HashAs(r, as, without...)
}

// SameModel reports whether a fingerprint, of this version or an earlier one, is that of a model.
// Early says that it is of the first version, in which a difference may come from the program.
func SameModel(fingerprint string, r *resolved.Model, without ...string) (same, early bool) {
	return calibrated.Same(fingerprint, r, without...), calibrated.IsFirst(fingerprint)
}
