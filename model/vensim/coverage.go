package vensim

import (
	"weir/model"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// maxParts bounds the boxes that the exceptions of one equation cut it into.
const maxParts = 10_000

// coverage returns the elements that the i-th equation of a variable is for, as boxes: its
// own box without the exceptions. Unless it is to be exact, exceptions that other,
// narrower equations cover stay in, for those win; shared reports whether one does. With
// too many exceptions the variable is broken.
// The boxes do not overlap. They are empty if the exceptions leave nothing.
func (f *reader) coverage(v *variable, i int, exact bool) (boxes [][][]string, shared bool) {
	out := [][][]string{v.boxes[i]}
	var narrower [][][]string
	if !exact && len(v.equations[i].Except) > 0 {
		narrower = v.narrower(i)
	}
	for _, except := range v.equations[i].Except {
		hole := f.exceptBox(v, i, except)
		if hole == nil {
			continue
		}
		if len(narrower) > 0 && covered(hole, narrower) {
			shared = true
			continue
		}
		var next [][][]string
		for _, b := range out {
			next = append(next, subscript.Subtract(b, hole)...)
		}
		if out = next; len(out) > maxParts {
			v.broken = true
			f.ErrorAt(model.TooComplex, v.equations[i].NameSpan, "define a range of the elements that the equation is for",
				"the exceptions of %s cut it into more than %d parts", v.name, maxParts)
			return nil, false
		}
	}
	return out, shared
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

// narrower returns the boxes of the equations without exceptions that are for fewer
// elements than the i-th one, all of them among its own.
func (v *variable) narrower(i int) [][][]string {
	var out [][][]string
	for j := range v.equations {
		if j != i && len(v.equations[j].Except) == 0 && subscript.Size(v.boxes[j]) < subscript.Size(v.boxes[i]) &&
			subscript.Within(v.boxes[j], v.boxes[i]) {
			out = append(out, v.boxes[j])
		}
	}
	return out
}

// covered reports whether some boxes cover all elements of another one.
// A hole that is too large to compare counts as not covered, which is correct but makes more texts.
func covered(hole [][]string, by [][][]string) bool {
	if subscript.Size(hole) > maxHole {
		return false
	}
	left := [][][]string{hole}
	for _, box := range by {
		if !subscript.Overlap(hole, box) {
			continue
		}
		var next [][][]string
		for _, b := range left {
			next = append(next, subscript.Subtract(b, box)...)
		}
		if left = next; len(left) == 0 {
			return true
		}
	}
	return false
}

// numbersOf calls set with the number of each element of the i-th equation, which lists
// numbers, is one number, or reads them from a file. A mistake breaks the variable.
// One number is for all elements of the equation. A list has a number for each element of its box,
// those excepted too.
func (f *reader) numbersOf(v *variable, i int, set func(element int, x float64)) {
	eq := v.equations[i]
	list := f.listOf(v, i)
	if list == nil && v.broken {
		return
	}
	boxes, _ := f.coverage(v, i, true)
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
		x, _ := syntax.Constant(eq.Expr)
		list = []float64{x}
	}
	for _, row := range eq.Numbers {
		for _, n := range row {
			list = append(list, n.Value)
		}
	}
	return list
}
