package lower

import (
	"math"
	"slices"

	"weir/model/document"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// Stella's models hold INF and NAN as values: INF as a limit that does not bind, NAN as a
// value that a graph does not show. So does weir, in constants (INF) and equations, as long
// as none reaches a stock. An array of INF is written into the equations that read it. A
// NAN that nothing reads becomes na, which files and tables show as no value.

// findInfinite notes the auxiliaries that are infinite at all times. In weir's own files
// there are none that a run reads.
func (im *Lowerer) findInfinite() {
	if im.Weir {
		return
	}
	for _, v := range im.Vars {
		if v.Kind != document.KindAux || v.Source != nil || v.HasGraph() || v.InitEqn != nil {
			continue
		}
		if x, ok := im.alwaysInfinite(v); ok {
			if v.Infinity = &x; !v.IsLimit() {
				v.Note(document.Equivalent, "INF is written into the equations that read it")
			}
		}
	}
}

// alwaysInfinite returns the infinite value of a variable: of its equation, or of those of
// all its elements.
func (im *Lowerer) alwaysInfinite(v *source.Variable) (float64, bool) {
	if len(v.Elements) == 0 {
		list, mistakes := im.Parsed(v)
		if len(list) != 1 || mistakes != nil {
			return 0, false
		}
		return im.infinity(list[0], v.Space)
	}
	if v.Eqn != nil || len(v.Elements) < source.Product(v.Own()) {
		return 0, false
	}
	all := 0.0
	for _, e := range v.Elements {
		if e.Eqn == nil {
			return 0, false
		}
		list, mistakes := im.Grammar().Parse(im.EquationText(v, e.Eqn).Value)
		if len(list) != 1 || mistakes != nil {
			return 0, false
		}
		x, ok := im.infinity(list[0], v.Space)
		if !ok || all != 0 && x != all {
			return 0, false
		}
		all = x
	}
	return all, true
}

// infinity returns the value of INF with or without a sign.
func (im *Lowerer) infinity(e expr.Expr, sp *source.Space) (float64, bool) {
	switch e := e.(type) {
	case *expr.Unary:
		x, ok := im.infinity(e.X, sp)
		if e.Op == "-" {
			x = -x
		}
		return x, ok && e.Op != "not"
	case *expr.Ref:
		return math.Inf(1), im.isWord(e, "inf", sp)
	}
	return 0, false
}

// isWord reports whether a name is a word of the language, and not a variable's.
func (im *Lowerer) isWord(e *expr.Ref, word string, sp *source.Space) bool {
	return e.Index == nil && len(e.Path) == 1 && e.Path[0] == word && sp.Find(e.Path, im.Top) == nil
}

// shownNothing returns an equation with na for each NAN that is its value, alone or as a
// branch, if no equation reads the variable; else the equation itself.
func (s *scope) shownNothing(e expr.Expr) expr.Expr {
	if s.v.Kind != document.KindAux || s.initial || !s.holdsNaN(e) || s.IsRead(s.v) {
		return e
	}
	s.Approximate(s.v, s.span(e), "NAN is na, which is shown as no value; nothing reads it")
	return s.withoutNaN(e)
}

// holdsNaN reports whether the value of an equation, or of a branch of it, is NAN.
func (s *scope) holdsNaN(e expr.Expr) bool {
	switch e := e.(type) {
	case *expr.Ref:
		return s.isWord(e, "nan", s.sp)
	case *expr.If:
		return s.holdsNaN(e.Then) || s.holdsNaN(e.Other)
	}
	return false
}

// withoutNaN returns an equation with na in the place of each NAN that is its value.
func (s *scope) withoutNaN(e expr.Expr) expr.Expr {
	switch e := e.(type) {
	case *expr.Ref:
		if s.isWord(e, "nan", s.sp) {
			return &expr.Ref{Place: e.Place, Path: []string{":na:"}}
		}
	case *expr.If:
		return &expr.If{Place: e.Place, Cond: e.Cond, Then: s.withoutNaN(e.Then), Other: s.withoutNaN(e.Other)}
	}
	return e
}

// unlimited reports whether an equation of a conveyor, such as its capacity, never binds.
func (im *Lowerer) unlimited(tree equation.Expr) bool {
	n, ok := tree.(*equation.Name)
	return ok && (n.Name == "inf" || slices.ContainsFunc(im.Vars, func(v *source.Variable) bool {
		return v.Ours == n.Name && v.IsLimit() && *v.Infinity > 0
	}))
}
