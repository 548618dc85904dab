package link

import (
	"weir/model"
	"weir/model/xmile/internal/source"
)

// Tables gives each graphical function its name in the model. One with an input is a
// variable and a table in one; where that cannot be, the table is another variable.
func (k *Linker) Tables() {
	for _, v := range k.Vars {
		k.TableOf(v)
	}
}

// TableOf gives the graphical functions of one variable their name.
// An input of a module has the table of its source, and so none of its own.
func (k *Linker) TableOf(v *source.Variable) {
	if !v.HasGraph() || v.Source != nil {
		return
	}
	switch {
	case !v.HasInput():
		v.Kind, v.Table = model.KindLookup, v.Ours
	case v.Kind == model.KindAux && len(v.Over) == 0 || k.IsData(v):
		v.Table = v.Ours
	default:
		v.Table = k.Take(v.Ours+"_graph", "_table")
	}
}
