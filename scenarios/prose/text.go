package prose

import (
	"fmt"
	"strings"
	"unicode"

	"weir/scenarios/words"
)

// SpelledCount returns a count of things, in words up to twelve: "three pairs".
func SpelledCount(n int, thing string) string {
	if n == 1 {
		return "one " + thing
	}
	return Spelled(n) + " " + Plural(thing, nil)
}

// mostNamed is how many variables a warning names; the rest is counted.
const mostNamed = 8

// Some returns words as a list, and counts those beyond mostNamed.
func Some(list []string) string {
	if len(list) <= mostNamed+1 {
		return words.List(list)
	}
	return strings.Join(list[:mostNamed], ", ") + fmt.Sprintf(" and %d more", len(list)-mostNamed)
}

// Join joins the parts that are not empty by spaces.
func Join(parts ...string) string {
	out := []string{}
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

// Capital returns a sentence with its first letter as a capital.
func Capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// Wrap breaks words into at most so many lines of about width characters; an ellipsis
// stands for the rest. A word that is longer than a line is clipped.
func Wrap(words string, width, lines int) []string {
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
		out[last] = Clip(strings.TrimSpace(out[last]+" "+w), width+4)
	}
	return out
}

// Clip returns a text of at most width characters, the last an ellipsis if it was longer.
func Clip(text string, width int) string {
	if r := []rune(text); len(r) > width {
		return string(r[:width-1]) + "…"
	}
	return text
}
