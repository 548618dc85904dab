package equation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// name reads a name, with subscripts or arguments or both.
func (p *parser) name() Expr {
	head := p.tok
	p.advance()
	if head.kind == sign && !p.is('(') { // mod, which is a function too
		p.fail(head.Span, "write a mod b, or mod(a, b)", "a value is missing before %s", head.text)
		return p.signed()
	}
	index := p.subscripts(head)
	if !p.is('(') {
		return &Name{p.from(head.Start), head.name, head.Span, index}
	}
	args := p.arguments()
	return &Call{p.from(head.Start), head.name, head.Span, index, args}
}

// arguments reads a parenthesis with expressions between commas.
func (p *parser) arguments() []Expr {
	open := p.tok
	p.advance()
	args := []Expr{}
	for !p.is(')') && !p.is(end) {
		if p.is(',') {
			p.fail(p.tok.Span, "", "an argument is missing before this comma")
			p.advance()
			continue
		}
		args = append(args, p.expression())
		if !p.accept(',') {
			break
		}
		if p.is(')') {
			p.fail(p.last.Span, "delete it", "nothing follows this comma")
		}
	}
	p.close(open, ')')
	return args
}

// subscripts reads [a, grade - 1, *, upper!], if there is a bracket.
func (p *parser) subscripts(of token) []Index {
	if !p.is('[') {
		return nil
	}
	open := p.tok
	p.advance()
	index := []Index{}
	for !p.is(']') && !p.is(end) && !p.is(')') {
		index = append(index, p.subscript())
		if !p.accept(',') {
			break
		}
		if p.is(']') {
			p.fail(p.last.Span, "delete it", "nothing follows this comma")
		}
	}
	if len(index) == 0 && p.is(']') {
		p.fail(Span{open.Start, p.tok.End}, fmt.Sprintf("write %s alone, or say which element", of.text),
			"these brackets are empty")
	}
	p.close(open, ']')
	return index
}

const subscriptHint = "a subscript is an element, a dimension, grade - 1, * or grade!; " +
	"quote an element with other characters than letters, digits and _"

// subscript parses one subscript: an element, a dimension with an offset, *, or a range with an
// exclamation mark.
func (p *parser) subscript() Index {
	t := p.tok
	i := Index{Name: t.name}
	switch {
	case p.isSign(Mul):
		i.Kind, i.Name = IndexStar, ""
	case t.kind == number && !isWhole(t.text), !p.namesElement(t):
		p.badSubscript()
		return i
	}
	p.advance()
	if i.Kind == IndexName {
		p.subscriptTail(&i)
	}
	i.Span = p.from(t.Start)
	if !p.is(',') && !p.is(']') && !p.is(end) && !p.is(')') {
		p.badSubscript()
	}
	return i
}

// namesElement reports whether a token may be an element: a name, a number, or a keyword.
func (p *parser) namesElement(t token) bool {
	if t.kind == sign {
		return unicode.IsLetter(rune(t.text[0]))
	}
	return slices.Contains([]kind{number, word, quoted, digits, if_, then, else_}, t.kind)
}

// subscriptTail reads the rest of a subscript after a name: ! or an offset.
func (p *parser) subscriptTail(i *Index) {
	if p.accept('!') {
		i.Kind = IndexBang
		return
	}
	if !p.isSign(Add, Sub) {
		return
	}
	minus := p.tok.op == Sub
	p.advance()
	n, err := strconv.Atoi(p.tok.text)
	if !p.is(number) || err != nil || n > 1_000_000 {
		p.fail(p.tok.Span, subscriptHint, "an offset is a whole number, as in grade - 1")
		p.skipSubscript()
		return
	}
	p.advance()
	if i.Offset = n; minus {
		i.Offset = -n
	}
}

// badSubscript reports a token that no subscript has, and skips it.
func (p *parser) badSubscript() {
	if !p.is(odd) && !p.is(',') {
		p.fail(p.tok.Span, subscriptHint, "%s cannot stand in a subscript", p.tok.text)
	} else if p.is(',') {
		p.fail(p.tok.Span, subscriptHint, "a subscript is missing before this comma")
	}
	p.skipSubscript()
}

// skipSubscript passes everything up to the next comma or closing bracket.
func (p *parser) skipSubscript() {
	p.broken = true
	for depth := 0; !p.is(end); p.advance() {
		switch {
		case p.is('(') || p.is('['):
			depth++
		case depth == 0 && (p.is(',') || p.is(']') || p.is(')')):
			return
		case p.is(')') || p.is(']'):
			depth--
		}
	}
}

// digitsHint returns a guess at the meaning of a word that begins with a digit.
func digitsHint(text string) string {
	plain := strings.ReplaceAll(text, "_", "")
	if _, err := strconv.ParseFloat(plain, 64); err == nil {
		return "write " + plain
	}
	n := strings.IndexFunc(text, func(r rune) bool { return !isDigit(r) && r != '.' })
	return fmt.Sprintf("names begin with a letter; to multiply, write %s * %s",
		text[:n], strings.TrimLeft(text[n:], "_"))
}
