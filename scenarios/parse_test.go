package scenarios

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// Pieces of sets over the model of plan/testdata/codes.
const (
	exampleOutcome = `model = "model.toml"
[outcome.children]
variable = "public_total"
better = "higher"
`
	exampleCoaching = `[intervention.coaching.change.coach_share]
to = 0.5
start = 2027
`
	exampleScenario = `[scenario.coaching]
interventions = ["coaching"]
`
)

// parse reads a set over the model of plan/testdata/codes.
func parse(text string) (*Set, diagnostic.List) {
	return Parse("set.toml", []byte(text), func(name string, _ model.ImportOptions) (*model.Model, diagnostic.List) {
		return model.Load(filepath.Join("plan", "testdata", "codes", name))
	})
}

// write makes a file.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// errorsOf returns the errors of a list.
func errorsOf(l diagnostic.List) diagnostic.List {
	return slices.DeleteFunc(slices.Clone(l), func(d diagnostic.Diagnostic) bool { return d.Severity != diagnostic.Error })
}
