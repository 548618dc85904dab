package xmile

import (
	"slices"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"weir/model"
	"weir/model/equation"
	"weir/model/function"
)

// A dimension is a <dim>.
type dimension struct {
	name     string   // as in the file
	ours     string   // its name in the model
	elements []string // theirs
	at       map[string]int
	labels   map[string]string // what elements are called, by their names in the model
	n        *node
	decl     *model.Dimension
	ordered  bool // some subscript asks for an element's neighbour
	numbered bool // declared by its size: the elements are 1, 2, …
	of       *dimension
}

// root is the dimension that d is a part of, at the end.
func (d *dimension) root() *dimension {
	for i := 0; d.of != nil && i < 100; i++ { // a file may make a circle, which Check reports
		d = d.of
	}
	return d
}

// index is the element as it stands in brackets.
func (d *dimension) index(i int) string {
	e := d.elements[i]
	if strings.Trim(e, "0123456789") == "" || plainName(e) {
		return e
	}
	return `"` + e + `"`
}

// A dimensionSet is the dimensions of a file, and those that equations add.
type dimensionSet struct {
	*log
	*names
	m      *model.Model
	own    map[string]ownDimension // weir's own part of the file
	byName map[string]*dimension   // by canonical name
	order  []*dimension
}

// maxDimension bounds the elements of one dimension.
const maxDimension = 100_000

// dimensions reads <dimensions>. A dimension whose elements are all in another one is
// a part of it.
func (s *dimensionSet) read(root *node) {
	section := root.kid("dimensions")
	if section == nil {
		return
	}
	total := 0
	for _, n := range section.all("dim") {
		if d := s.dimension(n); d != nil {
			s.byName[canonical(d.name)] = d
			s.order = append(s.order, d)
			if total += len(d.elements); total > 200_000 {
				s.report(model.TooLarge, n.span(s.file), "", "the dimensions have more than 200000 elements")
				return
			}
		}
	}
	for _, d := range s.order {
		for _, e := range d.elements {
			s.taken[canonical(e)] = !s.free
		}
	}
	for _, d := range s.order {
		d.ours = s.take(snake(d.name), "_index")
		d.of = s.parent(d)
	}
	for _, d := range s.order {
		decl := &model.Dimension{Name: d.ours, Label: spoken(d.name), Elements: d.elements, Labels: d.labels, Span: d.n.span(s.file)}
		if s.free {
			own := s.own[d.name]
			decl.Label, decl.Ordered = own.Label, own.Ordered
		}
		if d.of != nil {
			decl.Of = d.of.ours
		}
		d.decl = decl
		s.m.Dimensions = append(s.m.Dimensions, decl)
	}
}

func (s *dimensionSet) dimension(n *node) *dimension {
	name := n.value("name")
	if canonical(name) == "" || s.byName[canonical(name)] != nil {
		s.report(model.BadName, n.span(s.file), "", "a dimension needs a name of its own, not %q", name)
		return nil
	}
	d := &dimension{name: name, at: map[string]int{}, labels: map[string]string{}, n: n}
	add := func(key, element string) {
		if _, twice := d.at[key]; !twice {
			d.at[key] = len(d.elements)
			d.elements = append(d.elements, element)
		}
	}
	for _, e := range n.all("elem") {
		own := elementName(e.value("name"))
		add(canonical(e.value("name")), own)
		if label := s.own[name].Labels[e.value("name")]; label != "" {
			d.labels[own] = label
		} else if own != spoken(e.value("name")) {
			d.labels[own] = spoken(e.value("name"))
		}
	}
	if len(d.elements) > 0 {
		return d
	}
	size, err := strconv.Atoi(strings.TrimSpace(n.value("size")))
	if err != nil || size < 1 || size > maxDimension {
		s.report(model.TooLarge, n.span(s.file), fmt.Sprintf("a dimension has 1 to %d elements", maxDimension), "the dimension %s has neither elements nor a sound size", name)
		return nil
	}
	d.numbered = true
	for i := 1; i <= size; i++ {
		add(strconv.Itoa(i), strconv.Itoa(i))
	}
	return d
}

// parent is the dimension that holds all elements of d by name: the largest, and of
// those as large as d itself the first.
func (s *dimensionSet) parent(d *dimension) *dimension {
	if s.free {
		return s.byName[canonical(s.own[d.name].Of)]
	}
	if d.numbered || len(s.order) > 1000 {
		return nil
	}
	var best *dimension
	own := false
	for _, other := range s.order {
		if other == d {
			own = true
			continue
		}
		larger := len(other.elements) > len(d.elements) || len(other.elements) == len(d.elements) && !own
		if larger && !other.numbered && other.holds(d) && (best == nil || len(other.elements) > len(best.elements)) {
			best = other
		}
	}
	return best
}

func (d *dimension) holds(other *dimension) bool {
	for key := range other.at {
		if _, ok := d.at[key]; !ok {
			return false
		}
	}
	return true
}

// elementName is an element's name with nothing in it that cannot stand in brackets.
func elementName(name string) string {
	name = strings.ReplaceAll(spoken(name), " ", "_")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("[],\"'*!+\n\r\t", r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, name)
}

// snake is a name made of what our names are made of.
func snake(name string) string {
	var b strings.Builder
	for _, r := range canonical(name) {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(r)
		} else {
			b.WriteByte('_')
		}
	}
	out := strings.Trim(canonical(b.String()), "_")
	if out == "" {
		return "variable"
	}
	if !plainName(out) {
		return "v_" + out
	}
	return out
}

// plainName reports whether an equation that holds just the name refers to it.
func plainName(s string) bool {
	tree, mistakes := equation.Parse(s)
	n, ok := tree.(*equation.Name)
	return ok && len(mistakes) == 0 && n.Name == canonical(s) && n.Index == nil
}

// A names gives out names that nothing else in the model has.
type names struct {
	taken map[string]bool
	free  bool // names of functions that give theirs up may be used: the file is weir's own
}

// take gives out a name that nothing else has: not a function, not a variable, not an
// element. What would be one gets an ending, then a number.
func (t *names) take(name, ending string) string {
	out := name
	if t.has(out) {
		out = name + ending
	}
	for i := 2; t.has(out) || !plainName(out); i++ {
		out = name + "_" + strconv.Itoa(i)
	}
	t.taken[out] = true
	return out
}

// has reports whether something has a name already. A function that gives its name up
// is no obstacle in a file of our own.
func (t *names) has(name string) bool {
	row := function.Find(name)
	return t.taken[name] || row != nil && !(t.free && row.Free)
}

// second is a dimension, or one with the same elements if that one is taken: a table
// of a dimension by itself has two.
func (s *dimensionSet) second(d *dimension, taken []*dimension) *dimension {
	for again := 2; slices.Contains(taken, d); again++ {
		key := fmt.Sprintf("%s#%d", canonical(d.root().name), again)
		if s.byName[key] == nil {
			also := *d.root()
			also.of, also.ours = d.root(), s.take(fmt.Sprintf("%s_%d", d.root().ours, again), "_index")
			s.byName[key] = &also
			s.order = append(s.order, &also)
			s.m.Dimensions = append(s.m.Dimensions, &model.Dimension{Name: also.ours, Elements: also.elements, Of: d.root().ours, Label: spoken(d.name)})
		}
		d = s.byName[key]
	}
	return d
}

// slice is the part of a dimension between two of its elements, made if there is none.
func (s *dimensionSet) slice(d *dimension, from, to int) *dimension {
	key := fmt.Sprintf("%s#%d:%d", canonical(d.name), from, to)
	if made := s.byName[key]; made != nil {
		return made
	}
	made := &dimension{name: d.name, elements: d.elements[from : to+1], at: map[string]int{}, of: d, numbered: d.numbered}
	made.ours = s.take(d.ours+"_"+strconv.Itoa(from+1)+"_to_"+strconv.Itoa(to+1), "_index")
	for i, e := range made.elements {
		made.at[canonical(e)] = i
	}
	s.byName[key] = made
	s.m.Dimensions = append(s.m.Dimensions, &model.Dimension{Name: made.ours, Elements: made.elements, Of: d.ours})
	return made
}
