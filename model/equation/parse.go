package equation

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// An Error is a mistake in an equation, at a place in its text. Message and Hint
// are in plain words, lower case, without a full stop; Hint may be empty.
type Error struct {
	Span
	Message, Hint string
}

// Limits of an equation. Importers keep to them too: see PrintWithin.
const (
	maxDepth = 200     // of parentheses, calls, signs and powers within each other
	maxText  = 100_000 // bytes
)

// Parse returns the tree of an equation and every mistake that it finds, in order of
// place. The tree is nil if the text has no meaning; it may come with errors that were
// plain enough to read past, such as == for =. Spans are byte ranges of the text.
func Parse(text string) (Expr, []Error) {
	if len(text) > maxText {
		return nil, []Error{{Span{0, len(text)}, fmt.Sprintf("the equation is %d characters long", len(text)),
			fmt.Sprintf("keep it under %d: name parts of it as auxiliaries", maxText)}}
	}
	return (&parser{lexer: lexer{text: text}}).sorted()
}

// parseTemplate reads an equation in which $1, $2 … are names.
func parseTemplate(text string) (Expr, []Error) {
	return (&parser{lexer: lexer{text: text, places: true}}).sorted()
}

// sorted returns the tree with its mistakes in the order of their places.
func (p *parser) sorted() (Expr, []Error) {
	e := p.parse()
	slices.SortStableFunc(p.errors, func(a, b Error) int { return cmp.Compare(a.Start, b.Start) })
	return e, p.errors
}

// tooDeep ends the parsing of an equation that is nested too deeply.
type tooDeep struct{}

// parse is the one place where a panic of the parser ends: nesting that is too deep becomes a
// mistake, everything else panics on.
func (p *parser) parse() (e Expr) {
	defer func() {
		switch r := recover(); r.(type) {
		case nil:
		case tooDeep:
			e = nil
		default:
			panic(r)
		}
	}()
	p.advance()
	if e = p.whole(); p.broken {
		return nil
	}
	return e
}

// A parser reads one equation, a rule of the grammar a method.
type parser struct {
	lexer
	tok    token // the present one
	last   token // the one before
	depth  int
	broken bool // something is missing, so that the tree means nothing
}

// advance reads the next token.
func (p *parser) advance() {
	p.last, p.tok = p.tok, p.lexer.next()
}

// is reports whether the next token is of a kind.
func (p *parser) is(k kind) bool { return p.tok.kind == k }

// isSign reports whether the next token is one of some operators.
func (p *parser) isSign(ops ...Op) bool { return p.is(sign) && slices.Contains(ops, p.tok.op) }

// accept takes a token of that kind, if it is next.
func (p *parser) accept(k kind) bool {
	if !p.is(k) {
		return false
	}
	p.advance()
	return true
}

// from is the span from a start up to the last token taken.
func (p *parser) from(start int) Span { return Span{start, max(start, p.last.End)} }

// fail reports a mistake that leaves no sense in the tree. Of several at one
// place, and of those after something the lexer complained about, only the first counts.
func (p *parser) fail(s Span, hint, format string, args ...any) {
	p.broken = true
	if n := len(p.errors); p.last.kind == odd || n > 0 && p.errors[n-1].Start == s.Start {
		return
	}
	p.report(s, hint, format, args...)
}

// whole reads to the end of the text, past values that no operator connects.
func (p *parser) whole() Expr {
	if p.is(end) {
		p.fail(Span{0, len(p.text)}, "write a number, a name or a formula", "the equation is empty")
		return nil
	}
	e := p.expression()
	for !p.is(end) {
		p.leftover()
		if !p.is(end) {
			p.expression()
		}
	}
	return e
}

// nested runs a rule one level deeper, unless that is too deep.
func (p *parser) nested(rule func() Expr) Expr {
	if p.depth++; p.depth > maxDepth {
		p.errors = nil // the text further out is not wrong, only unfinished
		p.report(p.tok.Span, "name parts of it as auxiliaries", "the equation is nested more than %d deep", maxDepth)
		panic(tooDeep{})
	}
	e := rule()
	p.depth--
	return e
}

// expression is an if, or anything that binds tighter.
func (p *parser) expression() Expr {
	return p.nested(func() Expr {
		if p.is(if_) {
			return p.conditional()
		}
		return p.binary(ofOr)
	})
}

// conditional parses if … then … else …, and if(…) of other tools as a mistake with a hint.
func (p *parser) conditional() Expr {
	head := p.tok
	p.advance()
	if p.is(then) {
		return p.asFunction(head)
	}
	e := &If{Cond: p.expression()}
	if !p.accept(then) {
		p.ifHas("then", head, e.Cond)
		return e
	}
	e.Then = p.expression()
	if !p.accept(else_) {
		p.ifHas("else", head, e.Then)
		return e
	}
	e.Else = p.expression()
	e.Span = p.from(head.Start)
	return e
}

// binary reads operators of a strength, from left to right. Relations do not chain.
func (p *parser) binary(own strength) Expr {
	start := p.tok.Start
	x := p.operand(own)
	for n := 0; p.is(sign) && strengths[p.tok.op] == own; n++ {
		op := p.tok
		p.advance()
		if n > 0 && !own.chains() && !p.broken {
			p.report(op.Span, "write a < b and b < c, or use parentheses",
				"two comparisons in a row compare a yes or no (1 or 0) with a number")
		}
		y := p.operand(own)
		x = &Binary{p.from(start), op.op, op.Span, x, y}
	}
	return x
}

// operand reads an operand of an operator: all that binds tighter.
func (p *parser) operand(of strength) Expr {
	switch {
	case of == ofAnd && p.isSign(Not):
		return p.negation()
	case of == ofAnd:
		return p.binary(ofEquality)
	case of < ofProduct:
		return p.binary(of + 1)
	}
	return p.signed()
}

// negation is not x. It binds looser than comparisons.
func (p *parser) negation() Expr {
	head := p.tok
	return p.nested(func() Expr {
		p.advance()
		x := p.operand(ofAnd)
		return &Unary{p.from(head.Start), Not, x}
	})
}

// signed is -x or +x. A sign binds looser than a power.
func (p *parser) signed() Expr {
	op := Neg
	switch {
	case p.isSign(Add):
		op = Plus
	case !p.isSign(Sub):
		return p.power()
	}
	head := p.tok
	return p.nested(func() Expr {
		p.advance()
		x := p.signed()
		return &Unary{p.from(head.Start), op, x}
	})
}

// power is x^y, to the right: 2^3^2 is 2^9, and 2^-1 is a half.
func (p *parser) power() Expr {
	start := p.tok.Start
	x := p.primary()
	if !p.isSign(Pow) {
		return x
	}
	op := p.tok
	return p.nested(func() Expr {
		p.advance()
		y := p.signed()
		return &Binary{p.from(start), Pow, op.Span, x, y}
	})
}

// primary is a number, a name, a call or a parenthesis.
func (p *parser) primary() Expr {
	for p.accept(odd) {
		p.broken = true
	}
	t := p.tok
	switch {
	case t.kind == number:
		p.advance()
		v, _ := strconv.ParseFloat(t.text, 64) // the lexer has tried it
		return &Number{t.Span, v, t.text}
	case t.kind == word, t.kind == quoted,
		t.kind == sign && t.op == Mod && t.name != "": // another language's sign for mod has no name
		return p.name()
	case t.kind == '(':
		return p.parenthesis()
	}
	return p.missing()
}

// parenthesis parses an expression in parentheses. Its node is that of the expression: the printer
// writes parentheses where the tree needs them.
func (p *parser) parenthesis() Expr {
	open, ofIf := p.tok, p.last.kind == if_
	p.advance()
	e := p.expression()
	if ofIf && p.is(',') {
		p.fail(p.tok.Span, "write if condition then a else b, without commas", "if is not a function")
		for p.accept(',') {
			p.expression()
		}
		e = nil
	}
	p.close(open, ')')
	return e
}

// close takes the bracket that closes open, past anything that should not be there.
func (p *parser) close(open token, k kind) {
	for !p.is(k) && !p.is(end) {
		if p.is(')') || p.is(']') {
			p.fail(p.tok.Span, fmt.Sprintf("close it with %c", k),
				"%s was opened and %s closes it", open.text, p.tok.text)
			p.advance()
			return
		}
		if p.is(then) || p.is(else_) {
			break
		}
		if p.leftover(); !p.is(k) && !p.is(end) {
			p.expression()
		}
	}
	if !p.accept(k) {
		p.fail(open.Span, fmt.Sprintf("close it with %c", k), "this %s is never closed", open.text)
	}
}

// placeholder is the value where none was found; its tree is thrown away.
func placeholder(s Span) Expr { return &Number{Span: s, Text: "0"} }
