package items_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"weir/model"
	"weir/model/format"
	"weir/scenarios"
	"weir/scenarios/calibrate"
	"weir/scenarios/divide"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/scenarios/part"
	"weir/scenarios/part/items"
	"weir/scenarios/sensitivity"
)

// pulls is a model with two uncertain constants, ten decisions, chance, and a record to be fitted to.
// In a few futures a run with the first decision breaks down.
const pulls = `today = 0
[time]
start = 0
stop = 10
step = 1
unit = "year"
[stock.wealth]
initial = 10
inflow = ["gain"]
[flow.gain]
equation = "(luck * wealth * 0.1 + sum(pull[*]) + noise) / (if luck > 0.97 and pull[a] > 0 then 0 else 1)"
[aux.noise]
equation = "0.2 * uniform(-1, 1)"
[flow.spending]
equation = "sum(pull[*]) * 2"
[stock.purse]
initial = 0
inflow = ["spending"]
[dimension.who]
elements = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
[constant.luck]
value = 0.5
range = [0, 1]
[constant.idle]
value = 0.5
range = [0, 1]
[decision.pull]
over = ["who"]
value = 0
`

// fitted is a model of growth with its record.
const fitted = `[time]
start = 0
stop = 10
step = 0.5
unit = "year"
[stock.x]
initial = 10
inflow = ["growing"]
[flow.growing]
equation = "x * rate"
[constant.rate]
value = 0.1
range = [0, 0.5]
[data.seen]
file = "seen.csv"
time = "t"
value = "x"
[calibration.fit.x]
variable = "x"
data = "seen"
`

// An analysis returns the text of its result; d divides it.
type analysis func(ctx context.Context, d divide.Divider) ([]byte, error)

// set writes the set and returns it.
func set(t *testing.T) *scenarios.Set {
	t.Helper()
	text := "model = \"model.toml\"\n[outcome.wealth]\nvariable = \"wealth\"\nbetter = \"higher\"\n" +
		"[outcome.cost]\nvariable = \"spending\"\ncost = true\ndiscount = 0.03\n[uncertainty]\nruns = 20\n"
	for _, who := range "abcdefghij" {
		text += fmt.Sprintf("[intervention.%c.change.'pull[%c]']\nto = 1\n", who, who)
	}
	folder := t.TempDir()
	for name, content := range map[string]string{"model.toml": pulls, "set.toml": text + "[scenario.two]\ninterventions = [\"a\", \"b\"]\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, list := open.Set(format.Open(filepath.Join(folder, "set.toml")))
	if list.HasErrors() {
		t.Fatal(list)
	}
	return s
}

// asked returns the analysis of a question of a set.
func asked(s *scenarios.Set, q sensitivity.Question) analysis {
	return func(ctx context.Context, d divide.Divider) ([]byte, error) {
		q.Divide = d
		r, err := sensitivity.Of(ctx, s, q, scenarios.Options{})
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		err = output.WriteSensitivity(&out, r, "json", 80)
		return out.Bytes(), err
	}
}

// combined returns the analysis of all combinations of a set.
func combined(s *scenarios.Set) analysis {
	return func(ctx context.Context, d divide.Divider) ([]byte, error) {
		b, err := scenarios.RunBundles(ctx, s, scenarios.BundleOptions{Divide: d})
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		err = output.WriteBundles(&out, b, "json", 80)
		return out.Bytes(), err
	}
}

// sampled returns the analysis of a posterior.
func sampled(t *testing.T, samplers int) analysis {
	t.Helper()
	folder := t.TempDir()
	for name, content := range map[string]string{"model.toml": fitted, "seen.csv": "t,x\n1,11.4\n2,12.3\n4,15.8\n6,18.9\n8,24.3\n10,28.8\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, _, list := open.Model(format.Open(filepath.Join(folder, "model.toml")), model.ImportOptions{}, true)
	if list.HasErrors() {
		t.Fatal(list)
	}
	return func(ctx context.Context, d divide.Divider) ([]byte, error) {
		o := calibrate.Options{Draws: 100, Samplers: samplers, Divide: d}
		r, err := calibrate.Run(ctx, m, o)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		output.WriteCalibration(&out, r, 80)
		err = calibrate.WritePosterior(&out, r, calibrate.Stamp{Version: "v", Date: "2026-12-01"})
		return out.Bytes(), err
	}
}

// Every command that is divided, in as many as 64 parts, of which some are stopped in the middle and
// gone on from and some are there twice, in three orders, writes the bytes of one process.
func TestCommandsInPartsAreTheWhole(t *testing.T) {
	s := set(t)
	for name, c := range map[string]struct {
		analysis analysis
		of       int
	}{
		"sobol":     {asked(s, sensitivity.Question{Method: sensitivity.Sobol, Runs: 4096}), 64},
		"over time": {asked(s, sensitivity.Question{Runs: 64, OverTime: true, Scenario: "two"}), 64},
		"morris":    {asked(s, sensitivity.Question{Method: sensitivity.Morris, Runs: 100}), 64},
		"tornado":   {asked(s, sensitivity.Question{Method: sensitivity.Tornado}), 2},
		"bundles":   {combined(s), 64},
		"bundles 9": {combined(s), 9}, // of several blocks each
		"sobol 3":   {asked(s, sensitivity.Question{Runs: 4096}), 3},
		"calibrate": {sampled(t, 6), 2},
	} {
		t.Run(name, func(t *testing.T) { inParts(t, c.analysis, c.of) })
	}
}

// inParts holds an analysis in so many parts against the same in one process.
func inParts(t *testing.T, a analysis, of int) {
	want, err := a(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var paths []string
	resumed := 0
	for i := range of {
		path := filepath.Join(folder, fmt.Sprint(i, ".parquet"))
		j := items.Job{Task: task(nil), Shard: part.Shard{Index: i + 1, Of: of}}
		if i%3 == 1 && of < 64 || i%5 == 2 {
			resumed += stopped(t, a, j, path, i%4)
		}
		finish(t, a, j, path)
		if paths = append(paths, path); i%9 == 4 { // made again by another worker
			twice := filepath.Join(folder, fmt.Sprint(i, "-again.parquet"))
			finish(t, a, j, twice)
			paths = append(paths, twice)
		}
	}
	if resumed == 0 {
		t.Error("no part went on from items of an earlier attempt")
	}
	for order := range uint64(3) {
		r := rand.New(rand.NewPCG(order, 1))
		r.Shuffle(len(paths), func(a, b int) { paths[a], paths[b] = paths[b], paths[a] })
		w, err := merge(t, paths)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := a(t.Context(), w); err != nil || !bytes.Equal(got, want) {
			t.Errorf("order %d: %v, %d bytes, not the %d of one process", order, err, len(got), len(want))
		}
	}
}

// A stopper divides work into blocks of about a fourth of a part, and stops it in one of them.
type stopper struct {
	divide.Divider
	of     int // parts
	blocks int // that are done
	stop   func()
}

// Rows stops the work after so many blocks.
func (s *stopper) Rows(ctx context.Context, w divide.Work, row divide.Row) error {
	w.Block = max(1, w.Items/s.of/4)
	do, begun := w.Do, 0
	w.Do = func(ctx context.Context, first, end int, row divide.Row) error {
		if begun++; begun > s.blocks {
			s.stop()
		}
		return do(ctx, first, end, row)
	}
	return s.Divider.Rows(ctx, w, row)
}

// stopped runs a part until it has so many blocks, and keeps those; it returns 1 if there are any.
func stopped(t *testing.T, a analysis, j items.Job, path string, blocks int) int {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var out bytes.Buffer
	h, err := j.Write(ctx, &out, nil, func(d divide.Divider) error {
		_, err := a(ctx, &stopper{d, j.Shard.Of, blocks, stop})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if h.Complete() {
		t.Fatalf("shard %s was not stopped", j.Shard)
	}
	if err := os.WriteFile(path+".partial", out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return min(1, h.Done)
}

// finish makes a part, from what is left of an earlier attempt.
func finish(t *testing.T, a analysis, j items.Job, path string) {
	t.Helper()
	earlier, err := j.Found(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	h, err := j.Write(t.Context(), &out, earlier, func(d divide.Divider) error {
		_, err := a(t.Context(), d)
		return err
	})
	if err != nil || !h.Complete() {
		t.Fatal(err)
	}
	if earlier != nil {
		earlier.Close()
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
