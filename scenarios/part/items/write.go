package items

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"weir/internal/outfile"
	"weir/internal/parquet"
	"weir/scenarios/divide"
	"weir/scenarios/part"
	"weir/scenarios/words"
)

// A Job is a part to be made.
type Job struct {
	Task  Task
	Shard part.Shard
}

// Found returns the part that an earlier attempt left at a path: the whole part, or the items that
// were done before it was stopped, at path.partial; nil if there is neither. A file that is no part
// of the same task and shard is an error, so that nothing of value is written over.
func (j *Job) Found(path string) (*Part, error) {
	for _, at := range []string{path, outfile.Partial(path)} {
		if _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		p, err := Open(at)
		if err != nil {
			return nil, fmt.Errorf("%w; remove it, or name another file", err)
		}
		differs := j.Task.differs(&p.Head.Task)
		if differs == "" && p.Head.Shard != j.Shard {
			differs = "shard " + p.Head.Shard.String() + ", not " + j.Shard.String()
		}
		if differs != "" {
			p.Close()
			return nil, fmt.Errorf("%s is there already, and has %s; remove it, or name another file", at, differs)
		}
		return p, nil
	}
	return nil, nil
}

// A Usage is the error of a part that cannot be asked for.
type Usage struct{ error }

// Write has analyse do the items of the part that earlier, which may be nil, does not hold, and
// writes all. analyse is the whole analysis with a divider. A context that ends stops the part after
// a whole block of items; the head then says so. The error is a Usage where there are more parts
// than items.
func (j *Job) Write(ctx context.Context, w io.Writer, earlier *Part, analyse func(divide.Divider) error) (*Head, error) {
	d := &writer{job: j, to: w, earlier: earlier, ctx: ctx}
	switch err := analyse(d); {
	case d.done:
		return &d.head, nil
	case err != nil:
		return nil, err
	}
	return nil, fmt.Errorf("the work ended before anything could be divided; run it without --shard to see why")
}

// A writer is the divider that does the items of one part.
type writer struct {
	job     *Job
	to      io.Writer
	earlier *Part
	ctx     context.Context
	head    Head
	done    bool // the part is written, whole or not
}

// Rows does the items of the shard, writes the part, and returns ErrElsewhere.
func (d *writer) Rows(ctx context.Context, w divide.Work, _ divide.Row) error {
	shard := d.job.Shard
	if shard.Of > w.Items {
		return Usage{fmt.Errorf("--shard %s: of %s there are at most %d parts", shard, words.Count(w.Items, w.Unit), w.Items)}
	}
	d.head = Head{Task: d.job.Task, Shard: shard, Items: w.Items, Unit: w.Unit, Columns: w.Columns}
	out, err := newTable(d.to, &d.head)
	if err != nil {
		return err
	}
	if err := d.goOn(out); err != nil {
		return err
	}
	if err := d.do(ctx, w, out); err != nil {
		return err
	}
	if err := out.close(&d.head); err != nil {
		return err
	}
	d.done = true
	return divide.ErrElsewhere
}

// goOn takes over the items of an earlier attempt.
func (d *writer) goOn(out *table) error {
	if d.earlier == nil {
		return nil
	}
	if differs := d.head.differs(&d.earlier.Head); differs != "" {
		return fmt.Errorf("%s is there already, and has %s; remove it, or name another file", d.earlier.Path, differs)
	}
	d.head.Done = d.earlier.Head.Done
	return d.earlier.rows(out.row)
}

// do does the items that are missing, block by block. Rows are written once their block is whole.
func (d *writer) do(ctx context.Context, w divide.Work, out *table) error {
	of, block := d.head.of(), max(1, w.Block)
	for first := of.First + d.head.Done; first < of.End; first += block {
		end := min(of.End, first+block)
		kept := make([]float64, 0, (end-first)*len(w.Columns))
		var items []int
		err := w.Do(ctx, first, end, func(item int, numbers []float64) error {
			items, kept = append(items, item), append(kept, numbers...)
			return nil
		})
		if err != nil && ctx.Err() != nil {
			return nil // stopped: what is whole is kept
		}
		if err != nil {
			return err
		}
		for i, item := range items {
			if err := out.row(item, kept[i*len(w.Columns):(i+1)*len(w.Columns)]); err != nil {
				return err
			}
		}
		d.head.Done = end - of.First
	}
	return nil
}

// A table is the file of a part, with the sum of its rows.
type table struct {
	file *parquet.Writer
	sum  *sum
}

// newTable begins the file of a part.
func newTable(w io.Writer, h *Head) (*table, error) {
	columns := append([]string{h.Unit}, h.Columns...)
	file, err := parquet.NewWriter(w, "items", columns, true, "weir "+h.Version)
	return &table{file, newSum()}, err
}

// row writes a row.
func (t *table) row(item int, numbers []float64) error {
	t.sum.add(item, numbers)
	return t.file.Row(int64(item), numbers)
}

// close ends the file with its head.
func (t *table) close(h *Head) error {
	h.Rows = t.sum.rows
	h.Sum = t.sum.of(*h)
	t.file.Note(factItems, string(h.text()))
	return t.file.Close()
}
