package part

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"weir/internal/outfile"
	"weir/scenarios/ensemble"
	"weir/scenarios/output"
	"weir/sim"
)

// Progress returns the function that a block of runs beginning at a member reports to.
type Progress = func(first int) func(sim.Progress)

// factPart is the key of the head in the notes of a Parquet file.
const factPart = "weir.part"

// Found returns the part that an earlier attempt left at a path: the whole part, or as much of it as
// ran before it was stopped, at path.partial; nil if there is neither. A file that is no part of the
// same ensemble and shard is an error, so that nothing of value is written over.
func (j *Job) Found(path string) (*Part, error) {
	for _, at := range []string{path, outfile.Partial(path)} {
		if _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		p, err := Open(at)
		if err != nil {
			return nil, fmt.Errorf("%w; remove it, or name another file", err)
		}
		h := j.head()
		differs := h.differs(&p.Head)
		switch {
		case differs == "" && p.Head.Shard != j.Shard:
			differs = "shard " + p.Head.Shard.String()
		case p.format != j.Format:
			differs = "a " + p.format + " file"
		}
		if differs != "" {
			p.Close()
			return nil, fmt.Errorf("%s is there already, and has %s; remove it, or name another file", at, differs)
		}
		return p, nil
	}
	return nil, nil
}

// Write runs the members of the part that earlier, which may be nil, does not hold, and writes all.
// A cancelled context ends the part with the members of whole blocks; the head then says so.
func (j *Job) Write(ctx context.Context, w io.Writer, earlier *Part, progress Progress) (*Head, error) {
	h := j.head()
	if earlier != nil {
		h.Tally = earlier.Head.Tally
	}
	of := j.Shard.Members(h.Runs)
	of.First += h.Tally.Members
	run := j.writeRows
	if j.Format == formatSketch {
		run = j.writeSketches
	}
	return &h, run(ctx, w, &h, of, earlier, progress)
}

// writeRows writes a part as Parquet.
func (j *Job) writeRows(ctx context.Context, w io.Writer, h *Head, of ensemble.Members, earlier *Part, progress Progress) error {
	out := output.NewMemberWriter(w, h.Columns, h.Affected, formatParquet, j.Version)
	if earlier != nil {
		if err := earlier.rows(out.Row); err != nil {
			return err
		}
	}
	o, err := j.Plan.WriteMembers(ctx, of, out.Row, progress)
	if err != nil {
		return err
	}
	h.Tally.Add(j.Plan.Tally(o))
	head, err := json.Marshal(h)
	if err != nil {
		return err
	}
	facts := h.output(h.Tally.Members, h.Complete())
	return out.Close(append(facts, output.Fact{Key: factPart, Value: string(head)}), "")
}

// writeSketches writes a part as sketches.
func (j *Job) writeSketches(ctx context.Context, w io.Writer, h *Head, of ensemble.Members, earlier *Part, progress Progress) error {
	all, o, err := j.Plan.Sketches(ctx, of, progress)
	if err != nil {
		return err
	}
	if earlier != nil {
		before, err := earlier.counted()
		if err != nil {
			return err
		}
		if err := all.Merge(before); err != nil {
			return err
		}
	}
	h.Tally.Add(j.Plan.Tally(o))
	return writeSketchFile(w, h, all)
}

// A sketchFile is a part of sketches as JSON, in gzip.
type sketchFile struct {
	Weir     string             `json:"weir"` // sketches
	Facts    []output.Fact      `json:"facts"`
	Head     *Head              `json:"part"`
	Sketches *ensemble.Sketches `json:"sketches"`
}

// sketchWord marks a file of sketches.
const sketchWord = "quantile sketches"

// writeSketchFile writes a part or the whole; equal sketches give equal bytes.
func writeSketchFile(w io.Writer, h *Head, s *ensemble.Sketches) error {
	z := gzip.NewWriter(w)
	f := sketchFile{Weir: sketchWord, Facts: h.output(h.Tally.Members, h.Complete()), Head: h, Sketches: s}
	if err := json.NewEncoder(z).Encode(f); err != nil {
		return err
	}
	return z.Close()
}
