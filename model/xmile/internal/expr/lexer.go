package expr

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"weir/model/xmile/internal/naming"
)

// A token is a piece of an equation.
type token struct {
	kind       kind
	text       string // as written; of a name: canonical
	start, end int
}

// A kind is the kind of a token.
type kind uint8

// The kinds of tokens.
const (
	tokenEnd kind = iota
	tokenNumber
	tokenName // a name, quoted or not, without its dots
	tokenSign // an operator or punctuation
	tokenWord // if then else and or not mod
)

// Reserved are the words of the language that no variable can have as its bare name.
var Reserved = map[string]bool{"if": true, "then": true, "else": true, "and": true, "or": true, "not": true,
	"mod": true}

// longSigns come before their beginnings.
var longSigns = []string{":and:", ":or:", ":not:", ":na:", "<>", "<=", ">=", "!=", "==", "**", "//", "&&", "||",
	"≤", "≥", "≠"}

// sameSign is how a sign is written here.
var sameSign = map[string]string{"!=": "<>", "==": "=", "**": "^", "≤": "<=", "≥": ">=", "≠": "<>", "&&": "and",
	"&": "and", "||": "or", "|": "or",
	":and:": "and", ":or:": "or", ":not:": "not", "−": "-", "–": "-"}

// A lexer cuts an equation into tokens.
type lexer struct {
	s      string
	at     int
	errors []Mistake
}

// A Mistake is a fault of an equation, at bytes [Start, End) of its text. Message and Hint are
// in plain words; Hint may be empty.
type Mistake struct {
	Start, End    int
	Message, Hint string
}

// next returns the next token with its place; after the last one, tokenEnd again and again.
// Mistakes are collected in l.errors; the token behind one is still usable.
func (l *lexer) next() token {
	l.blanks()
	start := l.at
	t := l.scan()
	t.start, t.end = start, l.at
	return t
}

// blanks passes white space, {comments} and Vensim's line ends.
func (l *lexer) blanks() {
	for l.at < len(l.s) {
		r, size := utf8.DecodeRuneInString(l.s[l.at:])
		switch {
		case unicode.IsSpace(r), r == '\ufeff':
			l.at += size
		case r == '\\' && l.at+1 < len(l.s) && (unicode.IsSpace(rune(l.s[l.at+1])) || l.s[l.at+1] == '\\'):
			l.at++
		case r == '{':
			l.comment()
		default:
			return
		}
	}
}

// comment passes a comment in braces. One that is never closed runs to the end.
func (l *lexer) comment() {
	n := strings.IndexByte(l.s[l.at:], '}')
	if n < 0 {
		l.errors = append(l.errors, Mistake{l.at, l.at + 1, "this comment is never closed", "end it with }"})
		l.at = len(l.s)
		return
	}
	l.at += n + 1
}

// scan returns the next token without its place.
func (l *lexer) scan() token {
	rest := l.s[l.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "":
		return token{kind: tokenEnd}
	case digit(r), r == '.' && len(rest) > 1 && digit(rune(rest[1])):
		return l.number()
	case r == '"':
		return l.quoted()
	case nameStart(r):
		return l.name()
	}
	lower := strings.ToLower(rest[:min(len(rest), 8)])
	for _, s := range longSigns {
		if strings.HasPrefix(lower, s) {
			l.at += len(s)
			return sign(s)
		}
	}
	l.at += size
	return sign(rest[:size])
}

// sign returns the token of an operator or of punctuation, in its usual spelling.
// The signs of and, or and not become the words: the token of && is that of and.
func sign(s string) token {
	if same, ok := sameSign[s]; ok {
		s = same
	}
	if Reserved[s] {
		return token{kind: tokenWord, text: s}
	}
	return token{kind: tokenSign, text: s}
}

// digit reports whether a character is a digit of a number. Other alphabets' are not.
func digit(r rune) bool { return '0' <= r && r <= '9' }

// nameStart reports whether a bare name can begin with a character.
func nameStart(r rune) bool { return r == '_' || r == '$' || r == '·' || unicode.IsLetter(r) }

// NamePart reports whether a character can stand within a bare name. The apostrophe is
// there for names of Vensim's, and the no-break space for those of older Stella versions.
func NamePart(r rune) bool {
	return nameStart(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u00a0' || r == '\''
}

// name reads a bare name. A backslash in one is Stella's \n.
func (l *lexer) name() token {
	start := l.at
	for l.at < len(l.s) {
		r, size := utf8.DecodeRuneInString(l.s[l.at:])
		if r == '\\' && l.at+1 < len(l.s) && (l.s[l.at+1] == 'n' || l.s[l.at+1] == 'r') {
			size = 2
		} else if !NamePart(r) {
			break
		}
		l.at += size
	}
	name := naming.Canonical(l.s[start:l.at])
	if Reserved[name] {
		return token{kind: tokenWord, text: name}
	}
	return token{kind: tokenName, text: name}
}

// quoted reads "a name", in which \" is a quotation mark.
func (l *lexer) quoted() token {
	start := l.at
	for l.at++; l.at < len(l.s); l.at++ {
		switch l.s[l.at] {
		case '\\':
			l.at++
		case '"':
			l.at++
			return token{kind: tokenName, text: naming.Canonical(l.s[start+1 : l.at-1])}
		}
	}
	l.at = min(l.at, len(l.s))
	l.errors = append(l.errors, Mistake{start, start + 1, "this quoted name is never closed", `end it with "`})
	return token{kind: tokenName, text: naming.Canonical(l.s[start+1:])}
}

// number reads a number. One that runs on into letters is a name, such as the element 9th.
func (l *lexer) number() token {
	start := l.at
	digits := func() {
		for l.at < len(l.s) && digit(rune(l.s[l.at])) {
			l.at++
		}
	}
	digits()
	if l.at < len(l.s) && l.s[l.at] == '.' {
		l.at++
		digits()
	}
	if n := exponent(l.s[l.at:]); n > 0 {
		l.at += n
		digits()
	}
	if r, _ := utf8.DecodeRuneInString(l.s[l.at:]); nameStart(r) {
		l.name()
		return token{kind: tokenName, text: naming.Canonical(l.s[start:l.at])}
	}
	return token{kind: tokenNumber, text: l.s[start:l.at]}
}

// exponent returns how many bytes e, e+ or e- take before a digit.
func exponent(s string) int {
	if len(s) < 2 || s[0]|0x20 != 'e' {
		return 0
	}
	n := 1
	if s[1] == '+' || s[1] == '-' {
		n = 2
	}
	if len(s) > n && digit(rune(s[n])) {
		return n
	}
	return 0
}
