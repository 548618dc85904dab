package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// A workload is runs of a model.
type workload struct {
	name, model string
	runs        int
}

// A pace is the time of all parts with so many processes at once, in seconds.
type pace struct {
	processes int
	wall      float64
	processor float64 // of all processes together
}

// figures are those of a workload in one format, as measured. Times are seconds of one processor,
// user and system, of the process that did it.
type figures struct {
	workload
	format              string
	by                  []pace
	start               float64 // of a part of a single run
	far                 float64 // of as many runs as a part has, far inside 10^9
	bytes               float64 // of all parts
	merge               float64
	memory, mergeMemory float64 // most that a part and the merge had, in bytes
}

// micro returns the microseconds of a run, without the start of its part.
func (f *figures) micro() float64 {
	return 1e6 * (f.by[0].processor - shards*f.start) / float64(f.runs)
}

// farMicro returns the microseconds of a run that is one of 10^9.
func (f *figures) farMicro() float64 { return 1e6 * (f.far - f.start) / float64(f.runs/shards) }

// A used has the seconds of a processor and the bytes of memory that a process took.
type used struct{ seconds, memory float64 }

// run runs weir with one thread.
func run(program string, args ...string) (used, error) {
	c := exec.Command(program, args...)
	c.Env = append(os.Environ(), "GOMAXPROCS=1")
	var text bytes.Buffer
	c.Stdout, c.Stderr = &text, &text
	if err := c.Run(); err != nil {
		return used{}, fmt.Errorf("%v: %w\n%s", args, err, text.Bytes())
	}
	return used{(c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), memory(c.ProcessState)}, nil
}

// measure runs a workload by one, two and four processes, merges its parts, and compares the result
// with one run.
func (w workload) measure(program, folder, format string) (figures, error) {
	f := figures{workload: w, format: format}
	for _, n := range []int{1, 2, 4} {
		p, err := w.parts(program, folder, n, &f)
		if err != nil {
			return f, err
		}
		f.by = append(f.by, p)
	}
	for i := range shards {
		info, err := os.Stat(w.part(folder, format, i))
		if err != nil {
			return f, err
		}
		f.bytes += float64(info.Size())
	}
	// Members far inside 10^9 are drawn from far along the sequence; they must not cost more.
	single := w.shard(folder, format, "single", whole, whole/2, whole)
	parts := whole / (w.runs / shards)
	far := w.shard(folder, format, "far", whole, parts/2, parts)
	for to, args := range map[*float64][]string{&f.start: single, &f.far: far} {
		u, err := run(program, args...)
		if *to = u.seconds; err != nil {
			return f, err
		}
	}
	return f, w.merge(program, folder, format, &f)
}

// part returns the file of a part.
func (w workload) part(folder, format string, i int) string {
	return filepath.Join(folder, fmt.Sprintf("%s %d.%s", w.name, i, format))
}

// shard returns the arguments of weir for one part of so many runs.
func (w workload) shard(folder, format, name string, runs, index, of int) []string {
	return []string{"run", w.model, "-q", "--runs", fmt.Sprint(runs), "--shard", fmt.Sprintf("%d/%d", index, of),
		"-o", filepath.Join(folder, fmt.Sprintf("%s %s.%s", w.name, name, format))}
}

// parts makes all parts, so many at a time.
func (w workload) parts(program, folder string, processes int, f *figures) (pace, error) {
	queue, errs, took := make(chan int, shards), make([]error, shards), make([]used, shards)
	for i := range shards {
		if err := os.RemoveAll(w.part(folder, f.format, i)); err != nil {
			return pace{}, err
		}
		queue <- i
	}
	close(queue)
	began := time.Now()
	var wait sync.WaitGroup
	for range processes {
		wait.Go(func() {
			for i := range queue {
				took[i], errs[i] = run(program, w.shard(folder, f.format, fmt.Sprint(i), w.runs, i+1, shards)...)
			}
		})
	}
	wait.Wait()
	p := pace{processes: processes, wall: time.Since(began).Seconds()}
	for _, u := range took {
		p.processor, f.memory = p.processor+u.seconds, max(f.memory, u.memory)
	}
	return p, errors.Join(errs...)
}

// merge merges the parts, and compares the result with that of one process.
func (w workload) merge(program, folder, format string, f *figures) error {
	all, one := filepath.Join(folder, "all."+format), filepath.Join(folder, "one."+format)
	args := []string{"merge", "-q", "-o", all}
	for i := range shards {
		args = append(args, w.part(folder, format, i))
	}
	u, err := run(program, args...)
	if err != nil {
		return err
	}
	f.merge, f.mergeMemory = u.seconds, u.memory
	if _, err := run(program, "run", w.model, "-q", "--runs", fmt.Sprint(w.runs), "-o", one); err != nil {
		return err
	}
	merged, err := sum(all)
	if err != nil {
		return err
	}
	want, err := sum(one)
	if err == nil && merged != want {
		err = fmt.Errorf("the merged parts have other bytes than one run")
	}
	if err == nil {
		err = os.Remove(one)
	}
	return err
}

// sum returns the SHA-256 of a file. It does not hold the file: Linux counts the memory of this process
// as that of those that it starts.
func sum(path string) (out [sha256.Size]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return out, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	h.Sum(out[:0])
	return out, err
}
