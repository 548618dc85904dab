package vensim

import (
	"slices"

	"weir/model"
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
			next = append(next, subtract(b, hole)...)
		}
		out = next
	}
	return out
}

func (im *importer) exceptBox(v *variable, i int, except []syntax.Sub) [][]string {
	if len(except) != len(v.boxes[i]) {
		im.errorAt(model.SubscriptCount, v.equations[i].NameSpan, "", "%s has %d subscripts, but %d after :EXCEPT:", v.name, len(v.boxes[i]), len(except))
		return nil
	}
	var hole [][]string
	for k, s := range except {
		elements := im.elementsOf(s)
		if elements == nil {
			return nil
		}
		var inside []string
		in := setOf(v.boxes[i][k])
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
	size := boxSize(hole)
	if size > 10_000 {
		return false
	}
	left := [][][]string{hole}
	for j := range v.equations {
		if j == i || boxSize(v.boxes[j]) >= boxSize(v.boxes[i]) || !within(v.boxes[j], v.boxes[i]) || len(v.equations[j].Except) > 0 {
			continue
		}
		var next [][][]string
		for _, b := range left {
			next = append(next, subtract(b, v.boxes[j])...)
		}
		left = next
	}
	return len(left) == 0
}

func boxSize(box [][]string) int {
	n := 1
	for _, b := range box {
		n = min(n*len(b), maxSize+1)
	}
	return n
}

func within(inner, outer [][]string) bool {
	for i := range inner {
		has := setOf(outer[i])
		for _, e := range inner[i] {
			if !has[e] {
				return false
			}
		}
	}
	return true
}

func setOf(elements []string) map[string]bool {
	out := make(map[string]bool, len(elements))
	for _, e := range elements {
		out[e] = true
	}
	return out
}

// subtract cuts a box of elements out of another: what is left, as boxes.
func subtract(box, hole [][]string) [][][]string {
	var out [][][]string
	rest := slices.Clone(box)
	for i := range box {
		var inside, outside []string
		in := setOf(hole[i])
		for _, e := range rest[i] {
			if in[e] {
				inside = append(inside, e)
			} else {
				outside = append(outside, e)
			}
		}
		if len(outside) > 0 {
			part := slices.Clone(rest)
			part[i] = outside
			out = append(out, part)
		}
		if len(inside) == 0 {
			return out
		}
		rest[i] = inside
	}
	return out
}
