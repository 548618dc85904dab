package main

import (
	"io"
	"strings"

	"weir/model"
	"weir/model/toml/shape"
	"weir/scenarios"
	"weir/scenarios/output"

	"github.com/urfave/cli/v2"
)

// schemaCommand returns weir schema with its flags and help.
func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:      "schema",
		Usage:     "print the JSON Schema of model files, scenario sets or what commands write",
		ArgsUsage: "model|set|run-output|…",
		Description: "   weir schema model -o model.schema.json\n" +
			"   weir schema set -o set.schema.json\n\n" +
			"   An editor with a TOML language server completes and checks as you type where a\n" +
			"   file's first line names its schema:\n\n" +
			"   #:schema ./model.schema.json\n\n" +
			"   Of what commands write with --format json:\n   " + strings.Join(output.Schemas(), "\n   "),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, - for standard output",
				Value: "-"},
		},
		Action: runSchema,
	}
}

// runSchema is weir schema model|set.
func runSchema(c *cli.Context) error {
	word := c.Args().First()
	shapes := map[string]*shape.Shape{"model": model.FileShape, "set": scenarios.FileShape}
	text, known := output.Schema(word)
	if s := shapes[word]; s != nil {
		var err error
		if text, err = s.Schema(); err != nil {
			return err
		}
		known = true
	}
	if c.Args().Len() != 1 || !known {
		return usagef("weir schema takes one word: model, set, %s", strings.Join(output.Schemas(), ", "))
	}
	return writeOutput(c, c.String("output"), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
