package toml

import (
	"math"
	"slices"
	"strings"
	"testing"

	burnt "github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"weir/model/diagnostic"
	"weir/model/toml/shape"
)

// parse reads a text that must be TOML.
func parse(t *testing.T, text string) *Document {
	t.Helper()
	doc, list := Parse("m.toml", []byte(text))
	if doc == nil || list.HasErrors() {
		t.Fatalf("%q: %v", text, list)
	}
	return doc
}

// cut is the part of the text that a span covers.
func cut(text string, s diagnostic.Span) string { return text[s.Start:s.End] }

func TestPlaces(t *testing.T) {
	text := "name = \"Teachers\"\n[stock.pupils] # here\n  initial = 12.5\nover = [\"grade\",\n 'sector']\n" +
		"[aux]\nload = { equation = \"a\\\\b\", units = '1' }\n"
	doc := parse(t, text)
	pupils, load := doc.Root.Table("stock", "pupils"), doc.Root.Table("aux", "load")
	for _, c := range []struct {
		what string
		span diagnostic.Span
		want string
	}{
		{"string value", doc.Root.At("name"), `"Teachers"`},
		{"text of a string", doc.Root.Text("name").Span, "Teachers"},
		{"header", pupils.Span, "[stock.pupils]"},
		{"last part of a header", pupils.KeySpan, "pupils"},
		{"key", pupils.Key("initial").Span, "initial"},
		{"number", pupils.At("initial"), "12.5"},
		{"list", pupils.At("over"), "[\"grade\",\n 'sector']"},
		{"item", pupils.Texts("over")[1].Span, "sector"},
		{"key of an inline table", load.Span, "load"},
		{"value in an inline table", load.At("units"), "'1'"},
		{"missing key: its table", pupils.At("units"), "[stock.pupils]"},
	} {
		if got := cut(text, c.span); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if got := load.Path(); got != "aux.load" {
		t.Errorf("path %q", got)
	}
}

// A mistake in an equation is shown at its byte of the file, through escapes,
// continued lines and the line end after opening quotes.
func TestTextMap(t *testing.T) {
	for _, c := range []struct {
		toml, text string
		contiguous bool
		places     string // the file's byte for each byte of the text
	}{
		{`x = "a + b"`, "a + b", true, "a + b"},
		{`x = 'a\b'`, `a\b`, true, `a\b`},
		{`x = "a\tb\u00e9c"`, "a\tbéc", false, `a\b\\c`},
		{`x = "\U0001F600\x41\\"`, "😀A\\", false, `\\\\\\`},
		{"x = \"\"\"\na +\nb\"\"\"", "a +\nb", true, "a +\nb"},
		{"x = \"\"\"\r\na \\\r\n   b\"\"\"", "a b", false, "a b"},
		{"x = '''a''''", "a'", true, "a'"},
		{"x = \"\"\"a\"\"\"\"\"", `a""`, true, `a""`},
		{`x = ""`, "", true, ""},
	} {
		got := parse(t, c.toml).Root.Text("x")
		if got.Text != c.text || (got.Map == nil) != c.contiguous {
			t.Errorf("%s: %q, map %v; want %q", c.toml, got.Text, got.Map, c.text)
			continue
		}
		places := make([]byte, len(got.Text))
		for i := range places {
			if at := got.Span.Start + i; got.Map == nil {
				places[i] = c.toml[at]
			} else {
				places[i] = c.toml[got.Map[i]]
			}
		}
		if string(places) != c.places {
			t.Errorf("%s: bytes come from %q, want %q", c.toml, places, c.places)
		}
	}
}

func TestTablesKeepFileOrder(t *testing.T) {
	doc := parse(t, "[stock.b]\n[flow.z]\n[stock.a.at]\nk = 1\n[stock.c]\n[stock.a]\nx = 1\n")
	var got []string
	for _, s := range doc.Root.Tables("stock") {
		got = append(got, s.Name)
	}
	if diff := cmp.Diff([]string{"b", "a", "c"}, got); diff != "" {
		t.Error(diff)
	}
}

// Each mistake has its code and covers just what is wrong.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name, toml string
		code       diagnostic.Code
		at         string
	}{
		{"not TOML", "a = 1\nb = student\n", NotTOML, "student"},
		{"key without value", "a = 1\nb\n", NotTOML, "\n"},
		{"open quotes", "a = \"x\nb = 1\n", NotTOML, "\n"},
		{"open list", "a = [1, 2\n", NotTOML, "\n"},
		{"control character", "a = \"x\x01\"\n", NotTOML, "\x01"},
		{"NUL", "a\x00 = 1\n", NotTOML, "\x00"},
		{"not UTF-8", "a = \"\xff\"\n", NotTOML, "\xff"},
		{"lone carriage return", "a = 1\rb = 2\n", NotTOML, "\r"},
		{"key twice", "a = 1\na = 2\n", DuplicateKey, "a"},
		{"table twice", "[s.x]\nk = 1\n[s.x]\nk = 2\n", DuplicateKey, "x"},
		{"table over value", "s = 1\n[s.x]\n", DuplicateKey, "s"},
		{"inline table extended", "s = {a = 1}\n[s]\n", DuplicateKey, "s"},
	} {
		_, list := Parse("m.toml", []byte(c.toml))
		if len(list) != 1 || list[0].Code != c.code || cut(c.toml, list[0].Span) != c.at {
			t.Errorf("%s: %v, want one %s at %q", c.name, list, c.code, c.at)
		}
	}
}

// A line that is not TOML hides neither what is wrong elsewhere nor what is right.
func TestReadsOnAfterABrokenLine(t *testing.T) {
	text := "units = student\n[stock.x]\ninitial = 12 34\nlabl = \"x\"\n[stock.y]\nlabel = \"y\nover = [\"a\"]\n"
	doc, list := Parse("m.toml", []byte(text))
	if doc == nil {
		t.Fatal(list)
	}
	stock := shapeOf("a stock", "over")
	stock.Keys = append(stock.Keys, shape.Key{Name: "initial", Needed: shape.Add}, shape.Key{Name: "label", Needed: shape.Add})
	for _, s := range doc.Root.Tables("stock") {
		s.Texts("over")
		s.Done(stock)
	}
	list = append(list, doc.Problems()...)
	list.Sort()
	var got []string
	for _, d := range list {
		got = append(got, string(d.Code)+" at "+cut(text, d.Span))
	}
	want := []string{"not-toml at student", "not-toml at  3", "unknown-key at labl", "not-toml at \n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if x, y := doc.Root.Table("stock", "x"), doc.Root.Table("stock", "y"); !x.Damaged || !y.Damaged || len(y.Strings("over")) != 1 {
		t.Errorf("%v %v %v", x.Damaged, y.Damaged, y.Strings("over"))
	}
}

// A key given twice does not hide a later mistake.
func TestMistakeAfterAKeyGivenTwice(t *testing.T) {
	text := "a = 1\na = 2\nunits = student\n"
	_, list := Parse("m.toml", []byte(text))
	list.Sort()
	if len(list) != 2 || list[0].Code != DuplicateKey || list[1].Code != NotTOML || cut(text, list[1].Span) != "student" || list[1].Hint == "" {
		t.Error(list)
	}
}

// Where nobody knows what belongs where, reading stops.
func TestHopeless(t *testing.T) {
	for _, text := range []string{"[stock.x\ninitial = 1\n", "a = [1,\nb = 2\n", "a = \"\"\"x\nb = 1\n", "x y\n" + strings.Repeat("b c\n", 30)} {
		if doc, list := Parse("m.toml", []byte(text)); doc != nil || !list.HasErrors() {
			t.Errorf("%q: read on: %v", text, list)
		}
	}
}

func TestGettersReport(t *testing.T) {
	text := "label = 3\ninitial = \"12\"\nrange = [0, inf]\nover = [\"a\", 2]\nfine = nan\nflag = 1\nsub = 2\nmethod = \"eulr\"\nlabl = \"x\"\n"
	doc := parse(t, text)
	r := doc.Root
	r.String("label")
	r.Number("initial")
	r.Number("fine")
	r.Bool("flag")
	r.Table("sub")
	r.OneOf("method", "euler", "rk4")
	r.Texts("over")
	r.Finite("an item of range", r.Value("range").Items[1])
	stock := shapeOf("a stock", "label", "initial", "fine", "flag", "sub", "method", "over", "range")
	stock.Keys = append(stock.Keys, shape.Key{Name: "units", Needed: shape.Add})
	r.Done(stock)
	got := map[string]diagnostic.Code{}
	for _, d := range doc.Problems() {
		got[cut(text, d.Span)] = d.Code
	}
	want := map[string]diagnostic.Code{
		"3": WrongType, `"12"`: WrongType, "nan": BadValue, "1": WrongType, "2": WrongType,
		"eulr": BadValue, "inf": BadValue, "": MissingKey, "labl": UnknownKey,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// shapeOf is a shape of keys of any form.
func shapeOf(what string, keys ...string) *shape.Shape {
	s := &shape.Shape{What: what}
	for _, k := range keys {
		s.Keys = append(s.Keys, shape.Key{Name: k})
	}
	return s
}

// What a table may have is what its shape has and its reader asks for: of a key that
// one of the two does not know, nobody can say what it does.
func TestKnownIsWhatShapeAndReaderKnow(t *testing.T) {
	doc := parse(t, "both = 1\nshape = 1\nreader = 1\nrefused = 1\n")
	doc.Root.Number("both")
	doc.Root.Number("reader")
	doc.Root.Refuse("refused")
	doc.Root.Done(shapeOf("a file", "both", "shape"))
	var got []string
	for _, d := range doc.Problems() {
		got = append(got, d.Message)
	}
	if want := []string{`a file has no key "shape"`, `a file has no key "reader"`}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A key that must be there may be left out where another one stands for it.
func TestNeededUnless(t *testing.T) {
	s := &shape.Shape{What: "a stock", Keys: []shape.Key{{Name: "initial", Needed: shape.Add, Unless: []string{"at"}}, {Name: "at"}}}
	for text, want := range map[string]int{"": 1, "initial = 1\n": 0, "at = {}\n": 0} {
		doc := parse(t, text)
		doc.Root.Has("initial")
		doc.Root.Has("at")
		doc.Root.Done(s)
		if got := doc.Problems(); len(got) != want || want == 1 && got[0].Hint != "add a line initial = …" {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Every header of an unknown table is reported, since each has to be changed.
func TestUnknownTableIsReportedEachTime(t *testing.T) {
	text := "[stocks.a]\n[stocks.b]\nx = 1\n[stock.c]\n"
	doc := parse(t, text)
	doc.Root.Tables("stock")
	doc.Root.Done(shapeOf("a model file", "stock"))
	list := doc.Problems()
	if len(list) != 2 || list[0].Span.Start != 1 || list[1].Span.Start != 12 {
		t.Fatal(list)
	}
	if want := "did you mean stock?"; list[0].Hint != want {
		t.Errorf("hint %q, want %q", list[0].Hint, want)
	}
}

// plainTree is a table as the library would decode it.
func plainTree(t *Table) map[string]any {
	out := map[string]any{}
	for _, k := range t.keys {
		out[k.Name] = plainValue(k.Value)
	}
	return out
}

func plainValue(v *Value) any {
	switch v.Kind {
	case KindString:
		return v.Text.Text
	case KindInteger:
		return int64(v.Number)
	case KindFloat:
		return v.Number
	case KindBool:
		return v.Bool
	case KindTable:
		return plainTree(v.Table)
	case KindTime:
		return "a date"
	}
	items := make([]any, len(v.Items))
	for i, item := range v.Items {
		items[i] = plainValue(item)
	}
	return items
}

// libraryTree makes the library's result comparable.
func libraryTree(x any) any {
	switch x := x.(type) {
	case map[string]any:
		for k, v := range x {
			x[k] = libraryTree(v)
		}
		return x
	case []map[string]any:
		items := make([]any, len(x))
		for i, item := range x {
			items[i] = libraryTree(item)
		}
		return items
	case []any:
		for i := range x {
			x[i] = libraryTree(x[i])
		}
		return x
	case int64:
		return int64(float64(x)) // numbers of a model are float64
	case string, float64, bool:
		return x
	}
	return "a date"
}

// FuzzParse holds the scanner to the library: whatever both accept, they read alike.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a = 1\n", "[a.b]\nc = \"x\\ty\"\n[[d]]\ne = [1, 2.5, {f = true}]\n[[d]]\n", "a.b.c = 1979-05-27 07:32:00\n",
		"x = \"\"\"\na \\\n  b\"\"\"\ny = '''c'''\n", "a = { b = 1, # c\n d = 2,\n}\n", "\ufeffa = 0x1F\nb = -inf\nc = 1_000.5e-3\n",
		"a = [ [1], [2, 3], ]\n'q r'.s = 07:32:00\n", "[a]\n[a.b]\n[c.d]\n[c]\nx = 1\n", "a = 1\na = 2\nb = [\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, list := Parse("f.toml", []byte(text))
		for _, d := range list {
			if d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > len(text) {
				t.Fatalf("place %v outside of the text", d.Span)
			}
		}
		if doc == nil {
			if !list.HasErrors() {
				t.Fatal("refused without a reason")
			}
			return
		}
		if list.HasErrors() {
			return // a key given twice
		}
		var want map[string]any
		if _, err := burnt.Decode(text, &want); err != nil {
			t.Fatalf("accepted, but: %v", err)
		}
		sameNaN := cmp.Comparer(func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })
		if diff := cmp.Diff(libraryTree(want), any(plainTree(doc.Root)), sameNaN); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TOML takes a name with other letters in quotes only, which it does not say itself.
func TestHintForNames(t *testing.T) {
	for _, text := range []string{"[stock.schüler]\n", "übung = 3\n", "[stock]\nübung.x = 3\n", "[stock.a b]\n"} {
		_, list := Parse("m.toml", []byte(text))
		if len(list) != 1 || !strings.Contains(list[0].Hint, "stands in quotes") {
			t.Errorf("%q: %v", text, list)
		}
	}
}

// Names of variables may have points in them, in quotes or as TOML's own.
func TestNamed(t *testing.T) {
	doc := parse(t, "[change.a.b]\nto = 1\n[change.a.c.d]\nto = 2\n[change.'a.e']\nto = 3\n[change.f]\nto = 4\n[change.g]\n[set]\na.b = 1\n'a.c' = 2\nd = 3\n")
	var got []string
	for range 2 { // asking again gives the same
		got = nil
		for _, sub := range doc.Root.Named("change") {
			got = append(got, sub.Name+" "+sub.Path())
		}
	}
	want := []string{"a.b change.a.b", "a.c.d change.a.c.d", "a.e change.a.e", "f change.f", "g change.g"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	got = nil
	for _, k := range doc.Root.Table("set").NamedKeys() {
		got = append(got, k.Full)
	}
	if want := []string{"a.b", "a.c", "d"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	doc.Root.Done(shapeOf("a file", "change", "set"))
	if problems := doc.Problems(); len(problems) > 0 {
		t.Error(problems)
	}
}
