package toml

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model/diagnostic"
)

// A scanner finds the place of every key and value. It accepts all of TOML 1.1 and
// somewhat more; the library decides whether the text is valid.
type scanner struct {
	doc    *Document
	text   string
	pos    int
	depth  int
	values int
	here   *Table // the table that keys go to
	starts []int  // of the headers and pairs scanned
	holes  []int  // starts of lines left out; see Parse
}

// A fault is where the scanner could not go on: the bytes [at, end).
type fault struct {
	at, end int
	code    diagnostic.Code
	message string
}

// fail leaves the scanner; document recovers it.
func (s *scanner) fail(code diagnostic.Code, message string) {
	panic(&fault{s.pos, s.pos + 1, code, message})
}

// document scans the whole text into doc.Root.
func (s *scanner) document() (found *fault) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *fault:
			found = r
		default:
			panic(r)
		}
	}()
	s.doc.Root = &Table{Span: s.doc.Span(0, 0), KeySpan: s.doc.Span(0, 0), doc: s.doc, index: map[string]*Key{},
		asked: map[string]bool{}}
	s.here = s.doc.Root
	s.take(bom)
	for s.blank(); s.pos < len(s.text); s.blank() {
		s.passHoles()
		s.starts = append(s.starts, s.pos)
		if s.text[s.pos] == '[' {
			s.header()
		} else {
			s.pair(s.here)
		}
		s.endOfLine()
	}
	s.passHoles()
	return nil
}

// passHoles marks the table that a line was left out of.
func (s *scanner) passHoles() {
	for len(s.holes) > 0 && s.holes[0] < s.pos {
		s.here.Damaged = true
		s.holes = s.holes[1:]
	}
}

// line gives the line of a mistake, if the rest can be read without it: a pair that
// begins and fails on one line. After a broken header nobody knows where keys go.
func (s *scanner) line(at int) (start, end int, ok bool) {
	i, _ := slices.BinarySearch(s.starts, at+1)
	if i == 0 || s.text[s.starts[i-1]] == '[' {
		return 0, 0, false
	}
	begin := s.starts[i-1]
	start = strings.LastIndexByte(s.text[:begin], '\n') + 1
	end = len(s.text)
	if n := strings.IndexByte(s.text[begin:], '\n'); n >= 0 {
		end = begin + n
	}
	return start, end, at <= end
}

// A part is one name of a dotted key, with its place.
type part struct {
	name string
	span diagnostic.Span
}

// newTable returns a table below another. Tables deeper than the bound end the scan, so that no
// caller needs to guard its recursion.
func (s *scanner) newTable(parent *Table, p part, span diagnostic.Span) *Table {
	s.count()
	if parent.depth >= maxPath {
		s.fail(TooLarge, "more than "+strconv.Itoa(maxPath)+" tables inside one another")
	}
	return &Table{Name: p.name, Span: span, KeySpan: p.span, doc: s.doc, parent: parent, depth: parent.depth + 1,
		index: map[string]*Key{}, asked: map[string]bool{}}
}

// count counts a value, and ends the scan of a file that holds too many.
func (s *scanner) count() {
	if s.values++; s.values > maxValues {
		s.fail(TooLarge,
			"the file holds more than "+strconv.Itoa(maxValues)+" values; long tables of numbers belong in a CSV file")
	}
}

// header scans [a.b] or [[a.b]] and makes it the current table.
func (s *scanner) header() {
	start := s.pos
	array := s.take("[[")
	if !array {
		s.expect("[")
	}
	parts := s.key()
	s.expect("]")
	if array {
		s.expect("]")
	}
	span := s.doc.Span(start, s.pos)
	last := parts[len(parts)-1]
	parent := s.descend(s.doc.Root, parts[:len(parts)-1], span, false)
	if array {
		s.here = s.appendTable(parent, last, span)
	} else {
		s.here = s.openTable(parent, last, span)
	}
}

// openTable returns the table of a header, or takes over one that only its own
// subtables have mentioned so far.
func (s *scanner) openTable(parent *Table, p part, span diagnostic.Span) *Table {
	old := parent.index[p.name]
	if old == nil {
		t := s.newTable(parent, p, span)
		t.given = true
		parent.add(&Key{Name: p.name, Span: p.span, Value: &Value{Kind: KindTable, Span: span, Table: t}})
		return t
	}
	old.mentions = append(old.mentions, p.span)
	if old.Value.Kind == KindTable && !old.Value.Table.given {
		t := old.Value.Table
		t.given, t.Span, t.KeySpan, old.Span, old.Value.Span = true, span, p.span, p.span, span
		return t
	}
	s.twice(old, p, parent)
	return s.newTable(parent, p, span) // read, then dropped
}

// appendTable adds an element to an array of tables.
func (s *scanner) appendTable(parent *Table, p part, span diagnostic.Span) *Table {
	t := s.newTable(parent, p, span)
	t.given = true
	item := &Value{Kind: KindTable, Span: span, Table: t}
	switch old := parent.index[p.name]; {
	case old == nil:
		parent.add(&Key{Name: p.name, Span: p.span, Value: &Value{Kind: KindArray, Span: span, Items: []*Value{item},
			tables: true}})
	case old.Value.tables:
		old.mentions = append(old.mentions, p.span)
		old.Value.Items = append(old.Value.Items, item)
	default:
		s.twice(old, p, parent)
	}
	return t
}

// descend walks from a table through names, making tables as needed. Tables made
// by a dotted key are closed to headers (given), as TOML wants.
func (s *scanner) descend(t *Table, names []part, span diagnostic.Span, given bool) *Table {
	for _, p := range names {
		k := t.index[p.name]
		switch {
		case k == nil:
			next := s.newTable(t, p, span)
			next.given = given
			t.add(&Key{Name: p.name, Span: p.span, Value: &Value{Kind: KindTable, Span: span, Table: next}})
			t = next
			continue
		case k.Value.Kind == KindTable:
			t = k.Value.Table
		case k.Value.tables:
			t = k.Value.Items[len(k.Value.Items)-1].Table
		default:
			s.twice(k, p, t)
			t = s.newTable(t, p, span)
		}
		k.mentions = append(k.mentions, p.span)
	}
	return t
}

// pair scans key = value into a table.
func (s *scanner) pair(t *Table) {
	start := s.pos
	parts := s.key()
	span := s.doc.Span(start, s.pos)
	s.expect("=")
	s.spaces()
	last := parts[len(parts)-1]
	t = s.descend(t, parts[:len(parts)-1], span, true)
	v := s.value(last, t)
	if old := t.index[last.name]; old != nil {
		s.twice(old, last, t)
		return
	}
	t.add(&Key{Name: last.name, Span: last.span, Value: v})
}

// twice reports a key or table given a second time.
func (s *scanner) twice(old *Key, p part, parent *Table) {
	s.doc.Add(diagnostic.Diagnostic{
		Code: DuplicateKey, Span: p.span, Message: join(parent.Path(), p.name) + " is given twice",
		Hint:    "keep one of the two",
		Related: []diagnostic.Related{{Span: old.Span, Message: "the first one, which counts"}},
	})
}

// key scans a.b."c d", with spaces around the dots.
func (s *scanner) key() []part {
	var parts []part
	for {
		s.spaces()
		s.count()
		if parts = append(parts, s.keyPart()); len(parts) > maxPath {
			s.fail(TooLarge, "a key has more than "+strconv.Itoa(maxPath)+" parts")
		}
		s.spaces()
		if !s.take(".") {
			return parts
		}
	}
}

// keyPart reads one part of a dotted key, bare or in quotes.
func (s *scanner) keyPart() part {
	start := s.pos
	if v := s.stringValue(); v != nil {
		return s.bounded(part{v.Text.Text, v.Span})
	}
	for s.pos < len(s.text) && bareKey(s.text[s.pos]) {
		s.pos++
	}
	if s.pos == start {
		s.fail(NotTOML, "a key is expected here")
	}
	return s.bounded(part{s.text[start:s.pos], s.doc.Span(start, s.pos)})
}

// bounded refuses names so long that lists of them would fill the memory.
func (s *scanner) bounded(p part) part {
	if len(p.name) > maxName {
		s.pos = p.span.Start
		s.fail(TooLarge, "a key is longer than "+strconv.Itoa(maxName)+" bytes")
	}
	return p
}

// bareKey reports whether a character may be in a key without quotes.
func bareKey(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// value scans the value of a key of a table, or an item of it.
func (s *scanner) value(key part, t *Table) *Value {
	s.count()
	if s.depth++; s.depth > maxDepth {
		s.fail(TooLarge, "more than "+strconv.Itoa(maxDepth)+" arrays or tables inside one another")
	}
	defer func() { s.depth-- }()
	if v := s.stringValue(); v != nil {
		return v
	}
	start := s.pos
	switch {
	case s.take("["):
		return s.array(start, key, t)
	case s.take("{"):
		return s.inlineTable(start, key, t)
	}
	return s.bare()
}

// array scans an array with its items.
func (s *scanner) array(start int, key part, t *Table) *Value {
	v := &Value{Kind: KindArray}
	for s.blank(); !s.take("]"); s.blank() {
		v.Items = append(v.Items, s.value(key, t))
		s.comma("]")
	}
	v.Span = s.doc.Span(start, s.pos)
	return v
}

// inlineTable scans a table in braces.
func (s *scanner) inlineTable(start int, key part, parent *Table) *Value {
	t := s.newTable(parent, key, key.span)
	t.given = true
	for s.blank(); !s.take("}"); s.blank() {
		s.pair(t)
		s.comma("}")
	}
	return &Value{Kind: KindTable, Span: s.doc.Span(start, s.pos), Table: t}
}

// comma scans the mark after an item: a comma, or nothing before the closing mark.
func (s *scanner) comma(closing string) {
	s.blank()
	if !s.take(",") && !strings.HasPrefix(s.text[s.pos:], closing) {
		s.fail(NotTOML, "a comma or "+closing+" is expected here")
	}
}

// bare scans a number, a boolean or a date.
func (s *scanner) bare() *Value {
	start := s.pos
	end := start
	for end < len(s.text) && strings.IndexByte(",]}#\r\n", s.text[end]) < 0 {
		end++
	}
	raw := strings.TrimRight(s.text[start:end], " \t")
	s.pos = start + len(raw)
	v := &Value{Span: s.doc.Span(start, s.pos)}
	switch {
	case raw == "":
		s.fail(NotTOML, "a value is expected here")
	case raw == "true" || raw == "false":
		v.Kind, v.Bool = KindBool, raw == "true"
	default:
		if v.Kind, v.Number = number(raw); v.Kind == KindTime && !dateLike(raw) {
			panic(&fault{start, s.pos, NotTOML, "expected a value but found " + strconv.Quote(raw)})
		}
	}
	return v
}

// dateLike reports whether a bare value begins as 2027-08-01 or 07:30 do.
func dateLike(raw string) bool {
	return len(raw) >= 5 && raw[0] >= '0' && raw[0] <= '9' && (raw[2] == ':' || raw[4] == '-')
}

// number reads a TOML integer or float; of anything else the kind is KindTime.
func number(raw string) (ValueKind, float64) {
	digits := strings.ReplaceAll(raw, "_", "")
	switch strings.TrimLeft(digits, "+-") {
	case "inf":
		return KindFloat, math.Inf(1 - 2*strings.Count(digits, "-"))
	case "nan":
		return KindFloat, math.NaN()
	}
	if i, err := strconv.ParseInt(digits, 0, 64); err == nil {
		return KindInteger, float64(i)
	}
	if f, err := strconv.ParseFloat(digits, 64); err == nil {
		return KindFloat, f
	}
	return KindTime, 0
}

// take moves over a mark if it stands here.
func (s *scanner) take(mark string) bool {
	if !strings.HasPrefix(s.text[s.pos:], mark) {
		return false
	}
	s.pos += len(mark)
	return true
}

// expect skips a mark. The library has accepted the text, so a missing mark is a fault of the
// scanner, reported as text that is not TOML.
func (s *scanner) expect(mark string) {
	if !s.take(mark) {
		s.fail(NotTOML, mark+" is expected here")
	}
}

// spaces moves over spaces and tabs.
func (s *scanner) spaces() {
	for s.pos < len(s.text) && (s.text[s.pos] == ' ' || s.text[s.pos] == '\t') {
		s.pos++
	}
}

// blank moves over spaces, line ends and comments.
func (s *scanner) blank() {
	for s.pos < len(s.text) && strings.IndexByte(" \t\r\n#", s.text[s.pos]) >= 0 {
		if s.text[s.pos] != '#' {
			s.pos++
		} else if n := strings.IndexByte(s.text[s.pos:], '\n'); n >= 0 {
			s.pos += n
		} else {
			s.pos = len(s.text)
		}
	}
}

// endOfLine demands that nothing but a comment follows.
func (s *scanner) endOfLine() {
	s.spaces()
	if s.pos < len(s.text) && strings.IndexByte("\r\n#", s.text[s.pos]) < 0 {
		s.fail(NotTOML, "the end of the line is expected here")
	}
}

// join returns the path of a table with a name below it.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
