package output

import (
	"context"
	"io"
	"math"
	"strconv"
	"strings"
	"weir/scenarios/ensemble"
	"weir/scenarios/imported"
	"weir/scenarios/words"
	"weir/sim"
)

// A memberWriter takes the rows of an ensemble and ends the file.
type memberWriter interface {
	// row takes the numbers in the order of the head, without the member. It does not keep them.
	row(member int, numbers []float64) error
	close(p *ensemble.Plan, o *ensemble.Outcome) error // notes an incomplete ensemble
}

// WriteEnsemble runs an ensemble block by block and writes every row as csv or parquet: the
// member, the time, the drawn constants and the kept columns. A cancelled context ends the file
// with the members that ran; the outcome then says so. progress is as in ensemble.Plan.Write.
func WriteEnsemble(ctx context.Context, w io.Writer, p *ensemble.Plan, format, version string,
	progress func(first int) func(sim.Progress)) (*ensemble.Outcome, error) {
	out := newMemberWriter(w, p, format, version)
	o, err := p.Write(ctx, out.row, progress)
	if err != nil {
		return nil, err
	}
	return o, out.close(p, o)
}

// newMemberWriter returns the writer of a format, with the head of the file written. An error in
// writing the head shows up at the first flush.
func newMemberWriter(w io.Writer, p *ensemble.Plan, format, version string) memberWriter {
	columns := p.Head()
	if format == "parquet" {
		return &ensembleParquet{newParquetWriter(w, columns, version), version}
	}
	c := &ensembleCSV{w: w, buf: []byte(imported.Comment(p.Affected))}
	for i, name := range columns {
		if i > 0 {
			c.buf = append(c.buf, ',')
		}
		c.buf = append(c.buf, csvField(name)...)
	}
	c.buf = append(c.buf, '\n')
	return c
}

// An ensembleCSV writes one line per row. Numbers have the digits that read back to the same bits.
type ensembleCSV struct {
	w   io.Writer
	buf []byte
	// last and texts are the numbers of the last row, and how they are written: a drawn constant is
	// the same in all rows of its member, and writing a number is most of the work.
	last  []float64
	texts [][]byte
}

// row adds a line to the buffer, and writes the buffer once it has 64 KB.
func (c *ensembleCSV) row(member int, numbers []float64) error {
	c.buf = strconv.AppendInt(c.buf, int64(member), 10)
	for i, x := range numbers {
		c.buf = append(append(c.buf, ','), c.text(i, x)...)
	}
	c.buf = append(c.buf, '\n')
	if len(c.buf) < 1<<16 {
		return nil
	}
	return c.flush()
}

// text returns how a number of a column is written. It is valid until the next call for the column.
func (c *ensembleCSV) text(column int, x float64) []byte {
	if column == len(c.texts) {
		c.texts, c.last = append(c.texts, nil), append(c.last, x)
	} else if math.Float64bits(x) == math.Float64bits(c.last[column]) {
		return c.texts[column]
	}
	c.last[column] = x
	c.texts[column] = strconv.AppendFloat(c.texts[column][:0], x, 'g', -1, 64)
	return c.texts[column]
}

// flush writes the buffered lines. The buffer is empty after it even if writing fails.
func (c *ensembleCSV) flush() error {
	_, err := c.w.Write(c.buf)
	c.buf = c.buf[:0]
	return err
}

// close ends an incomplete file with a comment; a complete file is plain CSV.
func (c *ensembleCSV) close(p *ensemble.Plan, o *ensemble.Outcome) error {
	if o.Cancelled {
		c.buf = append(c.buf, "# incomplete: "+p.Extent(o)+"\n"...)
	}
	return c.flush()
}

// An ensembleParquet writes Parquet; its metadata records the model and the method.
type ensembleParquet struct {
	*parquetWriter
	version string
}

// close notes the model, the method and the sampling, by which the file can be made again, and ends
// the file. These notes come last since only then is it known how many runs are in it.
func (f *ensembleParquet) close(p *ensemble.Plan, o *ensemble.Outcome) error {
	for _, row := range [][2]string{
		{"weir.version", f.version},
		{"weir.model", p.Model.Name},
		{"weir.model_hash", p.Model.Hash},
		{"weir.method", p.Method},
		{"weir.step", words.Exact(p.Step)},
		{"weir.time_unit", p.Model.Time.Unit},
		{"weir.sampling", string(p.Sampling.Method)},
		{"weir.seed", strconv.FormatUint(p.Sampling.Seed, 10)},
		{"weir.runs", strconv.Itoa(p.Sampling.Runs)},
		{"weir.runs_done", strconv.Itoa(o.Members)},
		{"weir.complete", strconv.FormatBool(!o.Cancelled)},
		{"weir.not_those_of_the_original", strings.Join(p.Affected, ", ")},
	} {
		f.note(row[0], row[1])
	}
	return f.parquetWriter.close()
}
