package output

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"weir/scenarios/ensemble"
	"weir/scenarios/imported"
	"weir/scenarios/words"
	"weir/sim"
)

// A MemberWriter takes the rows of an ensemble and ends the file.
type MemberWriter interface {
	// Row takes the numbers in the order of the head, without the member. It does not keep them.
	Row(member int, numbers []float64) error
	// Close ends the file with its facts. incomplete says how far the runs came; "" if all ran.
	Close(facts []Fact, incomplete string) error
}

// A Fact is a note in a file of an ensemble, by which the file can be made again.
type Fact struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Keys of facts that a part of an ensemble does not share with the whole.
const (
	FactDone     = "weir.runs_done"
	FactComplete = "weir.complete"
)

// EnsembleFacts returns the facts of an ensemble of which so many members ran, by key.
func EnsembleFacts(p *ensemble.Plan, version string, done int) []Fact {
	return SortFacts([]Fact{
		{"weir.version", version},
		{"weir.model", p.Model.Name},
		{"weir.model_hash", p.Model.Hash},
		{"weir.method", p.Method},
		{"weir.step", words.Exact(p.Step)},
		{"weir.time_unit", p.Model.Time.Unit},
		{"weir.sampling", string(p.Sampling.Method)},
		{"weir.seed", strconv.FormatUint(p.Sampling.Seed, 10)},
		{"weir.runs", strconv.Itoa(p.Sampling.Runs)},
		{FactDone, strconv.Itoa(done)},
		{FactComplete, strconv.FormatBool(done == p.Sampling.Runs)},
		{"weir.not_those_of_the_original", strings.Join(p.Affected, ", ")},
	})
}

// SortFacts sorts facts by key, as a reader of Parquet gives them, and returns them.
func SortFacts(facts []Fact) []Fact {
	slices.SortFunc(facts, func(a, b Fact) int { return strings.Compare(a.Key, b.Key) })
	return facts
}

// WriteEnsemble runs an ensemble block by block and writes every row as csv or parquet: the
// member, the time, the drawn constants and the kept columns. A cancelled context ends the file
// with the members that ran; the outcome then says so. progress is as in ensemble.Plan.Write.
func WriteEnsemble(ctx context.Context, w io.Writer, p *ensemble.Plan, format, version string,
	progress func(first int) func(sim.Progress)) (*ensemble.Outcome, error) {
	out := NewMemberWriter(w, p.Head(), p.Affected, format, version)
	o, err := p.Write(ctx, out.Row, progress)
	if err != nil {
		return nil, err
	}
	incomplete := ""
	if o.Cancelled {
		incomplete = p.Extent(o)
	}
	return o, out.Close(EnsembleFacts(p, version, o.Members), incomplete)
}

// NewMemberWriter returns the writer of a format, csv or parquet, with the head of the file written;
// affected are variables that are not those of another tool's model. An error in writing the head
// shows up at the first flush.
func NewMemberWriter(w io.Writer, head, affected []string, format, version string) MemberWriter {
	if format == "parquet" {
		return &ensembleParquet{newParquetWriter(w, "ensemble", head, version)}
	}
	c := &ensembleCSV{w: w, buf: []byte(imported.Comment(affected))}
	for i, name := range head {
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

// Row adds a line to the buffer, and writes the buffer once it has 64 KB.
func (c *ensembleCSV) Row(member int, numbers []float64) error {
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

// Close ends an incomplete file with a comment; a complete file is plain CSV.
func (c *ensembleCSV) Close(_ []Fact, incomplete string) error {
	if incomplete != "" {
		c.buf = append(c.buf, "# incomplete: "+incomplete+"\n"...)
	}
	return c.flush()
}

// An ensembleParquet writes Parquet; its metadata holds the facts.
type ensembleParquet struct{ *parquetWriter }

// Close notes the facts and ends the file. They come last since only then is it known how many runs
// are in it.
func (f *ensembleParquet) Close(facts []Fact, _ string) error {
	for _, fact := range facts {
		f.note(fact.Key, fact.Value)
	}
	return f.close()
}

// csvNumber is the length of a number in CSV, in bytes, about.
const csvNumber = 18

// Affordable returns a note on a large file of every row of an ensemble, "" for another. The error is
// that of one that would be too large, and says how it gets smaller.
func Affordable(p *ensemble.Plan, format string) (note string, err error) {
	number := 8.0
	if format == "csv" {
		number = csvNumber
	}
	need := p.Bytes(number)
	rows := words.Grouped(p.Rows() * float64(p.Sampling.Runs))
	size := fmt.Sprintf("%s rows of %s numbers, about %s", rows, words.Grouped(p.Width()), words.Bytes(need))
	if need > ensemble.MaxFile {
		return "", fmt.Errorf("%s would be %s; at most %s are written. Fewer numbers: --save %.4g keeps fewer rows, "+
			"--keep fewer variables, --set NAME=VALUE draws fewer constants; without --format only quantiles are computed, for any number of runs",
			words.Count(p.Sampling.Runs, "run"), size, words.Bytes(ensemble.MaxFile), p.FewerRows(need))
	}
	if need > 1<<30 {
		note = "writing " + size
	}
	return note, nil
}
