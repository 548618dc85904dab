package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/scenarios/output"
	"weir/scenarios/part"
	"weir/sim"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
)

func TestMain(m *testing.M) { ptest.MainWithDefault(m, "prism") }

// The model reads data.
const pond = `name = "Pond"
[time]
start = 0
stop = 20
step = 0.5
save = 1
unit = "day"
[data.rain]
file = "data/rain.csv"
time = "day"
value = "mm"
[stock.water]
initial = 100
inflow = ["coming"]
outflow = ["drain"]
[flow.coming]
equation = "rain * area"
[flow.drain]
equation = "water * share"
[constant.area]
value = 2
range = [1, 4]
[constant.share]
value = 0.1
range = [0.05, 0.3]
`

// pondJob writes the model and returns the arguments of run.
func pondJob(t *testing.T) (*job, string) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "model", "pond.toml")
	if err := os.MkdirAll(filepath.Join(folder, "model", "data"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{path: pond, filepath.Join(folder, "model", "data", "rain.csv"): "day,mm\n0,3\n10,5\n20,1\n"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &job{Runs: 3000, Shards: 7, Seed: 4, Keep: []string{"water", "drain"}}, path
}

// once returns the rows and the sketches that one run writes.
func once(t *testing.T, j *job) (rows, sketches []byte) {
	t.Helper()
	p, err := j.plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if _, err := output.WriteEnsemble(context.Background(), &a, p, "parquet", version, silent); err != nil {
		t.Fatal(err)
	}
	whole := part.Job{Plan: p, Shard: part.Shard{Index: 1, Of: 1}, Format: "sketch", Version: version}
	if _, err := whole.Write(context.Background(), &b, nil, silent); err != nil {
		t.Fatal(err)
	}
	return a.Bytes(), b.Bytes()
}

// The pipeline on Prism gives the sketches of one run, and parts that merge to its rows. A worker that
// was lost has left half a part, and one that was slow a whole one: both are counted once.
func TestPipelineIsOneRun(t *testing.T) {
	j, path := pondJob(t)
	j.Parts = filepath.Join(t.TempDir(), "rows")
	sketch := filepath.Join(t.TempDir(), "all.sketch")
	// What earlier attempts left.
	early, _ := pondJob(t)
	early.Model, early.Files = path, map[string][]byte{path: []byte(pond), filepath.Join(filepath.Dir(path), "data", "rain.csv"): []byte("day,mm\n0,3\n10,5\n20,1\n")}
	p, err := early.plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	w := worker{Job: *early, plan: p}
	if err := os.MkdirAll(j.Parts, 0o777); err != nil {
		t.Fatal(err)
	}
	for shard, blocks := range map[int]int{2: 1, 5: 99} {
		ctx, stop := context.WithCancel(context.Background())
		var out bytes.Buffer
		h, err := w.part(shard, "parquet").Write(ctx, &out, nil, func(int) func(sim.Progress) {
			if blocks--; blocks < 0 {
				stop()
			}
			return nil
		})
		stop()
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(j.Parts, map[int]string{2: "part-00002.parquet.partial", 5: "part-00005.parquet"}[shard])
		if h.Complete() != (shard == 5) || h.Tally.Members == 0 {
			t.Fatalf("shard %d has %d runs", shard, h.Tally.Members)
		}
		if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(context.Background(), j, path, sketch); err != nil {
		t.Fatal(err)
	}
	rows, sketches := once(t, j)
	if got, err := os.ReadFile(sketch); err != nil || !bytes.Equal(got, sketches) {
		t.Errorf("the sketches have %d bytes (%v), not the %d of one run", len(got), err, len(sketches))
	}
	paths, err := filepath.Glob(filepath.Join(j.Parts, "*.parquet"))
	if err != nil || len(paths) != j.Shards {
		t.Fatalf("%d parts, %v", len(paths), err)
	}
	var parts []*part.Part
	for _, path := range paths {
		p, err := part.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		parts = append(parts, p)
	}
	whole, err := part.Merge(parts)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := whole.Write(&out, "parquet"); err != nil || !bytes.Equal(out.Bytes(), rows) {
		t.Errorf("the rows have %d bytes (%v), not the %d of one run", out.Len(), err, len(rows))
	}
}

// A shard that is counted already is an error, also after a sum was on its way between workers, and a
// sum that lacks one says which.
func TestNoShardIsCountedTwice(t *testing.T) {
	j, path := pondJob(t)
	j.Model, j.Files = path, map[string][]byte{path: []byte(pond), filepath.Join(filepath.Dir(path), "data", "rain.csv"): []byte("day,mm\n0,3\n10,5\n20,1\n")}
	p, err := j.plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	w := worker{Job: *j, plan: p}
	m := &merge{}
	var sums []sum
	var first []byte
	for shard := 1; shard < j.Shards; shard++ {
		var out bytes.Buffer
		if _, err := w.part(shard, "sketch").Write(context.Background(), &out, nil, silent); err != nil {
			t.Fatal(err)
		}
		if shard == 1 {
			first = out.Bytes()
		}
		s, err := m.AddInput(m.CreateAccumulator(), out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		text, err := encodeSum(s)
		if err == nil {
			s, err = decodeSum(text)
		}
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, s)
	}
	all := m.CreateAccumulator()
	for _, s := range sums {
		if all, err = m.MergeAccumulators(all, s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := m.AddInput(all, first); err == nil || !strings.Contains(err.Error(), "shard 1/7 is there already") {
		t.Errorf("a shard is counted twice: %v", err)
	}
	if err := all.Write(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "of 7 shards one is missing: 7/7") {
		t.Errorf("a sum without a shard: %v", err)
	}
	if text, err := json.Marshal(&part.Sum{}); err != nil || string(text) != "{}" {
		t.Errorf("an empty sum is %s, %v", text, err)
	}
}
