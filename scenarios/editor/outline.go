package editor

import (
	"strings"

	"weir/model/diagnostic"
	"weir/model/language"
	"weir/model/toml/lex"
	"weir/model/toml/outline"
	"weir/model/toml/tidy"
)

// Kinds of symbols, as the protocol numbers them, by the table that declares them.
var symbolKinds = map[string]int{"stock": 23, "flow": 12, "aux": 13, "constant": 14, "decision": 14,
	"lookup": 12, "data": 18, "dimension": 10, "unit": 20, "module": 2, "test": 6, "scenario": 5, "intervention": 24, "outcome": 8}

// The kinds of all others, a key, and of the group of all tables of one kind.
const (
	otherSymbol = 20
	namespace   = 3
)

// symbols answers with the tables of the file: those of one kind, one after another, under it.
// Tables inside a table of two names, such as [stock.x.at], belong to it and are not listed.
func (q *question) symbols() (any, error) {
	out := []symbol{}
	tables := q.x.Outline.Tables[1:]
	for i := 0; i < len(tables); {
		path := tables[i].Path
		// Tables inside this one follow it, and end its range.
		end := i + 1
		for len(path) > 1 && end < len(tables) && samePath(path[:2], tables[end].Path) {
			end++
		}
		one := q.symbolOf(tables[i], tables[end-1].Stop)
		i = end
		if len(path) == 0 {
			continue
		}
		if n := len(out); len(path) > 1 && n > 0 && out[n-1].Name == path[0].Name {
			out[n-1].Children = append(out[n-1].Children, one)
			out[n-1].Range.End = one.Range.End
			continue
		}
		if len(path) > 1 {
			one = symbol{Name: path[0].Name, Kind: namespace, Range: one.Range, Selection: one.Selection,
				Children: []symbol{one}}
		}
		out = append(out, one)
	}
	return out, nil
}

// samePath reports whether a table begins with the names of another.
func samePath(above, path []outline.Part) bool {
	for i, p := range above {
		if i >= len(path) || path[i].Name != p.Name {
			return false
		}
	}
	return true
}

// symbolOf returns a table that ends at an offset, with its label.
func (q *question) symbolOf(t *outline.Table, stop int) symbol {
	span := language.Span{Start: t.Start, End: max(t.End, stop)}
	if len(t.Path) == 0 {
		return symbol{}
	}
	var names []string
	for _, p := range t.Path[min(1, len(t.Path)-1):] {
		names = append(names, p.Name)
	}
	s := symbol{Name: strings.Join(names, "."), Kind: symbolKinds[t.Path[0].Name], Range: within(q.x, span),
		Selection: within(q.x, language.Span{Start: t.Start, End: t.End})}
	if s.Name == "" {
		s.Name = "?" // the protocol wants one; the header is half written
	}
	if s.Kind == 0 {
		s.Kind = otherSymbol
	}
	for _, p := range t.Pairs {
		if len(p.Path) == 1 && p.Path[0].Name == "label" {
			s.Detail = q.x.Words(p.Value)
		}
	}
	return s
}

// folds answers with the parts that can be folded: tables with those inside them, values of several
// lines, and comments of several lines. Tables of one name twice do not belong to each other.
func (q *question) folds() (any, error) {
	out := []folding{}
	add := func(from, to int, kind string) {
		if a, b := q.x.Position(from).Line, q.x.Position(to).Line; b > a {
			out = append(out, folding{a, b, kind})
		}
	}
	tables := q.x.Outline.Tables[1:]
	for i, t := range tables {
		end := i
		for end+1 < len(tables) && len(tables[end+1].Path) > len(t.Path) && samePath(t.Path, tables[end+1].Path) {
			end++
		}
		add(t.Start, tables[end].Stop, "")
	}
	q.x.Outline.Visit(func(_ *outline.Table, _ []outline.Part, p *outline.Pair) { add(p.Value.Start, p.Value.End, "") })
	tokens := q.x.Outline.Tokens
	for i := 0; i < len(tokens); i++ {
		first := i
		isComment := func(i int) bool { return i < len(tokens) && tokens[i].Kind == lex.Comment }
		for isComment(i) && isComment(i+2) && tokens[i+1].Kind == lex.Line {
			i += 2
		}
		if i > first && (first == 0 || tokens[first-1].Kind == lex.Line) {
			add(tokens[first].Start, tokens[i].Start, "comment")
		}
	}
	return out, nil
}

// formatting answers with the edit that gives the file the form of weir fmt. A file that is not
// TOML gets none: its mistakes are shown.
func (q *question) formatting() (any, error) {
	text := q.x.Text()
	made, list := tidy.File(q.path, []byte(text))
	if list.HasErrors() || string(made) == text {
		return []textEdit{}, nil
	}
	// One edit of the lines that change: an editor then keeps its cursor and folds in the others.
	from, to, end := 0, len(text), len(made)
	for from < min(to, end) && text[from] == made[from] {
		from++
	}
	for from > 0 && text[from-1] != '\n' { // whole lines, and so whole characters
		from--
	}
	for to > from && end > from && text[to-1] == made[end-1] {
		to--
		end--
	}
	for to < len(text) && (to == 0 || text[to-1] != '\n') {
		to++
		end++
	}
	return []textEdit{{within(q.x, language.Span{Start: from, End: to}), string(made[from:end])}}, nil
}

// codeActions answers with the edits that the hints of diagnostics in a range stand for. The
// diagnostics are the published ones, whose hints the editor does not know.
func (s *server) codeActions(p *actions) (any, error) {
	out := []action{}
	q := s.question(p.TextDocument.URI)
	if q == nil {
		return out, nil
	}
	for _, f := range s.checker.findings(q.path) {
		if before(f.Range.End, p.Range.Start) || before(p.Range.End, f.Range.Start) {
			continue
		}
		if title, edit, ok := fix(q, f); ok {
			a := action{Title: title, Kind: "quickfix", Diagnostics: []finding{f}, Preferred: true}
			var d documentEdit
			d.TextDocument.URI, d.TextDocument.Version = p.TextDocument.URI, s.files.versionOf(q.path)
			d.Edits = []textEdit{edit}
			a.Edit.DocumentChanges = []documentEdit{d}
			out = append(out, a)
		}
	}
	return out, nil
}

// before reports whether a position comes before another in the text.
func before(a, b language.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}

// fix returns the edit that the hint of a diagnostic stands for; ok is false if it stands for none,
// or if the text is another than the one that the diagnostic is about and its place is gone.
func fix(q *question, f finding) (title string, edit textEdit, ok bool) {
	text := q.x.Text()
	from, to := language.Offset(text, f.Range.Start), language.Offset(text, f.Range.End)
	if from > to {
		return "", textEdit{}, false
	}
	// The place must be whole in the present text: an edit may have cut its line off.
	was := text[from:to]
	if within(q.x, language.Span{Start: from, End: to}) != f.Range {
		return "", textEdit{}, false // of an earlier text
	}
	name, found := proposed(f.hint)
	switch {
	case found && was != "" && !strings.ContainsAny(was, "\n"):
		made, ok := replaced(was, name)
		return "change to " + name, textEdit{f.Range, made}, ok
	case f.hint == "write it without the quotes" && len(was) > 2:
		return "write it without the quotes", textEdit{f.Range, was[1 : len(was)-1]}, true
	case strings.HasPrefix(f.hint, "add a line ") && strings.HasSuffix(f.hint, " = …"):
		key := strings.TrimSuffix(strings.TrimPrefix(f.hint, "add a line "), " = …")
		// The table is there, so the key goes below its header.
		at := lineAfter(text, to)
		insert := key + " = \n"
		if at == len(text) && !strings.HasSuffix(text, "\n") {
			insert = "\n" + key + " = "
		}
		return "add " + key, textEdit{within(q.x, language.Span{Start: at, End: at}), insert}, true
	}
	return "", textEdit{}, false
}

// replaced returns a piece of a file with a name in the place of the misspelt one: the piece
// itself, the text in its quotes, or the text of a list that is nearest.
func replaced(was, name string) (made string, ok bool) {
	first := was[:1]
	if (first == `"` || first == "'") && strings.HasSuffix(was, first) && len(was) > 1 {
		return first + name + first, true
	}
	if first != "[" {
		return name, true
	}
	for _, t := range lex.Scan(was) {
		item := strings.Trim(was[t.Start:t.End], `"'`)
		if t.Kind == lex.Text && diagnostic.Nearest(item, []string{name}) != "" {
			return was[:t.Start] + `"` + name + `"` + was[t.End:], true
		}
	}
	return "", false
}

// proposed returns the name that a hint proposes.
func proposed(hint string) (name string, ok bool) {
	for _, lead := range []string{"did you mean ", "here it is called ", "call it "} {
		if rest, is := strings.CutPrefix(hint, lead); is {
			name, _, _ = strings.Cut(rest, "?")
			return name, name != "" && !strings.ContainsAny(name, " \n\"")
		}
	}
	return "", false
}

// lineAfter returns the offset of the line after that of an offset.
func lineAfter(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}
