package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"

	"github.com/urfave/cli/v2"
)

// flagsFirst returns args with a command's flags moved before its arguments, because the flag
// library stops at the first argument: weir run model.toml --format csv.
func flagsFirst(app *cli.App, args []string) []string {
	if len(args) < 2 {
		return args
	}
	cmd := app.Command(args[1])
	if cmd == nil {
		return args
	}
	takesValue := map[string]bool{}
	for _, f := range cmd.Flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, name := range f.Names() {
			takesValue[name] = !isBool
		}
	}
	var flags, rest []string
	for i := 2; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if a == "-" || !strings.HasPrefix(a, "-") {
			rest = append(rest, a)
			continue
		}
		flags = append(flags, a)
		name := strings.TrimLeft(a, "-")
		if takesValue[name] && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		} else if takesValue[name] {
			return append([]string{args[0], args[1]}, flags...) // nothing after it hides that it lacks a value
		}
	}
	out := append([]string{args[0], args[1]}, flags...)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out
}

// unknownCommand returns the error for a command that does not exist, with the nearest name.
func unknownCommand(name string, known []string) error {
	if near := diagnostic.Nearest(name, known); near != "" {
		return usagef("there is no command %q: did you mean %s?", name, near)
	}
	return usagef("there is no command %q: the commands are %s", name, strings.Join(known, ", "))
}

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

// settings returns the values of a flag, --set name=value, by name. A value that is no finite number, or a
// name that is set twice, is an error.
func settings(flag string, list []string) (map[string]float64, error) {
	set := map[string]float64{}
	for _, s := range list {
		equal := strings.LastIndexByte(s, '=') // names of imported models may have one, too
		name := strings.TrimSpace(s[:max(equal, 0)])
		if name == "" {
			return nil, usagef("--%s wants name=value, not %q", flag, s)
		}
		value := s[equal+1:]
		x, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || math.IsNaN(x) {
			return nil, usagef("--%s %s: %q is not a number", flag, name, value)
		}
		if _, twice := set[name]; twice {
			return nil, usagef("--%s %s is given twice", flag, name)
		}
		set[name] = x
	}
	return set, nil
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
