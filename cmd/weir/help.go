package main

import (
	"fmt"
	"io"
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

// completionCommand returns weir completion with its help.
func completionCommand() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print the script that completes commands, flags and names in a shell",
		ArgsUsage: strings.Join(commandline.Shells, "|"),
		Description: "   bash: source <(weir completion bash)           in ~/.bashrc\n" +
			"   zsh:  source <(weir completion zsh)            in ~/.zshrc, after compinit\n" +
			"   fish: weir completion fish | source            in config.fish",
		Action: func(c *cli.Context) error {
			script := commandline.Script(c.Args().First())
			if c.Args().Len() != 1 || script == "" {
				return usagef("weir completion takes one shell: %s", strings.Join(commandline.Shells, ", "))
			}
			_, err := io.WriteString(c.App.Writer, script)
			return err
		},
	}
}

// manCommand returns weir man with its help.
func manCommand() *cli.Command {
	return &cli.Command{
		Name:        "man",
		Usage:       "print the man page",
		Description: "   weir man > /usr/local/share/man/man1/weir.1",
		Action: func(c *cli.Context) error {
			page, err := c.App.ToManWithSection(1)
			if err == nil {
				_, err = io.WriteString(c.App.Writer, page)
			}
			return err
		},
	}
}

// complete prints what may stand in the place of the last of some words, a line each.
func complete(app *cli.App, words []string) int {
	for _, word := range commandline.Complete(app, words, commandline.Known{Topics: help.Names, Variables: editor.Variables}) {
		fmt.Fprintln(app.Writer, word)
	}
	return 0
}
