package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"weir/scenarios/imported"
	"weir/scenarios/words"
)

// A memberWriter takes an ensemble's rows: the member, then the time, what was drawn,
// and the kept variables.
type memberWriter interface {
	row(member int, numbers []float64) error
	close(e *ensembleRun) error // says what the file holds, if it is not whole
}

// writer makes the one for a format.
func (e *ensembleRun) writer(w io.Writer, format string) memberWriter {
	columns := append([]string{"member", "time"}, e.sampler.Vary()...)
	columns = append(columns, e.names()...)
	if format == "parquet" {
		return &ensembleParquet{newParquetWriter(w, columns)}
	}
	c := &ensembleCSV{w: w}
	c.buf = []byte(imported.Comment(e.affected))
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
	if e.cancelled {
		c.buf = append(c.buf, "# incomplete: "+e.extent()+"\n"...)
	}
	return c.flush()
}

// extent is "120 of 1000 runs".
func (e *ensembleRun) extent() string {
	return fmt.Sprintf("%d of %s", e.members, words.Count(e.sampling.Runs, "run"))
}

// An ensembleParquet writes Parquet; its metadata says what was run.
type ensembleParquet struct{ *parquetWriter }

func (p *ensembleParquet) close(e *ensembleRun) error {
	for _, row := range [][2]string{
		{"weir.version", version},
		{"weir.model", e.model.Name},
		{"weir.model_hash", e.model.Hash},
		{"weir.method", e.method},
		{"weir.step", strconv.FormatFloat(e.step, 'g', -1, 64)},
		{"weir.time_unit", e.model.Time.Unit},
		{"weir.sampling", string(e.sampling.Method)},
		{"weir.seed", strconv.FormatUint(e.sampling.Seed, 10)},
		{"weir.runs", strconv.Itoa(e.sampling.Runs)},
		{"weir.runs_done", strconv.Itoa(e.members)},
		{"weir.complete", strconv.FormatBool(!e.cancelled)},
		{"weir.not_those_of_the_original", strings.Join(e.affected, ", ")},
	} {
		p.note(row[0], row[1])
	}
	return p.parquetWriter.close()
}
