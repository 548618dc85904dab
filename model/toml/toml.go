// Package toml reads TOML with places: every table, key and value knows where in
// the file it is, tables keep the order of the file, and the typed getters report
// keys that are missing, misspelt or of the wrong type. The model reader and the reader
// of scenario sets share it.
//
// BurntSushi/toml decides whether a text is valid TOML; it does not report places,
// so the text is scanned a second time for the places.
//
// A reader asks a table for its keys and then calls Done with the table's shape, which
// reports every key that the table cannot have, and those that are missing:
//
//	doc, list := toml.Parse(file, text)
//	if doc == nil {
//		return list // so little TOML that nothing can be read
//	}
//	for _, t := range doc.Root.Tables("stock") {
//		label, initial := t.String("label"), t.Text("initial")
//		t.Done(stockShape)
//	}
//	doc.Root.Done(fileShape)
//	list = append(list, doc.Problems()...)
package toml

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	burnt "github.com/BurntSushi/toml"

	"weir/model/diagnostic"
)

// The codes that this package reports.
const (
	NotTOML      diagnostic.Code = "not-toml"      // the text is not TOML
	DuplicateKey diagnostic.Code = "duplicate-key" // a key or table is given twice
	UnknownKey   diagnostic.Code = "unknown-key"   // a key or table that there cannot be here
	MissingKey   diagnostic.Code = "missing-key"   // a required key is not there
	WrongType    diagnostic.Code = "wrong-type"    // a number where text is wanted, and the like
	BadValue     diagnostic.Code = "bad-value"     // the right type, but not a possible value
	TooLarge     diagnostic.Code = "too-large"     // more than a file may hold
)

// Limits of one file. They bound memory and stack before anything is built.
const (
	MaxSize     = 8 << 20 // bytes
	maxValues   = 750_000 // values, keys and tables
	maxDepth    = 16      // values inside one another
	maxPath     = 8       // tables inside one another
	maxName     = 128     // bytes of a key
	maxProblems = 1000    // reported in one file
	maxSyntax   = 20      // lines that are not TOML, of which the rest is still read
	maxMended   = 1 << 20 // bytes of a file that is read again without such a line
)

// A Document is a TOML file with places. Root is its top table, never nil. Words are
// other names that people may use for known keys, for hints: "dt" for "step".
type Document struct {
	File  string
	Root  *Table
	Words map[string][]string
	list  diagnostic.List
	count int
}

// Parse returns the document of a file's text, and its mistakes as TOML. A line
// that is not TOML is reported and read as if it were blank, so that the mistakes in
// the rest show, too; the document is nil where that cannot be done. Of a key given
// twice the first one counts. The reports of the getters are in Problems.
func Parse(file string, text []byte) (*Document, diagnostic.List) {
	doc := &Document{File: file}
	if !doc.checkBytes(text) {
		return nil, doc.list
	}
	var found diagnostic.List
	var holes []int
	for body := string(text); ; {
		doc.list, doc.count = nil, 0
		s := &scanner{doc: doc, text: body, holes: holes}
		mistake := doc.mistake(body, s.document())
		if mistake == nil {
			break
		}
		found = append(found, *mistake)
		start, end, ok := s.line(mistake.Span.Start)
		if !ok || mistake.Code == TooLarge || len(found) == maxSyntax || len(body) > maxMended {
			return nil, append(found, doc.list...)
		}
		body = body[:start] + strings.Repeat(" ", end-start) + body[end:]
		holes = append(holes, start)
		slices.Sort(holes)
	}
	found = append(found, doc.list...)
	doc.list, doc.count = nil, 0
	return doc, found
}

// Span returns a place in this file.
func (d *Document) Span(start, end int) diagnostic.Span {
	return diagnostic.Span{File: d.File, Start: start, End: end}
}

// Report adds an error to Problems. Beyond the first thousand they are dropped.
func (d *Document) Report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	d.Add(diagnostic.Diagnostic{Code: code, Span: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// Add is Report for a diagnostic with related places or another severity.
func (d *Document) Add(x diagnostic.Diagnostic) {
	d.count++
	if len(d.list) < maxProblems {
		d.list = append(d.list, x)
	}
}

// Relate adds a place to the last problem.
func (d *Document) Relate(at diagnostic.Span, message string) {
	if d.count == len(d.list) && d.count > 0 {
		last := &d.list[d.count-1]
		last.Related = append(last.Related, diagnostic.Related{Span: at, Message: message})
	}
}

// Problems returns the reports of the getters so far. The caller owns the list.
func (d *Document) Problems() diagnostic.List { return append(diagnostic.List(nil), d.list...) }

// Count returns the number of problems reported so far, dropped ones included.
func (d *Document) Count() int { return d.count }

// checkBytes reports bytes that no TOML file may have, before anything else reads them.
func (d *Document) checkBytes(text []byte) bool {
	if len(text) > MaxSize {
		d.Report(TooLarge, d.Span(0, 0), "put long tables of numbers into a CSV file and read them with [data.x]",
			"the file has more than %d bytes, which is the most that is read", MaxSize)
		return false
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if what := forbidden(r, n, text[i:]); what != "" {
			d.Report(NotTOML, d.Span(i, i+n), "save the file as UTF-8 text", "%s is not allowed in TOML", what)
			return false
		}
		i += n
	}
	return true
}

// forbidden returns the name of a character that TOML does not allow, "" if it is allowed.
func forbidden(r rune, size int, rest []byte) string {
	switch {
	case r == utf8.RuneError && size <= 1:
		return fmt.Sprintf("the byte 0x%02X (the file is not UTF-8)", rest[0])
	case r == '\r' && (len(rest) < 2 || rest[1] != '\n'):
		return "a carriage return without a line feed"
	case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7F:
		return fmt.Sprintf("the control character U+%04X", r)
	}
	return ""
}

// mistake asks the library whether the text is TOML; nil if it is. A fault of the
// scanner says that it is not, too; the library's words are preferred.
func (d *Document) mistake(text string, fault *fault) *diagnostic.Diagnostic {
	here := func(start, end int, code diagnostic.Code, message string) *diagnostic.Diagnostic {
		start = min(max(start, 0), len(text))
		return &diagnostic.Diagnostic{Code: code, Span: d.Span(start, min(max(end, start), len(text))),
			Hint: cmp.Or(withoutComma(text, start), hintFor(message)), Message: plain(message)}
	}
	if fault != nil && fault.code == TooLarge { // the library would not survive it
		return here(fault.at, fault.end, fault.code, fault.message)
	}
	err := decode(text)
	var parse burnt.ParseError
	isParse := errors.As(err, &parse)
	twice := d.list.HasErrors() && isParse && strings.Contains(parse.Message, "already") // reported with both places
	switch {
	case fault == nil && (err == nil || twice):
		return nil
	case isParse && !twice:
		start := parse.Position.Start + len(text) - len(strings.TrimPrefix(text, bom))
		return here(start, start+max(parse.Position.Len, 1), NotTOML, parse.Message)
	case fault != nil:
		return here(fault.at, fault.end, NotTOML, fault.message)
	}
	return here(0, 0, NotTOML, err.Error())
}

const bom = "\ufeff"

// decode runs the library. It panics, with a string, where it finds its own
// tokens inconsistent; such a text is refused like any other that is not TOML.
func decode(text string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("this cannot be read as TOML (%v)", r)
		}
	}()
	var into map[string]any
	_, err = burnt.Decode(text, &into)
	return err
}

// plain returns the library's message in the form of our messages.
func plain(message string) string {
	message = strings.TrimSuffix(strings.TrimSpace(message), ".")
	r, n := utf8.DecodeRuneInString(message)
	return strings.ToLower(string(r)) + message[n:]
}

// hintFor returns the hint for the commonest messages of the library, "" for others.
func hintFor(message string) string {
	for _, h := range syntaxHints {
		if strings.Contains(message, h.part) {
			return h.hint
		}
	}
	return ""
}

// thousands is a number written with commas, as in 62,000.
var thousands = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+\b`)

// withoutComma returns the hint for a number with a comma at an offset, "" if there is none.
func withoutComma(text string, at int) string {
	start := at
	for start > 0 && text[start-1] >= '0' && text[start-1] <= '9' {
		start--
	}
	if found := thousands.FindString(text[start:]); found != "" && at < len(text) && text[at] == ',' {
		return "write numbers without commas: " + strings.ReplaceAll(found, ",", "")
	}
	return ""
}

var syntaxHints = []struct{ part, hint string }{
	{"value but found", `text and equations go in quotes: units = "student"`},
	{"strings cannot contain newlines", `close the quotes on the same line, or use """ for a text of several lines`},
	{"end with a newline", "one key a line; text and equations go in quotes"},
	{"expected '.' or '='", "a key is followed by = and a value; a name with other characters than a-z, 0-9, _ and - stands in quotes"},
	{"to end table name", "a name with other characters than a-z, 0-9, _ and - stands in quotes: [stock.\"schüler\"]"},
	{"bare keys cannot contain", "a name with other characters than a-z, 0-9, _ and - stands in quotes"},
	{"leading zeroes", "write the number without zeroes in front"},
}
