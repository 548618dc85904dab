// Package tidy formats TOML. Every key, value and comment stays on its line and in its order: a
// formatter that moved them would undo what the author says by their order. It evens out blanks,
// indentation and the columns of = signs.
package tidy

import (
	"strings"
	"unicode/utf8"

	"weir/model/diagnostic"
	"weir/model/toml"
	"weir/model/toml/lex"
)

// Format returns a text in the form that weir fmt writes. The text must be valid TOML; of any other
// text the tokens stay the same, and so do their lines. A formatted text is returned as it is.
//
//   - Lines end with a line feed, without blanks before it; at most one line in a row is empty, and
//     none at either end of the file.
//   - A header has no blanks. An empty line stands before it, unless the table above is of the same
//     kind, or a comment stands between.
//   - One blank stands around =, after a comma and inside braces; none inside brackets.
//   - Pairs on lines that follow each other share the column of =, if the author has set any of
//     them off; a key too long for that column sticks out.
//   - Lines inside brackets are indented by two blanks for each bracket that is open.
//   - A comment behind a value stays in its column where it can.
func Format(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	lines := split(text)
	align(lines)
	var out strings.Builder
	out.Grow(len(text))
	empty, above := 0, (*line)(nil)
	for i, l := range lines {
		if l.kind == blank {
			empty++
			continue
		}
		if above != nil && (empty > 0 || startsAfterGap(lines, i, above)) {
			out.WriteByte('\n')
		}
		empty, above = 0, l
		out.WriteString(l.String())
		out.WriteByte('\n')
	}
	return out.String()
}

// A lineKind says which part of a file a line is.
type lineKind uint8

const (
	blank lineKind = iota
	comment
	header
	pair // a key with its value, or the first line of one
	rest // a further line of a value
)

// A line is one line of the file, or several that a string of several lines holds together.
type line struct {
	kind    lineKind
	indent  int    // in columns
	left    string // a header, a key, or the words of a further line
	gap     int    // blanks between the key and =, as written
	right   string // the value; the part of it on this line
	comment string
	column  int      // of the comment as written, in characters
	path    []string // of a header, without quotes
}

// String returns the line in its new form, without the line break.
func (l *line) String() string {
	body := strings.Repeat(" ", l.indent) + l.left
	if l.kind == pair {
		body += strings.Repeat(" ", l.gap) + "= " + l.right
	}
	switch {
	case l.comment == "":
		return strings.TrimRight(body, " ")
	case body == "" || l.kind == comment || strings.TrimSpace(body) == "":
		return body + l.comment
	}
	last := body[strings.LastIndexByte(body, '\n')+1:]
	return body + strings.Repeat(" ", max(1, l.column-utf8.RuneCountInString(last))) + l.comment
}

// startsAfterGap reports whether an empty line must be put before line i: it is a header of another
// table than the one above, or the first comment above such a header.
func startsAfterGap(lines []*line, i int, above *line) bool {
	if above.kind == comment {
		return false
	}
	next := i
	for next < len(lines) && lines[next].kind == comment {
		next++
	}
	if next == len(lines) || lines[next].kind != header {
		return false
	}
	last := lastHeader(lines[:i])
	return last == nil || !within(lines[next].path, last.path)
}

// lastHeader returns the header above, nil if there is none.
func lastHeader(lines []*line) *line {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].kind == header {
			return lines[i]
		}
	}
	return nil
}

// within reports whether two tables may stand without an empty line between them: they are of one
// kind, such as [stock.students] and [stock.students.at]. Short tables are often listed so.
func within(path, above []string) bool {
	return len(path) > 0 && len(above) > 0 && path[0] == above[0]
}

// align gives the = signs of lines that follow each other one column.
func align(lines []*line) {
	for i := 0; i < len(lines); {
		if lines[i].kind != pair {
			i++
			continue
		}
		end := i
		for end < len(lines) && lines[end].kind == pair {
			end++
		}
		alignBlock(lines[i:end])
		i = end
	}
}

// alignBlock sets the gaps of a block. Its column is the one at which most of the = signs stand that
// the author has set off, of equally many the one farthest right. It is not made narrower where no
// key needs it, since neighbouring tables often share one.
func alignBlock(block []*line) {
	count, column := map[int]int{}, 0
	for _, l := range block {
		if l.gap > 1 {
			at := utf8.RuneCountInString(l.left) + l.gap
			count[at]++
			if count[at] > count[column] || count[at] == count[column] && at > column {
				column = at
			}
		}
	}
	for _, l := range block {
		l.gap = max(1, column-utf8.RuneCountInString(l.left))
	}
}

// split returns the lines of a text with their parts in the new form.
func split(text string) []*line {
	s := &splitter{text: text, tokens: lex.Scan(text)}
	for s.at < len(s.tokens) {
		s.lines = append(s.lines, s.line())
	}
	return s.lines
}

// File is Format for the text of a file. It is refused, with its mistakes, if it is not TOML: no
// words stand for sure where they seem to be.
func File(name string, text []byte) ([]byte, diagnostic.List) {
	if _, list := toml.Parse(name, text); list.HasErrors() {
		list.Sort()
		return nil, list
	}
	return []byte(Format(string(text))), nil
}
