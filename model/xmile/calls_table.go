package xmile

import "weir/model"

// resolve follows the connections of an input to the variable that gives its value.
func (v *variable) resolve() *variable {
	for i := 0; v.source != nil && i < 100; i++ {
		v = v.source
	}
	return v
}

// lookup reads a graphical function that the first argument names.
func lookup(name string) func(*scope, *callExpr) piece {
	return func(s *scope, e *callExpr) piece {
		r, ok := e.args[0].(*refExpr)
		if ok && name == "" && s.isCall(r) { // LOOKUP(VMIN, x[*]), as a translator from Vensim writes VMIN(x[*])
			return s.call(&callExpr{e.place, r, e.args[1:]})
		}
		if !ok || s.sp.find(r.path, s.top) == nil || s.sp.find(r.path, s.top).resolve().table == "" {
			return s.wrong(e.args[0], model.UnknownFunction, "", "the first argument must be the name of a graphical function")
		}
		return s.tableCall(e, r, e.args[1:], name)
	}
}

// isCall reports whether a name is that of a function and of nothing else.
func (s *scope) isCall(r *refExpr) bool {
	_, known := calls[r.path[0]]
	return known && len(r.path) == 1 && r.index == nil && s.sp.find(r.path, s.top) == nil
}

// tableCall reads a graphical function: with the function of that name, or plainly.
func (s *scope) tableCall(e *callExpr, r *refExpr, args []expr, name string) piece {
	v := s.sp.find(r.path, s.top).resolve()
	if len(args) != 1 && name == "" {
		return s.wrong(e, model.ArgumentCount, "", "%s takes one argument, not %d", v.name, len(args))
	}
	index := ""
	if r.index != nil {
		inner := *s
		p := inner.indexed(r, &variable{n: v.n, sp: v.sp, name: v.name, ours: "", over: v.over})
		s.failed, s.stars = s.failed || inner.failed, inner.stars
		if index = p.s; index != "" && index[0] != '[' {
			return s.cannot(r, "", "a graphical function with a computed subscript")
		}
	}
	table := words(v.table+index, s.here(r))
	all := []written{table}
	for _, a := range args {
		all = append(all, s.expr(a).in(levelOr))
	}
	if name == "" {
		return piece{compose("$1($2)", s.here(e), all...), levelPrimary}
	}
	return piece{compose(name+"("+list(len(all))+")", s.here(e), all...), levelPrimary}
}

// tables gives each graphical function its name in the model. One with an input is a
// variable and a table in one; where that cannot be, the table stands apart.
func (k *linker) tables() {
	for _, v := range k.vars {
		k.tableOf(v)
	}
}

func (k *linker) tableOf(v *variable) {
	if !v.hasGraph() || v.source != nil {
		return
	}
	switch {
	case !v.hasInput():
		v.kind, v.table = model.KindLookup, v.ours
	case v.kind == model.KindAux && len(v.over) == 0 || k.isData(v):
		v.table = v.ours
	default:
		v.table = k.take(v.ours+"_graph", "_table")
	}
}

func (v *variable) hasGraph() bool {
	if v.graph != nil {
		return true
	}
	for _, e := range v.elements {
		if e.gf != nil {
			return true
		}
	}
	return false
}

// noInput is what xmutil writes as the input of a table that is only called.
const noInput = "0+0"

// hasInput reports whether a graphical function has an equation for its input.
func (v *variable) hasInput() bool {
	if v.eqn != nil && v.eqn.text().s != noInput {
		return true
	}
	for _, e := range v.elements {
		if e.eqn != nil && !blank(e.eqn.text().s) && e.eqn.text().s != noInput {
			return true
		}
	}
	return false
}

// makeTable makes the lookup of a variable's graphical functions.
func (im *lowerer) makeTable(v *variable) *model.Variable {
	out := im.newVariable(v, v.table, model.KindLookup)
	set := func(g *graph) {
		if out.Beyond = g.beyond; g.beyond == "hold" {
			out.Beyond = "" // as it is if nobody says otherwise
		}
		if g.discrete {
			out.Between = "previous"
		}
	}
	if v.graph != nil {
		out.Points = v.graph.points
		out.Keys["points"] = v.graph.n.span(im.file)
		set(v.graph)
	}
	for _, e := range v.elements {
		if e.gf == nil {
			continue
		}
		if out.Tables == nil {
			out.Tables = map[string][]Point{}
		}
		if v.graph == nil && len(out.Tables) == 0 {
			set(e.gf)
		} else if (out.Between == "previous") != e.gf.discrete || (out.Beyond == "extend") != (e.gf.beyond == "extend") {
			im.approximate(v, e.gf.n.span(im.file), "all elements of a graphical function are read between and beyond their points in the same way")
		}
		out.Tables[e.key] = e.gf.points
		out.At = append(out.At, model.ElementText{Key: e.key, KeySpan: e.n.span(im.file)})
	}
	return out
}
