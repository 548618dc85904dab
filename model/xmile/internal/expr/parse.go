package expr

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxNesting bounds parentheses, calls and signs within each other.
const maxNesting = 150

// A parser reads one equation. The precedence is that of XMILE 1.0, 3.3.1.
type parser struct {
	lexer
	tok, last token
	odd       []Mistake // faults that leave no doubt about the meaning
	depth     int
	operators int // with two operands, so far
	levels    [][]string
}

// maxOperators bounds the operators of one equation: a sum of so many terms is a tree of
// that depth. An equation of weir's with more of them would pass its limit of characters.
const maxOperators = 50_000

// tooLarge ends the reading of an equation.
type tooLarge struct{}

// A Grammar reads equations. The zero value follows the standard.
type Grammar struct {
	// LooseMod makes mod bind weaker than multiplication, as in Stella, whose own exports
	// to other languages show it: 7 mod 2 * 2 is 7 mod 4. In the standard (XMILE 1.0, 3.3.1)
	// it binds like multiplication, from the left.
	LooseMod bool
}

// Parse reads an equation, or several between commas: an array's numbers.
func (g Grammar) Parse(s string) ([]Expr, []Mistake) {
	list, wrong, _ := g.ParseAll(s)
	return list, wrong
}

// ParseAll is Parse; odd are faults that leave no doubt about the meaning, so that the
// equation was read all the same.
// After a mistake the list has expressions all the same, so that a caller can go on; it is nil only
// for an equation that is too large.
func (g Grammar) ParseAll(s string) (list []Expr, wrong, odd []Mistake) {
	p := &parser{lexer: lexer{s: s}, levels: binaryLevels}
	if g.LooseMod {
		p.levels = looseLevels
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case tooLarge:
			list, wrong = nil, p.errors
		default:
			panic(r)
		}
	}()
	p.advance()
	for {
		if points := p.points(); points != nil {
			list = append(list, points)
		} else {
			list = append(list, p.expression())
		}
		if !p.accept(",") && !p.accept(";") || p.tok.kind == tokenEnd {
			break
		}
	}
	if p.tok.kind != tokenEnd {
		p.fail(p.tok, "write an operator before it", "%s follows without an operator", p.words(p.tok))
	}
	return list, p.errors, p.odd
}

// Blank reports whether there is nothing but white space and comments.
func Blank(s string) bool {
	l := lexer{s: s}
	l.blanks()
	return l.at >= len(s) && l.errors == nil
}

// advance takes the present token.
func (p *parser) advance() { p.last, p.tok = p.tok, p.lexer.next() }

// is reports whether the present token is that sign or word.
func (p *parser) is(s string) bool {
	return (p.tok.kind == tokenSign || p.tok.kind == tokenWord) && p.tok.text == s
}

// accept takes the present token if it is that sign or word.
func (p *parser) accept(s string) bool {
	if !p.is(s) {
		return false
	}
	p.advance()
	return true
}

// from returns the place from a start to the end of the last token taken.
func (p *parser) from(start int) Place { return Place{start, max(start, p.last.end)} }

// words returns a token as a message has it.
func (p *parser) words(t token) string {
	if t.kind == tokenEnd {
		return "the end"
	}
	return p.s[t.start:t.end]
}

// fail reports a mistake; only the first one counts, as the others follow from it.
func (p *parser) fail(t token, hint, format string, args ...any) {
	if len(p.errors) == 0 {
		p.errors = append(p.errors, Mistake{t.start, max(t.end, t.start), fmt.Sprintf(format, args...), hint})
	}
}

// nested applies a rule one level deeper. Beyond the deepest level the equation is given
// up, since each level takes stack.
func (p *parser) nested(rule func() Expr) Expr {
	if p.depth++; p.depth > maxNesting {
		p.fail(p.tok, "name parts of it as auxiliaries", "the equation is nested more than %d deep", maxNesting)
		panic(tooLarge{})
	}
	e := rule()
	p.depth--
	return e
}

// expression reads a whole expression: in parentheses, between commas or in brackets.
func (p *parser) expression() Expr {
	return p.nested(func() Expr {
		if p.is("if") {
			return p.conditional()
		}
		return p.binary(0)
	})
}

// conditional reads if a then b else c.
func (p *parser) conditional() Expr {
	start := p.tok.start
	p.advance()
	e := &If{Cond: p.expression()}
	if p.last.text == ")" && p.is(",") { // if(a, b, c) is not XMILE, but plain enough
		p.fail(p.tok, "write if a then b else c", "if is not a function")
	}
	if p.is("not") { // as a translator from Vensim writes :NOT: x
		e.Cond = &Unary{p.from(start), "not", e.Cond}
		p.advance()
		p.odd = append(p.odd, Mistake{p.last.start, p.last.end,
			"not is written behind the condition, and is read as if it came before it", "write not (…)"})
	}
	if !p.accept("then") {
		p.fail(p.tok, "write if a then b else c", "there is no then")
		return e.Cond
	}
	e.Then = p.expression()
	if p.accept("else") {
		e.Other = p.expression()
	} else {
		p.fail(p.tok, "write if a then b else c", "there is no else")
		return e.Then
	}
	e.Place = p.from(start)
	return e
}

// binaryLevels are the operators with two operands by how loosely they bind, loosest first
// (XMILE 1.0, 3.3.1). All of a level bind to the left.
var binaryLevels = [][]string{{"or"}, {"and"}, {"=", "<>"}, {"<", "<=", ">", ">="}, {"+", "-"},
	{"*", "/", "//", "mod", "%"}}

// looseLevels are binaryLevels with LooseMod.
var looseLevels = [][]string{{"or"}, {"and"}, {"=", "<>"}, {"<", "<=", ">", ">="}, {"+", "-"}, {"mod"},
	{"*", "/", "//", "%"}}

// binary reads operators of a level and of those that bind tighter.
func (p *parser) binary(level int) Expr {
	if level == len(p.levels) {
		return p.signed()
	}
	start := p.tok.start
	x := p.binary(level + 1)
	for (p.tok.kind == tokenSign || p.tok.kind == tokenWord) && slices.Contains(p.levels[level], p.tok.text) {
		op := p.tok.text
		if p.operators++; p.operators > maxOperators {
			p.fail(p.tok, "name parts of it as auxiliaries", "the equation has more than %d operators", maxOperators)
			panic(tooLarge{})
		}
		p.advance()
		y := p.binary(level + 1)
		x = &Binary{p.from(start), op, x, y}
	}
	return x
}

// signed returns -x, +x or not x, all of which bind looser than a power only.
// So -2^2 is -4, and not a = b is (not a) = b.
func (p *parser) signed() Expr {
	if !p.is("-") && !p.is("+") && !p.is("not") && !p.is("!") {
		return p.power()
	}
	head := p.tok
	return p.nested(func() Expr {
		p.advance()
		x := p.signed()
		op := head.text
		if op == "!" {
			op = "not"
		}
		return &Unary{p.from(head.start), op, x}
	})
}

// power reads x^y, which binds to the right; its exponent may have a sign.
func (p *parser) power() Expr {
	start := p.tok.start
	x := p.primary()
	if !p.is("^") {
		return x
	}
	return p.nested(func() Expr {
		p.advance()
		y := p.signed()
		return &Binary{p.from(start), "^", x, y}
	})
}

// primary reads a number, a name, a call, or an expression in parentheses. Where there is
// none of them it reports a mistake and returns a number in its place.
func (p *parser) primary() Expr {
	t := p.tok
	switch {
	case t.kind == tokenNumber:
		p.advance()
		v, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			p.fail(t, "the largest is about 1.8e308", "%s is too large for a number", t.text)
		}
		return &Number{Place: p.from(t.start), Value: v}
	case t.kind == tokenName, p.is("."):
		return p.name()
	case p.is(":na:"):
		p.advance()
		return &Ref{p.from(t.start), []string{":na:"}, nil}
	case p.is("if"):
		return p.expression()
	case p.is("mod"): // mod(a, b)
		p.advance()
		if args := p.arguments(); len(args) == 2 {
			return &Binary{p.from(t.start), "mod", args[0], args[1]}
		}
		p.fail(t, "write a mod b", "mod is written between two values")
	case p.is("("):
		p.advance()
		e := p.expression()
		if !p.accept(")") {
			p.fail(t, "close it with )", "this ( is never closed")
		}
		return e
	case t.kind == tokenEnd:
		p.fail(token{start: max(0, len(p.s)-1), end: len(p.s)}, "", "the equation ends where a value should follow")
	case p.is("?"):
		p.fail(t, "write what it is: the tool that wrote the file did not know", "? is written in the place of a value")
		p.advance()
	default:
		p.fail(t, "", "%s cannot stand where a value should", p.words(t))
		p.advance()
	}
	return &Number{Place: p.from(t.start)}
}

// name reads a name with its module, subscripts and arguments. Names of several words
// need no underscores between them.
// A path that begins with a dot has an empty name first: it starts at the top of the model.
func (p *parser) name() Expr {
	start := p.tok.start
	r := &Ref{}
	if p.accept(".") {
		r.Path = append(r.Path, "")
	}
	for p.tok.kind == tokenName {
		r.Path = append(r.Path, p.spaced())
		if p.tok.kind == tokenNumber && p.tok.text[0] == '.' && p.tok.start == p.last.end { // Dim.2
			r.Path = append(r.Path, p.tok.text[1:])
			p.advance()
			break
		}
		if !p.is(".") || !p.dotted() {
			break
		}
		p.advance()
	}
	r.Place = p.from(start)
	if p.is("[") {
		r.Index = p.subscripts()
		r.Place = p.from(start)
	}
	if p.is("(") {
		args := p.arguments()
		return &Call{p.from(start), r, args}
	}
	return r
}

// dotted reports whether a name follows the dot at once.
// A dot before a star is left to subscript, which reads dim.*.
func (p *parser) dotted() bool {
	rest := p.s[min(p.tok.end, len(p.s)):]
	return rest != "" && (rest[0] == '"' || strings.IndexFunc(rest, nameStart) == 0 || digit(rune(rest[0])))
}

// spaced reads words up to something else: VECTOR SORT ORDER.
// The words are joined with underscores, which is the canonical form of the name.
func (p *parser) spaced() string {
	var all []string
	for p.tok.kind == tokenName {
		all = append(all, p.tok.text)
		p.advance()
	}
	return strings.Join(all, "_")
}

// arguments reads a list of expressions in parentheses, which may be empty.
func (p *parser) arguments() []Expr {
	open := p.tok
	if !p.accept("(") {
		p.fail(open, "", "%s cannot stand where an argument list should", p.words(open))
		return nil
	}
	var args []Expr
	for !p.is(")") && p.tok.kind != tokenEnd {
		if points := p.points(); points != nil {
			args = append(args, points)
		} else {
			args = append(args, p.expression())
		}
		if !p.accept(",") && !p.accept(";") {
			break
		}
	}
	if !p.accept(")") {
		p.fail(open, "close it with )", "this ( is never closed")
	}
	return args
}

// subscripts reads a list of subscripts in brackets. It is not nil.
func (p *parser) subscripts() []Expr {
	open := p.tok
	p.advance()
	out := []Expr{}
	for !p.is("]") && p.tok.kind != tokenEnd {
		out = append(out, p.subscript())
		if !p.accept(",") {
			break
		}
	}
	if !p.accept("]") {
		p.fail(open, "close it with ]", "this [ is never closed")
	}
	return out
}

// subscript returns *, dim!, dim.*, a:b or an expression.
// "dim!" is the same as "dim.*"; a star alone has an empty name.
func (p *parser) subscript() Expr {
	t := p.tok
	if p.accept("*") {
		if p.accept(":") && p.tok.kind == tokenName { // *:subrange, as some tools write it
			name := p.spaced()
			return &Star{p.from(t.start), name}
		}
		return &Star{p.from(t.start), ""}
	}
	e := p.expression()
	name, bare := e.(*Ref)
	switch {
	case bare && p.accept("!"), bare && p.is(".") && p.star():
		return &Star{p.from(t.start), name.Path[len(name.Path)-1]}
	case p.accept(":"):
		to := p.expression()
		return &Range{p.from(t.start), e, to}
	}
	return e
}

// star passes .* after a dimension.
func (p *parser) star() bool {
	p.advance()
	return p.accept("*")
}
