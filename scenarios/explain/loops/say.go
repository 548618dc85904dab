package loops

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/structure"
	"weir/scenarios/words"
)

// A Voice puts the names and times of a model into words: Label a variable's name, as it stands
// within a sentence, and Date a time.
type Voice struct {
	Label func(name string) string
	Date  func(time float64) string
}

// Sentences returns the phases of a group in words, made of nothing but their numbers: one sentence
// a phase.
func (g *Group) Sentences(v Voice) []string {
	var out []string
	known := map[*Loop]bool{}
	for _, p := range g.Phases {
		span := fmt.Sprintf("From %s to %s", v.Date(p.From), v.Date(p.To))
		switch {
		case p.Rest:
			out = append(out, span+" nothing in these loops changes.")
			continue
		case len(p.Loops) == 0:
			out = append(out, fmt.Sprintf("%s more than %d loops share the change; none of them leads.", span,
				MostDominant))
			continue
		}
		names := make([]string, len(p.Loops))
		for i, l := range p.Loops {
			names[i] = l.said(v, known[l], p.Parts[i])
			known[l] = true
		}
		verb := "carries"
		if len(names) > 1 {
			verb = "together carry"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s of the change%s.", span, listed(names), verb,
			words.Percent(p.Share), g.changing(v, len(out) == 0)))
	}
	return out
}

// listed joins loops as in a sentence; those with commas of their own are set apart by semicolons.
func listed(names []string) string {
	for _, name := range names[:len(names)-1] {
		if len(names) > 2 && strings.Contains(name, "(") {
			return strings.Join(names[:len(names)-1], "; ") + "; and " + names[len(names)-1]
		}
	}
	return words.List(names)
}

// changing returns the stocks that change, for the first sentence.
func (g *Group) changing(v Voice, first bool) string {
	if !first || len(g.Stocks) == 0 {
		return ""
	}
	names := labels(g.Stocks, v)
	if len(names) <= mostKey {
		return " in " + words.List(names)
	}
	return " in " + words.Few(names, mostKey-2)
}

// said returns a loop within a sentence: with its kind and way where it is new, else by its name
// alone. Part is its relative score there, whose sign is the polarity of a loop that changes it.
func (l *Loop) said(v Voice, known bool, part float64) string {
	name := l.ID
	if l.Label != "" {
		name = fmt.Sprintf("“%s”", l.Label)
	}
	kind := string(l.Polarity)
	if l.Polarity == structure.NotKnown {
		if kind = string(structure.Reinforcing); part < 0 {
			kind = string(structure.Balancing)
		}
		if known {
			return name + " (" + kind + ")"
		}
		kind = "then " + kind
	}
	if known {
		return name
	}
	name = "the " + kind + " loop " + name
	if l.Label != "" {
		return name
	}
	way := strings.Join(labels(l.Key(), v), " → ")
	if len(l.Across) > 0 {
		way += ", across " + words.List(l.Across)
	}
	return name + " (" + way + ")"
}

// mostKey is how many variables stand for a loop in a sentence.
const mostKey = 6

// Key returns the variables by which a reader knows a loop: its stocks and other states, if there
// are two or more, and else all, in either case only so many that a sentence can hold them.
func (l *Loop) Key() []string {
	list := l.States
	if len(list) < 2 {
		list = l.Variables
	}
	if len(list) <= mostKey {
		return list
	}
	out := make([]string, mostKey)
	for i := range out {
		out[i] = list[i*len(list)/mostKey]
	}
	return out
}

// labels returns the labels of names, without what they say in parentheses, each once.
func labels(names []string, v Voice) []string {
	var out []string
	for _, name := range names {
		label, _, _ := strings.Cut(v.Label(name), " (")
		if !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	return out
}
