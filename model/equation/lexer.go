package equation

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A kind is the kind of a token. Punctuation is its own kind.
type kind rune

const (
	end    kind = -iota
	number      // 0.5
	word        // a bare name
	quoted      // "a name" or 'a name'
	digits      // a word that begins with a digit: a number gone wrong, or an element such as 9th
	sign        // an operator, and or not mod among them
	if_
	then
	else_
	odd // something the lexer has complained about
)

// A token is a piece of the text. Text is as written.
type token struct {
	Span
	kind kind
	text string
	name string // word, quoted, digits: canonical
	op   Op     // sign
}

var keywords = map[string]token{
	"if":   {kind: if_},
	"then": {kind: then},
	"else": {kind: else_},
	"and":  {kind: sign, op: And},
	"or":   {kind: sign, op: Or},
	"not":  {kind: sign, op: Not},
	"mod":  {kind: sign, op: Mod},
}

// signs are the operators, and those of other languages with a hint; the longer ones
// come first.
var signs = []struct {
	text string
	op   Op
	hint string
}{
	{":and:", And, "write and"},
	{":not:", Not, "write not"},
	{":or:", Or, "write or"},
	{":=", Eq, "write only what stands to the right of it"},
	{"<>", Ne, ""},
	{"<=", Le, ""},
	{">=", Ge, ""},
	{"==", Eq, "write = to compare"},
	{"!=", Ne, "write <> for different"},
	{"=<", Le, "write <="},
	{"=>", Ge, "write >="},
	{"**", Pow, "write ^ for a power"},
	{"&&", And, "write and"},
	{"||", Or, "write or"},
	{"&", And, "write and"},
	{"|", Or, "write or"},
	{"%", Mod, "write a mod b for the remainder, or x / 100 for a percentage"},
	{"≤", Le, "write <="},
	{"≥", Ge, "write >="},
	{"≠", Ne, "write <>"},
	{"×", Mul, "write *"},
	{"·", Mul, "write *"},
	{"÷", Div, "write /"},
	{"−", Sub, "this is a typographic minus; write -"},
	{"–", Sub, "this is a dash; write -"},
	{"=", Eq, ""},
	{"<", Lt, ""},
	{">", Gt, ""},
	{"+", Add, ""},
	{"-", Sub, ""},
	{"*", Mul, ""},
	{"/", Div, ""},
	{"^", Pow, ""},
}

// Canonical returns the form of a name that is compared: lower case, with an underscore
// for every run of white space. Total Students is total_students.
func Canonical(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), "_"))
}

// A lexer cuts a text into tokens.
type lexer struct {
	text   string
	at     int
	errors []Error
	places bool // $1 is the place of a template's argument, and a word
}

// report records a mistake; the lexer goes on.
func (l *lexer) report(s Span, hint, format string, args ...any) {
	l.errors = append(l.errors, Error{s, fmt.Sprintf(format, args...), hint})
}

// next returns the next token; after the last one it returns end again and again.
func (l *lexer) next() token {
	l.skipBlanks()
	start := l.at
	t := l.scan()
	t.Span = Span{start, l.at}
	t.text = l.text[start:l.at]
	return t
}

// rest returns the text that is not read yet.
func (l *lexer) rest() string { return l.text[l.at:] }

// char returns the next character, 0 at the end.
func (l *lexer) char() rune {
	r, size := utf8.DecodeRuneInString(l.rest())
	if size == 0 {
		return 0
	}
	return r
}

// skipBlanks passes white space and comments.
func (l *lexer) skipBlanks() {
	for l.at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.rest())
		switch {
		case unicode.IsSpace(r):
			l.at += size
		case r == '{':
			l.comment()
		default:
			return
		}
	}
}

// comment skips a comment in braces.
func (l *lexer) comment() {
	n := strings.IndexByte(l.rest(), '}')
	if n < 0 {
		l.report(Span{l.at, l.at + 1}, "end it with }", "this comment is never closed")
		l.at = len(l.text)
		return
	}
	l.at += n + 1
}

// scan returns the next token without its span.
func (l *lexer) scan() token {
	r := l.char()
	switch {
	case l.at == len(l.text):
		return token{kind: end}
	case isDigit(r), r == '.' && len(l.rest()) > 1 && isDigit(rune(l.rest()[1])):
		return l.number()
	case unicode.IsLetter(r) || r == '_':
		return l.word()
	case l.places && r == '$' && len(l.rest()) > 1 && '1' <= l.rest()[1] && l.rest()[1] <= '9':
		l.at += 2
		return token{kind: word, name: l.text[l.at-2 : l.at]}
	case r == '"' || r == '\'':
		return l.quoted(r)
	case strings.ContainsRune("()[],!", r) && !strings.HasPrefix(l.rest(), "!="):
		l.at++
		return token{kind: kind(r)}
	}
	return l.sign()
}

// sign returns an operator or bracket. Of two signs that begin alike, the longer is first in the
// table.
func (l *lexer) sign() token {
	for _, s := range signs {
		if len(l.rest()) < len(s.text) || !strings.EqualFold(l.rest()[:len(s.text)], s.text) {
			continue
		}
		start := l.at
		l.at += len(s.text)
		if s.hint != "" {
			l.report(Span{start, l.at}, s.hint, "%s is not an operator here", l.text[start:l.at])
		}
		return token{kind: sign, op: s.op}
	}
	return l.stray()
}

const strayHint = `names are letters, digits and underscores; put others in quotes: "K-12 seats"`

// strayHints are for characters that have no place in an equation.
var strayHints = map[rune]string{
	'#': "write a comment in braces: { like this }",
	';': "an equation is one formula; arguments are separated by commas",
	':': "write an equation for one element under [… .at]",
	'$': "write the number alone and put the currency into its units",
	'€': "write the number alone and put the currency into its units",
	'}': "a comment begins with {",
	'.': "numbers have digits after the point; in a name it stands between a module and its " +
		"variable: teachers.turnover",
	'?': "write if a then b else c",
	'“': `write straight quotes: "`,
	'”': `write straight quotes: "`,
	'‘': "write straight quotes: '",
	'’': "write straight quotes: '",
}

// stray returns a token for a character that the language does not have, and reports it.
func (l *lexer) stray() token {
	r, size := utf8.DecodeRuneInString(l.rest())
	at := Span{l.at, l.at + size}
	l.at += size
	switch {
	case r == utf8.RuneError && size == 1:
		l.report(at, "save the file as UTF-8", "there is a byte here that is not text")
	case !unicode.IsPrint(r):
		l.report(at, "delete it", "there is an invisible character here (U+%04X)", r)
	default:
		l.report(at, cmp.Or(strayHints[r], strayHint), "%c has no meaning in an equation", r)
	}
	return token{kind: odd}
}

// word returns a name or keyword. A name may have parts after points: teachers.hiring.
func (l *lexer) word() token {
	start := l.at
	l.take(isNamePart)
	for l.pointAndName() {
		l.at++
		l.take(isNamePart)
	}
	name := Canonical(l.text[start:l.at])
	if t, ok := keywords[name]; ok {
		t.name = name
		return t
	}
	return token{kind: word, name: name}
}

// pointAndName reports whether a point comes next and a name after it, as in
// teachers.turnover, the turnover of the module teachers.
func (l *lexer) pointAndName() bool {
	rest := l.rest()
	if rest == "" || rest[0] != '.' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return r == '_' || unicode.IsLetter(r)
}

// quoted returns a name in quotes, which may have any characters but that quote.
func (l *lexer) quoted(quote rune) token {
	body := l.rest()[1:]
	n := strings.IndexRune(body, quote)
	if n < 0 {
		l.report(Span{l.at, l.at + 1}, fmt.Sprintf("end the name with %c", quote), "this quoted name is never closed")
		l.at = len(l.text)
		return token{kind: odd}
	}
	l.at += n + 2
	name := Canonical(body[:n])
	if name == "" || !utf8.ValidString(name) {
		l.report(Span{l.at - n - 2, l.at}, "write a name between the quotes", "this is no name")
		return token{kind: odd}
	}
	return token{kind: quoted, name: name}
}

// number reads a number. One that runs on into letters is of the kind digits, for the
// parser to accept as an element or to report.
func (l *lexer) number() token {
	start := l.at
	l.take(isDigit)
	if l.char() == '.' {
		l.at++
		l.take(isDigit)
	}
	l.exponent()
	if isNamePart(l.char()) {
		l.take(isNamePart)
		return token{kind: digits, name: Canonical(l.text[start:l.at])}
	}
	text := l.text[start:l.at]
	if v, err := strconv.ParseFloat(text, 64); err != nil || math.IsInf(v, 0) {
		l.report(Span{start, l.at}, "the largest is about 1.8e308", "%s is too large for a number", text)
		return token{kind: odd}
	}
	return token{kind: number, name: text}
}

// exponent passes e10, e+10 or e-10, if one of these follows.
func (l *lexer) exponent() {
	rest := l.rest()
	if rest == "" || rest[0]|0x20 != 'e' {
		return
	}
	n := 1
	if len(rest) > 1 && (rest[1] == '+' || rest[1] == '-') {
		n = 2
	}
	if len(rest) > n && isDigit(rune(rest[n])) {
		l.at += n
		l.take(isDigit)
	}
}

// take passes characters for which in is true.
func (l *lexer) take(in func(rune) bool) {
	for l.at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.rest())
		if !in(r) {
			return
		}
		l.at += size
	}
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isNamePart reports whether a character may be in a name without quotes.
func isNamePart(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func notNamePart(r rune) bool { return !isNamePart(r) }

// isName reports whether the canonical name can be written without quotes.
func isName(name string) bool {
	if _, keyword := keywords[name]; keyword {
		return false
	}
	for part := range strings.SplitSeq(name, ".") {
		first, _ := utf8.DecodeRuneInString(part)
		if first != '_' && !unicode.IsLetter(first) || strings.ContainsFunc(part, notNamePart) {
			return false
		}
	}
	return true
}
