// Package output writes runs, ensembles, comparisons, bundles and calibrations for people at a
// terminal, as tables within a width in characters, and for other programs, as CSV, JSON and
// Parquet. Every function writes to an io.Writer and returns its error; none opens a file.
package output

import (
	"math"
	"strings"
	"unicode/utf8"
)

// span returns the lowest and highest finite value, NaN if there is none.
func span(values []float64) (lo, hi float64) {
	lo, hi = math.NaN(), math.NaN()
	for _, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		if !(x >= lo) {
			lo = x
		}
		if !(x <= hi) {
			hi = x
		}
	}
	return lo, hi
}

// Sparkline returns a chart of values in n characters, the lowest value at the bottom and the highest
// at the top. A value that never changes is a line in the middle; NaN and infinities are crosses.
func Sparkline(values []float64, n int) string {
	const bars = "▁▂▃▄▅▆▇█"
	levels := []rune(bars)
	lo, hi := span(values)
	n = min(n, len(values))
	var b strings.Builder
	for i := range n {
		at := 0
		if n > 1 {
			at = i * (len(values) - 1) / (n - 1)
		}
		x := values[at]
		switch {
		case math.IsNaN(x) || math.IsInf(x, 0):
			b.WriteRune('×')
		case hi-lo <= 1e-12*math.Max(math.Abs(hi), math.Abs(lo)):
			b.WriteRune('─')
		default:
			b.WriteRune(levels[int(math.Round((x-lo)/(hi-lo)*float64(len(levels)-1)))])
		}
	}
	return b.String()
}

// Fit returns s cut or padded to n characters.
func Fit(s string, n int) string {
	if k := utf8.RuneCountInString(s); k <= n {
		return s + strings.Repeat(" ", n-k)
	}
	return string([]rune(s)[:n-1]) + "…"
}

// Wrap returns s broken at words into lines of columns characters, further lines indented by two.
func Wrap(s string, columns int) string {
	var b strings.Builder
	at := 0
	for i, word := range strings.Fields(s) {
		k := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+k > columns:
			b.WriteString("\n  ")
			at = 2
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += k
	}
	return b.String()
}

// Hanging returns s broken like Wrap for text that begins at a column: further lines begin two
// characters further in.
func Hanging(s string, at, columns int) string {
	return strings.ReplaceAll(Wrap(s, max(24, columns-at)), "\n", "\n"+strings.Repeat(" ", at))
}
