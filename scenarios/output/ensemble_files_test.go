package output

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
)

// A number that stays from row to row, zero of either sign and NaN among them, is written as one
// that changes.
func TestEnsembleCSVRows(t *testing.T) {
	rows := [][]float64{{1, 0.1, math.NaN()}, {1, 0.1, math.NaN()}, {math.Copysign(0, -1), 0.1, 3}, {0, 0.2, 1e300}, {0, 0.2, 1e300}}
	var got, want bytes.Buffer
	c := &ensembleCSV{w: &got}
	for i, r := range rows {
		if err := c.Row(i, r); err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(&want, i)
		for _, x := range r {
			fmt.Fprintf(&want, ",%s", strings.TrimSpace(fmt.Sprint(x)))
		}
		fmt.Fprintln(&want)
	}
	if err := c.flush(); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		t.Errorf("got\n%swant\n%s", got.String(), want.String())
	}
}

// BenchmarkEnsembleCSV writes members of 51 rows with 10 drawn constants and 4 series.
func BenchmarkEnsembleCSV(b *testing.B) {
	c := &ensembleCSV{w: io.Discard}
	numbers := make([]float64, 14)
	for b.Loop() {
		for i := range numbers {
			numbers[i] = float64(i) + 1/3.
		}
		for row := range 51 {
			for i := 10; i < 14; i++ {
				numbers[i] += 0.1 * float64(row)
			}
			if err := c.Row(1, numbers); err != nil {
				b.Fatal(err)
			}
		}
	}
}
