package output

import (
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// A parquetWriter writes rows of floats, or of an integer and floats, as Parquet. Columns keep their
// order; names may be any text.
type parquetWriter struct {
	w    *parquet.GenericWriter[any]
	rows []parquet.Row
	used int
}

// newParquetWriter returns a writer to w of a table with a name: "run" has floats only, and the
// first column of an "ensemble" is an integer, the member.
func newParquetWriter(w io.Writer, table string, columns []string, version string) *parquetWriter {
	p := &parquetWriter{w: parquet.NewGenericWriter[any](w,
		parquet.NewSchema(table, orderedGroup{columns: columns, member: table == "ensemble"}),
		parquet.MaxRowsPerRowGroup(1<<16), parquet.CreatedBy("weir", version,
			""), parquet.Compression(&parquet.Zstd))}
	const block = 1024
	p.rows = make([]parquet.Row, block)
	for i := range p.rows {
		p.rows[i] = make(parquet.Row, len(columns))
	}
	return p
}

// Row writes one row of an ensemble.
func (p *parquetWriter) Row(member int, numbers []float64) error {
	p.rows[p.used][0] = parquet.Int64Value(int64(member)).Level(0, 0, 0)
	return p.floats(1, numbers)
}

// floats fills the rest of a row from a column on, and ends the row.
func (p *parquetWriter) floats(from int, numbers []float64) error {
	for i, x := range numbers {
		p.rows[p.used][from+i] = parquet.DoubleValue(x).Level(0, 0, from+i)
	}
	if p.used++; p.used < len(p.rows) {
		return nil
	}
	return p.flush()
}

// flush writes the rows of the block so far.
func (p *parquetWriter) flush() error {
	_, err := p.w.WriteRows(p.rows[:p.used])
	p.used = 0
	return err
}

// note adds a line to the file's metadata.
func (p *parquetWriter) note(key, value string) { p.w.SetKeyValueMetadata(key, value) }

// close writes the last rows and the footer of the file.
func (p *parquetWriter) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.w.Close()
}

// An orderedGroup is a required group of columns in the order given. The library's own
// group sorts them by name, and makes a Go type that cannot have commas in its names.
type orderedGroup struct {
	parquet.Group // for the answers that all groups give
	columns       []string
	member        bool // the first is an integer
}

// Fields returns the columns in their order, floats but for the member.
func (g orderedGroup) Fields() []parquet.Field {
	fields := make([]parquet.Field, len(g.columns))
	for i, name := range g.columns {
		fields[i] = orderedField{parquet.Leaf(parquet.DoubleType), name}
		if i == 0 && g.member {
			fields[i] = orderedField{parquet.Int(64), name}
		}
	}
	return fields
}

// GoType is of no use here: rows are written as values.
func (g orderedGroup) GoType() reflect.Type { return reflect.TypeFor[struct{}]() }

type orderedField struct {
	parquet.Node
	name string
}

// Name returns the name of the column.
func (f orderedField) Name() string { return f.name }

// Value returns nothing: rows are written by column, and never from a struct of Go.
func (f orderedField) Value(reflect.Value) reflect.Value { return reflect.Value{} }
