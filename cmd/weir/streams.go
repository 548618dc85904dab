package main

import (
	"io"

	"weir/internal/outfile"

	"github.com/urfave/cli/v2"
)

// filesKey is where the app keeps the outputs of the process.
const filesKey = "files"

// outputs returns the outputs of the process.
func outputs(c *cli.Context) *outfile.Files { return c.App.Metadata[filesKey].(*outfile.Files) }

// readFiles records the files that a command has read, so that no output replaces them.
func readFiles(c *cli.Context, files map[string][]byte) {
	for name := range files {
		outputs(c).Input(name)
	}
}

// writeOutput writes a whole file or nothing; "-" or "" is standard output.
func writeOutput(c *cli.Context, path string, write func(io.Writer) error) error {
	return outputs(c).Write(path, c.App.Writer, write)
}

// outputFlag returns the flag -o after it has refused a place that cannot be written.
func outputFlag(c *cli.Context) (string, error) {
	path := c.String("output")
	return path, outputs(c).Check(path)
}
