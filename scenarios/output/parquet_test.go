package output

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// Columns keep their order and their names, whatever is in them, and numbers their bits.
func TestParquetRoundTrip(t *testing.T) {
	var buf bytes.Buffer
	names := []string{"member", "time", "seats[charter,9]", "a"}
	w := newParquetWriter(&buf, "ensemble", names, "test")
	const rows = 3000 // more than one block
	for i := range rows {
		if err := w.Row(i, []float64{float64(i) / 8, 0.1 * float64(i), -1}); err != nil {
			t.Fatal(err)
		}
	}
	w.note("weir.seed", "7")
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, path := range f.Schema().Columns() {
		got = append(got, path[0])
	}
	if !slices.Equal(got, names) {
		t.Errorf("columns %q, want %q", got, names)
	}
	if v, _ := f.Lookup("weir.seed"); v != "7" {
		t.Errorf("the seed in the metadata is %q", v)
	}
	read := make([]parquet.Row, rows+1)
	n, err := parquet.NewReader(f).ReadRows(read)
	if n != rows || err != io.EOF {
		t.Fatalf("%d rows and %v, want %d and the end of the file", n, err, rows)
	}
	read = read[:n]
	for i, row := range read {
		if row[0].Int64() != int64(i) || row[1].Double() != float64(i)/8 || row[2].Double() != 0.1*float64(i) || row[3].Double() != -1 {
			t.Fatalf("row %d is %v", i, row)
		}
	}
}
