package outline_test

import (
	"os"
	"strings"
	"testing"

	"weir/model/toml"
	"weir/model/toml/outline"
)

// Of a valid file the outline has the tables, keys and places that the reader has.
func TestOutlineAgreesWithReader(t *testing.T) {
	for _, file := range []string{"st-louis/model.toml", "st-louis/scenarios.toml", "enrollment-decline/model.toml"} {
		text, err := os.ReadFile("../../../examples/" + file)
		if err != nil {
			t.Fatal(err)
		}
		doc, list := toml.Parse(file, text)
		if list.HasErrors() {
			t.Fatal(list)
		}
		want := map[string][2]int{}
		var collect func(prefix string, table *toml.Table)
		collect = func(prefix string, table *toml.Table) {
			for _, k := range table.Keys() {
				if k.Value.Kind == toml.KindTable {
					collect(prefix+k.Name+"/", k.Value.Table)
				} else {
					want[prefix+k.Name] = [2]int{k.Value.Span.Start, k.Value.Span.End}
				}
			}
		}
		collect("", doc.Root)
		got := 0
		outline.Read(string(text)).Visit(func(_ *outline.Table, path []outline.Part, p *outline.Pair) {
			if p.Value.Kind == outline.Inline {
				return
			}
			var names []string
			for _, part := range path {
				names = append(names, part.Name)
			}
			name := strings.Join(names, "/")
			if at := [2]int{p.Value.Start, p.Value.End}; want[name] != at {
				t.Errorf("%s: %s is at %v, the reader has %v", file, name, at, want[name])
			}
			got++
		})
		if got != len(want) || got < 100 {
			t.Errorf("%s: %d pairs, the reader has %d", file, got, len(want))
		}
	}
}

// What follows a half-written line is still there.
func TestOutlineOfHalfWrittenText(t *testing.T) {
	for text, want := range map[string]string{
		"[stock.a]\ninitial = \"1\nunits = \"x\"\n[aux.b]\nequation = \"2\"":      "stock.a{initial,units} aux.b{equation}",
		"[stock.a]\ninflow = [\"b\",\n[aux.b]\nequation = \"2\"":                  "stock.a{inflow} aux.b{equation}",
		"[stock.a]\ninflow = [\"b\",\nunits = \"x\"\n[aux.b]\n":                   "stock.a{inflow,units} aux.b{}",
		"[stock.\n[aux.b]\nequation":                                              "stock.{} aux.b{equation}",
		"[\n[aux.b]":                                                              "{} aux.b{}",
		"p = [\n[1, 2],\n[nan],\n[\"a\"]]\n[aux.b]":                               "{p} aux.b{}",
		"[unit]\na = { plural = \"x\", \n[aux.b]\nx = 1":                          "unit{a} aux.b{x}",
		"[a]\n1, 2],\n[3, 4]]\n[b]":                                               "a{1} b{}",
		"x = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n[b]\n": "{x} b{}",
	} {
		var got []string
		for i, table := range outline.Read(text).Tables {
			if i == 0 && len(table.Pairs) == 0 {
				continue
			}
			var path, keys []string
			for _, p := range table.Path {
				path = append(path, p.Name)
			}
			for _, p := range table.Pairs {
				keys = append(keys, p.Path[0].Name)
			}
			got = append(got, strings.Join(path, ".")+"{"+strings.Join(keys, ",")+"}")
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q:\n%s, want\n%s", text, s, want)
		}
	}
}

// Every text has an outline whose places are inside it.
func FuzzRead(f *testing.F) {
	f.Add("a.\"b\" = [1,\n{x=")
	f.Fuzz(func(t *testing.T, text string) {
		outline.Read(text).Visit(func(_ *outline.Table, path []outline.Part, p *outline.Pair) {
			if p.Start < 0 || p.End > len(text) || p.Value.Start > p.Value.End || len(path) == 0 {
				t.Errorf("%+v in %q", p, text)
			}
		})
	})
}
