package live

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"testing"

	"weir/scenarios/prose"
)

var update = flag.Bool("update", false, "rewrite web/test/words.json")

// A said is a number in the words of the page.
type said struct {
	Q       int     `json:"q"`
	V       float64 `json:"v"`
	Number  string  `json:"number"`
	With    string  `json:"with"`
	Gap     string  `json:"gap"`
	Signed  string  `json:"signed"`
	More    string  `json:"more"`
	Tick    string  `json:"tick"`
	Hundred string  `json:"hundred"`
}

// The script rounds what it computes itself as the page does: both are held to one table
// (web/test/words.test.ts reads it).
func TestWordsForTheScript(t *testing.T) {
	quantities := []prose.Quantity{
		prose.QuantityOf("children", false, 35000), prose.QuantityOf("children a year", false, 80), prose.QuantityOf("dollars a year", false, 4e8),
		prose.QuantityOf("share", false, 1), prose.QuantityOf("", true, 1), prose.QuantityOf("dollars", false, 900), prose.QuantityOf("", false, 40),
	}
	values := []float64{0, 0.004, 0.0349, 0.995, 1, 1.005, 5, 12.34, 49.96, 147.3, 999.5, 1000, 1147.3, 5423, 21612.48, 99950, 1.2345e6, 9.994e8, 3.2e12}
	var table struct {
		Quantities []Quantity `json:"quantities"`
		Rows       []said     `json:"rows"`
	}
	for i, q := range quantities {
		table.Quantities = append(table.Quantities, quantityOf(q))
		for _, v := range values {
			for _, v := range []float64{v, -v} {
				table.Rows = append(table.Rows, said{i, v, q.Number(v), q.With(v), q.Gap(v), q.Signed(v), q.More(v), q.Tick(v, prose.NiceStep(max(math.Abs(v), 0.1), 3)), prose.Hundred(min(1, math.Abs(v)/4e4))})
			}
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	if err := e.Encode(table); err != nil {
		t.Fatal(err)
	}
	const file = "../report/web/test/words.json"
	if *update {
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(have, out.Bytes()) {
		t.Errorf("%s is not what the page says (%v); run this test with -update", file, err)
	}
}
