package vensim

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
)

// maxChecks bounds how many tests one reality check is written out to.
const maxChecks = 100

// realityChecks makes a test of every reality check that sets constants to numbers, or
// sets nothing, and compares variables. The others stay in the report.
func (im *importer) realityChecks() {
	inputs := map[string]*equation{}
	for _, eq := range im.checks {
		if eq.kind == eqTestInput {
			inputs[eq.key] = eq
		}
	}
	for _, eq := range im.checks {
		switch {
		case eq.kind == eqTestInput:
			im.row(eq.name, "", model.Equivalent, "an input of reality checks, written into the tests that use it", eq.nameSpan)
		case im.checkTests(eq, inputs):
			im.row(eq.name, "", model.Equivalent, "a test: weir test runs it", eq.nameSpan)
		default:
			im.row(eq.name, "", model.Unsupported, "a reality check that is more than constants set to numbers and variables compared; no number of the model depends on it", eq.nameSpan)
		}
	}
}

// checkTests adds the tests of one reality check, one an element, and reports whether
// it could.
func (im *importer) checkTests(eq *equation, inputs map[string]*equation) bool {
	if eq.broken || eq.expr == nil || im.list.HasErrors() {
		return false
	}
	fixed := []map[string]string{{}}
	for _, s := range eq.subs {
		r := im.ranges[s.key]
		if r == nil {
			continue
		}
		var next []map[string]string
		for _, f := range fixed {
			for _, e := range r.elements {
				g := map[string]string{s.key: e}
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
func (im *importer) checkTest(eq *equation, inputs map[string]*equation, fixed map[string]string) *model.Test {
	name := snake(eq.name)
	for _, s := range eq.subs {
		if e := im.elements[fixed[s.key]]; e != nil {
			name += "_" + e.ours
		}
	}
	t := &model.Test{About: eq.comment}
	t.Name, t.Span, t.Set, t.SetSpans = im.free(name, "_check"), im.place(eq.nameSpan), map[string]float64{}, map[string]diagnostic.Span{}
	if t.About == "" {
		t.About = "the reality check " + eq.name
	}
	var conditions []expr
	for _, c := range conjuncts(eq.condition) {
		r, ok := c.(*ref)
		input := (*equation)(nil)
		if ok {
			input = inputs[r.key]
		}
		if input == nil {
			conditions = append(conditions, c)
		} else if !im.setInput(t, input, r, fixed) {
			return nil
		}
	}
	holds := eq.expr
	for _, c := range conditions {
		holds = &infix{eq.expr.pos(), "or", eq.expr.pos(), &unary{c.pos(), "not", c}, holds}
	}
	text, ok := im.checkText(eq, holds, fixed)
	if !ok {
		return nil
	}
	t.Expect = []model.Text{text}
	return t
}

// conjuncts are what :AND: joins.
func conjuncts(e expr) []expr {
	if e == nil {
		return nil
	}
	if b, ok := e.(*infix); ok && b.op == "and" {
		return append(conjuncts(b.x), conjuncts(b.y)...)
	}
	return []expr{e}
}

// setInput sets a constant as a test input says.
func (im *importer) setInput(t *model.Test, input *equation, r *ref, fixed map[string]string) bool {
	if input.broken || input.target == nil || len(input.subs) != len(r.subs) {
		return false
	}
	v := im.vars[input.target.key]
	x, ok := im.constant(input.expr)
	if !ok || v == nil || v.kind != model.KindConstant || v.broken || len(input.target.subs) != len(v.over) {
		return false
	}
	name := v.ours
	var words []string
	for _, s := range input.target.subs {
		for i, own := range input.subs { // the input's range stands for what the check gives it
			if own.key == s.key {
				s = r.subs[i]
			}
		}
		if e := fixed[s.key]; e != "" {
			s.key = e
		}
		e := im.elements[s.key]
		if e == nil {
			return false
		}
		words = append(words, e.ours)
	}
	if len(words) > 0 {
		name += "[" + strings.Join(words, ",") + "]"
	}
	t.Set[name], t.SetSpans[name] = x, im.place(input.nameSpan)
	return true
}

// checkText writes what must hold. Whatever stands in its way is no mistake of the model.
func (im *importer) checkText(eq *equation, e expr, fixed map[string]string) (model.Text, bool) {
	reported := len(im.list)
	l := im.newLowering(&variable{name: eq.name, grade: model.Exact, equations: []*equation{eq}, out: &model.Variable{}}, eq)
	l.fixed = fixed
	l.expr(e, ofIf)
	im.list = im.list[:reported]
	tables := len(im.extra) > 0
	im.extra = nil
	return l.w.text(im, e.pos()), !l.failed && !tables
}
