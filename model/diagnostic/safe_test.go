package diagnostic

import (
	"strings"
	"testing"
	"unicode/utf8"
)

var unsafeTexts = map[string]string{
	"plain, é and 東京\n\tnext": "plain, é and 東京\n\tnext",
	"\x1b[31mred\x1b[0m":      "·[31mred·[0m", // ESC: colours, titles, answers typed into the shell
	"bell\a":                  "bell·",
	"gone\x7f\b":              "gone··",
	"\u009b31m":               "·31m", // CSI in one character
	"all good \u202edoog ton": "all good ·doog ton",
	"\u2066isolated\u2069":    "·isolated·",
	"over\rwritten":           "over·written",
}

func TestSafe(t *testing.T) {
	for text, want := range unsafeTexts {
		if got := Safe(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A stream is safe however it is cut into pieces.
func TestAppendSafe(t *testing.T) {
	for text, want := range unsafeTexts {
		text, want = text+"\r\nend \xff", want+"\r\nend �"
		for size := 1; size < len(text)+2; size++ {
			var out, rest []byte
			for at := 0; at < len(text); at += size {
				out, rest = AppendSafe(out, append(rest, text[at:min(at+size, len(text))]...))
			}
			if string(out) != want || len(rest) > 0 {
				t.Errorf("%q in pieces of %d: got %q and %q, want %q", text, size, out, rest, want)
			}
		}
	}
	if out, rest := AppendSafe(nil, []byte("x\xe6\x9d")); string(out) != "x" || string(rest) != "\xe6\x9d" {
		t.Errorf("an incomplete character: got %q and %q", out, rest)
	}
}

func FuzzAppendSafe(f *testing.F) {
	for text := range unsafeTexts {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, cut int) {
		cut = min(max(cut, 0), len(text))
		one, rest := AppendSafe(nil, []byte(text[:cut]))
		one, rest = AppendSafe(one, append(rest, text[cut:]...))
		two, tail := AppendSafe(nil, []byte(text))
		if string(one) != string(two) || string(rest) != string(tail) {
			t.Fatalf("%q cut at %d: %q, and %q at once", text, cut, one, two)
		}
		if !utf8.Valid(one) || strings.IndexFunc(strings.ReplaceAll(string(one), "\r\n", ""), Unsafe) >= 0 {
			t.Fatalf("%q is not safe: %q", text, one)
		}
	})
}
