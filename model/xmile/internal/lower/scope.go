// Package lower puts the equations of XMILE files into weir's language, tree by tree.
//
// An equation is parsed by package expr, each node becomes a node of package equation with the
// place of the original in its file, and the checker takes the tree as it is. Functions come
// from the table in model/foreign; only those whose meaning depends on arrays, on graphical
// functions or on the settings of the run are lowered here, by a special.
//
// A mistake or an unsupported part is reported once, at its place; a placeholder stands in for
// it, and the variable is marked, so that the consequences are not reported. Parts of an
// equation that need a name, such as the ranks of an array, become hidden variables. Macros
// are written out: their variables once for each call, and their equation in the caller's.
package lower

import (
	"fmt"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/fold"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/link"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// A Lowerer puts equations into weir's language.
type Lowerer struct {
	*link.Linker
	folder     *fold.Folder[expr.Expr]
	spaces     map[expr.Expr]*source.Space // of names in folded trees
	macroCalls int
}

// New returns a lowerer of the variables that k has joined.
func New(k *link.Linker) *Lowerer {
	im := &Lowerer{Linker: k, spaces: map[expr.Expr]*source.Space{}}
	im.folder = &fold.Folder[expr.Expr]{Read: im.meaning}
	return im
}

// A scope is the place of an expression: the variable that it belongs to, the names that
// it may use, and the elements that it is for.
type scope struct {
	*Lowerer
	v        *source.Variable
	sp       *source.Space
	text     scan.Text // the equation
	over     []*source.Dimension
	element  []int          // positions in over, -1 for all, of an equation for some elements; nil for all
	called   *equation.Span // of a macro in another file: the place of its call, which its nodes take
	initial  bool           // it is computed for initial values only
	reduce   bool           // in the argument of a reduction
	stars    int            // subscripts that stand for many elements, so far
	nodes    *int           // nodes lowered so far, in this equation
	mistakes *int           // reported so far, in this equation
	outside  bool           // a subscript leads out of its array
	edges    edges          // elements that need an equation of their own
}

// fileOffset returns the offset in the sources of a byte of the equation.
func (s *scope) fileOffset(i int) int { return s.text.Offset(min(i, len(s.text.Value))) }

// span returns the place of an expression in its file.
// The place ends with the last byte of the expression, also where the file has other bytes in
// between, as &lt; for <.
func (s *scope) span(e expr.Expr) diagnostic.Span {
	start, end := e.At()
	return s.Sources.Span(s.fileOffset(start), s.fileOffset(max(start, end-1))+1)
}

// at returns the span that nodes for an expression get.
func (s *scope) at(e expr.Expr) equation.Span {
	if s.called != nil {
		return *s.called
	}
	d := s.span(e)
	return equation.Span{Start: d.Start, End: d.End}
}

// wrong reports a mistake in the equation, and returns a placeholder.
// The variable is broken from then on: nothing that follows from it is reported, and the model
// does not run. Beyond maxMistakes only one more message comes.
func (s *scope) wrong(e expr.Expr, c diagnostic.Code, hint, format string, args ...any) equation.Expr {
	s.v.Left = true
	if s.mistakes == nil {
		s.mistakes = new(int)
	}
	switch *s.mistakes++; {
	case *s.mistakes == maxMistakes+1:
		s.Report(c, s.span(e), "", "%s: there are more mistakes in this equation", s.v.Name)
		return s.nothing(e)
	case *s.mistakes > maxMistakes:
		return s.nothing(e)
	}
	s.Report(c, s.span(e), hint, "%s: %s", s.v.Name, fmt.Sprintf(format, args...))
	return s.nothing(e)
}

// cannot reports a sound expression that is not supported, and returns a placeholder.
// With --allow-partial it is a warning, the equation becomes na, and the variable counts as not
// supported; else it is an error.
func (s *scope) cannot(e expr.Expr, hint, format string, args ...any) equation.Expr {
	s.Reject(s.v, s.span(e), hint, format, args...)
	return s.nothing(e)
}

// maxMistakes bounds the mistakes that are reported of one equation.
const maxMistakes = 50

// nothing returns a placeholder for an expression about which something was reported.
func (s *scope) nothing(e expr.Expr) equation.Expr { return s.number(e, 0) }

// number returns a number in the place of an expression.
func (s *scope) number(e expr.Expr, x float64) equation.Expr { return equation.NewNumber(s.at(e), x) }

// fill fills a template in the place of an expression.
func (s *scope) fill(t *equation.Template, e expr.Expr, args ...equation.Expr) equation.Expr {
	at := s.at(e)
	return t.Apply(at, at, args...)
}

// beyond returns the value of an array beyond its elements.
func (s *scope) beyond(e expr.Expr) equation.Expr { return s.number(e, s.Nowhere) }

// inner returns a copy of the scope for a part of the expression; take its findings back
// with join.
// The counters of nodes and mistakes are shared; stars and edges are not.
func (s *scope) inner() *scope {
	out := *s
	return &out
}

// maxNodes bounds the size of one equation with the macros in it: equations of more
// characters than that are refused when they are written.
const maxNodes = 200_000

// grow counts a node, and reports whether the equation may have it. The first node that it
// may not have is reported.
func (s *scope) grow(e expr.Expr) bool {
	if s.nodes == nil {
		s.nodes = new(int)
	}
	*s.nodes++
	if *s.nodes == maxNodes+1 {
		s.wrong(e, code.TooComplex, "name parts of it as auxiliaries",
			"the equation is too long when it is written out")
	}
	return *s.nodes <= maxNodes
}
