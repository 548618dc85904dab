package explain

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/explain/channel"
	"weir/scenarios/prose"
)

// A circle is a feedback loop that is to be cut.
type circle struct {
	id, label string
	variables []*resolved.Variable // each acts on the next, the last on the first
	cut       int                  // the place whose link to the next is cut
	others    int                  // known loops that pass that link, too
	pure      bool                 // no first way of the effect passes the cut
	named     bool
	task      int
}

// next returns the place behind the cut.
func (l *circle) next() int { return (l.cut + 1) % len(l.variables) }

// mostGains is how many loops without a name of the model's an explanation lists.
const mostGains = 5

// circle finds the loops between decisions and the outcome: those that the model names, or if it
// names none at most so many of the shortest others.
func (x *subject) circle(source *channel.Source, between []*resolved.Variable, most int) {
	on := func(v *resolved.Variable) bool { return slices.Contains(between, v) }
	for _, l := range x.c.Set.Resolved.Loops {
		if !slices.ContainsFunc(l.Through, func(v *resolved.Variable) bool { return !on(v) }) {
			x.loops = append(x.loops, circle{id: l.Name, label: cmp.Or(l.Label, l.Name), variables: l.Through,
				named: true})
		}
	}
	known := x.known()
	if len(x.c.Set.Resolved.Loops) == 0 && most > 0 {
		for _, variables := range known {
			if len(x.loops) < most && !plain(variables) && !repeats(variables) && !slices.ContainsFunc(variables,
				func(v *resolved.Variable) bool { return !on(v) }) {
				x.loops = append(x.loops, circle{variables: variables})
			}
		}
	}
	for i := range x.loops {
		l := &x.loops[i]
		if l.choose(source, known); !l.named {
			l.name()
		}
	}
	// Of a loop that nobody has named, only its feedback is of interest.
	x.loops = slices.DeleteFunc(x.loops, func(l circle) bool { return !l.named && !l.pure })
}

// plain reports whether a loop is a stock with a flow of its own, such as its decay: that is how
// it adjusts, and no feedback that anybody would name.
func plain(variables []*resolved.Variable) bool {
	stocks := 0
	for _, v := range variables {
		if v.Kind == resolved.Stock {
			stocks++
		} else if v.Kind != resolved.Flow {
			return false
		}
	}
	return stocks < 2
}

// repeats reports whether a loop passes a variable at several of its elements, as an ageing chain
// does: cutting it there cuts the chain itself, which no feedback is.
func repeats(variables []*resolved.Variable) bool {
	for i, v := range variables {
		if slices.Contains(variables[:i], v) {
			return true
		}
	}
	return false
}

// known returns the loops that the comparison lists.
func (x *subject) known() [][]*resolved.Variable {
	var list [][]*resolved.Variable
	for _, l := range x.c.Structure.Loops {
		var variables []*resolved.Variable
		for _, n := range l.Nodes {
			variables = append(variables, n.Variable)
		}
		list = append(list, variables)
	}
	return list
}

// mostNamed is how many variables name a loop.
const mostNamed = 4

// name names a loop that the model does not: by its variables, and for readers by those at the
// link that is cut and its stocks.
func (l *circle) name() {
	var names, labels []string
	add := func(v *resolved.Variable) {
		if label := cmp.Or(v.Label, v.Name); !slices.Contains(labels, label) && len(labels) < mostNamed {
			labels = append(labels, label)
		}
	}
	add(l.variables[l.cut])
	add(l.variables[l.next()])
	for i := range l.variables {
		if v := l.variables[(l.next()+i)%len(l.variables)]; v.Kind == resolved.Stock {
			add(v)
		}
	}
	for _, v := range l.variables {
		names = append(names, v.Name)
	}
	l.id, l.label = strings.Join(names, " → "), strings.Join(labels, " → ")
}

// choose takes a link that only leads back, if there is one. Of equal ones it takes that which the
// fewest other loops pass, and of those the first: cutting it takes as little as can be out beside
// the loop itself.
func (l *circle) choose(source *channel.Source, known [][]*resolved.Variable) {
	l.others = math.MaxInt
	for i := range l.variables {
		from, to := l.variables[i], l.variables[(i+1)%len(l.variables)]
		pure, others := source.Returns(from, to), l.passing(from, to, known)
		if pure && !l.pure || pure == l.pure && others < l.others {
			l.cut, l.pure, l.others = i, pure, others
		}
	}
}

// passing returns how many other loops pass a link.
func (l *circle) passing(from, to *resolved.Variable, known [][]*resolved.Variable) int {
	others := 0
	for _, loop := range known {
		for k, v := range loop {
			if v == from && loop[(k+1)%len(loop)] == to && !same(loop, l.variables) {
				others++
			}
		}
	}
	return others
}

// same reports whether two loops pass the same variables in the same order, wherever they begin.
func same(a, b []*resolved.Variable) bool {
	at := slices.Index(b, a[0])
	return at >= 0 && len(a) == len(b) && slices.Equal(a, slices.Concat(b[at:], b[:at]))
}

// gains returns what the loops do to the difference, the largest first. Of loops without a
// name only the largest are listed, and of those with the same cut the shortest.
func (x *subject) gains(m *middle) []scenarios.LoopGain {
	var list []scenarios.LoopGain
	cuts := map[[2]string]bool{}
	for _, l := range x.loops {
		g := scenarios.LoopGain{ID: l.id, Label: l.label, Others: l.others, Pure: l.pure,
			Cut: [2]string{l.variables[l.cut].Name, l.variables[l.next()].Name}}
		if l.task == base || !l.named && cuts[g.Cut] {
			continue
		}
		cuts[g.Cut] = true
		for _, v := range l.variables {
			g.Variables = append(g.Variables, v.Name)
		}
		whole, without := m.values(x.full), m.values(l.task)
		if slices.ContainsFunc(without, func(x float64) bool { return x-x != 0 }) {
			continue // without it the run breaks down: it has no number
		}
		beyond := make([]float64, len(whole))
		for i := range whole {
			beyond[i] = whole[i] - without[i]
		}
		g.Amount, g.Without = m.at(beyond), m.at(without)
		g.Range, g.Agree = m.spread(beyond)
		g.Clear = g.Agree >= scenarios.AgreeShare
		if full := m.at(whole); full*g.Without > 0 {
			g.Gain = prose.Finite(full / g.Without)
		}
		list = append(list, g)
	}
	slices.SortStableFunc(list, func(a, b scenarios.LoopGain) int {
		return cmp.Compare(math.Abs(b.Amount), math.Abs(a.Amount))
	})
	if len(x.c.Set.Resolved.Loops) == 0 {
		list = list[:min(len(list), mostGains)]
	}
	return list
}
