package main

import (
	"weir/internal/inparts"

	"github.com/urfave/cli/v2"
)

// mergeCommand returns weir merge with its flags and help.
func mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "put the parts of many runs together",
		ArgsUsage: "PART...",
		Description: "Takes the files that --shard i/n of run, sensitivity, bundles and calibrate makes, in any\n" +
			"order, and writes the bytes that one process would have written. Parts of another model,\n" +
			"command, version or seed, one that is missing, incomplete, or twice with other numbers,\n" +
			"are refused. A folder stands for the parts in it. Without -o: the command's table.\n\n" +
			"   weir run model.toml --runs 1000000 --shard 3/8 -o part3.parquet   on one of 8 machines\n" +
			"   weir merge part*.parquet -o runs.parquet\n   weir merge part*.sketch\n\n" +
			"   weir sensitivity scenarios.toml --shard 3/8 -o part3.parquet\n" +
			"   weir merge part*.parquet -o sensitivity.json",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`; its ending is the format"},
			formatFlag("auto", "table", "csv", "parquet", "sketch", "json", "html"),
			&cli.StringFlag{Name: "model", Usage: "the model or set of the parts is `FILE` now"},
			&cli.StringFlag{Name: "posterior", Usage: "of calibrate: write the draws to `FILE`"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no remarks on standard error"},
		},
		Action: runMerge,
	}
}

// runMerge is weir merge PART….
func runMerge(c *cli.Context) error {
	if c.Args().Len() == 0 {
		return usagef("weir merge takes the parts of one command")
	}
	format, err := formatOf(c, "table", "table", "csv", "parquet", "sketch", "json", "html", "toml")
	if err != nil {
		return err
	}
	return inparts.Merge(c, outputs(c), c.String("output"), format)
}
