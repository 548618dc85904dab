package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The types in web/src are those of the structs as they are now.
func TestGeneratedTypesAreCurrent(t *testing.T) {
	want, err := generate("../..", sources)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("../../web/src/generated.ts")
	if err != nil || string(have) != want {
		t.Errorf("web/src/generated.ts is not what the structs say (%v); run go generate ./scenarios/report", err)
	}
}

func TestRulesOfTypes(t *testing.T) {
	dir := t.TempDir()
	text := "package p\n// A One is one.\ntype One struct {\n" +
		"\tA []*float64 `json:\"a\"` // may be null\n\tB [2]int\n\t// Where it is.\n\tC map[string]Two `json:\"c,omitempty\"`\n" +
		"\tD string `json:\"-\"`\n\tE string `ts:\"\\\"x\\\" | \\\"y\\\"\"`\n}\ntype Two struct{ Any any }\n"
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := generate(dir, []source{{".", []string{"One"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := "// A One is one.\nexport interface One {\n  a: (number | null)[]; // may be null\n  B: [number, number];\n  // Where it is.\n" +
		"  c: Record<string, Two>;\n  E: \"x\" | \"y\";\n}\n\nexport interface Two {\n  Any: unknown;\n}\n"
	if _, body, _ := strings.Cut(got, "\n\n"); body != want {
		t.Errorf("got\n%s\nwant\n%s", body, want)
	}
	for bad, why := range map[string]string{"C chan int": "no rule", "C Three": "is no struct"} {
		os.WriteFile(filepath.Join(dir, "p.go"), []byte("package p\ntype One struct {\n"+bad+"\n}\n"), 0o600)
		if _, err := generate(dir, []source{{".", []string{"One"}}}); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
