package vensim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/syntax"
)

// A dimension of the model: a range of the file, a family's root, or a part of a range
// made for the arrays that are over it.
type dimension struct {
	ours     string
	elements []string // keys
	family   *family
	rng      *rng // nil if it was made here
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
	union := make([]union, n)
	if im.definedTwice(v) {
		v.broken = true
		return
	}
	for _, eq := range v.equations {
		if len(eq.Subs) != n {
			im.errorAt(model.SubscriptCount, eq.NameSpan, "", "%s has %d subscripts here, but %d at its first equation", v.name, len(eq.Subs), n)
			v.broken = true
			return
		}
		box := make([][]string, n)
		for i, s := range eq.Subs {
			if box[i] = im.elementsOf(s); box[i] == nil {
				v.broken = true
				return
			}
			union[i].add(box[i])
		}
		v.boxes = append(v.boxes, box)
	}
	for i := range union {
		d := im.dimensionFor(v, i, union[i].elements)
		if d == nil {
			return
		}
		v.over = append(v.over, d)
	}
	if v.size() > maxSize {
		im.errorAt(model.TooManyElements, v.at(), "", "%s has more than %d elements", v.name, maxSize)
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
			im.errorAt(model.DuplicateName, eq.NameSpan, "delete one of them", "%s is defined twice", v.name)
			return true
		}
		first[key.String()] = eq
	}
	return false
}

// A union collects elements, each once.
type union struct {
	elements []string
	have     map[string]bool
	last     []string // what was added last: equations mostly name the same range
}

func (u *union) add(elements []string) {
	if len(elements) > 0 && len(u.last) == len(elements) && &u.last[0] == &elements[0] {
		return
	}
	u.last = elements
	if u.have == nil {
		u.have = map[string]bool{}
	}
	for _, e := range elements {
		if !u.have[e] {
			u.have[e] = true
			u.elements = append(u.elements, e)
		}
	}
}

// elementsOf are the elements that a subscript names; nil if there is no such thing,
// which is reported.
func (im *importer) elementsOf(s syntax.Sub) []string {
	if r := im.ranges[s.Key]; r != nil {
		return r.elements
	}
	if im.elements[s.Key] != nil {
		return []string{s.Key}
	}
	im.errorAt(model.UnknownElement, s.Span, im.nearRange(s.Key), "there is no subscript %s", s.Name)
	return nil
}

// dimensionFor is the dimension with just these elements, made if no range has them,
// and none that the variable is over already.
func (im *importer) dimensionFor(v *variable, place int, elements []string) *dimension {
	f := im.elements[elements[0]].family
	for _, e := range elements {
		if im.elements[e].family != f {
			im.errorAt(model.SubscriptMismatch, v.equations[0].Subs[place].Span, "", "%s and %s are in different ranges, but both stand at one place of %s",
				im.elements[elements[0]].name, im.elements[e].name, v.name)
			v.broken = true
			return nil
		}
	}
	same := sortedKeys(elements)
	// a range that the equations name first, then any other
	for _, eq := range v.equations {
		if r := im.ranges[eq.Subs[place].Key]; r != nil && len(r.elements) == len(elements) && !v.isOver(r.ours) {
			return im.dimension(r.ours, r.elements, f, r)
		}
	}
	for _, r := range f.ranges {
		if len(r.elements) == len(elements) && !v.isOver(r.ours) && slices.Equal(sortedKeys(r.elements), same) {
			return im.dimension(r.ours, r.elements, f, r)
		}
	}
	ordered := slices.Clone(elements)
	slices.SortFunc(ordered, func(a, b string) int { return f.at[a] - f.at[b] })
	for n := 0; ; n++ {
		id := strings.Join(same, ",") + "#" + strconv.Itoa(n)
		d := im.parts[id]
		if d == nil {
			name := f.rootName + "_part"
			if len(elements) == 1 {
				name = f.rootName + "_" + im.elements[elements[0]].ours
			}
			d = &dimension{ours: im.free(name, ""), elements: ordered, family: f}
			im.parts[id] = d
			im.partOrder = append(im.partOrder, d)
		}
		if !v.isOver(d.ours) {
			return d
		}
	}
}

func sortedKeys(keys []string) []string {
	out := slices.Clone(keys)
	slices.Sort(out)
	return out
}

func (v *variable) isOver(ours string) bool {
	return slices.ContainsFunc(v.over, func(d *dimension) bool { return d.ours == ours })
}

// dimension is a range as a dimension.
func (im *importer) dimension(ours string, elements []string, f *family, r *rng) *dimension {
	id := "range " + ours
	if im.parts[id] == nil {
		im.parts[id] = &dimension{ours: ours, elements: elements, family: f, rng: r}
	}
	return im.parts[id]
}

// declareDimensions writes the dimensions into the model, families one after another.
func (im *importer) declareDimensions() {
	for _, f := range im.families {
		if f.root == nil {
			im.declareDimension(f.rootName, "", f.elements, "", im.place(f.ranges[0].eq.NameSpan))
		} else {
			im.declareRange(f.root, "")
		}
		for _, r := range f.ranges {
			if r != f.root {
				im.declareRange(r, f.rootName)
			}
		}
	}
	for _, d := range im.partOrder {
		im.declareDimension(d.ours, "", d.elements, d.family.rootName, im.place(d.family.ranges[0].eq.NameSpan))
	}
}

func (im *importer) declareRange(r *rng, of string) {
	label := ""
	if r.name != r.ours {
		label = r.name
	}
	im.declareDimension(r.ours, label, r.elements, of, im.place(r.eq.NameSpan))
	im.row(r.name, r.ours, model.Exact, "", r.eq.NameSpan)
}

func (im *importer) declareDimension(name, label string, keys []string, of string, at diagnostic.Span) {
	d := &model.Dimension{Name: name, Label: label, Of: of, Span: at, Labels: map[string]string{}}
	for _, k := range keys {
		e := im.elements[k]
		d.Elements = append(d.Elements, e.ours)
		if e.ours != e.name && of == "" { // a part has the labels of the whole
			d.Labels[e.ours] = e.name
		}
	}
	im.m.Dimensions = append(im.m.Dimensions, d)
}
