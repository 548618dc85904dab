package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"weir/internal/outfile"
	"weir/scenarios/output"
)

// Everything that a command writes with --format json is of its schema, for a model and a set of each
// kind: with futures, worlds and costs, without them, with a run that breaks down, and imported.
func TestOutputsAreOfTheirSchemas(t *testing.T) {
	const examples = "../../examples/"
	seen := map[string]bool{}
	for _, line := range []string{
		"run-output run " + examples + "st-louis/model.toml",
		"run-output run testdata/breaks.toml",
		"test-output test new/model.toml",
		"test-output test testdata/kept/pond.toml",
		"check-output check " + examples + "st-louis/scenarios.toml",
		"check-output check testdata/breaks.toml",
		"compare-output compare " + examples + "family-confidence/scenarios.toml",
		"compare-output compare new/scenarios.toml",
		"bundles-output bundles " + examples + "family-confidence/scenarios.toml",
		"loops-output explain " + examples + "family-confidence/model.toml",
		"why-output explain " + examples + "family-confidence/scenarios.toml --runs 8",
		"sensitivity-output sensitivity " + examples + "family-confidence/scenarios.toml --method tornado",
		"sensitivity-output sensitivity new/model.toml --runs 64",
		"sensitivity-output sensitivity new/model.toml --method morris",
		"optimize-output optimize new/scenarios.toml --evaluations 40",
		"variable-output inspect new/model.toml teachers",
		"dynamics-output inspect " + examples + "teacher-retention/model.toml --print=dynamics",
	} {
		f := strings.Fields(line)
		seen[f[0]] = true
		_, schema := schemaOf(t, f[0])
		var out, errs bytes.Buffer
		args := append(append([]string{"weir"}, f[1:]...), "--format", "json")
		run(context.Background(), &outfile.Files{}, args, &out, &errs)
		value, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Errorf("%s: %v %s", line, err, errs.String())
			continue
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, word := range output.Schemas() {
		if !seen[word] {
			t.Errorf("no output is held against %s", word)
		}
	}
	if !slices.IsSorted(output.Schemas()) {
		t.Error("the words are not in order")
	}
	_, schema := schemaOf(t, "run-output")
	for _, wrong := range []string{`{}`, `[]`, `{"model":"x"}`} {
		value, _ := jsonschema.UnmarshalJSON(strings.NewReader(wrong))
		if schema.Validate(value) == nil {
			t.Errorf("%s is of the schema of a run", wrong)
		}
	}
}
