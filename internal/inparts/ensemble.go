package inparts

import (
	"fmt"
	"io"

	"weir/internal/commandline"
	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/scenarios/ensemble"
	"weir/scenarios/part"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

// Ensemble is weir run MODEL --runs N --shard i/n, or with an output of sketches. A part that an
// earlier attempt left is gone on from. shown returns the progress that a bar shows.
func Ensemble(c *cli.Context, outputs *outfile.Files, job part.Job, target string,
	shown func(*terminal.Runs) part.Progress) error {
	job.Shard = part.Shard{Index: 1, Of: 1} // sketches of all runs are a part, too
	if c.IsSet("shard") {
		var err error
		if job.Shard, err = shardOf(c); err != nil {
			return err
		}
	}
	p := job.Plan
	if job.Shard.Of > p.Sampling.Runs {
		return commandline.Errorf("--shard %s: of %s there are at most %d parts", job.Shard,
			words.Count(p.Sampling.Runs, "run"), p.Sampling.Runs)
	}
	if target == "" || target == "-" {
		return commandline.Errorf("a part is a file: say -o part.parquet, for every row, or -o part.sketch, for quantiles")
	}
	if need := p.Bytes(8) / float64(job.Shard.Of); job.Format == "parquet" && need > ensemble.MaxFile {
		return commandline.Errorf("the part would have about %s; at most %s are written: make more parts, --keep fewer variables, or say -o part.sketch",
			words.Bytes(need), words.Bytes(ensemble.MaxFile))
	}
	earlier, err := job.Found(target)
	if err != nil {
		return err
	}
	if earlier != nil {
		defer earlier.Close()
	}
	var h *part.Head
	err = write(c, outputs, target, earlier != nil && earlier.Head.Complete(), func(w io.Writer) (bool, string, error) {
		bar := terminal.NewRuns(c.App.ErrWriter, p.Sampling.Runs)
		defer bar.Done()
		if h, err = job.Write(c.Context, w, earlier, shown(bar)); err != nil {
			return false, "", fmt.Errorf("%s: %w", c.Args().First(), err)
		}
		return h.Complete(), words.Count(h.Tally.Members, "run") + " of the part", nil
	})
	if err != nil || h == nil {
		return err
	}
	return remark(c, h.Tally.Remarks())
}

// remark prints sentences that a reader of the numbers needs, unless --quiet was given.
func remark(c *cli.Context, lines []string) error {
	if c.Bool("quiet") {
		return nil
	}
	for _, line := range lines {
		if _, err := fmt.Fprintf(c.App.ErrWriter, "weir: %s\n", line); err != nil {
			return err
		}
	}
	return nil
}
