package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"weir/internal/commandline"
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
		Usage:     "write the files by which Kubernetes or Slurm runs many runs in parts",
		ArgsUsage: strings.Join(cluster.Schedulers(), "|") + " MODEL",
		Description: "An Indexed Job of Kubernetes, or an array job of Slurm: each task runs one part, is\n" +
			"tried again if it fails, and goes on from where it was; the last step merges. Says\n" +
			"how long and how large that is, from a few runs here.\n\n" +
			"   weir cluster slurm model.toml --runs 10000000 --shards 200 --format sketch -o job\n" +
			"   weir cluster kubernetes model.toml --runs 1000000 --shards 64 --image registry/weir:0.1 -o job",
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
var passed = []string{"set", "keep", "sampling", "step", "save", "stop", "method", "seed"}

// runCluster is weir cluster SCHEDULER MODEL.
func runCluster(c *cli.Context) error {
	if c.Args().Len() != 2 || !slices.Contains(cluster.Schedulers(), c.Args().First()) {
		return usagef("weir cluster takes %s and one model", strings.Join(cluster.Schedulers(), " or "))
	}
	format, err := oneOf(c, "format", "parquet", "sketch")
	if err != nil {
		return err
	}
	for _, flag := range []string{"shards", "cpus", "memory", "hours"} {
		if c.Int(flag) < 1 || flag == "shards" && c.Int(flag) > max(1, c.Int("runs")) {
			return usagef("--%s cannot be %d", flag, c.Int(flag))
		}
	}
	file, folder := c.Args().Get(1), filepath.Clean(c.String("output"))
	if err := outfile.CheckFolder(folder); err != nil {
		return err
	}
	m, p, err := planFor(c, file)
	if err != nil {
		return err
	}
	job := &cluster.Job{Name: cluster.Name(m.Name), Files: m.Files, Model: m.File, At: c.String("at"), Runs: c.Int("runs"),
		Shards: c.Int("shards"), Parallel: c.Int("parallel"), Format: format, Image: c.String("image"),
		CPUs: c.Int("cpus"), Memory: int64(c.Int("memory")) << 30, Hours: c.Int("hours"), Flags: commandline.AsGiven(c, passed)}
	cost, err := p.Cost(c.Context, format == "sketch", job.Shards)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	job.Storage = int64(cost.Bytes) * 2 // the parts, and the whole
	files, err := job.For(c.Args().First())
	if err != nil {
		return usagef("%v", err)
	}
	if err := outputs(c).WriteFolder(folder, files); err != nil {
		return err
	}
	output.WriteCost(c.App.Writer, cost, job.Shards)
	fmt.Fprintf(c.App.Writer, "%s written; %s says how to start it\n", folder, filepath.Join(folder, "README.md"))
	return nil
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
