//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// parted is a model of which 30,000 runs take long enough for a task to be killed in the middle.
const parted = `name = "Parted's \"model\""
[time]
start = 0
stop = 100
step = 0.125
save = 20
unit = "year"
[stock.pupils]
initial = 100
inflow = ["growing"]
[flow.growing]
equation = "pupils * (rate + campaign) * (1 - pupils / (room + school))"
[flow.cost]
equation = "1000 * campaign + 2 * school"
[stock.paid]
initial = 0
inflow = ["cost"]
[decision.campaign]
value = 0
[decision.school]
value = 0
[data.counted]
file = "counted.csv"
time = "year"
value = "pupils"
[calibration]
constants = ["rate"]
[calibration.fit.pupils]
variable = "pupils"
data = "counted"
[constant.rate]
value = 0.1
range = [0, 0.2]
[constant.room]
value = 900
range = [500, 2000]
`

// counted are pupils of the model at 0.12 and 800, with errors of some per cent up and down.
const counted = `year,pupils
5,170
10,252
15,378
20,479
25,605
30,658
35,739
40,742
45,790
50,771
`

// weirBinary builds the program into a folder, and returns a PATH that has it first.
func weirBinary(t *testing.T) (path string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program")
	}
	folder := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(folder, "weir"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return folder + string(os.PathListSeparator) + os.Getenv("PATH")
}

// setOf is a set of the model, with which commands are divided.
const setOf = `model = "model.toml"
[outcome.pupils]
variable = "pupils"
better = "higher"
[outcome.cost]
variable = "cost"
cost = true
[intervention.small.change.campaign]
to = 0.02
[intervention.large.change.campaign]
to = 0.05
start = 20
[intervention.school.change.school]
to = 50
[scenario.both]
interventions = ["small", "school"]
[uncertainty]
runs = 200
`

// A clustered is a command that runs in parts.
type clustered struct {
	name   string
	words  []string // of the command; its result is named after -o or --posterior
	result string
}

// commands are those that weir cluster takes.
var commands = []clustered{
	{name: "run", words: []string{"run", "model.toml", "--runs", "30000", "--seed", "5", "--set", "room=800", "-o", "all.parquet"}, result: "all.parquet"},
	{name: "sensitivity", words: []string{"sensitivity", "set.toml", "--runs", "1024", "-o", "all.csv"}, result: "all.csv"},
	{name: "bundles", words: []string{"bundles", "set.toml", "-o", "bundles.csv"}, result: "bundles.csv"},
	{name: "calibrate", words: []string{"calibrate", "coarse.toml", "--posterior", "draws.toml", "--samplers", "6", "--date", "2026-12-01"}, result: "draws.toml"},
}

// jobOf writes the model and the files of a job that runs a command, and returns their folder and the
// bytes that one process writes. It has read the same files at the same place.
func jobOf(t *testing.T, path string, of clustered, args ...string) (folder string, want []byte) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"model.toml": parted, "set.toml": setOf, "counted.csv": counted,
		"coarse.toml": strings.Replace(parted, "0.125", "1", 1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command(t, dir, path, append([]string{"weir"}, of.words...)...)
	want, err := os.ReadFile(filepath.Join(dir, of.result))
	if err != nil {
		t.Fatal(err)
	}
	rest := append([]string{"--"}, of.words...)
	if of.name == "run" { // its flags are those of weir cluster
		rest = of.words[1 : len(of.words)-2]
	}
	command(t, dir, path, append(append([]string{"weir", "cluster", "-o", "job"}, args...), rest...)...)
	return filepath.Join(dir, "job"), want
}

// command runs a program in a folder.
func command(t *testing.T, folder, path string, args ...string) {
	t.Helper()
	if out, err := started(folder, path, nil, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// started returns a program that is to run in a folder with more of an environment.
func started(folder, path string, env []string, args ...string) *exec.Cmd {
	name := args[0]
	for _, at := range filepath.SplitList(path) {
		if full := filepath.Join(at, name); name == args[0] && isFile(full) {
			name = full
		}
	}
	c := exec.Command(name, args[1:]...)
	c.Dir, c.Env = folder, append(append(os.Environ(), "PATH="+path), env...)
	return c
}

// isFile reports whether a path is a file.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// The tasks of the Indexed Job run here as processes: some are killed in the middle and tried again,
// some run twice. The merge gives the bytes of one run.
func TestKubernetesJobRuns(t *testing.T) {
	path := weirBinary(t)
	for _, of := range commands {
		t.Run(of.name, func(t *testing.T) { kubernetesRuns(t, path, of) })
	}
}

// kubernetesRuns runs the job of one command.
func kubernetesRuns(t *testing.T, path string, of clustered) {
	folder, want := jobOf(t, path, of, "kubernetes", "--shards", "6", "--image", "weir:test")
	root := t.TempDir()
	var config struct {
		BinaryData map[string][]byte
	}
	var run, merge struct {
		Spec struct {
			Completions int
			Template    struct {
				Spec struct {
					Containers []struct{ Args []string }
					Volumes    []struct {
						ConfigMap struct{ Items []struct{ Key, Path string } }
					}
				}
			}
		}
	}
	for name, to := range map[string]any{"model.json": &config, "run.json": &run, "merge.json": &merge} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			err = json.Unmarshal(text, to)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range run.Spec.Template.Spec.Volumes {
		for _, item := range v.ConfigMap.Items {
			at := filepath.Join(root, "model", item.Path)
			if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at, config.BinaryData[item.Key], 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.MkdirAll(filepath.Join(root, "ensemble", "parts"), 0o777); err != nil {
		t.Fatal(err)
	}
	// local returns arguments as the container has them, below our root.
	local := func(args []string, index int) []string {
		out := []string{"weir"}
		for _, a := range args {
			a = strings.ReplaceAll(a, "$(JOB_COMPLETION_INDEX)", fmt.Sprint(index))
			if strings.HasPrefix(a, "/") {
				a = filepath.Join(root, a)
			}
			out = append(out, a)
		}
		return out
	}
	killed := 0
	for i := range run.Spec.Completions {
		task := func() *exec.Cmd {
			return started(root, path, []string{fmt.Sprint("JOB_COMPLETION_INDEX=", i)}, local(run.Spec.Template.Spec.Containers[0].Args, i)...)
		}
		if i%2 == 1 {
			c := task()
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(10*i) * time.Millisecond)
			// An eviction asks first, the end of memory does not.
			_ = c.Process.Signal([]os.Signal{os.Kill, syscall.SIGTERM}[i%4/2])
			if c.Wait() != nil {
				killed++
			}
		}
		for range 1 + i%3/2 {
			if out, err := task().CombinedOutput(); err != nil {
				t.Fatalf("task %d: %v\n%s", i, err, out)
			}
		}
	}
	if killed == 0 {
		t.Error("no task was killed before its end")
	}
	command(t, root, path, local(merge.Spec.Template.Spec.Containers[0].Args, 0)...)
	same(t, filepath.Join(root, "ensemble", of.result), want)
}

// same fails the test if a file has other bytes.
func same(t *testing.T, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s has %d bytes (%v), not the %d of one run", filepath.Base(path), len(got), err, len(want))
	}
}

// sbatch stands in for Slurm's: it runs the tasks of an array one after another, and a job without
// one at once.
const sbatch = `#!/bin/sh
set -eu
for script; do :; done
last=$(sed -n 's/^#SBATCH --array=0-\([0-9]*\).*/\1/p' "$script")
if [ -n "$last" ]; then
	for i in $(seq 0 "$last"); do SLURM_ARRAY_TASK_ID=$i sh "$script" >&2; done
else
	sh "$script" >&2
fi
echo 42
`

// The scripts of the array job run with a stand-in for Slurm's sbatch, twice: the second time nothing
// is run again.
func TestSlurmJobRuns(t *testing.T) {
	path := weirBinary(t)
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "sbatch"), []byte(sbatch), 0o755); err != nil {
		t.Fatal(err)
	}
	path = bin + string(os.PathListSeparator) + path
	for _, of := range commands {
		t.Run(of.name, func(t *testing.T) {
			folder, want := jobOf(t, path, of, "slurm", "--shards", "5", "--parallel", "2")
			for range 2 {
				command(t, t.TempDir(), path, "sh", filepath.Join(folder, "submit.sh"))
				same(t, filepath.Join(folder, of.result), want)
			}
		})
	}
}
