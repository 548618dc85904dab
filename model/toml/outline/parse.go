package outline

import (
	"strings"

	"weir/model/toml"
	"weir/model/toml/lex"
)

// A parser reads tokens, none twice but for a look ahead on one line.
type parser struct {
	text   string
	tokens []lex.Token
	at     int
}

// is reports whether the next token is a mark.
func (p *parser) is(mark byte) bool {
	return p.at < len(p.tokens) && p.tokens[p.at].Is(p.text, mark)
}

// kind returns the kind of the next token; at the end of the text that of a line break.
func (p *parser) kind() lex.Kind {
	if p.at == len(p.tokens) {
		return lex.Line
	}
	return p.tokens[p.at].Kind
}

// end returns the end of the last token taken.
func (p *parser) end() int {
	if p.at == 0 {
		return 0
	}
	return p.tokens[p.at-1].End
}

// skipLine takes the tokens up to the end of the line.
func (p *parser) skipLine() {
	for p.kind() != lex.Line {
		p.at++
	}
}

// header takes [a.b] or [[a.b]], of which the end may be missing. It returns nil for brackets that
// are no header, such as a row of a list that has lost its beginning.
func (p *parser) header() *Table {
	t := &Table{Start: p.tokens[p.at].Start}
	p.at++
	if p.is('[') {
		t.Array = true
		p.at++
	}
	t.Path = p.parts()
	for p.is(']') {
		t.Closed = true
		p.at++
	}
	t.End = p.end()
	t.Stop = t.End
	if k := p.kind(); k != lex.Line && k != lex.Comment || len(t.Path) == 0 && t.Closed {
		return nil
	}
	return t
}

// parts takes the names of a key: a."b c".d. A dot at the end gives an empty last name, where an
// editor's next letter goes.
func (p *parser) parts() []Part {
	var out []Part
	dotted := true // a name may follow
	for ; p.kind() == lex.Bare || p.kind() == lex.Text; p.at++ {
		t := p.tokens[p.at]
		if t.Kind == lex.Text {
			if !dotted {
				return out
			}
			out, dotted = append(out, Part{toml.TextAt(p.text, t.Start).Text, t.Start, t.End}), false
			continue
		}
		start := t.Start
		for i, name := range strings.Split(p.text[t.Start:t.End], ".") {
			dotted = dotted || i > 0
			if !dotted {
				return out
			}
			if name != "" {
				out, dotted = append(out, Part{name, start, start + len(name)}), false
			}
			start += len(name) + 1
		}
	}
	if dotted && len(out) > 0 {
		out = append(out, Part{"", p.end(), p.end()})
	}
	return out
}

// pair takes key = value. Without = the value is missing.
func (p *parser) pair(depth int) *Pair {
	pair := &Pair{Start: p.tokens[p.at].Start, Equal: -1}
	pair.Path = p.parts()
	pair.End = p.end()
	if len(pair.Path) == 0 { // dots alone
		pair.Path = []Part{{"", pair.Start, pair.Start}}
	}
	pair.Value = &Value{Start: pair.End, End: pair.End}
	if p.is('=') {
		pair.Equal = p.tokens[p.at].Start
		p.at++
		pair.Value = p.value(depth)
		pair.End = pair.Value.End
	}
	return pair
}

// value takes a value; a Missing one if none stands on the line.
func (p *parser) value(depth int) *Value {
	if p.at == len(p.tokens) {
		return &Value{Start: p.end(), End: p.end()}
	}
	t := p.tokens[p.at]
	v := &Value{Start: t.Start, End: t.End, Open: t.Open}
	switch {
	case t.Kind == lex.Text:
		v.Kind = Text
		p.at++
	case t.Kind == lex.Bare:
		for v.Kind = Word; p.kind() == lex.Bare; p.at++ { // a date may have a blank
			v.End = p.tokens[p.at].End
		}
	case t.Is(p.text, '['):
		v.Kind = List
		p.list(v, depth)
	case t.Is(p.text, '{'):
		v.Kind = Inline
		p.inline(v, depth)
	default:
		return &Value{Start: p.end(), End: p.end()}
	}
	return v
}

// list takes the items of a list. Where a line looks like a header or a pair, the list was not
// closed, and ends.
func (p *parser) list(v *Value, depth int) {
	p.at++
	for p.at < len(p.tokens) {
		switch {
		case p.is(']'):
			p.at++
			v.End = p.end()
			return
		case p.startsStatement():
			v.Open = true
			return
		case p.kind() == lex.Line, p.kind() == lex.Comment, p.is(','), p.is('='), p.is('}'), depth >= maxDepth:
			p.at++
			continue
		}
		item := p.value(depth + 1)
		v.Items, v.End = append(v.Items, item), item.End
	}
	v.Open = true
}

// inline takes the pairs of a table in braces.
func (p *parser) inline(v *Value, depth int) {
	p.at++
	for p.at < len(p.tokens) {
		switch {
		case p.is('}'):
			p.at++
			v.End = p.end()
			return
		case p.startsStatement() && p.is('['):
			v.Open = true
			return
		case (p.kind() == lex.Bare || p.kind() == lex.Text) && depth < maxDepth:
			pair := p.pair(depth + 1)
			v.Pairs, v.End = append(v.Pairs, pair), pair.End
			continue
		}
		p.at++
	}
	v.Open = true
}

// startsStatement reports whether a line begins here that can only be a header or a pair.
func (p *parser) startsStatement() bool {
	if p.at == 0 || p.tokens[p.at-1].Kind != lex.Line || p.at == len(p.tokens) {
		return false
	}
	ahead := &parser{text: p.text, tokens: p.tokens, at: p.at}
	if ahead.is('[') {
		first := p.at + 1
		if first < len(p.tokens) && p.tokens[first].Is(p.text, '[') {
			first++
		}
		if first == len(p.tokens) || p.tokens[first].Kind != lex.Bare || !letter(p.text[p.tokens[first].Start]) {
			return false
		}
		t := ahead.header()
		return t != nil && t.Closed && !value(t.Path[0].Name)
	}
	if ahead.kind() != lex.Bare && ahead.kind() != lex.Text {
		return false
	}
	ahead.parts()
	return ahead.is('=')
}

// letter reports whether a byte begins a name rather than a number.
func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

// value reports whether a bare word is one of those that are values.
func value(word string) bool {
	return word == "true" || word == "false" || word == "inf" || word == "nan"
}
