package describe

import (
	"fmt"
	"strings"

	"weir/model"
)

// mostLoops is how many feedback loops are told; the others are counted.
const mostLoops = 20

// loops tells the feedback loops in words, the shortest first: what more of the first
// stock does, around and back to it.
func (w *writer) loops() {
	g := model.Structure(w.r)
	told, left := 0, 0
	for _, l := range g.Loops {
		if w.own && !w.ofOwn(l) {
			continue
		}
		if told == mostLoops {
			left++
			continue
		}
		told++
		fmt.Fprintf(w, "%d. %s\n", told, w.inWords(l))
	}
	switch {
	case left > 0:
		fmt.Fprintf(w, "\n%d longer loops are not listed: `weir inspect --print=loops` has them.\n", left)
	case told > 0 && g.LoopsCut:
		fmt.Fprint(w, "\nThere are more loops; these are the shortest through each link.\n")
	}
}

// ofOwn reports whether a loop passes through a variable of the model's own.
func (w *writer) ofOwn(l *model.Loop) bool {
	for _, n := range l.Nodes {
		if v := w.m.Variable(n.Name); v != nil && v.Module == "" {
			return true
		}
	}
	return false
}

// polarities say what a loop does.
var polarities = map[model.Polarity]string{
	model.Reinforcing: "**Reinforcing**, a change grows:",
	model.Balancing:   "**Balancing**, a change is worked against:",
	model.NotKnown:    "**Either way**, which way depends on the values:",
}

// inWords follows a loop: more teachers → less workload → more teachers.
func (w *writer) inWords(l *model.Loop) string {
	sign := model.Positive
	parts := make([]string, 0, len(l.Nodes)+1)
	for i := range len(l.Nodes) + 1 {
		n := l.Nodes[i%len(l.Nodes)]
		parts = append(parts, amounts[sign]+" "+w.label(n))
		if i < len(l.Signs) {
			sign *= l.Signs[i]
		}
	}
	delay := ""
	if l.Delayed {
		delay = " (with a delay)"
	}
	return polarities[l.Polarity] + " " + strings.Join(parts, " → ") + delay
}

var amounts = map[model.Sign]string{model.Positive: "more", model.Negative: "less", model.Unknown: "another"}

// label names a node: by its label in quotes, or by its name.
func (w *writer) label(n *model.Node) string {
	if v := w.m.Variable(n.Name); v == nil || v.Label == "" {
		return code(n.Name)
	}
	return "“" + prose(n.Label) + "”"
}
