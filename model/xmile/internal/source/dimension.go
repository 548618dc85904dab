package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/annex"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// Neighbour returns the place in d of the element at an offset from the i-th of another
// dimension of its family; false if that leads out of d.
// The element is looked up by name, since a part of a dimension counts its own elements.
func (d *Dimension) Neighbour(of *Dimension, i, offset int) (int, bool) {
	at, ok := d.At[naming.Canonical(of.Elements[i])]
	if !ok {
		at, ok = i, d == of
	}
	at += offset
	return at, ok && at >= 0 && at < len(d.Elements)
}

// A Dimension is a <dim>.
type Dimension struct {
	Name     string   // as in the file
	Ours     string   // its name in the model
	Elements []string // theirs
	At       map[string]int
	labels   map[string]string // of elements, by their names in the model
	Node     *scan.Node
	Decl     *model.Dimension
	Ordered  bool // some subscript asks for an element's neighbour
	numbered bool // declared by its size: the elements are 1, 2, …
	of       *Dimension
}

// Root returns the dimension that d is a part of, at the end.
func (d *Dimension) Root() *Dimension {
	for i := 0; d.of != nil && i < 100; i++ { // a file may make a cycle, which Check reports
		d = d.of
	}
	return d
}

// Index returns the element as it is written in brackets.
// Names that are neither plain nor numbers are put in quotes.
func (d *Dimension) Index(i int) string {
	e := d.Elements[i]
	if strings.Trim(e, "0123456789") == "" || naming.Plain(e) {
		return e
	}
	return `"` + e + `"`
}

// A Dimensions is the dimensions of a file, and those that equations add.
type Dimensions struct {
	*Log
	*Names
	M      *model.Model
	Own    map[string]annex.Dimension // weir's own part of the file
	ByName map[string]*Dimension      // by canonical name
	Order  []*Dimension
}

// maxDimension bounds the elements of one dimension.
const maxDimension = 100_000

// Read reads <dimensions>. A dimension whose elements are all in another one is
// a part of it.
// The number of elements is bounded, of one dimension and of all together.
func (s *Dimensions) Read(root *scan.Node) {
	section := root.Kid("dimensions")
	if section == nil {
		return
	}
	total := 0
	for _, n := range section.All("dim") {
		if d := s.dimension(n); d != nil {
			s.ByName[naming.Canonical(d.Name)] = d
			s.Order = append(s.Order, d)
			if total += len(d.Elements); total > 200_000 {
				s.Report(model.TooLarge, n.Span(s.Sources), "", "the dimensions have more than 200000 elements")
				return
			}
		}
	}
	for _, d := range s.Order {
		for _, e := range d.Elements {
			s.Taken[naming.Canonical(e)] = !s.Free
		}
	}
	for _, d := range s.Order {
		// All elements have taken their names by now, so a dimension named like an element gives
		// way.
		d.Ours = s.Take(naming.Snake(d.Name), "_index")
		d.of = s.parent(d)
	}
	for _, d := range s.Order {
		decl := &model.Dimension{Name: d.Ours, Label: naming.Spoken(d.Name), Elements: d.Elements,
			Labels: d.labels, Span: d.Node.Span(s.Sources)}
		if s.Free {
			own := s.Own[d.Name]
			decl.Label, decl.Ordered = own.Label, own.Ordered
		}
		if d.of != nil {
			decl.Of = d.of.Ours
		}
		d.Decl = decl
		s.M.Dimensions = append(s.M.Dimensions, decl)
	}
}

// dimension reads one <dim>, by its elements or by its size. It returns nil if there is no
// sense in it.
func (s *Dimensions) dimension(n *scan.Node) *Dimension {
	name := n.Value("name")
	if naming.Canonical(name) == "" || s.ByName[naming.Canonical(name)] != nil {
		s.Report(model.BadName, n.Span(s.Sources), "", "a dimension needs a name of its own, not %q", name)
		return nil
	}
	d := &Dimension{Name: name, At: map[string]int{}, labels: map[string]string{}, Node: n}
	add := func(key, element string) {
		if _, twice := d.At[key]; !twice {
			d.At[key] = len(d.Elements)
			d.Elements = append(d.Elements, element)
		}
	}
	for _, e := range n.All("elem") {
		if naming.Canonical(e.Value("name")) == "" {
			s.Report(model.BadName, e.Span(s.Sources), "write <elem name=\"…\"/>",
				"an element of the dimension %s has no name", name)
			return nil
		}
		own := naming.ElementName(e.Value("name"))
		add(naming.Canonical(e.Value("name")), own)
		if label := s.Own[name].Labels[e.Value("name")]; label != "" {
			d.labels[own] = label
		} else if own != naming.Spoken(e.Value("name")) {
			d.labels[own] = naming.Spoken(e.Value("name"))
		}
	}
	if len(d.Elements) > 0 {
		return d
	}
	size, err := strconv.Atoi(strings.TrimSpace(n.Value("size")))
	if err != nil || size < 1 || size > maxDimension {
		s.Report(model.TooLarge, n.Span(s.Sources), fmt.Sprintf("a dimension has 1 to %d elements", maxDimension),
			"the dimension %s has neither elements nor a sound size", name)
		return nil
	}
	d.numbered = true
	for i := 1; i <= size; i++ {
		add(strconv.Itoa(i), strconv.Itoa(i))
	}
	return d
}

// parent returns the dimension that holds all elements of d by name: the largest, and of
// those as large as d itself the first.
func (s *Dimensions) parent(d *Dimension) *Dimension {
	if s.Free {
		return s.ByName[naming.Canonical(s.Own[d.Name].Of)]
	}
	if d.numbered || len(s.Order) > 1000 {
		return nil
	}
	// Of two dimensions with the same elements the second is a part of the first.
	var best *Dimension
	own := false
	for _, other := range s.Order {
		if other == d {
			own = true
			continue
		}
		larger := len(other.Elements) > len(d.Elements) || len(other.Elements) == len(d.Elements) && !own
		if larger && !other.numbered && other.holds(d) && (best == nil || len(other.Elements) > len(best.Elements)) {
			best = other
		}
	}
	return best
}

// holds reports whether a dimension has all elements of another one.
func (d *Dimension) holds(other *Dimension) bool {
	for key := range other.At {
		if _, ok := d.At[key]; !ok {
			return false
		}
	}
	return true
}

// second returns a dimension, or one with the same elements if that one is taken: a table
// of a dimension by itself has two.
// The copies of a dimension are numbered from 2 on and are shared by all variables.
func (s *Dimensions) second(d *Dimension, taken []*Dimension) *Dimension {
	for again := 2; slices.Contains(taken, d); again++ {
		key := fmt.Sprintf("%s#%d", naming.Canonical(d.Root().Name), again)
		if s.ByName[key] == nil {
			also := *d.Root()
			also.of, also.Ours = d.Root(), s.Take(fmt.Sprintf("%s_%d", d.Root().Ours, again), "_index")
			s.ByName[key] = &also
			s.Order = append(s.Order, &also)
			s.M.Dimensions = append(s.M.Dimensions, &model.Dimension{Name: also.Ours, Elements: also.Elements,
				Of: d.Root().Ours, Label: naming.Spoken(d.Name)})
		}
		d = s.ByName[key]
	}
	return d
}

// Slice returns the part of a dimension between two of its elements, made if there is none.
// It is declared in the model like a subrange that the file has.
// Both ends count from 0 and belong to it.
func (s *Dimensions) Slice(d *Dimension, from, to int) *Dimension {
	key := fmt.Sprintf("%s#%d:%d", naming.Canonical(d.Name), from, to)
	if made := s.ByName[key]; made != nil {
		return made
	}
	made := &Dimension{Name: d.Name, Elements: d.Elements[from : to+1], At: map[string]int{}, of: d,
		numbered: d.numbered}
	made.Ours = s.Take(d.Ours+"_"+strconv.Itoa(from+1)+"_to_"+strconv.Itoa(to+1), "_index")
	for i, e := range made.Elements {
		made.At[naming.Canonical(e)] = i
	}
	s.ByName[key] = made
	s.M.Dimensions = append(s.M.Dimensions, &model.Dimension{Name: made.Ours, Elements: made.Elements, Of: d.Ours})
	return made
}

// find returns an element's position, by its name or by Dim.name.
// Keys are in canonical form.
// The name of the dimension before a dot is not compared.
func (d *Dimension) find(key string) (int, bool) {
	if at, ok := d.At[key]; ok {
		return at, true
	}
	if n := strings.LastIndexByte(key, '.'); n >= 0 {
		at, ok := d.At[key[n+1:]]
		return at, ok
	}
	return 0, false
}
