package vensim

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/syntax"
)

// isUnwritten reports whether an equation only stands for one to come.
func isUnwritten(eq *syntax.Equation) bool {
	c, ok := eq.Expr.(*syntax.Call)
	return ok && c.Key == syntax.Fold(syntax.Unwritten)
}

// leaveUnwritten notes a variable without an equation.
func (l *lowering) leaveUnwritten(c *syntax.Call) {
	if l.failed {
		return
	}
	l.failed = true
	l.v.note(model.Unsupported, "it has no equation yet")
	l.v.broken = l.v.broken || !l.o.AllowPartial
	if len(l.blank) == 0 {
		l.blankAt = c.Span
	}
	if !slices.Contains(l.blank, l.v.name) {
		l.blank = append(l.blank, l.v.name)
	}
}

// reportUnwritten reports all variables without an equation at once, where the first
// stands: a model that is a drawing so far has many.
func (im *importer) reportUnwritten() {
	switch n := len(im.blank); {
	case n == 0:
		return
	case n == 1:
		im.ErrorAt(model.NotSupported, im.blankAt, "write its equation in Vensim, or go on without it: --allow-partial", "%s: it has no equation yet", im.blank[0])
	default:
		names := strings.Join(im.blank[:min(n, 5)], ", ")
		if n > 5 {
			names += fmt.Sprintf(" and %d more", n-5)
		}
		im.ErrorAt(model.NotSupported, im.blankAt, "write their equations in Vensim, or go on without them: --allow-partial", "%d variables have no equation yet: %s", n, names)
	}
	if im.o.AllowPartial {
		im.List[len(im.List)-1].Severity = diagnostic.Warning
	}
}
