package lower

import (
	"math"

	"weir/model/document"
	"weir/model/fold"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// fold returns the value of an expression that is known before the run. A value that is
// infinite or NaN counts as unknown.
// It costs one visit of each node in the file, however often it is asked.
func (s *scope) fold(e expr.Expr) (float64, bool) {
	s.settle(e, s.sp)
	x, known := s.folder.Value(e)
	return x, known && !math.IsInf(x, 0) && !math.IsNaN(x)
}

// settle remembers the space in which the names of a tree are looked up.
func (im *Lowerer) settle(e expr.Expr, sp *source.Space) {
	expr.Walk(e, func(e expr.Expr) bool {
		if _, known := im.spaces[e]; known {
			return false
		}
		im.spaces[e] = sp
		return true
	})
}

// meaning explains a node to the folder: numbers, operators on them, and names of
// variables that are such expressions.
func (im *Lowerer) meaning(e expr.Expr) fold.Meaning[expr.Expr] {
	switch e := e.(type) {
	case *expr.Number:
		return fold.Number[expr.Expr](e.Value)
	case *expr.Unary:
		if e.Op == "+" {
			return fold.Same(e.X)
		}
		return fold.Operator(signs[e.Op], e.X)
	case *expr.Binary:
		op, ok := operators[e.Op]
		if ok && !(e.Op == "mod" && im.Ventana) {
			return fold.Operator(op, e.X, e.Y)
		}
	case *expr.If:
		return im.folder.If(e.Cond, e.Then, e.Other)
	case *expr.Ref:
		if tree := im.definition(e); tree != nil {
			return fold.Same(tree)
		}
	}
	return fold.Meaning[expr.Expr]{}
}

// definition returns the equation behind a name, or nil if there is not one for all times
// and elements.
// A stock has none, since it changes; nor has an element with an equation of its own, or a
// graphical function.
func (im *Lowerer) definition(e *expr.Ref) expr.Expr {
	sp := im.spaces[e]
	if sp == nil || e.Index != nil {
		return nil
	}
	v := sp.Find(e.Path, im.Top)
	if v == nil {
		return nil
	}
	if v = v.Resolve(); v.Kind == document.KindStock || v.Graph != nil || len(v.Elements) > 0 {
		return nil
	}
	list, mistakes := im.Parsed(v)
	if len(list) != 1 || mistakes != nil {
		return nil
	}
	im.settle(list[0], v.Space)
	return list[0]
}
