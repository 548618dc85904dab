package start

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// BelowZero is the code of the remark on stocks that flows empty beyond nothing; ReadOutside that of
// lookups.
const (
	BelowZero   diagnostic.Code = "stock-below-zero"
	ReadOutside diagnostic.Code = "lookup-outside"
)

// below remarks on stocks that fall from 0 or above to below 0, and have an outflow that does not
// look at them: nobody leaves a place that is empty. What may be negative, such as an account, has
// flows of that kind, so it is a note. columns has the columns of the result by variable.
func below(m *model.Model, r *resolved.Model, result *sim.Result, columns map[string][]int) diagnostic.List {
	var list diagnostic.List
	for _, v := range r.Variables {
		if v.Kind != resolved.Stock || v.Hidden || v.NonNegative {
			continue
		}
		// The numbers first: equations are followed for stocks that fall so far alone.
		at, name := firstBelow(result, columns[v.Name])
		if name == "" {
			continue
		}
		blind := slices.IndexFunc(v.Outflows, func(flow *resolved.Variable) bool {
			return !reads(flow, v, map[*resolved.Variable]bool{})
		})
		if blind < 0 {
			continue
		}
		list = append(list, diagnostic.Diagnostic{Code: BelowZero, Severity: diagnostic.Note, Span: v.Span,
			Hint: "if it cannot be negative, let the outflow depend on it, or write non_negative = true",
			Message: fmt.Sprintf("%s falls below 0 at %s %.4g: its outflow %s does not look at it", name,
				m.Time.Unit, at, v.Outflows[blind].Name)})
	}
	return list
}

// firstBelow returns the time and the element at which a stock of these columns that starts at 0 or
// above is first below 0, beyond rounding; the name is "" if it never is.
func firstBelow(r *sim.Result, columns []int) (at float64, name string) {
	for _, k := range columns {
		if r.Row(0)[k] < 0 {
			continue
		}
		largest := 0.0
		for i, t := range r.Time {
			x := r.Row(i)[k]
			largest = max(largest, x, -x)
			if x < -1e-9*largest && (name == "" || t < at) {
				at, name = t, r.Columns[k].Name()
			}
		}
	}
	return at, name
}

// reads reports whether the equations of a variable read a stock, through auxiliaries or not.
func reads(v, stock *resolved.Variable, seen map[*resolved.Variable]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	found := false
	var visit func(e resolved.Expr)
	visit = func(e resolved.Expr) {
		if ref, ok := e.(*resolved.Ref); ok && !found {
			found = ref.Var == stock || ref.Var.Kind != resolved.Stock && reads(ref.Var, stock, seen)
		}
		for _, x := range resolved.Children(e) {
			visit(x)
		}
	}
	for _, p := range v.Parts {
		visit(p.Expr)
	}
	return found
}

// outside remarks on lookups that the run reads beyond their points, if the model does not say what
// is meant there. Another tool's model has the rule of its tool.
func outside(m *model.Model, result *sim.Result) diagnostic.List {
	var list diagnostic.List
	for _, use := range result.Lookups {
		v := m.Variable(bareName(use.Table))
		if v == nil || use.Data || v.Beyond != "" || m.Imported != nil || v.Module != "" {
			continue
		}
		x := use.High
		if use.Low < use.From {
			x = use.Low
		}
		list = append(list, diagnostic.Diagnostic{Code: ReadOutside, Severity: diagnostic.Note,
			Span: v.SpanOf("points"),
			Hint: `add points, or write beyond = "hold" if the last value is meant`,
			Message: fmt.Sprintf("%s is read at %.4g from %s %.4g on; its points go from %.4g to %.4g", use.Table, x,
				m.Time.Unit, use.First, use.From, use.To)})
	}
	return list
}

// bareName returns a name without its elements.
func bareName(name string) string {
	for i, c := range name {
		if c == '[' {
			return name[:i]
		}
	}
	return name
}
