package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"weir/internal/revision"
	"weir/internal/terminal"
	"weir/scenarios/diff"

	"github.com/urfave/cli/v2"
)

// diffCommand returns weir diff with its flags and help.
func diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "say what changed between two models: equations, units, loops and results",
		ArgsUsage: "BEFORE AFTER",
		Description: "Each is a model of any format or a scenario set, or REVISION:FILE for one as git\n" +
			"has it. One file alone is compared with its last commit.\n\n" +
			"   weir diff old.toml new.toml\n" +
			"   weir diff HEAD~3:school/model.toml school/model.toml -o review.html\n" +
			"   weir diff school/model.toml",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write one HTML page to `FILE`"},
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with 1 if anything differs"},
		}, importFlags()...),
		Action: runDiff,
	}
}

// runDiff is weir diff BEFORE AFTER. With --exit-code a difference is a failure.
func runDiff(c *cli.Context) error {
	args := c.Args().Slice()
	switch len(args) {
	case 1:
		args = []string{"HEAD:" + args[0], args[0]}
	case 2:
	default:
		return usagef("weir diff takes two models or sets, not %d arguments", len(args))
	}
	var sides []diff.Side
	for _, arg := range args {
		side, err := openSide(c, arg)
		if err != nil {
			return err
		}
		sides = append(sides, side)
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	if end := filepath.Ext(target); !slices.Contains([]string{"", ".html", ".htm"}, strings.ToLower(end)) {
		return usagef("--output %s: changes are written as a page, .html", target)
	}
	d, err := diff.Compare(c.Context, sides[0], sides[1])
	if err != nil {
		return err
	}
	if target != "" {
		err = writeOutput(c, target, func(w io.Writer) error { return d.WritePage(w, c.App.Version) })
	} else {
		err = writeOutput(c, "-", func(w io.Writer) error { d.WriteText(w, terminal.Width(c.App.Writer)); return nil })
	}
	if err == nil && c.Bool("exit-code") && !d.Same() {
		return errReported
	}
	return err
}

// openSide returns a model or set from a file, or from REVISION:FILE. A file whose name has a colon
// is a file.
func openSide(c *cli.Context, arg string) (diff.Side, error) {
	file := arg
	if _, err := os.Stat(arg); err != nil {
		if at, name, ok := strings.Cut(arg, ":"); ok {
			folder, err := os.MkdirTemp("", "weir-*")
			if err != nil {
				return diff.Side{}, err
			}
			defer os.RemoveAll(folder)
			if file, err = revision.CheckOut(c.Context, at, name, folder); err != nil {
				return diff.Side{}, err
			}
		}
	}
	m, r, set, err := loadEither(c, file)
	return diff.Side{Name: filepath.ToSlash(arg), Model: m, Resolved: r, Set: set}, err
}
