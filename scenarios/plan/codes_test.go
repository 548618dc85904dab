package plan

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
)

// parse reads a set over the model of testdata/codes.
func parse(text string) (*Set, diagnostic.List) {
	load := func(name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
		return loadBelow(filepath.Join("testdata", "codes"), name, o)
	}
	open := func(name string) ([]byte, error) {
		m, _ := load("model.toml", model.ImportOptions{})
		r, _ := model.Check(m)
		if name == "of_another_model.toml" {
			return posteriorText(r, "another"), nil
		}
		return posteriorText(r, ""), nil
	}
	return ParseIn("set.toml", []byte(text), Reading{Load: load, Open: open})
}

// posteriorText is a posterior of one constant of a model, or of another one.
func posteriorText(r *resolved.Model, other string) []byte {
	return fmt.Appendf(nil, "[posterior]\nmodel = %q\ndate = \"2026-11-21\"\nconstants = [\"leaving_share\"]\ndraws = [%s[0.05]]\n",
		model.Fingerprint(r, "leaving_share")+other, strings.Repeat("[0.02], [0.03], ", 10))
}

var remark = regexp.MustCompile(`# (ERROR|WARNING) ([a-z-]+)`)

// written are the remarks in a set: "line severity code".
func written(text string) []string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		for _, m := range remark.FindAllStringSubmatch(line, -1) {
			out = append(out, fmt.Sprint(i+1, " ", strings.ToLower(m[1]), " ", m[2]))
		}
	}
	return out
}

// found are a list's errors and warnings in the same form.
func found(text string, l diagnostic.List) []string {
	var out []string
	for _, d := range l {
		if d.Span.File == "set.toml" && d.Severity != diagnostic.Note {
			line, _ := diagnostic.Position([]byte(text), d.Span.Start)
			out = append(out, fmt.Sprint(line, " ", d.Severity, " ", d.Code))
		}
	}
	return out
}

// Every code earns itself where its example says so, and nothing else is reported.
func TestCodes(t *testing.T) {
	for _, row := range Codes {
		t.Run(string(row.Code), func(t *testing.T) {
			text := row.Example
			if row.Code == TooMany {
				text = manyScenarios()
			}
			_, list := parse(text)
			want, got := written(text), found(text, list)
			if !slices.Equal(got, want) {
				t.Errorf("found %q, want %q\n%s\n%v", got, want, text, list)
			}
			if !strings.Contains(strings.Join(want, " "), string(row.Code)) {
				t.Errorf("the example of %s does not earn it", row.Code)
			}
		})
	}
}

// manyScenarios is the one example that is too long to be written out.
func manyScenarios() string {
	text := strings.Replace(exampleOutcome, "\n", " # ERROR set-too-many\n", 1) + exampleCoaching
	for i := range MaxScenarios + 1 {
		text += fmt.Sprintf("[scenario.s%d]\nlabel = \"S%d\"\ninterventions = [\"coaching\"]\n", i, i)
	}
	return text
}

func TestCodesAreApart(t *testing.T) {
	seen := map[diagnostic.Code]bool{}
	for _, row := range model.Codes {
		seen[row.Code] = true
	}
	for _, row := range Codes {
		if seen[row.Code] || row.Sentence == "" {
			t.Errorf("code %s is there twice, or has no sentence", row.Code)
		}
		seen[row.Code] = true
	}
}
