package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"weir/internal/commandline"
	"weir/internal/inparts"
	"weir/internal/outfile"
	"weir/model"
	"weir/scenarios/cluster"
	"weir/scenarios/ensemble"
	"weir/scenarios/output"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// clusterCommand returns weir cluster with its flags and help.
func clusterCommand() *cli.Command {
	return &cli.Command{
		Name:      "cluster",
		Usage:     "write the files by which Kubernetes or Slurm runs a command in parts",
		ArgsUsage: strings.Join(cluster.Schedulers(), "|") + " MODEL, or … -- COMMAND",
		Description: "An Indexed Job of Kubernetes, or an array job of Slurm: each task runs one part, is\n" +
			"tried again if it fails, and goes on from where it was; the last step merges. Says\n" +
			"how long and how large that is, from a few runs here.\n\n" +
			"   weir cluster slurm model.toml --runs 10000000 --shards 200 --format sketch -o job\n" +
			"   weir cluster kubernetes model.toml --runs 1000000 --shards 64 --image registry/weir:0.1 -o job\n\n" +
			"After -- stands a command as you would type it, with the name of its result:\n" +
			"sensitivity, bundles, or calibrate with --posterior.\n\n" +
			"   weir cluster slurm --shards 64 -o job -- sensitivity scenarios.toml --runs 65536 -o all.json",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write into the new `FOLDER`", Required: true},
			&cli.IntFlag{Name: "shards", Value: 16, Usage: "parts, a task each"},
			&cli.IntFlag{Name: "parallel", Usage: "most tasks at a time", DefaultText: "the scheduler decides"},
			formatFlag("parquet", "sketch"),
			&cli.StringFlag{Name: "image", Usage: "Kubernetes: the container `IMAGE` that holds weir"},
			&cli.StringFlag{Name: "at", Usage: "`PATH` of the model where it runs, instead of a copy of its files"},
			&cli.IntFlag{Name: "cpus", Value: 2, Usage: "processors of a task"},
			&cli.IntFlag{Name: "memory", Value: 2, Usage: "`GIB` of memory of a task"},
			&cli.IntFlag{Name: "hours", Value: 4, Usage: "Slurm: most that a task may take"},
		}, clockFlags(), ensembleFlags(), importFlags()),
		Action: runCluster,
	}
}

// passed are the flags of weir run that a task is given as they are.
var passed = []string{"runs", "set", "keep", "sampling", "step", "save", "stop", "method", "seed", "allow-partial"}

// runCluster is weir cluster SCHEDULER MODEL, or SCHEDULER -- COMMAND ….
func runCluster(c *cli.Context) error {
	words := c.Args().Slice()
	if len(words) < 2 || !slices.Contains(cluster.Schedulers(), words[0]) {
		return usagef("weir cluster takes %s, and one model or a command after --", strings.Join(cluster.Schedulers(), " or "))
	}
	for _, flag := range []string{"shards", "cpus", "memory", "hours"} {
		if c.Int(flag) < 1 {
			return usagef("--%s cannot be %d", flag, c.Int(flag))
		}
	}
	folder := filepath.Clean(c.String("output"))
	if err := outfile.CheckFolder(folder); err != nil {
		return err
	}
	shards, jobOf := c.Int("shards"), jobOfRuns
	if inparts.Divided(c.App, words[1]) {
		jobOf = inparts.Job
	}
	job, cost, err := jobOf(c, words[1:], shards)
	if err != nil {
		return err
	}
	job.At, job.Image, job.Shards, job.Parallel = c.String("at"), c.String("image"), shards, c.Int("parallel")
	job.CPUs, job.Memory, job.Hours = c.Int("cpus"), int64(c.Int("memory"))<<30, c.Int("hours")
	job.Storage = int64(cost.Bytes) * 2 // the parts, and the whole
	files, err := job.For(words[0])
	if err != nil {
		return usagef("%v", err)
	}
	if err := outputs(c).WriteFolder(folder, files); err != nil {
		return err
	}
	output.WriteCost(c.App.Writer, cost, shards)
	fmt.Fprintf(c.App.Writer, "%s written; %s says how to start it\n", folder, filepath.Join(folder, "README.md"))
	return nil
}

// jobOfRuns returns the job of weir run MODEL --runs N, and its cost.
func jobOfRuns(c *cli.Context, words []string, shards int) (*cluster.Job, ensemble.Cost, error) {
	format, err := oneOf(c, "format", "parquet", "sketch")
	switch {
	case err != nil:
		return nil, ensemble.Cost{}, err
	case len(words) != 1 && c.App.Command(words[0]) != nil:
		return nil, ensemble.Cost{}, usagef("weir %s is not divided: sensitivity, bundles and calibrate --posterior are, and weir cluster … MODEL --runs N is weir run", words[0])
	case len(words) != 1:
		return nil, ensemble.Cost{}, usagef("weir cluster takes one model, not %d", len(words))
	case len(c.StringSlice("data")) > 0:
		return nil, ensemble.Cost{}, usagef("data that --data names are not copied: name them in the model")
	case shards > max(1, c.Int("runs")):
		return nil, ensemble.Cost{}, usagef("--shards cannot be %d", shards)
	}
	m, p, err := planFor(c, words[0])
	if err != nil {
		return nil, ensemble.Cost{}, err
	}
	cost, err := p.Cost(c.Context, format == "sketch", shards)
	if err != nil {
		return nil, cost, fmt.Errorf("%s: %w", words[0], err)
	}
	return &cluster.Job{Name: cluster.Name(m.Name), Command: "run", Files: m.Files, Model: m.File, Items: cost.Items, Unit: cost.Unit,
		Format: format, Flags: commandline.AsGiven(c, passed), Results: []cluster.Result{{Flag: "-o", Name: "all." + format}}}, cost, nil
}

// planFor returns a model and the ensemble of it that the flags describe.
func planFor(c *cli.Context, file string) (*model.Model, *ensemble.Plan, error) {
	set, err := commandline.Settings("set", c.StringSlice("set"))
	if err == nil {
		err = checkClock(c)
	}
	if err != nil {
		return nil, nil, err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return nil, nil, err
	}
	if set, err = ourNames(m, set); err != nil {
		return nil, nil, err
	}
	program, err := sim.Compile(r)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	p, err := planEnsemble(c, m, r, program, sim.Settings{Set: set, Step: numberFlag(c, "step"), Save: numberFlag(c, "save"),
		Stop: numberFlag(c, "stop"), Method: c.String("method"), Seed: c.Uint64("seed")})
	return m, p, err
}
