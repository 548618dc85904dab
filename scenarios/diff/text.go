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

// marks begin the line of a table in a terminal.
var marks = map[Change]string{Added: "+", Removed: "-", Changed: "~", Renamed: ">"}

// WriteText prints a difference for a terminal of the given width. The order is: the written text,
// the links and loops, the results. Errors of w are not reported.
func (d *Difference) WriteText(w io.Writer, width int) {
	fmt.Fprintf(w, "%s -> %s\n", d.Before, d.After)
	if d.Same() {
		fmt.Fprintf(w, "\nNothing changed: the same equations, and the same bits of %d series.\n", d.Results.Compared)
		for _, note := range d.Results.Notes {
			hang(w, "  ", note, width)
		}
		return
	}
	fmt.Fprintf(w, "\nWritten: %s\n", d.counts())
	for _, t := range d.Tables {
		t.write(w, width)
	}
	if n := len(d.Unchanged); n > 0 {
		fmt.Fprintf(w, "  %d more did not change\n", n)
	}
	d.Structure.write(w, width)
	d.Results.write(w, width)
}

// mostLinks is how many variables a terminal names whose links changed.
const mostLinks = 12

// write prints loops and links that came, went or turned. A part without changes is left out, its
// title too.
func (s Structure) write(w io.Writer, width int) {
	if len(s.LinksGained)+len(s.LinksLost) > 0 {
		fmt.Fprintf(w, "\nWhat acts on what: %d gained, %d lost\n", len(s.LinksGained), len(s.LinksLost))
	}
	hangAll(w, "  + ", linksInWords(s.LinksGained), mostLinks, width)
	hangAll(w, "  - ", linksInWords(s.LinksLost), mostLinks, width)
	if len(s.Gained)+len(s.Lost)+len(s.Turned) > 0 {
		fmt.Fprintf(w, "\nFeedback loops: %d gained, %d lost, %d turned\n", len(s.Gained), len(s.Lost), len(s.Turned))
	}
	hangAll(w, "  + ", wordsOf(s.Gained), mostLinks, width)
	hangAll(w, "  - ", wordsOf(s.Lost), mostLinks, width)
	hangAll(w, "  ~ ", wordsOf(s.Turned), mostLinks, width)
}

// wordsOf writes loops as cycles of names.
func wordsOf(list []Loop) []string {
	var out []string
	for _, l := range list {
		out = append(out, l.words())
	}
	return out
}

// hangAll prints lines, and counts those beyond the most. lead stands before each line, such as "
// + ".
func hangAll(w io.Writer, lead string, lines []string, most, width int) {
	for i, line := range lines {
		if i == most {
			fmt.Fprintf(w, "%sand %d more; --output page.html shows them\n", lead, len(lines)-most)
			return
		}
		hang(w, lead, line, width)
	}
}

// counts returns "2 changed, 1 added". It is "no change" if no table differs.
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

// write prints one table with the keys that differ. A key that is new has only the line with a
// plus, one that is gone only the line with a minus.
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
			hang(w, "      - "+k.Name+" = ", abridged(k.OldSpans()), width)
		}
		if k.After != "" {
			hang(w, "      + "+k.Name+" = ", abridged(k.NewSpans()), width)
		}
	}
}

// write prints the largest differences of the results. Values are those at the last time that both
// runs saved.
func (r Results) write(w io.Writer, width int) {
	fmt.Fprintf(w, "\nResults: %d of %d series differ\n", len(r.Changed), r.Compared)
	for _, note := range r.Notes {
		hang(w, "  ", note, width)
	}
	if len(r.Changed) == 0 {
		return
	}
	// The three columns of numbers take 46 characters.
	wide := max(20, width-46)
	end := "at " + short(r.Times[len(r.Times)-1])
	fmt.Fprintf(w, "  %-*s %25s\n", wide, "", end)
	fmt.Fprintf(w, "  %-*s %12s %12s  %s\n", wide, "", "before", "after", "differs most by")
	list := r.Largest()
	for i, s := range list {
		if i == textRows {
			fmt.Fprintf(w, "  and %d more; --output page.html shows them\n", len(list)-i)
			break
		}
		n := len(s.Before) - 1
		name := clip(s.Name, wide)
		if more := fmt.Sprintf(" and %d more", s.Others); s.Others > 0 {
			name = clip(s.Name, wide-len(more)) + more
		}
		fmt.Fprintf(w, "  %-*s %12s %12s  %s at %s\n", wide, name,
			short(s.Before[n]), short(s.After[n]), s.Percent(), short(s.At))
	}
}

// Percent returns the largest difference in words: "3.1 %". It has two significant figures below 10
// %, and whole numbers from there on. A change without a size comes from a value that is no number.
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

// short writes a number with six figures.
func short(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// clip cuts a line to a width in characters. A line that was cut ends in an ellipsis, which counts.
func clip(s string, width int) string {
	if r := []rune(s); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return s
}

// hang prints words after a lead, further lines under the first. Blanks between words become one. A
// word longer than the line is not cut.
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

// Of a long text, unchanged parts are left out but for some characters beside the changes.
const (
	longText = 240
	beside   = 24
)

// abridged returns a text of spans as a terminal shows it.
func abridged(spans []Span) string {
	var b strings.Builder
	for _, s := range Abridge(spans) {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Abridge takes the unchanged parts out of a long text. A text of at most longText bytes is
// returned as it is, in the same slice. Changed parts are kept up to about longText characters,
// their beginning rather than their end.
func Abridge(spans []Span) []Span {
	total := 0
	for _, s := range spans {
		total += len(s.Text)
	}
	if total <= longText {
		return spans
	}
	var out []Span
	for i, s := range spans {
		r := []rune(s.Text)
		head, tail := beside, beside
		// Only the side beside a change is of interest.
		if i == 0 && !s.Changed {
			head = 0
		}
		if i == len(spans)-1 && !s.Changed {
			tail = 0
		}
		if s.Changed || len(spans) == 1 {
			head, tail = longText-beside, beside
		}
		if len(r) > head+tail+beside {
			s.Text = string(r[:head]) + " … " + string(r[len(r)-tail:])
		}
		out = append(out, s)
	}
	return out
}
