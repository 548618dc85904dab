package commandline

import (
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// Completion returns the command that prints the completion script of a shell.
func Completion() *cli.Command {
	return &cli.Command{
		Name:      "completion",
		Usage:     "print the script that completes commands, flags and names in a shell",
		ArgsUsage: strings.Join(Shells, "|"),
		Description: "   bash: source <(weir completion bash)           in ~/.bashrc\n" +
			"   zsh:  source <(weir completion zsh)            in ~/.zshrc, after compinit\n" +
			"   fish: weir completion fish | source            in config.fish",
		Action: func(c *cli.Context) error {
			script := Script(c.Args().First())
			if c.Args().Len() != 1 || script == "" {
				return Errorf("weir completion takes one shell: %s", strings.Join(Shells, ", "))
			}
			_, err := io.WriteString(c.App.Writer, script)
			return err
		},
	}
}

// Man returns the command that prints the man page of the app that it belongs to.
func Man() *cli.Command {
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
