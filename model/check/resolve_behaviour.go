package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
)

// checkTest makes sure that a behaviour test names what exists. What its
// expectations mean is for the package that runs them.
func (r *resolver) checkTest(t *document.Test) {
	for i := range t.Expect {
		r.checkExpectation(&t.Expect[i])
	}
	r.checkRun(&t.TestRun)
	for _, run := range t.Runs {
		r.checkRun(run)
	}
	for _, name := range t.Conserve {
		if v := r.names[name]; v == nil || v.Kind != document.KindStock {
			stocks := r.variableNames(func(v *document.Variable) bool { return v.Kind == document.KindStock })
			r.report(code.UnknownName, t.ConserveSpan, diagnostic.DidYouMean(name, stocks), "conserve: %q is not a stock", name)
		}
	}
}

// checkRun makes sure that what a run sets and changes can be.
func (r *resolver) checkRun(run *document.TestRun) {
	for _, name := range sortedKeys(run.Set) {
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

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// checkChangeable makes sure that a test sets or changes a constant or decision,
// or an element of one.
func (r *resolver) checkChangeable(text string, at diagnostic.Span) {
	name, index, indexed := strings.Cut(text, "[")
	v := r.names[strings.TrimSpace(name)]
	if v == nil || v.Kind != document.KindConstant && v.Kind != document.KindDecision {
		among := r.variableNames(func(v *document.Variable) bool {
			return v.Kind == document.KindConstant || v.Kind == document.KindDecision
		})
		what := fmt.Sprintf("%q is not declared", name)
		if v != nil {
			what = fmt.Sprintf("%s is %s; only constants and decisions can be set", name, document.WithArticle(v.Kind))
		}
		r.report(code.UnknownName, at, cmp.Or(r.m.LeftOut(name), diagnostic.DidYouMean(name, among)), "%s", what)
		return
	}
	if indexed && r.knownDimensions(v) {
		r.checkElement(v, strings.TrimSuffix(strings.TrimSpace(index), "]"), at)
	}
}

// checkElement makes sure that an element, written as in "seats[charter]", exists, or a
// subrange.
func (r *resolver) checkElement(v *document.Variable, index string, at diagnostic.Span) {
	words := strings.Split(index, ",")
	over := r.domainsOf(v.Over)
	if len(words) != len(over) {
		r.report(code.SubscriptCount, at, "write one element a dimension", "%s is %s", v.Name, document.OverWords(v.Over))
		return
	}
	for i, w := range words {
		w = strings.TrimSpace(w)
		_, ok := over[i].lookup(w)
		if some, _ := r.out.Subscript(over[i].out, w); !ok && some == nil {
			r.report(code.UnknownElement, at, diagnostic.DidYouMean(w, over[i].out.Elements), "%s has no element %q", over[i].decl.Name, w)
		}
	}
}

// checkExpectation makes sure that the names in an expectation exist.
func (r *resolver) checkExpectation(t *document.Text) {
	s := &scope{resolver: r, text: t}
	equation.Walk(r.checker.trees[t], func(e equation.Expr) bool {
		if n, ok := e.(*equation.Name); ok && s.names[n.Name] == nil && function.Find(n.Name) == nil {
			s.unknown(n)
		}
		return true
	})
}
