package manual_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/scenarios/explain/loops"
	"weir/scenarios/output"
)

// The chapter on loops shows the text that weir explain writes for its model.
func TestManualExplains(t *testing.T) {
	const title = "11. Why does it bend?"
	file := filepath.Join(t.TempDir(), "talk.toml")
	if err := os.WriteFile(file, []byte(chapters(t)[title]), 0o600); err != nil {
		t.Fatal(err)
	}
	m, _ := model.Load(file)
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	result, err := loops.Of(context.Background(), r, loops.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := (&output.Loops{Model: m, Result: result}).Write(&got, "table", 80); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "$ weir explain talk.toml\n"+got.String()+"```") {
		t.Errorf("the manual shows another text than this:\n%s", &got)
	}
}
