package language_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"weir/model"
	"weir/model/keys"
	"weir/model/language"
	"weir/model/toml/shape"
)

const examples = "../../examples/"

// disk is a space of the model files of a folder.
func disk(t testing.TB) *language.Space {
	seen := map[string]*language.Index{}
	return &language.Space{Owner: func(string) string { return "" }, Index: func(path string) *language.Index {
		if x, done := seen[path]; done {
			return x
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		seen[path] = language.Read(string(text), keys.File)
		return seen[path]
	}}
}

// Every name of a variable that the checker has accepted has a declaration, where the checker has it.
func TestNamesOfTheCityResolve(t *testing.T) {
	for _, file := range []string{"st-louis/model.toml", "enrollment-decline/model.toml", "teacher-retention/model.toml"} {
		file = examples + file
		s := disk(t)
		m, list := model.Load(file)
		if list.HasErrors() {
			t.Fatal(list)
		}
		for _, v := range m.Variables {
			d, in := s.Variable(file, v.Name)
			if d == nil || filepath.Clean(in) != filepath.Clean(v.Span.File) && v.Scope == v.Module {
				t.Errorf("%s is in %s, not %q", v.Name, v.Span.File, in)
				continue
			}
			if v.Scope == v.Module && d.Header.Start != v.Span.Start {
				t.Errorf("%s is at %d, not %d", v.Name, v.Span.Start, d.Header.Start)
			}
		}
		words := map[string]bool{}
		for _, word := range testFunctions {
			words[word] = true
		}
		for _, test := range m.Tests {
			for _, run := range test.Runs {
				words[run.Name] = true
			}
		}
		x, found := s.Index(file), 0
		for _, n := range x.Names {
			for i, p := range n.Parts {
				sym, ok := s.Resolve(file, &n, i)
				switch word := x.Text()[p.Start:p.End]; {
				case n.Role == shape.Variable && !ok && !words[word]:
					t.Errorf("%s: %s at byte %d has no declaration", file, word, p.Start)
				case ok && language.Form(strings.Trim(word, `"`)) != sym.Name:
					t.Errorf("%s: the place of %s has %q", file, sym.Name, word)
				case ok:
					found++
				}
			}
		}
		if found < 100 {
			t.Errorf("%s: %d names found", file, found)
		}
	}
}

// testFunctions are functions of expectations alone, which have no declaration.
var testFunctions = strings.Fields("base at first last lowest highest when_lowest when_highest average mape worst_error direction_share")

const small = `name = "ünï 😀"
[time]
unit = "year"
[dimension.sector]
elements = ["district", "charter"]
[stock.students]
over = ["sector"]
initial = "at_start[sector] # 😀"
inflow = ["entering"]
[flow.entering]
equation = "rate * \u0073tudents"
[constant.rate]
value = 1
[constant."at_start"]
value = 2
[test.a]
expect = ["students[district] > first(rate)", "x"]
set.rate = 2
[test.a.change."at_start[charter]"]
to = 1
[view.v.at]
"students#2" = [1, 2]
`

// Of each name: its role, its parts and the text at their places, written down from the file above.
func TestNames(t *testing.T) {
	x := language.Read(small, keys.File)
	var got []string
	for _, n := range x.Names {
		mark := ""
		if n.Declares {
			mark = "!"
		}
		for _, p := range n.Parts {
			got = append(got, fmt.Sprintf("%s%s:%s", mark, p.Name, small[p.Start:p.End]))
		}
	}
	want := "!sector:sector !students:students sector:sector entering:entering !entering:entering rate:rate " +
		`students:\u0073tudents !rate:rate !at_start:at_start students:students district:district first:first ` +
		"rate:rate x:x rate:rate at_start:at_start students:students"
	// The equation of the stock cannot be read, since it has no comments with #.
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got\n%s, want\n%s", s, want)
	}
}

// A position counts UTF-16 units: that of each character is compared with the length of the text
// before it as the library encodes it, and leads back.
func TestPositions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab\n\rü😀漢\u0301"))).Draw(t, "text")
		x := language.Read(text, keys.File)
		for at := range text {
			p := x.Position(at)
			before := strings.NewReplacer("\r\n", "\r\n", "\r", "\r\n").Replace(text[:at]) // each line ends with \n
			if strings.HasPrefix(text[at:], "\n") && strings.HasSuffix(text[:at], "\r") {
				continue // between the two, which belong together
			}
			start := strings.LastIndexAny(text[:at], "\r\n") + 1
			if p.Line != strings.Count(before, "\n") || p.Character != len(utf16.Encode([]rune(text[start:at]))) {
				t.Fatalf("byte %d of %q is at %v", at, text, p)
			}
			if back := language.Offset(text, p); back != at {
				t.Fatalf("%v of %q is byte %d, not %d", p, text, back, at)
			}
		}
		if language.Offset(text, language.Position{Line: 1 << 30}) != len(text) || language.Offset(text, language.Position{Line: -1}) != 0 {
			t.Fatal("outside")
		}
	})
}

// Every text that may be an equation is read as one, whatever else the key may have: the keys are
// those that the checker parses.
func TestEquationsAreRead(t *testing.T) {
	for text, want := range map[string]int{
		"[stock.a]\ninitial = \"b * c\"": 2, "[aux.a]\nequation = \"b\"": 1, "[flow.a.at]\n\"k\" = \"b\"": 1,
		"[lookup.a]\ninput = \"b\"": 1, "[stock.a.conveyor]\ntransit = \"b\"": 1, "[module.a.bind]\nx = \"b\"": 2,
		"[test.a]\nexpect = \"b\"": 1, "[calibration.fit.a]\nvariable = \"b\"": 1,
	} {
		got := 0
		for _, n := range language.Read(text, keys.File).Names {
			if n.Role == shape.Variable && !n.Declares && n.Parts[0].Name != "a" {
				got++
			}
		}
		if got != want {
			t.Errorf("%q: %d names, want %d", text, got, want)
		}
	}
}

// Where the cursor is (|), what may stand there.
func TestCursor(t *testing.T) {
	for text, want := range map[string]string{
		"[st|":                                           "header in a model file, replaces st",
		"[stock.|":                                       "header of a variable",
		"[stock.a.|]":                                    "header in a stock",
		"[stock.a]\nini|":                                "key in a stock, replaces ini",
		"[stock.a]\n|\n[aux.b]":                          "key in a stock",
		"[stock.a]\nunits = \"stu|\"":                    "value of units: a unit, replaces stu",
		"[stock.a]\nunits = |":                           "value of units: a unit",
		"[stock.a]\nunits = \"\n|initial = 1":            "key in a stock, replaces initial",
		"[aux.b]\nequation = \"a * ra|te + 1\"":          "value of equation: an equation, replaces rate",
		"[aux.b]\nequation = \"a * ra|":                  "value of equation: an equation, replaces ra",
		"[stock.a]\ninflow = [\"x\", \"y|\"]":            "value of inflow: a variable, replaces y",
		"[stock.a]\ninflow = [\"x\", |]":                 "value of inflow: a variable",
		"[time]\nmethod = \"|\"":                         "value of method: nothing",
		"[unit]\nx = { pl|":                              "key in a unit, replaces pl",
		"[module.m]\nfile = \"x\"\n[module.m.bind]\nra|": "key of a variable of m, replaces ra",
		"[test.t.set]\nra|":                              "key of a variable, replaces ra",
		"# ra|":                                          "nothing",
	} {
		at := strings.IndexByte(text, '|')
		x := language.Read(strings.Replace(text, "|", "", 1), keys.File)
		c := x.At(at)
		got := [...]string{"nothing", "header", "key", "value"}[c.Spot]
		switch {
		case c.Spot == language.InValue:
			got += " of " + c.Key.Name + ": " + c.Role.String()
		case c.Shape != nil:
			got += " in " + c.Shape.What
		case c.Role != shape.Nothing:
			got += " of " + c.Role.String()
		}
		if c.Bind != "" {
			got += " of " + c.Bind
		}
		if c.Word.End > c.Word.Start {
			got += ", replaces " + x.Text()[c.Word.Start:c.Word.End]
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// At every prefix of a file, and every offset of some, nothing panics.
func TestEveryPrefix(t *testing.T) {
	text, err := os.ReadFile(examples + "manual/teaching.toml")
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(text) + 1 {
		x := language.Read(string(text[:n]), keys.File)
		for at := max(0, n-3); at <= n; at++ {
			x.At(at)
			x.NameAt(at)
			x.WordAt(at)
		}
	}
}
