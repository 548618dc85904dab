// Package advice notes everything a modeler should look at in a model that can be run.
package advice

import (
	"maps"
	"slices"
	"strings"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// Give adds the advice. Nothing in it is an error. A model with mistakes gets none, since
// advice on a half-read model is noise.
func Give(c *state.State) {
	if c.Resolved == nil || c.Model.Broken {
		return
	}
	a := &adviser{State: c, used: map[string]bool{}, sources: map[string]bool{}}
	for _, s := range c.Model.Sources {
		a.sources[s.ID] = true
	}
	a.findUses()
	for _, v := range c.Model.Variables {
		a.unusedBinding(v)
		a.valueless(v)
		if v.Module != "" {
			continue // said when the module's own file is checked
		}
		a.unused(v)
		a.literals(v)
		a.smoothedFlow(v)
		a.missesOne(v)
		a.lookup(v)
		a.goals(v)
		a.evidence(v)
	}
	driving := a.driving()
	for _, t := range a.Resolved.Tables {
		if driving[t] {
			a.series(t)
		}
	}
	a.steps()
	a.gaps()
}

// An adviser knows which names are used.
type adviser struct {
	*state.State
	used    map[string]bool // by an equation, a flow list or a test
	sources map[string]bool // ids of [source]
}

// advise adds a remark that is not an error.
func (a *adviser) advise(code diagnostic.Code, s diagnostic.Severity, at diagnostic.Span, hint, format string,
	args ...any) {
	a.List = append(a.List,
		diagnostic.Diagnostic{Code: code, Severity: s, Span: at, Hint: hint, Message: a.Say(format, args...)})
}

// findUses marks every name that an equation or a test mentions. A call counts as well as a name,
// since lookups are called. Names are full ones, with their module.
func (a *adviser) findUses() {
	mark := func(t *document.Text) {
		if tree := a.Trees[t]; tree != nil {
			equation.Walk(tree, func(e equation.Expr) bool {
				switch e := e.(type) {
				case *equation.Name:
					a.used[e.Name] = true
				case *equation.Call:
					a.used[e.Func] = true
				}
				return true
			})
		}
	}
	for _, v := range a.Model.Variables {
		for _, t := range v.Texts() {
			mark(t)
		}
	}
	for _, t := range a.Model.Tests {
		for i := range t.Expect {
			mark(&t.Expect[i])
		}
	}
}

// unused reports inputs that nothing depends on. Auxiliaries that nothing uses are the purpose
// of the model, and series may be there for comparison.
func (a *adviser) unused(v *document.Variable) {
	if a.used[v.Name] {
		return
	}
	switch v.Kind {
	case document.KindConstant, document.KindDecision:
		a.advise(code.UnusedVariable, diagnostic.Warning, v.Span, "use it or delete it",
			"nothing depends on %s %s", v.Kind, v)
	case document.KindLookup:
		if v.Input.Text == "" {
			a.advise(code.UnusedVariable, diagnostic.Warning, v.Span, "use it or delete it",
				"nothing calls the lookup %s", v)
		}
	}
}

// valueless reports an equation that says only that there is no value. In another tool's file
// the importer has reported it.
func (a *adviser) valueless(v *document.Variable) {
	if a.Model.Imported == nil && v.Equation.Text == "na" && len(v.At) == 0 {
		a.advise(code.NoValue, diagnostic.Warning, v.Span,
			"write its equation: until then no number that depends on it means anything", "%s has no value", v)
	}
}

// unusedBinding reports a binding that nothing in the module reads.
func (a *adviser) unusedBinding(v *document.Variable) {
	if v.Scope != v.Module && !a.used[v.Name] {
		a.advise(code.UnusedBinding, diagnostic.Warning, v.Equation.Span,
			"bind what the module's equations read, or delete this", "nothing in the module %s depends on %s",
			v.Module, v)
	}
}

// plainNumbers may be in an equation without a name.
var plainNumbers = []float64{0, 0.5, 1, 2, 3, 10, 100, 1000}

// literals reports numbers that deserve a name, one per equation.
func (a *adviser) literals(v *document.Variable) {
	if v.Kind != document.KindFlow && v.Kind != document.KindAux {
		return
	}
	for _, t := range v.Texts() {
		tree := a.Trees[t]
		if n, ok := tree.(*equation.Number); ok && v.Kind == document.KindAux && t == &v.Equation && len(v.At) == 0 {
			a.advise(code.UnnamedNumber, diagnostic.Note, v.Span,
				a.Say("make it [constant.%s] value = %s", v, n.Text),
				"%s is a fixed number, which nobody can vary", v)
			continue
		}
		if tree == nil || isNumber(tree) {
			continue
		}
		if n := firstLiteral(tree); n != nil {
			a.advise(code.UnnamedNumber, diagnostic.Note, t.At(n.Span),
				"make it a constant with units and a source", "%s in the equation of %s has no name", n.Text, v)
		}
	}
}

// isNumber reports whether an equation is a single number. A signed number or a sum of numbers is
// none.
func isNumber(e equation.Expr) bool {
	_, ok := e.(*equation.Number)
	return ok
}

// firstLiteral returns the first number that is not a plain one, nil if there is none.
// Exponents, and arguments of functions of time such as step(height, when), may be numbers.
func firstLiteral(tree equation.Expr) *equation.Number {
	var found *equation.Number
	equation.Walk(tree, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Number:
			if found == nil && !slices.Contains(plainNumbers, e.Value) {
				found = e
			}
		case *equation.Call:
			return !slices.Contains(testInputs, e.Func)
		case *equation.Binary:
			return e.Op != equation.Pow
		}
		return true
	})
	return found
}

// testInputs are functions whose numbers describe an experiment and not the world.
var testInputs = []string{"step", "pulse", "ramp", "smooth_n", "smthn", "delay_n", "delayn"}

// smoothedFlow reports a flow of things that was smoothed where it should have been delayed: a
// smooth is an average and holds nothing, so that its outflow need not equal its inflow; a
// delay conserves it. "DELAY for people, SMOOTH for beliefs."
func (a *adviser) smoothedFlow(v *document.Variable) {
	if v.Kind != document.KindFlow {
		return
	}
	for _, t := range v.Texts() {
		call, ok := a.Trees[t].(*equation.Call)
		if !ok || len(call.Args) == 0 || !strings.HasPrefix(call.Func,
			"smooth") && !strings.HasPrefix(call.Func, "smth") {
			continue
		}
		if n, ok := call.Args[0].(*equation.Name); ok && a.Names[n.Name] != nil &&
			a.Names[n.Name].Kind == document.KindFlow {
			delay := "delay" + strings.TrimPrefix(strings.TrimPrefix(call.Func, "smooth"), "smth")
			a.advise(code.SmoothedFlow, diagnostic.Warning, t.At(call.Span),
				"what moves is delayed, what is believed is smoothed: use "+delay,
				"the flow %s is the flow %s smoothed, which does not conserve what flows", v, n.Name)
		}
	}
}

// evidence reports a grade without a source, and a source that looks like an id of [source] but
// is none: one word with a digit, or one much like an id. Sentences, which have blanks, name their
// source themselves. A single word without a digit may be a name, such as that of an author.
func (a *adviser) evidence(v *document.Variable) {
	hint, word := "", v.Source != "" && !strings.ContainsAny(v.Source, " \n")
	unknown := word && !a.sources[v.Source]
	if unknown {
		hint = a.Advice.DidYouMean("source", v.Source, func() []string { return slices.Sorted(maps.Keys(a.sources)) })
	}
	if unknown && (hint != "" || strings.ContainsAny(v.Source, "0123456789")) {
		if hint == "" {
			hint = "add [source." + v.Source + "] title = \"…\", or say in a sentence where it comes from"
		}
		a.advise(code.UnknownSource, diagnostic.Warning, v.SpanOf("source"), hint, "there is no source %q", v.Source)
	}
	if v.Evidence != "" && v.Evidence != "assumed" && v.Source == "" {
		a.advise(code.NoSource, diagnostic.Warning, v.SpanOf("evidence"),
			"add source = \"…\", an id of [source] or a sentence", "%s is graded %q, but has no source", v,
			v.Evidence)
	}
}
