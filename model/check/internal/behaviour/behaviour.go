// Package behaviour checks the names in behaviour tests. How expectations are evaluated is
// known to the package that runs them.
package behaviour

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model/check/internal/resolve"
	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// A tester is the pass that checks behaviour tests.
type tester struct{ *resolve.Resolver }

// Check checks all behaviour tests of a model.
func Check(r *resolve.Resolver) {
	for _, t := range r.Model.Tests {
		(&tester{r}).checkTest(t)
	}
}

// checkTest makes sure that everything a behaviour test names exists.
func (r *tester) checkTest(t *document.Test) {
	for i := range t.Expect {
		r.checkExpectation(&t.Expect[i])
	}
	r.checkRun(&t.TestRun)
	for _, run := range t.Runs {
		r.checkRun(run)
	}
	for _, name := range t.Conserve {
		if v := r.Names[name]; v == nil || v.Kind != document.KindStock {
			stocks := r.VariableNames(func(v *document.Variable) bool { return v.Kind == document.KindStock })
			r.Report(code.UnknownName, t.ConserveSpan, cmp.Or(diagnostic.DidYouMean(name, stocks),
				"name stocks, or write conserve = true for all of them"), "conserve: %s", notAStock(r.Shown(name), v))
		}
	}
}

// notAStock returns why a name among the stocks to conserve is wrong.
func notAStock(name string, v *document.Variable) string {
	if v == nil {
		return fmt.Sprintf("%q is not declared", name)
	}
	return fmt.Sprintf("%s is not a stock but %s", name, document.WithArticle(v.Kind))
}

// checkRun makes sure that everything a run sets or changes can be. Names are sorted, so that the
// same mistakes come in the same order each time.
func (r *tester) checkRun(run *document.TestRun) {
	for _, name := range slices.Sorted(maps.Keys(run.Set)) {
		at, ok := run.SetSpans[name]
		if !ok {
			at = run.Span
		}
		r.checkChangeable(name, at)
	}
	for _, c := range run.Change {
		r.checkChangeable(c.Variable, c.Span)
	}
}

// checkChangeable makes sure that a test sets or changes a constant or decision, or an element
// of one. The text is a name, or a name with a subscript in brackets.
func (r *tester) checkChangeable(text string, at diagnostic.Span) {
	name, index, indexed := strings.Cut(text, "[")
	v := r.Names[strings.TrimSpace(name)]
	if v == nil || v.Kind != document.KindConstant && v.Kind != document.KindDecision {
		among := r.VariableNames(func(v *document.Variable) bool {
			return v.Kind == document.KindConstant || v.Kind == document.KindDecision
		})
		what := fmt.Sprintf("%q is not declared", name)
		if v != nil {
			what = fmt.Sprintf("%s is %s; only constants and decisions can be set", r.Shown(name), document.WithArticle(v.Kind))
		}
		way := ""
		if v != nil {
			way = "let its equation read a decision, and change that"
		}
		r.Report(code.UnknownName, at, cmp.Or(r.Model.LeftOut(name), diagnostic.DidYouMean(name, among), way), "%s", what)
		return
	}
	if indexed && r.KnownDimensions(v) {
		r.checkElement(v, strings.TrimSuffix(strings.TrimSpace(index), "]"), at)
	}
}

// checkElement makes sure that an element, written as in "seats[charter]", exists, or a
// subrange.
func (r *tester) checkElement(v *document.Variable, index string, at diagnostic.Span) {
	words := strings.Split(index, ",")
	over := r.DomainsOf(v.Over)
	if len(words) != len(over) {
		r.Report(code.SubscriptCount, at, "write one element a dimension", "%s is %s", v,
			document.OverWords(v.Over))
		return
	}
	for i, w := range words {
		w = strings.TrimSpace(w)
		_, ok := over[i].Lookup(w)
		if some, _ := r.Out.Subscript(over[i].Out, w); !ok && some == nil {
			r.Report(code.UnknownElement, at, state.SuggestElement(w, over[i].Out.Elements),
				"%s has no element %q", over[i].Decl.Name, w)
		}
	}
}

// checkExpectation makes sure that the names in an expectation exist.
func (r *tester) checkExpectation(t *document.Text) {
	s := &resolve.Scope{Resolver: r.Resolver, Text: t}
	equation.Walk(r.State.Trees[t], func(e equation.Expr) bool {
		if n, ok := e.(*equation.Name); ok && s.Names[n.Name] == nil && function.Find(n.Name) == nil {
			s.Unknown(n)
		}
		return true
	})
}
