package main

import (
	"fmt"
	"io"

	"weir/model/format"

	"github.com/urfave/cli/v2"
)

// fmtCommand returns weir fmt with its flags and help.
func fmtCommand() *cli.Command {
	return &cli.Command{
		Name:      "fmt",
		Usage:     "format model files and scenario sets: blanks, columns, empty lines",
		ArgsUsage: "FILE...",
		Description: "Values, comments and their order stay as they are. = signs get one column where you have\n" +
			"set one of them off. A file that is not TOML is refused, and then none is written.\n\n" +
			"   weir fmt model.toml scenarios.toml\n" +
			"   weir fmt --check model.toml   in a test: exit code 1 if it would change",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "check",
			Usage: "write nothing; list the files that would change, and fail if there is one"}},
		Action: runFmt,
	}
}

// runFmt is weir fmt FILE...: all files are formatted before the first is written, and those that
// changed are named.
func runFmt(c *cli.Context) error {
	if c.Args().Len() == 0 {
		return usagef("weir fmt takes one or more files")
	}
	files, err := format.Tidy(c.Args().Slice())
	if err != nil {
		return err
	}
	if err := reportDiagnostics(c, files.Mistakes, files.Was); err != nil {
		return err
	}
	for _, path := range files.Changed {
		if !c.Bool("check") {
			write := func(w io.Writer) error { _, err := w.Write(files.Text[path]); return err }
			if err := writeOutput(c, path, write); err != nil {
				return err
			}
		}
		fmt.Fprintln(c.App.Writer, path)
	}
	if c.Bool("check") && len(files.Changed) > 0 {
		return errReported
	}
	return nil
}
