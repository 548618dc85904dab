package output

import (
	"io"

	"weir/internal/parquet"
)

// A parquetWriter writes rows of floats, or of an integer and floats, as Parquet. Columns keep their
// order; names may be any text.
type parquetWriter struct {
	*parquet.Writer
	begun error // why there is no Writer
}

// newParquetWriter returns a writer to w of a table with a name: "run" has floats only, and the
// first column of an "ensemble" is an integer, the member.
func newParquetWriter(w io.Writer, table string, columns []string, version string) *parquetWriter {
	p, err := parquet.NewWriter(w, table, columns, table == "ensemble", "weir version "+version)
	return &parquetWriter{p, err}
}

// Row writes one row of an ensemble.
func (p *parquetWriter) Row(member int, numbers []float64) error {
	if p.begun != nil {
		return p.begun
	}
	return p.Writer.Row(int64(member), numbers)
}

// floats writes one row of floats only.
func (p *parquetWriter) floats(numbers []float64) error { return p.Row(0, numbers) }

// note adds a line to the file's metadata.
func (p *parquetWriter) note(key, value string) {
	if p.begun == nil {
		p.Note(key, value)
	}
}

// close writes the last rows and the footer of the file.
func (p *parquetWriter) close() error {
	if p.begun != nil {
		return p.begun
	}
	return p.Close()
}
