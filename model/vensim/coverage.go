package vensim

import (
	"weir/model"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// coverage returns the elements that the i-th equation of a variable is for, as boxes: its
// own box without the exceptions. Unless it is to be exact, exceptions that other,
// narrower equations cover stay in, for those win.
func (f *reader) coverage(v *variable, i int, exact bool) [][][]string {
	out := [][][]string{v.boxes[i]}
	for _, except := range v.equations[i].Except {
		hole := f.exceptBox(v, i, except)
		if hole == nil || !exact && coveredByNarrower(v, i, hole) {
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

// exceptBox returns the elements of an equation's box that an exception names, nil if
// there are none.
func (f *reader) exceptBox(v *variable, i int, except []syntax.Sub) [][]string {
	if len(except) != len(v.boxes[i]) {
		f.ErrorAt(model.SubscriptCount, v.equations[i].NameSpan, "",
			"%s has %d subscripts, but %d after :EXCEPT:", v.name, len(v.boxes[i]), len(except))
		return nil
	}
	var hole [][]string
	for k, s := range except {
		elements := f.subs.ElementsOf(s)
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

// maxHole bounds the elements of an exception that is compared with narrower equations.
const maxHole = 10_000

// coveredByNarrower reports whether equations that lie within the i-th one cover a box
// of its elements.
func coveredByNarrower(v *variable, i int, hole [][]string) bool {
	if subscript.Size(hole) > maxHole {
		return false
	}
	left := [][][]string{hole}
	for j := range v.equations {
		narrower := j != i && len(v.equations[j].Except) == 0 &&
			subscript.Size(v.boxes[j]) < subscript.Size(v.boxes[i]) && subscript.Within(v.boxes[j], v.boxes[i])
		if !narrower {
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

// numbersOf calls set with the number of each element of the i-th equation, which lists
// numbers, is one number, or reads them from a file. A mistake breaks the variable.
func (f *reader) numbersOf(v *variable, i int, set func(element int, x float64)) {
	eq := v.equations[i]
	list := f.listOf(v, i)
	if list == nil && v.broken {
		return
	}
	boxes := f.coverage(v, i, true)
	n := subscript.Size(v.boxes[i])
	if len(list) > 1 && len(list) != n || len(list) == 0 {
		f.ErrorAt(model.ValueCount, eq.NameSpan, "", "%s lists %d numbers for %d elements", v.name, len(list), n)
		v.broken = true
		return
	}
	number := v.numbering(i)
	for _, b := range boxes {
		v.eachElement(b, func(keys []string, element int) {
			if len(list) == 1 {
				set(element, list[0])
				return
			}
			set(element, list[number(keys)])
		})
	}
}

// listOf returns the numbers of an equation, as many as it has; nil if a mistake in a file
// breaks the variable.
func (f *reader) listOf(v *variable, i int) []float64 {
	eq := v.equations[i]
	var list []float64
	if c, ok := eq.Expr.(*syntax.Call); ok {
		list = f.constants(v, i, eq, c)
		if list == nil {
			v.broken = true
			return nil
		}
	} else if eq.Expr != nil {
		x, _ := syntax.Literal(eq.Expr)
		list = []float64{x}
	}
	for _, row := range eq.Numbers {
		for _, n := range row {
			list = append(list, n.Value)
		}
	}
	return list
}
