package inparts

import (
	"weir/internal/commandline"
	"weir/scenarios/part/items"

	"github.com/urfave/cli/v2"
)

// An Ask is the divider of a command that is only asked how much it has to do.
type Ask struct {
	items.Probe
	Task   items.Task
	Texts  map[string][]byte // that were read, by path
	File   string            // the model or set
	Target string            // -o of the command; "" if none was given
}

// Divided reports whether an argument is a command that can be divided, besides weir run.
func Divided(app *cli.App, name string) bool {
	command := app.Command(name)
	return command != nil && name != "run" && has(command, "shard")
}

// Of asks a command, given as its words, how much it has to do. It runs a few of its items; the
// error is the command's.
func Of(c *cli.Context, words []string) (*Ask, error) {
	ask := &Ask{}
	c.App.Metadata[dividerKey] = ask
	defer delete(c.App.Metadata, dividerKey)
	args := commandline.FlagsFirst(c.App, append([]string{c.App.Name}, words...))
	return ask, nested(c, c.App.Command(words[0]), args[1:])
}

// nested runs a command inside another one, whose flags it does not see.
func nested(c *cli.Context, command *cli.Command, args []string) error {
	inner := cli.NewContext(c.App, nil, nil)
	inner.Context, inner.Command = c.Context, command
	return command.Run(inner, args...)
}
