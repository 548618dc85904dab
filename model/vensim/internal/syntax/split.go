package syntax

import (
	"strings"
)

// A Statement is the text between two bars: an equation with its units and its
// comment, or the head of a group or macro.
type Statement struct {
	Equation Span   // up to the first ~
	Units    Span   // between the first and the second ~
	Comment  string // without the line breaks of the file
	flags    string // after the comment, such as :SUPPLEMENTARY
	Group    string // the group that it is in
	Lost     Span   // a line of the comment that looks like the next equation
}

// SketchMark begins the part of the file that draws the model.
const SketchMark = `\\\---///`

// SettingsMark begins the settings, after the last view.
const SettingsMark = `///---\\\`

// Parts cuts the file into equations, sketch and settings. Only the first part is free
// text; the others are lines that Vensim writes.
// Parts that the file does not have are empty, at its end.
func Parts(src string) (equations, sketch, settings Span) {
	equations = Span{0, len(src)}
	sketch, settings = Span{len(src), len(src)}, Span{len(src), len(src)}
	i := lineStarting(src, SketchMark)
	if i < 0 {
		i = lineStarting(src, SketchMark[1:]) // as some tools write it
	}
	if i >= 0 {
		equations.End, sketch.Start = i, i
	}
	if i := lineStarting(src[sketch.Start:], SettingsMark); i >= 0 {
		sketch.End, settings.Start = sketch.Start+i, sketch.Start+i
	}
	return equations, sketch, settings
}

// lineStarting returns where a line begins with a mark, or -1.
// A bar counts as the end of a line, since it ends the statement before.
func lineStarting(src, mark string) int {
	for from := 0; ; {
		i := strings.Index(src[from:], mark)
		if i < 0 {
			return -1
		}
		i += from
		if i == 0 || src[i-1] == '\n' || src[i-1] == '|' {
			return i
		}
		from = i + 1
	}
}

// A Splitter finds statements.
type Splitter struct {
	Src   string            // the decoded file
	At    int               // the offset of the next statement
	End   int               // of the part of the file that holds statements
	group string            // the one that the next statement is in
	About map[string]string // the comments of groups, by their names
	open  bool              // no brace closes any more
}

// Next returns the next statement; ok is false after the last one. A statement that no
// bar ends runs to the end of the file.
// ended reports whether a bar ended it. Heads of groups are no statements: they set the group of
// those behind them.
func (s *Splitter) Next() (st Statement, ended, ok bool) {
	s.skip()
	if s.At >= s.End {
		return st, false, false
	}
	start := s.At
	if n := MacroHead(s.Src[s.At:s.End]); n > 0 {
		s.At += n
		return Statement{Equation: Span{start, s.At}, Group: s.group}, true, true
	}
	s.skipEquation()
	st.Equation = Span{start, s.At}
	from, field := s.At, 0
	for s.At < s.End && s.Src[s.At] == '~' {
		s.At++
		from := s.At
		for s.At < s.End && s.Src[s.At] != '~' && s.Src[s.At] != '|' {
			s.At++
		}
		switch field {
		case 0:
			st.Units = Span{from, s.At}
		case 1:
			st.Comment = comment(s.Src[from:s.At])
		case 2:
			st.flags = strings.TrimSpace(s.Src[from:s.At])
		}
		field++
	}
	if s.At < s.End {
		s.At++
		ended = true
	}
	name, n := groupName(s.Src[st.Equation.Start:st.Equation.End])
	if field > 3 || n > 0 && field > 1 { // units, comment, flags; a group has a comment
		st.Lost = s.swallowed(Span{from, s.At})
	}
	if n > 0 {
		s.group = name
		st.Equation.Start += n + len(leading(s.Src[st.Equation.Start+n:st.Equation.End]))
		if st.Equation.Start >= st.Equation.End {
			if st.Lost.End > 0 {
				s.At = st.Lost.Start
			}
			if words := comment(s.Src[st.Units.Start:st.Units.End]); s.About != nil && words != "" {
				s.About[name] = words
			}
			return s.Next()
		}
	}
	st.Group = s.group
	return st, ended, true
}

// leading returns the white space at the beginning of s.
func leading(s string) string { return s[:len(s)-len(strings.TrimLeft(s, " \t\r\n"))] }

// swallowed finds the line in a comment that begins the next equation, where somebody
// forgot the bar: Vensim indents the lines of comments, and has two ~ in an equation.
func (s *Splitter) swallowed(in Span) Span {
	text := s.Src[in.Start:in.End]
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return Span{}
		}
		at += i + 1
		line, _, _ := strings.Cut(text[at:], "\n")
		if equal := strings.IndexByte(line, '='); equal > 0 && line[0] > ' ' &&
			!strings.ContainsAny(line[:equal], "~.;") && strings.Contains(text[at:], "~") {
			return Span{in.Start + at, in.Start + at + len(strings.TrimRight(line, " \t\r"))}
		}
	}
}

// skip passes white space and comments before a statement.
func (s *Splitter) skip() {
	for s.At < s.End {
		n := blank(s.Src[s.At:s.End])
		if n == 0 {
			return
		}
		s.At += n
	}
}

// skipEquation passes an equation: the text up to ~ or |, but for those in quotes and
// comments. A quote that never ends protects nothing, and neither does one over a ~ at
// the end of a line: somebody forgot the other quote.
func (s *Splitter) skipEquation() {
	before := byte('\n') // the last character that is not blank
	for s.At < s.End {
		rest := s.Src[s.At:s.End]
		switch c := rest[0]; {
		case c == '~' || c == '|':
			return
		case c == '"':
			if n := QuotedLength(rest); n > 0 && !strings.Contains(rest[:n], "~\n") {
				s.At += n
				before = '"'
				continue
			}
		case c == '{' && !s.open:
			if n := braced(rest); n < len(rest) {
				s.At += n
				continue
			}
			s.open = strings.IndexByte(rest, '}') < 0
		case c == '\'' && (before == '(' || before == ','):
			if n := strings.IndexByte(rest[1:], '\''); n >= 0 {
				s.At += n + 2
				before = '\''
				continue
			}
		}
		if c := rest[0]; c > ' ' && c != '\\' {
			before = c
		}
		s.At++
	}
}

// MacroHead returns the length of ":MACRO: name(…)" or ":END OF MACRO:" at the beginning
// of s, or 0.
// s must not be empty.
func MacroHead(s string) int {
	if s[0] != ':' {
		return 0
	}
	l := lexer{src: s, end: len(s)}
	t, ok := l.keyword()
	switch {
	case ok && t.text == ":END OF MACRO:":
		return l.at
	case ok && t.text == ":MACRO:":
		if n := strings.IndexByte(l.rest(), ')'); n >= 0 {
			return l.at + n + 1
		}
	}
	return 0
}

// groupName reads the head of a group: a line of stars, the name after a point, and
// a line of stars. It returns the name and the length of the head, 0 if s is no such head.
func groupName(s string) (string, int) {
	if !strings.HasPrefix(s, "***") {
		return "", 0
	}
	name := strings.TrimLeft(s, "*")
	end := strings.Index(name, "***")
	if end < 0 {
		return strings.TrimPrefix(strings.TrimSpace(name), "."), len(s)
	}
	rest := strings.TrimLeft(name[end:], "*")
	return strings.TrimPrefix(strings.TrimSpace(name[:end]), "."), len(s) - len(rest)
}

// comment returns a comment without the tabs and broken lines of the file.
// Lines stay apart; blanks in a row become one.
func comment(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\\\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.Join(strings.Fields(strings.TrimRight(lines[i], "\\\r")), " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
