package main

import (
	"fmt"
	"strings"

	"weir/internal/commandline"
	"weir/internal/terminal"
	"weir/scenarios/editor"
	"weir/scenarios/help"

	"github.com/urfave/cli/v2"
)

// helpCommand returns weir help with its help.
func helpCommand() *cli.Command {
	return &cli.Command{
		Name:      "help",
		Usage:     "explain a command, a topic, a diagnostic, a function, a table or a key",
		ArgsUsage: "[NAME]",
		Description: "   weir help                 the commands and topics\n" +
			"   weir help units           a topic of the manual\n" +
			"   weir help unknown-name    a diagnostic, with a file that earns it\n" +
			"   weir help smooth3         a function\n" +
			"   weir help conveyor        a table of a model file with its keys",
		Action: runHelp,
	}
}

// runHelp is weir help NAME.
func runHelp(c *cli.Context) error {
	name := strings.Join(c.Args().Slice(), "-")
	if name == "" {
		if err := cli.ShowAppHelp(c); err != nil {
			return err
		}
		fmt.Fprintln(c.App.Writer)
		return help.Overview(c.App.Writer, terminal.Width(c.App.Writer))
	}
	if c.App.Command(name) != nil {
		return cli.ShowCommandHelp(c, name)
	}
	known, err := help.Write(c.App.Writer, name, terminal.Width(c.App.Writer))
	if err == nil && !known {
		hint := ": weir help lists the commands and topics"
		if near := help.Near(name); near != "" {
			hint = ": did you mean " + near + "?"
		}
		return usagef("there is no help on %q%s", name, hint)
	}
	return err
}

// complete prints what may stand in the place of the last of some words, a line each.
func complete(app *cli.App, words []string) int {
	known := commandline.Known{Topics: help.Names, Variables: editor.Variables}
	for _, word := range commandline.Complete(app, words, known) {
		fmt.Fprintln(app.Writer, word)
	}
	return 0
}
