package output

import (
	"maps"
	"reflect"
	"slices"

	"weir/internal/jsonshape"
	"weir/model/diagnostic"
	"weir/scenarios/explain/variable"
	"weir/sim/dynamics"
)

// schemas are the types of what commands write as JSON, by the word for each.
var schemas = map[string]struct {
	of    reflect.Type
	title string
}{
	"check-output":       {reflect.TypeFor[[]diagnostic.JSON](), "weir check --format json"},
	"test-output":        {reflect.TypeFor[testFile](), "weir test --format json"},
	"run-output":         {reflect.TypeFor[runFile](), "weir run --format json"},
	"compare-output":     {reflect.TypeFor[comparisonFile](), "weir compare --format json"},
	"bundles-output":     {reflect.TypeFor[bundlesFile](), "weir bundles --format json"},
	"loops-output":       {reflect.TypeFor[loopsFile](), "weir explain MODEL --format json"},
	"why-output":         {reflect.TypeFor[whyFile](), "weir explain SET --format json"},
	"sensitivity-output": {reflect.TypeFor[sensitivityFile](), "weir sensitivity --format json"},
	"optimize-output":    {reflect.TypeFor[optimumFile](), "weir optimize --format json"},
	"variable-output":    {reflect.TypeFor[variable.Report](), "weir inspect MODEL VARIABLE --format json"},
	"dynamics-output":    {reflect.TypeFor[dynamics.Report](), "weir inspect MODEL --print=dynamics --format json"},
}

// Schemas returns the words for which Schema has one.
func Schemas() []string { return slices.Sorted(maps.Keys(schemas)) }

// Schema returns the JSON Schema of what a command writes as JSON; false for a word that is none of
// Schemas. A number that is not finite is null there.
func Schema(word string) ([]byte, bool) {
	s, ok := schemas[word]
	if !ok {
		return nil, false
	}
	text, err := jsonshape.Schema(s.of, s.title, "A key may be added in a later version; none changes its meaning. Numbers that are not finite are null.")
	return text, err == nil
}
