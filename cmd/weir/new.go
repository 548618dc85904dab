package main

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"
)

// newFiles are the model and the set that weir new writes.
//
//go:embed new
var newFiles embed.FS

// newCommand returns weir new with its flags and help.
func newCommand() *cli.Command {
	return &cli.Command{
		Name:        "new",
		Usage:       "write a small commented model and a scenario set to start from",
		ArgsUsage:   "FOLDER",
		Description: "   weir new school\n   weir run school/model.toml\n   weir compare school/scenarios.toml -o school.html",
		Action:      runNew,
	}
}

// runNew is weir new FOLDER. It writes nothing if one of the files is there already.
func runNew(c *cli.Context) error {
	if c.Args().Len() != 1 {
		return usagef("weir new takes one folder, not %d arguments", c.Args().Len())
	}
	dir := c.Args().First()
	entries, err := newFiles.ReadDir("new")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := os.Lstat(filepath.Join(dir, e.Name())); err == nil {
			return fmt.Errorf("%s is there already; nothing was written", filepath.Join(dir, e.Name()))
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, e := range entries {
		text, err := newFiles.ReadFile("new/" + e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), text, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(c.App.Writer, "%s written\n", filepath.Join(dir, e.Name()))
	}
	fmt.Fprintf(c.App.Writer, "\nNext:\n  weir run %s -o run.html\n  weir test %s\n  weir compare %s -o %s.html\n",
		filepath.Join(dir, "model.toml"),
		filepath.Join(dir, "model.toml"), filepath.Join(dir, "scenarios.toml"), filepath.Base(filepath.Clean(dir)))
	return nil
}
