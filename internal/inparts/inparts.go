// Package inparts is how commands are divided: the flag --shard makes a part of one, weir merge runs
// the command with the numbers of all parts, and weir cluster asks a command how much it has to do.
// A command calls Do around its analysis and knows nothing of the rest.
package inparts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"weir/internal/commandline"
	"weir/internal/outfile"
	"weir/scenarios/divide"
	"weir/scenarios/part"
	"weir/scenarios/part/items"

	"github.com/urfave/cli/v2"
)

// dividerKey is where the app keeps the divider of a command that runs inside another one.
const dividerKey = "divider"

// Flag returns the flag --shard of a command whose items have a name, in the plural.
func Flag(items string) cli.Flag {
	return &cli.StringFlag{Name: "shard",
		Usage: "only part `i/n` of the " + items + ", into -o part.parquet; weir merge puts parts together"}
}

// elsewhere are flags that say where results go or how fast they come: they decide no number, and
// are not of a part.
var elsewhere = []string{"shard", "output", "format", "quiet", "workers", "posterior"}

// A Command is one whose analysis can be divided.
type Command struct {
	Outputs *outfile.Files
	Texts   map[string][]byte // that were read, by path
	File    string            // the model or set
	Target  string            // -o
	Version string            // of weir
}

// Do has a command analyse: all of it here and now or, with --shard, one part, which it writes into
// the target. It reports whether the command is to go on and write its result. Inside weir merge the
// divider has the numbers of parts, which must be of the same command and texts.
func Do(c *cli.Context, of Command, analyse func(divide.Divider) error) (goOn bool, err error) {
	task := items.NewTask(c.Command.Name, recorded(c), of.File, of.Version, of.Texts)
	switch inside := c.App.Metadata[dividerKey].(type) {
	case *items.Whole:
		if err := inside.Check(task); err != nil {
			return false, err
		}
		return true, analyse(inside)
	case *Ask:
		if c.IsSet("shard") {
			return false, commandline.Errorf("--shard is for weir cluster to say")
		}
		inside.Task, inside.Texts, inside.File = task, of.Texts, of.File
		inside.Target, inside.Draws = of.Target, c.String("posterior")
		if err := analyse(&inside.Probe); !errors.Is(err, divide.ErrElsewhere) {
			return false, cmp.Or(err, errors.New("the command ended before anything could be divided (of weir calibrate, the samplers of --posterior FILE are)"))
		}
		return false, nil
	}
	if !c.IsSet("shard") {
		return true, analyse(nil)
	}
	return false, makePart(c, of, task, analyse)
}

// recorded returns the flags that decide the result, as arguments.
func recorded(c *cli.Context) []string {
	var names []string
	for _, f := range c.Command.Flags {
		if name := f.Names()[0]; !slices.Contains(elsewhere, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return commandline.AsGiven(c, names)
}

// shardOf returns the shard that the flag names.
func shardOf(c *cli.Context) (part.Shard, error) {
	s, err := part.ParseShard(c.String("shard"), os.LookupEnv)
	if err != nil {
		return s, commandline.Errorf("--shard: %v", err)
	}
	return s, nil
}

// makePart writes one part of a command, going on from an earlier attempt.
func makePart(c *cli.Context, of Command, task items.Task, analyse func(divide.Divider) error) error {
	shard, err := shardOf(c)
	if err != nil {
		return err
	}
	if of.Target == "" || of.Target == "-" || !strings.HasSuffix(of.Target, ".parquet") {
		return commandline.Errorf("a part is a file: say -o part.parquet")
	}
	if c.IsSet("format") {
		return commandline.Errorf("--format is for weir merge, which writes the result")
	}
	job := items.Job{Task: task, Shard: shard}
	earlier, err := job.Found(of.Target)
	if err != nil {
		return err
	}
	if earlier != nil {
		defer earlier.Close()
	}
	return write(c, of.Outputs, of.Target, earlier != nil && earlier.Head.Complete(), func(w io.Writer) (bool, string,
		error) {
		h, err := job.Write(c.Context, w, earlier, analyse)
		var usage items.Usage
		switch {
		case errors.As(err, &usage):
			return false, "", commandline.Errorf("%v", usage)
		case err != nil:
			return false, "", err
		}
		return h.Complete(), h.Progress(), nil
	})
}

// write writes a part unless it is whole already, and removes what an earlier attempt left of it.
// make reports whether the part is whole and how much of it there is.
func write(c *cli.Context, outputs *outfile.Files, target string, whole bool, make func(io.Writer) (bool, string,
	error)) error {
	partial := outfile.Partial(target)
	if !whole {
		progress := ""
		err := outputs.WritePart(target, c.App.Writer, func(w io.Writer) (bool, error) {
			var err error
			whole, progress, err = make(w)
			return whole, err
		})
		switch {
		case errors.Is(err, context.Canceled):
			return errors.New("stopped before a part of the part was done; nothing was written")
		case err != nil:
			return err
		case !whole:
			return fmt.Errorf("stopped after %s; the same command goes on from %s", progress, partial)
		}
	} else if !c.Bool("quiet") {
		fmt.Fprintf(c.App.ErrWriter, "weir: %s is whole already; nothing was run\n", target)
	}
	if partial == target { // a device or pipe leaves none
		return nil
	}
	if err := os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot remove %s, which is part of %s now: %w", partial, target, outfile.Cause(err))
	}
	return nil
}
