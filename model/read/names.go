package read

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/keys"
	"weir/model/toml"
)

// A nameReader reads the tables that names in the others refer to.
type nameReader struct{ *reader }

// read reads units, sources and dimensions.
func (r nameReader) read() {
	r.readUnits()
	r.readSources()
	r.readDimensions()
}

// readUnits reads [unit]: student = { plural = "students" }.
func (r nameReader) readUnits() {
	for _, t := range r.root.Tables("unit") {
		u := &document.UnitDeclaration{Name: t.Name, Plural: t.String("plural"), Alias: t.Strings("alias"), Span: t.KeySpan}
		r.addUnit(u)
		t.Done(keys.Unit)
	}
}

// readSources reads [source.x].
func (r nameReader) readSources() {
	for _, t := range r.root.Tables("source") {
		s := &document.Source{ID: t.Name, Title: t.String("title"), Span: t.Span}
		s.Where, s.Note = t.String("where"), t.String("note")
		r.addSource(s)
		t.Done(keys.Source)
	}
}

// maxElementsOfDimension bounds a range such as 1..1000000000 before it is written
// out; whole arrays are bounded by Check.
const maxElementsOfDimension = 100_000

// readDimensions reads [dimension.x].
func (r nameReader) readDimensions() {
	for _, t := range r.root.Tables("dimension") {
		before := r.doc.Count()
		d := &document.Dimension{Name: t.Name, Span: t.Span}
		d.Label, d.Of, d.Ordered = t.String("label"), t.String("of"), t.Bool("ordered")
		r.name(t, "a dimension")
		for _, text := range r.elementTexts(t) {
			d.Elements = append(d.Elements, r.elements(text, len(d.Elements))...)
		}
		d.Labels = r.labels(t.Table("labels"), d)
		t.Done(keys.Dimension)
		r.addDimension(d)
		if r.doc.Count() == before && !t.Damaged {
			r.sizes[d.Name] = distinct(d.Elements)
		}
	}
}

// distinct returns the number of elements without repetitions, which Check reports.
func distinct(elements []string) int {
	names := make(map[string]bool, len(elements))
	for _, e := range elements {
		names[equation.Canonical(e)] = true
	}
	return len(names)
}

// elementTexts returns the items of elements. A bare whole number is an element, too. Its text has
// no exponent and no decimal point: 2024 is the element "2024".
func (r nameReader) elementTexts(t *toml.Table) []*toml.Text {
	v := t.Value("elements")
	if v == nil || v.Kind != toml.KindArray {
		return t.Texts("elements")
	}
	var out []*toml.Text
	for _, item := range v.Items {
		switch item.Kind {
		case toml.KindString:
			out = append(out, item.Text)
		case toml.KindInteger:
			out = append(out, &toml.Text{Text: strconv.FormatFloat(item.Number, 'f', -1, 64), Span: item.Span})
		default:
			r.report(code.WrongType, item.Span, `for example elements = ["north",
				"south"]`, "an element must be text, not %s", item.Kind)
		}
	}
	return out
}

// elements returns the elements of one item: a name, or a range such as 1..12 or
// zone1..zone12, which may be written zone1..12. Already is the number of elements before it. The
// bounds are part of the range. The result is nil after a report, and a range is refused before it
// is written out, since it may be too long for memory.
func (r nameReader) elements(t *toml.Text, already int) []string {
	low, high, isRange := strings.Cut(t.Text, "..")
	if !isRange {
		if !elementName(t.Text) {
			r.report(code.BadName, t.Span, `use letters, digits and _`,
				"%q cannot be the name of an element", t.Text)
			return nil
		}
		return []string{t.Text}
	}
	prefix, suffix := prefixOf(low), prefixOf(high)
	from, err1 := strconv.Atoi(low[len(prefix):])
	to, err2 := strconv.Atoi(high[len(suffix):])
	switch {
	case err1 != nil || err2 != nil:
		r.report(code.BadValue, t.Span,
			`a range is two whole numbers, with the same text before both if there is any: "1..12" or "zone1..zone12"`,
			"%q is not a range of elements", t.Text)
		return nil
	case suffix != prefix && suffix != "":
		r.report(code.BadValue, t.Span, "write "+prefix+low[len(prefix):]+".."+prefix+high[len(suffix):],
			"%q begins with %s and ends with %s", t.Text, orElse(prefix, "a number"), suffix)
		return nil
	case from > to:
		r.report(code.BadValue, t.Span, "write the smaller number first", "the range %q is empty", t.Text)
		return nil
	case from < 0:
		r.report(code.BadValue, t.Span, "", "the range %q begins below 0", t.Text)
		return nil
	case to-from >= maxElementsOfDimension-already:
		r.report(code.TooLarge, t.Span, "",
			"%q makes %d elements; a dimension may have at most %d", t.Text, to-from+1, maxElementsOfDimension)
		return nil
	case !elementName(prefix + "1"):
		r.report(code.BadName, t.Span, `use letters, digits and _`, "%q cannot be the name of an element", low)
		return nil
	}
	width := 0
	if number := low[len(prefix):]; strings.HasPrefix(number, "0") {
		width = len(number) // 01..12 is 01, 02 and so on
	}
	return numbered(prefix, from, to, width)
}

// numbered returns prefix1, prefix2 … with at least width digits each.
func numbered(prefix string, from, to, width int) []string {
	out := make([]string, 0, to-from+1)
	for i := from; i <= to; i++ {
		out = append(out, fmt.Sprintf("%s%0*d", prefix, width, i))
	}
	return out
}

// prefixOf returns the text before the number at the end of a text. That of zone12 is zone; that of
// 12, and of -1, is empty.
func prefixOf(s string) string {
	if _, err := strconv.Atoi(s); err == nil {
		return "" // -1, too
	}
	return strings.TrimRight(s, "0123456789")
}

// elementName reports whether an element of that name can be written in brackets and in the
// heads of columns. It refuses the characters that end a subscript, join elements or mean all of
// them, and blanks at either end.
func elementName(s string) bool {
	bad := func(c rune) bool { return strings.ContainsRune("[],\"'*!+\n\r\t", c) || unicode.IsControl(c) }
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, bad)
}

// labels returns the labels of elements, and reports those of elements that there are not. The map
// is never nil. A label of an unknown element stays in it, where nobody looks it up.
func (r nameReader) labels(t *toml.Table, d *document.Dimension) map[string]string {
	out := map[string]string{}
	elements := make(map[string]bool, len(d.Elements))
	for _, e := range d.Elements {
		elements[e] = true
	}
	for _, k := range t.Keys() {
		if !elements[k.Name] {
			r.report(code.UnknownKey, k.Span, r.didYouMean(d.Name, k.Name, d.Elements),
				"the dimension %s has no element %q", d.Name, k.Name)
		}
		out[k.Name] = t.String(k.Name)
	}
	return out
}
