package main

import (
	"os"
	"runtime/debug"

	"weir/internal/terminal"
	"weir/scenarios/editor"

	"github.com/urfave/cli/v2"
)

// lspCommand returns weir lsp with its help.
func lspCommand() *cli.Command {
	return &cli.Command{
		Name:  "lsp",
		Usage: "answer an editor about model files and scenario sets (language server)",
		Description: "An editor starts it and speaks the Language Server Protocol over standard input and\n" +
			"output: mistakes as you type, hovers with the last run, names and functions completed,\n" +
			"definition, references and rename across modules, sets and tests, formatting. The manual\n" +
			"has settings for VS Code, Neovim, Helix and Zed.",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "stdio", Usage: "what editors say; it is the only way there is"}},
		Action: func(c *cli.Context) error {
			if c.Args().Len() > 0 {
				return usagef("weir lsp takes no arguments: an editor starts it")
			}
			debug.SetGCPercent(400) // a check keeps little of the garbage that it makes; answers wait for fewer collections
			out := terminal.Binary(c.App.Writer)
			return editor.Serve(c.Context, os.Stdin, out, func() { os.Stdin.Close() }, version)
		},
	}
}
