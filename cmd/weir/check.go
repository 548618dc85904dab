package main

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/scenarios/output"
	"weir/scenarios/start"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

// checkCommand returns weir check with its flags and help.
func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "say everything that is wrong with a model or a scenario set",
		ArgsUsage: "FILE...",
		Description: "Every mistake at once, with its place, and what to do about it: names, units,\n" +
			"cycles, arrays, data. Warnings and notes do not fail the check.\n\n" +
			"   weir check model.toml\n   weir check --format json scenarios.toml",
		Flags: append([]cli.Flag{formatFlag("text", "json"),
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "errors and warnings only"}},
			importFlags()...),
		Action: runCheck,
	}
}

// formatFlag returns the flag --format with its known values, of which the first is the default.
func formatFlag(known ...string) cli.Flag {
	usage := "one of"
	for i, k := range known {
		if i > 0 {
			usage += ","
		}
		usage += " " + k
	}
	return &cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: known[0], Usage: usage}
}

// runCheck is weir check FILE: all diagnostics of all files, then a line per file. It fails if
// there is an error among them.
func runCheck(c *cli.Context) error {
	format, err := oneOf(c, "format", "text", "json")
	if err != nil {
		return err
	}
	if c.Args().Len() == 0 {
		return usagef("weir check takes one or more files")
	}
	if slices.Contains(c.Args().Slice(), "") {
		return usagef("the name of a file is empty")
	}
	var all diagnostic.List
	files := map[string][]byte{}
	for _, file := range c.Args().Slice() {
		list, sum, err := checkFile(c, file, files)
		if err != nil {
			return err
		}
		list.Sort()
		if c.Bool("quiet") {
			list = list.Without(diagnostic.Note)
		}
		if format == "text" {
			diagnostic.Render(c.App.Writer, list, files)
			fmt.Fprintf(c.App.Writer, "%s: %s%s\n", file, output.CheckVerdict(list), sum)
		}
		all = append(all, list...)
	}
	if format == "json" {
		if err := diagnostic.RenderJSON(c.App.Writer, all, files); err != nil {
			return err
		}
	}
	if all.HasErrors() {
		return errReported
	}
	return nil
}

// checkFile returns the diagnostics of a model, or of a set with its model, and a summary of the
// contents of a sound one. It adds the texts that it read to files, for the rendering.
func checkFile(c *cli.Context, file string, files map[string][]byte) (diagnostic.List, string, error) {
	opened := format.Open(file)
	if isSet(opened) {
		set, list := loadAndCheckSet(opened)
		if set == nil {
			return list, "", nil
		}
		for name, text := range set.Files {
			files[name] = text
		}
		return list, fmt.Sprintf(": %s, %s", words.Count(len(set.Scenarios), "scenario"),
			words.Count(len(set.Outcomes), "outcome")), nil
	}
	if what := ofCalibrate(opened); what != "" {
		return nil, ": " + what, nil
	}
	m, list, err := openModel(c, opened)
	if err != nil {
		return nil, "", err
	}
	if m == nil {
		return list, "", nil
	}
	for name, text := range m.Files {
		files[name] = text
	}
	r, more := model.Check(m) // also of a broken model: every mistake at once
	list = append(append(list, more...), checkTables(m, r != nil)...)
	if r == nil {
		list.Sort()
		return list, "", nil
	}
	if !list.HasErrors() {
		remarks, err := start.Check(c.Context, m, r, list)
		if err != nil {
			return nil, "", err
		}
		list = append(list, remarks...)
	}
	list.Sort()
	return list, output.ModelSummary(r), nil
}

// isSet reports whether a file is a scenario set: only a set names a model in its top table.
func isSet(file *format.File) bool {
	root := file.Root()
	return root != nil && root.Has("model")
}

// ofCalibrate returns a description of a file that weir calibrate wrote; "" for any other. Such a
// file is checked together with the model or set that names it.
func ofCalibrate(file *format.File) string {
	switch root := file.Root(); {
	case root == nil:
		return ""
	case root.Has("posterior"):
		return "draws that weir calibrate wrote, for a set that names them"
	case root.Has("calibration") && root.Has("constants"):
		return "values that weir calibrate wrote, for a model that names them"
	}
	return ""
}
