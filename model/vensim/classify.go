package vensim

import (
	"weir/model"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// A classifier finds the kind of each variable. Vensim has no kinds: an equation is a stock,
// a constant or a table by its right side, and the elements of an array may differ.
type classifier struct {
	*report.Report
	vars  *variables // get their kinds
	clock *clock     // the control variables that stay ones have no kind
}

// classify sets the kind of every variable. Numbers beside formulas make an auxiliary; a
// variable whose equations are of other kinds becomes several variables. New variables are
// classified in their turn. GAME makes a decision of a constant, and counts for nothing in a
// formula.
func (c *classifier) classify() {
	for i := 0; i < len(c.vars.order); i++ {
		v := c.vars.order[i]
		if c.clock.name(v.key) != "" {
			continue
		}
		kinds := map[model.Kind]bool{}
		for _, eq := range v.equations {
			unwrap(v, eq)
			kinds[kindOf(eq)] = true
		}
		switch {
		case len(kinds) == 1:
			v.kind = kindOf(v.equations[0])
		case len(kinds) == 2 && kinds[model.KindConstant] && kinds[model.KindAux]:
			v.kind = model.KindAux
		default:
			c.separate(v)
		}
		switch {
		case v.game && v.kind == model.KindConstant:
			v.kind = model.KindDecision
			v.note(model.Equivalent, "GAME(…) of a number is a decision")
		case v.game:
			v.note(model.Equivalent, "GAME(…) is the expression in it")
		}
	}
}

// unwrap takes GAME and ACTIVE INITIAL off an expression: they only say how it is used.
func unwrap(v *variable, eq *syntax.Equation) {
	for {
		c, ok := eq.Expr.(*syntax.Call)
		if !ok {
			return
		}
		switch {
		case c.Key == "game" && len(c.Args) == 1:
			eq.Expr = c.Args[0]
			v.game = true
		case c.Key == "active_initial" && len(c.Args) == 2:
			eq.Expr, eq.Initial = c.Args[0], c.Args[1]
		default:
			return
		}
	}
}

// kindOf returns the kind of variable that one equation makes: INTEG a stock, functions that
// read files the kind of their content, numbers a constant. A number that is computed,
// such as 2 * 3, is an auxiliary: it is no assumption that one would vary.
func kindOf(eq *syntax.Equation) model.Kind {
	switch eq.Kind {
	case syntax.EqNumbers:
		return model.KindConstant
	case syntax.EqLookup:
		return model.KindLookup
	}
	if c, ok := eq.Expr.(*syntax.Call); ok {
		switch {
		case c.Key == "integ":
			return model.KindStock
		case sheet.Reads(c.Key, "data"):
			return model.KindData
		case sheet.Reads(c.Key, "constants"):
			return model.KindConstant
		case sheet.Reads(c.Key, "lookups"):
			return model.KindLookup
		}
	}
	if _, ok := syntax.Constant(eq.Expr); ok && eq.Initial == nil && syntax.IsWritten(eq.Expr) {
		return model.KindConstant
	}
	if eq.Expr == nil {
		return model.KindData
	}
	return model.KindAux
}

// separate makes a variable for each kind of equation of a mixed variable,
// which the mixed one repeats. A lookup cannot be repeated by a value.
func (c *classifier) separate(v *variable) {
	v.kind = model.KindAux
	for i, eq := range v.equations {
		kind := kindOf(eq)
		if kind == model.KindAux || kind == model.KindConstant && eq.Kind != syntax.EqNumbers {
			continue
		}
		if kind == model.KindLookup {
			c.ErrorAt(model.NotSupported, eq.NameSpan, "", "%s is a lookup for some elements and a value for others",
				v.name)
			v.broken = true
			return
		}
		own := *eq
		own.Name, own.Key = eq.Name+" "+string(kind), v.key+"\x00"+string(kind)
		own.Derived = true
		w := c.vars.byKey[own.Key]
		if w == nil {
			w = &variable{name: own.Name, key: own.Key, kind: kind, grade: model.Exact, derived: true}
			c.vars.add(w)
		}
		w.equations = append(w.equations, &own)
		repeat := *eq
		repeat.Kind, repeat.Numbers, repeat.Between = syntax.EqValue, nil, ""
		repeat.Expr = &syntax.Ref{Span: eq.NameSpan, Name: own.Name, Key: own.Key, Subs: eq.Subs}
		v.equations[i] = &repeat
	}
	v.note(model.Equivalent, "its elements are of different kinds; those are variables of their own")
}
