package lower

import (
	"cmp"
	"fmt"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/source"
)

// homes notes which module a variable of the model comes from, so that the modules can be
// written as files of their own.
type homes struct {
	out   *model.Import
	index map[*source.Space]int // places in out.Parts
	// bridges are the names in the file of those that weir put in when it wrote it.
	bridges map[string]bool
}

// findParts lists the modules of the file in the order of its elements, outer ones first, and
// returns the notes that variables are added to.
func (im *Lowerer) findParts() *homes {
	h := &homes{out: im.Out.Imported, index: map[*source.Space]int{}, bridges: map[string]bool{}}
	for _, name := range im.Annex.Bridges {
		h.bridges[name] = true
	}
	h.visit(im, im.Top, -1)
	return h
}

// visit lists the modules of one space; in is the place of that space's own part.
func (h *homes) visit(im *Lowerer, sp *source.Space, in int) {
	vars := source.Declarations(sp.Model)
	if vars == nil {
		return
	}
	for _, n := range vars.All("module") {
		kid := sp.Kids[naming.Canonical(n.Value("name"))]
		if kid == nil || kid.Node != n {
			continue // a mistake, which is reported
		}
		at := kid.Model.Span(im.Sources)
		h.index[kid] = len(h.out.Parts)
		of := modelName(kid.Model, n.Value("name"), at.File)
		own := im.OwnModule(kid.Path)
		h.out.Parts = append(h.out.Parts, model.ImportPart{
			Name: naming.Spoken(n.Value("name")), Prefix: naming.Display(kid.Path), In: in,
			Model: cmp.Or(own.Title, naming.Spoken(of)), Label: own.Label, About: own.About,
			Own:   own.File != "",
			Local: naming.Snake(cmp.Or(own.Name, n.Value("name"))), Stem: naming.Snake(cmp.Or(own.File, of)),
			Of: cmp.Or(own.File, fmt.Sprintf("%s:%d", at.File, at.Start)), Span: n.Span(im.Sources),
		})
		h.visit(im, kid, h.index[kid])
	}
}

// add notes the module of a variable. A variable of a macro belongs to the module whose equation
// calls the macro.
func (h *homes) add(v *source.Variable) {
	sp := v.Space.Module()
	if h.bridges[v.OwnKey()] {
		h.out.Bridges = append(h.out.Bridges, v.Ours)
	}
	if sp == nil {
		return
	}
	if h.out.Homes == nil {
		h.out.Homes = map[string]model.ImportHome{}
	}
	local := naming.Snake(strings.TrimPrefix(v.Name, sp.Path))
	for i, out := range v.Out {
		name := local
		if rest, derived := strings.CutPrefix(out.Name, v.Ours); derived {
			name += rest
		} else if i > 0 { // a flow that is written once more: drain_of_farm_pool
			name = strings.ReplaceAll(out.Name, naming.Snake(strings.TrimSuffix(sp.Path, "."))+"_", "")
		}
		h.out.Homes[out.Name] = model.ImportHome{Part: h.index[sp], Local: name,
			Input: v.Source != nil && v.Space.Macro == nil && i == 0 && out.Kind == model.KindAux}
	}
}

// modelName returns the name of a model: its own, that of its file if it is the only one
// there, or that of the module.
func modelName(n interface{ Value(string) string }, module, file string) string {
	if name := n.Value("name"); name != "" {
		return name
	}
	if base := naming.Base(file); base != "" {
		return base
	}
	return module
}
