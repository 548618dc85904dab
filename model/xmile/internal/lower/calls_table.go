package lower

import (
	"weir/model"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// lookup reads a graphical function that the first argument names.
func lookup(name string) func(*scope, *expr.Call) piece {
	return func(s *scope, e *expr.Call) piece {
		r, ok := e.Args[0].(*expr.Ref)
		if ok && name == "" && s.isCall(r) { // LOOKUP(VMIN, x[*]), as a translator from Vensim writes VMIN(x[*])
			return s.call(&expr.Call{Place: e.Place, Of: r, Args: e.Args[1:]})
		}
		if !ok || s.sp.Find(r.Path, s.Top) == nil || s.sp.Find(r.Path, s.Top).Resolve().Table == "" {
			return s.wrong(e.Args[0], model.UnknownFunction, "", "the first argument must be the name of a graphical function")
		}
		return s.tableCall(e, r, e.Args[1:], name)
	}
}

// isCall reports whether a name is that of a function and of nothing else.
func (s *scope) isCall(r *expr.Ref) bool {
	_, known := calls[r.Path[0]]
	return known && len(r.Path) == 1 && r.Index == nil && s.sp.Find(r.Path, s.Top) == nil
}

// tableCall reads a graphical function: with the function of that name, or plainly.
func (s *scope) tableCall(e *expr.Call, r *expr.Ref, args []expr.Expr, name string) piece {
	v := s.sp.Find(r.Path, s.Top).Resolve()
	if len(args) != 1 && name == "" {
		return s.wrong(e, model.ArgumentCount, "", "%s takes one argument, not %d", v.Name, len(args))
	}
	index := ""
	if r.Index != nil {
		inner := *s
		p := inner.indexed(r, &source.Variable{Node: v.Node, Space: v.Space, Name: v.Name, Ours: "", Over: v.Over})
		s.failed, s.stars = s.failed || inner.failed, inner.stars
		if index = p.s; index != "" && index[0] != '[' {
			return s.cannot(r, "", "a graphical function with a computed subscript")
		}
	}
	table := words(v.Table+index, s.here(r))
	all := []written{table}
	for _, a := range args {
		all = append(all, s.expr(a).in(LevelOr))
	}
	if name == "" {
		return piece{compose("$1($2)", s.here(e), all...), LevelPrimary}
	}
	return piece{compose(name+"("+list(len(all))+")", s.here(e), all...), LevelPrimary}
}

// makeTable makes the lookup of a variable's graphical functions.
func (im *Lowerer) makeTable(v *source.Variable) *model.Variable {
	out := im.NewVariable(v, v.Table, model.KindLookup)
	set := func(g *source.Graph) {
		if out.Beyond = g.Beyond; g.Beyond == "hold" {
			out.Beyond = "" // as it is if nobody says otherwise
		}
		if g.Discrete {
			out.Between = "previous"
		}
	}
	if v.Graph != nil {
		out.Points = v.Graph.Points
		out.Keys["points"] = v.Graph.Node.Span(im.Sources)
		set(v.Graph)
	}
	for _, e := range v.Elements {
		if e.Gf == nil {
			continue
		}
		if out.Tables == nil {
			out.Tables = map[string][]source.Point{}
		}
		if v.Graph == nil && len(out.Tables) == 0 {
			set(e.Gf)
		} else if (out.Between == "previous") != e.Gf.Discrete || (out.Beyond == "extend") != (e.Gf.Beyond == "extend") {
			im.Approximate(v, e.Gf.Node.Span(im.Sources), "all elements of a graphical function are read between and beyond their points in the same way")
		}
		out.Tables[e.Key] = e.Gf.Points
		out.At = append(out.At, model.ElementText{Key: e.Key, KeySpan: e.Node.Span(im.Sources)})
	}
	return out
}
