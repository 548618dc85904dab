package syntax

import "strings"

// UnitText returns the units of an equation as the decoded file src has them, without the
// range in brackets after them; "" if there are none.
func UnitText(src string, eq *Equation) string {
	text, _, _ := strings.Cut(src[eq.Units.Start:eq.Units.End], "[")
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "\\\n", " "), "\\\r\n", " "))
}

// EachUnit replaces the names in a unit; the signs between them stay.
func EachUnit(text string, f func(name string) string) string {
	var b strings.Builder
	name := ""
	flush := func() {
		if s := strings.TrimSpace(name); s != "" {
			b.WriteString(f(s))
		}
		name = ""
	}
	for _, r := range text {
		if strings.ContainsRune("()*/^", r) {
			flush()
			b.WriteRune(r)
		} else {
			name += string(r)
		}
	}
	flush()
	return b.String()
}
