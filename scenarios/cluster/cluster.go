// Package cluster writes the files by which an existing scheduler runs a command in parts: an
// Indexed Job of Kubernetes or an array job of Slurm, and the step that merges the parts.
package cluster

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"weir/scenarios/words"
)

// A Job is a command that is run in parts.
type Job struct {
	Name     string            // of the job: lower-case letters, digits and hyphens
	Command  string            // of weir
	Files    map[string][]byte // that the command reads, by path as it names them
	Model    string            // path of the model or set among Files
	At       string            // path of the model where it runs, if it is there already
	Items    int               // that are divided: runs, points, …
	Unit     string            // one of them in words: run
	Shards   int
	Parallel int      // most tasks at a time; 0: the scheduler decides
	Format   string   // of the parts: parquet or sketch
	Flags    []string // of the command, besides --shard and those of Results
	Results  []Result // that the merge writes
	Image    string   // of a container that holds weir
	CPUs     int      // of a task
	Memory   int64    // of a task, bytes
	Storage  int64    // of all parts and the whole, bytes
	Hours    int      // most that a task may take
}

// A Result is a file that the merge writes.
type Result struct {
	Flag string // of weir merge: -o
	Name string // without a folder
}

// schedulers return the files of a job, by path.
var schedulers = map[string]func(*Job) (map[string][]byte, error){
	"kubernetes": (*Job).kubernetes,
	"slurm":      (*Job).slurm,
}

// Schedulers returns the names of the schedulers.
func Schedulers() []string { return slices.Sorted(maps.Keys(schedulers)) }

// For returns the files of a job for a scheduler, by path. The error says what the job lacks.
func (j *Job) For(scheduler string) (map[string][]byte, error) { return schedulers[scheduler](j) }

// Name returns a name that schedulers take for the name of a model.
func Name(model string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, model)
	const most = 40
	name = strings.Trim(name[:min(most, len(name))], "-")
	return cmp.Or(name, "weir")
}

// rooted returns the model's files by path below their common folder, and the path of the model.
func (j *Job) rooted() (map[string][]byte, string, error) {
	root := ""
	for name := range j.Files {
		folder, err := filepath.Abs(filepath.Dir(name))
		if err != nil {
			return nil, "", err
		}
		for root != "" && !below(folder, root) {
			root = filepath.Dir(root)
		}
		root = cmp.Or(root, folder)
	}
	out := map[string][]byte{}
	entry := ""
	for name, text := range j.Files {
		full, err := filepath.Abs(name)
		if err != nil {
			return nil, "", err
		}
		at, err := filepath.Rel(root, full)
		if err != nil {
			return nil, "", err
		}
		out[filepath.ToSlash(at)] = text
		if name == j.Model {
			entry = filepath.ToSlash(at)
		}
	}
	return out, entry, nil
}

// below reports whether a folder is another one or lies in it.
func below(folder, root string) bool {
	at, err := filepath.Rel(root, folder)
	return err == nil && filepath.IsLocal(at)
}

// run returns the arguments of weir for the part whose index, from 0, a variable holds. A part's
// file is beside the others in a folder, and index is how its name has the number.
func (j *Job) run(model, variable, index, folder string) []string {
	args := append([]string{j.Command, model, "--shard", fmt.Sprintf("%s/%d", variable, j.Shards)}, j.Flags...)
	for _, r := range j.Results {
		if r.Flag != partFlag { // a command may want to know of it, and writes it only as a whole
			args = append(args, r.Flag, r.Name)
		}
	}
	return append(args, partFlag, path.Join(folder, "part-"+index+"."+j.Format))
}

// partFlag is the flag by which a command is told where its part goes, and the merge its result.
const partFlag = "-o"

// merge returns the arguments of weir for the whole.
func (j *Job) merge(folder string) []string {
	args := []string{"merge", folder}
	for _, r := range j.Results {
		args = append(args, r.Flag, path.Join(folder, "..", r.Name))
	}
	return args
}

// reads reports whether the merge reads the model, as it does to go on with any command but run.
func (j *Job) reads() bool { return j.Command != "run" }

// results returns the names of the results in words.
func (j *Job) results() string {
	var names []string
	for _, r := range j.Results {
		names = append(names, r.Name)
	}
	return strings.Join(names, " and ")
}

// gib returns bytes as whole gibibytes, at least 1.
func gib(bytes int64) int { return max(1, int(math.Ceil(float64(bytes)/(1<<30)))) }

// readme returns the head of the instructions.
func (j *Job) readme() string {
	return fmt.Sprintf("# %s\n\n%s in %s, each a task of its own. A task that is stopped or fails is tried again and goes on\n"+
		"from where it was; the last step merges the parts to the bytes that one process writes.\n\n",
		j.Name, words.Count(j.Items, j.Unit), words.Count(j.Shards, "part"))
}
