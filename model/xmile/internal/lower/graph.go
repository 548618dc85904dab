package lower

import (
	"weir/model"
	"weir/model/xmile/internal/source"
)

// makeTable makes the lookup of a variable's graphical functions.
// The elements share one rule for values between and beyond points; where they differ, that of the
// first counts and the variable is approximated.
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
		} else if (out.Between == "previous") != e.Gf.Discrete ||
			(out.Beyond == "extend") != (e.Gf.Beyond == "extend") {
			im.Approximate(v, e.Gf.Node.Span(im.Sources),
				"all elements of a graphical function are read between and beyond their points in the same way")
		}
		out.Tables[e.Key] = e.Gf.Points
		out.At = append(out.At, model.ElementText{Key: e.Key, KeySpan: e.Node.Span(im.Sources)})
	}
	return out
}
