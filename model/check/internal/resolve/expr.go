package resolve

import (
	"fmt"
	"strings"

	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// Expr resolves an expression. A mistake resolves to a number that nobody will see.
func (s *Scope) Expr(e equation.Expr) resolved.Expr {
	if s.nodes++; s.nodes > maxNodes {
		return s.tooComplex()
	}
	switch e := e.(type) {
	case *equation.Number:
		return &resolved.Const{Value: e.Value}
	case *equation.Name:
		return s.name(e)
	case *equation.Unary:
		return s.unary(e)
	case *equation.Binary:
		return tree.Apply(binaryOps[e.Op], s.Expr(e.X), s.Expr(e.Y))
	case *equation.If:
		return s.conditionalExpr(e)
	case *equation.Call:
		return s.call(e)
	}
	panic(fmt.Sprintf("model: unknown expression %T", e))
}

// maxNodes bounds the size of all equations once functions are written out.
const maxNodes = 5_000_000

// tooComplex reports, once, that the equations have grown too large.
func (s *Scope) tooComplex() resolved.Expr {
	if !s.overgrown {
		s.overgrown = true
		s.Report(code.TooComplex, s.Text.Span, "split it into auxiliaries",
			"written out, the equations up to this one have more than %d parts", maxNodes)
	}
	return tree.Nothing
}

// maxRepeated bounds the size of one function that repeats its arguments.
const maxRepeated = 100_000

// grown refuses a function's text that has become too long.
func (s *Scope) grown(x resolved.Expr) resolved.Expr {
	n := s.size(x)
	if s.nodes += n; n <= maxRepeated {
		return x
	}
	s.Report(code.TooComplex, s.Text.Span, "name the arguments as auxiliaries",
		"written out, this equation has more than %d parts", maxRepeated)
	return tree.Nothing
}

// size returns the number of nodes of an expression. Shared ones count each time. It stops counting
// above maxRepeated. Sizes are kept by node: a text that repeats its arguments may have
// exponentially many, but few different ones.
func (r *Resolver) size(e resolved.Expr) int {
	if n, known := r.sizes[e]; known {
		return n
	}
	n := 1
	for _, x := range resolved.Children(e) {
		n = min(maxRepeated+1, n+r.size(x))
	}
	r.sizes[e] = n
	return n
}

// binaryOps are the operations of the binary operators.
var binaryOps = map[equation.Op]resolved.Op{
	equation.Or: resolved.Or, equation.And: resolved.And, equation.Eq: resolved.Eq, equation.Ne: resolved.Ne,
	equation.Lt: resolved.Lt, equation.Le: resolved.Le, equation.Gt: resolved.Gt, equation.Ge: resolved.Ge,
	equation.Add: resolved.Add, equation.Sub: resolved.Sub, equation.Mul: resolved.Mul, equation.Div: resolved.Div,
	equation.Mod: resolved.Mod, equation.Pow: resolved.Pow,
}

// unary resolves a sign or a negation. A signed number stays a number.
func (s *Scope) unary(e *equation.Unary) resolved.Expr {
	x := s.Expr(e.X)
	switch e.Op {
	case equation.Plus:
		return x
	case equation.Not:
		return tree.Apply(resolved.Not, x)
	}
	if c, ok := x.(*resolved.Const); ok && c != tree.Nothing {
		return &resolved.Const{Value: -c.Value}
	}
	return tree.Apply(resolved.Neg, x)
}

// conditionalExpr resolves an if. In the text of a function, a condition that is known already
// is decided here. The branches are marked as conditional, the condition is not: it is always
// evaluated.
func (s *Scope) conditionalExpr(e *equation.If) resolved.Expr {
	cond := s.Expr(e.Cond)
	if s.bind != nil {
		if x, known := literal(cond); known {
			return s.Expr(choose(x, e))
		}
	}
	was := s.conditional
	s.conditional = true
	defer func() { s.conditional = was }()
	return &resolved.If{Cond: cond, Then: s.Expr(e.Then), Else: s.Expr(e.Else)}
}

// choose returns the branch that a known condition takes.
func choose(x float64, e *equation.If) equation.Expr {
	if x != 0 {
		return e.Then
	}
	return e.Else
}

// name resolves a name used as a value. Bound names come first, then variables, then the run's own
// names, so that a model may use a word that a later version gives a meaning.
func (s *Scope) name(e *equation.Name) resolved.Expr {
	if x, ok := s.bind[e.Name]; ok {
		return x
	}
	if v := s.Names[e.Name]; v != nil && s.bind == nil {
		return s.variable(e, v)
	}
	if row := function.Find(e.Name); row != nil {
		return s.builtIn(e, row)
	}
	return s.Unknown(e)
}

// variable resolves a reference to a variable.
func (s *Scope) variable(e *equation.Name, v *document.Variable) resolved.Expr {
	if v.Kind == document.KindLookup && v.Input.Text == "" {
		return s.mistake(code.LookupNotCalled, e.Span,
			s.Say("write %s(x), or give the lookup an input", v),
			"%s is a lookup without an input, so it needs one here", v)
	}
	out := s.Vars[v]
	if out == nil {
		return tree.Nothing
	}
	at, ok := s.positions(e.Name, e.Span, e.Index, s.DomainsOf(v.Over))
	if !ok {
		return tree.Nothing
	}
	return &resolved.Ref{Var: out, At: at}
}

// builtIn resolves a name that the run itself supplies, or a constant of nature.
func (s *Scope) builtIn(e *equation.Name, row *function.Row) resolved.Expr {
	if len(row.Params) > 0 {
		return s.mistake(code.NotAValue, e.Span, "write "+row.Signature(),
			"%s is a function and needs arguments", e.Name)
	}
	if e.Index != nil {
		return s.mistake(code.SubscriptCount, e.Span, "delete the brackets", "%s is a single number", e.Name)
	}
	switch row.Kind {
	case function.Clock:
		return &resolved.Clock{Kind: row.Clock}
	case function.Literal:
		return &resolved.Const{Value: row.Number}
	}
	return s.written(row.Define, map[string]resolved.Expr{})
}

// Unknown reports a name that nothing declares, or that is no value.
func (s *Scope) Unknown(e *equation.Name) resolved.Expr {
	if d := s.Domains[e.Name]; d != nil {
		return s.mistake(code.NotAValue, e.Span, fmt.Sprintf("it belongs in brackets, as in x[%s]", e.Name),
			"%s is a dimension, not a value", e.Name)
	}
	if s.Unread(e.Name) {
		return tree.Nothing
	}
	hint := s.suggestName(e.Name)
	if in := s.elementOf(e.Name); hint == "" && in != "" {
		return s.mistake(code.NotAValue, e.Span, fmt.Sprintf("it belongs in brackets, as in x[%s]", e.Name),
			"%s is an element of %s, not a value", e.Name, in)
	}
	if hint == "" {
		hint = s.declareHint(e.Name)
	}
	return s.mistake(code.UnknownName, e.NameSpan, hint, "%q is not declared", s.asWritten(e.Name))
}

// elementOf returns the dimensions that have such an element.
func (s *Scope) elementOf(name string) string {
	var in []string
	for _, d := range s.Model.Dimensions {
		if dom := s.Domains[d.Name]; dom != nil {
			if _, ok := dom.Lookup(name); ok {
				in = append(in, d.Name)
			}
		}
	}
	return strings.Join(in, " and ")
}

// clockNames returns the names that stand for a value without parentheses.
func clockNames() []string {
	var out []string
	for _, row := range function.Table {
		if len(row.Params) == 0 {
			out = append(out, row.Name)
		}
	}
	return out
}
