package diff

import (
	"cmp"
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/sim"
)

// A Loop is a feedback loop that only one of the models has, or that works the other
// way in the other: then Was is how it worked before.
type Loop struct {
	Names    []string
	Polarity model.Polarity
	Was      model.Polarity
}

// A Link is an influence of one variable on another. Names are those after a renaming.
type Link struct{ From, To string }

// Structure holds the changes of links and loops. Loops are gained or lost with a link
// that they go through; a model lists only the shortest loop through each link, so that
// a loop that it does not list any more need not be gone.
type Structure struct {
	Gained, Lost           []Loop
	Turned                 []Loop // reinforcing that were balancing, and the other way round
	LinksGained, LinksLost []Link
}

// structure compares two models whose runs are known: which way a loop works is judged
// where the values of its model's run lie. Names are those after. Polarities that are not known on
// either side are no turn. A loop is gained if one of its links is new, and lost if one of its
// links is gone.
func structure(a, b *resolved.Model, old, now *sim.Result, n names) Structure {
	before, after := scenarios.StructureIn(a, old), scenarios.StructureIn(b, now)
	was, is := links(before, n), links(after, nil)
	var s Structure
	for _, l := range order(after, nil) {
		if !was[l] {
			s.LinksGained = append(s.LinksGained, l)
		}
	}
	for _, l := range order(before, n) {
		if !is[l] {
			s.LinksLost = append(s.LinksLost, l)
		}
	}
	had := map[string]model.Polarity{}
	for _, l := range loops(before, n) {
		had[l.key()] = l.Polarity
		if !l.within(is) {
			s.Lost = append(s.Lost, l)
		}
	}
	for _, l := range loops(after, nil) {
		if !l.within(was) {
			s.Gained = append(s.Gained, l)
		}
		if p := had[l.key()]; p != "" && p != l.Polarity && p != model.NotKnown && l.Polarity != model.NotKnown {
			l.Was = p
			s.Turned = append(s.Turned, l)
		}
	}
	return s
}

// order returns a graph's links, each once. They come in the order of the graph, so that two
// reports of the same change are equal. n may be nil.
func order(g *model.Graph, n names) []Link {
	var out []Link
	seen := map[Link]bool{}
	for _, l := range g.Links {
		link := Link{n.of(l.From.Name), n.of(l.To.Name)}
		if !seen[link] {
			seen[link] = true
			out = append(out, link)
		}
	}
	return out
}

// links returns the links of a graph under the names after, as a set.
func links(g *model.Graph, n names) map[Link]bool {
	out := map[Link]bool{}
	for _, l := range order(g, n) {
		out[l] = true
	}
	return out
}

// loops returns the loops of a graph under the names after.
func loops(g *model.Graph, n names) []Loop {
	var out []Loop
	for _, l := range g.Loops {
		loop := Loop{Polarity: l.Polarity}
		for _, name := range l.Names() {
			loop.Names = append(loop.Names, n.of(name))
		}
		out = append(out, loop)
	}
	return out
}

// within reports whether a graph has all links of a loop. The last name's link to the first counts
// too.
func (l Loop) within(links map[Link]bool) bool {
	for i, name := range l.Names {
		if !links[Link{name, l.Names[(i+1)%len(l.Names)]}] {
			return false
		}
	}
	return true
}

// key returns the loop's name, the same wherever it begins. It begins with the name that is first
// in the alphabet.
func (l Loop) key() string {
	first := 0
	for i, name := range l.Names {
		if cmp.Less(name, l.Names[first]) {
			first = i
		}
	}
	return strings.Join(slices.Concat(l.Names[first:], l.Names[:first]), " ")
}

// words tell a loop: "balancing: water -> leak -> water".
func (l Loop) words() string {
	way := string(l.Polarity)
	switch {
	case l.Was != "":
		way = "was " + string(l.Was) + ", is " + way
	case l.Polarity == model.NotKnown:
		way = "either way"
	}
	return way + ": " + strings.Join(l.Names, " -> ") + " -> " + l.Names[0]
}

// linksInWords returns links by their target: "a, b -> c". The targets keep the order in which they
// first come.
func linksInWords(list []Link) []string {
	from := map[string][]string{}
	var order []string
	for _, l := range list {
		if from[l.To] == nil {
			order = append(order, l.To)
		}
		from[l.To] = append(from[l.To], l.From)
	}
	var out []string
	for _, to := range order {
		out = append(out, strings.Join(from[to], ", ")+" -> "+to)
	}
	return out
}
