package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"

	"weir/internal/outfile"
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/ensemble"
	"weir/scenarios/part"
	"weir/scenarios/uncertainty"
	"weir/sim"
	"weir/sim/sampling"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

// version is that of weir, as the build sets it.
var version = "unversioned"

func init() {
	register.DoFn2x1[context.Context, int, error](&writeRows{})
	register.DoFn3x1[context.Context, int, func([]byte), error](&countRows{})
	register.Emitter1[[]byte]()
	register.Combiner2[sum, []byte](&merge{})
	register.DoFn1x1[sum, error](&writeSum{})
	beam.RegisterCoder(reflect.TypeFor[sum](), encodeSum, decodeSum)
}

// A job is an ensemble as the workers get it: everything that they need is in its exported fields.
type job struct {
	Model  string            // path of the model among Files
	Files  map[string][]byte // the model's, by path
	Runs   int
	Shards int
	Seed   uint64
	Keep   []string
	Parts  string // folder of the parts with every row; "" if none are written

	attempts int // of the whole job; for whoever submits it
}

// plan compiles the ensemble.
func (j *job) plan(ctx context.Context) (*ensemble.Plan, error) {
	folder, err := os.MkdirTemp("", "weir-beam-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	entry, err := unpack(folder, j.Model, j.Files)
	if err != nil {
		return nil, err
	}
	m, list := model.Load(entry)
	var r *resolved.Model
	if m != nil {
		var more diagnostic.List
		r, more = model.Check(m)
		list = append(list, more...)
	}
	if r == nil {
		return nil, fmt.Errorf("%s has mistakes, which weir check shows: %s", j.Model, list.Only(diagnostic.Error)[0].Message)
	}
	program, err := sim.Compile(r)
	if err != nil {
		return nil, err
	}
	u := uncertainty.Futures{Runs: j.Runs, Method: sampling.Sobol, Seed: j.Seed}
	p, err := ensemble.New(ctx, m, r, program, sim.Settings{Seed: j.Seed}, u)
	if err != nil {
		return nil, err
	}
	return p, p.Keep(j.Keep)
}

// unpack writes a model's files below a folder, as they lie to each other, and returns the path of
// the model there.
func unpack(folder, entry string, files map[string][]byte) (string, error) {
	root, err := filepath.Abs(filepath.Dir(entry))
	if err != nil {
		return "", err
	}
	// The model's folder is one below, since its modules may lie beside it.
	base := filepath.Join(folder, "model")
	at := func(name string) (string, error) {
		full, err := filepath.Abs(name)
		if err != nil {
			return "", err
		}
		rel, err := filepath.Rel(root, full)
		return filepath.Join(base, rel), err
	}
	for name, text := range files {
		path, err := at(name)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o777)
		}
		if err == nil {
			err = os.WriteFile(path, text, 0o666)
		}
		if err != nil {
			return "", err
		}
	}
	return at(entry)
}

// check returns the error that workers would find.
func (j *job) check(ctx context.Context) error {
	if j.Runs < 1 || j.Shards < 1 || j.Shards > j.Runs {
		return fmt.Errorf("--runs %d and --shards %d: each part has at least one run", j.Runs, j.Shards)
	}
	if _, err := j.plan(ctx); err != nil {
		return err
	}
	if j.Parts == "" {
		return nil
	}
	if err := os.MkdirAll(j.Parts, 0o777); err != nil {
		return fmt.Errorf("--parts %s: the folder cannot be made: %w", j.Parts, outfile.Cause(err))
	}
	return nil
}

// pipeline adds the steps of a job, whose quantiles go to a file; "" for none.
func pipeline(s beam.Scope, j *job, sketch string) {
	shards := make([]int, j.Shards)
	for i := range shards {
		shards[i] = i + 1
	}
	each := beam.Reshuffle(s, beam.CreateList(s, shards))
	if j.Parts != "" {
		beam.ParDo0(s.Scope("rows"), &writeRows{worker{Job: *j}}, each)
	}
	if sketch != "" {
		counted := beam.ParDo(s.Scope("sketches"), &countRows{worker{Job: *j}}, each)
		beam.ParDo0(s.Scope("write"), &writeSum{sketch}, beam.Combine(s.Scope("merge"), &merge{}, counted))
	}
}

// A worker has the plan that it compiles once.
type worker struct {
	Job  job
	plan *ensemble.Plan
}

// Setup compiles the model.
func (w *worker) Setup(ctx context.Context) (err error) {
	w.plan, err = w.Job.plan(ctx)
	return err
}

// part returns the work of a shard.
func (w *worker) part(shard int, format string) *part.Job {
	return &part.Job{Plan: w.plan, Shard: part.Shard{Index: shard, Of: w.Job.Shards}, Format: format, Version: version}
}

// silent is for nobody who listens to progress.
func silent(int) func(sim.Progress) { return nil }

// writeRows writes the part of a shard into the folder. A part that is there already, from an
// attempt whose worker was lost, stays: its bytes are the same.
type writeRows struct{ worker }

// ProcessElement is called with each shard.
func (w *writeRows) ProcessElement(ctx context.Context, shard int) error {
	p := w.part(shard, "parquet")
	path := filepath.Join(w.Job.Parts, fmt.Sprintf("part-%05d.parquet", shard))
	earlier, err := p.Found(path)
	if err != nil {
		return err
	}
	if earlier != nil {
		defer earlier.Close()
		if earlier.Head.Complete() {
			return nil
		}
	}
	return (&outfile.Files{}).WritePart(path, io.Discard, func(to io.Writer) (bool, error) {
		h, err := p.Write(ctx, to, earlier, silent)
		return err == nil && h.Complete(), err
	})
}

// countRows emits the sketches of a shard.
type countRows struct{ worker }

// ProcessElement is called with each shard.
func (w *countRows) ProcessElement(ctx context.Context, shard int, emit func([]byte)) error {
	var out bytes.Buffer
	h, err := w.part(shard, "sketch").Write(ctx, &out, nil, silent)
	switch {
	case err != nil:
		return err
	case !h.Complete():
		return ctx.Err()
	}
	emit(out.Bytes())
	return nil
}

// A sum is the sketches that were combined so far.
type sum struct{ part.Sum }

func encodeSum(s sum) ([]byte, error) { return json.Marshal(&s.Sum) }

func decodeSum(text []byte) (sum, error) {
	var s sum
	err := json.Unmarshal(text, &s.Sum)
	return s, err
}

// merge combines sketches: counts are whole numbers, so the order does not matter.
type merge struct{}

// CreateAccumulator returns an empty sum.
func (*merge) CreateAccumulator() sum { return sum{} }

// AddInput counts the sketches of a shard.
func (*merge) AddInput(s sum, text []byte) (sum, error) {
	p, err := part.Read("a part", bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return s, err
	}
	return s, s.Add(p)
}

// MergeAccumulators counts what two workers have.
func (*merge) MergeAccumulators(a, b sum) (sum, error) { return a, a.Merge(&b.Sum) }

// writeSum writes the whole.
type writeSum struct{ Path string }

// ProcessElement is called with the sum of all shards.
func (w *writeSum) ProcessElement(s sum) error {
	return (&outfile.Files{}).Write(w.Path, io.Discard, s.Write)
}
