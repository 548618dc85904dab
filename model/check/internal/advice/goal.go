package advice

import (
	"slices"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// goals warns of a goal gap the wrong way round: an inflow (stock - goal)/time, or an outflow
// (goal - stock)/time, moves the stock ever further from its goal. A gap divided by a time is meant
// to close; one that is multiplied with a rate may be growth above a threshold, and is none.
func (a *adviser) goals(stock *document.Variable) {
	if stock.Kind != document.KindStock || stock.Module != "" {
		return
	}
	for _, name := range slices.Concat(stock.Inflow, stock.Outflow) {
		flow := a.Names[name]
		if flow == nil || flow.Kind != document.KindFlow {
			continue
		}
		for _, t := range flow.Texts() {
			gap := gapOf(a.Trees[t])
			if gap == nil {
				continue
			}
			from, goal := gap.X, gap.Y // an inflow must be goal - stock
			if slices.Contains(stock.Outflow, name) {
				from, goal = goal, from
			}
			if isName(from, stock.Name) && isVariable(goal) && !mentions(goal, stock.Name) {
				a.advise(code.AwayFromGoal, diagnostic.Warning, t.At(gap.Pos()), "turn the difference round",
					"%s moves %s away from %s, the faster the further it is", flow, stock,
					a.ShownIn(equation.Print(goal)))
			}
		}
	}
}

// gapOf returns the difference in (a - b)/time, also where it is held at 0 or above; nil if an
// equation is no such quotient.
func gapOf(tree equation.Expr) *equation.Binary {
	if call, ok := tree.(*equation.Call); ok && call.Func == "max" && len(call.Args) == 2 {
		return gapOf(call.Args[1])
	}
	quotient, ok := tree.(*equation.Binary)
	if !ok || quotient.Op != equation.Div || !isVariable(quotient.Y) {
		return nil
	}
	x := quotient.X
	if call, ok := x.(*equation.Call); ok && call.Func == "max" && len(call.Args) == 2 {
		x = call.Args[1]
	}
	gap, ok := x.(*equation.Binary)
	if !ok || gap.Op != equation.Sub {
		return nil
	}
	return gap
}

// isName reports whether an expression is a variable, with any subscripts.
func isName(e equation.Expr, name string) bool {
	n, ok := e.(*equation.Name)
	return ok && n.Name == name
}

// isVariable reports whether an expression is the name of something.
func isVariable(e equation.Expr) bool {
	_, ok := e.(*equation.Name)
	return ok
}

// mentions reports whether an expression reads a variable.
func mentions(e equation.Expr, name string) bool {
	found := false
	equation.Walk(e, func(e equation.Expr) bool {
		found = found || isName(e, name)
		return !found
	})
	return found
}
