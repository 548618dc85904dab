package vensim

// rangeList reads the elements of a range and what it maps to, after the colon.
func (p *parser) rangeList(eq *equation) {
	eq.kind = eqRange
	if p.is(tokName) && isCallAhead(p) {
		eq.expr = p.expression() // GET DIRECT SUBSCRIPT(…)
	} else {
		for {
			eq.items = append(eq.items, p.rangeItem())
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
	return l.next().kind == '('
}

func (p *parser) rangeItem() rangeItem {
	start := p.tok.start
	if p.accept('(') {
		first := p.elementName()
		p.expect('-', "a - between the first and the last element")
		last := p.elementName()
		p.expect(')', ")")
		return rangeItem{p.from(start), first, last}
	}
	name := p.elementName()
	return rangeItem{p.from(start), name, ""}
}

func (p *parser) elementName() string {
	if !p.is(tokName) && !p.is(tokNumber) {
		p.unexpected("the name of an element")
	}
	name := p.tok.text
	p.advance()
	return name
}

// alias reads the range that another one is the same as.
func (p *parser) alias(eq *equation) {
	eq.kind = eqAlias
	eq.alias = fold(p.elementName())
	p.mappings(eq)
}

// mappings reads -> a, (b: b1, b2).
func (p *parser) mappings(eq *equation) {
	if !p.isText(tokSign, "->") {
		return
	}
	p.advance()
	for {
		eq.maps = append(eq.maps, p.mapping())
		if !p.accept(',') {
			return
		}
	}
}

func (p *parser) mapping() mapping {
	start := p.tok.start
	if !p.accept('(') {
		name := p.elementName()
		return mapping{p.from(start), fold(name), name, nil}
	}
	m := mapping{name: p.elementName()}
	m.to = fold(m.name)
	if p.accept(':') {
		for {
			t := p.tok
			name := p.elementName()
			m.items = append(m.items, sub{t.span, name, fold(name), false})
			if !p.accept(',') {
				break
			}
		}
	}
	p.expect(')', ")")
	m.span = p.from(start)
	return m
}
