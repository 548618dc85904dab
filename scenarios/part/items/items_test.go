package items_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"weir/scenarios/divide"
	"weir/scenarios/part"
	"weir/scenarios/part/items"
)

// work returns so many items. Item i has 1 + i%3 rows of two numbers, which a generator draws that
// is seeded by the number of the item; some are NaN, infinite or negative zero.
func work(n int) divide.Work {
	return divide.Work{Items: n, Unit: "point", Columns: []string{"a", "b"}, Block: 5,
		Do: func(ctx context.Context, first, end int, row divide.Row) error {
			for i := first; i < end; i++ {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				r := rand.New(rand.NewPCG(uint64(i), 1))
				for range 1 + i%3 {
					x := []float64{r.NormFloat64(), []float64{math.NaN(), math.Inf(1), math.Copysign(0, -1), r.Float64()}[r.IntN(4)]}
					if err := row(i, x); err != nil {
						return err
					}
				}
			}
			return nil
		}}
}

// listed returns an analysis of work that lists its rows, and the text that they go to.
func listed(ctx context.Context, w divide.Work) (analyse func(divide.Divider) error, text *bytes.Buffer) {
	text = &bytes.Buffer{}
	return func(d divide.Divider) error {
		return divide.Rows(ctx, d, w, func(item int, x []float64) error {
			_, err := fmt.Fprintf(text, "%d %x %x\n", item, math.Float64bits(x[0]), math.Float64bits(x[1]))
			return err
		})
	}, text
}

// once returns the rows of one process.
func once(t *testing.T, n int) string {
	t.Helper()
	analyse, text := listed(t.Context(), work(n))
	if err := analyse(nil); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// task returns a task, with some of it changed.
func task(change func(*items.Task)) items.Task {
	x := items.NewTask("sensitivity", []string{"--seed", "3"}, "a/set.toml", "v", map[string][]byte{"a/set.toml": []byte("set"), "a/b/data.csv": []byte("1")})
	if change != nil {
		change(&x)
	}
	return x
}

// write makes a part at a path, from what an earlier attempt left there, and returns its head.
func write(t *testing.T, ctx context.Context, j items.Job, path string, w divide.Work) *items.Head {
	t.Helper()
	earlier, err := j.Found(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	analyse, _ := listed(ctx, w)
	h, err := j.Write(ctx, &out, earlier, analyse)
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

// parts makes all parts of so many items, and returns their files.
func parts(t *testing.T, n, of int, what items.Task) []string {
	t.Helper()
	folder := t.TempDir()
	var paths []string
	for i := range of {
		paths = append(paths, filepath.Join(folder, fmt.Sprintf("%d.parquet", i+1)))
		write(t, t.Context(), items.Job{Task: what, Shard: part.Shard{Index: i + 1, Of: of}}, paths[i], work(n))
	}
	return paths
}

// merge opens parts and puts them together.
func merge(t *testing.T, paths []string) (*items.Whole, error) {
	t.Helper()
	var list []*items.Part
	for _, path := range paths {
		p, err := items.Open(path)
		if err != nil {
			return nil, err
		}
		t.Cleanup(p.Close)
		list = append(list, p)
	}
	return items.Merge(list)
}

// merged returns the rows that parts give.
func merged(t *testing.T, n int, paths []string) (string, error) {
	t.Helper()
	w, err := merge(t, paths)
	if err != nil {
		return "", err
	}
	analyse, text := listed(t.Context(), work(n))
	err = analyse(w)
	return text.String(), err
}

// 64 parts, some of them stopped and gone on from, some there twice, in three orders, give the rows
// of one process; a part that was stopped has the bytes of one that was not.
func TestPartsAreTheWhole(t *testing.T) {
	const n, of = 1000, 64
	paths := parts(t, n, of, task(nil))
	again := t.TempDir()
	for i := 3; i < of; i += 7 {
		path := filepath.Join(again, fmt.Sprint(i))
		j := items.Job{Task: task(nil), Shard: part.Shard{Index: i + 1, Of: of}}
		ctx, stop := context.WithCancel(t.Context())
		w, begun := work(n), 0
		do := w.Do
		w.Do = func(ctx context.Context, first, end int, row divide.Row) error {
			if begun++; begun > i%3 {
				stop()
			}
			return do(ctx, first, end, row)
		}
		if h := write(t, ctx, j, path, w); h.Complete() || h.Done != 5*(i%3) {
			t.Fatalf("a part that was stopped in block %d has %d items", i%3, h.Done)
		}
		if h := write(t, t.Context(), j, path, work(n)); !h.Complete() {
			t.Fatal("a part that was gone on from is not complete")
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := os.ReadFile(paths[i]); err != nil || !bytes.Equal(got, want) {
			t.Errorf("shard %d has other bytes after it was stopped", i+1)
		}
		paths = append(paths, path)
	}
	want := once(t, n)
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(paths), func(a, b int) { paths[a], paths[b] = paths[b], paths[a] })
		if got, err := merged(t, n, paths); got != want || err != nil {
			t.Errorf("order %d: %v, %d bytes of rows, not %d", seed, err, len(got), len(want))
		}
	}
}

// Parts that are of another task, missing, incomplete or twice with other numbers are refused, and
// the error says which and how they differ.
func TestPartsThatDoNotBelongTogether(t *testing.T) {
	good := parts(t, 30, 3, task(nil))
	one := func(n, of int, change func(*items.Task)) string { return parts(t, n, of, task(change))[1] }
	stopped, stop := context.WithCancel(t.Context())
	stop()
	partial := filepath.Join(t.TempDir(), "part")
	write(t, stopped, items.Job{Task: task(nil), Shard: part.Shard{Index: 2, Of: 3}}, partial, work(30))
	other := work(30) // the same items with other numbers, as a broken machine would make
	do := other.Do
	other.Do = func(ctx context.Context, first, end int, row divide.Row) error {
		return do(ctx, first, end, func(item int, x []float64) error { return row(item, []float64{x[0], 1}) })
	}
	doubled := filepath.Join(t.TempDir(), "part")
	write(t, t.Context(), items.Job{Task: task(nil), Shard: part.Shard{Index: 2, Of: 3}}, doubled, other)
	for _, c := range []struct {
		paths []string
		want  string
	}{
		{nil, "there are no parts"},
		{good[:2], "of 3 shards one is missing: 3/3; run weir sensitivity … --shard 3/3 with the flags of the others"},
		{good[1:2], "of 3 shards 2 are missing: 1/3, 3/3; run"},
		{append(slices.Clone(good), doubled), "are both shard 2/3, with other numbers: run that shard again"},
		{[]string{good[0], partial + ".partial", good[2]}, "is incomplete, with 0 of the 10 points of shard 2/3; run its command again"},
		{[]string{good[0], one(30, 4, nil), good[2]}, "it has 4 shards, not 3"},
		{[]string{good[0], one(33, 3, nil), good[2]}, "it has 33 points, not 30"},
		{[]string{good[0], one(30, 3, func(x *items.Task) { x.Version = "w" })}, "it has version \"w\", not \"v\""},
		{[]string{good[0], one(30, 3, func(x *items.Task) { x.Command = "bundles" })}, "it has numbers of weir bundles, not of weir sensitivity"},
		{[]string{good[0], one(30, 3, func(x *items.Task) { x.Flags = nil })}, "it has the flags none, not --seed 3"},
		{[]string{good[0], one(30, 3, func(x *items.Task) { x.Files["b/data.csv"] = "0" })}, "it has another text of b/data.csv"},
		{[]string{good[0], one(30, 3, func(x *items.Task) { delete(x.Files, "b/data.csv") })}, "it has no file b/data.csv"},
	} {
		if _, err := merge(t, c.paths); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want … %s …", err, c.want)
		}
	}
	// A model that was changed after the parts were made, and work that has another size now.
	w, err := merge(t, good)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Check(task(func(x *items.Task) { x.Files["set.toml"] = "0" })); err == nil || !strings.Contains(err.Error(), "another text of set.toml") {
		t.Errorf("a changed set: %v", err)
	}
	if err := w.Check(task(func(x *items.Task) { x.File = "elsewhere/set.toml" })); err != nil {
		t.Errorf("a set that lies elsewhere: %v", err)
	}
	analyse, _ := listed(t.Context(), work(31))
	if err := analyse(w); err == nil {
		t.Error("31 points take the numbers of 30")
	}
}

// Nothing is written over: neither another part, nor any other file.
func TestFoundIsNotWrittenOver(t *testing.T) {
	good := parts(t, 30, 3, task(nil))
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("a diary"), 0o644); err != nil {
		t.Fatal(err)
	}
	second := part.Shard{Index: 2, Of: 3}
	for _, c := range []struct {
		job  items.Job
		path string
		want string
	}{
		{items.Job{Task: task(nil), Shard: second}, good[0], "shard 1/3, not 2/3; remove it, or name another file"},
		{items.Job{Task: task(nil), Shard: part.Shard{Index: 2, Of: 4}}, good[1], "shard 2/3, not 2/4"},
		{items.Job{Task: task(func(x *items.Task) { x.Flags = nil }), Shard: second}, good[1], "the flags --seed 3, not none"},
		{items.Job{Task: task(nil), Shard: second}, text, "remove it, or name another file"},
	} {
		if _, err := c.job.Found(c.path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want … %s …", err, c.want)
		}
	}
}

// A part that is cut anywhere is none, and with any byte changed it is none or has the same rows.
func TestPartsThatAreDamaged(t *testing.T) {
	const n = 30
	paths, want := parts(t, n, 2, task(nil)), once(t, n)
	text, err := os.ReadFile(paths[1])
	if err != nil {
		t.Fatal(err)
	}
	bad, refused := filepath.Join(t.TempDir(), "bad"), 0
	try := func(b []byte) error {
		if err := os.WriteFile(bad, b, 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := merged(t, n, []string{paths[0], bad})
		if err == nil && got != want {
			t.Error("a damaged part is merged")
		}
		return err
	}
	for k := range text {
		if try(text[:k]) == nil {
			t.Errorf("%d of %d bytes are a part", k, len(text))
		}
		changed := slices.Clone(text)
		changed[k] ^= 1 << (k % 8)
		if try(changed) != nil {
			refused++
		}
	}
	t.Logf("of %d changed bytes %d are refused; the others change nothing that is read", len(text), refused)
	if refused < len(text)/2 {
		t.Errorf("of %d changed bytes only %d are refused", len(text), refused)
	}
}

// A disk that is full, and more parts than items, are errors.
func TestPartsThatCannotBeWritten(t *testing.T) {
	j := items.Job{Task: task(nil), Shard: part.Shard{Index: 1, Of: 2}}
	analyse, _ := listed(t.Context(), work(30))
	if _, err := j.Write(t.Context(), full{}, nil, analyse); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("on a full disk: %v", err)
	}
	analyse, _ = listed(t.Context(), work(1))
	var usage items.Usage
	if _, err := j.Write(t.Context(), &bytes.Buffer{}, nil, analyse); !errors.As(err, &usage) {
		t.Errorf("two parts of one item: %v", err)
	}
	if _, err := j.Write(t.Context(), &bytes.Buffer{}, nil, func(divide.Divider) error { return nil }); err == nil {
		t.Error("work that divides nothing makes a part")
	}
}

// full is a disk that takes a little.
type full struct{}

func (full) Write(b []byte) (int, error) { return 0, syscall.ENOSPC }
