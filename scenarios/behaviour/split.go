package behaviour

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/function"
	"weir/scenarios/internal/element"
)

// A splitter takes one expectation apart.
type splitter struct {
	*plan
	text model.Text
	e    *expectation
	runs []*model.TestRun // of the test: each is a function
	shut bool             // a mistake was reported: the expectation cannot be computed
}

// writtenOut returns an expectation with the calls of the model's own functions written out. All of
// such a text is at the place of the whole, for its words are not those of the file.
func writtenOut(t model.Text) model.Text {
	if t.Tree == nil {
		return t
	}
	out := model.Text{Text: equation.Print(t.Tree), Span: t.Span}
	out.Map = slices.Repeat([]int{t.Span.Start}, len(out.Text))
	out.Map[len(out.Map)-1] = max(t.Span.Start, t.Span.End-1)
	return out
}

// expectation takes a text apart. Texts that do not parse have no root; model.Check
// has said why.
func (p *plan) expectation(text model.Text, runs []*model.TestRun) *expectation {
	e := &expectation{text: text}
	tree, problems := equation.Parse(text.Text)
	if tree == nil || len(problems) > 0 {
		return e
	}
	s := &splitter{plan: p, text: text, e: e, runs: runs}
	root := s.split(tree, true)
	if !s.shut {
		e.root, e.over = root, axes(root)
	}
	return e
}

// report notes a mistake at a place of the expectation's text.
func (s *splitter) report(code diagnostic.Code, at equation.Span, hint, format string, args ...any) {
	s.shut = true
	s.e.problems = append(s.e.problems, diagnostic.Diagnostic{
		Code: code, Span: cut(s.text, at).Span, Hint: hint, Message: fmt.Sprintf(format, args...),
	})
}

// split makes a node of an expression. Comparisons at the top, also below and, or
// and not, are always computed here, so that both sides are known by value; other
// parts without test functions become probes.
func (s *splitter) split(e equation.Expr, top bool) node {
	if n, ok := e.(*equation.Number); ok {
		return &number{spot{n.Span, true}, n.Value}
	}
	if !s.special(e) && !(top && (isLogicExpr(e) || isComparisonExpr(e))) {
		return s.leaf(e)
	}
	switch e := e.(type) {
	case *equation.Unary:
		return s.unary(e, top)
	case *equation.Binary:
		return s.binary(e, top)
	case *equation.If:
		return s.choice(e)
	case *equation.Call:
		return s.call(e)
	}
	return s.leaf(e)
}

// isLogicExpr reports an and, or, or not.
func isLogicExpr(e equation.Expr) bool {
	switch e := e.(type) {
	case *equation.Unary:
		return isLogic(e.Op)
	case *equation.Binary:
		return isLogic(e.Op)
	}
	return false
}

// isComparisonExpr reports a comparison of two sides.
func isComparisonExpr(e equation.Expr) bool {
	b, ok := e.(*equation.Binary)
	return ok && isComparison(b.Op)
}

// special reports whether an expression uses a test function, or a misspelt one.
func (s *splitter) special(e equation.Expr) (found bool) {
	equation.Walk(e, func(e equation.Expr) bool {
		c, ok := e.(*equation.Call)
		found = found || ok && (s.isTestFunction(c.Func) || s.misspelt(c) != "")
		return !found
	})
	return found
}

// isTestFunction: a model's own lookup of that name comes first.
func (s *splitter) isTestFunction(name string) bool {
	return s.find(name) != nil && s.m.Variable(name) == nil
}

// find returns the test function of that name, or the one for a run of the test; nil
// if there is none.
func (s *splitter) find(name string) *Function {
	for _, r := range s.runs {
		if r.Name == name {
			return inRun(name)
		}
	}
	return findFunction(name)
}

// misspelt returns the test function that an unknown call probably means.
func (s *splitter) misspelt(c *equation.Call) string {
	if function.Find(c.Func) != nil || s.m.Variable(c.Func) != nil || s.find(c.Func) != nil {
		return ""
	}
	if diagnostic.Nearest(c.Func, function.Names()) != "" {
		return "" // model.Check knows better
	}
	var runs []string
	for _, r := range s.runs {
		runs = append(runs, r.Name)
	}
	return nearFunction(c.Func, runs)
}

// leaf makes a probe of an expression.
func (s *splitter) leaf(e equation.Expr) node {
	return &leaf{spot{e.Pos(), false}, s.probe(cut(s.text, e.Pos()), e, s.dimensions(e))}
}

// unary splits a sign or a not. top says that nothing but logic is above it.
func (s *splitter) unary(e *equation.Unary, top bool) node {
	x := s.split(e.X, top && isLogic(e.Op))
	if e.Op == equation.Plus {
		return x
	}
	return &apply{spot{e.Span, x.steady()}, operations[e.Op], e.Op.String(), []node{x}}
}

// binary splits an operation on two sides.
func (s *splitter) binary(e *equation.Binary, top bool) node {
	below := top && isLogic(e.Op)
	x, y := s.split(e.X, below), s.split(e.Y, below)
	return &apply{spot{e.Span, steadyAll(x, y)}, operations[e.Op], e.Op.String(), []node{x, y}}
}

// choice splits if a then b else c.
func (s *splitter) choice(e *equation.If) node {
	a, b, c := s.split(e.Cond, false), s.split(e.Then, false), s.split(e.Else, false)
	return &choice{spot{e.Span, steadyAll(a, b, c)}, a, b, c}
}

// call makes a node of a test function, or of a function of the model over what
// test functions give.
func (s *splitter) call(e *equation.Call) node {
	if near := s.misspelt(e); near != "" {
		s.report(UnknownFunction, e.FuncSpan, "did you mean "+near+"?", "there is no function %s", e.Func)
		return &number{spot: spot{Span: e.Span}}
	}
	if f := s.find(e.Func); f != nil && s.isTestFunction(e.Func) {
		return s.testCall(e, f)
	}
	return s.modelCall(e)
}

// testCall makes the node of a test function, whose first argument is evaluated at other times
// or in another run.
func (s *splitter) testCall(e *equation.Call, f *Function) node {
	if len(e.Args) < f.Least || len(e.Args) > f.Most {
		s.report(Arguments, e.FuncSpan, f.Name+"("+f.Params+"): "+f.Help,
			"%s takes %s, not %d", f.Name, between(f.Least, f.Most), len(e.Args))
		return &number{spot: spot{Span: e.Span}}
	}
	c := &call{spot: spot{Span: e.Span}, function: f}
	rest := e.Args
	c.args, rest = append(c.args, s.split(rest[0], false)), rest[1:]
	if f.Data {
		c.data, rest = s.record(rest[0], f), rest[1:]
	}
	for _, a := range rest {
		c.args = append(c.args, s.split(a, false))
	}
	c.still = f.Moments && steadyAll(c.args[1:]...) || steadyAll(c.args...)
	return c
}

// modelCall computes a function of the model on values of test functions. Those
// with a memory cannot be: they would need the whole run.
func (s *splitter) modelCall(e *equation.Call) node {
	row := function.Find(e.Func)
	var args []node
	for _, a := range e.Args {
		args = append(args, s.split(a, false))
	}
	switch {
	case row == nil:
		s.report(CannotSplit, e.FuncSpan, "call it inside: base("+e.Func+"(…))",
			"%s cannot be applied to what a test function gives", e.Func)
	case (row.Kind == function.Reduction || row.Reduces) && len(args) == 1:
		return &reduce{spot{e.Span, args[0].steady()}, row.Op, row.Mean, args[0], axes(args[0])}
	case row.Kind != function.Operation:
		s.report(CannotSplit, e.FuncSpan, "write it inside: base("+e.Func+"(…)), or declare an auxiliary",
			"%s cannot be applied to what a test function gives", e.Func)
	default:
		return s.operation(e, row, args)
	}
	return &number{spot: spot{Span: e.Span}}
}

// operation folds a function of any number of arguments two at a time.
func (s *splitter) operation(e *equation.Call, row *function.Row, args []node) node {
	n := row.Op.Arity()
	if n == 3 && len(args) == 2 {
		args = append(args, &number{spot{e.Span, true}, 0})
	}
	if least, most := row.Arity(); len(e.Args) < least || most >= 0 && len(e.Args) > most || len(args) < n {
		s.report(Arguments, e.FuncSpan, row.Help, "%s has %d arguments here", row.Name, len(e.Args))
		return &number{spot: spot{Span: e.Span}}
	}
	x := &apply{spot{e.Span, steadyAll(args...)}, row.Op, "", args[:n]}
	for _, a := range args[n:] {
		x = &apply{x.spot, row.Op, "", []node{x, a}}
	}
	return x
}

// record resolves the data argument of a test function.
func (s *splitter) record(e equation.Expr, f *Function) *record {
	n, ok := e.(*equation.Name)
	if !ok {
		s.report(NotData, e.Pos(), "name a [data.x]", "the second argument of %s is recorded data", f.Name)
		return nil
	}
	v := s.m.Variable(n.Name)
	if v == nil || v.Kind != model.KindData || v.Series == nil {
		s.report(NotData, n.NameSpan, s.dataHint(n.Name),
			"%s is not recorded data, which %s compares with", n.Name, f.Name)
		return nil
	}
	r := &record{variable: v}
	for _, d := range v.Over {
		r.dims = append(r.dims, s.dims[d])
	}
	if n.Index == nil {
		return r
	}
	return s.fixed(r, n)
}

// dataHint suggests recorded data.
func (s *splitter) dataHint(name string) string {
	var names []string
	for _, v := range s.m.Variables {
		if v.Kind == model.KindData {
			names = append(names, v.Name)
		}
	}
	if near := diagnostic.Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "name a [data.x]"
}

// fixed reads the elements in a data variable's brackets.
func (s *splitter) fixed(r *record, n *equation.Name) *record {
	if len(n.Index) != len(r.variable.Over) {
		s.report(model.SubscriptCount, n.Span, "", "%s has %d dimensions, but %d elements are named",
			n.Name, len(r.variable.Over), len(n.Index))
		return nil
	}
	for i, x := range n.Index {
		elements := s.dims[r.variable.Over[i]].elements
		k := element.Find(elements, x.Name)
		if x.Kind != equation.IndexName || x.Offset != 0 || k < 0 {
			s.report(model.UnknownElement, x.Span, "name an element, or leave the brackets out to compare all",
				"%q is not an element of %s", x.Name, r.variable.Over[i])
			return nil
		}
		r.fixed = append(r.fixed, elements[k])
	}
	return r
}

// dimensions returns those that an equation needs: of every array named without
// brackets, and every dimension in brackets; not inside sums and the like.
func (s *splitter) dimensions(e equation.Expr) []axis {
	var list []axis
	add := func(name string, index []equation.Index) {
		v := s.m.Variable(name)
		if index == nil && v != nil {
			for _, d := range v.Over {
				list = s.joinNamed(list, d)
			}
		}
		for _, x := range index {
			if x.Kind == equation.IndexName {
				list = s.joinNamed(list, equation.Canonical(x.Name))
			}
		}
	}
	equation.Walk(e, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Name:
			add(e.Name, e.Index)
		case *equation.Call:
			if reduces(e) {
				list = s.reduced(list, e)
				return false
			}
			add(e.Func, e.Index)
		}
		return true
	})
	return list
}

// joinNamed adds the dimensions of an array that is named without brackets.
func (s *splitter) joinNamed(list []axis, name string) []axis {
	if a, ok := s.dims[name]; ok {
		return join(list, a)
	}
	return list
}

// reduces reports whether a call combines the elements of its argument.
func reduces(c *equation.Call) bool {
	row := function.Find(c.Func)
	return row != nil && (row.Kind == function.Reduction || row.Reduces && len(c.Args) == 1)
}

// reduced adds the dimensions in brackets inside a reduction: x[sector, *] has
// sector.
func (s *splitter) reduced(list []axis, c *equation.Call) []axis {
	equation.Walk(c, func(e equation.Expr) bool {
		if n, ok := e.(*equation.Name); ok {
			for _, x := range n.Index {
				if x.Kind == equation.IndexName {
					list = s.joinNamed(list, equation.Canonical(x.Name))
				}
			}
		}
		return true
	})
	return list
}

// cut returns a part of a text, with its place in the file.
func cut(t model.Text, at equation.Span) model.Text {
	start := min(max(at.Start, 0), len(t.Text))
	end := min(max(at.End, start), len(t.Text))
	out := model.Text{Text: t.Text[start:end], Span: t.Span}
	if t.Map == nil {
		out.Span.Start, out.Span.End = t.Span.Start+start, t.Span.Start+end
		return out
	}
	out.Map = slices.Clone(t.Map[start:end])
	if len(out.Map) > 0 {
		out.Span.Start, out.Span.End = out.Map[0], out.Map[len(out.Map)-1]+1
	}
	return out
}

// between writes how many arguments a function takes.
func between(least, most int) string {
	if least == most {
		return countOf(least, "argument")
	}
	return fmt.Sprintf("%d to %d arguments", least, most)
}

// countOf writes a number of things.
func countOf(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
