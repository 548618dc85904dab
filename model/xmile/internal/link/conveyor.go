package link

import (
	"weir/model"
	"weir/model/xmile/internal/source"
)

// endOf says which of a conveyor's outflows is what comes out at its end: the first
// that does not leak. All others leak, whether they say so or not (XMILE 1.0, 3.7.2).
func (k *Linker) endOf(v *source.Variable, out []*source.Variable) {
	for _, f := range out {
		switch {
		case f.Leak:
		case v.Belt == nil:
			v.Belt, f.End = f, true
		case f.Eqn == nil && len(f.Elements) == 0:
			k.Reject(v, v.Node.Span(k.Sources), "give the one that leaks <leak/> and the share that it takes", "a conveyor with two flows at its end, %s and %s", v.Belt.Name, f.Name)
			return
		default:
			f.Leak = true
			v.Note(model.Equivalent, "%s, the outflow after %s, leaks on the way", f.Name, v.Belt.Name)
		}
	}
}
