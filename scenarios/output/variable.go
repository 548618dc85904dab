package output

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"weir/scenarios/explain/variable"
	"weir/scenarios/prose"
	"weir/scenarios/words"
)

// WriteVariable writes a report about a variable as text with lines of columns characters, or as
// JSON. unit is the model's time unit.
func WriteVariable(w io.Writer, r *variable.Report, unit, format string, columns int) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	b := bufio.NewWriter(w)
	x := variableText{w: b, r: r, columns: columns}
	x.head()
	x.tree("causes", r.Causes)
	x.tree("uses", r.Uses)
	x.loops()
	x.strips(unit)
	return b.Flush()
}

type variableText struct {
	w       io.Writer
	r       *variable.Report
	columns int
}

// line writes a text some columns in, wrapped with its further lines below.
func (x *variableText) line(at int, text string) {
	fmt.Fprintln(x.w, strings.Repeat(" ", at)+Hanging(text, at, x.columns))
}

// head writes what the variable is.
func (x *variableText) head() {
	r := x.r
	parts := []string{r.Name + ": " + r.Kind}
	if r.Unit != "" {
		parts = append(parts, r.Unit)
	}
	if len(r.Over) > 0 {
		parts = append(parts, "over "+strings.Join(r.Over, ", "))
	}
	x.line(0, strings.Join(parts, ", "))
	if r.Label != "" {
		x.line(2, r.Label)
	}
	if r.About != "" {
		x.line(2, r.About)
	}
	for _, e := range r.Equations {
		x.equation(e)
	}
	x.list("inflows", r.Inflows)
	x.list("outflows", r.Outflows)
	x.assumption()
}

// equation writes one equation with the file and line it was read from, and before it the elements
// that it is for.
func (x *variableText) equation(e variable.Equation) {
	key, place := "", fmt.Sprintf("(%s:%d)", e.File, e.Line)
	if e.Key != "" {
		key = "[" + e.Key + "] "
	}
	switch {
	case e.Text == "":
		x.line(2, place)
		return
	case x.r.Kind == "stock":
		key += "initial "
	case x.r.Kind == "lookup":
		key += "input "
	default:
		key += "= "
	}
	x.line(2, key+strings.Join(strings.Fields(e.Text), " ")+"  "+place)
	if e.Original != "" && e.Original != e.Text {
		x.line(4, "in the file: "+e.Original)
	}
}

// list writes names after a word, and nothing if there are none.
func (x *variableText) list(what string, names []string) {
	if len(names) > 0 {
		x.line(2, what+" "+strings.Join(names, ", "))
	}
}

// assumption writes the numbers of a constant and where they come from.
func (x *variableText) assumption() {
	r := x.r
	var parts []string
	switch n := len(r.Values); {
	case n == 1:
		parts = append(parts, "value "+words.Number(r.Values[0]))
	case n > 1:
		parts = append(parts, fmt.Sprintf("%d values, the first %s", n, words.Number(r.Values[0])))
	}
	if r.Range != nil {
		parts = append(parts, fmt.Sprintf("range %s to %s", words.Number(r.Range[0]), words.Number(r.Range[1])))
	}
	for _, p := range [][2]string{{"evidence", r.Evidence}, {"source", r.Source}, {"owner", r.Owner}} {
		if p[1] != "" {
			parts = append(parts, p[0]+" "+p[1])
		}
	}
	if len(parts) > 0 {
		x.line(2, strings.Join(parts, "; "))
	}
}

// tree writes causes or uses.
func (x *variableText) tree(title string, list []*variable.Branch) {
	fmt.Fprintln(x.w)
	if len(list) == 0 {
		x.line(0, title+": none")
		return
	}
	x.line(0, title)
	x.branches(list, "  ")
}

// branches writes a tree of causes or uses, with the signs of links and a rule for each level.
func (x *variableText) branches(list []*variable.Branch, before string) {
	for i, b := range list {
		knot, below := "├ ", "│ "
		if i == len(list)-1 {
			knot, below = "└ ", "  "
		}
		text := b.Sign + " " + b.Name
		for _, note := range []struct {
			is   bool
			text string
		}{{b.Kind == "constant" || b.Kind == "decision" || b.Kind == "data", b.Kind}, {b.Delayed,
			"delayed"}, {b.Initial, "at the start only"},
			{b.Own, "a loop closes"}, {b.Known, "see above"}} {
			if note.is {
				text += ", " + note.text
			}
		}
		if b.More > 0 {
			text += fmt.Sprintf(" (%d more)", b.More)
		}
		fmt.Fprintln(x.w, prose.Clip(before+knot+text, x.columns))
		x.branches(b.Branches, before+below)
	}
}

// mostLoops is how many loops a terminal shows.
const mostLoops = 8

// loops writes the loops through the variable by the part that each explains, or why there are
// none.
func (x *variableText) loops() {
	fmt.Fprintln(x.w)
	if len(x.r.Loops) == 0 {
		if x.r.LoopsKnown == "" {
			x.r.LoopsKnown = "none of the loops that were scored passes it"
		}
		x.line(0, "loops: "+x.r.LoopsKnown)
		return
	}
	if x.r.Loops[0].ID != "" {
		x.line(0, "loops, by the part of its group's behavior that each explains over the run")
	} else {
		x.line(0, "loops: "+x.r.LoopsKnown)
		x.r.LoopsKnown = ""
	}
	for i, l := range x.r.Loops {
		if i == mostLoops {
			x.line(2, fmt.Sprintf("and %s more: --format json has all", words.Count(len(x.r.Loops)-i, "loop")))
			break
		}
		way := strings.Join(append(repeats(l.Variables), l.Variables[0]), " → ")
		if l.ID == "" {
			x.line(2, l.Polarity+" "+way)
			continue
		}
		name := l.ID
		if l.Name != "" {
			name += " " + l.Name
		}
		fmt.Fprintf(x.w, "  %-4s %6s  %s\n", name, words.Percent(l.Share), Hanging(way, 15, x.columns))
	}
	if x.r.LoopsKnown != "" {
		x.line(2, x.r.LoopsKnown)
	}
}

// strips writes the courses, one below the other on one time axis.
func (x *variableText) strips(unit string) {
	r := x.r
	fmt.Fprintln(x.w)
	if r.NoRun != "" {
		x.line(0, "no course: "+r.NoRun)
		return
	}
	if len(r.Strips) == 0 {
		return
	}
	x.line(0, fmt.Sprintf("course with its causes, %s %s to %s", unit, words.Number(r.Time[0]),
		words.Number(r.Time[len(r.Time)-1])))
	name := 0
	for _, s := range r.Strips {
		name = max(name, len([]rune(stripName(s))))
	}
	name = min(name, max(12, x.columns*2/5))
	chart := max(8, min(40, x.columns-name-30))
	for _, s := range r.Strips {
		fmt.Fprintf(x.w, "  %1s %s  %s %10s → %s\n", s.Sign, Fit(stripName(s), name), Fit(Sparkline(s.Values, chart),
			chart),
			words.Number(s.Values[0]), words.Number(s.Values[len(s.Values)-1]))
	}
}

// stripName returns the name of a strip, with the number of elements of which it is the mean.
func stripName(s variable.Strip) string {
	if s.Mean > 1 {
		return fmt.Sprintf("%s (mean of %d)", s.Name, s.Mean)
	}
	return s.Name
}
