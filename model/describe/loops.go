package describe

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"weir/model"
)

// mostLoops is how many feedback loops are listed; the others are counted.
const mostLoops = 20

// loops lists the feedback loops in words: the effect of more in the first stock, around
// and back to it. Those that join modules are first, the shortest before the others. A
// stock and a flow of its own that it drives are a loop, too, but not worth a line.
func (w *writer) loops() {
	if w.g == nil {
		return
	}
	var listed []*model.Loop
	small, left := 0, 0
	for _, l := range w.g.Loops {
		switch {
		case w.own && !w.ofOwn(l):
		case len(l.Nodes) < 3:
			small++
		default:
			listed = append(listed, l)
		}
	}
	slices.SortStableFunc(listed, func(a, b *model.Loop) int { return cmp.Compare(w.joins(a), w.joins(b)) })
	if len(listed) > mostLoops {
		listed, left = listed[:mostLoops], len(listed)-mostLoops
	}
	for i, l := range listed {
		fmt.Fprintf(w, "%d. %s\n", i+1, w.inWords(l))
	}
	if len(listed) > 0 {
		w.WriteString("\n“More” and “less” hold for the values of a run without changes, all else equal.\n")
	}
	if small+left > 0 {
		fmt.Fprintf(w, "\nNot listed: %s of a stock with a flow of its own, and %s more."+
			" `weir inspect --print=loops` has them.\n", counted(small), counted(left))
	}
}

// counted returns a number of loops in words.
func counted(n int) string {
	if n == 1 {
		return "1 loop"
	}
	return fmt.Sprintf("%d loops", n)
}

// joins is 0 for a loop that passes through more than one module, 1 for another. The number is one
// to sort by.
func (w *writer) joins(l *model.Loop) int {
	first := w.m.Variable(l.Nodes[0].Name)
	for _, n := range l.Nodes {
		if v := w.m.Variable(n.Name); v != nil && first != nil && v.Module != first.Module {
			return 0
		}
	}
	return 1
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

// polarities are the words for the effect of a loop.
var polarities = map[model.Polarity]string{
	model.Reinforcing: "**Reinforcing**, a change grows:",
	model.Balancing:   "**Balancing**, a change is worked against:",
	model.NotKnown:    "**Either way**, which way depends on the values:",
}

// inWords follows a loop: more teachers → less workload → more teachers. From an influence
// of unknown direction on there are names alone. A variable that a module only takes from
// outside is left out, since its source is there already.
func (w *writer) inWords(l *model.Loop) string {
	sign := model.Positive
	var parts []string
	for i := range len(l.Nodes) + 1 {
		n := l.Nodes[i%len(l.Nodes)]
		v := w.m.Variable(n.Name)
		taken := v != nil && v.Scope != v.Module && plainName().MatchString(v.Equation.Text)
		if i == 0 || i == len(l.Nodes) || !taken {
			parts = append(parts, amounts[sign]+w.label(n))
		}
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

// amounts are the words before a name, by the direction of its change.
var amounts = map[model.Sign]string{model.Positive: "more ", model.Negative: "less ", model.Unknown: ""}

// plainName is an equation that only names a variable.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL_][\pL\pN_.]*$`) })

// label names a node: by its label in quotes, or by its name.
func (w *writer) label(n *model.Node) string {
	if v := w.m.Variable(n.Name); v == nil || v.Label == "" {
		return code(n.Name)
	}
	return "“" + prose(n.Label) + "”"
}
