package main

import (
	"io"
	"strconv"
	"strings"

	"weir/scenarios/imported"
)

// A memberWriter takes an ensemble's rows: the member, then the time, what was drawn,
// and the kept variables.
type memberWriter interface {
	row(member int, numbers []float64) error
	close(e *ensembleRun) error // says what the file holds, if it is not whole
}

// writer makes the one for a format.
func (e *ensembleRun) writer(w io.Writer, format string) memberWriter {
	columns := e.Head()
	if format == "parquet" {
		return &ensembleParquet{newParquetWriter(w, columns)}
	}
	c := &ensembleCSV{w: w}
	c.buf = []byte(imported.Comment(e.Affected))
	for i, name := range columns {
		if i > 0 {
			c.buf = append(c.buf, ',')
		}
		c.buf = append(c.buf, csvField(name)...)
	}
	c.buf = append(c.buf, '\n')
	return c
}

// An ensembleCSV writes a line a row. Numbers have the digits that read back to the
// same bits.
type ensembleCSV struct {
	w   io.Writer
	buf []byte
}

func (c *ensembleCSV) row(member int, numbers []float64) error {
	c.buf = strconv.AppendInt(c.buf, int64(member), 10)
	for _, x := range numbers {
		c.buf = append(c.buf, ',')
		c.buf = strconv.AppendFloat(c.buf, x, 'g', -1, 64)
	}
	c.buf = append(c.buf, '\n')
	if len(c.buf) < 1<<16 {
		return nil
	}
	return c.flush()
}

func (c *ensembleCSV) flush() error {
	_, err := c.w.Write(c.buf)
	c.buf = c.buf[:0]
	return err
}

// close ends an incomplete file with a comment; a whole one is nothing but CSV.
func (c *ensembleCSV) close(e *ensembleRun) error {
	if e.outcome.Cancelled {
		c.buf = append(c.buf, "# incomplete: "+e.Extent(e.outcome)+"\n"...)
	}
	return c.flush()
}

// An ensembleParquet writes Parquet; its metadata says what was run.
type ensembleParquet struct{ *parquetWriter }

func (p *ensembleParquet) close(e *ensembleRun) error {
	for _, row := range [][2]string{
		{"weir.version", version},
		{"weir.model", e.Model.Name},
		{"weir.model_hash", e.Model.Hash},
		{"weir.method", e.Method},
		{"weir.step", strconv.FormatFloat(e.Step, 'g', -1, 64)},
		{"weir.time_unit", e.Model.Time.Unit},
		{"weir.sampling", string(e.Sampling.Method)},
		{"weir.seed", strconv.FormatUint(e.Sampling.Seed, 10)},
		{"weir.runs", strconv.Itoa(e.Sampling.Runs)},
		{"weir.runs_done", strconv.Itoa(e.outcome.Members)},
		{"weir.complete", strconv.FormatBool(!e.outcome.Cancelled)},
		{"weir.not_those_of_the_original", strings.Join(e.Affected, ", ")},
	} {
		p.note(row[0], row[1])
	}
	return p.parquetWriter.close()
}
