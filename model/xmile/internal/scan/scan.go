// Package scan reads XML as it is found in the wild, with the place of every piece of text.
//
// Files of models are written by many tools and edited by hand, so that faults which leave no
// doubt about the meaning are warnings: a bare ampersand, an end tag that matches nothing, a
// value without quotes. Nothing that a file declares is expanded and nothing is fetched, and
// the depth and the number of elements are bounded, so that a hostile file costs no more
// than a large one.
//
// Places are byte offsets of the text after decoding. A model may have several files: their
// texts are laid one behind the other, and Sources tells which file an offset is in.
package scan

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"weir/model/diagnostic"
)

// Bounds of the file, so that none can fill the memory.
const (
	maxDepth = 200
	maxNodes = 2_000_000
)

// A scanner reads XML as it is found in the wild: prefixes need not be declared,
// comments may hold two hyphens, and end tags that do not match are passed over or
// close the element of that name. Entities are XML's own five, numbers, and those of HTML, each
// one character: nothing that a file declares is ever expanded.
type scanner struct {
	file  string
	s     string
	at    int
	nodes int
	stack []*Node
	ours  []*Node // instructions to weir
	list  diagnostic.List
	said  map[string]bool
}

// warn reports something that was read past, once for each kind and word.
// After some fifty different warnings there are no more: a file may be full of them.
func (s *scanner) warn(at, end int, hint, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if s.said[message] || len(s.said) > 50 {
		return
	}
	s.said[message] = true
	s.list = append(s.list, diagnostic.Diagnostic{Code: BadXML, Severity: diagnostic.Warning,
		Span: diagnostic.Span{File: s.file, Start: at, End: end}, Message: message, Hint: hint})
}

// fail reports why the file cannot be read.
func (s *scanner) fail(at, end int, hint, format string, args ...any) {
	s.list = append(s.list, diagnostic.Diagnostic{Code: BadXML,
		Span: diagnostic.Span{File: s.file, Start: at, End: end}, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// Scan reads the whole file. The root is nil if there is no element in it.
// The root of a file with an error may lack its end. Instructions to weir become the last elements
// of the root, wherever they stand.
func Scan(file, s string) (*Node, diagnostic.List) {
	sc := &scanner{file: file, s: s, said: map[string]bool{}}
	top := &Node{}
	sc.stack = []*Node{top}
	for sc.at < len(sc.s) && !sc.list.HasErrors() {
		sc.piece()
	}
	if open := sc.stack[len(sc.stack)-1]; open != top && !sc.list.HasErrors() {
		sc.fail(open.Start, open.End, "", "the file ends within <%s>", open.Name)
	}
	if len(top.Kids) == 0 {
		if !sc.list.HasErrors() {
			sc.fail(0, min(len(s), 1), "an XMILE file begins with <xmile>", "there is no XML in this file")
		}
		return nil, sc.list
	}
	root := top.Kids[0]
	root.Kids = append(root.Kids, sc.ours...)
	return root, sc.list
}

// piece reads text up to the next tag, and the tag.
func (s *scanner) piece() {
	n := strings.IndexByte(s.s[s.at:], '<')
	if n < 0 {
		n = len(s.s) - s.at
	}
	top := s.stack[len(s.stack)-1]
	s.plain(&top.body, s.s[s.at:s.at+n], s.at)
	if s.at += n; s.at == len(s.s) {
		return
	}
	rest := s.s[s.at:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		s.past("-->", "comment")
	case strings.HasPrefix(rest, "<![CDATA["):
		start := s.at + len("<![CDATA[")
		s.past("]]>", "CDATA section")
		top.body.add(strings.TrimSuffix(s.s[min(start, len(s.s)):s.at], "]]>"), start)
	case strings.HasPrefix(rest, "<?"):
		s.instruction()
	case strings.HasPrefix(rest, "<!"):
		s.declaration()
	case strings.HasPrefix(rest, "</"):
		s.endTag()
	case len(rest) > 1 && isNameStart(rest[1:]):
		s.startTag()
	default:
		s.warn(s.at, s.at+1, "write &lt;", "this < begins no tag")
		top.body.add("<", s.at)
		s.at++
	}
}

// isNameStart reports whether a name can begin here.
func isNameStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '_' || unicode.IsLetter(r)
}

// past moves behind a mark, or to the end of the file.
// A mark that is missing is an error.
func (s *scanner) past(mark, what string) {
	n := strings.Index(s.s[s.at:], mark)
	if n < 0 {
		s.fail(s.at, s.at+2, "end it with "+mark, "this %s is never closed", what)
		s.at = len(s.s)
		return
	}
	s.at += n + len(mark)
}

// instruction passes an instruction for another program, and keeps one for weir as an
// element whose name begins with a question mark.
func (s *scanner) instruction() {
	start := s.at
	s.past("?>", "instruction")
	body, ours := strings.CutPrefix(s.s[start:s.at], "<?"+Target+" ")
	if !ours {
		return
	}
	n := &Node{Name: "?" + Target, Start: start, End: s.at}
	n.body.add(strings.TrimSuffix(body, "?>"), s.at-len(body))
	s.ours = append(s.ours, n)
}

// declaration passes a document type with all that it declares.
func (s *scanner) declaration() {
	start, depth := s.at, 0
	for ; s.at < len(s.s); s.at++ {
		switch s.s[s.at] {
		case '<', '[':
			// Brackets hold further declarations, each with its own > at the end.
			depth++
		case ']':
			depth--
		case '>':
			if depth--; depth == 0 {
				s.at++
				s.warn(start, start+2, "", "what this document type declares is not read")
				return
			}
		}
	}
	s.fail(start, start+2, "end it with >", "this declaration is never closed")
}

// plain adds text with its entities decoded.
// at is the place of raw in the file, which every piece keeps.
func (s *scanner) plain(to *Gathered, raw string, at int) {
	for {
		n := strings.IndexByte(raw, '&')
		if n < 0 {
			to.add(raw, at)
			return
		}
		to.add(raw[:n], at)
		raw, at = raw[n:], at+n
		word, size := s.entity(raw, at)
		to.add(word, at)
		raw, at = raw[size:], at+size
	}
}

// entity returns the character of an entity, and how many bytes the entity takes. An & that
// begins none stands for itself.
func (s *scanner) entity(raw string, at int) (string, int) {
	// No entity that counts here is longer; a semicolon further on belongs to the text.
	n := strings.IndexByte(raw[:min(len(raw), 12)], ';')
	if n > 1 {
		name := raw[:n+1]
		switch name {
		case "&lt;", "&gt;", "&amp;", "&quot;", "&apos;":
			return html.UnescapeString(name), n + 1
		}
		if out := html.UnescapeString(name); out != name {
			if name[1] != '#' {
				s.warn(at, at+n+1, "write the character itself", "%s is not known in XML, and read as in HTML", name)
			}
			return out, n + 1
		}
		s.warn(at, at+n+1, "write the character itself", "%s is not known", name)
		return "&", 1
	}
	s.warn(at, at+1, "write &amp;", "this & begins no entity")
	return "&", 1
}

// startTag reads <name a="b">.
// Characters without a meaning in it are passed with a warning. An element that is not closed at
// once goes on the stack.
func (s *scanner) startTag() {
	n := &Node{Start: s.at}
	s.at++
	n.Name = s.word()
	closed := false
	for {
		s.blanks()
		switch {
		case s.at >= len(s.s):
			s.fail(n.Start, n.Start+1, "", "the file ends within the tag <%s", n.Name)
			return
		case s.s[s.at] == '>':
			s.at++
		case strings.HasPrefix(s.s[s.at:], "/>"):
			s.at += 2
			closed = true
		case isNameStart(s.s[s.at:]):
			s.attribute(n)
			continue
		default:
			s.warn(s.at, s.at+1, "", "%q has no meaning in a tag", s.s[s.at])
			s.at++
			continue
		}
		break
	}
	n.End = s.at
	top := s.stack[len(s.stack)-1]
	top.Kids = append(top.Kids, n)
	if s.nodes++; s.nodes > maxNodes {
		s.fail(n.Start, n.End, "", "the file has more than %d elements", maxNodes)
	}
	if closed {
		return
	}
	if s.stack = append(s.stack, n); len(s.stack) > maxDepth {
		s.fail(n.Start, n.End, "", "elements are nested more than %d deep", maxDepth)
	}
}

// attribute reads a="b".
// An attribute without a value has an empty one.
func (s *scanner) attribute(n *Node) {
	a := Attr{Name: s.word()}
	s.blanks()
	if s.at >= len(s.s) || s.s[s.at] != '=' {
		n.Attrs = append(n.Attrs, a)
		return
	}
	s.at++
	s.blanks()
	if s.at < len(s.s) && (s.s[s.at] == '"' || s.s[s.at] == '\'') {
		quote := s.s[s.at]
		s.at++
		end := strings.IndexByte(s.s[s.at:], quote)
		if end < 0 {
			s.fail(s.at-1, s.at, "", "this value is never closed")
			s.at = len(s.s)
			return
		}
		g := Gathered{start: s.at}
		s.plain(&g, s.s[s.at:s.at+end], s.at)
		a.Value = g.text()
		s.at += end + 1
	} else {
		start := s.at
		for s.at < len(s.s) && !strings.ContainsRune(" \t\r\n>/", rune(s.s[s.at])) {
			s.at++
		}
		a.Value = Text{Value: s.s[start:s.at], Start: start}
		s.warn(start, s.at, "write it in quotes", "the value of %s has no quotes", a.Name)
	}
	n.Attrs = append(n.Attrs, a)
}

// endTag reads </name> and closes the element of that name, if one is open.
func (s *scanner) endTag() {
	start := s.at
	s.at += 2
	name := s.word()
	if n := strings.IndexByte(s.s[s.at:], '>'); n >= 0 {
		s.at += n + 1
	} else {
		s.at = len(s.s)
	}
	// The innermost open element of that name is closed, with all that is open in it; an end
	// tag of any other name is passed over.
	for i := len(s.stack) - 1; i > 0; i-- {
		if s.stack[i].Name != name {
			continue
		}
		if i < len(s.stack)-1 {
			open := s.stack[len(s.stack)-1]
			s.warn(start, s.at, fmt.Sprintf("close <%s> first", open.Name),
				"</%s> closes <%s>, too, which is still open", name, open.Name)
		}
		s.stack = s.stack[:i]
		return
	}
	s.warn(start, s.at, "delete it", "</%s> closes nothing", name)
}

// word reads the name of an element or attribute.
func (s *scanner) word() string {
	start := s.at
	for s.at < len(s.s) {
		r, size := utf8.DecodeRuneInString(s.s[s.at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.:", r) {
			break
		}
		s.at += size
	}
	return s.s[start:s.at]
}

// blanks passes white space.
func (s *scanner) blanks() {
	for s.at < len(s.s) && strings.IndexByte(" \t\r\n", s.s[s.at]) >= 0 {
		s.at++
	}
}
