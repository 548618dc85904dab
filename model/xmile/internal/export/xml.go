package export

import (
	"html"
	"strings"
)

// attributes are names and values; those without a value are left out.
type attributes []string

// open writes a tag and goes one level deeper.
func (x *exporter) open(name string, attrs ...string) {
	x.tag(name, attrs, ">")
	x.depth++
}

// close goes one level up and writes an end tag.
func (x *exporter) close(name string) {
	x.depth--
	x.indent()
	x.b.WriteString("</" + name + ">\n")
}

// empty writes an element without content.
func (x *exporter) empty(name string, attrs ...string) { x.tag(name, attrs, "/>") }

// leaf writes an element with text in it.
func (x *exporter) leaf(name, text string, attrs ...string) {
	x.tag(name, attrs, "")
	s := &x.b
	s.WriteString(">" + escape(text) + "</" + name + ">\n")
}

// leafIf writes an element unless there is nothing to say.
func (x *exporter) leafIf(name, text string) {
	if text != "" {
		x.leaf(name, text)
	}
}

// tag writes a start tag. The line ends here unless a text is to follow.
func (x *exporter) tag(name string, attrs attributes, end string) {
	x.indent()
	x.b.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			x.b.WriteString(" " + attrs[i] + `="` + escape(attrs[i+1]) + `"`)
		}
	}
	if x.b.WriteString(end); end != "" {
		x.b.WriteByte('\n')
	}
}

// indent writes a tab for each level.
func (x *exporter) indent() { x.b.WriteString(strings.Repeat("\t", x.depth)) }

// escape returns a text with the characters that mean something in XML as entities.
func escape(s string) string { return html.EscapeString(printable(s)) }

// printable leaves out the control characters, which have no place in XML.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
}

// yes returns the value of an attribute that is left out if it does not hold.
func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}
