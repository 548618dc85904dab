package tidy_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	burnt "github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"weir/model/toml/tidy"
)

// Each case is a text and its form, written by hand from the rules in the comment of Format.
func TestFormat(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"blanks":       {"a=1\r\nb  =  [ 1,2 ,3 ]   \n\n\n\nc={x=1,y='z'}\n\n", "a  = 1\nb  = [1, 2, 3]\n\nc = { x = 1, y = 'z' }\n"},
		"plain block":  {"a = 1\nlong = 2\n", "a = 1\nlong = 2\n"},
		"set off":      {"a     = 1\nlong = 2\n", "a     = 1\nlong  = 2\n"},
		"sticks out":   {"a   = 1\nlong_key=2\nbc =  3\n", "a   = 1\nlong_key = 2\nbc  = 3\n"},
		"header":       {"a = 1\n[ b . \"c d\" ]\nx = 1\n[ b.\"c d\".e ]\ny = 1\n[b.f]\n[c]", "a = 1\n\n[b.\"c d\"]\nx = 1\n[b.\"c d\".e]\ny = 1\n[b.f]\n\n[c]\n"},
		"comments":     {"a = 1   #  one  \nb = 2#two\n# of b\n[c]\n", "a = 1   #  one\nb = 2 #two\n\n# of b\n[c]\n"},
		"rows":         {"a = [\n[1,2],\n      [3,4], # last\n]\nb = 1\n", "a = [\n  [1, 2],\n  [3, 4],    # last\n]\nb = 1\n"},
		"several":      {"a = \"\"\"\n x  =  1 \n\"\"\"   \nb=1\n", "a = \"\"\"\n x  =  1 \n\"\"\"\nb = 1\n"},
		"empty":        {"\n\n", ""},
		"quoted":       {"'a.b'  = 1\n\"ü\" = 2\n", "'a.b'  = 1\n\"ü\"    = 2\n"},
		"date":         {"a = 1979-05-27   07:32:00\n", "a = 1979-05-27 07:32:00\n"},
		"inline":       {"a = {b . \"c\" = 1, d = {}, e = []}\n", "a = { b.\"c\" = 1, d = {}, e = [] }\n"},
		"only comment": {"# a\n\n# b\n", "# a\n\n# b\n"},
	} {
		if got := tidy.Format(c.in); got != c.want {
			t.Errorf("%s: %s", name, cmp.Diff(c.want, got))
		}
	}
}

// The values of a text and its comments stay as they are, and a second pass changes nothing, for
// random texts made of all that the tables of a model may hold.
func TestFormatKeepsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := document(t)
		var before, after map[string]any
		if _, err := burnt.Decode(text, &before); err != nil {
			t.Skip("two keys of one name")
		}
		got := tidy.Format(text)
		if _, err := burnt.Decode(got, &after); err != nil {
			t.Fatalf("%v\nof:\n%s\nmade:\n%s", err, text, got)
		}
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("other values:\n%s\nmade:\n%s", text, got)
		}
		if strings.Count(got, "#!") != strings.Count(text, "#!") {
			t.Fatalf("a comment is lost:\n%s\nmade:\n%s", text, got)
		}
		if again := tidy.Format(got); again != got {
			t.Fatalf("not stable: %s", cmp.Diff(got, again))
		}
	})
}

// document draws a valid text, with blanks, comments and line breaks where TOML allows them.
func document(t *rapid.T) string {
	draw := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	space := func() string { return draw("space", "", " ", "  ", "\t", "     ") }
	end := func() string { return draw("end", "\n", "\r\n", " #! note\n", "#! note  \n\n", "   \n\n\n") }
	var value func(deep int) string
	value = func(deep int) string {
		kinds := []string{"1", "-2.5e3", "inf", "true", `"a # b"`, `'c = [d'`, "\"\"\"\n two\n  lines \"quoted\\\" \\\n   x\"\"\"",
			"'''\nraw \\'''", "1979-05-27 07:32:00", "07:32:00"}
		if deep > 0 {
			kinds = append(kinds, "list", "rows", "table")
		}
		switch k := draw("value", kinds...); k {
		case "list":
			return "[" + space() + value(deep-1) + space() + "," + space() + value(deep-1) + draw("comma", "", ",", " , ") + "]"
		case "rows":
			return "[" + end() + space() + value(deep-1) + space() + "," + end() + space() + "#! in it\n" + value(deep-1) + end() + space() + "]"
		case "table":
			return "{" + space() + "x" + space() + "=" + space() + value(deep-1) + space() + ",y." + space() + "\"z z\"=" + value(deep-1) + space() + "}"
		default:
			return k
		}
	}
	var b strings.Builder
	name := func() string {
		return draw("name", "a", "b", "c1", "d-d", "long_name", `"q q"`, `'r'`, `"ünï"`, "e.f", `e . "g"`)
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "tables") {
		if i > 0 {
			b.WriteString(space() + "[" + space() + draw("kind", "stock", "flow") + space() + "." + space() + name() + draw("sub", "", ".at", " . run") + space() + "]" + end())
		}
		for range rapid.IntRange(0, 4).Draw(t, "pairs") {
			b.WriteString(space() + name() + space() + "=" + space() + value(2) + end())
		}
		b.WriteString(draw("between", "", "\n", "#! a\n", "\n\n\n", "  #! b\n\n"))
	}
	return b.String()
}

// Texts that are no TOML are not refused here, and do not crash or lose words.
func FuzzFormat(f *testing.F) {
	f.Add("a = [1,\n2]\n[b]\n")
	f.Add("a = \"\"\"\n[x")
	f.Fuzz(func(t *testing.T, text string) {
		got := tidy.Format(text)
		words := func(s string) string { return strings.Join(strings.Fields(strings.TrimPrefix(s, "\ufeff")), "") }
		if a, b := words(text), words(got); a != b && !strings.ContainsAny(text, "\r\v\f\u0085\u00a0") {
			t.Errorf("words changed: %q, %q", text, got)
		}
	})
}

func TestExamplesAreFormatted(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../../../examples/*/*.toml", "../../../cmd/weir/new/*.toml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 10 {
		t.Fatalf("%d examples found", len(files))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(string(text), "# Written by weir") {
			continue // as its command wrote it
		}
		if got := tidy.Format(string(text)); got != string(text) {
			t.Errorf("run: weir fmt %s\n%s", strings.TrimPrefix(file, "../../../"), cmp.Diff(string(text), got))
		}
	}
}
