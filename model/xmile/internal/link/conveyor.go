package link

import (
	"weir/model"
	"weir/model/xmile/internal/source"
)

// endOf finds the outflow at a conveyor's end: the first
// that does not leak. All others leak, whether they say so or not (XMILE 1.0, 3.7.2).
// It marks that flow as End and the later ones as Leak. One without an equation cannot leak, for
// its share is not known, and rejects the conveyor.
func (k *Linker) endOf(v *source.Variable, out []*source.Variable) {
	for _, f := range out {
		switch {
		case f.Leak:
		case v.Outlet == nil:
			v.Outlet, f.End = f, true
		case f.Eqn == nil && len(f.Elements) == 0:
			k.Reject(v, v.Node.Span(k.Sources), "give the one that leaks <leak/> and the share that it takes",
				"a conveyor with two flows at its end, %s and %s", v.Outlet.Name, f.Name)
			return
		default:
			f.Leak = true
			v.Note(model.Equivalent, "%s, the outflow after %s, leaks on the way", f.Name, v.Outlet.Name)
		}
	}
}
