package main

import (
	"weir/internal/commandline"

	"github.com/urfave/cli/v2"
)

// mcpProgram is the program behind weir mcp: a module of its own, since what it is built with would
// be a tenth of weir.
const mcpProgram = "weir-mcp"

// mcpCommand returns weir mcp with its help.
func mcpCommand() *cli.Command {
	return &cli.Command{
		Name:  "mcp",
		Usage: "give assistants the models of a folder, over the Model Context Protocol",
		Description: "A server on standard input and output with the tools check, run, compare, explain,\n" +
			"sensitivity, import and inspect. It reads files of the folder that it is started in, and\n" +
			"writes none. It is the program weir-mcp, which stands beside weir.\n\n" +
			"   weir mcp\n   weir mcp -folder school\n   weir mcp -timeout 10m",
		SkipFlagParsing: true,
		Action: func(c *cli.Context) error {
			failed, err := commandline.Beside(c.Context, mcpProgram, c.Args().Slice())
			if err == nil && failed {
				err = errReported
			}
			return err
		},
	}
}
