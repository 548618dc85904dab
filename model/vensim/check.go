package vensim

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/syntax"
)

// maxChecks bounds how many tests one reality check is written out to.
const maxChecks = 100

// A checker makes tests of reality checks. A check sets constants by its test inputs and
// states a condition that must hold then; with subscripts it is one test for each element.
// Checks that do more are left to the report, for no number depends on them.
type checker struct {
	*lowerer
}

// realityChecks makes a test of every reality check that sets constants to numbers, or
// sets nothing, and compares variables. The others are rows of the report only.
// A test input may stand behind the checks that use it, so all inputs are collected first.
func (ch *checker) realityChecks(checks []*syntax.Equation) {
	inputs := map[string]*syntax.Equation{}
	for _, eq := range checks {
		if eq.Kind == syntax.EqTestInput {
			inputs[eq.Key] = eq
		}
	}
	for _, eq := range checks {
		switch {
		case eq.Kind == syntax.EqTestInput:
			ch.Row(eq.Name, "", model.Equivalent, "an input of reality checks, written into the tests that use it",
				eq.NameSpan)
		case ch.checkTests(eq, inputs):
			ch.Row(eq.Name, "", model.Equivalent, "a test: weir test runs it", eq.NameSpan)
		default:
			ch.Row(eq.Name, "", model.Unsupported,
				"a reality check that is more than constants set to numbers and variables compared; "+
					"no number of the model depends on it", eq.NameSpan)
		}
	}
}

// checkTests adds the tests of one reality check, one an element, and reports whether
// it could.
func (ch *checker) checkTests(eq *syntax.Equation, inputs map[string]*syntax.Equation) bool {
	if eq.Broken || eq.Expr == nil || ch.List.HasErrors() {
		return false
	}
	// Each map has one element for every range of the check, both by key. The list grows to all
	// combinations of the elements.
	fixed := []map[string]string{{}}
	for _, s := range eq.Subs {
		r := ch.subs.Ranges[s.Key]
		if r == nil {
			continue
		}
		var next []map[string]string
		for _, f := range fixed {
			for _, e := range r.Elements {
				g := map[string]string{s.Key: e}
				for k, x := range f {
					g[k] = x
				}
				next = append(next, g)
			}
		}
		if fixed = next; len(fixed) > maxChecks {
			return false
		}
	}
	// The tests are added together: a check of which some elements cannot be tests has none.
	var tests []*model.Test
	for _, f := range fixed {
		t := ch.checkTest(eq, inputs, f)
		if t == nil {
			return false
		}
		tests = append(tests, t)
	}
	ch.m.Tests = append(ch.m.Tests, tests...)
	return true
}

// checkTest is the test of one element, nil if it cannot be one.
// fixed has the element that stands for each range of the check.
func (ch *checker) checkTest(eq *syntax.Equation, inputs map[string]*syntax.Equation,
	fixed map[string]string) *model.Test {
	name := naming.Variable(eq.Name)
	for _, s := range eq.Subs {
		if e := ch.subs.Elements[fixed[s.Key]]; e != nil {
			name += "_" + e.Ours
		}
	}
	t := &model.Test{About: eq.Comment}
	t.Name, t.Span, t.Set, t.SetSpans = ch.names.Free(name, "_check"), ch.Place(eq.NameSpan), map[string]float64{},
		map[string]diagnostic.Span{}
	if t.About == "" {
		t.About = "the reality check " + eq.Name
	}
	var conditions []syntax.Expr
	for _, c := range conjuncts(eq.Condition) {
		r, ok := c.(*syntax.Ref)
		input := (*syntax.Equation)(nil)
		if ok {
			input = inputs[r.Key]
		}
		if input == nil {
			conditions = append(conditions, c)
		} else if !ch.setInput(t, input, r, fixed) {
			return nil
		}
	}
	// "a :IMPLIES: b" is the test "not a or b". Conditions that set an input are left out of it,
	// since the test sets the constant itself.
	holds := eq.Expr
	for _, c := range conditions {
		holds = &syntax.Infix{Span: eq.Expr.Pos(), Op: "or", OpSpan: eq.Expr.Pos(),
			X: &syntax.Unary{Span: c.Pos(), Op: "not", X: c}, Y: holds}
	}
	text, ok := ch.checkText(eq, holds, fixed)
	if !ok {
		return nil
	}
	t.Expect = []model.Text{text}
	return t
}

// conjuncts returns the expressions that :AND: joins.
// A nil expression, which is a check without a condition, has none.
func conjuncts(e syntax.Expr) []syntax.Expr {
	if e == nil {
		return nil
	}
	if b, ok := e.(*syntax.Infix); ok && b.Op == "and" {
		return append(conjuncts(b.X), conjuncts(b.Y)...)
	}
	return []syntax.Expr{e}
}

// setInput sets a constant as a test input says.
// r is the mention of the input in the condition of the check; its subscripts give the elements for
// the ranges of the input. It reports whether the target is one element of a constant and the value
// follows from numbers.
func (ch *checker) setInput(t *model.Test, input *syntax.Equation, r *syntax.Ref, fixed map[string]string) bool {
	if input.Broken || input.Target == nil || len(input.Subs) != len(r.Subs) {
		return false
	}
	v := ch.vars.byKey[input.Target.Key]
	x, ok := ch.constants.value(input.Expr)
	if !ok || v == nil || v.kind != model.KindConstant || v.broken || len(input.Target.Subs) != len(v.over) {
		return false
	}
	name := v.ours
	var words []string
	for _, s := range input.Target.Subs {
		for i, own := range input.Subs { // the check puts an element for the input's range
			if own.Key == s.Key {
				s = r.Subs[i]
			}
		}
		if e := fixed[s.Key]; e != "" {
			s.Key = e
		}
		e := ch.subs.Elements[s.Key]
		if e == nil {
			return false
		}
		words = append(words, e.Ours)
	}
	if len(words) > 0 {
		name += "[" + strings.Join(words, ",") + "]"
	}
	t.Set[name], t.SetSpans[name] = x, ch.Place(input.NameSpan)
	return true
}

// checkText returns the condition that must hold as a text, and whether it can be one. A
// part of it that is not supported is no mistake of the model.
// A condition that would need lookups of its own cannot be one either: these would be variables of
// the model that only a test reads.
func (ch *checker) checkText(eq *syntax.Equation, e syntax.Expr, fixed map[string]string) (model.Text, bool) {
	reported := len(ch.List)
	l := ch.lowering(&variable{name: eq.Name, grade: model.Exact, equations: []*syntax.Equation{eq},
		out: &model.Variable{}}, eq)
	l.fixed = fixed
	tree := l.expr(e)
	ch.List = ch.List[:reported]
	tables := len(ch.extra) > 0
	ch.extra = nil
	if l.failed || tables {
		return model.Text{}, false
	}
	text, too := document.NewText(tree, ch.Place(e.Pos()))
	return text, too == ""
}
