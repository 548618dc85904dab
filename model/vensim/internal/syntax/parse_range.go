package syntax

// rangeList reads the elements of a range and its mappings, after the colon.
func (p *parser) rangeList(eq *Equation) {
	eq.Kind = EqRange
	if p.is(tokName) && isCallAhead(p) {
		eq.Expr = p.expression() // GET DIRECT SUBSCRIPT(…)
	} else {
		for {
			eq.Items = append(eq.Items, p.rangeItem())
			if !p.accept(',') {
				break
			}
		}
	}
	p.mappings(eq)
}

// isCallAhead reports whether the present name is followed by a parenthesis.
func isCallAhead(p *parser) bool {
	l := p.lexer
	return l.Next().kind == '('
}

// rangeItem reads an element, a range, or a series in parentheses: (a1-a9).
func (p *parser) rangeItem() RangeItem {
	start := p.tok.Start
	if p.accept('(') {
		first := p.elementName()
		p.expect('-', "a - between the first and the last element")
		last := p.elementName()
		p.expect(')', ")")
		return RangeItem{p.from(start), first, last}
	}
	name := p.elementName()
	return RangeItem{p.from(start), name, ""}
}

// elementName reads the name of an element, which may be a number, and returns it as
// written.
func (p *parser) elementName() string {
	if !p.is(tokName) && !p.is(tokNumber) {
		p.unexpected("the name of an element")
	}
	name := p.tok.text
	p.advance()
	return name
}

// alias reads the range that another one is the same as.
func (p *parser) alias(eq *Equation) {
	eq.Kind = EqAlias
	eq.Alias = Key(p.elementName())
	p.mappings(eq)
}

// mappings reads -> a, (b: b1, b2).
func (p *parser) mappings(eq *Equation) {
	if !p.isText(tokSign, "->") {
		return
	}
	p.advance()
	for {
		eq.Maps = append(eq.Maps, p.mapping())
		if !p.accept(',') {
			return
		}
	}
}

// mapping reads the range that elements map to, alone or with the elements in parentheses.
func (p *parser) mapping() Mapping {
	start := p.tok.Start
	if !p.accept('(') {
		name := p.elementName()
		return Mapping{p.from(start), Key(name), name, nil}
	}
	m := Mapping{Name: p.elementName()}
	m.To = Key(m.Name)
	if p.accept(':') {
		for {
			t := p.tok
			name := p.elementName()
			m.Items = append(m.Items, Sub{t.Span, name, Key(name), false})
			if !p.accept(',') {
				break
			}
		}
	}
	p.expect(')', ")")
	m.Span = p.from(start)
	return m
}
