package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"

	"github.com/urfave/cli/v2"
)

// oneFile returns the only argument of a command. The error counts the arguments.
func oneFile(c *cli.Context, what string) (string, error) {
	if c.Args().Len() != 1 {
		return "", usagef("weir %s takes one %s, not %d arguments", c.Command.Name, what, c.Args().Len())
	}
	if c.Args().First() == "" {
		return "", usagef("the name of the %s is empty", what)
	}
	return c.Args().First(), nil
}

// numberFlag returns the number of a flag; nil if it is not set, or no flag of the command.
func numberFlag(c *cli.Context, flag string) *float64 {
	if !c.IsSet(flag) {
		return nil
	}
	x := c.Float64(flag)
	return &x
}

// oneOf returns the value of a flag, which must be one of the known ones. The error lists them.
func oneOf(c *cli.Context, flag string, known ...string) (string, error) {
	v := c.String(flag)
	for _, k := range known {
		if v == k {
			return v, nil
		}
	}
	hint := ""
	if near := diagnostic.Nearest(v, known); near != "" {
		hint = fmt.Sprintf(": did you mean %s?", near)
	}
	return "", usagef("--%s is one of %s, not %q%s", flag, strings.Join(known, ", "), v, hint)
}

// formatOf returns --format, or else the format that the ending of the output's name is, or else
// the fallback, where the output is standard output or a device.
func formatOf(c *cli.Context, fallback string, known ...string) (string, error) {
	path := c.String("output")
	if c.IsSet("format") && c.String("format") != "auto" {
		return oneOf(c, "format", known...)
	}
	if c.IsSet("shard") && !slices.Contains(known, "parquet") { // of the result, which weir merge writes
		return fallback, nil
	}
	if info, err := os.Stat(path); path == "" || path == "-" || err == nil && !info.Mode().IsRegular() {
		return fallback, nil
	}
	switch ending := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."); {
	case slices.Contains(known, ending):
		return ending, nil
	case ending == "txt" && slices.Contains(known, "table"):
		return "table", nil
	}
	return "", usagef("--output %s: end its name with .%s, or say --format %s",
		path, strings.Join(slices.DeleteFunc(slices.Clone(known), func(f string) bool { return f == "table" }),
			", ."), strings.Join(known, ", "))
}

// ourNames returns settings by the names of the model: those of another tool's model may be
// written as in its file.
//
// The control variables of such a model are no constants of ours: the error names the flag.
func ourNames(m *model.Model, set map[string]float64) (map[string]float64, error) {
	out := map[string]float64{}
	for name, x := range set {
		ours := m.OurName(name)
		if m.Imported != nil && m.Variable(ours) == nil {
			switch ours {
			case "stop_time":
				return nil, usagef("--set %s: it is the end of the run, which is --stop %g", name, x)
			case "dt":
				return nil, usagef("--set %s: it is the time step, which is --step %g", name, x)
			case "save":
				return nil, usagef("--set %s: rows are saved by --save %g", name, x)
			case "start_time":
				return nil, usagef("--set %s: the start of the run is set in the model only", name)
			}
		}
		out[ours] = x
	}
	return out, nil
}
