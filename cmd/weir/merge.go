package main

import (
	"io"

	"weir/internal/terminal"
	"weir/scenarios/part"

	"github.com/urfave/cli/v2"
)

// mergeCommand returns weir merge with its flags and help.
func mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "put the parts of many runs together",
		ArgsUsage: "PART...",
		Description: "Takes the files of weir run MODEL --runs N --shard i/n, in any order, and writes the\n" +
			"bytes that one run would have written. Parts of another model, version or seed, one\n" +
			"that is missing, twice or incomplete, are refused. A folder stands for the parts in it.\n" +
			"Without -o: the quantiles of sketches.\n\n" +
			"   weir run model.toml --runs 1000000 --shard 3/8 -o part3.parquet   on one of 8 machines\n" +
			"   weir merge part*.parquet -o runs.parquet\n   weir merge part*.sketch",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, .parquet, .csv or .sketch"},
			formatFlag("auto", "table", "csv", "parquet", "sketch"),
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no remarks on standard error"},
		},
		Action: runMerge,
	}
}

// runMerge is weir merge PART….
func runMerge(c *cli.Context) error {
	if c.Args().Len() == 0 {
		return usagef("weir merge takes the parts of an ensemble")
	}
	format, err := formatOf(c, "table", "table", "csv", "parquet", "sketch")
	if err != nil {
		return err
	}
	var parts []*part.Part
	paths, err := part.Files(c.Args().Slice())
	if err != nil {
		return err
	}
	for _, path := range paths {
		p, err := part.Open(path)
		if err != nil {
			return err
		}
		defer p.Close()
		outputs(c).Input(path)
		parts = append(parts, p)
	}
	whole, err := part.Merge(parts)
	if err != nil {
		return err
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	switch sketches := whole.Sketches(); {
	case sketches && format == "table":
		return writeOutput(c, target, func(w io.Writer) error { return whole.WriteTable(w, terminal.Width(c.App.Writer)) })
	case sketches != (format == "sketch"):
		return usagef("these parts hold %s", map[bool]string{true: "quantile sketches: say -o FILE.sketch, or nothing for a table",
			false: "every row: say -o FILE.parquet or FILE.csv"}[sketches])
	}
	if err := writeOutput(c, target, func(w io.Writer) error { return whole.Write(w, format) }); err != nil {
		return err
	}
	for _, line := range whole.Remarks() {
		say(c, c.App.ErrWriter, "weir: %s", line)
	}
	return nil
}
