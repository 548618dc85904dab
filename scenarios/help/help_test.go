package help

import (
	"strings"
	"testing"
	"unicode/utf8"

	"weir/model/keys"
	"weir/model/toml/shape"
	"weir/scenarios/plan"
)

// Every topic has its places in the manual, and no line of one is wider than asked for, but for code
// and words that cannot be broken.
func TestTopics(t *testing.T) {
	for _, row := range topics {
		for _, place := range row.places {
			found := Sections(place)
			for _, text := range found {
				if len(text) < 60 {
					t.Errorf("%s: the manual has only %q at %s", row.name, text, place)
				}
			}
			if len(found) == 0 {
				t.Errorf("%s: the manual has no %s", row.name, place)
			}
		}
		var b strings.Builder
		if known, err := Write(&b, row.name, 80); !known || err != nil || b.Len() < 200 {
			t.Errorf("%s: %v, %v, %d bytes", row.name, known, err, b.Len())
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if utf8.RuneCountInString(line) > 80 && !strings.HasPrefix(line, "   ") && strings.Contains(line, " ") {
				t.Errorf("%s: a line is too wide: %s", row.name, line)
			}
			if strings.HasPrefix(line, "   ") {
				continue // code
			}
			if strings.Contains(line, "**") || strings.HasPrefix(line, "|") || strings.Contains(line, "<!--") {
				t.Errorf("%s: Markdown is left: %s", row.name, line)
			}
		}
	}
}

// Every name has help: all codes, functions, tables and keys.
func TestNames(t *testing.T) {
	if len(Names()) < 300 {
		t.Errorf("%d names", len(Names()))
	}
	for _, name := range Names() {
		var b strings.Builder
		if known, err := Write(&b, name, 80); !known || err != nil || strings.TrimSpace(b.String()) == "" {
			t.Errorf("%s: %v, %v", name, known, err)
		}
	}
	for _, name := range []string{"", "nonsense", "[]", "**"} {
		if known, _ := Write(&strings.Builder{}, name, 80); known {
			t.Errorf("%q is known", name)
		}
	}
	if near := Near("unkown-name"); near != "unknown-name" {
		t.Errorf("near: %q", near)
	}
	var b strings.Builder
	if _, err := Write(&b, "circle", 80); err != nil || !strings.Contains(b.String(), "In the version before it was called circle") {
		t.Errorf("a former name: %s", b.String())
	}
}

// Every key of both shapes is in the reference, each with words of its own.
func TestTablesHaveEveryKey(t *testing.T) {
	for _, root := range []*shape.Shape{keys.File, plan.FileShape} {
		count := map[string]int{}
		for _, table := range Tables(root) {
			for _, k := range table.Keys {
				count[k.Name]++
				if k.About == "" && k.Name != "name" {
					t.Errorf("%s.%s says nothing", table.Path, k.Name)
				}
			}
		}
		schema, err := root.Schema()
		if err != nil {
			t.Fatal(err)
		}
		for name := range count {
			if !strings.Contains(string(schema), `"`+name+`"`) {
				t.Errorf("%s is not in the schema", name)
			}
		}
		for _, name := range []string{"label", "about"} {
			if count[name] < 3 {
				t.Errorf("%s: %d", name, count[name])
			}
		}
	}
}
