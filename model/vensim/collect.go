package vensim

import (
	"slices"
	"strings"
	"weir/model"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// addExogenous returns the equations with a data variable for each name that no equation
// defines, but the data files that the user named.
// Vensim runs a model whose variable no equation defines if a data file has it: an exogenous
// variable.
func addExogenous(files *sheet.Files, subs *subscript.Set, equations []*syntax.Equation) []*syntax.Equation {
	files.ReadSeries()
	if len(files.Series) == 0 {
		return equations
	}
	known := map[string]bool{}
	for name := range files.Series {
		base, _, _ := strings.Cut(name, "[")
		known[base] = true
	}
	for _, eq := range equations {
		known[eq.Key] = false
	}
	for _, eq := range slices.Clone(equations) {
		syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
			r, ok := e.(*syntax.Ref)
			if !ok || !known[r.Key] || subs.Ranges[r.Key] != nil || subs.Elements[r.Key] != nil ||
				clockNames[r.Key] != "" {
				return true
			}
			known[r.Key] = false
			marked := slices.Clone(r.Subs)
			for i := range marked {
				marked[i].Bang = false
			}
			equations = append(equations, &syntax.Equation{
				Statement: &syntax.Statement{}, Kind: syntax.EqData, Name: r.Name, Key: r.Key, NameSpan: r.Span,
				Subs: marked, Derived: true,
			})
			return true
		})
	}
	return equations
}

// collectVariables adds the variables of the equations, which it groups by name. An empty
// equation beside others only carries units and a comment, and goes; so does one that
// nobody has written yet, if there are others. Texts become rows of the report only.
func collectVariables(r *report.Report, subs *subscript.Set, equations []*syntax.Equation, vars *variables) {
	for _, eq := range equations {
		if eq.Kind == syntax.EqText {
			r.Row(eq.Name, "", model.Equivalent, "a text variable: it may name a data file; no number depends on it otherwise", eq.NameSpan)
			continue
		}
		if subs.Ranges[eq.Key] != nil || subs.Elements[eq.Key] != nil {
			r.ErrorAt(model.DuplicateName, eq.NameSpan, "", "%s is a variable and also a subscript", eq.Name)
			continue
		}
		v := vars.byKey[eq.Key]
		if v == nil {
			v = &variable{
				name: eq.Name, key: eq.Key, grade: model.Exact, derived: eq.Derived, group: eq.Group, after: eq.After,
			}
			vars.add(v)
		}
		v.equations = append(v.equations, eq)
		v.broken = v.broken || eq.Broken
	}
	for _, v := range vars.order {
		v.equations = without(v.equations, func(eq *syntax.Equation) bool {
			return eq.Kind == syntax.EqData &&
				eq.Expr == nil && eq.Between == ""
		})
		v.equations = without(v.equations, isUnwritten)
		if n := len(v.equations); n > 1 && isUnwritten(v.equations[0]) && len(v.equations[0].Subs) == 0 {
			v.equations = v.equations[n-1:]
		}
	}
	vars.order = besideOwners(vars.order)
}

// without returns equations without those of a kind, but all of them if all are of it.
func without(equations []*syntax.Equation, is func(*syntax.Equation) bool) []*syntax.Equation {
	if kept := slices.DeleteFunc(slices.Clone(equations), is); len(kept) > 0 {
		return kept
	}
	return equations
}

// besideOwners returns the variables with those that macros make behind those that call
// them, so that a reader of the model finds them there. Callers that are no variables, such
// as reality checks, have theirs at the end.
func besideOwners(order []*variable) []*variable {
	made := map[string][]*variable{}
	for _, v := range order {
		if v.after != "" {
			made[v.after] = append(made[v.after], v)
		}
	}
	out := make([]*variable, 0, len(order))
	for _, v := range order {
		if v.after == "" {
			out = append(append(out, v), made[v.key]...)
			delete(made, v.key)
		}
	}
	for _, v := range order { // of callers that are none
		if _, left := made[v.after]; left {
			out = append(out, v)
		}
	}
	return out
}

// isUnwritten reports whether an equation only holds the place of one that nobody has
// written yet.
func isUnwritten(eq *syntax.Equation) bool {
	c, ok := eq.Expr.(*syntax.Call)
	return ok && c.Key == syntax.Key(syntax.Unwritten)
}
