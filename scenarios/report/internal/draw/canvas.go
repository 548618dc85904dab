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

// A Canvas collects a picture. Everything written to it as text is escaped.
type Canvas struct{ strings.Builder }

func (c *Canvas) Put(format string, args ...any) { fmt.Fprintf(&c.Builder, format, args...) }

func (c *Canvas) Text(x, y float64, class, anchor, words string) {
	c.Put(`<text x="%s" y="%s" class="%s" text-anchor="%s">%s</text>`, Px(x), Px(y), class, anchor, html.EscapeString(words))
}

func (c *Canvas) Rule(x1, y1, x2, y2 float64, class string) {
	c.Put(`<line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>`, Px(x1), Px(y1), Px(x2), Px(y2), class)
}

func (c *Canvas) Path(d, class string) {
	if d != "" {
		c.Put(`<path d="%s" class="%s"/>`, d, class)
	}
}

// Px writes a coordinate with one decimal.
func Px(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }
