package diagnostic

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const modelText = "[aux.births]\n\tequation = \"prey * birth_rat\"\n[größe]\r\nx = \"日本 + ñandú\"\n"

func at(marked string) Span {
	start := strings.Index(modelText, marked)
	return Span{"model.toml", start, start + len(marked)}
}

var files = map[string][]byte{"model.toml": []byte(modelText), "empty.toml": nil,
	"long.toml": []byte(strings.Repeat("a + ", 100) + "b ! c" + strings.Repeat(" + d", 100))}

func long(marked string) Span {
	start := strings.Index(string(files["long.toml"]), marked)
	return Span{"long.toml", start, start + len(marked)}
}

var rendered = []struct {
	what string
	d    Diagnostic
	want string
}{
	{"a tab and a hint", New("unknown-name", Error, at("birth_rat"), "did you mean birth_rate?", "birth_rat is not declared"), `
model.toml:2:21: error unknown-name: birth_rat is not declared
        equation = "prey * birth_rat"
                           ^^^^^^^^^
    hint: did you mean birth_rate?
`},
	{"a related place", Diagnostic{Code: "twice", Severity: Warning, Span: at("births"), Message: "declared twice",
		Related: []Related{{at("größe"), "also here"}}}, `
model.toml:1:6: warning twice: declared twice
    [aux.births]
         ^^^^^^
    model.toml:3:2: also here
    [größe]
     ^^^^^
`},
	{"columns count characters, carets count columns", New("c", Note, at("ñandú"), "", "m"), `
model.toml:4:11: note c: m
    x = "日本 + ñandú"
                ^^^^^
`},
	{"wide characters have wide carets", New("c", Note, at("日本"), "", "m"), `
model.toml:4:6: note c: m
    x = "日本 + ñandú"
         ^^^^
`},
	{"an empty span has one caret", New("c", Error, Span{"model.toml", 12, 12}, "", "m"), `
model.toml:1:13: error c: m
    [aux.births]
                ^
`},
	{"a span of several lines ends with the first", New("c", Error, Span{"model.toml", 5, 60}, "", "m"), `
model.toml:1:6: error c: m
    [aux.births]
         ^^^^^^^
`},
	{"a span past the end", New("c", Error, Span{"model.toml", 900, 800}, "", "m"), `
model.toml:5:1: error c: m
`},
	{"no file", New("c", Error, Span{}, "", "m"), `
error c: m
`},
	{"a file that could not be read", New("no-file", Error, Span{File: "gone.toml"}, "", "there is no such file"), `
gone.toml: error no-file: there is no such file
`},
	{"an empty file", New("c", Error, Span{"empty.toml", 0, 0}, "", "m"), `
empty.toml:1:1: error c: m
`},
	{"a long line is cut on both sides", New("c", Error, long("!"), "", "m"), `
long.toml:1:403: error c: m
    …+ a + a + a + a + a + a + a + a + a + a + a + b ! c + d + d + d + d + d + d + d + d + d + d + d + …
                                                     ^
`},
	{"a command to the terminal is not obeyed", New("c", Error, Span{}, "", "a\x1b[31mb\nc"), `
error c: a·[31mb·c
`},
}

func TestRender(t *testing.T) {
	for _, c := range rendered {
		var b strings.Builder
		Render(&b, List{c.d}, files)
		if want := strings.TrimPrefix(c.want, "\n"); b.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.what, b.String(), want)
		}
	}
}

func TestLongSpanIsCut(t *testing.T) {
	var b strings.Builder
	Render(&b, List{{Code: "c", Span: Span{"long.toml", 0, 700}, Message: "m"}}, files)
	for line := range strings.Lines(b.String()) {
		if n := len([]rune(line)); n > longest+5 {
			t.Errorf("a line of %d columns:\n%s", n, line)
		}
	}
}

func TestRenderJSON(t *testing.T) {
	var b bytes.Buffer
	d := New("unknown-name", Error, at("ñandú"), "hint", "a < b")
	d.Related = []Related{{Span{File: "gone.toml"}, "there"}}
	if err := RenderJSON(&b, List{d}, files); err != nil {
		t.Fatal(err)
	}
	want := `[
  {
    "code": "unknown-name",
    "severity": "error",
    "file": "model.toml",
    "line": 4,
    "column": 11,
    "end_line": 4,
    "end_column": 16,
    "message": "a < b",
    "hint": "hint",
    "related": [
      {
        "file": "gone.toml",
        "message": "there"
      }
    ]
  }
]
`
	if b.String() != want {
		t.Errorf("got %s\nwant %s", b.String(), want)
	}
}

func TestRenderJSONOfNothing(t *testing.T) {
	var b strings.Builder
	if RenderJSON(&b, nil, nil); b.String() != "[]\n" {
		t.Errorf("got %q", b.String())
	}
}

func FuzzRender(f *testing.F) {
	for _, c := range rendered {
		f.Add([]byte(modelText), c.d.Span.Start, c.d.Span.End, c.d.Message)
	}
	f.Add([]byte("\r\n\r\n\xff\xfe\t"), -5, 3, "\xff")
	f.Fuzz(func(t *testing.T, text []byte, start, end int, message string) {
		l := List{{Code: "c", Span: Span{"f", start, end}, Message: message, Hint: message, Related: []Related{{Span{"f", end, start}, message}}}}
		var b bytes.Buffer
		Render(&b, l, map[string][]byte{"f": text})
		if strings.ContainsAny(b.String(), "\x1b\x07\r\x00") {
			t.Errorf("control characters in %q", b.String())
		}
		b.Reset()
		if err := RenderJSON(&b, l, map[string][]byte{"f": text}); err != nil || !json.Valid(b.Bytes()) {
			t.Errorf("not JSON: %v %q", err, b.String())
		}
	})
}
