package read

import (
	"slices"

	"weir/model/document"
	"weir/model/equation"
)

// A retirement finds the variables that bindings make superfluous in modules: the flows of a
// stock whose value comes from outside, and every variable that served only a bound one. The
// other variables of a module, its results among them, stay.
type retirement struct {
	needed map[string]map[string]bool // names that each variable of a module needed when alone
	bound  map[string]bool            // full names of bound variables
}

// before records the needs of a module's variables before anything is bound. Known has them by
// their full names.
func (q *retirement) before(variables []*document.Variable, known map[string]*document.Variable) {
	if q.needed == nil {
		q.needed, q.bound = map[string]map[string]bool{}, map[string]bool{}
	}
	for _, v := range variables {
		q.needed[v.Name] = needs(known, v)
	}
}

// needs returns the full names in a variable's equations and, of a stock, its flows. A name is
// looked up in the variable's own scope first, and else kept as it is: clocks and functions stay in
// the set, where they match no variable.
func needs(known map[string]*document.Variable, v *document.Variable) map[string]bool {
	out := map[string]bool{}
	add := func(name string) {
		if known[v.Scope+"."+name] != nil {
			name = v.Scope + "." + name
		}
		out[name] = true
	}
	for _, t := range v.Texts() {
		tree, _ := t.Parse()
		equation.Walk(tree, func(e equation.Expr) bool {
			switch e := e.(type) {
			case *equation.Name:
				add(e.Name)
			case *equation.Call:
				add(e.Func)
			}
			return true
		})
	}
	for _, f := range slices.Concat(v.Inflow, v.Outflow) {
		out[f] = true
	}
	return out
}

// run leaves out variables that served only bound ones, after all variables are read, and makes
// auxiliaries of flows that have lost their stock but are still used.
func (q *retirement) run(m *document.Model) {
	if len(q.bound) == 0 {
		return
	}
	// Served are the variables behind the bound ones as they were alone. A variable among them
	// stays if any other variable still needs it, directly or through others.
	served := map[string]bool{}
	for name := range q.bound {
		reach(served, q.needed[name], func(n string) map[string]bool { return q.needed[n] })
	}
	kept := map[string]bool{}
	known := m.ByName()
	after := func(n string) map[string]bool {
		if v := known[n]; v != nil {
			return needs(known, v)
		}
		return nil
	}
	for _, v := range m.Variables {
		if !served[v.Name] || q.bound[v.Name] {
			kept[v.Name] = true
			reach(kept, after(v.Name), after)
		}
	}
	m.Variables = slices.DeleteFunc(m.Variables, func(v *document.Variable) bool {
		if !kept[v.Name] {
			m.LeaveOut(v)
		}
		return !kept[v.Name]
	})
	q.looseFlows(m)
}

// reach marks names and all names that they need.
func reach(marked, names map[string]bool, needed func(string) map[string]bool) {
	for n := range names {
		if !marked[n] {
			marked[n] = true
			reach(marked, needed(n), needed)
		}
	}
}

// looseFlows makes auxiliaries of flows whose stocks are bound.
func (q *retirement) looseFlows(m *document.Model) {
	used := map[string]bool{}
	for _, v := range m.Variables {
		for _, f := range slices.Concat(v.Inflow, v.Outflow) {
			used[f] = true
		}
	}
	for _, v := range m.Variables {
		if v.Kind == document.KindFlow && !used[v.Name] && q.needed[v.Name] != nil && q.servedAStock(v.Name) {
			v.Kind = document.KindAux
		}
	}
}

// servedAStock reports whether a flow belonged to a stock that is bound now. A flow that never
// had a stock is a mistake of the module, which Check reports.
func (q *retirement) servedAStock(flow string) bool {
	for name := range q.bound {
		if q.needed[name][flow] {
			return true
		}
	}
	return false
}
