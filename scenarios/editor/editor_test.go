package editor

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"weir/model"
	"weir/model/language"
)

const tank = `name = "Becken 😀"
[time]
start = 0
stop = 10
step = 1
unit = "day"
[unit]
litre = { plural = "litres" }
[dimension.side]
elements = ["left", "right"]
[stock.water]
label = "Wässer"
initial = "5"
units = "litre"
inflow = ["rain"]
[flow.rain]
equation = "heavy_rain * normal_rain"
units = "litre/day"
[constant.heavy_rain]
label = "How heavy"
value = 2
range = [1, 3]
units = "1"
evidence = "measured"
source = "S1"
[constant.normal_rain]
value = 1
units = "litre/day"
[source.S1]
title = "A gauge"
[test.bounds]
expect = "water >= 0"
[test.bounds.set]
heavy_rain = 3
`

const tankSet = `model = "model.toml"
[outcome.water]
variable = "water"
better = "higher"
[assumption.heavy_rain]
to = 3
[world.wet.constant]
heavy_rain = 2.5
[intervention.none]
change.valve = { to = 1 }
[scenario.a]
interventions = ["none"]
`

// tanks writes both files into a folder.
func tanks(t testing.TB) string {
	dir := t.TempDir()
	for name, text := range map[string]string{"model.toml": tank, "scenarios.toml": tankSet} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestHover(t *testing.T) {
	dir := tanks(t)
	s := begin(t, dir)
	m := s.open(filepath.Join(dir, "model.toml"))
	for where, want := range map[string]string{
		"\"heavy_|rain * normal":      "**constant** `heavy_rain` · 1 · measured\n\nHow heavy\n\n```\nvalue = 2\nrange = [1, 3]\n```\n\nSource: S1, A gauge",
		"[stock.wa|ter]":              "**stock** `water` · litre\n\nWässer\n\n```\ninitial = 5\ninflow = [\"rain\"]\n```",
		"wa|ter >= 0":                 "**stock** `water` · litre",
		"un|its = \"litre\"":          "`units` of a stock",
		"expect = \"water |>= 0\"":    "",
		"[source.S|1]":                "**source** `s1`\n\nA gauge",
		"name = \"Becken| 😀\"":        "",
		"heavy_rain| * normal_rain\"": "**constant** `heavy_rain`",
	} {
		var h *hover
		s.must("textDocument/hover", s.at(m, where), &h)
		got := ""
		if h != nil {
			got = h.Contents.Value
		}
		if !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: %s", where, cmp.Diff(want, got))
		}
	}
	s.diagnostics(m, 1)
	var h *hover
	for range 100 { // until the run is over: water rises by 2 a day
		s.must("textDocument/hover", s.at(m, "[stock.wa|ter]"), &h)
		if strings.Contains(h.Contents.Value, "5 → 25") {
			break
		}
		s.diagnostics(m, 1)
	}
	_ = s.close()
}

func TestCompletion(t *testing.T) {
	dir := tanks(t)
	s := begin(t, dir)
	m, set := s.open(filepath.Join(dir, "model.toml")), s.open(filepath.Join(dir, "scenarios.toml"))
	for _, c := range []struct{ u, where, want string }{
		{m, "\"heavy_| rain", "heavy_rain"},
		{m, "[stock.wa|ter]", "water"},
		{m, "inflow = [\"ra|in", "rain"},
		{m, "evidence = \"|measured", "assumed expert measured study"},
		{m, "equation = \"heavy_rain * normal_r|ain", "normal_rain"},
		{set, "variable = \"wa|ter", "water"},
		{set, "[assumption.heavy|_rain", "heavy_rain"},
		{set, "interventions = [\"|none", "none"},
		{set, "better = \"hi|gher", "higher"},
	} {
		var got completion
		where := strings.Replace(c.where, "_| rain", "_|rain", 1)
		s.must("textDocument/completion", s.at(c.u, where), &got)
		var labels []string
		for _, i := range got.Items {
			labels = append(labels, i.Label)
		}
		if strings.Join(labels, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.where, labels, c.want)
		}
	}
	// A half-written line: the rest of the file is known.
	s.change(m, 2, "equation = \"heavy_rain * normal_rain\"", "equation = \"hea")
	var got completion
	s.must("textDocument/completion", s.at(m, "equation = \"hea|"), &got)
	if len(got.Items) == 0 || got.Items[0].Label != "heavy_rain" || got.Items[0].Edit.NewText != "heavy_rain" {
		t.Errorf("half written: %+v", got.Items)
	}
}

// A hint becomes an edit, which takes the mistake away; the text has characters of one, two and four
// bytes before it on the line.
func TestCodeAction(t *testing.T) {
	for old, made := range map[string]string{
		"equation = \"heavy_rain *": "equation = \"{ü😀} haevy_rain *",
		"inflow = [\"rain\"]":       "inflow = [\"rian\"]",
		"label = \"How":             "lable = \"How",
		"value = 2\n":               "value = \"2\"\n",
	} {
		s := begin(t, tanks(t))
		m := s.openText(filepath.Join(t.TempDir(), "m.toml"), tank)
		s.change(m, 2, old, made)
		list := s.diagnostics(m, 2)
		if len(list) == 0 {
			t.Fatalf("%s: no diagnostics", made)
		}
		var found []action
		s.must("textDocument/codeAction", map[string]any{"textDocument": map[string]any{"uri": m}, "range": list[0].Range}, &found)
		if len(found) == 0 {
			t.Errorf("%s: no action for %+v", made, list)
			continue
		}
		text := applied(s.texts[m], found[0].Edit.DocumentChanges[0].Edits)
		doc, mistakes := model.Parse("m.toml", []byte(text), nil)
		_, more := model.Check(doc)
		if mistakes.HasErrors() || more.HasErrors() {
			t.Errorf("%s: after %q there are mistakes:\n%s", made, found[0].Title, text)
		}
	}
}

// After a thousand edits in a row, some of which break the file, the diagnostics are those of the last
// text, for the model and for the set that reads it.
func TestThousandEdits(t *testing.T) {
	dir := tanks(t)
	s := begin(t, dir)
	m, set := s.open(filepath.Join(dir, "model.toml")), s.open(filepath.Join(dir, "scenarios.toml"))
	version := 1
	for i := range 250 {
		for _, pair := range [][2]string{{"rain * normal_rain", "rain * normal_rian"}, {"rain * normal_rian", fmt.Sprintf("rain + %d \" ", i)},
			{fmt.Sprintf("rain + %d \" ", i), "raim"}, {"raim", "rain * normal_rain"}} {
			version++
			s.change(m, version, pair[0], pair[1])
		}
	}
	if got := s.diagnostics(m, version); slices.ContainsFunc(got, func(f finding) bool { return f.Severity == 1 }) {
		t.Errorf("stale diagnostics: %+v", got)
	}
	s.change(m, version+1, "[constant.heavy_rain]", "[constant.heavier_rain]")
	got := s.diagnostics(m, version+1)
	if !slices.ContainsFunc(got, func(f finding) bool { return f.Code == "unknown-name" }) {
		t.Errorf("no mistake: %+v", got)
	}
	s.notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": m}})
	for end := 0; ; end++ { // the file on the disk is as it was
		s.mu.Lock()
		gone := len(s.shown[m].Diagnostics) == 0 || !slices.ContainsFunc(s.shown[m].Diagnostics, func(f finding) bool { return f.Code == "unknown-name" })
		if gone {
			s.mu.Unlock()
			break
		}
		s.news.Wait()
		s.mu.Unlock()
	}
	_ = set
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

// The server answers at every prefix of a file, and knows the names of the last whole text.
func TestEveryPrefix(t *testing.T) {
	dir := tanks(t)
	s := begin(t, dir)
	for n := 0; n <= len(tank); n += 7 {
		u := s.openText(filepath.Join(dir, "model.toml"), tank)
		s.must("textDocument/documentSymbol", s.at(u, "name"))
		text := tank[:n]
		s.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": u, "version": 2},
			"contentChanges": []any{map[string]any{"text": text}}})
		end := map[string]any{"textDocument": map[string]any{"uri": u}, "position": position(text, n)}
		for _, method := range []string{"hover", "definition", "documentSymbol", "foldingRange", "formatting", "prepareRename"} {
			s.must("textDocument/"+method, end)
		}
		s.must("textDocument/completion", end)
	}
	// The rest of the file is gone, and the names in it are still offered, described and found.
	text := tank[:strings.Index(tank, "normal_rain\"")+len("norm")]
	u := s.openText(filepath.Join(dir, "model.toml"), tank)
	s.must("textDocument/documentSymbol", s.at(u, "name"))
	s.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": u, "version": 2},
		"contentChanges": []any{map[string]any{"text": text}}})
	end := map[string]any{"textDocument": map[string]any{"uri": u}, "position": position(text, len(text))}
	var c completion
	s.must("textDocument/completion", end, &c)
	if len(c.Items) == 0 || c.Items[0].Label != "normal_rain" || c.Items[0].Detail != "constant, litre/day" {
		t.Errorf("half a file: %+v", c.Items)
	}
	var h *hover
	s.must("textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": u},
		"position": position(text, strings.Index(text, "heavy_rain"))}, &h)
	if h == nil || !strings.Contains(h.Contents.Value, "How heavy") {
		t.Errorf("half a file: %+v", h)
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

// Edits leave the text that they leave in a list of UTF-16 units, which is how editors count.
func TestEditsInUTF16(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOf(rapid.SampledFrom([]rune("a=\"\nü😀\r漢")))
		s := &server{files: newFiles()}
		s.checker = newChecker(s.files, nil)
		text := word.Draw(t, "text")
		s.files.open["/m.toml"] = &openText{text: text}
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			units := utf16.Encode([]rune(text))
			from := rapid.IntRange(0, len(units)).Draw(t, "from")
			to := rapid.IntRange(from, len(units)).Draw(t, "to")
			if inside(units, from) || inside(units, to) {
				continue // no editor's cursor is there
			}
			made := word.Draw(t, "made")
			var c changed
			c.TextDocument.URI = "file:///m.toml"
			c.ContentChanges = append(c.ContentChanges, struct {
				Range *textRange `json:"range"`
				Text  string     `json:"text"`
			}{&textRange{positionIn(units, from), positionIn(units, to)}, made})
			if _, err := s.didChange(&c); err != nil {
				t.Fatal(err)
			}
			text = string(utf16.Decode(units[:from])) + made + string(utf16.Decode(units[to:]))
			if got := s.files.open["/m.toml"].text; got != text {
				t.Fatalf("%q, want %q", got, text)
			}
		}
	})
}

// inside reports whether an index is between the halves of a character, or of a line break.
func inside(units []uint16, i int) bool {
	return i > 0 && i < len(units) && (utf16.IsSurrogate(rune(units[i])) && units[i] >= 0xDC00 || units[i-1] == '\r' && units[i] == '\n')
}

// positionIn returns the position of an index.
func positionIn(units []uint16, i int) language.Position {
	var p language.Position
	for j, u := range units[:i] {
		p.Character++
		if u == '\n' || u == '\r' && (j+1 == len(units) || units[j+1] != '\n') {
			p.Line, p.Character = p.Line+1, 0
		}
	}
	return p
}

func TestHostile(t *testing.T) {
	t.Run("before initialize", func(t *testing.T) {
		s := connect(t)
		if m := s.request("textDocument/hover", map[string]any{}); m.Error == nil || m.Error.Code != -32002 {
			t.Errorf("%+v", m)
		}
	})
	t.Run("unknown", func(t *testing.T) {
		s := begin(t, t.TempDir())
		if m := s.request("textDocument/nonsense", nil); m.Error == nil || m.Error.Code != -32601 {
			t.Errorf("%+v", m)
		}
		s.notify("$/nonsense", nil)
		for _, u := range []string{"file:///nowhere/x.toml", "untitled:Untitled-1", "http://x/y.toml", "%", "", "file:///etc/passwd"} {
			for _, method := range []string{"hover", "completion", "rename", "documentSymbol", "formatting", "codeAction", "references"} {
				s.request("textDocument/"+method, map[string]any{"textDocument": map[string]any{"uri": u}, "position": map[string]any{"line": -5, "character": 1 << 40}})
			}
		}
		if m := s.request("textDocument/hover", map[string]any{"position": "x"}); m.Error == nil || m.Error.Code != -32602 {
			t.Errorf("%+v", m)
		}
		if m := s.request("textDocument/hover", []int{1}); m.Error == nil {
			t.Errorf("%+v", m)
		}
		s.notify("$/cancelRequest", map[string]any{"id": 99})
		s.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": "file:///a.toml"},
			"contentChanges": []any{map[string]any{"text": "x"}}})
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("malformed", func(t *testing.T) {
		s := begin(t, t.TempDir())
		for _, body := range []string{"{", "[]", "null", `"x"`, `{"jsonrpc":"1.0","id":7,"method":"shutdown"}`, "\x00\xff"} {
			fmt.Fprintf(s.to, "Content-Length: %d\r\n\r\n%s", len(body), body)
		}
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	for name, c := range map[string]struct{ text, want string }{
		"no length":  {"X: 1\r\n\r\n{}", "no Content-Length"},
		"negative":   {"Content-Length: -1\r\n\r\n", "cannot be"},
		"huge":       {"Content-Length: 99999999999\r\n\r\n", "cannot be"},
		"no header":  {"hello\r\n\r\n", "no header line"},
		"cut":        {"Content-Length: 50\r\n\r\n{}", "unexpected EOF"},
		"cut header": {"Content-Len", "ends in its header"},
		"gone":       {"", "without a shutdown"},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, t.TempDir())
			fmt.Fprint(s.to, c.text)
			s.to.Close()
			if err := <-s.ended; err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
	t.Run("farewell in one breath", func(t *testing.T) { // and what an editor may still send behind it
		for range 20 {
			s := begin(t, t.TempDir())
			var all strings.Builder
			for _, body := range []string{`{"jsonrpc":"2.0","id":50,"method":"shutdown"}`, `{"jsonrpc":"2.0","method":"exit"}`,
				`{"jsonrpc":"2.0","method":"$/x"}`, `{"jsonrpc":"2.0","id":51,"method":"textDocument/hover","params":{}}`} {
				fmt.Fprintf(&all, "Content-Length: %d\r\n\r\n%s", len(body), body)
			}
			go func() { _, _ = s.to.Write([]byte(all.String())) }()
			if err := <-s.ended; err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Run("exit without shutdown", func(t *testing.T) {
		s := begin(t, t.TempDir())
		s.notify("exit", nil)
		if err := <-s.ended; err == nil || !strings.Contains(err.Error(), "without a shutdown") {
			t.Error(err)
		}
	})
}

// A document larger than weir reads is refused in words; deep and wide ones get their answers.
func TestLargeDocuments(t *testing.T) {
	s := begin(t, t.TempDir())
	dir := t.TempDir()
	for name, text := range map[string]string{
		"large": strings.Repeat("# comment\n", 900_000), "deep": "[time]\nx = " + strings.Repeat("[", 300_000),
		"wide": strings.Repeat("[constant.a]\nvalue = 1\n", 20_000), "returns": "[time]\n" + strings.Repeat("\r", 500_000), "line": "[time]\nx = \"" + strings.Repeat("😀", 100_000),
	} {
		u := s.openText(filepath.Join(dir, name+".toml"), text)
		for _, method := range []string{"hover", "completion", "documentSymbol", "foldingRange", "formatting"} {
			s.must("textDocument/"+method, map[string]any{"textDocument": map[string]any{"uri": u}, "position": map[string]any{"line": 0, "character": 4}})
		}
		if list := s.diagnostics(u, 1); len(list) == 0 {
			t.Errorf("%s: no diagnostics", name)
		}
		s.notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": u}})
	}
}

// The TOML of other programs is left alone, and a file that has just been begun is a model.
func TestOtherPrograms(t *testing.T) {
	s := begin(t, t.TempDir())
	for text, ours := range map[string]bool{
		"[package]\nname = \"x\"\n[[test]]\n": false,
		"[tool.x]\ny = 1\n":                   false,
		"name = \"x\"\n[sto":                  true,
		"":                                    true,
		"[package]\n[stock.x]\n":              true,
	} {
		u := s.openText(filepath.Join(t.TempDir(), "x.toml"), text)
		var c completion
		s.must("textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": u}, "position": position(text, len(text))}, &c)
		if list := s.diagnostics(u, 1); (len(list) > 0) != ours || len(c.Items) > 0 != ours {
			t.Errorf("%q: %d diagnostics, %d items", text, len(list), len(c.Items))
		}
	}
}

func TestFormattingIsThatOfTheCommand(t *testing.T) {
	s := begin(t, t.TempDir())
	for _, text := range []string{"name=1\n[time]\nc=[1,2]", "name  =  \"ü😀\"\n\n\n[aux.x]\ny = 1\n", "", "name = 1\n", "\n\n", "[time]\na = \n"} {
		u := s.openText(filepath.Join(t.TempDir(), "x.toml"), text)
		var edits []textEdit
		s.must("textDocument/formatting", map[string]any{"textDocument": map[string]any{"uri": u}}, &edits)
		want := tidied(text)
		if strings.HasSuffix(text, "= \n") {
			want = text // which is not TOML
		}
		if got := applied(text, edits); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSymbols(t *testing.T) {
	dir := tanks(t)
	s := begin(t, dir)
	m := s.open(filepath.Join(dir, "model.toml"))
	var list []symbol
	s.must("textDocument/documentSymbol", s.at(m, "name"), &list)
	var got []string
	for _, one := range list {
		got = append(got, one.Name)
		for _, c := range one.Children {
			got = append(got, "  "+c.Name+" "+c.Detail)
		}
	}
	want := "time|unit|dimension|  side |stock|  water Wässer|flow|  rain |constant|  heavy_rain How heavy|  normal_rain |source|  S1 |test|  bounds "
	if strings.Join(got, "|") != want {
		t.Errorf("%s", strings.Join(got, "|"))
	}
	var raw json.RawMessage
	s.must("textDocument/foldingRange", s.at(m, "name"), &raw)
	if !strings.Contains(string(raw), `{"startLine":10,"endLine":14}`) { // [stock.water] with its last key
		t.Errorf("%s", raw)
	}
}
