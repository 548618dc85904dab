package xmile

import "weir/model"

// initially is a variable as it is while initial values are computed. It differs
// where the variable, or one that it depends on, has an <init_eqn>, or is a flow that
// a stock which is not there yet would hold back: then an auxiliary stands beside it
// that only initial values read.
func (im *importer) initially(v *variable) *variable {
	if v.kind == model.KindStock && v.source == nil || !im.hasInit(v, map[*variable]bool{}) {
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

// hasInit reports whether a variable's value depends on an <init_eqn>, not counting
// what stocks keep. On is what led here.
func (im *importer) hasInit(v *variable, on map[*variable]bool) bool {
	if im.inits == nil {
		im.inits = map[*variable]bool{}
	}
	if known, ok := im.inits[v]; ok {
		return known
	}
	if v.initEqn != nil || v.limited {
		return true
	}
	if on[v] || v.kind == model.KindStock && v.source == nil {
		return false
	}
	on[v] = true
	found := v.source != nil && im.hasInit(v.source, on)
	nodes := []*node{v.eqn}
	for _, e := range v.elements {
		found = found || e.init != nil
		nodes = append(nodes, e.eqn)
	}
	for _, n := range nodes {
		if n == nil || found || !im.anyInit() {
			continue
		}
		list, _ := parseEquation(n.text().s)
		for _, e := range list {
			walk(e, func(e expr) {
				switch e := e.(type) {
				case *refExpr:
					if w := v.sp.find(e.path, im.top); w != nil && !found {
						found = im.hasInit(w, on)
					}
				case *callExpr:
					found = found || e.of.path[len(e.of.path)-1] == "active_initial"
				}
			})
		}
	}
	if len(on) == 1 || found {
		im.inits[v] = found // of a circle, only what was found is sure
	}
	delete(on, v)
	return found
}

// anyInit reports whether there is anything in the file of which it matters.
func (im *importer) anyInit() bool {
	if !im.initKnown {
		im.initKnown = true
		for _, v := range im.vars {
			im.initUsed = im.initUsed || v.initEqn != nil || v.limited
			for _, e := range v.elements {
				im.initUsed = im.initUsed || e.init != nil
			}
			if v.eqn != nil {
				im.initUsed = im.initUsed || containsWord(v.eqn.text().s, "active")
			}
		}
	}
	return im.initUsed
}

// walk visits an expression and all within it.
func walk(e expr, visit func(expr)) {
	if e == nil {
		return
	}
	visit(e)
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
