package main

import (
	"fmt"
	"slices"

	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios/open"
	"weir/scenarios/output"

	"github.com/urfave/cli/v2"
)

// checkCommand returns weir check with its flags and help.
func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "say everything that is wrong with a model or a scenario set",
		ArgsUsage: "FILE...",
		Description: "Every mistake at once, with its place, and what to do about it: names, units,\n" +
			"cycles, arrays, data. Warnings and notes do not fail the check.\n\n" +
			"   weir check model.toml\n   weir check --format json scenarios.toml",
		Flags: append([]cli.Flag{formatFlag("text", "json"),
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "errors and warnings only"}},
			importFlags()...),
		Action: runCheck,
	}
}

// formatFlag returns the flag --format with its known values, of which the first is the default.
func formatFlag(known ...string) cli.Flag {
	usage := "one of"
	for i, k := range known {
		if i > 0 {
			usage += ","
		}
		usage += " " + k
	}
	return &cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: known[0], Usage: usage}
}

// runCheck is weir check FILE: all diagnostics of all files, then a line per file. It fails if
// there is an error among them.
func runCheck(c *cli.Context) error {
	as, err := oneOf(c, "format", "text", "json")
	if err != nil {
		return err
	}
	if c.Args().Len() == 0 {
		return usagef("weir check takes one or more files")
	}
	if slices.Contains(c.Args().Slice(), "") {
		return usagef("the name of a file is empty")
	}
	var all diagnostic.List
	files := map[string][]byte{}
	for _, file := range c.Args().Slice() {
		o, err := importOptions(c)
		if err != nil {
			return err
		}
		list, sum, texts, err := open.Check(c.Context, format.Open(file), o)
		if err != nil {
			return err
		}
		for name, text := range texts {
			files[name] = text
			outputs(c).Input(name)
		}
		list.Sort()
		if c.Bool("quiet") {
			list = list.Without(diagnostic.Note)
		}
		if as == "text" {
			diagnostic.Render(c.App.Writer, list, files)
			if !c.Bool("quiet") {
				fmt.Fprintf(c.App.Writer, "%s: %s%s\n", file, output.CheckVerdict(list), sum)
			}
		}
		all = append(all, list...)
	}
	if as == "json" {
		if err := diagnostic.RenderJSON(c.App.Writer, all, files); err != nil {
			return err
		}
	}
	if all.HasErrors() {
		return errReported
	}
	return nil
}
