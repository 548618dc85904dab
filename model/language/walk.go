package language

import (
	"strings"

	"weir/model/equation"
	"weir/model/function"
	"weir/model/toml"
	"weir/model/toml/outline"
	"weir/model/toml/shape"
)

// A state is a position among the shapes of a file: in a table of a shape, or at a value of a form,
// which key has. The zero state is in a table that no shape knows.
type state struct {
	shape *shape.Shape
	form  *shape.Form
	key   *shape.Key
	bind  string // of a table bind: the module
}

// A walker collects the names of a text.
type walker struct {
	*Index
	text     string
	declared *Declaration // to which keys belong, or nil
}

// under returns the state of a value of a key.
func under(k *shape.Key, f *shape.Form, above state) state {
	s := state{form: f, key: k, bind: above.bind}
	if freeOf(f) == nil {
		s.shape = f.Shape()
	}
	return s
}

// freeOf returns the form, or the alternative of it, that is a table with free names; nil if there
// is none.
func freeOf(f *shape.Form) *shape.Form {
	if f == nil || f.Free() != nil {
		return f
	}
	for _, choice := range f.Alternatives() {
		if choice.Free() != nil {
			return choice
		}
	}
	return nil
}

// find returns the key of a shape, or nil.
func find(s *shape.Shape, name string) *shape.Key {
	for i := range s.Keys {
		if s.Keys[i].Name == name {
			return &s.Keys[i]
		}
	}
	return nil
}

// step goes along the names of a header or key and notes those that name something. Whole is the
// header or pair that has them. A name of a variable may have several parts; where the table below
// it is written as dotted keys, the last is a key: change.teachers.coaching.to = 1.
func (w *walker) step(s state, path []outline.Part, whole Span, pair bool) state {
	for i := 0; i < len(path); {
		free := freeOf(s.form)
		switch {
		case s.shape != nil:
			k := find(s.shape, path[i].Name)
			if k == nil {
				return state{}
			}
			if w.declared != nil && k.Name == "bind" {
				s.bind = w.declared.Name
			}
			s = under(k, k.Form, s)
			i++
		case free != nil:
			role, n := s.key.FreeRole(free), 1
			if named := role == shape.Variable && !s.key.Declares; named {
				n = len(path) - i
				inner := free.Free().Shape()
				if pair && n > 1 && inner != nil && inner.Has(path[len(path)-1].Name) {
					n--
				}
			}
			w.free(s, role, path[i:i+n], whole)
			s = under(s.key, free.Free(), s)
			i += n
		default:
			return state{}
		}
	}
	return s
}

// free notes free names of a table, and a declaration if they are new ones.
func (w *walker) free(s state, role shape.Role, path []outline.Part, whole Span) {
	if role == shape.Nothing {
		return
	}
	n := Name{Role: role, Bind: s.bind}
	for i, p := range path {
		w.pieces(&n, p, role == shape.Variable && !s.key.Declares, i == len(path)-1)
	}
	if len(n.Parts) == 0 {
		return
	}
	if s.key.Declares {
		id := ID{role, n.Parts[0].Name}
		w.declared = w.known[id]
		if w.declared == nil {
			w.declared = &Declaration{ID: id, Kind: s.key.Name, Header: whole, Own: n.Parts[0].Span,
				Keys: map[string]*outline.Value{}}
			w.known[id], w.Declared, n.Declares = w.declared, append(w.Declared, w.declared), true
		}
	}
	w.Names = append(w.Names, n)
}

// pieces appends the parts of a key. A key in quotes may be a dotted name with elements:
// "teachers.coaching[district]", or with the number of a place: "students#2".
func (w *walker) pieces(n *Name, p outline.Part, dotted, last bool) {
	inner := Span{p.Start, p.End}
	raw := p.End-p.Start == len(p.Name)
	if p.End-p.Start == len(p.Name)+2 { // quotes without escapes
		inner, raw = Span{p.Start + 1, p.End - 1}, true
	}
	if !dotted || !raw {
		n.Parts = append(n.Parts, Part{Form(p.Name), inner, raw})
		return
	}
	n.Parts = append(n.Parts, dottedParts(p.Name, inner.Start)...)
}

// dottedParts has no part for elements in brackets, nor for the number of a place behind #. It
// returns the parts of a name as sets and tests write it, which begins at an offset.
func dottedParts(text string, start int) []Part {
	name := text
	if i := strings.IndexAny(name, "[#("); i >= 0 {
		name = name[:i]
	}
	var out []Part
	for part := range strings.SplitSeq(name, ".") {
		if trimmed := strings.TrimSpace(part); trimmed != "" {
			at := start + strings.Index(part, trimmed)
			out = append(out, Part{Form(trimmed), Span{at, at + len(trimmed)}, true})
		}
		start += len(part) + 1
	}
	return out
}

// pair goes through a pair with all that is in its value.
func (w *walker) pair(s state, p *outline.Pair) {
	declared := w.declared
	at := w.step(s, p.Path, Span{p.Start, p.End}, true)
	own := len(p.Path) == 1 && s.shape != nil && s.key != nil && s.key.Declares // a key of the table itself
	if own && declared != nil && w.declared == declared {
		w.declared.Keys[p.Path[0].Name] = p.Value
	}
	w.value(at, p.Value)
	w.declared = declared
}

// value notes the names in a value.
func (w *walker) value(s state, v *outline.Value) {
	switch v.Kind {
	case outline.Text:
		w.words(s, v)
	case outline.List:
		for i, item := range v.Items {
			inner := s
			if f := itemOf(s.form, i); f != nil {
				inner.form = f
			}
			w.value(inner, item)
		}
	case outline.Inline:
		if s.form != nil && freeOf(s.form) == nil && s.shape == nil {
			s.shape = s.form.Shape()
		}
		for _, p := range v.Pairs {
			w.pair(s, p)
		}
	}
}

// itemOf returns the form of an item of a list; nil if the form is that of no list.
func itemOf(f *shape.Form, i int) *shape.Form {
	if f == nil {
		return nil
	}
	if inner := f.Item(i); inner != nil {
		return inner
	}
	for _, choice := range f.Alternatives() {
		if inner := choice.Item(i); inner != nil {
			return inner
		}
	}
	return nil
}

// words notes the names in a text. A text with escapes names a variable only in an equation, where
// the places of its bytes are kept; elsewhere nobody writes one.
func (w *walker) words(s state, v *outline.Value) {
	if s.key == nil {
		return
	}
	text := textOf(w.text, v)
	switch role := s.key.TextRole(s.form); role {
	case shape.Nothing, shape.Units, shape.File, shape.Element:
	case shape.Expression:
		if w.declared != nil {
			w.declared.Equations = append(w.declared.Equations, v)
		}
		w.equation(text)
	case shape.Variable:
		if text.Map == nil {
			if parts := dottedParts(text.Text, text.Span.Start); len(parts) > 0 {
				w.Names = append(w.Names, Name{Role: role, Parts: parts})
			}
		}
	default:
		if name := strings.TrimSpace(text.Text); name != "" && !strings.Contains(name, " ") {
			part := Part{Form(name), Span{text.Span.Start, text.Span.End}, text.Map == nil && name == text.Text}
			w.Names = append(w.Names, Name{Role: role, Parts: []Part{part}})
		}
	}
}

// textOf returns the text of a value of the kind Text.
func textOf(text string, v *outline.Value) *toml.Text { return toml.TextAt(text, v.Start) }

// equation notes the names of an equation; none if it cannot be read.
func (w *walker) equation(text *toml.Text) {
	tree, _ := equation.Parse(text.Text)
	equation.Walk(tree, func(e equation.Expr) bool {
		switch e := e.(type) {
		case *equation.Name:
			if w.declared == nil || w.declared.Kind != "function" { // which has names of its own
				w.mention(text, e.NameSpan)
				w.subscripts(text, e.Index)
			}
		case *equation.Call:
			if function.Find(e.Func) == nil {
				w.mention(text, e.FuncSpan)
			}
			w.subscripts(text, e.Index)
		}
		return true
	})
}

// mention notes a name at a place of an equation. A name in quotes is one part, whatever is in it,
// unless a module stands before it.
func (w *walker) mention(text *toml.Text, at equation.Span) {
	raw := text.Text[at.Start:at.End]
	n := Name{Role: shape.Variable}
	start, quoted := 0, false
	for i := 0; i <= len(raw); i++ {
		if i < len(raw) && raw[i] == '"' {
			quoted = !quoted
		}
		if i < len(raw) && (raw[i] != '.' || quoted) {
			continue
		}
		if piece := raw[start:i]; piece != "" {
			from, to := at.Start+start, at.Start+i
			n.Parts = append(n.Parts, Part{Form(strings.Trim(piece, `"`)),
				Span{offset(text, from), offset(text, to-1) + 1}, to-from == offset(text, to-1)+1-offset(text, from)})
		}
		start = i + 1
	}
	if len(n.Parts) > 0 && function.Find(raw) == nil {
		w.Names = append(w.Names, n)
	}
}

// subscripts notes the names in subscripts as those of dimensions. Names of elements are among
// them; they have no declaration and are found by none.
func (w *walker) subscripts(text *toml.Text, list []equation.Index) {
	for _, x := range list {
		if x.Name == "" {
			continue
		}
		start := offset(text, x.Start)
		w.Names = append(w.Names, Name{Role: shape.Dimension,
			Parts: []Part{{x.Name, Span{start, start + len(x.Name)}, text.Map == nil}}})
	}
}

// offset returns the offset in the file of a byte of a text.
func offset(text *toml.Text, i int) int {
	switch {
	case text.Map == nil:
		return text.Span.Start + i
	case i < len(text.Map):
		return text.Map[i]
	}
	return text.Span.End
}
