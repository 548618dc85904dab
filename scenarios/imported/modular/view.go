package modular

import (
	"strings"

	"weir/model"
	"weir/model/document"
)

// view returns a diagram in the names of its part. Places of variables that are outside the part
// are left out with their arrows: the file does not know them.
func (d *divider) view(p *part, v *model.View) *model.View {
	out := *v
	if p.around != nil {
		prefix := d.m.Imported.Parts[p.at].Prefix
		if out.Label = strings.TrimPrefix(out.Label, prefix); out.Label == strings.TrimSuffix(prefix, ".") {
			out.Label = "" // the reader calls a view without a name by its module
		}
		out.Name = document.FreeViewName(p.named, d.titles[v.Name])
	}
	inside := func(key string) (string, bool) {
		name := document.Placed(key)
		h, known := d.homes[name]
		if !known {
			return key, true // the clock, or a module's box
		}
		if !h.within(p) || d.bridged[name] {
			return "", false
		}
		return h.path(p) + strings.TrimPrefix(key, name), true
	}
	out.Places, out.Pipes, out.Arrows = nil, nil, nil
	for _, at := range v.Places {
		if key, ok := inside(at.Key); ok {
			at.Key = key
			out.Places = append(out.Places, at)
		}
	}
	for _, pipe := range v.Pipes {
		if key, ok := inside(pipe.Flow); ok {
			pipe.Flow = key
			out.Pipes = append(out.Pipes, pipe)
		}
	}
	for _, a := range v.Arrows {
		from, ok := inside(a.From)
		to, both := inside(a.To)
		if ok && both {
			a.From, a.To = from, to
			out.Arrows = append(out.Arrows, a)
		}
	}
	return &out
}
