package part_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/scenarios/ensemble"
	"weir/scenarios/output"
	"weir/scenarios/part"
	"weir/scenarios/uncertainty"
	"weir/sim"
	"weir/sim/sampling"
)

// Pupils that grow at a drawn rate; above a rate of 0.19 a run breaks down in year 5.
const growth = `name = "Growth, \"quoted\""
[time]
start = 0
stop = 10
step = 0.5
save = 1
unit = "year"
[stock.pupils]
initial = 100
inflow = ["growing"]
[flow.growing]
equation = "pupils * rate / (if rate > 0.19 and time > 5 then 0 else 1)"
[constant.rate]
value = 0.1
range = [0, 0.2]
[constant.size]
value = 0.1
range = [0, 0.2]
`

// plan plans so many runs of the model with a seed.
func plan(t testing.TB, runs int, seed uint64) *ensemble.Plan {
	t.Helper()
	m, list := model.Parse("growth.toml", []byte(growth), os.DirFS("."))
	if m == nil {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	program, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	u := uncertainty.Futures{Runs: runs, Method: sampling.Sobol, Seed: seed}
	p, err := ensemble.New(context.Background(), m, r, program, sim.Settings{Seed: seed}, u)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Keep([]string{"pupils", "growing", "size"}); err != nil {
		t.Fatal(err)
	}
	return p
}

func nobody(int) func(sim.Progress) { return nil }

// write makes a part, from what is left of an earlier attempt, and returns its head.
func write(t testing.TB, ctx context.Context, j part.Job, path string, progress part.Progress) *part.Head {
	t.Helper()
	earlier, err := j.Found(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	h, err := j.Write(ctx, &out, earlier, progress)
	if err != nil {
		t.Fatal(err)
	}
	if earlier != nil {
		earlier.Close()
	}
	if !h.Complete() {
		path += ".partial"
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return h
}

// open opens parts, which the test closes.
func open(t testing.TB, paths []string) []*part.Part {
	t.Helper()
	var parts []*part.Part
	for _, path := range paths {
		p, err := part.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(p.Close)
		parts = append(parts, p)
	}
	return parts
}

// merged returns the bytes of parts put together.
func merged(t testing.TB, format string, paths []string) []byte {
	t.Helper()
	whole, err := part.Merge(open(t, paths))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := whole.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// once returns the bytes that one run writes.
func once(t testing.TB, format string, runs int) []byte {
	t.Helper()
	var out bytes.Buffer
	p := plan(t, runs, 7)
	if format == "sketch" {
		j := part.Job{Plan: p, Shard: part.Shard{Index: 1, Of: 1}, Format: format, Version: "v"}
		if _, err := j.Write(context.Background(), &out, nil, nobody); err != nil {
			t.Fatal(err)
		}
	} else if _, err := output.WriteEnsemble(context.Background(), &out, p, format, "v", nobody); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// 64 parts, some made twice and some stopped half-way and gone on from, in three orders, are the
// bytes of one run, in every format. A twentieth of the runs breaks down.
func TestPartsAreTheWhole(t *testing.T) {
	const runs, of = 40000, 64
	for _, format := range part.Formats {
		folder := t.TempDir()
		var paths []string
		for i := range of {
			j := part.Job{Plan: plan(t, runs, 7), Shard: part.Shard{Index: i + 1, Of: of}, Format: format, Version: "v"}
			path := filepath.Join(folder, fmt.Sprintf("%d.%s", i, format))
			paths = append(paths, path)
			if i%7 == 3 { // stopped at once, or after a block or two
				ctx, stop := context.WithCancel(context.Background())
				begun := 0
				h := write(t, ctx, j, path, func(int) func(sim.Progress) {
					if begun++; begun > i%3 {
						stop()
					}
					return nil
				})
				if h.Complete() || h.Tally.Members != 256*(i%3) {
					t.Fatalf("a part stopped in block %d has %d members", i%3, h.Tally.Members)
				}
			}
			if h := write(t, context.Background(), j, path, nobody); !h.Complete() {
				t.Fatal("a part is not complete")
			}
			if i%9 == 0 {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
				write(t, context.Background(), j, path, nobody)
			}
		}
		forms := map[string][]string{"parquet": {"parquet", "csv"}, "sketch": {"sketch"}}[format]
		for _, form := range forms {
			want := once(t, form, runs)
			for seed := range uint64(3) {
				r := rand.New(rand.NewPCG(seed, 1))
				r.Shuffle(len(paths), func(a, b int) { paths[a], paths[b] = paths[b], paths[a] })
				twice := append(slices.Clone(paths), paths[seed], paths[40]) // a part that is there twice counts once
				if got := merged(t, form, twice); !bytes.Equal(got, want) {
					t.Errorf("%s of %s parts: %d bytes, not those of one run, which are %d", form, format, len(got), len(want))
				}
			}
		}
	}
}

// The shards of any number of runs are disjoint and together all of them.
func TestShardsCoverTheRuns(t *testing.T) {
	for _, c := range [][2]int{{1, 1}, {7, 7}, {1000, 3}, {1 << 30, 65536}, {1<<30 - 1, 12345}} {
		end, most, least := 0, 0, c[0]
		for i := 1; i <= c[1]; i++ {
			m := part.Shard{Index: i, Of: c[1]}.Members(c[0])
			if m.First != end {
				t.Fatalf("%v: shard %d begins at %d, want %d", c, i, m.First, end)
			}
			end = m.End
			most, least = max(most, m.End-m.First), min(least, m.End-m.First)
		}
		if end != c[0] || most-least > 1 || least < 1 {
			t.Errorf("%v: the shards end at %d and have %d to %d members", c, end, least, most)
		}
	}
	for _, wrong := range []string{"", "3", "0/4", "5/4", "-1/4", "1/0", "1/2/3", "a/b", "1/99999999999999999999"} {
		if s, err := part.ParseShard(wrong, os.LookupEnv); err == nil {
			t.Errorf("%q is shard %v", wrong, s)
		}
	}
	env := func(name string) (string, bool) {
		return map[string]string{"INDEX": "7", "WORD": "a"}[name], name != "NONE"
	}
	if s, err := part.ParseShard("INDEX/8", env); err != nil || s != (part.Shard{Index: 8, Of: 8}) {
		t.Errorf("index 7 of 8 is shard %v, %v", s, err)
	}
	for _, wrong := range []string{"INDEX/7", "WORD/8", "NONE/8"} {
		if s, err := part.ParseShard(wrong, env); err == nil {
			t.Errorf("%q is shard %v", wrong, s)
		}
	}
}

// parts makes so many parts of 300 runs, and returns their files.
func parts(t testing.TB, of int, format string, seed uint64, version string) []string {
	t.Helper()
	folder := t.TempDir()
	var paths []string
	for i := range of {
		path := filepath.Join(folder, fmt.Sprintf("%d.%s", i+1, format))
		write(t, context.Background(), part.Job{Plan: plan(t, 300, seed), Shard: part.Shard{Index: i + 1, Of: of}, Format: format, Version: version}, path, nobody)
		paths = append(paths, path)
	}
	return paths
}

// repacked returns a copy of a part that is as good and has other bytes: a note of it, or of the gzip
// around it, has a letter more or less.
func repacked(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(text, []byte("weir v"), []byte("weir w"), 1) // who created a Parquet file
	if text[0] == 0x1f {
		changed = slices.Clone(text)
		changed[9] ^= 1 // the system on which gzip ran
	}
	if bytes.Equal(changed, text) {
		t.Fatal("nothing is changed")
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	return other
}

// Parts that are not of one ensemble, missing, twice or incomplete are refused, and each error says
// which and what is different.
func TestPartsThatDoNotBelongTogether(t *testing.T) {
	for _, format := range part.Formats {
		three, four := parts(t, 3, format, 7, "v"), parts(t, 4, format, 7, "v")
		seed, version := parts(t, 3, format, 8, "v"), parts(t, 3, format, 7, "w")
		partial := filepath.Join(t.TempDir(), "part")
		stopped, stop := context.WithCancel(context.Background())
		stop()
		write(t, stopped, part.Job{Plan: plan(t, 300, 7), Shard: part.Shard{Index: 2, Of: 3}, Format: format, Version: "v"}, partial, nobody)
		other := repacked(t, three[1])
		for _, c := range []struct {
			paths []string
			want  string
		}{
			{nil, "there are no parts"},
			{three[:2], "of 3 shards one is missing: 3/3; run weir run … --shard 3/3 with the flags of the others"},
			{three[1:2], "of 3 shards 2 are missing: 1/3, 3/3; run weir run … --shard 1/3"},
			{[]string{three[0], three[1], three[2], other}, "are both shard 2/3, with other bytes: leave one of them out"},
			{[]string{three[0], three[1], four[2]}, "it has 4 shards, not 3"},
			{[]string{three[0], seed[1], three[2]}, "it has seed \"8\", not \"7\""},
			{[]string{three[0], three[1], version[2]}, "it has version \"w\", not \"v\""},
			{[]string{three[0], partial + ".partial", three[2]}, "is incomplete: 0 of the 100 runs of shard 2/3"},
		} {
			_, err := part.Merge(open(t, c.paths))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want … %s …", format, err, c.want)
			}
		}
		j := part.Job{Plan: plan(t, 300, 7), Shard: part.Shard{Index: 2, Of: 4}, Format: format, Version: "v"}
		if _, err := j.Found(three[1]); err == nil || !strings.Contains(err.Error(), "3 shards, not 4; remove it, or name another file") {
			t.Errorf("another number of shards is found with %v", err)
		}
	}
	mixed := append(parts(t, 2, "parquet", 7, "v")[:1], parts(t, 2, "sketch", 7, "v")[1:]...)
	if _, err := part.Merge(open(t, mixed)); err == nil {
		t.Error("rows and sketches are merged")
	}
}

// A part that is cut anywhere, or has a byte changed in its frame, is refused when it is opened or
// merged; none is merged as if it were whole.
func TestPartsThatAreCut(t *testing.T) {
	for _, format := range part.Formats {
		paths := parts(t, 2, format, 7, "v")
		text, err := os.ReadFile(paths[1])
		if err != nil {
			t.Fatal(err)
		}
		want := merged(t, format, paths)
		cut := filepath.Join(t.TempDir(), "cut")
		for n := 0; n < len(text); n += max(1, len(text)/97) {
			if err := os.WriteFile(cut, text[:n], 0o644); err != nil {
				t.Fatal(err)
			}
			if p, err := part.Open(cut); err == nil {
				p.Close()
				t.Errorf("%s: %d of %d bytes are a part", format, n, len(text))
			} else if !strings.HasPrefix(err.Error(), cut+": ") {
				t.Errorf("the error does not name the file: %v", err)
			}
		}
		for n := range 97 {
			changed := slices.Clone(text)
			changed[n*(len(text)-1)/96] ^= 0x40
			if err := os.WriteFile(cut, changed, 0o644); err != nil {
				t.Fatal(err)
			}
			tryMerge(t, format, []string{paths[0], cut}, want)
		}
	}
}

// tryMerge merges parts of which one may be damaged: an error, or the bytes of the sound ones.
func tryMerge(t *testing.T, format string, paths []string, want []byte) {
	t.Helper()
	var all []*part.Part
	for _, path := range paths {
		p, err := part.Open(path)
		if err != nil {
			return
		}
		defer p.Close()
		all = append(all, p)
	}
	whole, err := part.Merge(all)
	if err != nil {
		return
	}
	var out bytes.Buffer
	if err := whole.Write(&out, format); err == nil && !bytes.Equal(out.Bytes(), want) {
		t.Errorf("%s: a damaged part is merged", format)
	}
}
