package inparts

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"weir/internal/commandline"
	"weir/scenarios/cluster"
	"weir/scenarios/ensemble"
	"weir/scenarios/part/items"

	"github.com/urfave/cli/v2"
)

// An Ask is the divider of a command that is only asked how much it has to do.
type Ask struct {
	items.Probe
	Task   items.Task
	Texts  map[string][]byte // that were read, by path
	File   string            // the model or set, as the texts name it
	Target string            // -o of the command; "" if none was given
	Draws  string            // --posterior of the command; "" if it has none
}

// Divided reports whether an argument is a command that can be divided, besides weir run.
func Divided(app *cli.App, name string) bool {
	command := app.Command(name)
	return command != nil && name != "run" && has(command, "shard")
}

// Job asks a command, given as its words, how much it has to do, and returns the job that does it
// in parts, and the cost. It runs a few of the command's items; the error is the command's.
func Job(c *cli.Context, words []string, shards int) (*cluster.Job, ensemble.Cost, error) {
	if err := foreign(c, words[0]); err != nil {
		return nil, ensemble.Cost{}, err
	}
	ask := &Ask{Probe: items.Probe{Began: time.Now()}}
	c.App.Metadata[dividerKey] = ask
	defer delete(c.App.Metadata, dividerKey)
	args := commandline.FlagsFirst(c.App, append([]string{c.App.Name}, words...))
	if err := nested(c, c.App.Command(words[0]), args[1:]); err != nil {
		return nil, ask.Cost, err
	}
	cost := ask.Cost
	if shards > cost.Items {
		return nil, cost, commandline.Errorf("--shards cannot be %d: there are %d parts at most, one a %s", shards, cost.Items, cost.Unit)
	}
	if slices.Contains(ask.Task.Flags, "--data") && c.String("at") == "" {
		return nil, cost, commandline.Errorf("data that --data names are not copied: put them where the command runs, " +
			"and say with --at where the model is there")
	}
	results, err := ask.results()
	if err != nil {
		return nil, cost, err
	}
	cost.Seconds += ask.Before * float64(shards) // each part comes to its items anew
	stem := strings.TrimSuffix(filepath.Base(ask.File), filepath.Ext(ask.File))
	return &cluster.Job{Name: cluster.Name(words[0] + "-" + stem), Command: words[0], Files: ask.Texts, Model: ask.File,
		Items: cost.Items, Unit: cost.Unit, Format: "parquet", Flags: ask.Task.Flags, Results: results}, cost, nil
}

// ofCluster are the flags of weir cluster itself; its others are those of weir run.
var ofCluster = []string{"output", "shards", "parallel", "image", "at", "cpus", "memory", "hours", "help"}

// foreign returns an error for a flag of weir run before a command that is another one.
func foreign(c *cli.Context, command string) error {
	for _, f := range c.Command.Flags {
		if name := f.Names()[0]; c.IsSet(name) && !slices.Contains(ofCluster, name) {
			return commandline.Errorf("--%s is here a flag of weir run; say those of weir %s behind it: weir cluster … -- %s … --%s …",
				name, command, command, name)
		}
	}
	return nil
}

// results returns the files that the merge writes: those that the command names, in the folder of
// the job.
func (a *Ask) results() ([]cluster.Result, error) {
	list := []cluster.Result{{Flag: "-o", Name: a.Target}, {Flag: "--posterior", Name: a.Draws}}
	if a.Target == "" && a.Draws == "" {
		list[0].Name = "all.json"
	}
	list = slices.DeleteFunc(list, func(r cluster.Result) bool { return r.Name == "" })
	for _, r := range list {
		if r.Name == "-" || r.Name != filepath.Base(r.Name) {
			return nil, commandline.Errorf("%s %s: the result lies in the folder of the job, so name it without another folder",
				r.Flag, r.Name)
		}
	}
	return list, nil
}

// nested runs a command inside another one, whose flags it does not see.
func nested(c *cli.Context, command *cli.Command, args []string) error {
	inner := cli.NewContext(c.App, nil, nil)
	inner.Context, inner.Command = c.Context, command
	return command.Run(inner, args...)
}
