// Package picture draws runs as small multiples: one chart a variable, one line a run, as SVG or
// PNG. Both come from the same calls of a pen, so that they show the same.
package picture

import (
	"fmt"
	"math"
	"strings"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
)

// MaxCharts bounds the charts of a picture: more are too small to read on any screen.
const MaxCharts = 60

// A Sheet is a picture: its charts under one title.
type Sheet struct {
	Title  string
	Note   string   // below the charts: which model, by which program
	Names  []string // of the runs, by slot; with one run there is no legend
	Charts []Chart  // at most MaxCharts
}

// A Chart is one variable over time. Its scales hold every finite number of its lines.
type Chart struct {
	Title, Unit string
	X, Y        prose.Axis
	Lines       []Line
}

// A Line is a run in a chart. Times and Values have one length; a value that is not finite breaks
// the line.
type Line struct {
	Slot   int // of the run's colour and dash, as everywhere
	Times  []float64
	Values []float64
}

// A point is a place in the picture in its own units, from the left upper corner.
type point struct{ x, y float64 }

// A pen draws. Colours are #rrggbb; sizes and widths are in the units of the picture.
type pen interface {
	line(through []point, colour string, width float64, dash []int)
	text(at point, size float64, anchor, colour, words string) // anchor is start, middle or end
}

// The colours of everything but the lines.
const (
	ink  = "#1a1a1a"
	soft = "#555555"
	grid = "#dddddd"
	zero = "#888888"
)

// A frame is where the charts of a sheet stand.
type frame struct {
	columns, rows int
	wide, high    float64 // of one chart
	head, foot    float64 // above and below the charts
}

// frameOf returns the frame for a sheet: one large chart, or up to three in a row.
func (s *Sheet) frameOf() frame {
	f := frame{columns: 3, wide: 440, high: 285, head: 54, foot: 34}
	switch n := len(s.Charts); {
	case n <= 1:
		f.columns, f.wide, f.high = 1, 900, 460
	case n <= 4:
		f.columns, f.wide = 2, 520
	}
	// The last row may have room left; the picture does not shrink for it.
	f.rows = max(1, (len(s.Charts)+f.columns-1)/f.columns)
	f.head += 22 * float64(len(s.legend(f)))
	return f
}

// size returns the width and the height of the picture.
func (f frame) size() (wide, high float64) {
	return float64(float64(f.columns)*f.wide) + 20, f.head + float64(float64(f.rows)*f.high) + f.foot
}

// draw draws the sheet.
func (s *Sheet) draw(p pen) {
	f := s.frameOf()
	wide, high := f.size()
	p.text(point{14, 34}, 22, "start", ink, prose.Clip(s.Title, int((wide-28)/11)))
	for i, row := range s.legend(f) {
		for _, e := range row {
			y := 58 + float64(22*float64(i))
			look := draw.LookOf(e.slot)
			p.line([]point{{e.at, y - 4}, {e.at + 30, y - 4}}, look.Colour(), 2.5, look.Dash)
			p.text(point{e.at + 38, y}, 14, "start", ink, e.name)
		}
	}
	for i, c := range s.Charts {
		column, row := float64(i%f.columns), float64(i/f.columns)
		c.draw(p, point{10 + float64(column*f.wide), f.head + float64(row*f.high)}, f)
	}
	p.text(point{14, high - 12}, 12, "start", soft, prose.Clip(s.Note, int((wide-28)/6)))
}

// An entry is a run in the legend.
type entry struct {
	slot int
	name string
	at   float64
}

// legend returns the names of the runs in rows as wide as the picture; nil for one run.
func (s *Sheet) legend(f frame) [][]entry {
	if len(s.Names) < 2 {
		return nil
	}
	room := float64(float64(f.columns)*f.wide) - 20
	rows, at := [][]entry{{}}, 14.0
	for i, name := range s.Names {
		name = prose.Clip(name, 60)
		need := 62 + 7.6*draw.Longest([]string{name})
		if at+need > room && len(rows[len(rows)-1]) > 0 {
			rows, at = append(rows, []entry{}), 14
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], entry{i, name, at})
		at += need
	}
	return rows
}

// A box is where a chart's lines stand, with its scales.
type box struct {
	*Chart
	left, right, top, bottom float64
}

// draw draws a chart with its left upper corner at a point.
func (c *Chart) draw(p pen, at point, f frame) {
	labels := 8 * draw.Longest(c.Y.Words)
	b := box{c, at.x + labels + 14, at.x + f.wide - 22, at.y + 62, at.y + f.high - 36}
	for _, words := range prose.Wrap(c.Title, int((f.wide-20)/8), 2) {
		at.y += 17
		p.text(point{at.x + 4, at.y}, 15, "start", ink, words)
	}
	under := c.Unit
	if c.Y.Cut {
		under = strings.TrimPrefix(under+" · the scale does not start at zero", " · ")
	}
	p.text(point{at.x + 4, at.y + 17}, 12, "start", soft, prose.Clip(under, int((f.wide-20)/6)))
	b.scales(p)
	for _, l := range c.Lines {
		look := draw.LookOf(l.Slot)
		for _, stretch := range b.stretches(l) {
			p.line(stretch, look.Colour(), 2, look.Dash)
		}
	}
}

// scales draws the axes with their ticks.
func (b box) scales(p pen) {
	for i, v := range b.Y.Ticks {
		colour := grid
		if v == 0 {
			colour = zero
		}
		y := b.y(v)
		p.line([]point{{b.left, y}, {b.right, y}}, colour, 1, nil)
		p.text(point{b.left - 6, y + 4}, 12, "end", soft, b.Y.Words[i])
	}
	for i, t := range b.X.Ticks {
		x := b.x(t)
		p.line([]point{{x, b.bottom}, {x, b.bottom + 5}}, zero, 1, nil)
		p.text(point{x, b.bottom + 19}, 12, "middle", soft, b.X.Words[i])
	}
	p.line([]point{{b.left, b.bottom}, {b.right, b.bottom}}, zero, 1, nil)
}

// x returns the place of a time; the middle for a run of one moment.
func (b box) x(t float64) float64 {
	if b.X.Max <= b.X.Min {
		return (b.left + b.right) / 2
	}
	return b.left + float64((t-b.X.Min)/(b.X.Max-b.X.Min)*(b.right-b.left))
}

// y returns the height of a value.
func (b box) y(v float64) float64 {
	return b.bottom - float64((v-b.Y.Min)/(b.Y.Max-b.Y.Min)*(b.bottom-b.top))
}

// maxPoints bounds the points of a line: more are under half a unit of the picture apart.
const maxPoints = 2000

// stretches returns a line in parts, broken where a value is not finite. A part of one point is a
// short stroke, so that it is seen.
func (b box) stretches(l Line) [][]point {
	var out [][]point
	var now []point
	end := func() {
		if len(now) == 1 {
			now = append(now, point{now[0].x + 2, now[0].y})
		}
		if now != nil {
			out = append(out, now)
		}
		now = nil
	}
	// Of a long run every n-th point is drawn, and the last.
	every := 1 + (len(l.Times)-1)/maxPoints
	for i, t := range l.Times {
		if v := l.Values[i]; math.IsNaN(v) || math.IsInf(v, 0) {
			end()
		} else if i%every == 0 || i == len(l.Times)-1 {
			now = append(now, point{b.x(t), b.y(v)})
		}
	}
	end()
	return out
}

// spoken returns the picture in words, for readers who cannot see it.
func (s *Sheet) spoken() string {
	words := s.Title
	for _, c := range s.Charts {
		words += ". " + c.Title
		for _, l := range c.Lines {
			if n := len(l.Values); n > 0 && l.Slot == 0 {
				words += fmt.Sprintf(": %s at first, %s at the end", prose.Exact(l.Values[0]),
					prose.Exact(l.Values[n-1]))
			}
		}
	}
	return words
}
