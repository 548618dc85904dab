package output

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"weir/scenarios"
)

// What can be written at all is written as encoding/json does; a number that JSON has no
// word for is null.
func TestEncodeJSON(t *testing.T) {
	type outer struct {
		Name string `json:"name"`
		Gone string `json:"gone,omitempty"`
		scenarios.Verdict
		Regret *float64 // before that of the verdict
	}
	x := outer{Name: "a <b>", Verdict: scenarios.Verdict{Scenario: &scenarios.Scenario{ID: "s"}, Difference: 0.1,
		Range: [2]float64{1, 1e300}, EffectFrom: new(2030.5)}}
	var got, want bytes.Buffer
	if err := encodeJSON(&got, x); err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(&want)
	e.SetIndent("", "  ")
	if err := e.Encode(x); err != nil || got.String() != want.String() {
		t.Errorf("got\n%s\nwant\n%s%v", &got, &want, err)
	}
	got.Reset()
	if err := encodeJSON(&got, []float64{1, math.NaN(), math.Inf(-1)}); err != nil || got.String() != "[\n  1,\n  null,\n  null\n]\n" {
		t.Errorf("got %s, %v", &got, err)
	}
}
