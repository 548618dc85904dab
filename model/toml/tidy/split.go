package tidy

import (
	"strings"
	"unicode/utf8"

	"weir/model/toml/lex"
)

// A splitter makes lines of tokens.
type splitter struct {
	text   string
	tokens []lex.Token
	at     int
	depth  []byte // the brackets and braces that are open
	lines  []*line
}

// line takes the tokens up to the next line break. A text of several lines belongs to one line here,
// since none of its bytes may change.
func (s *splitter) line() *line {
	start := s.at
	for s.at < len(s.tokens) && s.tokens[s.at].Kind != lex.Line {
		s.at++
	}
	words := s.tokens[start:s.at]
	if s.at < len(s.tokens) {
		s.at++
	}
	l := &line{}
	if n := len(words); n > 0 && words[n-1].Kind == lex.Comment {
		l.comment = strings.TrimRight(s.of(words[n-1]), " \t\r")
		l.column = s.column(words[n-1].Start)
		words = words[:n-1]
	}
	switch {
	case len(words) == 0 && l.comment == "":
	case len(s.depth) > 0:
		l.kind, l.indent = rest, 2*s.inner(words)
		l.left = s.join(words)
	case len(words) == 0:
		l.kind = comment
	case words[0].Is(s.text, '['):
		l.kind, l.left, l.path = header, s.tight(words), s.path(words)
	default:
		l.kind = pair
		s.pair(l, words)
	}
	return l
}

// of returns the text of a token.
func (s *splitter) of(t lex.Token) string { return s.text[t.Start:t.End] }

// column returns how many characters stand before an offset on its line.
func (s *splitter) column(at int) int {
	return utf8.RuneCountInString(s.text[strings.LastIndexByte(s.text[:at], '\n')+1 : at])
}

// inner returns how many brackets are open where the words of a line stand: those that the line
// begins with closing are closed already.
func (s *splitter) inner(words []lex.Token) int {
	n := len(s.depth)
	for _, t := range words {
		if !t.Is(s.text, ']') && !t.Is(s.text, '}') {
			break
		}
		n--
	}
	return max(n, 0)
}

// pair splits a line at its first =. Of a line that has none all words are the key.
func (s *splitter) pair(l *line, words []lex.Token) {
	for i, t := range words {
		if !t.Is(s.text, '=') {
			continue
		}
		l.left, l.right = s.tight(words[:i]), s.join(words[i+1:])
		if i > 0 {
			l.gap = max(1, utf8.RuneCountInString(s.text[words[i-1].End:t.Start]))
		}
		return
	}
	l.kind, l.left = rest, s.join(words)
}

// tight returns words without blanks between them. Two bare words are kept apart; no valid key has
// them.
func (s *splitter) tight(words []lex.Token) string {
	var b strings.Builder
	for i, t := range words {
		if i > 0 && t.Kind == lex.Bare && words[i-1].Kind == lex.Bare && !s.dotBetween(words[i-1], t) {
			b.WriteByte(' ')
		}
		b.WriteString(s.of(t))
	}
	return b.String()
}

// dotBetween reports whether two words are parts of one dotted key: a .b.
func (s *splitter) dotBetween(a, b lex.Token) bool {
	return s.text[a.End-1] == '.' || s.text[b.Start] == '.'
}

// path returns the names of a header.
func (s *splitter) path(words []lex.Token) []string {
	var out []string
	for _, t := range words {
		switch t.Kind {
		case lex.Text:
			out = append(out, strings.Trim(s.of(t), `"'`))
		case lex.Bare:
			for part := range strings.SplitSeq(s.of(t), ".") {
				if part != "" {
					out = append(out, part)
				}
			}
		}
	}
	return out
}

// join returns the words of a value, with blanks where they belong, and keeps count of brackets.
func (s *splitter) join(words []lex.Token) string {
	var b strings.Builder
	for i, t := range words {
		if i > 0 && s.apart(words[i-1], t) {
			b.WriteByte(' ')
		}
		b.WriteString(s.of(t))
		switch c := s.text[t.Start]; {
		case t.Kind != lex.Mark:
		case c == '[' || c == '{':
			s.depth = append(s.depth, c)
		case (c == ']' || c == '}') && len(s.depth) > 0:
			s.depth = s.depth[:len(s.depth)-1]
		}
	}
	return b.String()
}

// apart reports whether a blank stands between two words of a value that follow each other.
func (s *splitter) apart(a, b lex.Token) bool {
	switch {
	case a.Is(s.text, '{') && b.Is(s.text, '}'), b.Is(s.text, ','):
		return false
	case a.Is(s.text, '['), b.Is(s.text, ']'):
		return false
	case a.Kind == lex.Bare && b.Kind == lex.Bare && s.dotBetween(a, b):
		return false
	case (a.Kind == lex.Text && b.Kind == lex.Bare || a.Kind == lex.Bare && b.Kind == lex.Text) && s.dotBetween(a, b):
		return false // a dotted key of an inline table: a."b c"
	}
	return true
}
