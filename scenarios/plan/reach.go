package plan

import (
	"slices"

	"weir/model/resolved"
	"weir/scenarios/internal/element"
)

// unmoved warns of outcomes that no scenario can change, and of interventions that can change no
// outcome and no chart: no chain of equations leads from the one to the other. It says nothing of a
// set with mistakes, whose changes are not known.
func (r *reader) unmoved() {
	if !r.sound() || r.doc.Problems().HasErrors() {
		return
	}
	shown := map[string]bool{}
	for _, o := range r.set.Outcomes {
		shown[bare(o.Variable)] = true
	}
	for _, c := range r.set.Charts {
		shown[bare(c.Variable)] = true
	}
	moved := map[string]bool{}
	next := readers(r.set.Resolved)
	for _, i := range r.set.Interventions {
		reached := map[string]bool{}
		for _, c := range i.Changes {
			follow(next, bare(c.Variable), reached)
		}
		leads := false
		for name := range reached {
			moved[name] = true
			leads = leads || shown[name]
		}
		if len(i.Changes) > 0 && !leads {
			r.warn(Unmoved, i.Span, "name an outcome or a chart that depends on it",
				"intervention %s can change no outcome and no chart of the set", i.ID)
		}
	}
	for _, o := range r.set.Outcomes {
		if !moved[bare(o.Variable)] {
			r.warn(Unmoved, o.Span, "name what depends on the decisions that the set changes",
				"no scenario can change the outcome %s: nothing that they change leads to %s", o.ID, o.Variable)
		}
	}
}

// bare returns a name without its elements.
func bare(name string) string {
	out, _, _ := element.Split(name)
	return out
}

// readers returns, for each variable by name, those whose equations read it.
func readers(m *resolved.Model) map[string][]string {
	next := map[string][]string{}
	for _, v := range m.Variables {
		note := func(source *resolved.Variable) {
			if !slices.Contains(next[source.Name], v.Name) {
				next[source.Name] = append(next[source.Name], v.Name)
			}
		}
		var visit func(e resolved.Expr)
		visit = func(e resolved.Expr) {
			if ref, ok := e.(*resolved.Ref); ok {
				note(ref.Var)
			}
			for _, x := range resolved.Children(e) {
				visit(x)
			}
		}
		for _, p := range slices.Concat(v.Parts, v.Input, v.Delay) {
			visit(p.Expr)
		}
		for _, flow := range slices.Concat(v.Inflows, v.Outflows) {
			note(flow)
		}
	}
	return next
}

// follow adds a variable and everything that depends on it.
func follow(next map[string][]string, from string, reached map[string]bool) {
	open := []string{from}
	for len(open) > 0 {
		name := open[len(open)-1]
		open = open[:len(open)-1]
		if !reached[name] {
			reached[name] = true
			open = append(open, next[name]...)
		}
	}
}
