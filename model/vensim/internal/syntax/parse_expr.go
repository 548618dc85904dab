package syntax

// levels are the binary operators, loosest first. All bind from left to right.
var levels = [][]Op{{"or"}, {"and"}, {"=", "<>", "<", "<=", ">", ">="}, {"+", "-"}, {"*", "/"}}

// operator returns the operator that the present token is, or "".
// The words of .mdl become those of weir: :OR: is "or", and == is "=".
func (p *parser) operator() Op {
	switch p.tok.kind {
	case tokKeyword:
		switch p.tok.text {
		case ":OR:":
			return "or"
		case ":AND:":
			return "and"
		}
	case tokSign:
		switch p.tok.text {
		case "<=", ">=", "<>":
			return Op(p.tok.text)
		case "==":
			return "="
		}
	case '=', '<', '>', '+', '-', '*', '/':
		return Op(p.tok.text)
	}
	return ""
}

// expression reads an expression of any operators.
func (p *parser) expression() Expr { return p.nested(func() Expr { return p.binary(0) }) }

// nested runs a rule one level deeper. Too deep ends the parsing: the passes recurse into
// trees.
// A mistake leaves depth as it is, for it ends the parser's work.
func (p *parser) nested(rule func() Expr) Expr {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.tok.Span, "", "the equation is nested more than %d deep", maxDepth)
	}
	e := rule()
	p.depth--
	return e
}

// binary reads operators of a level and of all tighter ones.
// level is an index of levels; one past the last is an operand with its sign.
func (p *parser) binary(level int) Expr {
	if level == len(levels) {
		return p.signed()
	}
	start := p.tok.Start
	x := p.binary(level + 1)
	for {
		o := p.operator()
		found := false
		for _, one := range levels[level] {
			found = found || o != "" && one == o
		}
		if !found {
			return x
		}
		at := p.tok.Span
		p.advance()
		y := p.binary(level + 1)
		x = &Infix{p.from(start), o, at, x, y}
	}
}

// signed is -x, +x or :NOT: x.
func (p *parser) signed() Expr {
	start := p.tok.Start
	switch {
	case p.is('-'), p.is('+'):
		o := Op(p.tok.text)
		p.advance()
		x := p.nested(p.signed)
		return &Unary{p.from(start), o, x}
	case p.isText(tokKeyword, ":NOT:"):
		p.advance()
		// :NOT: takes a comparison with it: :NOT: a = b is :NOT: (a = b). Level 2 is that of
		// comparisons.
		x := p.nested(func() Expr { return p.binary(2) })
		return &Unary{p.from(start), "not", x}
	}
	return p.power()
}

// power reads x^y, which binds to the right. -2^2 is -4, and the exponent may have a sign: 2^-1
// is a half.
func (p *parser) power() Expr {
	start := p.tok.Start
	x := p.primary()
	if !p.is('^') && !p.isText(tokSign, "**") {
		return x
	}
	at := p.tok.Span
	p.advance()
	y := p.nested(p.signed)
	return &Infix{p.from(start), "^", at, x, y}
}

// primary reads a number, a text, a name, a call, or an expression in parentheses.
func (p *parser) primary() Expr {
	t := p.tok
	switch {
	case p.is(tokNumber):
		p.advance()
		return &Num{t.Span, t.number, t.text}
	case p.isText(tokKeyword, ":NA:"):
		p.advance()
		return &Num{t.Span, NotAvailable, "na"}
	case p.is(tokString):
		p.advance()
		return &Str{t.Span, t.text}
	case p.is(tokName):
		return p.name()
	case p.is('('):
		p.advance()
		e := p.expression()
		p.expect(')', ")")
		return e
	}
	p.unexpected("a value")
	return nil
}

// name reads a variable, a call of a function, macro or lookup.
// A lookup of an array has its subscripts before the parenthesis: effect[a](x). Arguments behind a
// colon are the further results of a macro.
func (p *parser) name() Expr {
	t := p.tok
	p.advance()
	subs := p.subscripts()
	if !p.is('(') {
		return &Ref{p.from(t.Start), t.text, Key(t.text), subs}
	}
	p.advance()
	c := &Call{Name: t.text, Key: Key(t.text), NameSpan: t.Span, Subs: subs}
	for !p.is(')') && !p.is(':') {
		c.Args = append(c.Args, p.argument(c))
		if !p.accept(',') {
			break
		}
	}
	if p.accept(':') {
		p.outputs(c)
	}
	p.expect(')', ")")
	c.Span = p.from(t.Start)
	// The arguments are only the names that Vensim lists as causes; no formula connects them.
	if c.Key == Key(Unwritten) {
		c.Args = nil
	}
	return c
}

// argument returns an expression, or the points of WITH LOOKUP.
// The second argument of WITH LOOKUP begins with a parenthesis in both cases, and the token behind
// it tells points from an expression.
func (p *parser) argument(c *Call) Expr {
	if c.Key != "with_lookup" || len(c.Args) != 1 {
		return p.expression()
	}
	start := p.tok.Start
	if !p.accept('(') {
		return p.expression()
	}
	if !p.is('[') && !p.is('(') && !p.is(tokNumber) && !p.is('-') {
		e := p.expression()
		p.expect(')', ")")
		return e
	}
	points := p.points()
	p.expect(')', ")")
	return &Table{p.from(start), points}
}

// outputs are the further results of a macro's call.
func (p *parser) outputs(c *Call) {
	for p.is(tokName) {
		t := p.tok
		p.advance()
		subs := p.subscripts()
		c.Outs = append(c.Outs, &Ref{p.from(t.Start), t.text, Key(t.text), subs})
		if !p.accept(',') {
			return
		}
	}
}
