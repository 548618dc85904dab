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
			out = append(out, fmt.Sprintf("%s no %d loops together explain half of the change.", span, MostDominant))
			continue
		}
		var names []string
		for _, l := range p.Loops {
			names = append(names, l.said(v, known))
			known[l] = true
		}
		verb := "explains"
		if len(names) > 1 {
			verb = "together explain"
		}
		out = append(out, fmt.Sprintf("%s %s %s %s of the change%s.", span, words.List(names), verb,
			words.Percent(p.Share), g.changing(v, len(out) == 0)))
	}
	return out
}

// changing returns the stocks that change, for the first sentence.
func (g *Group) changing(v Voice, first bool) string {
	if !first || len(g.Stocks) == 0 {
		return ""
	}
	return " in " + words.Few(labels(g.Stocks, v), 4)
}

// said returns a loop within a sentence: with its kind and way where it is new, else by its name
// alone.
func (l *Loop) said(v Voice, known map[*Loop]bool) string {
	name := l.ID
	if l.Label != "" {
		name = fmt.Sprintf("“%s”", l.Label)
	}
	if known[l] {
		return name
	}
	kind := map[structure.Polarity]string{structure.Reinforcing: "the reinforcing loop ",
		structure.Balancing: "the balancing loop ", structure.NotKnown: "the loop "}[l.Polarity]
	if l.Label != "" {
		return kind + name
	}
	return kind + name + " (" + strings.Join(labels(l.Key(), v), " → ") + ")"
}

// keyVariables is how many variables stand for a loop in a sentence.
const keyVariables = 4

// Key returns the variables by which a reader knows a loop: all of a short one; of a longer one its
// stocks, filled up with others at even distances.
func (l *Loop) Key() []string {
	n := len(l.Variables)
	if n <= keyVariables {
		return l.Variables
	}
	chosen := make([]bool, n)
	count := 0
	for i, name := range l.Variables {
		if count < keyVariables && slices.Contains(l.group.Stocks, name) {
			chosen[i] = true
			count++
		}
	}
	for i := 0; i < n && count < keyVariables; i++ {
		if k := (i*n/keyVariables + n/(2*keyVariables)) % n; !chosen[k] && i < keyVariables {
			chosen[k] = true
			count++
		}
	}
	var out []string
	for i, name := range l.Variables {
		if chosen[i] {
			out = append(out, name)
		}
	}
	return out
}

// labels returns the labels of names.
func labels(names []string, v Voice) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = v.Label(name)
	}
	return out
}
