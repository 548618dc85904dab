package main

import (
	"weir/internal/about"

	"github.com/urfave/cli/v2"
)

// versionCommand returns weir version.
func versionCommand() *cli.Command {
	return &cli.Command{
		Name:        "version",
		Usage:       "say the version, the commit and the modules that this weir was built from",
		Description: "   weir version",
		Action:      func(c *cli.Context) error { return about.Write(c.App.Writer, "weir", version) },
	}
}
