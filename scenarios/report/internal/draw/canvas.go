// Package draw writes pictures in SVG: shapes and texts on a canvas, labels that do not
// cover each other, and the colours of scenarios.
package draw

import (
	"fmt"
	"html"
	"strings"
)

// A Frame is the size of a static picture, in its own units; 16 is the height of text.
type Frame struct {
	Width, Height            float64
	Left, Right, Top, Bottom float64 // margins around the lines
	Names                    bool    // line ends carry the scenario's name, not only its number
}

// A Canvas collects the elements of a picture. The zero value is empty and ready.
type Canvas struct{ strings.Builder }

// Put writes an element; each %v of the format is the next of args. A string among them is
// escaped, so that no name can end its attribute or element; a float64 is a coordinate,
// written by Px.
func (c *Canvas) Put(format string, args ...any) {
	for i, a := range args {
		switch a := a.(type) {
		case float64:
			args[i] = Px(a)
		case string:
			args[i] = html.EscapeString(a)
		}
	}
	fmt.Fprintf(&c.Builder, format, args...)
}

// Open begins a picture whose view is a rectangle; words describe it to readers who cannot
// see it. Close ends it.
func (c *Canvas) Open(class string, left, top, width, height float64, words string) {
	c.Put(`<svg class="%v" viewBox="%v %v %v %v" role="img" aria-label="%v"`, class, left, top, width, height, words)
	c.Put(` xmlns="http://www.w3.org/2000/svg">`)
}

// OpenSized is Open for a picture that is shown in its own size, in pixels.
func (c *Canvas) OpenSized(class string, left, top, width, height float64, words string) {
	c.Put(`<svg class="%v" width="%v" height="%v"`, class, width, height)
	c.Put(` viewBox="%v %v %v %v"`, left, top, width, height)
	c.Put(` role="img" aria-label="%v" xmlns="http://www.w3.org/2000/svg">`, words)
}

// Close ends a picture.
func (c *Canvas) Close() { c.Put(`</svg>`) }

// Arrowhead defines the marker id-arrow, which lines can have at their ends.
func (c *Canvas) Arrowhead(id string) {
	c.Put(`<defs><marker id="%v-arrow" viewBox="0 0 8 8" refX="7" refY="4"`, id)
	c.Put(` markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" class="head"/></marker></defs>`)
}

// Text writes words at a baseline; anchor is start, middle or end.
func (c *Canvas) Text(x, y float64, class, anchor, words string) {
	c.Put(`<text x="%v" y="%v" class="%v" text-anchor="%v">%v</text>`, x, y, class, anchor, words)
}

// Rule draws a straight line.
func (c *Canvas) Rule(x1, y1, x2, y2 float64, class string) {
	c.Put(`<line x1="%v" y1="%v" x2="%v" y2="%v" class="%v"/>`, x1, y1, x2, y2, class)
}

// Box draws a rectangle from its left upper corner.
func (c *Canvas) Box(x, y, width, height float64) {
	c.Put(`<rect x="%v" y="%v" width="%v" height="%v"/>`, x, y, width, height)
}

// Path draws a path in SVG's own notation; "" draws nothing.
func (c *Canvas) Path(d, class string) {
	if d != "" {
		c.Put(`<path d="%v" class="%v"/>`, d, class)
	}
}

// Px returns a coordinate with at most one decimal.
func Px(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }
