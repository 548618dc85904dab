package diagnostic

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"birth_rate", "death_rate", "total_students", "students", "x", "teacher_pay_gap", "hiring"}
	for typed, want := range map[string]string{
		"birth_rat":        "birth_rate",      // left out
		"brith_rate":       "birth_rate",      // swapped
		"student":          "students",        // singular
		"Hiring":           "hiring",          // case
		"students_total":   "total_students",  // order of words
		"pay_gap":          "teacher_pay_gap", // some of the words
		"rate":             "",                // which one?
		"y":                "",                // too short to guess
		"quit_fraction":    "",                // nothing near
		"":                 "",
		"____":             "",
		"heath_rate":       "death_rate", // nearer than birth_rate
		"totall_studdents": "total_students",
	} {
		if got := Nearest(typed, names); got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

func TestNearestInModules(t *testing.T) {
	names := []string{"turnover_cost", "teachers.turnover", "teachers.energy", "families.reputation"}
	for typed, want := range map[string]string{
		"turnover":          "teachers.turnover", // without its module
		"reputaton":         "families.reputation",
		"schools.energy":    "teachers.energy", // another module
		"teachers.turnovr":  "teachers.turnover",
		"teacher.energy":    "teachers.energy",
		"teachers.salaries": "",
		"budget":            "",
	} {
		if got := Nearest(typed, names); got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

func TestNearestIsNoOtherNumber(t *testing.T) {
	among := []string{"k", "11", "12", "S24", "grade_12", "students"}
	for typed, want := range map[string]string{"13": "", "S42": "", "grade_11": "", "s24": "S24", "students2": "students"} {
		if got := Nearest(typed, among); got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

func TestNearestTakesTheFirst(t *testing.T) {
	if got := Nearest("salery", []string{"salary", "salery_b", "celery"}); got != "salary" {
		t.Errorf("got %s", got)
	}
}

func TestPosition(t *testing.T) {
	text := []byte("ab\r\né c\n")
	for _, c := range []struct{ offset, line, column int }{
		{0, 1, 1}, {1, 1, 2}, {4, 2, 1}, {6, 2, 2}, {7, 2, 3}, {len(text), 3, 1}, {99, 3, 1}, {-1, 1, 1},
	} {
		if line, column := Position(text, c.offset); line != c.line || column != c.column {
			t.Errorf("offset %d: got %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
}

func TestSort(t *testing.T) {
	a := Diagnostic{Code: "a", Span: Span{"f", 1, 2}, Message: "m"}
	b := Diagnostic{Code: "b", Span: Span{"f", 1, 2}, Message: "m", Severity: Warning}
	c := Diagnostic{Code: "a", Span: Span{"e", 9, 9}, Message: "m"}
	l := List{b, a, c, a}
	l.Sort()
	if !slices.EqualFunc(l, List{c, a, b}, func(x, y Diagnostic) bool { return x.Code == y.Code && x.Span == y.Span }) {
		t.Errorf("got %v", l)
	}
	if !l.HasErrors() || (List{b}).HasErrors() {
		t.Error("only an error is an error")
	}
}

// Of many unknown names the first twenty are looked up, each once however often it is used.
func TestAdviserIsBounded(t *testing.T) {
	var a Adviser
	searches := 0
	among := func() []string { searches++; return []string{"birth_rate"} }
	for range 100 {
		for i := range 30 {
			name := "birth_rate" + string(rune('a'+i))
			want := "birth_rate"
			if i >= 20 {
				want = ""
			}
			if got := a.Nearest("", name, among); got != want {
				t.Fatalf("name %d: got %q, want %q", i, got, want)
			}
		}
	}
	if searches != 20 {
		t.Errorf("%d searches, want 20", searches)
	}
	if got := a.DidYouMean("other", "birth_ratea", among); got != "" {
		t.Errorf("another scope is another name: got %q", got)
	}
}

func TestNearestOfLongNames(t *testing.T) {
	long := strings.Repeat("ab", 100)
	if got := Nearest(long, []string{long + "c"}); got != "" {
		t.Errorf("got %q", got)
	}
	if got := Nearest("abab", []string{strings.Repeat("x", 1<<20), "abac"}); got != "abac" {
		t.Errorf("got %q", got)
	}
}
