package vensim

import (
	"strings"
	"weir/model/vensim/internal/syntax"
)

// The units of an equation in a macro are said in its arguments: x/delay is whatever a
// call's x and delay are in. What they are not known for, weir finds out from the
// equation.

// maxUnitDepth bounds how far units are followed through calls within macros.
const maxUnitDepth = 8

// unitsOf is the units that an equation gives, without the range; "" if none.
func (im *importer) unitsOf(eq *syntax.Equation, depth int) string {
	text := syntax.UnitText(im.src, eq)
	if eq.Arguments == nil || text == "" {
		return text
	}
	known := true
	text = syntax.EachUnit(text, func(name string) string {
		of, ok := im.argumentUnits(eq.Arguments, name, depth)
		known = known && ok
		return of
	})
	if !known {
		return ""
	}
	return text
}

// argumentUnits is what a unit named in a macro is in one call of it, and whether that
// is known.
func (im *importer) argumentUnits(arguments map[string]syntax.Expr, name string, depth int) (string, bool) {
	key := syntax.Fold(name)
	a, bound := arguments[key]
	if !bound {
		own, marked := strings.CutSuffix(key, "$")
		if !marked {
			return name, true
		}
		if own = strings.TrimRight(own, "_"); own == "time" {
			own = "time_step"
		}
		a = &syntax.Ref{Key: own}
	}
	r, ok := a.(*syntax.Ref)
	if !ok || im.vars[r.Key] == nil || depth > maxUnitDepth {
		return "", false
	}
	for _, eq := range im.vars[r.Key].equations {
		switch text := im.unitsOf(eq, depth+1); {
		case text == "":
		case strings.ContainsAny(text, "()*/^"):
			return "(" + text + ")", true
		default:
			return text, true
		}
	}
	return "", false
}
