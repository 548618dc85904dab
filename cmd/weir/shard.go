package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/scenarios/ensemble"
	"weir/scenarios/part"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

// runPart is weir run MODEL --runs N --shard i/n, or with an output of sketches. A part that an
// earlier attempt left is gone on from.
func runPart(c *cli.Context, p *ensemble.Plan, format, target string) error {
	job := part.Job{Plan: p, Shard: part.Shard{Index: 1, Of: 1}, Format: format, Version: version}
	if c.IsSet("shard") {
		var err error
		if job.Shard, err = part.ParseShard(c.String("shard"), os.LookupEnv); err != nil {
			return usagef("--shard: %v", err)
		}
	}
	if job.Shard.Of > p.Sampling.Runs {
		return usagef("--shard %s: of %s there are at most %d parts", job.Shard, words.Count(p.Sampling.Runs, "run"), p.Sampling.Runs)
	}
	if target == "" || target == "-" {
		return usagef("a part is a file: say -o part.parquet, for every row, or -o part.sketch, for quantiles")
	}
	if need := p.Bytes(8) / float64(job.Shard.Of); format == "parquet" && need > ensemble.MaxFile {
		return usagef("the part would have about %s; at most %s are written: make more parts, --keep fewer variables, or say -o part.sketch",
			words.Bytes(need), words.Bytes(ensemble.MaxFile))
	}
	earlier, err := job.Found(target)
	if err != nil {
		return err
	}
	if earlier != nil {
		defer earlier.Close()
		if earlier.Head.Complete() {
			say(c, c.App.ErrWriter, "weir: %s is whole already; nothing was run", target)
			return nil
		}
	}
	var h *part.Head
	err = outputs(c).WritePart(target, c.App.Writer, func(w io.Writer) (bool, error) {
		bar := terminal.NewRuns(c.App.ErrWriter, p.Sampling.Runs)
		defer bar.Done()
		if h, err = job.Write(c.Context, w, earlier, shown(bar)); err != nil {
			return false, err
		}
		return h.Complete(), nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", c.Args().First(), err)
	case !h.Complete():
		return fmt.Errorf("stopped after %s of the part; the same command goes on from %s",
			words.Count(h.Tally.Members, "run"), outfile.Partial(target))
	}
	for _, line := range h.Tally.Remarks() {
		say(c, c.App.ErrWriter, "weir: %s", line)
	}
	if err := os.Remove(outfile.Partial(target)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot remove %s, which is part of %s now: %w", outfile.Partial(target), target, outfile.Cause(err))
	}
	return nil
}
