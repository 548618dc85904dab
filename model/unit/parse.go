package unit

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Error is a mistake in a unit's text, at bytes [Start, End).
type Error struct {
	Start, End    int
	Message, Hint string
}

func (e *Error) Error() string { return e.Message }

const (
	maxText  = 1000 // bytes
	maxDepth = 50   // parentheses
)

// A System knows which names mean the same unit. The zero value knows the words for plain
// numbers and the plurals of the calendar. It may be read by many goroutines once nothing
// is declared any more.
type System struct {
	same map[string]string // other name → name
}

// same are the names that mean the same in every model: XMILE's words for 1, in
// lower case, and the calendar's plurals, as Vensim has them from the start.
var same = map[string]string{
	"dmnl": "1", "dimensionless": "1", "unitless": "1",
	"years": "year", "quarters": "quarter", "months": "month", "weeks": "week", "days": "day",
	"hours": "hour", "minutes": "minute", "seconds": "second",
}

// Declare makes others mean name. An empty other is passed over.
func (s *System) Declare(name string, others ...string) {
	if s.same == nil {
		s.same = map[string]string{}
	}
	s.same[name] = name
	for _, o := range others {
		if o != "" {
			s.same[o] = name
		}
	}
}

// Name returns the name that another one is declared to mean, or that name itself; "1" for
// a word that means a plain number.
func (s *System) Name(name string) string {
	if n, ok := s.same[name]; ok {
		return n
	}
	if n, ok := same[strings.ToLower(name)]; ok && (n == "1" || strings.ToLower(name) == name) {
		return n
	}
	return name
}

// Parse returns the unit of a text such as student/year, USD/(student*year), m^2, 1/year
// or 1. Names are letters, digits and underscores, and currency signs; * and / bind alike,
// from left to right. The error, if there is one, is an *Error, at a place in the text.
func (s *System) Parse(text string) (u Unit, err error) {
	if len(text) > maxText {
		return Unit{}, &Error{0, len(text), "the unit is too long", "a unit is a few names"}
	}
	p := &parser{system: s, text: text}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *Error:
			u, err = Unit{}, r
		default:
			panic(r)
		}
	}()
	return p.whole(), nil
}

// A parser reads one unit, and panics with an *Error.
type parser struct {
	system *System
	text   string
	at     int
	depth  int
}

// fail ends the parsing with a mistake from start to the present place.
func (p *parser) fail(start int, hint, format string, args ...any) {
	panic(&Error{start, max(p.at, start), fmt.Sprintf(format, args...), hint})
}

// char is the next character that is not white space, 0 at the end.
func (p *parser) char() rune {
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			return r
		}
		p.at += size
	}
	return 0
}

// accept skips a character, if it is next.
func (p *parser) accept(r rune) bool {
	if p.char() != r || p.at == len(p.text) {
		return false
	}
	p.at += utf8.RuneLen(r)
	return true
}

// whole parses the whole text.
func (p *parser) whole() Unit {
	u := p.product()
	if p.char(); p.at < len(p.text) {
		p.stray()
	}
	return u
}

// strays are the signs of other notations.
var strays = map[rune]string{
	'²': "write ^2", '³': "write ^3", '·': "write *", '⋅': "write *", '×': "write *", '÷': "write /",
	'-': "write year^-1, or 1/year", '%': "write 1 for a fraction, or name a unit percent",
	')': "delete it, or open it before", '+': "a unit is a product of names", ',': "a unit is a product of names",
}

// stray reports the text after a complete unit.
func (p *parser) stray() {
	start := p.at
	r, size := utf8.DecodeRuneInString(p.text[start:])
	if isName(r) {
		word := p.word()
		p.notPer(word)
		p.fail(start, "write * between two units, / for per, or an underscore within one name",
			"%s follows without an operator", word)
	}
	p.at += size
	if !unicode.IsPrint(r) {
		p.fail(start, "delete it", "there is a character here that cannot be shown")
	}
	p.fail(start, strays[r], "%c has no meaning in a unit", r)
}

// product parses units with * and / between them. Both bind alike, from left to right: a/b*c is
// a*c/b.
func (p *parser) product() Unit {
	start := p.at
	u := p.power()
	for {
		switch {
		case p.accept('*'):
			u = u.Mul(p.power())
		case p.accept('/'):
			u = u.Div(p.power())
		default:
			return u
		}
		if !u.sound() {
			p.fail(start, powerHint, "no unit has such a power")
		}
	}
}

// power parses a unit with an exponent, which may be a fraction.
func (p *parser) power() Unit {
	start := p.at
	u := p.primary()
	if !p.accept('^') {
		return u
	}
	x := p.exponent()
	v, ok := u.Pow(x)
	if !ok {
		p.fail(start, powerHint, "no unit has such a power")
	}
	return v
}

const powerHint = "a power is a whole number or a simple fraction, as in m^2 or m^0.5"

// exponent is 2, -1, 0.5, (1/2) or (-1/2).
func (p *parser) exponent() float64 {
	if !p.accept('(') {
		return p.number()
	}
	x := p.number()
	if p.accept('/') {
		x /= p.number()
	}
	if !p.accept(')') {
		p.fail(p.at, "close it with )", "this power is never closed")
	}
	return x
}

// number parses the number of an exponent.
func (p *parser) number() float64 {
	sign := 1.0
	if p.accept('-') {
		sign = -1
	}
	p.char()
	start := p.at
	for p.at < len(p.text) && strings.IndexByte("0123456789.", p.text[p.at]) >= 0 {
		p.at++
	}
	x, err := strconv.ParseFloat(p.text[start:p.at], 64)
	if err != nil {
		p.fail(start, "a power is a number, as in m^2", "a number is missing after ^")
	}
	return sign * x
}

// primary parses a name, 1, or a unit in parentheses.
func (p *parser) primary() Unit {
	r := p.char()
	start := p.at
	switch {
	case start == len(p.text):
		p.missing()
	case r == '(':
		return p.parenthesis()
	case '0' <= r && r <= '9':
		return p.one()
	case isName(r):
		return p.named(p.word())
	case r == '*' || r == '/':
		p.at++
		p.fail(start, "write 1/year for per year", "a unit is missing before %c", r)
	}
	p.stray()
	return Unit{}
}

// missing reports a place where a unit should begin.
func (p *parser) missing() {
	if strings.TrimSpace(p.text) == "" {
		p.fail(0, "write 1 for a plain number", "the unit is empty")
	}
	p.fail(len(strings.TrimRightFunc(p.text, unicode.IsSpace)), "", "a unit is missing at the end")
}

// parenthesis parses a unit in parentheses; their nesting is bounded.
func (p *parser) parenthesis() Unit {
	start := p.at
	p.at++
	if p.depth++; p.depth > maxDepth {
		p.fail(start, "a unit is a few names", "the parentheses are nested too deep")
	}
	u := p.product()
	if p.depth--; !p.accept(')') {
		if p.at < len(p.text) {
			p.stray()
		}
		p.at = start + 1
		p.fail(start, "close it with )", "this ( is never closed")
	}
	return u
}

// one is the number 1; no other number is a unit.
func (p *parser) one() Unit {
	start := p.at
	word := p.word()
	if word != "1" {
		p.fail(start, "a unit has no size: give the number a variable of its own", "%s is not a unit", word)
	}
	return Unit{}
}

// word returns the name at the present place and skips it.
func (p *parser) word() string {
	start := p.at
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !isName(r) {
			break
		}
		p.at += size
	}
	return p.text[start:p.at]
}

// named returns the unit of a name, of which an alias is another.
func (p *parser) named(word string) Unit {
	p.notPer(word)
	if name := p.system.Name(word); name != "1" {
		return Named(name)
	}
	return Unit{}
}

// notPer reports the word per, which people write for a slash.
func (p *parser) notPer(word string) {
	if strings.EqualFold(word, "per") {
		p.fail(p.at-len(word), "write student/year", "per is written /")
	}
}

// isName reports whether a character may be in the name of a unit; signs of currencies may.
func isName(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.Is(unicode.Sc, r) || '0' <= r && r <= '9'
}
