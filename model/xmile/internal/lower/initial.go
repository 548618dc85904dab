package lower

import (
	"weir/model"
	"weir/model/xmile/internal/source"
)

// initially returns a variable as it is while initial values are computed. It differs
// where the variable, or one that it depends on, has an <init_eqn>, or is a flow that
// a stock which is not there yet would hold back: then there is an auxiliary beside
// it that only initial values read.
// The auxiliary is made when it is first asked for, and has the same equation: it reads the other
// auxiliaries of that kind. It has no row in the import report; the variable's own row names it.
func (im *Lowerer) initially(v *source.Variable) *source.Variable {
	if v.Kind == model.KindStock && v.Source == nil || !im.HasInit(v) {
		return v
	}
	if v.AtInit != nil {
		return v.AtInit
	}
	c := &source.Variable{Uniflow: v.Uniflow, Node: v.Node, Space: v.Space, Kind: model.KindAux, Name: v.Name,
		Over: v.Over, Eqn: v.Eqn, Elements: v.Elements, Source: v.Source,
		Graph: v.Graph, Table: v.Table, Grade: model.Exact, Hidden: true}
	if v.InitEqn != nil {
		c.Eqn, c.Graph, c.Table = v.InitEqn, nil, ""
	}
	c.Ours = im.Take(v.Ours+"_at_start", "_value")
	c.AtInit, v.AtInit = c, c
	if v.Source != nil {
		c.Source = im.initially(v.Source)
	}
	v.Note(model.Equivalent, "initial values read %s instead", c.Ours)
	im.Vars = append(im.Vars, c)
	return c
}
