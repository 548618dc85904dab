// Package lower puts the equations of XMILE files into weir's language.
package lower

import (
	"fmt"

	"weir/model/diagnostic"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/link"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// A Lowerer puts equations into weir's language.
type Lowerer struct {
	*link.Linker
	macroCalls int
}

// A scope is where an expression of the file is put into our language.
type scope struct {
	*Lowerer
	v       *source.Variable
	sp      *source.Space
	text    scan.Text // the equation
	over    []*source.Dimension
	element []int // positions in over, -1 for all, of an equation for some elements; nil for all
	initial bool  // it is computed for initial values only
	reduce  bool  // in the argument of a reduction
	stars   int   // subscripts that stand for many elements, so far
	failed  bool
	budget  *int                 // bytes written so far, in this equation
	outside bool                 // a subscript leads out of its array
	edges   map[int]map[int]bool // by dimension: elements that need an equation of their own
}

// fileOffset is where a byte of the equation stands in the file.
func (s *scope) fileOffset(i int) int { return s.text.Offset(min(i, len(s.text.Value))) }

func (s *scope) span(e expr.Expr) diagnostic.Span {
	start, end := e.At()
	return s.Sources.Span(s.fileOffset(start), s.fileOffset(max(start, end-1))+1)
}

// here is the offset in the file at which an expression begins.
func (s *scope) here(e expr.Expr) int {
	start, _ := e.At()
	return s.fileOffset(start)
}

// wrong reports a mistake in the equation.
func (s *scope) wrong(e expr.Expr, code diagnostic.Code, hint, format string, args ...any) piece {
	s.failed = true
	s.v.Left = true
	s.Report(code, s.span(e), hint, "%s: %s", s.v.Name, fmt.Sprintf(format, args...))
	return s.nothing(e)
}

// cannot reports what is sound but not supported.
func (s *scope) cannot(e expr.Expr, hint, format string, args ...any) piece {
	s.failed = !s.Partial
	s.Reject(s.v, s.span(e), hint, format, args...)
	return s.nothing(e)
}

func (s *scope) nothing(e expr.Expr) piece { return piece{words("0", s.here(e)), LevelPrimary} }

func (s *scope) primary(e expr.Expr, text string) piece {
	return piece{words(text, s.here(e)), LevelPrimary}
}

// maxWritten bounds what one equation may grow to, in all the expressions within it.
const maxWritten = 4 << 20
