package vensim

import (
	"weir/model"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// coverage is what an equation covers: its box without the exceptions. Unless it is
// to be exact, exceptions that other, narrower equations cover stay in, for those win.
func (im *importer) coverage(v *variable, i int, exact bool) [][][]string {
	out := [][][]string{v.boxes[i]}
	for _, except := range v.equations[i].Except {
		hole := im.exceptBox(v, i, except)
		if hole == nil || !exact && im.coveredByNarrower(v, i, hole) {
			continue
		}
		var next [][][]string
		for _, b := range out {
			next = append(next, subscript.Subtract(b, hole)...)
		}
		out = next
	}
	return out
}

func (im *importer) exceptBox(v *variable, i int, except []syntax.Sub) [][]string {
	if len(except) != len(v.boxes[i]) {
		im.ErrorAt(model.SubscriptCount, v.equations[i].NameSpan, "", "%s has %d subscripts, but %d after :EXCEPT:", v.name, len(v.boxes[i]), len(except))
		return nil
	}
	var hole [][]string
	for k, s := range except {
		elements := im.ElementsOf(s)
		if elements == nil {
			return nil
		}
		var inside []string
		in := subscript.SetOf(v.boxes[i][k])
		for _, e := range elements {
			if in[e] {
				inside = append(inside, e)
			}
		}
		if inside == nil {
			return nil
		}
		hole = append(hole, inside)
	}
	return hole
}

// coveredByNarrower reports whether equations that lie within the i-th one cover a box
// of its elements.
func (im *importer) coveredByNarrower(v *variable, i int, hole [][]string) bool {
	size := subscript.Size(hole)
	if size > 10_000 {
		return false
	}
	left := [][][]string{hole}
	for j := range v.equations {
		if j == i || subscript.Size(v.boxes[j]) >= subscript.Size(v.boxes[i]) || !subscript.Within(v.boxes[j], v.boxes[i]) || len(v.equations[j].Except) > 0 {
			continue
		}
		var next [][][]string
		for _, b := range left {
			next = append(next, subscript.Subtract(b, v.boxes[j])...)
		}
		left = next
	}
	return len(left) == 0
}
