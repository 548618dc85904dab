package inparts

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"weir/internal/commandline"
	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/scenarios/part"
	"weir/scenarios/part/items"

	"github.com/urfave/cli/v2"
)

// Merge is weir merge PART…. Whether the parts are rows of runs or of another command shows in the
// first; all others must be like it. format is the value of --format or the ending of the output's name.
func Merge(c *cli.Context, outputs *outfile.Files, target, format string) error {
	paths, err := part.Files(c.Args().Slice())
	if err != nil {
		return err
	}
	first, err := items.Open(paths[0])
	if err == nil {
		first.Close()
		return mergeCommand(c, outputs, paths)
	}
	if !errors.Is(err, items.ErrOther) {
		return err
	}
	for _, flag := range []string{"model", "posterior"} {
		if c.IsSet(flag) {
			return commandline.Errorf("--%s is not for the parts of weir run", flag)
		}
	}
	return mergeRuns(c, outputs, paths, target, format)
}

// mergeCommand runs the command of parts with their numbers.
func mergeCommand(c *cli.Context, outputs *outfile.Files, paths []string) error {
	var parts []*items.Part
	for _, path := range paths {
		p, err := items.Open(path)
		if errors.Is(err, items.ErrOther) {
			return fmt.Errorf("%w; that of %s is", err, paths[0])
		}
		if err != nil {
			return err
		}
		defer p.Close()
		outputs.Input(path)
		parts = append(parts, p)
	}
	whole, err := items.Merge(parts)
	if err != nil {
		return err
	}
	command := c.App.Command(whole.Task.Command)
	args, err := arguments(c, command, whole.Task)
	if err != nil {
		return err
	}
	// The command now runs as if it had been typed, and finds the divider where it would divide.
	c.App.Metadata[dividerKey] = whole
	defer delete(c.App.Metadata, dividerKey)
	return nested(c, command, args)
}

// arguments returns the command line of a command with the flags of its parts, and with the
// outputs that weir merge was asked for: a part has no say in which files are written.
func arguments(c *cli.Context, command *cli.Command, t items.Task) ([]string, error) {
	if command == nil || !has(command, "shard") || command.Name == "run" {
		return nil, fmt.Errorf("the parts are of weir %s, which is not divided: they were not made by this program",
			t.Command)
	}
	flags, err := recordedFlags(command, t.Flags)
	if err != nil {
		return nil, err
	}
	args := append([]string{command.Name}, flags...)
	for _, flag := range []string{"output", "format", "posterior", "quiet"} {
		switch {
		case !c.IsSet(flag):
		case has(command, flag):
			args = append(args, commandline.AsGiven(c, []string{flag})...)
		case flag != "quiet":
			return nil, commandline.Errorf("--%s is not for the parts of weir %s", flag, command.Name)
		}
	}
	if has(command, "posterior") && !c.IsSet("posterior") {
		return nil, commandline.Errorf("the draws of weir %s go into a file: say --posterior FILE", command.Name)
	}
	file := t.File
	if c.IsSet("model") {
		file = c.String("model")
	} else if _, err := os.Stat(file); err != nil {
		// Parts are made on other machines, and their folder is seldom the same here.
		return nil, fmt.Errorf("the parts are of %s, which cannot be read from here: say with --model where it is now", file)
	}
	return append(args, "--", file), nil
}

// recordedFlags returns the flags of a part if they are such as recorded writes: anything else could
// name a file to be written.
func recordedFlags(command *cli.Command, flags []string) ([]string, error) {
	for i := 0; i < len(flags); i++ {
		name, dashes := strings.CutPrefix(flags[i], "--")
		name, _, whole := strings.Cut(name, "=")
		if !dashes || !has(command, name) || slices.Contains(elsewhere, name) {
			return nil, fmt.Errorf("the parts have the flag %s, which no part has: they were not made by this program", flags[i])
		}
		if !whole {
			i++ // its value
		}
	}
	return flags, nil
}

// has reports whether a command has a flag.
func has(command *cli.Command, flag string) bool {
	return slices.ContainsFunc(command.Flags, func(f cli.Flag) bool { return f.Names()[0] == flag })
}

// mergeRuns puts the parts of an ensemble together.
func mergeRuns(c *cli.Context, outputs *outfile.Files, paths []string, target, format string) error {
	var parts []*part.Part
	for _, path := range paths {
		p, err := part.Open(path)
		if err != nil {
			return err
		}
		defer p.Close()
		outputs.Input(path)
		parts = append(parts, p)
	}
	whole, err := part.Merge(parts)
	if err != nil {
		return err
	}
	if err := outputs.Check(target); err != nil {
		return err
	}
	// Rows are written as they come from the parts, sketches once all are counted.
	switch sketches := whole.Sketches(); {
	case sketches && format == "table":
		return outputs.Write(target, c.App.Writer, func(w io.Writer) error {
			return whole.WriteTable(w,
				terminal.Width(c.App.Writer))
		})
	case sketches && format != "sketch":
		return commandline.Errorf("these parts hold quantile sketches: say -o FILE.sketch, or nothing for a table")
	case !sketches && format != "csv" && format != "parquet":
		return commandline.Errorf("these parts hold every row: say -o FILE.parquet or FILE.csv")
	}
	if err := outputs.Write(target, c.App.Writer, func(w io.Writer) error {
		return whole.Write(w,
			format)
	}); err != nil {
		return err
	}
	return remark(c, whole.Remarks())
}
