package toml

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"weir/model/diagnostic"
)

// Text is a string value with the place of each of its bytes. Span is the text
// between the quotes. Map[i] is the file's offset of byte i of the text; it is nil
// where the text stands in the file as it is, from Span.Start on.
type Text struct {
	Text string
	Span diagnostic.Span
	Map  []int
}

// stringValue scans a string of any of the four kinds; nil if none stands here.
func (s *scanner) stringValue() *Value {
	start := s.pos
	for _, quotes := range []string{`"""`, `'''`, `"`, `'`} {
		if !s.take(quotes) {
			continue
		}
		end := s.closing(quotes)
		s.pos = end + len(quotes)
		v := &Value{Kind: KindString, Span: s.doc.Span(start, s.pos)}
		v.Text = s.unquote(start+len(quotes), end, quotes)
		return v
	}
	return nil
}

// closing returns the closing quotes of a string that begins here. Of a run of up to
// five closing marks the last three close.
func (s *scanner) closing(quotes string) int {
	for i := s.pos; i < len(s.text); i++ {
		switch {
		case s.text[i] == '\\' && quotes[0] == '"':
			i++
		case s.text[i] == '\n' && len(quotes) == 1:
			s.fail(NotTOML, "the quotes are not closed on this line")
		case strings.HasPrefix(s.text[i:], quotes):
			for n := 0; n < 2 && len(quotes) == 3 && strings.HasPrefix(s.text[i+1:], quotes); n++ {
				i++
			}
			return i
		}
	}
	s.fail(NotTOML, "the quotes are not closed")
	return 0
}

// unquote returns the text between start and end, with its map.
func (s *scanner) unquote(start, end int, quotes string) *Text {
	t := &Text{Span: s.doc.Span(start, end)}
	if len(quotes) == 3 { // a line end directly after the quotes does not count
		start += len(s.text[start:end]) - len(trimLineEnd(s.text[start:end]))
		t.Span.Start = start
	}
	if quotes[0] == '\'' || strings.IndexByte(s.text[start:end], '\\') < 0 {
		t.Text = s.text[start:end]
		return t
	}
	var b strings.Builder
	t.Map = make([]int, 0, end-start)
	for i := start; i < end; {
		piece, n := unescape(s.text[i:end])
		for range len(piece) {
			t.Map = append(t.Map, i)
		}
		b.WriteString(piece)
		i += n
	}
	t.Text = b.String()
	return t
}

// trimLineEnd removes the line break after the opening quotes of a text of several lines, as TOML
// says.
func trimLineEnd(s string) string {
	if rest, ok := strings.CutPrefix(s, "\n"); ok {
		return rest
	}
	rest, _ := strings.CutPrefix(s, "\r\n")
	return rest
}

// unescape returns the first character of the text, an escape or a byte, and how many
// bytes of the file it takes. What is no valid escape is refused elsewhere.
func unescape(s string) (string, int) {
	if s[0] != '\\' || len(s) < 2 {
		return s[:1], 1
	}
	if i := strings.IndexByte("btnfre\"\\", s[1]); i >= 0 {
		return "\b\t\n\f\r\x1b\"\\"[i : i+1], 2
	}
	if width := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[1]]; width > 0 && len(s) >= 2+width {
		code, _ := strconv.ParseUint(s[2:2+width], 16, 32)
		return string(utf8.AppendRune(nil, rune(code))), 2 + width
	}
	rest := strings.TrimLeft(s[1:], " \t\r\n") // a line end that does not count
	return "", len(s) - len(rest)
}

// TextAt returns the string that begins at an offset of a text, with its map, for readers of texts
// that may not be TOML. A string that is not closed ends with its line, or with the text if its
// quotes are three; nothing is unescaped in it. It is nil if no string begins there.
func TextAt(text string, start int) (found *Text) {
	s := &scanner{doc: &Document{}, text: text, pos: start}
	defer func() {
		if r := recover(); r != nil {
			if _, open := r.(*fault); !open {
				panic(r)
			}
			end := len(text)
			long := strings.HasPrefix(text[start:], `"""`) || strings.HasPrefix(text[start:], "'''")
			if n := strings.IndexByte(text[start:], '\n'); n >= 0 && !long {
				end = start + n
			}
			start += 1
			if long {
				start += 2
			}
			found = &Text{Text: text[start:end], Span: s.doc.Span(start, end)}
		}
	}()
	if v := s.stringValue(); v != nil {
		return v.Text
	}
	return nil
}
