package vensim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// A dimension of the model: a range of the file, a family's root, or a part of a range
// made for the arrays that are over it.
type dimension struct {
	ours     string
	elements []string // keys
	family   *subscript.Family
	rng      *subscript.Range // nil if it was made here
	at       map[string]int
}

// shape finds what every variable is over, and declares the dimensions.
func (im *importer) shape() {
	for _, v := range im.order {
		if v.ours != "" && !v.broken {
			im.shapeVariable(v)
		}
	}
	im.declareDimensions()
}

// shapeVariable finds the elements at each place of a variable's subscripts.
func (im *importer) shapeVariable(v *variable) {
	n := len(v.equations[0].Subs)
	union := make([]subscript.Union, n)
	if im.definedTwice(v) {
		v.broken = true
		return
	}
	for _, eq := range v.equations {
		if len(eq.Subs) != n {
			im.ErrorAt(model.SubscriptCount, eq.NameSpan, "", "%s has %d subscripts here, but %d at its first equation", v.name, len(eq.Subs), n)
			v.broken = true
			return
		}
		box := make([][]string, n)
		for i, s := range eq.Subs {
			if box[i] = im.ElementsOf(s); box[i] == nil {
				v.broken = true
				return
			}
			union[i].Add(box[i])
		}
		v.boxes = append(v.boxes, box)
	}
	for i := range union {
		d := im.dimensionFor(v, i, union[i].Elements)
		if d == nil {
			return
		}
		v.over = append(v.over, d)
	}
	if v.size() > subscript.MaxSize {
		im.ErrorAt(model.TooManyElements, v.at(), "", "%s has more than %d elements", v.name, subscript.MaxSize)
		v.broken = true
	}
}

// definedTwice reports equations with the same left side.
func (im *importer) definedTwice(v *variable) bool {
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
			im.ErrorAt(model.DuplicateName, eq.NameSpan, "delete one of them", "%s is defined twice", v.name)
			return true
		}
		first[key.String()] = eq
	}
	return false
}

// dimensionFor is the dimension with just these elements, made if no range has them,
// and none that the variable is over already.
func (im *importer) dimensionFor(v *variable, place int, elements []string) *dimension {
	f := im.Elements[elements[0]].Family
	for _, e := range elements {
		if im.Elements[e].Family != f {
			im.ErrorAt(model.SubscriptMismatch, v.equations[0].Subs[place].Span, "", "%s and %s are in different ranges, but both stand at one place of %s",
				im.Elements[elements[0]].Name, im.Elements[e].Name, v.name)
			v.broken = true
			return nil
		}
	}
	same := subscript.SortedKeys(elements)
	// a range that the equations name first, then any other
	for _, eq := range v.equations {
		if r := im.Ranges[eq.Subs[place].Key]; r != nil && len(r.Elements) == len(elements) && !v.isOver(r.Ours) {
			return im.dimension(r.Ours, r.Elements, f, r)
		}
	}
	for _, r := range f.Ranges {
		if len(r.Elements) == len(elements) && !v.isOver(r.Ours) && slices.Equal(subscript.SortedKeys(r.Elements), same) {
			return im.dimension(r.Ours, r.Elements, f, r)
		}
	}
	ordered := slices.Clone(elements)
	slices.SortFunc(ordered, func(a, b string) int { return f.At[a] - f.At[b] })
	for n := 0; ; n++ {
		id := strings.Join(same, ",") + "#" + strconv.Itoa(n)
		d := im.parts[id]
		if d == nil {
			name := f.RootName + "_part"
			if len(elements) == 1 {
				name = f.RootName + "_" + im.Elements[elements[0]].Ours
			}
			d = &dimension{ours: im.names.Free(name, ""), elements: ordered, family: f}
			im.parts[id] = d
			im.partOrder = append(im.partOrder, d)
		}
		if !v.isOver(d.ours) {
			return d
		}
	}
}

func (v *variable) isOver(ours string) bool {
	return slices.ContainsFunc(v.over, func(d *dimension) bool { return d.ours == ours })
}

// dimension is a range as a dimension.
func (im *importer) dimension(ours string, elements []string, f *subscript.Family, r *subscript.Range) *dimension {
	id := "range " + ours
	if im.parts[id] == nil {
		im.parts[id] = &dimension{ours: ours, elements: elements, family: f, rng: r}
	}
	return im.parts[id]
}

// declareDimensions writes the dimensions into the model, families one after another.
func (im *importer) declareDimensions() {
	for _, f := range im.Families {
		if f.Root == nil {
			im.declareDimension(f.RootName, "", f.Elements, "", im.Place(f.Ranges[0].Equation.NameSpan))
		} else {
			im.declareRange(f.Root, "")
		}
		for _, r := range f.Ranges {
			if r != f.Root {
				im.declareRange(r, f.RootName)
			}
		}
	}
	for _, d := range im.partOrder {
		im.declareDimension(d.ours, "", d.elements, d.family.RootName, im.Place(d.family.Ranges[0].Equation.NameSpan))
	}
}

func (im *importer) declareRange(r *subscript.Range, of string) {
	label := ""
	if r.Name != r.Ours {
		label = r.Name
	}
	im.declareDimension(r.Ours, label, r.Elements, of, im.Place(r.Equation.NameSpan))
	im.Row(r.Name, r.Ours, model.Exact, "", r.Equation.NameSpan)
}

func (im *importer) declareDimension(name, label string, keys []string, of string, at diagnostic.Span) {
	d := &model.Dimension{Name: name, Label: label, Of: of, Span: at, Labels: map[string]string{}}
	for _, k := range keys {
		e := im.Elements[k]
		d.Elements = append(d.Elements, e.Ours)
		if e.Ours != e.Name && of == "" { // a part has the labels of the whole
			d.Labels[e.Ours] = e.Name
		}
	}
	im.m.Dimensions = append(im.m.Dimensions, d)
}
