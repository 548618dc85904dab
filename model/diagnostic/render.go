package diagnostic

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Render writes the list for people, one diagnostic for each cause after another:
//
//	model.toml:12:21: error unknown-name: birth_rat is not declared
//	    equation = "prey * birth_rat"
//	                       ^^^^^^^^^
//	    hint: did you mean birth_rate?
//	    the same at 79 other places: 14:13, 17:21, 19:13 …
//
// files holds the text of the files by the name that spans use; without it a
// diagnostic is shown without its line. Control characters are shown as ·, so
// that a model cannot command the terminal. It returns when w fails.
func Render(w io.Writer, l List, files map[string][]byte) {
	b := bufio.NewWriter(w)
	defer b.Flush()
	texts := newIndexer(files)
	for _, d := range l.Gather() {
		fmt.Fprintf(b, "%s%s %s: %s\n", place(d.Span, texts), d.Severity, d.Code, visible(d.Message))
		source(b, d.Span, texts)
		if d.Hint != "" {
			fmt.Fprintf(b, "    hint: %s\n", visible(d.Hint))
		}
		if len(d.Same) > 0 {
			fmt.Fprintf(b, "    the same at %s\n", elsewhere(d, texts))
		}
		for _, r := range d.Related {
			fmt.Fprintf(b, "    %s%s\n", place(r.Span, texts), visible(r.Message))
			source(b, r.Span, texts)
		}
	}
}

// elsewhere returns the number of the other places of a diagnostic with the first few.
func elsewhere(d Diagnostic, texts *indexer) string {
	const most = 3
	var first []string
	for _, s := range d.Same[:min(most, len(d.Same))] {
		at := strings.TrimSuffix(place(s, texts), ": ")
		if s.File == d.Span.File {
			at = strings.TrimPrefix(at, visible(s.File)+":")
		}
		first = append(first, at)
	}
	places, end := "another place", ""
	if len(d.Same) > 1 {
		places = fmt.Sprintf("%d other places", len(d.Same))
	}
	if len(d.Same) > most {
		end = " …"
	}
	return places + ": " + strings.Join(first, ", ") + end
}

// place is "model.toml:12:21: ", as far as it is known.
func place(s Span, texts *indexer) string {
	text := texts.of(s.File)
	switch {
	case s.File == "":
		return ""
	case text == nil:
		return visible(s.File) + ": "
	}
	line, column := text.Position(s.Start)
	return fmt.Sprintf("%s:%d:%d: ", visible(s.File), line, column)
}

// source writes the line a span begins in, and carets under the span.
func source(w io.Writer, s Span, texts *indexer) {
	index := texts.of(s.File)
	if index == nil || len(index.text) == 0 {
		return
	}
	text := index.text
	start := min(max(s.Start, 0), len(text))
	from, to := index.bounds(start)
	end := min(max(s.End, start), to)
	if from == to {
		return
	}
	// More than this of a line is never shown, so a line of megabytes need not be looked at.
	const most = 8 * longest
	before, inside, after := cut(cells(text[max(from, start-most):start]),
		cells(text[start:min(end, start+most)]), cells(text[end:min(to, end+most)]))
	fmt.Fprintf(w, "    %s\n    %s%s\n", strings.TrimRight(join(before)+join(inside)+join(after), " "),
		strings.Repeat(" ", width(before)), strings.Repeat("^", max(1, width(inside))))
}

// A cell is a character as it is shown, with the columns it takes.
type cell struct {
	text  string
	width int
}

const tab = "    "

// cells are the characters of a piece of a line. Invalid bytes are shown as �.
func cells(text []byte) []cell {
	var out []cell
	for _, r := range string(text) {
		switch {
		case r == '\t':
			out = append(out, cell{tab, len(tab)})
		case unicode.In(r, unicode.Mn, unicode.Me):
			out = append(out, cell{string(r), 0})
		case !unicode.IsPrint(r):
			out = append(out, cell{"·", 1})
		case unicode.Is(wide, r):
			out = append(out, cell{string(r), 2})
		default:
			out = append(out, cell{string(r), 1})
		}
	}
	return out
}

// wide are the characters that take two columns: the blocks of Unicode's East
// Asian Width annex (UAX 11) that are wide throughout, and emoji.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{0x1100, 0x115f, 1}, {0x2e80, 0x303e, 1}, {0x3041, 0xa4cf, 1}, {0xac00, 0xd7a3, 1},
		{0xf900, 0xfaff, 1}, {0xfe30, 0xfe6f, 1}, {0xff00, 0xff60, 1}, {0xffe0, 0xffe6, 1}},
	R32: []unicode.Range32{{0x1f300, 0x1f64f, 1}, {0x1f900, 0x1f9ff, 1}, {0x20000, 0x3fffd, 1}},
}

const longest = 100 // columns of a source line that are shown

// cut shortens a long line: the parts far before and after the span become "…".
func cut(before, inside, after []cell) (b, i, a []cell) {
	if width(before)+width(inside)+width(after) <= longest {
		return before, inside, after
	}
	dots := cell{"…", 1}
	if width(inside) > longest/2 {
		inside = append(first(inside, longest/2), dots)
		after = nil
	}
	room := longest - width(inside)
	if keep := max(room/2, room-width(after)); width(before) > keep {
		before = append([]cell{dots}, last(before, keep-1)...)
	}
	if keep := longest - width(inside) - width(before); width(after) > keep {
		after = append(first(after, keep-1), dots)
	}
	return before, inside, after
}

// first are the cells that fit into so many columns, last likewise from the end.
func first(cells []cell, columns int) []cell {
	n, used := 0, 0
	for n < len(cells) && used+cells[n].width <= columns {
		used += cells[n].width
		n++
	}
	return cells[:n:n]
}

// last returns the last cells that fit into a number of columns.
func last(cells []cell, columns int) []cell {
	n, used := len(cells), 0
	for n > 0 && used+cells[n-1].width <= columns {
		used += cells[n-1].width
		n--
	}
	return cells[n:]
}

// width returns the columns of cells together.
func width(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// join returns the text of cells.
func join(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}

// visible is the text on one line, without anything a terminal would obey.
func visible(s string) string { return join(cells([]byte(s))) }
