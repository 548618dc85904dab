package chart

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
)

// The frames of the main chart, of a wide one and of a small one. Where names stand at the lines,
// the right margin has room for them; a small chart takes it from its numbers.
var (
	mainFrame  = draw.Frame{Width: 960, Height: 460, Right: 216, Top: 34, Bottom: 34, Names: true}
	wideFrame  = draw.Frame{Width: 960, Height: 300, Right: 216, Top: 34, Bottom: 34, Names: true}
	smallFrame = draw.Frame{Width: 460, Height: 300, Top: 30, Bottom: 32}
)

// picture draws a figure for print and for browsers that run no script. Colours come from
// the page's style sheet. The order is from back to front: bands, scales, lines, labels.
func (f *Figure) picture() template.HTML {
	fr, c := f.frame(), &draw.Canvas{}
	c.Open("static", 0, 0, fr.Width, fr.Height, f.inWords())
	f.drawBands(c, fr)
	f.drawAxes(c, fr)
	f.drawLines(c, fr)
	f.drawLabels(c, fr)
	c.Close()
	return template.HTML(c.String())
}

// frame returns a figure's size, with margins as wide as its words.
func (f *Figure) frame() draw.Frame {
	fr := smallFrame
	switch {
	case f.Main:
		fr = mainFrame
	case f.Wide:
		fr = wideFrame
	}
	fr.Left = 16 + draw.DigitWidth*draw.Longest(f.Y.Words)
	if !fr.Names {
		ends := []string{}
		for _, l := range f.Lines {
			ends = append(ends, f.labelWords(l, false)[0])
		}
		fr.Right = 24 + draw.BoldWidth*draw.Longest(ends)
	}
	return fr
}

// xAt returns the place of a time, in the units of the frame. A time outside the axis is outside
// the frame as well: nothing is cut.
func (f *Figure) xAt(fr draw.Frame, t float64) float64 {
	return fr.Left + (t-f.X.Min)/(f.X.Max-f.X.Min)*(fr.Width-fr.Left-fr.Right)
}

// yAt returns the height of a value, in the units of the frame. It grows downwards.
func (f *Figure) yAt(fr draw.Frame, v float64) float64 {
	return fr.Height - fr.Bottom - (v-f.Y.Min)/(f.Y.Max-f.Y.Min)*(fr.Height-fr.Top-fr.Bottom)
}

// drawAxes draws the scales, today, and the end of the record. A scale that does not reach to zero
// has a jag at its foot.
func (f *Figure) drawAxes(c *draw.Canvas, fr draw.Frame) {
	foot := fr.Height - fr.Bottom
	for i, v := range f.Y.Ticks {
		class := "grid"
		if v == 0 {
			class = "zero"
		}
		c.Rule(fr.Left, f.yAt(fr, v), fr.Width-fr.Right, f.yAt(fr, v), class)
		c.Text(fr.Left-8, f.yAt(fr, v)+5, "tick", "end", f.Y.Words[i])
	}
	for i, t := range f.X.Ticks {
		c.Rule(f.xAt(fr, t), foot, f.xAt(fr, t), foot+5, "grid")
		c.Text(f.xAt(fr, t), foot+22, "tick", "middle", f.X.Words[i])
	}
	if f.Y.Cut {
		c.Path(fmt.Sprintf("M%s %sl5 -3l-10 -4l10 -4l-10 -4l5 -3", draw.Px(fr.Left), draw.Px(foot)), "cut")
	}
	if f.Today > f.X.Min {
		x := f.xAt(fr, f.Today)
		c.Rule(x, fr.Top-8, x, foot, "today")
		c.Text(x+4, fr.Top-10, "tick", "start", "today")
	}
	if end, ok := f.dataEnd(); f.Main && ok && end < f.Today {
		c.Text(f.xAt(fr, end), fr.Top-10, "tick", "end", "recorded")
	}
}

// drawLines draws the scenarios, the baseline over them, and the record on top. f must have a line
// of the baseline, its first.
func (f *Figure) drawLines(c *draw.Canvas, fr draw.Frame) {
	for _, l := range f.Lines[1:] {
		c.Path(f.trace(fr, l, f.X.Min, f.X.Max), "line "+l.Key)
	}
	solid := f.known()
	c.Path(f.trace(fr, f.Lines[0], f.X.Min, solid), "line s0")
	c.Path(f.trace(fr, f.Lines[0], solid, f.X.Max), "line s0 beyond")
	for _, p := range f.Recorded {
		c.Put(`<circle cx="%v" cy="%v" r="3.5" class="point"/>`, f.xAt(fr, p.X), f.yAt(fr, p.Y))
	}
}

// known returns the time to which the baseline is drawn solid: the last record, or today if
// nothing was recorded. From there on it is extrapolation.
func (f *Figure) known() float64 {
	if end, ok := f.dataEnd(); ok {
		return end
	}
	return f.Today
}

// trace returns the path of a line between two times. Numbers that are not finite break it. It is
// "" if no two neighbouring points are in the stretch.
func (f *Figure) trace(fr draw.Frame, l Line, from, to float64) string {
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
		d.WriteString(pen + draw.Px(f.xAt(fr, t)) + " " + draw.Px(f.yAt(fr, v)))
		pen = "L"
	}
	if !strings.Contains(d.String(), "L") {
		return ""
	}
	return d.String()
}

// drawLabels writes the last number of each line at its end, in wide charts with its name,
// moved apart so that none covers another.
func (f *Figure) drawLabels(c *draw.Canvas, fr draw.Frame) {
	labels := f.labels(fr)
	for _, l := range labels {
		x := fr.Width - fr.Right
		for i, key := range l.Keys {
			c.Put(`<path d="M%v %vL%v %v" class="leader %v"/>`, x+3, l.Ends[i], x+14, l.Top+draw.TextHeight/2, key)
		}
		for i, words := range l.Words {
			class := "label"
			if i == 0 {
				class = "label number"
			}
			c.Text(x+18, l.Top+draw.TextHeight*float64(i)+draw.TextHeight-4, class, "start", words)
		}
		if l.Beside != "" {
			c.Text(x+22+draw.BoldWidth*float64(len([]rune(l.Words[0]))), l.Top+draw.TextHeight-4, "label",
				"start", l.Beside)
		}
	}
}

// labels returns the labels in their places. Lines with equal labels share one; where the
// height does not suffice, number and name share a line. A line that ends in a number that is not
// finite has none, nor has one beyond MaxLit.
func (f *Figure) labels(fr draw.Frame) []draw.Label {
	out := []draw.Label{}
	for _, l := range f.Lines {
		v := l.Last()
		if math.IsNaN(v) || math.IsInf(v, 0) || l.Slot >= MaxLit {
			continue
		}
		words, at := f.labelWords(l, fr.Names), f.yAt(fr, v)
		if i := slices.IndexFunc(out, func(have draw.Label) bool { return slices.Equal(have.Words, words) }); i >= 0 {
			out[i].Keys, out[i].Ends = append(out[i].Keys, l.Key), append(out[i].Ends, at)
			continue
		}
		out = append(out, draw.Label{Keys: []string{l.Key}, Ends: []float64{at}, At: at, Words: words})
	}
	// Labels may use the margins above and below the lines.
	low, high := fr.Top-24, fr.Height-fr.Bottom+6
	if draw.Stacked(out) > high-low {
		for i := range out {
			number, name := out[i].Words[0], strings.Join(out[i].Words[1:], " ")
			out[i].Words, out[i].Beside = []string{number}, prose.Clip(name, 25-len([]rune(number)))
		}
	}
	draw.Spread(out, low, high)
	return out
}

// MaxLit is how many lines, the baseline among them, are lit and labelled at first; more
// would hide each other.
const MaxLit = 9

// labelWords returns the number and, if wanted, the name in at most two lines.
func (f *Figure) labelWords(l Line, names bool) []string {
	words := []string{f.Q.Brief(l.Last())}
	if names {
		words = append(words, prose.Wrap(l.Name, 23, 2)...)
	}
	return words
}
