package subscript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// MaxElements bounds the elements of one range, and MaxListed those of all ranges together.
const (
	MaxElements = 100_000
	MaxListed   = 400_000
	maxCopied   = 8_000_000 // elements of ranges that are listed in other ranges, each time
)

// A Set holds the ranges of a model, their elements, and how ranges map to each other.
type Set struct {
	*report.Report
	files    *sheet.Files         // that may hold the elements of a range
	Ranges   map[string]*Range    // by folded name
	Order    []*Range             // in the order of the file
	Elements map[string]*Element  // by folded name
	Families []*Family            // in the order of their first ranges
	Listed   int                  // elements of all ranges so far
	copied   int                  // elements of ranges that other ranges list, so far
	images   map[imageKey]*mapped // mappings that are worked out already
}

// New returns an empty set; subscripts that a file lists are read from files.
func New(r *report.Report, files *sheet.Files) *Set {
	return &Set{Report: r, files: files, Ranges: map[string]*Range{}, Elements: map[string]*Element{},
		images: map[imageKey]*mapped{}}
}

// A Range is a range of subscripts.
type Range struct {
	Equation  *syntax.Equation // that defines it
	Name, Key string           // as written, folded
	Elements  []string         // keys
	maps      []syntax.Mapping // in the order of the file
	Family    *Family          // known once all ranges are read
	Ours      string           // the dimension's name in the model
	state     int              // 0 new, 1 being read, 2 done
	at        map[string]bool  // see has
}

// An Element is one subscript, which may be in several ranges.
type Element struct {
	Name, key string  // as first written, folded
	Ours      string  // its name in the model
	Family    *Family // all ranges with this element
	Number    int     // its place in the first and widest range that has it, from 1
}

// A Family is ranges that share elements. Root is the range with all of them, nil if
// there is none.
type Family struct {
	Root     *Range         // nil: none has all elements
	RootName string         // the name of the dimension with all elements
	Ranges   []*Range       // in the order of the file
	Elements []string       // each once; in the root's order, if there is one
	At       map[string]int // the place of each element
}

// Collect reads the ranges among the equations and returns the other equations, in their order. A
// range may list one that comes later, so all are known before any is filled.
func (c *Set) Collect(equations []*syntax.Equation) (rest []*syntax.Equation) {
	for _, eq := range equations {
		if eq.Kind != syntax.EqRange && eq.Kind != syntax.EqAlias {
			rest = append(rest, eq)
			continue
		}
		if c.Ranges[eq.Key] != nil {
			c.ErrorAt(model.DuplicateName, eq.NameSpan, "", "the range %s is defined twice", eq.Name)
			continue
		}
		r := &Range{Equation: eq, Name: eq.Name, Key: eq.Key, maps: eq.Maps}
		c.Ranges[r.Key] = r
		c.Order = append(c.Order, r)
	}
	for _, r := range c.Order {
		c.fillRange(r)
	}
	if c.Listed < MaxListed {
		c.makeFamilies()
		c.checkMappings()
	}
	return rest
}

// fillRange lists the elements of a range, those of ranges within it first.
// It marks a range while it is read, which finds one that is a part of itself. An alias shares the
// elements of its range.
func (c *Set) fillRange(r *Range) {
	if r.state == 2 {
		return
	}
	if r.state == 1 {
		c.ErrorAt(model.DimensionCycle, r.Equation.NameSpan, "", "the range %s is a part of itself", r.Name)
		return
	}
	r.state, r.at = 1, map[string]bool{}
	switch {
	case r.Equation.Broken:
	case r.Equation.Kind == syntax.EqAlias:
		other := c.Ranges[r.Equation.Alias]
		if other == nil {
			c.ErrorAt(model.UnknownDimension, r.Equation.Equation, c.Near(r.Equation.Alias),
				"%s is an alias of a range that is not defined", r.Name)
			break
		}
		c.fillRange(other)
		r.Elements, r.at = other.Elements, other.at
	case r.Equation.Expr != nil:
		for _, name := range c.subscriptsFromFile(r.Equation) {
			c.addElement(r, name)
		}
	default:
		for _, item := range r.Equation.Items {
			c.addItem(r, item)
		}
	}
	r.state = 2
	if len(r.Elements) == 0 && !r.Equation.Broken && !c.List.HasErrors() {
		c.ErrorAt(model.EmptyDimension, r.Equation.NameSpan, "", "the range %s has no elements", r.Name)
	}
}

// addItem adds an item of a range's list: an element, a series of elements, or all elements
// of another range that are new.
// A name that is the range's own, or no range, is an element.
func (c *Set) addItem(r *Range, item syntax.RangeItem) {
	if c.Listed >= MaxListed {
		return
	}
	if item.Last != "" {
		c.addSeries(r, item)
		return
	}
	inner := c.Ranges[syntax.Key(item.Name)]
	if inner == nil || inner == r {
		c.addElement(r, item.Name)
		return
	}
	c.fillRange(inner)
	if c.copied += len(inner.Elements); c.copied > maxCopied {
		c.Listed = MaxListed
		c.ErrorAt(model.TooLarge, item.Span, "list the elements themselves",
			"the ranges up to %s list too many ranges in ranges", r.Name)
		return
	}
	// r.at is looked at in this loop and changed in the next one.
	before := len(r.Elements)
	for _, e := range inner.Elements {
		if !r.at[e] && !c.full(r) {
			r.Elements = append(r.Elements, e)
		}
	}
	for _, e := range r.Elements[before:] { // not before: an inner range that repeats an element does so here
		r.at[e] = true
	}
}

// addElement adds an element to a range.
// A name that is written twice is in the list twice; its first spelling is that of the element.
func (c *Set) addElement(r *Range, name string) {
	key := syntax.Key(name)
	if key == "" {
		return
	}
	if c.full(r) {
		return
	}
	if c.Elements[key] == nil {
		c.Elements[key] = &Element{Name: name, key: key}
	}
	r.Elements = append(r.Elements, key)
	r.at[key] = true
}

// full reports whether a range, or the model, has as many elements as it may. It counts
// the element that is about to be added.
// Each bound is reported once, when it is reached.
func (c *Set) full(r *Range) bool {
	c.Listed++
	switch {
	case c.Listed == MaxListed:
		c.ErrorAt(model.TooLarge, r.Equation.NameSpan, "", "the ranges up to %s have more than %d elements together",
			r.Name, MaxListed)
	case len(r.Elements) == MaxElements && !r.Equation.Broken:
		r.Equation.Broken = true
		c.ErrorAt(model.TooLarge, r.Equation.NameSpan, "", "%s has more elements than a range may have: %d", r.Name,
			MaxElements)
	}
	return c.Listed >= MaxListed || len(r.Elements) >= MaxElements
}

// addSeries adds the elements of a series such as (A1-A12). The numbers have as many digits
// as the first one, if that begins with zeros: (A01-A12). Both ends must have the same
// letters before their numbers.
func (c *Set) addSeries(r *Range, item syntax.RangeItem) {
	prefix, from, ok1 := numbered(item.Name)
	other, to, ok2 := numbered(item.Last)
	width := 0
	if first := item.Name[len(prefix):]; strings.HasPrefix(first, "0") {
		width = len(first)
	}
	switch {
	case !ok1 || !ok2 || syntax.Key(prefix) != syntax.Key(other):
		c.ErrorAt(model.BadValue, item.Span, "write for example (A1-A12)",
			"%s and %s are no series of numbered elements", item.Name, item.Last)
	case from > to:
		c.ErrorAt(model.BadValue, item.Span, "write the smaller number first", "the series from %s to %s is empty",
			item.Name, item.Last)
	case to-from >= MaxElements-len(r.Elements):
		c.ErrorAt(model.TooLarge, item.Span, "", "%s would have %d elements; a range may have at most %d", r.Name,
			to-from+1, MaxElements)
	default:
		for i := from; i <= to && c.Listed < MaxListed; i++ {
			c.addElement(r, fmt.Sprintf("%s%0*d", prefix, width, i))
		}
	}
}

// numbered splits A12 into A and 12.
// A name without digits at its end is not ok.
func numbered(name string) (prefix string, n int, ok bool) {
	digits := len(name) - len(strings.TrimRight(name, "0123456789"))
	n, err := strconv.Atoi(name[len(name)-digits:])
	return name[:len(name)-digits], n, err == nil && digits > 0
}

// Near returns a hint with the name of the range that is most like a key, "" if none is.
func (c *Set) Near(key string) string {
	var names []string
	for _, r := range c.Order {
		names = append(names, r.Key)
	}
	return didYouMean(c.rangeName(diagnostic.Nearest(key, names)))
}

// didYouMean returns the hint for a name, "" for none.
func didYouMean(name string) string {
	if name == "" {
		return ""
	}
	return "did you mean " + name + "?"
}

// rangeName returns a range's name as written, "" if there is no such range.
func (c *Set) rangeName(key string) string {
	if r := c.Ranges[key]; r != nil {
		return r.Name
	}
	return ""
}

// makeFamilies joins ranges that share elements, directly or through other ranges, and finds
// the root of each family. The smaller of two families moves into the larger one, so that
// no element moves more often than the logarithm of their number. A range without
// elements, which is reported, has no family.
func (c *Set) makeFamilies() {
	of := map[string]*Family{} // by element
	for _, r := range c.Order {
		f := &Family{}
		for _, e := range r.Elements {
			if g := of[e]; g != nil && g != f {
				f = join(g, f, of)
			} else if g == nil {
				of[e] = f
				f.Elements = append(f.Elements, e)
			}
		}
		r.Family = f
		f.Ranges = append(f.Ranges, r)
	}
	seen := map[*Family]bool{}
	for _, r := range c.Order {
		if len(r.Elements) == 0 {
			continue
		}
		r.Family = of[r.Elements[0]]
		if f := r.Family; !seen[f] {
			seen[f] = true
			c.Families = append(c.Families, f)
			// The lists served to join families; rootOf makes them anew in the order of the file.
			f.Elements, f.Ranges = nil, nil
		}
		r.Family.Ranges = append(r.Family.Ranges, r)
	}
	for _, f := range c.Families {
		c.rootOf(f)
	}
}

// join moves the elements of the smaller of two families into the other, which it returns.
// The ranges are counted anew when all families are known.
func join(to, from *Family, of map[string]*Family) *Family {
	if to == from {
		return to
	}
	if len(to.Elements) < len(from.Elements) {
		to, from = from, to
	}
	for _, e := range from.Elements {
		of[e] = to
	}
	to.Elements = append(to.Elements, from.Elements...)
	from.Elements = nil
	return to
}

// rootOf finds the range that has all elements of a family, numbers them, and lists
// them in order. An element's number, which it is where an equation uses it as a value, is
// its place in the widest range that has it: in a part of that range it keeps the number
// (Vensim's manual, "Subscript Constants").
func (c *Set) rootOf(f *Family) {
	all := map[string]bool{}
	for _, r := range f.Ranges {
		for _, e := range r.Elements {
			if !all[e] {
				all[e] = true
				f.Elements = append(f.Elements, e)
			}
		}
	}
	for _, r := range f.Ranges {
		if f.Root == nil && len(SetOf(r.Elements)) == len(f.Elements) { // a range may repeat an element
			f.Root = r
			f.Elements = r.Elements
		}
	}
	f.At = map[string]int{}
	for i, e := range f.Elements {
		c.Elements[e].Family = f
		f.At[e] = i
	}
	widest := slices.Clone(f.Ranges)
	slices.SortStableFunc(widest, func(a, b *Range) int { return len(b.Elements) - len(a.Elements) })
	for _, r := range widest {
		for i, e := range r.Elements {
			if c.Elements[e].Number == 0 {
				c.Elements[e].Number = i + 1
			}
		}
	}
}

// checkMappings reports mappings to ranges that do not exist or have another size.
func (c *Set) checkMappings() {
	for _, r := range c.Order {
		for _, m := range r.maps {
			to := c.Ranges[m.To]
			switch {
			case to == nil:
				c.ErrorAt(model.UnknownDimension, m.Span, c.Near(m.To), "%s maps to %s, which is no range", r.Name,
					m.Name)
			case m.Items != nil && len(m.Items) != len(c.mapUnits(r)) && len(m.Items) != len(r.Elements):
				c.ErrorAt(model.ValueCount, m.Span, "", "%s has %s, but its mapping to %s lists %d", r.Name,
					elementCount(len(r.Elements)), to.Name, len(m.Items))
			case m.Items == nil && len(to.Elements) != len(r.Elements) && len(c.mapUnits(r)) != len(to.Elements):
				c.ErrorAt(model.ValueCount, m.Span, "write which element goes where, as in -> ("+to.Name+": …)",
					"%s has %s, but %s, to which it maps, has %d", r.Name, elementCount(len(r.Elements)), to.Name,
					len(to.Elements))
			}
		}
	}
}

// mapUnits returns a list of elements for each item of a range's list.
// A range that a file or an alias gives, or that has a series among its items, has a list for each
// element.
func (c *Set) mapUnits(r *Range) [][]string {
	if r.Equation.Kind == syntax.EqAlias || r.Equation.Expr != nil {
		return singles(r.Elements)
	}
	var out [][]string
	for _, item := range r.Equation.Items {
		if inner := c.Ranges[syntax.Key(item.Name)]; item.Last == "" && inner != nil && inner != r {
			out = append(out, inner.Elements)
			continue
		}
		if item.Last == "" {
			out = append(out, []string{syntax.Key(item.Name)})
			continue
		}
		return singles(r.Elements)
	}
	return out
}

// singles returns each element as a list of its own.
// The lists are parts of the slice that is given.
func singles(elements []string) [][]string {
	out := make([][]string, len(elements))
	for i := range elements {
		out[i] = elements[i : i+1]
	}
	return out
}

// elementCount returns a number of elements in words.
func elementCount(n int) string {
	if n == 1 {
		return "1 element"
	}
	return strconv.Itoa(n) + " elements"
}

// imagesOf returns the pairs of elements that a mapping makes: from an element of r to its
// counterparts in the other range. Items of the mapping that are ranges of as many elements
// as the item of r map in order; else every element of the one maps to every element of
// the other. Without items the two ranges map in order.
func (c *Set) imagesOf(r *Range, m syntax.Mapping) map[string][]string {
	out := map[string][]string{}
	add := func(from []string, to []string) {
		if len(from) == len(to) && len(from) > 1 { // a part maps to a part in order
			for i := range from {
				out[from[i]] = append(out[from[i]], to[i])
			}
			return
		}
		for _, e := range from {
			out[e] = append(out[e], to...)
		}
	}
	units := c.mapUnits(r)
	if m.Items == nil {
		to := c.Ranges[m.To].Elements
		if len(to) == len(r.Elements) {
			units = singles(r.Elements)
		}
		for i := range min(len(units), len(to)) { // other counts are reported with the ranges
			add(units[i], to[i:i+1])
		}
		return out
	}
	if len(m.Items) != len(units) {
		units = singles(r.Elements)
	}
	for i, item := range m.Items[:min(len(m.Items), len(units))] {
		if inner := c.Ranges[item.Key]; inner != nil {
			add(units[i], inner.Elements)
		} else {
			add(units[i], []string{item.Key})
		}
	}
	return out
}

// Partner returns the element of range r that is the counterpart of element e of the range on the
// left, or "". A mapping of r to the family of the range on the left comes first, then one
// the other way round, if it is unambiguous. A part of a range maps as the range does: last
// come the mappings of wider ranges in the family of r.
func (c *Set) Partner(r, left *Range, e string) string {
	for _, m := range r.maps {
		if to := c.Ranges[m.To]; to == nil || to.Family != left.Family {
			continue
		}
		if from := c.mapping(r, m).source[e]; from != "" {
			return from
		}
	}
	for _, m := range left.maps {
		if to := c.Ranges[m.To]; to == nil || to.Family != r.Family {
			continue
		}
		if at := c.mapping(left, m).images[e]; len(at) == 1 && r.has(at[0]) {
			return at[0]
		}
	}
	for _, wide := range r.familyRanges() {
		if wide == r || len(wide.maps) == 0 || len(wide.Elements) < len(r.Elements) {
			continue
		}
		// The copy has no family, so that the search ends with this range.
		if from := c.Partner(&Range{maps: wide.maps, Elements: wide.Elements, Equation: wide.Equation, Key: wide.Key},
			left, e); from != "" && r.has(from) {
			return from
		}
	}
	return ""
}

// has reports whether an element is in the range.
// The set is made at the first question, for a range that a pass made has none.
func (r *Range) has(e string) bool {
	if r.at == nil {
		r.at = map[string]bool{}
		for _, x := range r.Elements {
			r.at[x] = true
		}
	}
	return r.at[e]
}

// familyRanges returns the ranges that share elements with this one, itself among them.
func (r *Range) familyRanges() []*Range {
	if r.Family == nil {
		return nil
	}
	return r.Family.Ranges
}

// A mapped range is a mapping worked out: the counterparts of each element, and the
// first one of which each is a counterpart.
type mapped struct {
	images map[string][]string // by element: those that it stands for, in the other range
	source map[string]string   // by element of the other range: the first that stands for it
}

// mapping works a mapping out, once.
// A mapping is known by its range and its place in the file.
func (c *Set) mapping(r *Range, m syntax.Mapping) *mapped {
	key := imageKey{r.Key, m.Span}
	if got := c.images[key]; got != nil {
		return got
	}
	got := &mapped{c.imagesOf(r, m), map[string]string{}}
	for _, from := range r.Elements {
		for _, to := range got.images[from] {
			if got.source[to] == "" {
				got.source[to] = from
			}
		}
	}
	c.images[key] = got
	return got
}

// An imageKey is one mapping of one range.
type imageKey struct {
	key string      // of the range that maps
	at  syntax.Span // of the mapping in the file
}

// ElementsOf returns the elements that a subscript names; nil if there is no such thing,
// which is reported.
func (c *Set) ElementsOf(s syntax.Sub) []string {
	if r := c.Ranges[s.Key]; r != nil {
		return r.Elements
	}
	if c.Elements[s.Key] != nil {
		return []string{s.Key}
	}
	c.ErrorAt(model.UnknownElement, s.Span, c.Near(s.Key), "there is no subscript %s", s.Name)
	return nil
}

// RangeWith returns the name of a range with just these elements, or "".
// Their order does not matter. A single element is written by its own name, so it has none.
func (c *Set) RangeWith(elements []string, f *Family) string {
	if len(elements) == 1 {
		return ""
	}
	for _, r := range f.Ranges {
		if len(r.Elements) == len(elements) && slices.Equal(SortedKeys(r.Elements), SortedKeys(elements)) {
			return r.Ours
		}
	}
	return ""
}

// Alone returns a range of this element only, for a subscript on the left side that is an
// element. It has the place of the range from, of which it is a counterpart.
func (e *Element) Alone(from *Range) *Range {
	return &Range{Family: e.Family, Elements: []string{e.key}, Equation: from.Equation}
}
