package syntax

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Span is a half-open range of bytes of the decoded file.
type Span struct {
	Start, End int // End is the offset behind the last byte
}

// A kind is the kind of a token; punctuation is its own kind.
type kind rune

// The kinds of tokens that are more than one sign.
const (
	tokEnd     kind = -iota
	tokNumber       // 0.5
	tokName         // a name, quoted or bare
	tokString       // 'file.csv'
	tokKeyword      // :AND:, :EXCEPT:, …
	tokSign         // an operator of more than one character
	tokOdd          // a sign without a meaning
)

// A token is a piece of an equation.
type token struct {
	Span
	kind   kind    // see kind
	text   string  // name: as written, without quotes; string: its content; keyword, sign: itself in upper case
	number float64 // of a number
	quoted bool    // a name in quotes, which may be like a word of the language
}

// keywords are the words between colons.
var keywords = []string{
	":AND:", ":OR:", ":NOT:", ":NA:", ":EXCEPT:", ":RAW:", ":INTERPOLATE:", ":HOLD BACKWARD:", ":LOOK FORWARD:",
	":TEST INPUT:", ":THE CONDITION:", ":IMPLIES:", ":MACRO:", ":END OF MACRO:", ":IS:", ":SUPPLEMENTARY:", ":SUP:",
	":AT LEAST ONCE:", ":CROSSING:", ":IGNORE:",
}

// signs are the operators of more than one character.
var signs = []string{":=", "==", "<->", "->", "<=", ">=", "<>", "**"}

// A lexer cuts a part of the file into tokens.
type lexer struct {
	src string // the whole decoded file
	at  int    // the offset of the next byte
	end int    // of the part

	tabbing bool // within TABBED ARRAY, where some tools write tabs as \t
}

// peek returns the i-th byte from here, 0 behind the end of the part.
func (l *lexer) peek(i int) byte {
	if l.at+i < l.end {
		return l.src[l.at+i]
	}
	return 0
}

// rest returns the text of the part from here on.
func (l *lexer) rest() string { return l.src[l.at:l.end] }

// blank returns the length of white space, a comment or a continued line's end at the
// beginning of s, or 0.
// A backslash counts only with the end of its line. Zero bytes, and the mark that old editors put
// at the end of a file, are blanks as well.
func blank(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == ' ' || s[0] == '\t' || s[0] == '\n' || s[0] == '\r' || s[0] == 0 || s[0] == 0x1a:
		return 1
	case s[0] == '{':
		return braced(s)
	case s[0] == '\\':
		n := 1
		for n < len(s) && (s[n] == ' ' || s[n] == '\t' || s[n] == '\r') {
			n++
		}
		if n < len(s) && s[n] == '\n' {
			return n + 1
		}
		return 0
	}
	if r, size := utf8.DecodeRuneInString(s); r > 0x7f && (unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b') {
		return size
	}
	return 0
}

// maxNested bounds how long a comment with others in it may be: braces need not pair up, so
// that a file of opening braces would be read to its end from each of them.
const maxNested = 2000

// braced returns the length of the comment in braces at the beginning of s, with those in
// it; to its first closing brace if they do not pair up.
func braced(s string) int {
	first := strings.IndexByte(s, '}') + 1
	if first == 0 {
		return len(s)
	}
	depth := 0
	for i := 0; i < min(len(s), maxNested); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return first
}

// skipBlanks passes white space, comments and continued lines.
func (l *lexer) skipBlanks() {
	for {
		n := blank(l.rest())
		if l.tabbing && strings.HasPrefix(l.rest(), `\t`) {
			n = 2
		}
		if n == 0 {
			return
		}
		l.at += n
	}
}

// Next returns the next token; after the last one it returns tokEnd again and again.
func (l *lexer) Next() token {
	l.skipBlanks()
	start := l.at
	t := l.scan()
	t.Span = Span{start, l.at}
	return t
}

// scan returns the token that begins here, without its place. A byte that begins none is a
// token of its own, tokOdd.
func (l *lexer) scan() token {
	if l.at >= l.end {
		return token{kind: tokEnd}
	}
	r, size := utf8.DecodeRuneInString(l.rest())
	switch {
	case isDigit(byte(r)) && r < 0x80, r == '.' && isDigit(l.peek(1)):
		return l.number()
	case r == '"':
		return l.quoted()
	case r == '\'':
		return l.string()
	case isNameStart(r):
		return l.name()
	case r == ':':
		if t, ok := l.keyword(); ok {
			return t
		}
	}
	for _, s := range signs {
		if strings.HasPrefix(l.rest(), s) {
			l.at += len(s)
			return token{kind: tokSign, text: s}
		}
	}
	l.at += size
	switch r {
	case '−', '–':
		return token{kind: '-', text: "-"}
	}
	if strings.ContainsRune("()[]{},;:=<>+-*/^!|~&", r) {
		return token{kind: kind(r), text: string(r)}
	}
	return token{kind: tokOdd, text: string(r)}
}

// isDigit reports whether c is an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameStart reports whether a name without quotes may begin with r. Vensim takes letters
// of all scripts, and signs that no operator has.
func isNameStart(r rune) bool {
	return r == '_' || r == '$' || r == '%' || r == '#' || r == '@' || unicode.IsLetter(r) || r > 0x7f && r != '−' &&
		r != '–' && !unicode.IsSpace(r) && r != utf8.RuneError
}

// isNamePart reports whether r may be within a name without quotes.
func isNamePart(r rune) bool {
	return isNameStart(r) || r >= '0' && r <= '9' || r == '\'' || r == '`' || r == '.' || r == '?'
}

// number reads a number. Digits that run on into letters are a name: 2nd.
func (l *lexer) number() token {
	start := l.at
	for isDigit(l.peek(0)) {
		l.at++
	}
	if l.peek(0) == '.' {
		l.at++
		for isDigit(l.peek(0)) {
			l.at++
		}
	}
	if c := l.peek(0); c == 'e' || c == 'E' {
		n := 1
		if s := l.peek(1); s == '+' || s == '-' {
			n = 2
		}
		if isDigit(l.peek(n)) {
			l.at += n
			for isDigit(l.peek(0)) {
				l.at++
			}
		}
	}
	if r, _ := utf8.DecodeRuneInString(l.rest()); l.at < l.end && isNameStart(r) && r != '%' {
		l.at = start
		return l.name()
	}
	text := l.src[start:l.at]
	v, err := strconv.ParseFloat(text, 64)
	if err != nil { // out of range: too large
		return token{kind: tokOdd, text: text}
	}
	return token{kind: tokNumber, text: text, number: v}
}

// name reads a bare name, which may have blanks and broken lines in it.
// Blanks and comments between its words become one blank; those behind it are no part of it.
func (l *lexer) name() token {
	var b strings.Builder
	for {
		from := l.at
		for l.at < l.end {
			r, size := utf8.DecodeRuneInString(l.rest())
			if !isNamePart(r) {
				break
			}
			l.at += size
		}
		b.WriteString(l.src[from:l.at])
		back := l.at
		l.skipBlanks()
		r, _ := utf8.DecodeRuneInString(l.rest())
		if l.at == back || l.at >= l.end || !isNamePart(r) || r == '\'' || r == '.' {
			l.at = back
			return token{kind: tokName, text: b.String()}
		}
		b.WriteByte(' ')
	}
}

// quoted reads a name in quotes, in which a backslash protects a quote.
func (l *lexer) quoted() token {
	start := l.at
	n := QuotedLength(l.rest())
	if n == 0 {
		l.at = l.end
		return token{kind: tokOdd, text: "\""}
	}
	l.at += n
	return token{kind: tokName, text: Unquote(l.src[start:l.at]), quoted: true}
}

// QuotedLength returns the length of the quoted name at the beginning of s, 0 if it never ends.
func QuotedLength(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// Unquote returns the content of a quoted name, a broken line in it a blank.
// s has its quotes around it.
func Unquote(s string) string {
	s = s[1 : len(s)-1]
	if !strings.ContainsAny(s, "\\\n") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == '"':
			i++
			b.WriteByte('"')
		case s[i] == '\\' && blank(s[i:]) > 0:
			i += blank(s[i:]) - 1
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// string reads text between single quotes.
func (l *lexer) string() token {
	n := strings.IndexByte(l.rest()[1:], '\'')
	if n < 0 {
		l.at = l.end
		return token{kind: tokOdd, text: "'"}
	}
	text := l.rest()[1 : n+1]
	l.at += n + 2
	return token{kind: tokString, text: text}
}

// keyword reads :WORDS:.
func (l *lexer) keyword() (token, bool) {
	n := strings.IndexByte(l.rest()[1:], ':')
	// No keyword is that long, so that two colons far apart are not searched for one.
	if n < 0 || n > 40 {
		return token{}, false
	}
	word := ":" + strings.ToUpper(strings.Join(strings.FieldsFunc(l.rest()[1:n+1], func(r rune) bool {
		return unicode.IsSpace(r) || r == '_' || r == '\\'
	}), " ")) + ":"
	for _, k := range keywords {
		if k == word {
			l.at += n + 2
			return token{kind: tokKeyword, text: k}, true
		}
	}
	return token{}, false
}

// Key returns a name as Vensim compares names: without regard to case, blanks against
// underscores, and how many of them.
// Key("Birth  Rate") and Key("birth_rate") are both "birth_rate".
func Key(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name,
		func(r rune) bool { return r == '_' || unicode.IsSpace(r) }), "_"))
}
