package diff

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"
	"sync"
)

//go:embed page.html
var pageText string

// page returns the parsed template, which never changes.
var page = sync.OnceValue(func() *template.Template { return template.Must(template.New("diff").Funcs(functions).Parse(pageText)) })

// functions are those that the template calls.
var functions = template.FuncMap{
	"short": short, "words": func(l Loop) string { return arrows(l.words()) }, "chart": chart,
	"links": func(list []Link) []string { return arrowsIn(linksInWords(list)) }, "abridge": Abridge,
	"mark": func(c Change) string { return marks[c] },
	"last": func(values []float64) string { return short(values[len(values)-1]) },
	"join": strings.Join, "styleHash": styleHash,
}

// styleHash returns the hash of the page's style sheet, by which its policy knows it: no
// other style is allowed, not even in an attribute.
func styleHash() string {
	_, rest, _ := strings.Cut(pageText, "<style>")
	sheet, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(sheet))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// arrows draws the arrows that a terminal spells.
func arrows(words string) string { return strings.ReplaceAll(words, "->", "→") }

// arrowsIn writes links with an arrow sign.
func arrowsIn(list []string) []string {
	var out []string
	for _, words := range list {
		out = append(out, arrows(words))
	}
	return out
}

// chartCount is how many series are drawn.
const chartCount = 24

// WritePage writes one HTML file that needs nothing else: no script, no network. version is that of
// weir, for the foot of the page.
func (d *Difference) WritePage(w io.Writer, version string) error {
	return page().Execute(w, struct {
		*Difference
		Counts, Version string
		Drawn           []Series
		Horizon         string
	}{d, d.counts(), version, d.drawn(), d.Results.horizon()})
}

// drawn returns the series with a chart: of an array, the element that differs most.
func (d *Difference) drawn() []Series {
	list := d.Results.Largest()
	return list[:min(chartCount, len(list))]
}

// horizon writes the last compared time. It is "" if no time was compared.
func (r Results) horizon() string {
	if len(r.Times) == 0 {
		return ""
	}
	return short(r.Times[len(r.Times)-1])
}

// A Span is a stretch of a text that is in both versions, or in one only.
type Span struct {
	Text    string
	Changed bool
}

// OldSpans and NewSpans cut the two values where they differ, word by word.
func (k Key) OldSpans() []Span { old, _ := marked(k.Before, k.After); return old }

// NewSpans returns OldSpans for the value after.
func (k Key) NewSpans() []Span { _, now := marked(k.Before, k.After); return now }

// marked finds the longest common subsequence of two texts' words and signs. Very
// long texts are taken as wholly different. Joined again, the spans give the texts. If one text is
// empty, the other is one span without a mark, since the sign before the line tells enough.
func marked(a, b string) (old, now []Span) {
	x, y := tokens(a), tokens(b)
	if len(x)*len(y) > 1<<20 || a == "" || b == "" {
		return []Span{{a, false}}, []Span{{b, false}}
	}
	// length[i][j] is the length of the longest common subsequence of x[i:] and y[j:].
	length := make([][]int, len(x)+1)
	for i := range length {
		length[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			old, now = grow(old, x[i], false), grow(now, y[j], false)
			i++
			j++
		case j == len(y) || i < len(x) && length[i+1][j] >= length[i][j+1]:
			old = grow(old, x[i], true)
			i++
		default:
			now = grow(now, y[j], true)
			j++
		}
	}
	return old, now
}

// grow adds text to the last span, or begins another.
func grow(spans []Span, text string, changed bool) []Span {
	if n := len(spans); n > 0 && spans[n-1].Changed == changed {
		spans[n-1].Text += text
		return spans
	}
	return append(spans, Span{text, changed})
}

// tokens cuts a text into names and numbers, blanks, and single signs. For example: "a_1 + 2" gives
// "a_1", " ", "+", " ", "2". Joined, they are the text.
func tokens(s string) []string {
	var out []string
	last := rune(0)
	for _, c := range s {
		k := kind(c)
		if n := len(out); n > 0 && k == last && k != 's' {
			out[n-1] += string(c)
		} else {
			out = append(out, string(c))
		}
		last = k
	}
	return out
}

// kind sorts characters into words, spaces and the rest, for a comparison by words. A letter
// outside ASCII counts as one of a word, as names may have it.
func kind(c rune) rune {
	switch {
	case c == ' ':
		return ' '
	case c == '_' || c == '.' || c > 127 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return 'w'
	}
	return 's'
}

// The size of a chart and the room around its lines, in pixels.
const (
	chartWidth  = 320
	chartHeight = 164
	above       = 18
	below       = 36
)

// chart draws a series before (dashed) and after, from its own lowest to its own
// highest value; both are written in it, and the times below. It is "" for a series that does not
// vary or is not finite: there is no scale to draw it on.
func (r Results) chart(s Series) template.HTML {
	low, high := math.Inf(1), math.Inf(-1)
	for _, values := range [][]float64{s.Before, s.After} {
		for _, v := range values {
			low, high = min(low, v), max(high, v)
		}
	}
	if !(high > low) || math.IsInf(high-low, 0) {
		return ""
	}
	path := func(values []float64, class string) string {
		var b strings.Builder
		for i, v := range values {
			x := 4 + float64(i)/float64(max(1, len(values)-1))*(chartWidth-8)
			fmt.Fprintf(&b, "%c%.1f %.1f", "LM"[btoi(i == 0)], x, above+(high-v)/(high-low)*(chartHeight-above-below))
		}
		return fmt.Sprintf(`<path class="%s" d="%s"/>`, class, &b)
	}
	text := func(x, y int, anchor, words string) string {
		return fmt.Sprintf(`<text x="%d" y="%d" text-anchor="%s">%s</text>`, x, y, anchor, words)
	}
	labels := text(4, 13, "start", short(high)) + text(4, chartHeight-20, "start", short(low)) +
		text(4, chartHeight-5, "start", short(r.Times[0])) + text(chartWidth-4,
		chartHeight-5, "end", short(r.Times[len(r.Times)-1]))
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %d %d" role="img" aria-label="from %s to %s; the dashed line is before">%s%s%s</svg>`,
		chartWidth, chartHeight, short(low), short(high), path(s.Before, "before"), path(s.After, "after"), labels))
}

// chart draws one series before and after.
func chart(r Results, s Series) template.HTML { return r.chart(s) }

// btoi returns 1 for true.
func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
