package syntax

import (
	"fmt"
	"strings"
)

// maxDepth bounds how deep an equation may be nested.
// The parser and the passes recurse into trees, so the bound also keeps their stacks small.
const maxDepth = 150

// maxNumbers bounds how many numbers one equation may list.
// It is as large as the largest array that a model may have.
const maxNumbers = 4_000_000

// A parser reads one statement. A mistake ends it: see fail.
type parser struct {
	lexer
	tok, last token // the present token and the one before
	depth     int   // of nested expressions
}

// A mistake ends the parsing of a statement.
type mistake struct {
	Span
	Message, Hint string // as diagnostics have them
}

// fail ends the parsing of the statement with a mistake, which parseStatement recovers.
func (p *parser) fail(s Span, hint, format string, args ...any) {
	panic(mistake{s, fmt.Sprintf(format, args...), hint})
}

// newParser returns a parser of a part of the file, at its first token.
// Spans of the result count from the beginning of src, not from that of the part.
func newParser(src string, s Span) *parser {
	p := &parser{lexer: lexer{src: src, at: s.Start, end: s.End}}
	p.advance()
	return p
}

// advance goes on to the next token.
func (p *parser) advance() { p.last, p.tok = p.tok, p.lexer.Next() }

// is reports whether the present token is of a kind.
func (p *parser) is(k kind) bool { return p.tok.kind == k }

// isText reports whether the present token is of a kind and has that text.
func (p *parser) isText(k kind, text string) bool { return p.tok.kind == k && p.tok.text == text }

// accept passes a token of a kind, and reports whether it is the present one.
func (p *parser) accept(k kind) bool {
	if !p.is(k) {
		return false
	}
	p.advance()
	return true
}

// expect passes a token of a kind; any other ends the parsing. The words name the
// missing part.
func (p *parser) expect(k kind, what string) {
	if !p.accept(k) {
		p.unexpected(what)
	}
}

// unexpected ends the parsing: another token should be here. The words say which.
func (p *parser) unexpected(what string) {
	if p.is(tokEnd) {
		at := p.last.Span
		// Nothing was read before the end, so there is no last token to point at.
		if at.End == 0 {
			at = p.tok.Span
		}
		p.fail(at, "", "the equation ends here, but %s is missing", what)
	}
	if p.is(tokOdd) && (p.tok.text == `"` || p.tok.text == "'") {
		p.fail(Span{p.tok.Start, p.tok.Start + 1}, "write another "+p.tok.text+" where it ends",
			"the text that begins with %s here never ends", p.tok.text)
	}
	if p.is(tokOdd) && isDigit(p.tok.text[0]) {
		p.fail(p.tok.Span, "write a smaller number", "%s is larger than any number can be: about 1.8e308", p.tok.text)
	}
	p.fail(p.tok.Span, "", "%s is here, where %s should be", shown(p.tok, p.src), what)
}

// shown returns a token's text in quotes, shortened for a message.
func shown(t token, src string) string {
	text := src[t.Start:t.End]
	if len(text) > 40 {
		text = strings.ToValidUTF8(text[:40], "") + "…"
	}
	return fmt.Sprintf("%q", text)
}

// from returns the span from a start to the end of the token before the present one.
// It is never of negative length, even if no token has been passed since the start.
func (p *parser) from(start int) Span { return Span{start, max(start, p.last.End)} }

// ParseStatement reads a statement. The mistake is nil if there is none.
// The equation is never nil. After a mistake it is Broken and has the parts that were read before
// it, so that its name can still be reported and looked up.
func ParseStatement(src string, st *Statement) (eq *Equation, wrong *mistake) {
	eq = &Equation{Statement: st}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case mistake:
			eq.Broken = true
			wrong = &r
		default:
			panic(r)
		}
	}()
	newParser(src, st.Equation).equation(eq)
	return eq, nil
}

// equation reads name[subscripts] and the rest of the statement.
func (p *parser) equation(eq *Equation) {
	if !p.is(tokName) && !p.is(tokNumber) {
		p.unexpected("a name")
	}
	eq.Name, eq.Key, eq.NameSpan = p.tok.text, Key(p.tok.text), p.tok.Span
	p.advance()
	eq.Subs = p.subscripts()
	for p.is(tokKeyword) {
		switch p.tok.text {
		case ":EXCEPT:":
			p.advance()
			p.exceptions(eq)
			continue
		case ":RAW:", ":INTERPOLATE:", ":HOLD BACKWARD:", ":LOOK FORWARD:":
			eq.Between = p.tok.text
			eq.Kind = EqData
			p.advance()
			continue
		}
		break
	}
	p.body(eq)
	if p.isText(tokKeyword, ":IGNORE:") { // a list for Vensim's tracing of causes
		p.skipAll()
	}
	if !p.is(tokEnd) {
		p.unexpected("the end of the equation")
	}
}

// exceptions reads [a], [b] behind :EXCEPT:.
func (p *parser) exceptions(eq *Equation) {
	for p.is('[') {
		eq.Except = append(eq.Except, p.subscripts())
		p.accept(',')
	}
}

// body reads the part to the right of the name.
// A name alone is a data variable, and a name before a parenthesis a lookup. The sign behind the
// name tells the rest apart.
func (p *parser) body(eq *Equation) {
	switch {
	case p.is(tokEnd):
		eq.Kind = EqData
	case p.accept('('):
		eq.Kind = EqLookup
		p.lookup(eq)
	case p.isText(tokSign, ":="):
		p.advance()
		eq.Kind = EqData
		p.right(eq)
	case p.is('='), p.isText(tokSign, "=="):
		p.advance()
		p.right(eq)
	case p.isText(tokSign, "<->"):
		p.advance()
		p.alias(eq)
	case p.is(':'):
		p.advance()
		p.rangeList(eq)
	case p.isText(tokKeyword, ":TEST INPUT:"):
		p.advance()
		eq.Kind = EqTestInput
		p.testInput(eq)
	case p.isText(tokKeyword, ":THE CONDITION:"):
		p.advance()
		eq.Kind = EqCondition
		p.condition(eq)
	case p.isText(tokKeyword, ":IS:"):
		eq.Kind = EqText
		p.advance()
		if p.is(tokString) {
			eq.Text = p.tok.text
		}
		p.skipAll()
	default:
		p.unexpected("an = ")
	}
}

// testInput reads name = expression.
func (p *parser) testInput(eq *Equation) {
	if !p.is(tokName) {
		p.unexpected("a name")
	}
	if r, ok := p.name().(*Ref); ok {
		eq.Target = r
	}
	p.expect('=', "=")
	eq.Expr = p.expression()
}

// condition reads condition :IMPLIES: expression.
// The condition may be missing, and eq.Condition is nil then.
func (p *parser) condition(eq *Equation) {
	if !p.isText(tokKeyword, ":IMPLIES:") {
		eq.Condition = p.expression()
	}
	if !p.isText(tokKeyword, ":IMPLIES:") {
		p.unexpected(":IMPLIES:")
	}
	p.advance()
	eq.Expr = p.expression()
}

// skipAll passes the rest of the statement.
func (p *parser) skipAll() {
	for !p.is(tokEnd) {
		p.advance()
	}
}

// right reads the right-hand side: an expression, or a list of numbers.
// An empty right-hand side becomes a call of Unwritten at the name: Vensim saves models with
// variables whose equations nobody has written yet.
func (p *parser) right(eq *Equation) {
	if p.is(tokEnd) {
		eq.Expr = &Call{Span: eq.NameSpan, Name: Unwritten, Key: Key(Unwritten), NameSpan: eq.NameSpan}
		return
	}
	if p.is(tokName) && Key(p.tok.text) == "tabbed_array" {
		p.tabbed(eq)
		return
	}
	// Only the sign behind the first expression tells a formula from a list of numbers.
	first := p.expression()
	if !p.is(',') && !p.is(';') {
		eq.Expr = first
		return
	}
	eq.Kind = EqNumbers
	row := []*Num{p.constant(first)}
	n := 1
	for p.is(',') || p.is(';') {
		if p.is(';') {
			eq.Numbers = append(eq.Numbers, row)
			row = nil
		}
		p.advance()
		if p.is(tokEnd) {
			break
		}
		if row = append(row, p.constant(p.expression())); n > maxNumbers {
			p.fail(eq.NameSpan, "", "%s lists more than %d numbers", eq.Name, maxNumbers)
		}
		n++
	}
	if row != nil {
		eq.Numbers = append(eq.Numbers, row)
	}
}

// constant returns an item of a list of numbers.
// Arithmetic on numbers is one too: the list "1/3, 2/3" has two items.
func (p *parser) constant(e Expr) *Num {
	if n, ok := Constant(e); ok {
		return &Num{e.Pos(), n, ""}
	}
	p.fail(e.Pos(), "", "a list of numbers has numbers in it, not formulas")
	return nil
}

// Constant returns the value of a number with or without a sign, or of arithmetic on numbers.
// It knows + - * / and signs, and reports false of everything else. Names are never looked up.
func Constant(e Expr) (float64, bool) {
	switch e := e.(type) {
	case *Num:
		return e.Value, true
	case *Unary:
		if x, ok := Constant(e.X); ok && (e.Op == "-" || e.Op == "+") {
			if e.Op == "-" {
				return -x, true
			}
			return x, true
		}
	case *Infix:
		x, ok1 := Constant(e.X)
		y, ok2 := Constant(e.Y)
		if !ok1 || !ok2 {
			return 0, false
		}
		switch e.Op {
		case "+":
			return x + y, true
		case "-":
			return x - y, true
		case "*":
			// The conversion keeps the product from being fused with a sum, so that all processors
			// agree.
			return float64(x * y), true
		case "/":
			return x / y, true
		}
	}
	return 0, false
}

// subscripts reads [a, b!], if there is a bracket.
// The result is nil without a bracket, and never empty with one.
func (p *parser) subscripts() []Sub {
	if !p.accept('[') {
		return nil
	}
	var out []Sub
	for {
		t := p.tok
		if !p.is(tokName) && !p.is(tokNumber) {
			p.unexpected("a subscript")
		}
		p.advance()
		s := Sub{t.Span, t.text, Key(t.text), false}
		if p.accept('!') {
			s.Bang = true
			s.Span = p.from(t.Start)
		}
		out = append(out, s)
		if len(out) > 20 {
			p.fail(t.Span, "", "there are more than 20 subscripts")
		}
		if !p.accept(',') {
			break
		}
	}
	p.expect(']', "]")
	return out
}

// A macroLine is the head of a macro, or its end.
type macroLine struct {
	Ends    bool     // :END OF MACRO:
	Name    string   // as written
	At      Span     // of the name
	Inputs  []string // keys
	Outputs []string // keys of further results
}

// ParseMacroHead returns the head of a macro, :MACRO: name(inputs : outputs), or its end.
// It takes the names in any order of separators: Vensim itself is no stricter.
// It reports no mistakes; a head without a name has the text of the token that is there.
func ParseMacroHead(src string, s Span) macroLine {
	p := newParser(src, s)
	if p.tok.text == ":END OF MACRO:" {
		return macroLine{Ends: true}
	}
	p.advance()
	m := macroLine{Name: p.tok.text, At: p.tok.Span}
	to := &m.Inputs
	for p.advance(); !p.is(tokEnd); p.advance() {
		switch {
		case p.is(':'):
			to = &m.Outputs
		case p.is(tokName):
			*to = append(*to, Key(p.tok.text))
		}
	}
	return m
}
