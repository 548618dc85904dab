package diff

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// textRows is how many series a terminal shows; the page shows them all.
const textRows = 20

var marks = map[Change]string{Added: "+", Removed: "-", Changed: "~", Renamed: ">"}

// WriteText prints a difference for a terminal of the given width.
func (d *Difference) WriteText(w io.Writer, width int) {
	fmt.Fprintf(w, "%s -> %s\n", d.Before, d.After)
	if d.Same() {
		fmt.Fprintf(w, "\nNothing changed: the same equations, and the same bits of %d series.\n", d.Results.Compared)
		return
	}
	fmt.Fprintf(w, "\nWritten: %s\n", d.counts())
	for _, t := range d.Tables {
		t.write(w, width)
	}
	if len(d.Gained)+len(d.Lost) > 0 {
		fmt.Fprintf(w, "\nFeedback loops: %d gained, %d lost\n", len(d.Gained), len(d.Lost))
	}
	for _, l := range d.Gained {
		hang(w, "  + ", l.words(), width)
	}
	for _, l := range d.Lost {
		hang(w, "  - ", l.words(), width)
	}
	d.Results.write(w, width)
}

// counts is "2 changed, 1 added".
func (d *Difference) counts() string {
	var out []string
	for _, c := range []Change{Changed, Added, Removed, Renamed} {
		n := 0
		for _, t := range d.Tables {
			if t.Change == c {
				n++
			}
		}
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, c))
		}
	}
	if len(out) == 0 {
		return "no change"
	}
	return strings.Join(out, ", ")
}

func (t Table) write(w io.Writer, width int) {
	head := "[" + t.Path + "]"
	if t.Change == Renamed {
		head = "[" + t.From + "] is now " + head
	}
	if t.Label != "" {
		head += " " + t.Label
	}
	hang(w, "  "+marks[t.Change]+" ", head, width)
	for _, k := range t.Keys {
		if t.Change == Removed {
			continue // its name says enough
		}
		if k.Before != "" {
			hang(w, "      - "+k.Name+" = ", k.Before, width)
		}
		if k.After != "" {
			hang(w, "      + "+k.Name+" = ", k.After, width)
		}
	}
}

func (l Loop) words() string {
	return string(l.Polarity) + ": " + strings.Join(l.Names, " -> ") + " -> " + l.Names[0]
}

func (r Results) write(w io.Writer, width int) {
	fmt.Fprintf(w, "\nResults: %d of %d series differ\n", len(r.Changed), r.Compared)
	for _, note := range r.Notes {
		hang(w, "  ", note, width)
	}
	if len(r.Changed) == 0 {
		return
	}
	wide := max(20, width-46)
	end := "at " + short(r.Times[len(r.Times)-1])
	fmt.Fprintf(w, "  %-*s %12s %12s  %s\n", wide, "", "before", "after "+end, "most")
	for i, s := range r.Changed {
		if i == textRows {
			fmt.Fprintf(w, "  and %d more; --output page.html shows them\n", len(r.Changed)-i)
			break
		}
		n := len(s.Before) - 1
		fmt.Fprintf(w, "  %-*s %12s %12s  %s at %s\n", wide, clip(s.Name, wide), short(s.Before[n]), short(s.After[n]), s.Percent(), short(s.At))
	}
}

// Percent is the largest difference in words: "3.1 %".
func (s Series) Percent() string {
	switch p := 100 * s.Relative; {
	case math.IsNaN(p) || s.Relative == 0:
		return "not a number"
	case p < 0.001:
		return "under 0.001 %"
	default:
		return strconv.FormatFloat(p, 'f', max(0, 1-int(math.Floor(math.Log10(p)))), 64) + " %"
	}
}

func short(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

func clip(s string, width int) string {
	if r := []rune(s); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return s
}

// hang prints words after a lead, further lines under the first.
func hang(w io.Writer, lead, words string, width int) {
	room := max(20, width-len(lead))
	line := ""
	for _, word := range strings.Fields(words) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > room {
			fmt.Fprintln(w, lead+line)
			lead, line = strings.Repeat(" ", len(lead)), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	fmt.Fprintln(w, lead+line)
}
