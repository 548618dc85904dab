package model_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"weir/model"
	"weir/model/diagnostic"
)

// A remark is a diagnostic as the examples write it down: "# ERROR code" beside the
// line that earns it.
type remark struct {
	file     string
	line     int
	severity string
	code     string
}

var remarkPattern = regexp.MustCompile(`# ?((?:(?:ERROR|WARNING|NOTE) [a-z-]+ ?)+)`)

// wanted are the remarks written in a file.
func wanted(file string, text []byte) []remark {
	var out []remark
	for i, line := range strings.Split(string(text), "\n") {
		for _, m := range remarkPattern.FindAllStringSubmatch(line, -1) {
			for words := strings.Fields(m[1]); len(words) > 1; words = words[2:] {
				out = append(out, remark{file, i + 1, strings.ToLower(words[0]), words[1]})
			}
		}
	}
	return out
}

// remarks are a list's diagnostics in the same form.
func remarks(l diagnostic.List, files map[string][]byte) []remark {
	var out []remark
	for _, d := range l {
		line, _ := diagnostic.Position(files[d.Span.File], d.Span.Start)
		out = append(out, remark{d.Span.File, line, d.Severity.String(), string(d.Code)})
	}
	return out
}

// check reads and checks a text, as the commands do. The list has the diagnostics
// of both.
func check(file, text string) (diagnostic.List, map[string][]byte) {
	m, list := model.Parse(file, []byte(text), os.DirFS("testdata/data"))
	files := map[string][]byte{file: []byte(text)}
	if m == nil {
		return list, files
	}
	_, more := model.Check(m)
	list = append(list, more...)
	list.Sort()
	return list, m.Files
}

// expectRemarks compares what a model earns with what is written in it. Advice
// counts if the model is about a code of advice, or is written to be without.
func expectRemarks(t *testing.T, file, text string, about diagnostic.Code) {
	t.Helper()
	list, files := check(file, text)
	if about != "" && !model.IsAdvice(about) {
		list = slices.DeleteFunc(list, func(d diagnostic.Diagnostic) bool { return model.IsAdvice(d.Code) })
	}
	var want []remark
	for name, content := range files {
		want = append(want, wanted(name, content)...)
	}
	got := remarks(list, files)
	order := func(a, b remark) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.code, b.code))
	}
	slices.SortFunc(want, order)
	slices.SortFunc(got, order)
	if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(remark{})); diff != "" {
		t.Errorf("want -, got +\n%s%v", diff, messages(list))
	}
}

const oneClock = "[time]\nstart = 0\nstop = 10\nstep = 0.125\nunit = \"year\"\n"

func messages(l diagnostic.List) string {
	var b strings.Builder
	for _, d := range l {
		fmt.Fprintf(&b, "\n%s: %s (%s)", d.Code, d.Message, d.Hint)
	}
	return b.String()
}

// Every code has an example that earns it, and nothing but what is written in it.
func TestCodes(t *testing.T) {
	seen := map[diagnostic.Code]bool{}
	for _, row := range model.Codes {
		t.Run(string(row.Code), func(t *testing.T) {
			if seen[row.Code] {
				t.Error("the code has two rows")
			}
			seen[row.Code] = true
			if row.Sentence == "" || !strings.HasSuffix(row.Sentence, ".") {
				t.Errorf("%q is no sentence", row.Sentence)
			}
			expectRemarks(t, "model.toml", row.Example, row.Code)
			if list, _ := check("model.toml", row.Example); !slices.ContainsFunc(list, func(d diagnostic.Diagnostic) bool { return d.Code == row.Code }) {
				t.Errorf("the example does not earn %s", row.Code)
			}
		})
	}
}

// Whole models with their mistakes written beside them.
func TestRemarks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no test models", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			expectRemarks(t, "model.toml", string(text), "")
		})
	}
}

// Ten planted mistakes are ten diagnostics, each at its line and column, and no more.
func TestTenMistakes(t *testing.T) {
	text, err := os.ReadFile("testdata/ten-mistakes.toml")
	if err != nil {
		t.Fatal(err)
	}
	list, files := check("model.toml", string(text))
	var got []string
	for _, d := range list {
		line, column := diagnostic.Position(files[d.Span.File], d.Span.Start)
		got = append(got, fmt.Sprintf("%d:%d %s %s", line, column, d.Code, text[d.Span.Start:d.Span.End]))
	}
	want := []string{
		`8:9 inexact-save 0.6`,
		`18:11 unknown-flow ["leaving", "graduating"]`,
		`23:13 unknown-name birth_rat`,
		`27:1 unknown-key equaton`,
		`31:9 bad-range [0.2, 0.05]`,
		`36:9 value-count [100, 200, 300]`,
		`40:9 wrong-type "4"`,
		`45:24 syntax (`,
		`49:23 unknown-element west`,
		`53:9 unknown-column "years"`,
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}
