package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// A claim is what an equation, a value or a table of its own covers: the elements
// that its key names. The first claim of a variable may be the one without a key,
// which covers what is left.
type claim struct {
	key string
	at  diagnostic.Span
	box box
}

func (k claim) words() string {
	if k.key == "" {
		return "the one without a key"
	}
	return fmt.Sprintf("%q", k.key)
}

// A region is one claim with the boxes of elements that it ended up with.
type region struct {
	claim int
	boxes []box
}

// regions shares a variable's elements among its claims: the more specific key
// wins. It reports elements that nobody claims and keys that overlap with neither
// inside the other; what says which word fits: equation, value, table.
func (c *checker) regions(v *document.Variable, claims []claim, what string) []region {
	over := c.domainsOf(v.Over)
	extents := sizes(over)
	if len(claims) == 1 && claims[0].key == "" {
		return []region{{0, []box{whole(extents)}}}
	}
	owner := c.settle(v, claims, extents)
	elements := make([][]int, len(claims))
	var missing []int
	for e, who := range owner {
		if who < 0 {
			missing = append(missing, e)
			continue
		}
		elements[who] = append(elements[who], e)
	}
	if len(missing) > 0 {
		c.bad[v] = true
		c.report(code.MissingElement, v.Span, fmt.Sprintf("give the missing elements their %s, or all others one together", what), "%s has no %s for %s", v.Name, what, nameElements(missing, over))
	}
	var out []region
	for i, e := range elements {
		out = append(out, region{i, boxes(e, extents)})
	}
	return out
}

func sizes(over []*domain) []int {
	out := make([]int, len(over))
	for i, d := range over {
		out[i] = d.size()
	}
	return out
}

// settle finds the claim that every element goes to, or -1.
func (c *checker) settle(v *document.Variable, claims []claim, extents []int) []int {
	owner := make([]int, product(extents))
	for i := range owner {
		owner[i] = -1
	}
	disputed := map[int]bool{}
	order := bySize(claims)
	for _, i := range order {
		yields := map[int]bool{} // the claims met so far: whether they give way to this one
		claims[i].box.each(extents, func(e int) {
			was := owner[e]
			if _, met := yields[was]; !met {
				yields[was] = was < 0 || claims[was].yieldsTo(claims[i])
			}
			if !yields[was] {
				disputed[e] = true
			}
			owner[e] = i
		})
	}
	c.reportDisputes(v, claims, disputed, extents, order)
	return owner
}

// bySize orders claims from the widest to the narrowest.
func bySize(claims []claim) []int {
	order := count(len(claims))
	slices.SortStableFunc(order, func(i, j int) int { return claims[j].box.size() - claims[i].box.size() })
	return order
}

func (b box) size() int {
	n := 1
	for _, at := range b {
		n *= len(at)
	}
	return n
}

// yieldsTo reports whether a claim gives way to another: the one without a key to
// any, others to those that are inside them.
func (k claim) yieldsTo(other claim) bool {
	return k.key == "" || k.box.contains(other.box) && k.box.size() > other.box.size()
}

// reportDisputes reports the elements that two claims want and no claim within
// both settles.
func (c *checker) reportDisputes(v *document.Variable, claims []claim, disputed map[int]bool, extents, order []int) {
	reported := map[[2]int]bool{}
	for _, e := range slices.Sorted(maps.Keys(disputed)) {
		one, other, open := contest(claims, order, box(at(e, extents)))
		if !open || reported[[2]int{one, other}] {
			continue
		}
		reported[[2]int{one, other}] = true
		c.bad[v] = true
		c.report(code.OverlappingKeys, claims[other].at, "write one key for these elements alone", "both %s and %s give %s%s",
			claims[one].words(), claims[other].words(), v.Name, nameElement(e, c.domainsOf(v.Over)))
		c.relate(claims[one].at, "the other key is here")
	}
}

// contest finds two claims on an element of which neither is inside the other,
// unless the narrowest one is inside all the others.
func contest(claims []claim, order []int, element box) (one, other int, open bool) {
	var on []int
	for _, i := range order {
		if claims[i].key != "" && claims[i].box.contains(element) {
			on = append(on, i)
		}
	}
	last := on[len(on)-1]
	for _, i := range on[:len(on)-1] {
		if !claims[i].yieldsTo(claims[last]) {
			return min(i, last), max(i, last), true
		}
	}
	return 0, 0, false
}

// at is the place of an element in each dimension, as lists of one.
func at(element int, extents []int) [][]int {
	out := make([][]int, len(extents))
	for i := len(extents) - 1; i >= 0; i-- {
		out[i] = []int{element % extents[i]}
		element /= extents[i]
	}
	return out
}

// nameElement writes an element as [district,k]; nothing for a scalar.
func nameElement(element int, over []*domain) string {
	if len(over) == 0 {
		return ""
	}
	names := make([]string, len(over))
	for i, place := range at(element, sizes(over)) {
		names[i] = over[i].out.Elements[place[0]]
	}
	return "[" + strings.Join(names, ",") + "]"
}

// nameElements lists elements, the first few by name.
func nameElements(elements []int, over []*domain) string {
	const most = 5
	var names []string
	for _, e := range elements[:min(most, len(elements))] {
		names = append(names, nameElement(e, over))
	}
	if more := len(elements) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}

// keyBox finds the elements that a key names: one word a dimension, or a single
// word that fits one dimension alone. A word is an element, a subrange or a star.
func (c *checker) keyBox(v *document.Variable, key string, at diagnostic.Span) (box, bool) {
	over := c.domainsOf(v.Over)
	words := strings.Split(key, ",")
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
	}
	if len(words) == 1 && len(over) > 1 {
		return c.singleWord(v, words[0], at, whole(sizes(over)))
	}
	if len(words) != len(over) {
		c.bad[v] = true
		c.report(code.SubscriptCount, at, "write one element a dimension, or * for all", "%q has %d elements, but %s is %s", key, len(words), v.Name, document.OverWords(v.Over))
		return nil, false
	}
	out := make(box, len(over))
	for i, w := range words {
		places, ok := c.wordPlaces(over[i], w)
		if !ok {
			c.bad[v] = true
			c.report(code.UnknownElement, at, diagnostic.DidYouMean(w, c.words(over[i])), "%s has no element %q", over[i].decl.Name, w)
			return nil, false
		}
		out[i] = places
	}
	return out, true
}

// singleWord is a key of one word for a variable of several dimensions.
func (c *checker) singleWord(v *document.Variable, word string, at diagnostic.Span, out box) (box, bool) {
	over := c.domainsOf(v.Over)
	var fits []string
	var near []string
	for i, d := range over {
		near = append(near, c.words(d)...)
		if places, ok := c.wordPlaces(d, word); ok && word != "*" {
			fits = append(fits, d.decl.Name)
			out[i] = places
		}
	}
	switch len(fits) {
	case 1:
		return out, true
	case 0:
		c.report(code.UnknownElement, at, diagnostic.DidYouMean(word, near), "none of the dimensions of %s (%s) has an element %q", v.Name, strings.Join(v.Over, ", "), word)
	default:
		c.report(code.UnknownElement, at, "write one element a dimension, as in \"*, "+word+"\"", "%q is an element of %s", word, strings.Join(fits, " and of "))
	}
	c.bad[v] = true
	return nil, false
}

// wordPlaces are the positions in a dimension that a word of a key names.
func (c *checker) wordPlaces(d *domain, word string) ([]int, bool) {
	if word == "*" {
		return count(d.size()), true
	}
	if at, ok := d.lookup(word); ok {
		return []int{at}, true
	}
	sub := c.domains[equation.Canonical(word)]
	if sub == nil || sub.root != d.root {
		return nil, false
	}
	var out []int
	for _, root := range sub.up {
		if at, ok := d.place(root); ok {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out, len(out) == sub.size()
}

// words are what may stand in a key for a dimension.
func (c *checker) words(d *domain) []string {
	out := slices.Clone(d.out.Elements)
	for _, s := range c.m.Dimensions {
		if sub := c.domains[s.Name]; sub != nil && sub.root == d.root {
			out = append(out, s.Name)
		}
	}
	return out
}
