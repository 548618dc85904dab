package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"weir/scenarios/output"
	"weir/scenarios/part"
	"weir/sim"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
)

// asProgram in the environment makes the tests' program the program itself; asWorker makes it a worker
// that a runner starts, and names the folder where workers leave their process ids.
const (
	asProgram = "WEIR_BEAM_RUNS"
	asWorker  = "WEIR_BEAM_WORKS"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(asWorker); folder != "" {
		work(folder)
		return
	}
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	ptest.MainWithDefault(m, "prism")
}

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

const rain = "day,mm\n0,3\n10,5\n20,1\n"

// pondJob writes the model and returns the arguments of run.
func pondJob(t *testing.T) (*job, string) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "model", "pond.toml")
	if err := os.MkdirAll(filepath.Join(folder, "model", "data"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{path: pond, filepath.Join(folder, "model", "data", "rain.csv"): rain} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &job{Runs: 3000, Shards: 7, Seed: 4, Keep: []string{"water", "drain"}}, path
}

// haveModel gives a job the model of pondJob, as run reads it.
func (j *job) haveModel(path string) {
	data := filepath.Join(filepath.Dir(path), "data", "rain.csv")
	j.Model, j.Files = path, map[string][]byte{path: []byte(pond), data: []byte(rain)}
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
	early.haveModel(path)
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
	if err := run(context.Background(), j, path, sketch, io.Discard); err != nil {
		t.Fatal(err)
	}
	isOneRun(t, j, sketch)
}

// isOneRun holds what a job wrote against the bytes of one run.
func isOneRun(t *testing.T, j *job, sketch string) {
	t.Helper()
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

// mender takes what a job says when it runs again, and mends its cause.
type mender struct {
	said bytes.Buffer
	mend func() error
}

// Write is called when an attempt has failed.
func (m *mender) Write(text []byte) (int, error) {
	m.said.Write(text)
	return len(text), m.mend()
}

// A worker cannot write its part, which fails the job; the next attempt can. Parts of the first
// attempt are not run again, and nothing is counted twice.
func TestFailedWorkerIsTriedAgain(t *testing.T) {
	j, path := pondJob(t)
	j.attempts, j.Parts = 2, filepath.Join(t.TempDir(), "rows")
	sketch := filepath.Join(t.TempDir(), "all.sketch")
	inTheWay := filepath.Join(j.Parts, "part-00003.parquet")
	if err := os.MkdirAll(inTheWay, 0o777); err != nil {
		t.Fatal(err)
	}
	log := &mender{mend: func() error { return os.Remove(inTheWay) }}
	if err := run(context.Background(), j, path, sketch, log); err != nil {
		t.Fatal(err)
	}
	if said := log.said.String(); strings.Count(said, "weir-beam: the job failed and runs again") != 1 {
		t.Errorf("said %q", said)
	}
	isOneRun(t, j, sketch)

	again, path := pondJob(t)
	again.attempts, again.Parts = 2, filepath.Join(t.TempDir(), "rows")
	if err := os.MkdirAll(filepath.Join(again.Parts, "part-00003.parquet"), 0o777); err != nil {
		t.Fatal(err)
	}
	log = &mender{mend: func() error { return nil }}
	if err := run(context.Background(), again, path, sketch, log); err == nil || strings.Count(log.said.String(), "\n") < 1 {
		t.Errorf("a job that fails twice: %v", err)
	}
}

// program returns the command that runs a job as a process.
func (j *job) program(ctx context.Context, path, sketch string, more ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], append([]string{"--model", path, "--runs", strconv.Itoa(j.Runs),
		"--shards", strconv.Itoa(j.Shards), "--seed", strconv.FormatUint(j.Seed, 10), "--keep", strings.Join(j.Keep, ","),
		"--parts", j.Parts, "--sketch", sketch}, more...)...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

// written returns how many parts of a job are there, whole.
func (j *job) written(t *testing.T) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(j.Parts, "*.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

// The program is killed after its first parts. Whoever started it starts it again, and the whole is
// that of one run.
func TestKilledProgramGoesOn(t *testing.T) {
	j, path := pondJob(t)
	j.Runs, j.Shards, j.Parts = 30_000, 24, filepath.Join(t.TempDir(), "rows")
	sketch := filepath.Join(t.TempDir(), "all.sketch")
	ctx, kill := context.WithCancel(context.Background())
	first := j.program(ctx, path, sketch)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	for j.written(t) < 2 {
		time.Sleep(time.Millisecond)
	}
	kill() // with a signal that no program can take
	if err := first.Wait(); err == nil {
		t.Fatal("the program was done before it was killed")
	}
	if n := j.written(t); n >= j.Shards {
		t.Fatalf("all %d parts were there when the program was killed", n)
	}
	if _, err := os.Stat(sketch); err == nil {
		t.Fatal("a program that was killed has written quantiles")
	}
	if out, err := j.program(context.Background(), path, sketch).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	j.haveModel(path)
	isOneRun(t, j, sketch)
}

// work is the worker, as the start-up program of a container would begin it: the runner names itself
// once, in --provision_endpoint, and the worker's id between quotes.
func work(folder string) {
	endpoint := ""
	for i, a := range os.Args {
		if id, ok := strings.CutPrefix(a, "--id="); ok {
			os.Args[i] = "--id=" + strings.Trim(id, "'")
		}
		if at, ok := strings.CutPrefix(a, "--provision_endpoint="); ok {
			endpoint, os.Args[i] = at, "--worker"
		}
	}
	os.Args = append(os.Args, "--control_endpoint="+endpoint, "--logging_endpoint="+endpoint)
	name := filepath.Join(folder, strconv.Itoa(os.Getpid()))
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		panic(err)
	}
	main()
}

// The worker is a process of its own that is killed at its work. Prism fails the job for it; weir-beam
// runs it again with a new worker, and the whole is that of one run.
func TestKilledWorkerIsReplaced(t *testing.T) {
	j, path := pondJob(t)
	j.Runs, j.Shards, j.Parts = 30_000, 24, filepath.Join(t.TempDir(), "rows")
	workers, sketch := t.TempDir(), filepath.Join(t.TempDir(), "all.sketch")
	config, err := json.Marshal(map[string]any{"command": os.Args[0], "env": map[string]string{asWorker: workers}})
	if err != nil {
		t.Fatal(err)
	}
	c := j.program(context.Background(), path, sketch, "--worker_binary", os.Args[0],
		"--environment_type", "PROCESS", "--environment_config", string(config))
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for j.written(t) < 2 {
		select {
		case err := <-ended:
			t.Fatalf("ended with %v before two parts were there:\n%s", err, &said)
		case <-time.After(time.Millisecond):
		}
	}
	first := processes(t, workers)
	if len(first) != 1 {
		t.Fatalf("%d workers have the first parts", len(first))
	}
	p, err := os.FindProcess(first[0])
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := j.written(t); n >= j.Shards {
		t.Fatalf("all %d parts were there when the worker was killed", n)
	}
	if err := <-ended; err != nil {
		t.Fatalf("%v\n%s", err, &said)
	}
	if n := strings.Count(said.String(), "weir-beam: the job failed and runs again"); n != 1 {
		t.Errorf("it ran again %d times:\n%s", n, &said)
	}
	if n := len(processes(t, workers)); n != 2 {
		t.Errorf("%d workers were started, want 2", n)
	}
	j.haveModel(path)
	isOneRun(t, j, sketch)
}

// processes returns the ids of the workers that were started.
func processes(t *testing.T, folder string) []int {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var ids []int
	for _, e := range entries {
		id, err := strconv.Atoi(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return ids
}

// A job that cannot be done is refused before it begins, with the cause and a way out, and writes nothing.
func TestRefused(t *testing.T) {
	_, path := pondJob(t)
	folder := t.TempDir()
	sketch, broken := filepath.Join(folder, "all.sketch"), filepath.Join(folder, "broken.toml")
	if err := os.WriteFile(broken, []byte(strings.Replace(pond, "water * share", "watr * share", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		job          job
		path, sketch string
		want         string
	}{
		{job{Runs: 9, Shards: 3}, "", sketch, "say --model FILE"},
		{job{Runs: 9, Shards: 3}, filepath.Join(folder, "none.toml"), sketch, "no such file"},
		{job{Runs: 9, Shards: 3}, broken, sketch, "broken.toml:19:13: error unknown-name"},
		{job{Runs: 9, Shards: 3}, path, "", "--parts FOLDER, or both"},
		{job{Runs: 9, Shards: 3}, path, filepath.Join(folder, "all.txt"), "ends in .sketch"},
		{job{Runs: 9, Shards: 3}, path, filepath.Join(folder, "none", "all.sketch"), "there is no folder"},
		{job{Runs: 2, Shards: 3}, path, sketch, "at least one run"},
		{job{Shards: 3}, path, sketch, "at least one run"},
		{job{Runs: 9, Shards: 0}, path, sketch, "at least one run"},
		{job{Runs: 9, Shards: 3, Keep: []string{"watr"}}, path, sketch, `no variable "watr"`},
		{job{Runs: 9, Shards: 3, Parts: broken}, path, sketch, "the folder cannot be made"},
	} {
		err := run(context.Background(), &c.job, c.path, c.sketch, io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v %s: %v, want %q", c.job.Runs, c.sketch, err, c.want)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

// A shard that is counted already is an error, also after a sum was on its way between workers, and a
// sum that lacks one says which.
func TestNoShardIsCountedTwice(t *testing.T) {
	j, path := pondJob(t)
	j.haveModel(path)
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
