package output

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"weir/model"
)

// WriteUnits writes every variable with its kind, unit and dimensions. A variable is one line; one
// without a unit says so, since a missing unit is easily overlooked.
func WriteUnits(w io.Writer, m *model.Model) {
	name := 0
	for _, v := range m.Variables {
		name = max(name, len(v.Name))
	}
	for _, v := range m.Variables {
		unit := v.Units
		if unit == "" {
			unit = "not declared"
		}
		over := ""
		if len(v.Over) > 0 {
			over = "  over " + strings.Join(v.Over, ", ")
		}
		fmt.Fprintf(w, "%-*s  %-8s  %s%s\n", name, v.Name, v.Kind, unit, over)
	}
}

// repeats returns names with repeated runs folded, as where a loop passes through the grades of a
// school: [a b a b a b c] is [(a → b) 3 times, c]. The names form a cycle without its last link
// back. A repeat is looked for from each place on, the shortest first.
func repeats(names []string) []string {
	var out []string
	for i := 0; i < len(names); {
		length, times := 1, 1
		for n := 2; i+2*n <= len(names) && times == 1; n++ {
			length = n
			for j := i + n; j+n <= len(names) && slices.Equal(names[j:j+n], names[i:i+n]); j += n {
				times++
			}
		}
		if times == 1 {
			out = append(out, names[i])
			i++
			continue
		}
		out = append(out, fmt.Sprintf("(%s) %d times", strings.Join(names[i:i+length], " → "), times))
		i += length * times
	}
	return out
}

// WriteLoops writes feedback loops with their polarity, the shortest first. A last line counts the
// loops that are left out, if there are too many to list.
func WriteLoops(w io.Writer, g *model.Graph, columns int) {
	if len(g.Loops) == 0 {
		fmt.Fprintln(w, "no feedback loops")
		return
	}
	for i, l := range g.Loops {
		way := strings.Join(append(repeats(l.Names()), l.Names()[0]), " → ")
		fmt.Fprintf(w, "%3d  %-11s  %s\n", i+1, l.Polarity, Hanging(way, 18, columns))
	}
	if left := g.LeftOut(); left != "" {
		fmt.Fprintln(w, "     "+left)
	}
}
