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
// They are added behind those of the macro's caller, if there are any. A dimension that is not
// known is reported and left out.
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
		// The list is cut to its length, since it begins as that of the space, which others share.
		v.Over = append(v.Over[:len(v.Over):len(v.Over)], im.Dims.second(known, v.Over))
	}
}

// raiseElements moves the parts of an <element> whose subscript names all of a variable's
// dimensions, as Vensim writes them, into the variable itself.
func (im *Model) raiseElements(v *Variable) {
	// Without capacity, so that append makes a new list: other uses of the model share the old one.
	kept := v.Node.Kids[:0:0]
	for _, n := range v.Node.Kids {
		if n.Is("element") && im.isWhole(v, n) {
			kept = append(kept, n.Kids...)
			continue
		}
		kept = append(kept, n)
	}
	v.Node.Kids = kept
}

// isWhole reports whether the subscript of an element names all dimensions of a variable.
func (im *Model) isWhole(v *Variable, n *scan.Node) bool {
	words := naming.SplitNames(n.Value("subscript"))
	own := v.Own()
	if len(own) == 0 || len(words) != len(own) {
		return false
	}
	for i, w := range words {
		d := im.Dims.ByName[naming.Canonical(w)]
		if _, element := own[i].find(naming.Canonical(w)); element || d == nil || !d.holds(own[i]) {
			return false
		}
	}
	return true
}

// readElements reads the equations and graphical functions of single elements, and of
// those that a subscript with the name of a dimension names together.
func (im *Model) readElements(v *Variable) {
	for _, n := range v.Node.All("element") {
		a, _ := n.Attr("subscript")
		var graph *Graph
		for k, at := range im.subscriptsOf(v, a) {
			e := element{Node: n, At: at, Eqn: n.Kid("eqn"), Init: n.Kid("init_eqn")}
			var key []string
			for range v.Over[:len(v.Over)-len(v.Own())] {
				key = append(key, "*")
			}
			for i, d := range v.Own() {
				if at[i] < 0 {
					key = append(key, "*")
				} else {
					key = append(key, d.Elements[at[i]])
				}
			}
			e.Key = strings.Join(key, ", ")
			if g := n.Kid("gf"); g != nil {
				// One graph is read once, however many elements share it.
				if k == 0 {
					graph = im.readGraph(v, g)
				}
				e.Gf = graph
			}
			if g := im.graphIn(v, e.Eqn); g != nil && v.Kind == model.KindAux {
				e.Gf, e.Eqn = g, nil
			}
			v.Elements = append(v.Elements, e)
		}
	}
}

// maxNamed bounds the elements that one subscript names.
const maxNamed = 100_000

// subscriptsOf returns the positions of the elements that a subscript="a, b" names: one, or
// all those of a subrange. A position of -1 stands for all elements of a dimension. It
// returns none if there is a mistake in the subscript.
func (im *Model) subscriptsOf(v *Variable, a scan.Text) [][]int {
	own := v.Own()
	words := naming.SplitNames(a.Value)
	if len(words) != len(own) {
		im.Report(model.SubscriptCount, a.Span(im.Sources), "",
			"%s: %q names %d elements, but the variable has %d dimensions", v.Name, a.Value, len(words), len(own))
		return nil
	}
	out := [][]int{nil}
	for i, w := range words {
		at := im.named(own[i], naming.Canonical(w))
		if at == nil {
			im.Report(model.UnknownElement, a.Span(im.Sources), "", "%s: the dimension %s has no element %q",
				v.Name, own[i].Name, w)
			return nil
		}
		if len(out)*len(at) > maxNamed {
			im.Report(model.TooManyElements, a.Span(im.Sources), "", "%s: %q names more than %d elements", v.Name, a.Value,
				maxNamed)
			return nil
		}
		var next [][]int
		for _, before := range out {
			for _, k := range at {
				next = append(next, append(before[:len(before):len(before)], k))
			}
		}
		out = next
	}
	return out
}

// named returns the places in a dimension of the elements behind a word: of an element, or
// of another dimension whose elements it has; -1 for all of them. It returns none for any
// other word.
// The places are in the order of the other dimension.
func (im *Model) named(d *Dimension, word string) []int {
	if at, ok := d.find(word); ok {
		return []int{at}
	}
	other := im.Dims.ByName[word]
	if other == nil || !d.holds(other) {
		return nil
	}
	if len(other.Elements) == len(d.Elements) {
		return []int{-1}
	}
	out := make([]int, len(other.Elements))
	for key, i := range other.At {
		out[i] = d.At[key]
	}
	return out
}
