package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"

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
			"   weir mcp\n   weir mcp -folder school",
		SkipFlagParsing: true,
		Action:          runMCP,
	}
}

// runMCP is weir mcp.
func runMCP(c *cli.Context) error {
	program, err := exec.LookPath(mcpProgram)
	if self, e := os.Executable(); e == nil {
		if beside, e := exec.LookPath(filepath.Join(filepath.Dir(self), mcpProgram)); e == nil {
			program, err = beside, nil
		}
	}
	if err != nil {
		return errors.New("weir-mcp is not beside weir, and not on the PATH: releases have it; from source, go build in cmd/weir-mcp makes it")
	}
	server := exec.CommandContext(c.Context, program, c.Args().Slice()...)
	server.Stdin, server.Stdout, server.Stderr = os.Stdin, os.Stdout, os.Stderr
	var ended *exec.ExitError
	if err := server.Run(); errors.As(err, &ended) {
		return errReported
	} else if err != nil {
		return err
	}
	return nil
}
