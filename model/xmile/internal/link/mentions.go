package link

import (
	"weir/model"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// HasInit reports whether a variable's value depends on one that differs while
// initial values are computed; a stock does not depend on its flows.
// A variable that depends on itself counts as one that does not differ, which ends the search.
func (k *Linker) HasInit(v *source.Variable) bool {
	if k.inits == nil {
		k.findInits()
	}
	differs, known := k.inits[v]
	if !known && len(k.inits) > 0 { // a macro's, which came later
		k.inits[v] = false
		differs = v.Differs()
		k.mentions(v, func(w *source.Variable) { differs = differs || k.HasInit(w) })
		k.inits[v] = differs
	}
	return differs
}

// findInits marks the variables that differ, and all that depend on them.
func (k *Linker) findInits() {
	k.inits = map[*source.Variable]bool{}
	var found []*source.Variable
	for _, v := range k.Vars {
		if v.Differs() {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		return
	}
	// From the variables that differ themselves to all that depend on them: each equation is
	// read once, and each dependence followed once.
	users := map[*source.Variable][]*source.Variable{}
	for _, v := range k.Vars {
		k.inits[v] = false
		k.mentions(v, func(w *source.Variable) { users[w] = append(users[w], v) })
	}
	for len(found) > 0 {
		v := found[len(found)-1]
		found = found[:len(found)-1]
		if !k.inits[v] {
			k.inits[v] = true
			found = append(found, users[v]...)
		}
	}
}

// mentions calls f for every variable that a variable's equations mention, or that
// gives it its value; a stock's are not looked at.
func (k *Linker) mentions(v *source.Variable, f func(*source.Variable)) { k.mentionsBut(v, nil, f) }

// mentionsBut passes the arguments of some functions by.
// Equations that cannot be parsed mention nothing here: they are reported when they are read.
// but reports whether to pass by a function of that name and number of arguments; nil passes none.
// A variable that is mentioned twice is passed to f twice.
func (k *Linker) mentionsBut(v *source.Variable, but func(name string, args int) bool, f func(*source.Variable)) {
	if v.Source != nil {
		f(v.Source)
		return
	}
	if v.Kind == model.KindStock {
		return
	}
	nodes := []*scan.Node{v.Eqn}
	for _, e := range v.Elements {
		nodes = append(nodes, e.Eqn)
	}
	for _, n := range nodes {
		if n == nil {
			continue
		}
		list, _ := k.Grammar().Parse(k.EquationText(v, n).Value)
		for _, e := range list {
			expr.Walk(e, func(e expr.Expr) bool {
				switch e := e.(type) {
				case *expr.Call:
					return but == nil || !but(e.Of.Path[0], len(e.Args)) || v.Space.Find(e.Of.Path, k.Top) != nil
				case *expr.Ref:
					if w := v.Space.Find(e.Path, k.Top); w != nil {
						f(w)
					}
				}
				return true
			})
		}
	}
}
