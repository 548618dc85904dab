// Package commandline is the edge to the flag library: where its rules and words are not those that
// people expect.
package commandline

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"weir/model/diagnostic"

	"github.com/urfave/cli/v2"
)

// An Error is a mistake on the command line.
type Error struct{ message string }

// Error returns the message.
func (e Error) Error() string { return e.message }

// Errorf returns an Error.
func Errorf(format string, args ...any) error { return Error{fmt.Sprintf(format, args...)} }

// FlagsFirst returns args with a command's flags moved before its arguments, because the flag
// library stops at the first argument: weir run model.toml --format csv.
func FlagsFirst(app *cli.App, args []string) []string {
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

// Unknown returns the error for a command that does not exist, with the nearest name.
func Unknown(name string, known []string) error {
	if near := diagnostic.Nearest(name, known); near != "" {
		return Errorf("there is no command %q: did you mean %s?", name, near)
	}
	return Errorf("there is no command %q: the commands are %s", name, strings.Join(known, ", "))
}

// Readable returns an error of the flag library in the words of this program.
func Readable(err error) error {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return fmt.Errorf("there is no flag --%s", strings.TrimPrefix(name, "-"))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return fmt.Errorf("--%s needs a value", strings.TrimPrefix(name, "-"))
	}
	var value, name, reason string
	if n, _ := fmt.Sscanf(text, "invalid value %q for flag -%s %s", &value, &name, &reason); n == 3 {
		return fmt.Errorf("--%s cannot be %q: a number is wanted", strings.TrimSuffix(name, ":"), value)
	}
	return err
}

// Settings returns the values of a flag, --set name=value, by name. A value that is no finite number, or a
// name that is set twice, is an error.
func Settings(flag string, list []string) (map[string]float64, error) {
	set := map[string]float64{}
	for _, s := range list {
		equal := strings.LastIndexByte(s, '=') // names of imported models may have one, too
		name := strings.TrimSpace(s[:max(equal, 0)])
		if name == "" {
			return nil, Errorf("--%s wants name=value, not %q", flag, s)
		}
		value := s[equal+1:]
		x, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || math.IsNaN(x) {
			return nil, Errorf("--%s %s: %q is not a number", flag, name, value)
		}
		if _, twice := set[name]; twice {
			return nil, Errorf("--%s %s is given twice", flag, name)
		}
		set[name] = x
	}
	return set, nil
}

// AsGiven returns those of the flags that are set, as arguments.
func AsGiven(c *cli.Context, names []string) []string {
	var out []string
	for _, name := range names {
		if !c.IsSet(name) {
			continue
		}
		switch value := c.Value(name).(type) {
		case bool:
			out = append(out, fmt.Sprintf("--%s=%t", name, value))
		case cli.StringSlice:
			for _, v := range value.Value() {
				out = append(out, "--"+name, v)
			}
		default:
			out = append(out, "--"+name, fmt.Sprint(value))
		}
	}
	return out
}
