package expr

import "strconv"

// Points is a graphical function in the place of an argument, as Vensim writes it into
// XMILE files too: ([(0,0)-(10,10)],(0,1),(5,3)). The part in brackets is the range of the
// graph, which says nothing about values, and may be missing.
type Points struct {
	Place
	X, Y []float64 // of each point, in the order of the file
}

// points reads a graphical function, if one begins here; else it returns nil and reads
// nothing. The range may be missing: ((0,1),(5,3)).
func (p *parser) points() Expr {
	ranged := p.is("(") && p.ahead("[")
	if !ranged && !(p.is("(") && p.ahead("(")) {
		return nil
	}
	open, saved := p.tok, *p
	p.advance()
	for ranged && !p.is("]") && p.tok.kind != tokenEnd {
		p.advance()
	}
	if ranged {
		p.accept("]")
	}
	out := &Points{}
	for len(out.X) == 0 && !ranged || p.accept(",") {
		x, okX := p.coordinate("(")
		y, okY := p.coordinate(",")
		if !okX || !okY || !p.accept(")") {
			if !ranged { // parentheses around an expression
				*p = saved
				return nil
			}
			p.fail(p.tok, "write (x, y)", "%s is no part of a point", p.words(p.tok))
			panic(tooLarge{})
		}
		out.X, out.Y = append(out.X, x), append(out.Y, y)
	}
	if !p.accept(")") {
		p.fail(open, "close it with )", "this ( is never closed")
	}
	out.Place = p.from(open.start)
	return out
}

// ahead reports whether the token after the present one is that sign.
func (p *parser) ahead(s string) bool {
	l := lexer{s: p.s, at: p.at}
	t := l.next()
	return t.kind == tokenSign && t.text == s
}

// coordinate reads a number with its sign, after a sign that must come first.
func (p *parser) coordinate(after string) (float64, bool) {
	if !p.accept(after) {
		return 0, false
	}
	minus := p.accept("-")
	if !minus {
		p.accept("+")
	}
	if p.tok.kind != tokenNumber {
		return 0, false
	}
	x, err := strconv.ParseFloat(p.tok.text, 64)
	p.advance()
	if minus {
		x = -x
	}
	return x, err == nil
}
