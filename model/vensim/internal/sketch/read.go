// Package sketch reads the drawings of a .mdl file into views of a model.
package sketch

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/syntax"
)

// The kinds of object in a sketch, by the number that begins their line (Vensim's
// documentation, "Sketch Information" and "Objects").
const (
	objArrow = 1
	objWord  = 10
	objValve = 11
	objText  = 12 // a comment, a cloud, a table or a slider
)

// An object is a line of a sketch. Width and height are halves, as Vensim writes them.
type object struct {
	kind, id            int         // one of the kinds above; ids are unique in a view
	name                string      // of a word; the text of a comment
	x, y, width, height float64     // in pixels, from the top left
	shape, bits         int         // two fields of flags
	hidden              bool        // not drawn
	at                  syntax.Span // of its line

	from, to  int          // of an arrow
	polarity  int          // the code of its letter, 0 for none
	thickness int          // in pixels; pipes have more than 20
	points    [][2]float64 // between the ends
}

// attached reports whether a valve has the next word as its name, and a word the valve
// before it.
func (o *object) attached() bool { return o.shape&32 != 0 }

// hasText reports whether a comment's text is on the next line.
func (o *object) hasText() bool { return o.bits&4 != 0 }

// isTool reports whether an object shows or takes values, as tables and sliders do.
func (o *object) isTool() bool { return o.bits&(8|16|32) != 0 }

// isShadow reports whether a word repeats a variable that is drawn elsewhere.
func (o *object) isShadow() bool { return o.bits&1 == 0 }

// A sketchView is one view as it is in the file.
type sketchView struct {
	title   string      // of its line with a star
	objects []*object   // in the order of the file
	at      syntax.Span // of the line that begins it
}

// mostBrokenLines is how many lines of the drawings are reported one by one.
const mostBrokenLines = 10

// sketchReader reads the lines of all views.
type sketchReader struct {
	*report.Report
	src     string        // the decoded file
	at, end int           // offsets in src of the next line and of the end
	views   []*sketchView // those that have begun
	broken  int           // lines that could not be read
}

// readSketch reads the views of a file. A line that cannot be read is a warning.
func readSketch(report *report.Report, src string, s syntax.Span) []*sketchView {
	r := &sketchReader{Report: report, src: src, at: s.Start, end: s.End}
	for r.at < r.end {
		r.line(r.next())
	}
	if n := r.broken - mostBrokenLines; n > 0 {
		r.WarnAt(model.BadPlace, syntax.Span{Start: s.Start, End: s.Start}, "",
			"%d more lines of the drawing cannot be read", n)
	}
	return r.views
}

// next returns the place of the next line, without its end.
func (r *sketchReader) next() syntax.Span {
	line := syntax.Span{Start: r.at, End: r.end}
	if n := strings.IndexByte(r.src[r.at:r.end], '\n'); n >= 0 {
		line.End = r.at + n
	}
	r.at = line.End + 1
	line.End = line.Start + len(strings.TrimRight(r.src[line.Start:line.End], "\r \t"))
	return line
}

// line reads the line at a place: the head of a view, its title, an object, or a setting
// that is not needed.
func (r *sketchReader) line(at syntax.Span) {
	text := r.src[at.Start:at.End]
	switch {
	case strings.HasPrefix(text, syntax.SketchMark), strings.HasPrefix(text, syntax.SketchMark[1:]):
		r.views = append(r.views, &sketchView{at: at})
	case text == "" || len(r.views) == 0 || strings.HasPrefix(text, "V") || strings.HasPrefix(text, "$") ||
		strings.HasPrefix(text, syntax.SettingsMark):
	case strings.HasPrefix(text, "*"):
		r.views[len(r.views)-1].title = strings.TrimSpace(text[1:])
	default:
		r.object(at)
	}
}

// object reads a line that draws something.
func (r *sketchReader) object(at syntax.Span) {
	f := fieldsOf(r.src[at.Start:at.End])
	kind, err := strconv.Atoi(f[0])
	if err != nil || !slices.Contains([]int{objArrow, objWord, objValve, objText}, kind) {
		r.unreadable(at, "it begins with none of 1, 10, 11 and 12")
		return
	}
	n := &numbers{fields: f}
	o := &object{kind: kind, id: n.whole(1), at: at}
	if kind == objArrow {
		n.arrow(o)
	} else {
		o.name = n.text(2)
		o.x, o.y, o.width, o.height = n.number(3), n.number(4), n.number(5), n.number(6)
		o.shape, o.bits = n.whole(7), n.whole(8)
		o.hidden = n.whole(9) != 0
	}
	if kind == objText {
		o.name = ""
		if o.hasText() && r.at < r.end {
			t := r.next()
			o.name = strings.TrimSpace(r.src[t.Start:t.End])
		}
	}
	if n.wrong != "" {
		r.unreadable(at, n.wrong)
		return
	}
	v := r.views[len(r.views)-1]
	v.objects = append(v.objects, o)
}

// unreadable warns of a line, unless there were many already.
func (r *sketchReader) unreadable(at syntax.Span, why string) {
	if r.broken++; r.broken <= mostBrokenLines {
		r.WarnAt(model.BadPlace, at, "only the diagram lacks it", "this line of the drawing cannot be read: %s", why)
	}
}

// fieldsOf splits a line at its commas, but for those in a quoted name.
func fieldsOf(line string) []string {
	var out []string
	for {
		n := 0
		if strings.HasPrefix(line, `"`) {
			n = syntax.QuotedLength(line)
		}
		i := strings.IndexByte(line[n:], ',')
		if i < 0 {
			return append(out, line)
		}
		out = append(out, line[:n+i])
		line = line[n+i+1:]
	}
}

// numbers reads the fields of a line and remembers the first that is none.
type numbers struct {
	fields []string // of one line
	wrong  string   // "" while all were read
}

// text returns the i-th field without blanks around it.
func (n *numbers) text(i int) string {
	if i >= len(n.fields) {
		n.wrong = cmp.Or(n.wrong, "it is too short")
		return ""
	}
	return strings.TrimSpace(n.fields[i])
}

// number returns the i-th field as a number of pixels, 0 if it is none or too far away.
func (n *numbers) number(i int) float64 {
	text := n.text(i)
	x, err := strconv.ParseFloat(text, 64)
	switch {
	case n.wrong != "":
	case err != nil || math.IsNaN(x):
		n.wrong = strconv.Quote(text) + " is not a number"
	case math.Abs(x) > model.MaxPixel:
		n.wrong = text + " is too far away"
	default:
		return x
	}
	return 0
}

// whole returns a number without a fraction; ids and flags are.
func (n *numbers) whole(i int) int { return int(n.number(i)) }

// arrow reads from, to, shape, hidden, polarity, thickness and, at the end, "1|(x,y)|".
func (n *numbers) arrow(o *object) {
	o.from, o.to, o.shape, o.hidden = n.whole(2), n.whole(3), n.whole(4), n.whole(5) != 0
	o.polarity, o.thickness = n.whole(6), n.whole(7)
	_, list, _ := strings.Cut(strings.Join(n.fields[min(8, len(n.fields)):], ","), "|(")
	for _, pair := range strings.Split(list, "(") {
		pair, _, ok := strings.Cut(pair, ")")
		x, y, comma := strings.Cut(pair, ",")
		if !ok || !comma {
			continue
		}
		p := &numbers{fields: []string{x, y}}
		if point := [2]float64{p.number(0), p.number(1)}; p.wrong == "" {
			o.points = append(o.points, point)
		}
	}
}
