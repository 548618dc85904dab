package equation

import "fmt"

// leftover explains a token that cannot follow a complete expression.
func (p *parser) leftover() {
	t := p.tok
	switch t.kind {
	case odd:
		p.broken = true
		p.advance()
	case ')', ']':
		p.fail(t.Span, "delete it, or open it before", "this %s closes nothing", t.text)
		p.advance()
	case ',':
		p.fail(t.Span, p.commaHint(), "this comma is not inside a function's parentheses")
		p.advance()
	case then, else_:
		p.fail(t.Span, "write if a then b else c", "this %s belongs to no if", t.name)
		p.advance()
	case '!':
		p.fail(t.Span, "write not x for the opposite; dimension! stands in brackets only", "! has no meaning here")
		p.advance()
	default:
		p.fail(t.Span, p.joinHint(), "an operator is missing before %s", t.text)
	}
}

// words passes bare words in a row up to the last, and returns them joined.
func (p *parser) words() string {
	name := p.last.text
	for {
		name += "_" + p.tok.text
		if ahead := (&lexer{text: p.text, at: p.at}).next(); ahead.kind != word {
			return name
		}
		p.advance()
	}
}

// commaHint returns the way out for a comma outside of a call.
func (p *parser) commaHint() string {
	if p.last.kind == number {
		return "write numbers without commas: 1000, and 0.5 with a point"
	}
	return "delete it"
}

// joinHint returns a guess at the meaning of two things side by side.
func (p *parser) joinHint() string {
	a, b := p.last, p.tok
	switch {
	case a.kind == word && b.kind == word:
		return "if this is one name, write " + p.words()
	case a.kind == number && b.kind == number:
		return "write a number without spaces"
	case b.kind == '[' && a.kind == ']':
		return "write all subscripts in one pair of brackets: x[a, b]"
	case b.kind == '[':
		return "brackets follow a name directly"
	case b.kind == '(':
		return fmt.Sprintf("to multiply, write %s * (", a.text)
	}
	return fmt.Sprintf("to multiply, write %s * %s", a.text, b.text)
}

// ifHas reports that a part of an if is missing, unless a mistake in the part before is
// reported already.
func (p *parser) ifHas(part string, head token, before Expr) {
	if before == nil {
		p.broken = true
		return
	}
	hint := map[string]string{"then": "write if condition then a else b", "else": "say what it is otherwise: else 0"}
	p.fail(head.Span, hint[part], "this if has no %s", part)
}

// asFunction explains if then else(a, b, c), and passes it.
func (p *parser) asFunction(head token) Expr {
	p.fail(head.Span, "write if condition then a else b, without commas", "if then else is not a function")
	p.accept(then)
	p.accept(else_)
	if p.is('(') {
		p.arguments()
	}
	return nil
}

// missing explains a token that cannot begin a value.
func (p *parser) missing() Expr {
	t := p.tok
	switch {
	case t.kind == digits:
		p.fail(t.Span, digitsHint(t.text), "%s is neither a number nor a name", t.text)
		p.advance()
	case t.kind == '!':
		p.fail(t.Span, "write not x", "! is not an operator")
		p.advance()
		p.signed()
	case t.kind == if_:
		p.fail(t.Span, "put it in parentheses: (if a then b else c)", "an if cannot follow an operator")
		p.conditional()
	case t.kind == sign && t.op == Not:
		p.fail(t.Span, "put it in parentheses: (not x)", "not cannot follow this operator")
		p.negation()
	case t.kind == '[':
		p.fail(t.Span, "use parentheses ( ) for grouping, and brackets after a name only",
			"these brackets follow no name")
		p.advance()
		p.expression()
		p.close(t, ']')
	default:
		p.noValue()
	}
	return placeholder(t.Span)
}

// noValue reports a missing value at the present token, in the words of the mistake that is
// likeliest there.
func (p *parser) noValue() {
	switch t := p.tok; {
	case p.last.text == "" && t.kind != end:
		p.fail(t.Span, "delete it, or write what comes before", "a value is missing before %s", t.text)
	case p.last.text != "" && t.kind == sign:
		p.fail(p.last.Span, "delete one of the two, or write a value between them",
			"%s is followed by %s", p.last.text, t.text)
	case p.last.text != "":
		p.fail(p.last.Span, "write a number, a name or a formula after it",
			"a value is missing after %s", p.last.text)
	}
	p.broken = true
}
