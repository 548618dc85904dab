// Package cover shares the elements of an array variable among its equations, values or tables,
// by their keys.
package cover

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model/check/internal/box"
	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
)

// A Coverer shares the elements of variables and reports keys that do not fit.
type Coverer struct{ *state.State }

// New returns the coverer of a model.
func New(s *state.State) *Coverer { return &Coverer{s} }

// A Claim is an equation, a value or a table with the elements that its key names. The first
// claim of a variable may be the one without a key, which covers the elements that are left.
type Claim struct {
	// as written; "" for the claim without a key
	Key string
	// the place of the key, for reports
	At  diagnostic.Span
	Box box.Box
}

// words returns the key of a claim for a message.
func (k Claim) words() string {
	if k.Key == "" {
		return "the one without a key"
	}
	return fmt.Sprintf("%q", k.Key)
}

// A region is one claim with the boxes of elements that it ended up with.
type region struct {
	// the position in the list of claims
	Claim int
	// disjoint; together they may be fewer elements than the claim's box
	Boxes []box.Box
}

// Regions shares a variable's elements among its claims: the more specific key wins. It reports
// elements that nobody claims, and keys that overlap with neither inside the other. The word
// for a claim is equation, value or table. There is one region per claim, in the order of the
// claims; a claim that got no element has no boxes. A single claim without a key takes everything
// and is not looked at further.
func (c *Coverer) Regions(v *document.Variable, claims []Claim, what string) []region {
	over := c.DomainsOf(v.Over)
	extents := state.Sizes(over)
	if len(claims) == 1 && claims[0].Key == "" {
		return []region{{0, []box.Box{box.Whole(extents)}}}
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
	if len(missing) > 0 && !c.BadKeys[v] {
		c.Bad[v] = true
		c.Report(code.MissingElement, v.Span,
			fmt.Sprintf("give the missing elements their %s, or all others one together", what),
			"%s has no %s for %s", v, what, nameElements(missing, over))
	}
	var out []region
	for i, e := range elements {
		out = append(out, region{i, box.Boxes(e, extents)})
	}
	return out
}

// settle returns the claim that every element goes to, -1 for none. Claims take their elements from
// the widest on, so that the last one to take an element is the narrowest. An element that a claim
// takes from another one that does not contain the claim is disputed, until a claim inside both
// settles it.
func (c *Coverer) settle(v *document.Variable, claims []Claim, extents []int) []int {
	owner := make([]int, box.Product(extents))
	for i := range owner {
		owner[i] = -1
	}
	disputed := map[int]bool{}
	order := bySize(claims)
	for _, i := range order {
		yields := map[int]bool{} // the claims met so far: whether they give way to this one
		claims[i].Box.Each(extents, func(e int) {
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

// bySize returns the numbers of claims from the widest to the narrowest. Of two of the same size
// the one written first comes first.
func bySize(claims []Claim) []int {
	order := box.Count(len(claims))
	slices.SortStableFunc(order, func(i, j int) int { return claims[j].Box.Size() - claims[i].Box.Size() })
	return order
}

// yieldsTo reports whether a claim gives way to another: the one without a key to any, others
// to those inside them.
func (k Claim) yieldsTo(other Claim) bool {
	return k.Key == "" || k.Box.Contains(other.Box) && k.Box.Size() > other.Box.Size()
}

// reportDisputes reports the elements that two claims want and that no claim within both
// settles.
func (c *Coverer) reportDisputes(v *document.Variable, claims []Claim, disputed map[int]bool, extents, order []int) {
	reported := map[[2]int]bool{}
	for _, e := range slices.Sorted(maps.Keys(disputed)) {
		one, other, open := contest(claims, order, box.Box(box.At(e, extents)))
		if !open || reported[[2]int{one, other}] {
			continue
		}
		reported[[2]int{one, other}] = true
		c.Bad[v] = true
		c.Report(code.OverlappingKeys, claims[other].At, "write one key for these elements alone",
			"both %s and %s give %s%s",
			claims[one].words(), claims[other].words(), v, nameElement(e, c.DomainsOf(v.Over)))
		c.Relate(claims[one].At, "the other key is here")
	}
}

// contest returns two claims on an element of which neither is inside the other. It returns
// open = false if the narrowest one is inside all the others. Order has the claims from the widest
// to the narrowest. At least one claim with a key must be on the element.
func contest(claims []Claim, order []int, element box.Box) (one, other int, open bool) {
	var on []int
	for _, i := range order {
		if claims[i].Key != "" && claims[i].Box.Contains(element) {
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

// nameElement returns an element as [district,k], "" for a scalar.
func nameElement(element int, over []*state.Domain) string {
	if len(over) == 0 {
		return ""
	}
	names := make([]string, len(over))
	for i, place := range box.At(element, state.Sizes(over)) {
		names[i] = over[i].Out.Elements[place[0]]
	}
	return "[" + strings.Join(names, ",") + "]"
}

// nameElements returns a list of elements, the first few by name.
func nameElements(elements []int, over []*state.Domain) string {
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

// KeyBox returns the elements that a key names: one word per dimension, or a single word that
// fits one dimension alone. A word is an element, a subrange or a star. It returns false after
// a report.
func (c *Coverer) KeyBox(v *document.Variable, key string, at diagnostic.Span) (box.Box, bool) {
	over := c.DomainsOf(v.Over)
	words := strings.Split(key, ",")
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
	}
	if len(words) == 1 && len(over) > 1 {
		return c.singleWord(v, words[0], at, box.Whole(state.Sizes(over)))
	}
	if len(words) != len(over) {
		c.Bad[v] = true
		c.Report(code.SubscriptCount, at, "write one element a dimension, or * for all",
			"%q has %d elements, but %s is %s", key, len(words), v, document.OverWords(v.Over))
		return nil, false
	}
	out := make(box.Box, len(over))
	for i, w := range words {
		places, ok := c.wordPlaces(over[i], w)
		if !ok {
			c.Bad[v], c.BadKeys[v] = true, true
			c.Report(code.UnknownElement, at, state.SuggestElement(w, c.words(over[i])),
				"%s has no element %q", over[i].Decl.Name, w)
			return nil, false
		}
		out[i] = places
	}
	return out, true
}

// singleWord returns the elements of a key of one word, for a variable of several dimensions. Out
// is the box of all elements, and is narrowed in the one dimension that has the word. A star fits
// every dimension, so alone it names none.
func (c *Coverer) singleWord(v *document.Variable, word string, at diagnostic.Span, out box.Box) (box.Box, bool) {
	over := c.DomainsOf(v.Over)
	var fits []string
	var near []string
	for i, d := range over {
		near = append(near, c.words(d)...)
		if places, ok := c.wordPlaces(d, word); ok && word != "*" {
			fits = append(fits, d.Decl.Name)
			out[i] = places
		}
	}
	switch len(fits) {
	case 1:
		return out, true
	case 0:
		c.Report(code.UnknownElement, at, diagnostic.DidYouMean(word, near),
			"none of the dimensions of %s (%s) has an element %q", v, strings.Join(v.Over, ", "), word)
	default:
		c.Report(code.UnknownElement, at, "write one element a dimension, as in \"*, "+word+"\"",
			"%q is an element of %s", word, strings.Join(fits, " and of "))
	}
	c.Bad[v], c.BadKeys[v] = true, true
	return nil, false
}

// wordPlaces returns the positions in a dimension that a word of a key names. The positions ascend.
// It returns false if the dimension lacks the word, or a part of the subrange that it names.
func (c *Coverer) wordPlaces(d *state.Domain, word string) ([]int, bool) {
	if word == "*" {
		return box.Count(d.Size()), true
	}
	if at, ok := d.Lookup(word); ok {
		return []int{at}, true
	}
	sub := c.Domains[equation.Canonical(word)]
	if sub == nil || sub.Root != d.Root {
		return nil, false
	}
	var out []int
	for _, root := range sub.Up {
		if at, ok := d.Place(root); ok {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out, len(out) == sub.Size()
}

// words returns everything that a key may name in a dimension, for suggestions.
func (c *Coverer) words(d *state.Domain) []string {
	out := slices.Clone(d.Out.Elements)
	for _, s := range c.Model.Dimensions {
		if sub := c.Domains[s.Name]; sub != nil && sub.Root == d.Root {
			out = append(out, s.Name)
		}
	}
	return out
}
