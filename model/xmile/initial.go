package xmile

import "weir/model"

// initially is a variable as it is while initial values are computed. It differs
// where the variable, or one that it depends on, has an <init_eqn>, or is a flow that
// a stock which is not there yet would hold back: then an auxiliary stands beside it
// that only initial values read.
func (im *lowerer) initially(v *variable) *variable {
	if v.kind == model.KindStock && v.source == nil || !im.hasInit(v) {
		return v
	}
	if v.atInit != nil {
		return v.atInit
	}
	c := &variable{uniflow: v.uniflow, n: v.n, sp: v.sp, kind: model.KindAux, name: v.name, over: v.over, eqn: v.eqn, elements: v.elements, source: v.source,
		graph: v.graph, table: v.table, grade: model.Exact, hidden: true}
	if v.initEqn != nil {
		c.eqn, c.graph, c.table = v.initEqn, nil, ""
	}
	c.ours = im.take(v.ours+"_at_start", "_value")
	c.atInit, v.atInit = c, c
	if v.source != nil {
		c.source = im.initially(v.source)
	}
	v.note(model.Equivalent, "initial values read %s instead", c.ours)
	im.vars = append(im.vars, c)
	return c
}

// hasInit reports whether a variable's value depends on one that differs while
// initial values are computed, not counting what stocks keep.
func (k *linker) hasInit(v *variable) bool {
	if k.inits == nil {
		k.findInits()
	}
	differs, known := k.inits[v]
	if !known && len(k.inits) > 0 { // a macro's, which came later
		k.inits[v] = false
		differs = v.differs()
		k.mentions(v, func(w *variable) { differs = differs || k.hasInit(w) })
		k.inits[v] = differs
	}
	return differs
}

// findInits marks the variables that differ, and all that depend on them.
func (k *linker) findInits() {
	k.inits = map[*variable]bool{}
	var found []*variable
	for _, v := range k.vars {
		if v.differs() {
			found = append(found, v)
		}
	}
	if len(found) == 0 {
		return
	}
	users := map[*variable][]*variable{}
	for _, v := range k.vars {
		k.inits[v] = false
		k.mentions(v, func(w *variable) { users[w] = append(users[w], v) })
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

// differs reports whether a variable itself is another while initial values are
// computed.
func (v *variable) differs() bool {
	if v.initEqn != nil || v.limited || v.eqn != nil && containsWord(v.eqn.text().s, "active") {
		return true
	}
	for _, e := range v.elements {
		if e.init != nil {
			return true
		}
	}
	return false
}

// mentions calls f for every variable that a variable's equations mention, or that
// gives it its value; a stock's are not looked at.
func (k *linker) mentions(v *variable, f func(*variable)) { k.mentionsBut(v, nil, f) }

// mentionsBut passes the arguments of some functions by.
func (k *linker) mentionsBut(v *variable, but map[string]bool, f func(*variable)) {
	if v.source != nil {
		f(v.source)
		return
	}
	if v.kind == model.KindStock {
		return
	}
	nodes := []*node{v.eqn}
	for _, e := range v.elements {
		nodes = append(nodes, e.eqn)
	}
	for _, n := range nodes {
		if n == nil {
			continue
		}
		list, _ := parseEquation(n.text().s)
		for _, e := range list {
			walk(e, func(e expr) bool {
				switch e := e.(type) {
				case *callExpr:
					return !but[e.of.path[0]] || v.sp.find(e.of.path, k.top) != nil
				case *refExpr:
					if w := v.sp.find(e.path, k.top); w != nil {
						f(w)
					}
				}
				return true
			})
		}
	}
}

// walk visits an expression and all within it, but not what is within one for which
// visit says false.
func walk(e expr, visit func(expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	switch e := e.(type) {
	case *refExpr:
		for _, x := range e.index {
			walk(x, visit)
		}
	case *callExpr:
		walk(e.of, visit)
		for _, x := range e.args {
			walk(x, visit)
		}
	case *unaryExpr:
		walk(e.x, visit)
	case *binaryExpr:
		walk(e.x, visit)
		walk(e.y, visit)
	case *ifExpr:
		walk(e.cond, visit)
		walk(e.then, visit)
		walk(e.other, visit)
	case *rangeExpr:
		walk(e.from, visit)
		walk(e.to, visit)
	}
}
