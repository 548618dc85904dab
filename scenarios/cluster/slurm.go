package cluster

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// slurm returns the scripts of an array job, of the merge that follows it, and the model's files.
func (j *Job) slurm() (map[string][]byte, error) {
	model := j.At
	out := map[string][]byte{}
	if model == "" {
		files, entry, err := j.rooted()
		if err != nil {
			return nil, err
		}
		for name, text := range files {
			out[path.Join("model", name)] = text
		}
		model = path.Join("model", entry)
	}
	array := fmt.Sprintf("0-%d", j.Shards-1)
	if j.Parallel > 0 {
		array += fmt.Sprintf("%%%d", j.Parallel)
	}
	const variable = "SLURM_ARRAY_TASK_ID"
	run := j.run(model, variable, "$"+variable, "parts")
	head := fmt.Sprintf("#!/bin/sh\n#SBATCH --job-name=%s\n#SBATCH --mem=%dM\n#SBATCH --time=%d:00:00\n", j.Name, (j.Memory+1<<20-1)>>20, j.Hours)
	out["run.sbatch"] = []byte(head + fmt.Sprintf("#SBATCH --array=%s\n#SBATCH --cpus-per-task=%d\n", array, j.CPUs) +
		"#SBATCH --requeue\n#SBATCH --signal=TERM@60\n#SBATCH --output=log/%a.txt\nexec weir " + shell(run) + "\n")
	out["merge.sbatch"] = []byte(head + "#SBATCH --output=log/merge.txt\nexec weir " + shell(j.merge("parts")) + "\n")
	out["submit.sh"] = []byte("#!/bin/sh\nset -eu\ncd \"$(dirname \"$0\")\"\nmkdir -p parts log\n" +
		"id=$(sbatch --parsable run.sbatch)\nsbatch --dependency=afterok:\"${id%%;*}\" merge.sbatch\n")
	out["README.md"] = []byte(j.readme() + "```\nsh submit.sh\n```\n\nweir must be on the PATH of the nodes, and this folder on a file system that they share.\n" +
		"The result is " + j.results() + ". After a failure, run submit.sh again: parts that are whole are not run again.\n")
	return out, nil
}

// plain are words that a shell takes as they are.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./:=,@%+-]+$`)

// shell returns arguments as words of a shell. A name after a dollar sign at its end, before the
// ending of a file, is left for the shell to replace.
func shell(args []string) string {
	var out []string
	for _, a := range args {
		if file, ok := strings.CutPrefix(a, "parts/part-$"); ok {
			name, ending, _ := strings.Cut(file, ".")
			out = append(out, `"parts/part-${`+name+`}.`+ending+`"`)
			continue
		}
		if !plain.MatchString(a) {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		out = append(out, a)
	}
	return strings.Join(out, " ")
}
