package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"weir/model/diagnostic"
	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
)

// hostile is a label that hides text in a terminal and turns a sentence round in a browser.
const hostile = "Coaching\x1b[2J \u202emore\u2069 \x00\u0085end"

// A character that could turn a verdict round, or that no picture may hold, is shown as a
// dot, wherever the label goes: into elements, attributes and the data of the script.
func TestControlCharactersDoNotReachThePage(t *testing.T) {
	c := fixture.MadeUp()
	fixture.MakeEvil(c)
	for _, r := range append([]*scenarios.Run{c.Baseline}, c.Runs...) {
		r.Label = hostile
	}
	c.Set.Name, c.Set.Outcomes[0].Label, c.Set.Model.Variables[0].Label = hostile, hostile, hostile
	text := rendered(t, c)
	if i := strings.IndexFunc(text, diagnostic.Unsafe); i >= 0 {
		t.Errorf("the page holds %q", text[max(0, i-40):i+10])
	}
	const want = "Coaching·[2J ·more· ··end"
	inMarkup := strings.Replace(want, "··end", "\uFFFD·end", 1) // HTML has its own sign for NUL
	if n := strings.Count(text, "<bdi>"+inMarkup); n < 5 {
		t.Errorf("the label is isolated %d times only", n)
	}
	if got := findingsOf(t, text).Figures[0].Lines[1].Name; got != want {
		t.Errorf("the script reads %q, want %q", got, want)
	}
}

// Escapes are decoded, so that a control character cannot hide in one, and a backslash
// before the letters of an escape is no escape.
func TestCleanJSON(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1bb": "a·b", "\u202e": "·", `\u001b`: `\u001b`, "tab\tline\n": "tab\tline\n", "<é>\"\\": "<é>\"\\", "\r\b": "··",
	} {
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(cleanJSON(text), &got); err != nil || got != want {
			t.Errorf("%q becomes %q, want %q (%v)", in, got, want, err)
		}
	}
}

// The bundles' page has the same door.
func TestBundlesPageIsClean(t *testing.T) {
	b := *fixture.BundlesOf(t)
	set := *b.Set
	set.Name, b.Set = hostile, &set
	var out bytes.Buffer
	if err := writeBundles(&out, &b, scripts{own: "void 0"}); err != nil {
		t.Fatal(err)
	}
	if strings.IndexFunc(out.String(), diagnostic.Unsafe) >= 0 || !strings.Contains(out.String(), "<script>void 0</script>") {
		t.Error("an unsafe character, or no script")
	}
}
