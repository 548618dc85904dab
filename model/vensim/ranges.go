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

// maxElements bounds the elements of one range, and maxListed those of all ranges together.
const (
	maxElements = 100_000
	maxListed   = 400_000
)

// A rng is a range of subscripts.
type rng struct {
	eq        *syntax.Equation
	name, key string
	elements  []string // keys
	maps      []syntax.Mapping
	family    *family
	ours      string // the dimension's name in the model
	state     int    // 0 new, 1 being read, 2 done
	at        map[string]bool
}

// An element is one subscript, which may be in several ranges.
type element struct {
	name, key string
	ours      string
	family    *family
	number    int // its place in the first and widest range that has it, from 1
}

// A family is ranges that share elements. Root is the range with all of them, nil if
// there is none.
type family struct {
	root      *rng
	rootName  string
	ranges    []*rng
	elements  []string
	at        map[string]int // the place of each element
	positions string         // the constant with them, "" if none was needed
}

// collectRanges takes the ranges out of the equations.
func (im *importer) collectRanges() {
	var rest []*syntax.Equation
	for _, eq := range im.equations {
		if eq.Kind != syntax.EqRange && eq.Kind != syntax.EqAlias {
			rest = append(rest, eq)
			continue
		}
		if im.ranges[eq.Key] != nil {
			im.errorAt(model.DuplicateName, eq.NameSpan, "", "the range %s is defined twice", eq.Name)
			continue
		}
		r := &rng{eq: eq, name: eq.Name, key: eq.Key, maps: eq.Maps}
		im.ranges[r.key] = r
		im.rangeOrder = append(im.rangeOrder, r)
	}
	im.equations = rest
	for _, r := range im.rangeOrder {
		im.fillRange(r)
	}
	if im.listed >= maxListed {
		return
	}
	im.makeFamilies()
	im.checkMappings()
}

// fillRange lists the elements of a range, those of ranges within it first.
func (im *importer) fillRange(r *rng) {
	if r.state == 2 {
		return
	}
	if r.state == 1 {
		im.errorAt(model.DimensionCircle, r.eq.NameSpan, "", "the range %s is a part of itself", r.name)
		return
	}
	r.state = 1
	switch {
	case r.eq.Broken:
	case r.eq.Kind == syntax.EqAlias:
		other := im.ranges[r.eq.Alias]
		if other == nil {
			im.errorAt(model.UnknownDimension, r.eq.Equation, im.nearRange(r.eq.Alias), "%s stands for a range that is not defined", r.name)
			break
		}
		im.fillRange(other)
		r.elements = other.elements
	case r.eq.Expr != nil:
		for _, name := range im.subscriptsFromFile(r.eq) {
			im.addElement(r, name)
		}
	default:
		for _, item := range r.eq.Items {
			im.addItem(r, item)
		}
	}
	r.state = 2
	if len(r.elements) == 0 && !r.eq.Broken && !im.list.HasErrors() {
		im.errorAt(model.EmptyDimension, r.eq.NameSpan, "", "the range %s has no elements", r.name)
	}
}

func (im *importer) addItem(r *rng, item syntax.RangeItem) {
	if im.listed >= maxListed {
		return
	}
	if item.Last != "" {
		im.addSeries(r, item)
		return
	}
	inner := im.ranges[syntax.Fold(item.Name)]
	if inner == nil || inner == r {
		im.addElement(r, item.Name)
		return
	}
	im.fillRange(inner)
	have := setOf(r.elements)
	for _, e := range inner.elements {
		if !have[e] && !im.full(r) {
			r.elements = append(r.elements, e)
		}
	}
}

func (im *importer) addElement(r *rng, name string) {
	key := syntax.Fold(name)
	if key == "" {
		return
	}
	if im.full(r) {
		return
	}
	if im.elements[key] == nil {
		im.elements[key] = &element{name: name, key: key}
	}
	r.elements = append(r.elements, key)
}

// full reports whether a range, or the model, has as many elements as it may. It counts
// the element that is about to be added.
func (im *importer) full(r *rng) bool {
	im.listed++
	switch {
	case im.listed == maxListed:
		im.errorAt(model.TooLarge, r.eq.NameSpan, "", "the ranges up to %s have more than %d elements together", r.name, maxListed)
	case len(r.elements) == maxElements && !r.eq.Broken:
		r.eq.Broken = true
		im.errorAt(model.TooLarge, r.eq.NameSpan, "", "%s has more elements than a range may have: %d", r.name, maxElements)
	}
	return im.listed >= maxListed || len(r.elements) >= maxElements
}

// addSeries writes out (A1-A12).
func (im *importer) addSeries(r *rng, item syntax.RangeItem) {
	prefix, from, ok1 := numbered(item.Name)
	other, to, ok2 := numbered(item.Last)
	width := 0
	if first := item.Name[len(prefix):]; strings.HasPrefix(first, "0") {
		width = len(first)
	}
	switch {
	case !ok1 || !ok2 || syntax.Fold(prefix) != syntax.Fold(other):
		im.errorAt(model.BadValue, item.Span, "write for example (A1-A12)", "%s and %s are no series of numbered elements", item.Name, item.Last)
	case from > to:
		im.errorAt(model.BadValue, item.Span, "write the smaller number first", "the series from %s to %s is empty", item.Name, item.Last)
	case to-from >= maxElements-len(r.elements):
		im.errorAt(model.TooLarge, item.Span, "", "%s would have %d elements; a range may have at most %d", r.name, to-from+1, maxElements)
	default:
		for i := from; i <= to && im.listed < maxListed; i++ {
			im.addElement(r, fmt.Sprintf("%s%0*d", prefix, width, i))
		}
	}
}

// numbered splits A12 into A and 12.
func numbered(name string) (prefix string, n int, ok bool) {
	digits := len(name) - len(strings.TrimRight(name, "0123456789"))
	n, err := strconv.Atoi(name[len(name)-digits:])
	return name[:len(name)-digits], n, err == nil && digits > 0
}

func (im *importer) nearRange(key string) string {
	var names []string
	for _, r := range im.rangeOrder {
		names = append(names, r.key)
	}
	return didYouMean(im.rangeName(diagnostic.Nearest(key, names)))
}

func didYouMean(name string) string {
	if name == "" {
		return ""
	}
	return "did you mean " + name + "?"
}

func (im *importer) rangeName(key string) string {
	if r := im.ranges[key]; r != nil {
		return r.name
	}
	return ""
}

// makeFamilies joins ranges that share elements.
func (im *importer) makeFamilies() {
	of := map[string]*family{} // by element
	for _, r := range im.rangeOrder {
		f := &family{}
		for _, e := range r.elements {
			if g := of[e]; g != nil && g != f {
				f = join(g, f, of)
			} else if g == nil {
				of[e] = f
				f.elements = append(f.elements, e)
			}
		}
		r.family = f
		f.ranges = append(f.ranges, r)
	}
	seen := map[*family]bool{}
	for _, r := range im.rangeOrder {
		if len(r.elements) == 0 {
			continue
		}
		r.family = of[r.elements[0]]
		if f := r.family; !seen[f] {
			seen[f] = true
			im.families = append(im.families, f)
			f.elements, f.ranges = nil, nil
		}
		r.family.ranges = append(r.family.ranges, r)
	}
	for _, f := range im.families {
		im.rootOf(f)
	}
}

// join moves the elements of one family into another.
func join(to, from *family, of map[string]*family) *family {
	if to == from {
		return to
	}
	if len(to.elements) < len(from.elements) {
		to, from = from, to
	}
	for _, e := range from.elements {
		of[e] = to
	}
	to.elements = append(to.elements, from.elements...)
	from.elements = nil
	return to
}

// rootOf finds the range that has all elements of a family, numbers them, and lists
// them in order.
func (im *importer) rootOf(f *family) {
	all := map[string]bool{}
	for _, r := range f.ranges {
		for _, e := range r.elements {
			if !all[e] {
				all[e] = true
				f.elements = append(f.elements, e)
			}
		}
	}
	for _, r := range f.ranges {
		if f.root == nil && len(setOf(r.elements)) == len(f.elements) { // a range may repeat one, which is told later
			f.root = r
			f.elements = r.elements
		}
	}
	f.at = map[string]int{}
	for i, e := range f.elements {
		im.elements[e].family = f
		f.at[e] = i
	}
	widest := slices.Clone(f.ranges)
	slices.SortStableFunc(widest, func(a, b *rng) int { return len(b.elements) - len(a.elements) })
	for _, r := range widest {
		for i, e := range r.elements {
			if im.elements[e].number == 0 {
				im.elements[e].number = i + 1
			}
		}
	}
}

// checkMappings makes sure that what ranges map to exists and fits.
func (im *importer) checkMappings() {
	for _, r := range im.rangeOrder {
		for _, m := range r.maps {
			to := im.ranges[m.To]
			switch {
			case to == nil:
				im.errorAt(model.UnknownDimension, m.Span, im.nearRange(m.To), "%s maps to %s, which is no range", r.name, m.Name)
			case m.Items != nil && len(m.Items) != len(im.mapUnits(r)) && len(m.Items) != len(r.elements):
				im.errorAt(model.ValueCount, m.Span, "", "%s has %s, but its mapping to %s lists %d", r.name, elementCount(len(r.elements)), to.name, len(m.Items))
			case m.Items == nil && len(to.elements) != len(r.elements) && len(im.mapUnits(r)) != len(to.elements):
				im.errorAt(model.ValueCount, m.Span, "write which element goes where, as in -> ("+to.name+": …)", "%s has %s, but %s, to which it maps, has %d", r.name, elementCount(len(r.elements)), to.name, len(to.elements))
			}
		}
	}
}

// mapUnits are what the items of a range's list stand for, one list of elements each.
func (im *importer) mapUnits(r *rng) [][]string {
	if r.eq.Kind == syntax.EqAlias || r.eq.Expr != nil {
		return singles(r.elements)
	}
	var out [][]string
	for _, item := range r.eq.Items {
		if inner := im.ranges[syntax.Fold(item.Name)]; item.Last == "" && inner != nil && inner != r {
			out = append(out, inner.elements)
			continue
		}
		if item.Last == "" {
			out = append(out, []string{syntax.Fold(item.Name)})
			continue
		}
		return singles(r.elements)
	}
	return out
}

func singles(elements []string) [][]string {
	out := make([][]string, len(elements))
	for i := range elements {
		out[i] = elements[i : i+1]
	}
	return out
}

func elementCount(n int) string {
	if n == 1 {
		return "1 element"
	}
	return strconv.Itoa(n) + " elements"
}

// images are the pairs of elements that a mapping makes: from an element of r to those
// that it stands for in the other range.
func (im *importer) images(r *rng, m syntax.Mapping) map[string][]string {
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
	units := im.mapUnits(r)
	if m.Items == nil {
		to := im.ranges[m.To].elements
		if len(to) == len(r.elements) {
			units = singles(r.elements)
		}
		for i := range min(len(units), len(to)) { // other counts are reported with the ranges
			add(units[i], to[i:i+1])
		}
		return out
	}
	if len(m.Items) != len(units) {
		units = singles(r.elements)
	}
	for i, item := range m.Items[:min(len(m.Items), len(units))] {
		if inner := im.ranges[item.Key]; inner != nil {
			add(units[i], inner.elements)
		} else {
			add(units[i], []string{item.Key})
		}
	}
	return out
}

// partner finds the element of range r that stands for element e of the range on the
// left, or "". A part of a range maps as the range does.
func (im *importer) partner(r, left *rng, e string) string {
	for _, m := range r.maps {
		if to := im.ranges[m.To]; to == nil || to.family != left.family {
			continue
		}
		if from := im.mapped(r, m).source[e]; from != "" {
			return from
		}
	}
	for _, m := range left.maps {
		if to := im.ranges[m.To]; to == nil || to.family != r.family {
			continue
		}
		if at := im.mapped(left, m).images[e]; len(at) == 1 && r.has(at[0]) {
			return at[0]
		}
	}
	for _, wide := range r.familyRanges() {
		if wide == r || len(wide.maps) == 0 || len(wide.elements) < len(r.elements) {
			continue
		}
		if from := im.partner(&rng{maps: wide.maps, elements: wide.elements, eq: wide.eq, key: wide.key}, left, e); from != "" && r.has(from) {
			return from
		}
	}
	return ""
}

// has reports whether an element is in the range.
func (r *rng) has(e string) bool {
	if r.at == nil {
		r.at = map[string]bool{}
		for _, x := range r.elements {
			r.at[x] = true
		}
	}
	return r.at[e]
}

func (r *rng) familyRanges() []*rng {
	if r.family == nil {
		return nil
	}
	return r.family.ranges
}

// A mapped range is a mapping worked out: the elements that each one stands for, and the
// first one that stands for each.
type mapped struct {
	images map[string][]string
	source map[string]string
}

// mapped works a mapping out, once.
func (im *importer) mapped(r *rng, m syntax.Mapping) *mapped {
	key := imageKey{r.key, m.Span}
	if im.imageCache == nil {
		im.imageCache = map[imageKey]*mapped{}
	}
	if got := im.imageCache[key]; got != nil {
		return got
	}
	got := &mapped{im.images(r, m), map[string]string{}}
	for _, from := range r.elements {
		for _, to := range got.images[from] {
			if got.source[to] == "" {
				got.source[to] = from
			}
		}
	}
	im.imageCache[key] = got
	return got
}

type imageKey struct {
	key string
	at  syntax.Span
}
