// Package diagram reads the diagrams of XMILE files.
//
// A diagram is read when all variables have their names in the model, for its places, pipes
// and arrows name variables. Coordinates are pixels, with y pointing down. Parts that the
// model's views have no place for are counted and reported in one row of the import report;
// none of them is an error, since a diagram changes no number.
package diagram

import (
	"cmp"
	"strings"

	"weir/model"
	"weir/model/document"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
	"weir/model/xmile/internal/source"
)

// A viewReader reads the diagrams of a file.
type viewReader struct {
	*source.Model
	known map[string]*model.Variable // the variables of the model by name
	names map[string]int             // of views, as they are given out
	next  int                        // views so far: weir's own part has an entry for each
}

// Read reads the diagrams of the whole model and of its modules, in the order of
// the file. All variables must have their names.
func Read(im *source.Model) {
	r := &viewReader{Model: im, known: map[string]*model.Variable{}, names: map[string]int{}}
	for _, v := range im.Out.Variables {
		r.known[v.Name] = v
	}
	r.visit(im.Top)
}

// visit reads the diagrams of one model, then those of its modules.
func (r *viewReader) visit(sp *source.Space) {
	if all := sp.Model.Kid("views"); all != nil {
		for _, n := range all.All("view") {
			r.view(sp, n)
		}
	}
	if vars := source.Declarations(sp.Model); vars != nil {
		for _, k := range vars.All("module") {
			if kid := sp.Kids[naming.Canonical(k.Value("name"))]; kid != nil {
				r.visit(kid)
			}
		}
	}
}

// view reads one diagram.
func (r *viewReader) view(sp *source.Space, n *scan.Node) {
	title := cmp.Or(naming.Spoken(n.Value("name")), strings.TrimSuffix(sp.Path, "."))
	if kind := cmp.Or(n.Value("type"), n.Value("view_type"), "stock_flow"); naming.Canonical(kind) != "stock_flow" {
		r.Row(n, cmp.Or(title, "view"), model.Unsupported,
			"a view of the kind "+kind+", which shows no stocks and flows")
		return
	}
	p := &drawing{Model: r.Model, sp: sp, known: r.known, keys: map[string]string{}, taken: map[string]int{},
		v: &model.View{Label: title, Span: n.Span(r.Sources)}}
	p.draw(n)
	name := naming.Snake(title)
	if title == "" {
		name = "main"
	}
	if own := r.nextOwn(); own != nil {
		p.finish(own)
		name = cmp.Or(own.Name, name)
	}
	grade, how := p.lost.Grade()
	kept := len(p.v.Places)+len(p.v.Notes)+len(p.v.Boxes) > 0
	if kept || grade != model.Exact {
		r.Row(n, cmp.Or(title, "view"), grade, how)
	}
	if kept {
		p.v.Name = document.FreeViewName(r.names, name)
		r.Out.Views = append(r.Out.Views, p.v)
		for i, part := range r.Out.Imported.Parts {
			if sp.Node != nil && part.Prefix == naming.Display(sp.Path) {
				if name == naming.Snake(strings.TrimSuffix(sp.Path, ".")) { // it has no name of its own
					name = "main"
				}
				r.Out.Imported.Parts[i].Views = append(part.Views, model.ImportView{Name: p.v.Name, Local: name})
			}
		}
	}
}

// nextOwn returns weir's own part about the next view of the file, or nil.
func (r *viewReader) nextOwn() *annex.View {
	if r.next++; r.next > len(r.Annex.Views) {
		return nil
	}
	return r.Annex.Views[r.next-1]
}
