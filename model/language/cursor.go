package language

import (
	"slices"
	"strings"

	"weir/model/toml/outline"
	"weir/model/toml/shape"
)

// A Spot is the kind of a place in a text.
type Spot uint8

// The spots.
const (
	Elsewhere Spot = iota // in a comment, or in a table that no shape knows
	InHeader              // a name of a header
	InKey                 // a key, or where one may begin
	InValue               // a value
)

// A Cursor describes an offset of a text: the kind of the place, and the names and keys that fit.
type Cursor struct {
	Spot Spot
	// Shape is the shape of the table whose keys are wanted, in a key or header. Role is the role
	// of the name wanted: a free name of a table, or the text of a value. Bind is the module whose
	// names a table bind has.
	Shape *shape.Shape
	Key   *shape.Key  // of the value
	Form  *shape.Form // of the value
	Role  shape.Role
	Bind  string
	Word  Span            // the word at the offset, which a completion replaces
	Path  []string        // the names before it: of the header, or of the table and key
	Has   map[string]bool // the keys that the table has already
	// Quoted says that the offset is inside of quotes. Inside is the text of the value up to the
	// word, in an equation.
	Quoted bool
	Inside string
	Value  *outline.Value
}

// At returns the cursor at an offset. One outside the text counts as its nearest end. It looks at
// the tokens of the whole text, and so costs as much as a millisecond in a large one.
func (x *Index) At(offset int) Cursor {
	offset = min(max(offset, 0), len(x.Text()))
	f := x.Outline
	for _, tok := range f.Tokens {
		if tok.Start < offset && offset <= tok.End && x.Text()[tok.Start] == '#' {
			return Cursor{}
		}
	}
	w := &walker{Index: &Index{known: x.known}, text: x.Text()} // which throws its names away
	t := f.TableAt(offset)
	if t.Path != nil || t.End > t.Start {
		if t.Start < offset && offset <= t.End {
			return x.header(w, t, offset)
		}
	}
	at := w.step(state{shape: x.root}, t.Path, Span{}, false)
	return x.among(w, at, names(t.Path), t.Pairs, offset)
}

// names returns the names of a path.
func names(path []outline.Part) []string {
	var out []string
	for _, p := range path {
		out = append(out, p.Name)
	}
	return out
}

// header returns the cursor in a header: the path before the offset is known. A name that the
// offset touches is replaced as a whole.
func (x *Index) header(w *walker, t *outline.Table, offset int) Cursor {
	c := Cursor{Spot: InHeader, Word: Span{offset, offset}}
	var before []outline.Part
	for _, p := range t.Path {
		if p.Start <= offset && offset <= p.End {
			c.Word = Span{p.Start, p.End}
			break
		}
		if p.End < offset {
			before = append(before, p)
		}
	}
	c.Path = names(before)
	return c.in(w.step(state{shape: x.root}, before, Span{}, false))
}

// in returns the cursor with the contents of a table of a state: keys of a shape, or free names of
// a role.
func (c Cursor) in(s state) Cursor {
	c.Shape, c.Bind = s.shape, s.bind
	if free := freeOf(s.form); free != nil {
		c.Role = s.key.FreeRole(free)
	}
	return c
}

// among returns the cursor among pairs of a table, of a header or in braces. Between two pairs it
// is at a new key; on the line of a half-written value, in that value.
func (x *Index) among(w *walker, at state, path []string, pairs []*outline.Pair, offset int) Cursor {
	key := Cursor{Spot: InKey, Word: Span{offset, offset}, Path: path, Has: map[string]bool{}}
	key = key.in(at)
	for _, p := range pairs {
		key.Has[p.Path[0].Name] = true
	}
	for _, p := range pairs {
		last := p.Path[len(p.Path)-1]
		switch end := max(x.lineEnd(p), p.End); {
		case p.Start <= offset && offset <= last.End:
			key.Word = Span{p.Start, last.End}
			delete(key.Has, p.Path[0].Name)
			return key
		case p.Equal >= 0 && p.Equal < offset && offset <= end:
			path = append(slices.Clone(path), names(p.Path)...)
			return x.value(w, w.step(at, p.Path, Span{}, true), path, p.Value, offset)
		}
	}
	return key
}

// lineEnd returns the end of the line on which a pair has no value, or on which its value is not
// closed; 0 for a whole pair.
func (x *Index) lineEnd(p *outline.Pair) int {
	if p.Value.Kind != outline.Missing && !p.Value.Open {
		return 0
	}
	if i := strings.IndexByte(x.Text()[p.End:], '\n'); i >= 0 {
		return p.End + i
	}
	return len(x.Text())
}

// value returns the cursor in a value: in a list that in its item, or in a new one.
func (x *Index) value(w *walker, s state, path []string, v *outline.Value, offset int) Cursor {
	switch v.Kind {
	case outline.List:
		for i, item := range v.Items {
			if item.Start <= offset && offset <= item.End {
				return x.value(w, inItem(s, i), path, item, offset)
			}
		}
		s = inItem(s, len(v.Items))
	case outline.Inline:
		if s.form != nil && freeOf(s.form) == nil && s.shape == nil {
			s.shape = s.form.Shape()
		}
		return x.among(w, s, path, v.Pairs, offset)
	}
	c := Cursor{Spot: InValue, Key: s.key, Form: s.form, Path: path, Word: Span{offset, offset}, Value: v}
	if s.key == nil {
		return Cursor{}
	}
	c.Role = s.key.TextRole(s.form)
	switch v.Kind {
	case outline.Word:
		c.Word = Span{v.Start, v.End}
	case outline.Text:
		text := textOf(x.Text(), v)
		if offset < text.Span.Start || offset > text.Span.End {
			return Cursor{}
		}
		c.Quoted = true
		c.Word, c.Inside = wordIn(x.Text(), Span{text.Span.Start, text.Span.End}, offset, c.Role)
	}
	return c
}

// inItem returns the state of item i of a list, which is that of the list if its form has no items.
func inItem(s state, i int) state {
	if f := itemOf(s.form, i); f != nil {
		s.form = f
	}
	return s
}

// wordIn returns the word at an offset of a text, and the text before it. The word of an equation
// or unit is one name; of anything else the whole text.
func wordIn(text string, whole Span, offset int, role shape.Role) (Span, string) {
	if role != shape.Expression && role != shape.Units {
		return whole, ""
	}
	from, to := offset, offset
	for from > whole.Start && wordByte(text[from-1]) {
		from--
	}
	for to < whole.End && wordByte(text[to]) {
		to++
	}
	return Span{from, to}, text[whole.Start:from]
}

// wordByte reports whether a byte is part of a name in an equation; all bytes beyond ASCII are.
func wordByte(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// WordAt returns the word of an equation at an offset, also of one that cannot be read.
func (x *Index) WordAt(offset int) (string, Span) {
	at, _ := wordIn(x.Text(), Span{0, len(x.Text())}, min(offset, len(x.Text())), shape.Expression)
	return x.Text()[at.Start:at.End], at
}
