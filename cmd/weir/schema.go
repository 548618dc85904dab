package main

import (
	"io"

	"weir/model"
	"weir/model/toml/shape"
	"weir/scenarios"

	"github.com/urfave/cli/v2"
)

// schemaCommand returns weir schema with its flags and help.
func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the JSON Schema of model files or scenario sets, for editors",
		ArgsUsage: "model|set",
		Description: "   weir schema model -o model.schema.json\n" +
			"   weir schema set -o set.schema.json\n\n" +
			"   An editor with a TOML language server completes and checks as you type where a\n" +
			"   file's first line names its schema:\n\n" +
			"   #:schema ./model.schema.json",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, - for standard output",
				Value: "-"},
		},
		Action: runSchema,
	}
}

// runSchema is weir schema model|set.
func runSchema(c *cli.Context) error {
	shapes := map[string]*shape.Shape{"model": model.FileShape, "set": scenarios.FileShape}
	s := shapes[c.Args().First()]
	if c.Args().Len() != 1 || s == nil {
		return usagef("weir schema takes one word, model or set")
	}
	text, err := s.Schema()
	if err != nil {
		return err
	}
	return writeOutput(c, c.String("output"), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
