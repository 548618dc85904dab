package parquet

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"testing"

	library "github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// table writes a table of whole numbers, if whole, and of others; value gives them by row and column.
func table(t interface{ Fatal(...any) }, names []string, whole bool, rows int, value func(row, column int) float64,
	notes ...Note) []byte {
	var buf bytes.Buffer
	w, err := NewWriter(&buf, "table", names, whole, "weir version test")
	if err != nil {
		t.Fatal(err)
	}
	n := len(names)
	if whole {
		n--
	}
	numbers := make([]float64, n)
	for i := range rows {
		for k := range numbers {
			numbers[k] = value(i, k)
		}
		if err := w.Row(int64(i)-3, numbers); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range notes {
		w.Note(n.Key, n.Value)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// The library of parquet-go, which shares no code with this package, reads the same table: names,
// types, notes and the bits of numbers, over several pages and groups of rows, and none.
func TestAnotherLibraryReadsIt(t *testing.T) {
	for _, rows := range []int{0, 1, mostPageRows, mostPageRows + 1, mostGroup*mostPageRows + 5} {
		names := []string{"member", "a[x,\"y\"]", "é.b", ""}
		value := func(row, column int) float64 {
			return []float64{math.Float64frombits(0x7ff8000000000001 + uint64(row)), math.Inf(-1), 0.1 * float64(row)}[column]
		}
		text := table(t, names, true, rows, value, Note{"weir.seed", "7"}, Note{"long", string(make([]byte, 300))})
		f, err := library.OpenFile(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, path := range f.Schema().Columns() {
			got = append(got, path[0])
		}
		if !slices.Equal(got, names) || f.NumRows() != int64(rows) {
			t.Fatalf("%d rows of %q, want %d of %q", f.NumRows(), got, rows, names)
		}
		if v, _ := f.Lookup("weir.seed"); v != "7" {
			t.Errorf("the note is %q", v)
		}
		list := make([]library.Row, rows+1)
		n, err := library.NewReader(f).ReadRows(list)
		if n != rows || err != io.EOF {
			t.Fatalf("%d rows and %v, want %d and the end", n, err, rows)
		}
		for i, row := range list[:n] {
			if row[0].Int64() != int64(i)-3 {
				t.Fatalf("row %d begins with %v", i, row[0])
			}
			for k := range 3 {
				if math.Float64bits(row[k+1].Double()) != math.Float64bits(value(i, k)) {
					t.Fatalf("row %d, column %d is %v, want %v", i, k, row[k+1], value(i, k))
				}
			}
		}
	}
}

// A written table is read as it was, whatever its shape; wide ones have short pages.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.String(), 1, 9).Draw(t, "names")
		whole := rapid.Bool().Draw(t, "whole")
		rows := rapid.SampledFrom([]int{0, 1, 100, mostPageRows - 1, 2*mostPageRows + 1}).Draw(t, "rows")
		value := func(row, column int) float64 { return float64(row*31+column) / 7 }
		text := table(t, names, whole, rows, value, Note{"k", "v"})
		f, err := Open(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(f.Columns, names) || f.Whole != whole || f.Rows != int64(rows) || !slices.Equal(f.Notes, []Note{{"k", "v"}}) {
			t.Fatalf("%+v", f)
		}
		at := 0
		err = f.EachRow(func(first int64, numbers []float64) error {
			if whole && first != int64(at)-3 {
				t.Fatalf("row %d begins with %d", at, first)
			}
			for k, x := range numbers {
				if x != value(at, k) {
					t.Fatalf("row %d, column %d is %v", at, k, x)
				}
			}
			at++
			return nil
		})
		if err != nil || at != rows {
			t.Fatalf("%d rows of %d, %v", at, rows, err)
		}
	})
	if rows, pages := layout(1_000_000); rows != fewPageRows || pages != 1 {
		t.Errorf("a wide table has pages of %d rows, %d of them", rows, pages)
	}
}

// A file that ends early anywhere, or has another byte anywhere, is read or refused, never believed to
// have rows that it does not have, and a caller's error ends the reading.
func TestDamagedFiles(t *testing.T) {
	text := table(t, []string{"member", "x"}, true, 2000, func(row, _ int) float64 { return float64(row) })
	whole := errors.New("whole")
	read := func(text []byte) error {
		f, err := Open(bytes.NewReader(text), int64(len(text)))
		if err != nil {
			return err
		}
		n := int64(0)
		if err := f.EachRow(func(int64, []float64) error { n++; return nil }); err != nil {
			return err
		}
		if n != f.Rows {
			t.Fatalf("%d rows, where the file has %d", n, f.Rows)
		}
		return whole
	}
	if err := read(text); err != whole {
		t.Fatal(err)
	}
	for end := range text {
		if end%97 == 0 || end > len(text)-300 {
			if err := read(text[:end]); err == whole {
				t.Errorf("a file of %d of %d bytes is whole", end, len(text))
			}
		}
	}
	for at := len(text) - 250; at < len(text); at++ {
		for _, bit := range []byte{1, 0x10, 0x80} {
			other := slices.Clone(text)
			other[at] ^= bit
			read(other)
		}
	}
	f, err := Open(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.EachRow(func(int64, []float64) error { return whole }); err != whole {
		t.Errorf("the caller's error is %v", err)
	}
	if _, err := Open(bytes.NewReader([]byte("no Parquet file at all")), 22); err == nil {
		t.Error("another file is opened")
	}
}

// A table of the library with text or gaps is another kind, and said to be.
func TestOtherTables(t *testing.T) {
	type row struct{ Name string }
	var buf bytes.Buffer
	w := library.NewGenericWriter[row](&buf)
	if _, err := w.Write([]row{{"a"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(bytes.NewReader(buf.Bytes()), int64(buf.Len())); err != ErrOther {
		t.Errorf("a column of text: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(table(f, []string{"member", "x"}, true, 100, func(row, _ int) float64 { return float64(row) }))
	f.Fuzz(func(t *testing.T, text []byte) {
		if file, err := Open(bytes.NewReader(text), int64(len(text))); err == nil {
			n := int64(0)
			if err := file.EachRow(func(int64, []float64) error { n++; return nil }); err == nil && n != file.Rows {
				t.Fatalf("%d rows of %d", n, file.Rows)
			}
		}
	})
}
