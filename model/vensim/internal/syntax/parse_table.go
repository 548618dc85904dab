package syntax

import (
	"strings"

	"weir/model/resolved"
)

// tabbed reads TABBED ARRAY( numbers, a row a line ).
// A line of the text is a row. Commas and semicolons between the numbers mean nothing.
func (p *parser) tabbed(eq *Equation) {
	eq.Kind = EqNumbers
	p.advance()
	if !p.is('(') {
		p.unexpected("(")
	}
	row, end := []*Num(nil), p.tok.End
	p.tabbing = true
	defer func() { p.tabbing = false }()
	for n := 0; ; n++ {
		p.advance()
		if p.is(',') || p.is(';') {
			continue
		}
		if p.is(')') {
			break
		}
		sign := 1.0
		start := p.tok.Start
		if p.accept('-') {
			sign = -1
		}
		if !p.is(tokNumber) {
			p.unexpected("a number of the array")
		}
		if n > maxNumbers {
			p.fail(eq.NameSpan, "", "%s lists more than %d numbers", eq.Name, maxNumbers)
		}
		if row != nil && strings.Contains(p.src[end:start], "\n") {
			eq.Numbers, row = append(eq.Numbers, row), nil
		}
		end = p.tok.End
		row = append(row, &Num{Span{start, p.tok.End}, sign * p.tok.number, ""})
	}
	if row != nil {
		eq.Numbers = append(eq.Numbers, row)
	}
	p.advance()
}

// lookup reads a lookup's definition, after its opening parenthesis.
func (p *parser) lookup(eq *Equation) {
	start := p.tok.Start
	if p.is(tokName) {
		eq.Expr = p.expression() // GET XLS LOOKUPS(…)
	} else {
		eq.Table = &Table{Points: p.points()}
		eq.Table.Span = p.from(start)
	}
	p.expect(')', ")")
}

// points reads [(0,0)-(10,10),…] if it is there, and then (x,y),(x,y) or
// x, x, …, y, y, ….
// The part in brackets is the scale of Vensim's graph, and perhaps points of reference. It does not
// change values, so it is passed over.
func (p *parser) points() []resolved.Point {
	if p.accept('[') {
		for depth := 1; depth > 0; p.advance() {
			switch {
			case p.is('['):
				depth++
			case p.is(']'):
				depth--
			case p.is(tokEnd):
				p.unexpected("]")
			}
		}
		p.accept(',')
	}
	if p.is('(') {
		return p.pairs()
	}
	return p.halves()
}

// pairs reads (x,y),(x,y) and so on.
func (p *parser) pairs() []resolved.Point {
	var out []resolved.Point
	for p.accept('(') {
		x := p.signedNumber()
		p.expect(',', "a comma")
		y := p.signedNumber()
		p.expect(')', ")")
		out = append(out, resolved.Point{X: x, Y: y})
		if !p.accept(',') {
			break
		}
	}
	return out
}

// halves reads the x first and then the y.
// The list "1, 2, 3, 10, 20, 30" has the points (1,10), (2,20) and (3,30).
func (p *parser) halves() []resolved.Point {
	start := p.tok.Span
	var all []float64
	for !p.is(')') {
		all = append(all, p.signedNumber())
		if !p.accept(',') {
			break
		}
	}
	if len(all)%2 != 0 {
		p.fail(Span{start.Start, p.last.End}, "as many x as y, one after the other",
			"this lookup lists %d numbers, an odd count", len(all))
	}
	out := make([]resolved.Point, len(all)/2)
	for i := range out {
		out[i] = resolved.Point{X: all[i], Y: all[len(out)+i]}
	}
	return out
}

// signedNumber reads a number with any signs before it.
func (p *parser) signedNumber() float64 {
	sign := 1.0
	for p.is('-') || p.is('+') {
		if p.is('-') {
			sign = -sign
		}
		p.advance()
	}
	if !p.is(tokNumber) {
		p.unexpected("a number")
	}
	v := p.tok.number
	p.advance()
	return sign * v
}
