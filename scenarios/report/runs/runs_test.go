package runs

import (
	"strings"
	"testing"

	"weir/sim"
)

func TestVariantsAreTakenApart(t *testing.T) {
	for text, want := range map[string]string{
		"More:a=1":                   "More|a=1",
		" More coaches : a=1, b = 2": "More coaches|a=1|b = 2",
		"x:seats[charter, 7]=9,b=2":  "x|seats[charter, 7]=9|b=2",
		"x:a[b=1":                    "x|a[b=1",
		"x:":                         "x|",
	} {
		label, list, err := Variant(text)
		if got := strings.Join(append([]string{label}, list...), "|"); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "a=1", ":a=1", "a=1:b=2"} {
		if _, _, err := Variant(text); err == nil {
			t.Errorf("%q is a variant", text)
		}
	}
}

// The first of each variable come before the second of any.
func TestAFewColumnsShowManyVariables(t *testing.T) {
	list := []sim.Column{{Variable: "a", Elements: []string{"x"}}, {Variable: "a", Elements: []string{"y"}}, {Variable: "b"}}
	got := ""
	for _, c := range spread(list) {
		got += c.Name() + " "
	}
	if got != "a[x] b a[y] " {
		t.Errorf("%s", got)
	}
}
