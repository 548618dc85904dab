package vensim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A shaper finds the dimensions of the variables and declares them in the model. Vensim
// defines a variable over any ranges, equation by equation; weir declares it over one
// dimension for each subscript, and lets equations cover parts of it. Ranges that share
// elements become one dimension with subranges: the root of their family, which is made if
// no range has all elements.
type shaper struct {
	*report.Report
	subs      *subscript.Set        // the ranges and families
	vars      *variables            // get their dimensions
	names     naming.Taken          // to make more, for parts
	m         *model.Model          // gets the dimensions
	parts     map[string]*dimension // ranges as dimensions, and parts made for arrays, by their elements
	partOrder []*dimension          // made for arrays that are not over a whole range
}

// shape finds the dimensions of every variable, and declares them.
func (sh *shaper) shape() {
	sh.parts = map[string]*dimension{}
	for _, v := range sh.vars.order {
		if v.ours != "" && !v.broken {
			sh.shapeVariable(v)
		}
	}
	sh.declareDimensions()
}

// shapeVariable finds the elements at each place of a variable's subscripts: those of all of
// its equations together. A mistake breaks the variable.
func (sh *shaper) shapeVariable(v *variable) {
	n := len(v.equations[0].Subs)
	union := make([]subscript.Union, n)
	if sh.definedTwice(v) {
		v.broken = true
		return
	}
	for _, eq := range v.equations {
		if len(eq.Subs) != n {
			sh.ErrorAt(model.SubscriptCount, eq.NameSpan, "",
				"%s has %d subscripts here, but %d at its first equation", v.name, len(eq.Subs), n)
			v.broken = true
			return
		}
		box := make([][]string, n)
		for i, s := range eq.Subs {
			if box[i] = sh.subs.ElementsOf(s); box[i] == nil {
				v.broken = true
				return
			}
			union[i].Add(box[i])
		}
		v.boxes = append(v.boxes, box)
	}
	for i := range union {
		d := sh.dimensionFor(v, i, union[i].Elements)
		if d == nil {
			return
		}
		v.over = append(v.over, d)
	}
	if v.size() > subscript.MaxSize {
		sh.ErrorAt(model.TooManyElements, v.at(), "", "%s has more than %d elements", v.name, subscript.MaxSize)
		v.broken = true
	}
}

// definedTwice reports whether two equations have the same left side, with the same
// exceptions, which is a mistake.
func (sh *shaper) definedTwice(v *variable) bool {
	if len(v.equations) < 2 {
		return false
	}
	first := map[string]*syntax.Equation{}
	for _, eq := range v.equations {
		var key strings.Builder
		for _, s := range eq.Subs {
			key.WriteString(s.Key + ",")
		}
		for _, e := range eq.Except {
			key.WriteString(fmt.Sprint(e))
		}
		if first[key.String()] != nil {
			sh.ErrorAt(model.DuplicateName, eq.NameSpan, "delete one of them", "%s is defined twice", v.name)
			return true
		}
		first[key.String()] = eq
	}
	return false
}

// dimensionFor returns the dimension with just these elements for a place of a variable: the
// range that an equation names there, or else another range of the family, or else a part
// that is made. A variable is never over one dimension twice, for subscripts would not say
// which place they mean: x[a, a] is over the range and a copy of it.
func (sh *shaper) dimensionFor(v *variable, place int, elements []string) *dimension {
	f := sh.subs.Elements[elements[0]].Family
	for _, e := range elements {
		if sh.subs.Elements[e].Family != f {
			sh.ErrorAt(model.SubscriptMismatch, v.equations[0].Subs[place].Span, "",
				"%s and %s are in different ranges, but both are subscripts at one place of %s",
				sh.subs.Elements[elements[0]].Name, sh.subs.Elements[e].Name, v.name)
			v.broken = true
			return nil
		}
	}
	same := subscript.SortedKeys(elements)
	// a range that the equations name first, then any other
	for _, eq := range v.equations {
		if r := sh.subs.Ranges[eq.Subs[place].Key]; r != nil && len(r.Elements) == len(elements) && !v.isOver(r.Ours) {
			return sh.dimension(r.Ours, r.Elements, f, r)
		}
	}
	for _, r := range f.Ranges {
		if len(r.Elements) == len(elements) && !v.isOver(r.Ours) &&
			slices.Equal(subscript.SortedKeys(r.Elements), same) {
			return sh.dimension(r.Ours, r.Elements, f, r)
		}
	}
	ordered := slices.Clone(elements)
	slices.SortFunc(ordered, func(a, b string) int { return f.At[a] - f.At[b] })
	for n := 0; ; n++ {
		id := strings.Join(same, ",") + "#" + strconv.Itoa(n)
		d := sh.parts[id]
		if d == nil {
			name := f.RootName + "_part"
			if len(elements) == 1 {
				name = f.RootName + "_" + sh.subs.Elements[elements[0]].Ours
			}
			d = &dimension{ours: sh.names.Free(name, ""), elements: ordered, family: f}
			sh.parts[id] = d
			sh.partOrder = append(sh.partOrder, d)
		}
		if !v.isOver(d.ours) {
			return d
		}
	}
}

// dimension returns a range as a dimension.
func (sh *shaper) dimension(ours string, elements []string, f *subscript.Family, r *subscript.Range) *dimension {
	id := "range " + ours
	if sh.parts[id] == nil {
		sh.parts[id] = &dimension{ours: ours, elements: elements, family: f, rng: r}
	}
	return sh.parts[id]
}

// declareDimensions adds the dimensions to the model, families one after another: first the
// one with all elements, then its ranges and the parts that were made for arrays.
func (sh *shaper) declareDimensions() {
	for _, f := range sh.subs.Families {
		if f.Root == nil {
			sh.declareDimension(f.RootName, "", f.Elements, "", sh.Place(f.Ranges[0].Equation.NameSpan))
		} else {
			sh.declareRange(f.Root, "")
		}
		for _, r := range f.Ranges {
			if r != f.Root {
				sh.declareRange(r, f.RootName)
			}
		}
	}
	for _, d := range sh.partOrder {
		sh.declareDimension(d.ours, "", d.elements, d.family.RootName, sh.Place(d.family.Ranges[0].Equation.NameSpan))
	}
}

// declareRange declares a range as a dimension, which is a part of another one if of names
// that, and adds it to the report.
func (sh *shaper) declareRange(r *subscript.Range, of string) {
	label := ""
	if r.Name != r.Ours {
		label = r.Name
	}
	sh.declareDimension(r.Ours, label, r.Elements, of, sh.Place(r.Equation.NameSpan))
	sh.Row(r.Name, r.Ours, model.Exact, "", r.Equation.NameSpan)
}

// declareDimension declares a dimension of the elements with these keys. A part has the
// labels of its whole.
func (sh *shaper) declareDimension(name, label string, keys []string, of string, at diagnostic.Span) {
	d := &model.Dimension{Name: name, Label: label, Of: of, Span: at, Labels: map[string]string{}}
	for _, k := range keys {
		e := sh.subs.Elements[k]
		d.Elements = append(d.Elements, e.Ours)
		if e.Ours != e.Name && of == "" { // a part has the labels of the whole
			d.Labels[e.Ours] = e.Name
		}
	}
	sh.m.Dimensions = append(sh.m.Dimensions, d)
}
