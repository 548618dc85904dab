package source

import (
	"strings"

	"weir/model"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// maxDimensions bounds the dimensions of one variable.
const maxDimensions = 10

// overOf reads a variable's <dimensions>.
func (im *Model) overOf(v *Variable) {
	section := v.Node.Kid("dimensions")
	if section == nil {
		return
	}
	for i, d := range section.All("dim") {
		if i >= maxDimensions {
			im.Report(model.TooManyElements, d.Span(im.Sources), "", "%s has more than %d dimensions", v.Name,
				maxDimensions)
			return
		}
		known := im.Dims.ByName[naming.Canonical(d.Value("name"))]
		if known == nil {
			im.Report(model.UnknownDimension, d.Span(im.Sources), "", "%s: there is no dimension %q", v.Name,
				d.Value("name"))
			continue
		}
		v.Over = append(v.Over[:len(v.Over):len(v.Over)], im.Dims.second(known, v.Over))
	}
}

// readElements reads the equations and graphical functions of single elements.
func (im *Model) readElements(v *Variable) {
	for _, n := range v.Node.All("element") {
		a, _ := n.Attr("subscript")
		at, ok := im.subscriptOf(v, a)
		if !ok {
			continue
		}
		e := element{Node: n, At: at, Eqn: n.Kid("eqn"), Init: n.Kid("init_eqn")}
		own := v.Over[len(v.Space.Over):]
		var key []string
		for range v.Space.Over {
			key = append(key, "*")
		}
		for i, d := range own {
			key = append(key, d.Elements[at[i]])
		}
		e.Key = strings.Join(key, ", ")
		if g := n.Kid("gf"); g != nil {
			e.Gf = im.readGraph(v, g)
		}
		v.Elements = append(v.Elements, e)
	}
}

// subscriptOf finds the element that a subscript="a, b" names.
func (im *Model) subscriptOf(v *Variable, a scan.Text) ([]int, bool) {
	own := v.Over[len(v.Space.Over):]
	words := naming.SplitNames(a.Value)
	if len(words) != len(own) {
		im.Report(model.SubscriptCount, a.Span(im.Sources), "",
			"%s: %q names %d elements, but the variable has %d dimensions", v.Name, a.Value, len(words), len(own))
		return nil, false
	}
	var out []int
	for i, w := range words {
		at, ok := own[i].find(naming.Canonical(w))
		if !ok {
			im.Report(model.UnknownElement, a.Span(im.Sources), "", "%s: the dimension %s has no element %q",
				v.Name, own[i].Name, w)
			return nil, false
		}
		out = append(out, at)
	}
	return out, true
}
