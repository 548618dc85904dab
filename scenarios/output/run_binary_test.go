package output

import (
	"bytes"
	"math"
	"testing"

	"weir/internal/modeltest"
	"weir/sim"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
)

// decay is a run of a stock that loses a tenth a year, by Euler's method: 100, 90, 81.
func decay(t *testing.T) *Run {
	t.Helper()
	x := modeltest.Of(t, `[time]
start = 0
stop = 2
step = 1
unit = "year"
method = "euler"
[stock.level]
initial = 100
outflow = ["loss"]
[flow.loss]
equation = "level / 10"
[aux.odd]
equation = "if time < 1 then inf else level"
`)
	return &Run{Model: x.Model, Result: x.Result, Version: "test"}
}

// A workbook has the numbers as numbers, and an infinity by its name.
func TestAWorkbookHasTheRun(t *testing.T) {
	r := decay(t)
	var b bytes.Buffer
	if err := r.Write(&b, "xlsx", 80, false); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("run", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"time", "level", "loss", "odd"}, {"0", "100", "10", "+Inf"}, {"1", "90", "9", "90"}, {"2", "81", "8.1", "81"}}
	for i := range want {
		for k := range want[i] {
			if rows[i][k] != want[i][k] {
				t.Errorf("row %d is %q, want %q", i, rows[i], want[i])
			}
		}
	}
	if kind, err := f.GetCellType("run", "B2"); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("100 is no number: %v %v", kind, err)
	}
}

// Parquet has the same bits; columns that are not kept are left out.
func TestParquetHasTheRun(t *testing.T) {
	r := decay(t)
	r.Kept = []sim.Column{r.Result.Columns[2], r.Result.Columns[0]}
	var b bytes.Buffer
	if err := r.Write(&b, "parquet", 80, false); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	want := [][]float64{{0, r.Result.Series("odd")[0], 100}, {1, 90, 90}, {2, 81, 81}}
	rows := make([]parquet.Row, 3)
	if n, _ := parquet.NewReader(f).ReadRows(rows); n != 3 {
		t.Fatalf("%d rows", n)
	}
	for i, row := range rows {
		for k, v := range row {
			if math.Float64bits(v.Double()) != math.Float64bits(want[i][k]) {
				t.Errorf("row %d is %v, want %v", i, row, want[i])
			}
		}
	}
	if f.Schema().Name() != "run" {
		t.Errorf("the table is %s", f.Schema().Name())
	}
}
