package diagnostic

import (
	"fmt"
	"strings"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"
)

// A name read in many places is one mistake; two names are two. A subject that differs does not
// make another cause, and is counted once however often it comes.
func TestGather(t *testing.T) {
	span := func(n int) Span { return Span{"m.mdl", n, n + 1} }
	unknown := func(n int, name string) Diagnostic {
		return New("unknown-name", Error, span(n), "", "%q is not declared", name)
	}
	missing := func(n int, reader string) Diagnostic {
		return New("unreadable", Error, span(n), "", "%s: there is no file x.csv", reader)
	}
	l := List{unknown(1, "rain"), missing(2, "a"), unknown(3, "snow"), unknown(4, "rain"), missing(5, "b"),
		missing(6, "b"), missing(7, "c"), unknown(8, "rain"),
		{Code: "bad-range", Span: span(9), Message: "value (5) is too much", Cause: "range of q"},
		{Code: "bad-range", Span: span(10), Message: "value (6) is too much", Cause: "range of q"}}
	var got []string
	for _, d := range l.Gather() {
		got = append(got, fmt.Sprint(d.Message, " at ", d.Span.Start, d.Same))
	}
	want := []string{
		`"rain" is not declared at 1 [{m.mdl 4 5} {m.mdl 8 9}]`,
		"a and 2 other variables: there is no file x.csv at 2 [{m.mdl 5 6} {m.mdl 6 7} {m.mdl 7 8}]",
		`"snow" is not declared at 3 []`,
		"value (5) is too much at 9 [{m.mdl 10 11}]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(l) != 10 || l[0].Same != nil || l[1].Message != "a: there is no file x.csv" {
		t.Error("the list itself has changed", l)
	}
}

// Gathering keeps every place, the order of the first ones, and does nothing a second time.
func TestGatherKeepsPlaces(t *testing.T) {
	check := func(kinds []uint8) bool {
		var l List
		for i, k := range kinds {
			l = append(l, New(Code(fmt.Sprint("c", k%3)), Severity(k%2), Span{"f", i, i}, "", "%s: m%d",
				fmt.Sprint("v", k%5), k%4))
		}
		once := l.Gather()
		places := len(once)
		for i, d := range once {
			places += len(d.Same)
			if i > 0 && d.Span.Start <= once[i-1].Span.Start {
				return false
			}
		}
		return places == len(l) && cmp.Equal(once, once.Gather())
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

// The reader sees one message with the first places, in JSON all of them.
func TestRenderGathers(t *testing.T) {
	text := map[string][]byte{"f": []byte("abc\ndef\nghi\nabc\nx")}
	l := List{}
	for _, at := range []int{0, 4, 8, 12, 16} {
		l = append(l, New("unknown-name", Error, Span{"f", at, at + 1}, "declare it", "%q is not declared", "z"))
	}
	var b strings.Builder
	Render(&b, l, text)
	want := "f:1:1: error unknown-name: \"z\" is not declared\n    abc\n    ^\n    hint: declare it\n    the same at 4 other places: 2:1, 3:1, 4:1 …\n"
	if b.String() != want {
		t.Errorf("got\n%s", &b)
	}
	b.Reset()
	if err := RenderJSON(&b, l, text); err != nil || !strings.Contains(b.String(), `"count": 5`) ||
		strings.Count(b.String(), `"end_line"`) != 5 {
		t.Error(err, b.String())
	}
}
