package live

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"weir/model/numeric"
)

// A quantileCase is a row of the table that Go and the script share.
type quantileCase struct {
	Values []float64 `json:"values"`
	Q      float64   `json:"q"`
	Want   *float64  `json:"want"` // null: NaN
}

// The page has one quantile, in two languages: the script's is held to this table by
// web/test/futures.test.ts, bit for bit.
func TestQuantileForTheScript(t *testing.T) {
	lists := [][]float64{{}, {3}, {-1, 1}, {1, 2, 3, 4, 5}, {0.1, 0.2, 0.3, 0.7}, {-1e308, 1e308}, {0, 0, 0, 1e-300}}
	long := []float64{}
	for i := range 200 {
		long = append(long, math.Sqrt(float64(i)))
	}
	var rows []quantileCase
	for _, values := range append(lists, long) {
		for _, q := range []float64{0, 0.025, 0.1, 1. / 3, 0.5, 0.9, 1, -0.1, 1.1} {
			row := quantileCase{Values: values, Q: q}
			if x := numeric.Quantile(values, q); !math.IsNaN(x) {
				row.Want = &x
			}
			rows = append(rows, row)
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	const file = "../report/web/test/quantile.json"
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != string(text) {
		t.Errorf("%s is not the table of numeric.Quantile (%v); run this test with -update", file, err)
	}
}
