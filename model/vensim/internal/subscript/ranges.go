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
