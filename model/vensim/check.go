package vensim

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/syntax"
)

// maxChecks bounds how many tests one reality check is written out to.
const maxChecks = 100

// realityChecks makes a test of every reality check that sets constants to numbers, or
// sets nothing, and compares variables. The others stay in the report.
func (im *importer) realityChecks() {
	inputs := map[string]*syntax.Equation{}
	for _, eq := range im.checks {
		if eq.Kind == syntax.EqTestInput {
			inputs[eq.Key] = eq
		}
	}
	for _, eq := range im.checks {
		switch {
		case eq.Kind == syntax.EqTestInput:
			im.Row(eq.Name, "", model.Equivalent, "an input of reality checks, written into the tests that use it", eq.NameSpan)
		case im.checkTests(eq, inputs):
			im.Row(eq.Name, "", model.Equivalent, "a test: weir test runs it", eq.NameSpan)
		default:
			im.Row(eq.Name, "", model.Unsupported, "a reality check that is more than constants set to numbers and variables compared; no number of the model depends on it", eq.NameSpan)
		}
	}
}

// checkTests adds the tests of one reality check, one an element, and reports whether
// it could.
func (im *importer) checkTests(eq *syntax.Equation, inputs map[string]*syntax.Equation) bool {
	if eq.Broken || eq.Expr == nil || im.List.HasErrors() {
		return false
	}
	fixed := []map[string]string{{}}
	for _, s := range eq.Subs {
		r := im.Ranges[s.Key]
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
	var tests []*model.Test
	for _, f := range fixed {
		t := im.checkTest(eq, inputs, f)
		if t == nil {
			return false
		}
		tests = append(tests, t)
	}
	im.m.Tests = append(im.m.Tests, tests...)
	return true
}

// checkTest is the test of one element, nil if it cannot be one.
func (im *importer) checkTest(eq *syntax.Equation, inputs map[string]*syntax.Equation, fixed map[string]string) *model.Test {
	name := naming.Snake(eq.Name)
	for _, s := range eq.Subs {
		if e := im.Elements[fixed[s.Key]]; e != nil {
			name += "_" + e.Ours
		}
	}
	t := &model.Test{About: eq.Comment}
	t.Name, t.Span, t.Set, t.SetSpans = im.names.Free(name, "_check"), im.Place(eq.NameSpan), map[string]float64{}, map[string]diagnostic.Span{}
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
		} else if !im.setInput(t, input, r, fixed) {
			return nil
		}
	}
	holds := eq.Expr
	for _, c := range conditions {
		holds = &syntax.Infix{Span: eq.Expr.Pos(), Op: "or", OpSpan: eq.Expr.Pos(), X: &syntax.Unary{Span: c.Pos(), Op: "not", X: c}, Y: holds}
	}
	text, ok := im.checkText(eq, holds, fixed)
	if !ok {
		return nil
	}
	t.Expect = []model.Text{text}
	return t
}

// conjuncts are what :AND: joins.
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
func (im *importer) setInput(t *model.Test, input *syntax.Equation, r *syntax.Ref, fixed map[string]string) bool {
	if input.Broken || input.Target == nil || len(input.Subs) != len(r.Subs) {
		return false
	}
	v := im.vars[input.Target.Key]
	x, ok := im.constant(input.Expr)
	if !ok || v == nil || v.kind != model.KindConstant || v.broken || len(input.Target.Subs) != len(v.over) {
		return false
	}
	name := v.ours
	var words []string
	for _, s := range input.Target.Subs {
		for i, own := range input.Subs { // the input's range stands for what the check gives it
			if own.Key == s.Key {
				s = r.Subs[i]
			}
		}
		if e := fixed[s.Key]; e != "" {
			s.Key = e
		}
		e := im.Elements[s.Key]
		if e == nil {
			return false
		}
		words = append(words, e.Ours)
	}
	if len(words) > 0 {
		name += "[" + strings.Join(words, ",") + "]"
	}
	t.Set[name], t.SetSpans[name] = x, im.Place(input.NameSpan)
	return true
}

// checkText writes what must hold. Whatever stands in its way is no mistake of the model.
func (im *importer) checkText(eq *syntax.Equation, e syntax.Expr, fixed map[string]string) (model.Text, bool) {
	reported := len(im.List)
	l := im.newLowering(&variable{name: eq.Name, grade: model.Exact, equations: []*syntax.Equation{eq}, out: &model.Variable{}}, eq)
	l.fixed = fixed
	l.expr(e, ofIf)
	im.List = im.List[:reported]
	tables := len(im.extra) > 0
	im.extra = nil
	return l.w.text(im, e.Pos()), !l.failed && !tables
}
