package report

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"
)

// A frame is the size of a static picture, in its own units; 16 is the height of text.
type frame struct {
	width, height            float64
	left, right, top, bottom float64 // margins around the lines
	names                    bool    // line ends carry the scenario's name, not only its number
}

var (
	mainFrame  = frame{width: 960, height: 460, right: 216, top: 34, bottom: 34, names: true}
	wideFrame  = frame{width: 960, height: 300, right: 216, top: 34, bottom: 34, names: true}
	smallFrame = frame{width: 460, height: 300, top: 30, bottom: 32}
)

const textHeight = 16

// A canvas collects a picture. Everything written to it as text is escaped.
type canvas struct{ strings.Builder }

func (c *canvas) put(format string, args ...any) { fmt.Fprintf(&c.Builder, format, args...) }

func (c *canvas) text(x, y float64, class, anchor, words string) {
	c.put(`<text x="%s" y="%s" class="%s" text-anchor="%s">%s</text>`, px(x), px(y), class, anchor, html.EscapeString(words))
}

func (c *canvas) rule(x1, y1, x2, y2 float64, class string) {
	c.put(`<line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>`, px(x1), px(y1), px(x2), px(y2), class)
}

func (c *canvas) path(d, class string) {
	if d != "" {
		c.put(`<path d="%s" class="%s"/>`, d, class)
	}
}

// px writes a coordinate with one decimal.
func px(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }

// picture draws a figure without script, for print and for readers whose browser
// runs none. Colours come from the page's style sheet.
func (f *figure) picture() template.HTML {
	fr, c := f.frame(), &canvas{}
	c.put(`<svg class="static" viewBox="0 0 %s %s" role="img" aria-label="%s" xmlns="http://www.w3.org/2000/svg">`,
		px(fr.width), px(fr.height), html.EscapeString(f.inWords()))
	f.drawBands(c, fr)
	f.drawAxes(c, fr)
	f.drawLines(c, fr)
	f.drawLabels(c, fr)
	c.put(`</svg>`)
	return template.HTML(c.String())
}

// frame is a figure's size, with margins as wide as its words.
func (f *figure) frame() frame {
	fr := smallFrame
	switch {
	case f.Main:
		fr = mainFrame
	case f.Wide:
		fr = wideFrame
	}
	fr.left = 16 + digitWidth*longest(f.Y.Words)
	if !fr.names {
		ends := []string{}
		for _, l := range f.Lines {
			ends = append(ends, f.labelWords(l, false)[0])
		}
		fr.right = 24 + boldWidth*longest(ends)
	}
	return fr
}

// Widths of a character of a label, on the generous side: system fonts differ.
const digitWidth, boldWidth = 8.6, 9.6

func longest(words []string) float64 {
	most := 0
	for _, w := range words {
		most = max(most, len([]rune(w)))
	}
	return float64(most)
}

func (f *figure) xAt(fr frame, t float64) float64 {
	return fr.left + (t-f.X.Min)/(f.X.Max-f.X.Min)*(fr.width-fr.left-fr.right)
}

func (f *figure) yAt(fr frame, v float64) float64 {
	return fr.height - fr.bottom - (v-f.Y.Min)/(f.Y.Max-f.Y.Min)*(fr.height-fr.top-fr.bottom)
}

func (f *figure) drawAxes(c *canvas, fr frame) {
	foot := fr.height - fr.bottom
	for i, v := range f.Y.Ticks {
		class := "grid"
		if v == 0 {
			class = "zero"
		}
		c.rule(fr.left, f.yAt(fr, v), fr.width-fr.right, f.yAt(fr, v), class)
		c.text(fr.left-8, f.yAt(fr, v)+5, "tick", "end", f.Y.Words[i])
	}
	for i, t := range f.X.Ticks {
		c.rule(f.xAt(fr, t), foot, f.xAt(fr, t), foot+5, "grid")
		c.text(f.xAt(fr, t), foot+22, "tick", "middle", f.X.Words[i])
	}
	if f.Y.Cut {
		c.path(fmt.Sprintf("M%s %sl5 -3l-10 -4l10 -4l-10 -4l5 -3", px(fr.left), px(foot)), "cut")
	}
	if f.Today > f.X.Min {
		x := f.xAt(fr, f.Today)
		c.rule(x, fr.top-8, x, foot, "today")
		c.text(x+4, fr.top-10, "tick", "start", "today")
	}
	if end := f.dataEnd(); f.Main && end < f.Today {
		c.text(f.xAt(fr, end), fr.top-10, "tick", "end", "recorded")
	}
}

func (f *figure) drawLines(c *canvas, fr frame) {
	for _, l := range f.Lines[1:] {
		c.path(f.trace(fr, l, f.X.Min, f.X.Max), "line "+l.Key)
	}
	solid := f.known()
	c.path(f.trace(fr, f.Lines[0], f.X.Min, solid), "line s0")
	c.path(f.trace(fr, f.Lines[0], solid, f.X.Max), "line s0 beyond")
	for _, p := range f.Recorded {
		c.put(`<circle cx="%s" cy="%s" r="3.5" class="point"/>`, px(f.xAt(fr, p.X)), px(f.yAt(fr, p.Y)))
	}
}

// known is the time to which the baseline is drawn solid: the last record, or today
// where nothing was recorded. From there on it is extrapolation.
func (f *figure) known() float64 {
	if end := f.dataEnd(); !math.IsNaN(end) {
		return end
	}
	return f.Today
}

// trace is the path of a line between two times. Numbers that are not finite break it.
func (f *figure) trace(fr frame, l line, from, to float64) string {
	var d strings.Builder
	pen := "M"
	for i := l.From; i < len(f.Times); i++ {
		t, v := f.Times[i], l.Values[i]
		if math.IsNaN(v) || math.IsInf(v, 0) {
			pen = "M"
			continue
		}
		if t < from-1e-9 || t > to+1e-9 {
			continue
		}
		d.WriteString(pen + px(f.xAt(fr, t)) + " " + px(f.yAt(fr, v)))
		pen = "L"
	}
	if !strings.Contains(d.String(), "L") {
		return ""
	}
	return d.String()
}

// drawLabels writes each line's last number, and its name in the main chart, where
// the line ends, moved apart so that none covers another.
func (f *figure) drawLabels(c *canvas, fr frame) {
	labels := f.labels(fr)
	for _, l := range labels {
		x := fr.width - fr.right
		for i, key := range l.keys {
			c.put(`<path d="M%s %sL%s %s" class="leader %s"/>`, px(x+3), px(l.ends[i]), px(x+14), px(l.top+textHeight/2), key)
		}
		for i, words := range l.words {
			class := "label"
			if i == 0 {
				class = "label number"
			}
			c.text(x+18, l.top+textHeight*float64(i)+textHeight-4, class, "start", words)
		}
		if l.beside != "" {
			c.text(x+22+boldWidth*float64(len([]rune(l.words[0]))), l.top+textHeight-4, "label", "start", l.beside)
		}
	}
}

// A label is what stands at a line's end, or at the ends of lines that end in the
// same number where no names are written. at is the end of the line, top where the
// words begin.
type label struct {
	keys    []string
	ends    []float64
	at, top float64
	words   []string
	beside  string // the name, on the same line as the number, where there is no room for more
}

func (f *figure) labels(fr frame) []label {
	out := []label{}
	for _, l := range f.Lines {
		v := l.last()
		if math.IsNaN(v) || math.IsInf(v, 0) || l.Slot >= maxLit {
			continue
		}
		words, at := f.labelWords(l, fr.names), f.yAt(fr, v)
		if i := slices.IndexFunc(out, func(have label) bool { return slices.Equal(have.words, words) }); i >= 0 {
			out[i].keys, out[i].ends = append(out[i].keys, l.Key), append(out[i].ends, at)
			continue
		}
		out = append(out, label{keys: []string{l.Key}, ends: []float64{at}, at: at, words: words})
	}
	low, high := fr.top-24, fr.height-fr.bottom+6
	if stacked(out) > high-low {
		for i := range out {
			number, name := out[i].words[0], strings.Join(out[i].words[1:], " ")
			out[i].words, out[i].beside = []string{number}, clip(name, 25-len([]rune(number)))
		}
	}
	spread(out, low, high)
	return out
}

// stacked is the height of labels one below the other.
func stacked(labels []label) float64 {
	sum := 0.0
	for _, l := range labels {
		sum += l.height()
	}
	return sum
}

// maxLit is how many lines, the baseline among them, are lit and labelled at first;
// more would hide each other.
const maxLit = 9

// labelWords are the number and, if wanted, the name in at most two lines.
func (f *figure) labelWords(l line, names bool) []string {
	words := []string{f.Q.brief(l.last())}
	if names {
		words = append(words, wrap(l.Name, 23, 2)...)
	}
	return words
}

// wrap breaks words into lines of at most width characters, and the rest into an ellipsis.
func wrap(words string, width, lines int) []string {
	out := []string{""}
	for _, w := range strings.Fields(words) {
		last := len(out) - 1
		if out[last] != "" && len([]rune(out[last]))+1+len([]rune(w)) > width {
			if len(out) == lines {
				out[last] += " …"
				return out
			}
			out, last = append(out, ""), last+1
		}
		out[last] = clip(strings.TrimSpace(out[last]+" "+w), width+4)
	}
	return out
}

// clip shortens a text to so many characters.
func clip(text string, width int) string {
	if r := []rune(text); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return text
}
