package write

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// equationWidth is the width, in bytes, at which a long equation continues on the next line.
const equationWidth = 110

// listWidth is the width, in bytes, up to which a list is written on one line.
const listWidth = 96

// tomlText returns a text as a TOML string: in double quotes, in single ones where that saves
// escapes, or over several lines. TOML drops a line feed right after the opening quotes, so that
// the text keeps its own first line.
func tomlText(s string) string {
	if strings.Contains(s, "\n") && !strings.ContainsFunc(s, odd) && !strings.Contains(s, `"""`) {
		return `"""` + "\n" + strings.ReplaceAll(s, `\`, `\\`) + `"""`
	}
	return tomlLine(s)
}

// tomlLine is tomlText on one line, for keys and inline tables.
func tomlLine(s string) string {
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") && !strings.ContainsFunc(s, unicode.IsControl) {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteRune('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case unicode.IsControl(c):
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// odd reports whether a character needs an escape in a string of several lines.
func odd(c rune) bool { return unicode.IsControl(c) && c != '\n' }

// tomlTexts returns a list of texts in brackets.
func tomlTexts(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = tomlText(v)
	}
	return "[" + wrapped(out) + "]"
}

// tomlEquation returns an equation as a TOML string, a long one over several lines. It breaks at
// blanks outside of quoted names, where a reader of the equation ignores them. Indent is the width
// of the key before the equation. A backslash at the end of a line makes TOML drop the line feed
// and the blanks after it. A text with backslashes, line feeds or three quotes of its own is not
// broken.
func tomlEquation(s string, indent int) string {
	if indent+len(s) <= equationWidth || strings.ContainsAny(s, "\\\n") || strings.Contains(s, `"""`) {
		return tomlText(s)
	}
	var b strings.Builder
	b.WriteString("\"\"\"\\\n  ")
	column, inQuotes, last := 2, false, 0
	for i, c := range s {
		if c == '"' {
			inQuotes = !inQuotes
		}
		if c != ' ' || inQuotes {
			continue
		}
		next := strings.IndexByte(s[i+1:], ' ')
		if next < 0 {
			next = len(s) - i - 1
		}
		if column+i-last+next > equationWidth {
			b.WriteString(s[last:i] + " \\\n  ")
			column, last = 2, i+1
		}
	}
	b.WriteString(s[last:] + `"""`)
	return b.String()
}

// tomlKey returns a key, quoted unless TOML allows it bare.
func tomlKey(s string) string {
	bare := func(c rune) bool {
		return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	if s != "" && !strings.ContainsFunc(s, func(c rune) bool { return !bare(c) }) {
		return s
	}
	return tomlLine(s)
}

// tomlNumbers returns numbers as the items of a list.
func tomlNumbers(list []float64) string {
	var out []string
	for _, x := range list {
		out = append(out, tomlNumber(x))
	}
	return strings.Join(out, ", ")
}

// tomlNumber returns the shortest text that reads back as the same number. Whole numbers below
// 1e15 have no exponent, and no decimal point. Minus zero is written as 0, infinities as inf and
// -inf.
func tomlNumber(x float64) string {
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(x, 'g', -1, 64)), "+")
	case x == math.Trunc(x) && math.Abs(x) < 1e15:
		return strconv.FormatFloat(x+0, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// wrapped returns the items of a list joined by commas, over several lines if they are long. The
// width of an item counts in bytes. A list over several lines ends with a comma and a line feed, so
// that the closing bracket has a line of its own.
func wrapped(items []string) string {
	if line := strings.Join(items, ", "); len(line) <= listWidth {
		return line
	}
	var b strings.Builder
	room := 0
	for _, item := range items {
		if room -= len(item) + 2; room < 0 {
			b.WriteString("\n ")
			room = listWidth - len(item) - 2
		}
		b.WriteString(" " + item + ",")
	}
	return b.String() + "\n"
}
