package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

func inspectCommand() *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "print what weir made of a model",
		ArgsUsage: "MODEL",
		Description: "   weir inspect model.toml --print=equations   resolved and expanded, hidden stocks too\n" +
			"   weir inspect model.toml --print=order       what is computed after what\n" +
			"   weir inspect model.toml --print=units       every variable with its unit\n" +
			"   weir inspect model.toml --print=loops       feedback loops, shortest first\n" +
			"   weir inspect model.toml --print=program     the array code that runs",
		Flags:  append([]cli.Flag{&cli.StringFlag{Name: "print", Aliases: []string{"p"}, Value: "equations", Usage: "one of equations, order, units, loops, program"}}, importFlags()...),
		Action: runInspect,
	}
}

func runInspect(c *cli.Context) error {
	what, err := oneOf(c, "print", "equations", "order", "units", "loops", "program")
	if err != nil {
		return err
	}
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(c.App.Writer)
	defer w.Flush()
	switch what {
	case "equations":
		resolved.PrintEquations(w, r)
	case "order":
		resolved.PrintOrder(w, r)
	case "units":
		printUnits(w, m)
	case "loops":
		printLoops(w, model.Structure(r), width(c.App.Writer))
	case "program":
		program, err := sim.Compile(r)
		if err != nil {
			return err
		}
		program.Dump(w)
	}
	return nil
}

func printUnits(w io.Writer, m *model.Model) {
	name := 0
	for _, v := range m.Variables {
		name = max(name, len(v.Name))
	}
	for _, v := range m.Variables {
		unit := v.Units
		if unit == "" {
			unit = "not declared"
		}
		over := ""
		if len(v.Over) > 0 {
			over = "  over " + strings.Join(v.Over, ", ")
		}
		fmt.Fprintf(w, "%-*s  %-8s  %s%s\n", name, v.Name, v.Kind, unit, over)
	}
}

// repeats folds names that come again and again, as where a loop passes through the
// grades of a school: [a b a b a b c] is [(a → b) 3 times, c].
func repeats(names []string) []string {
	var out []string
	for i := 0; i < len(names); {
		length, times := 1, 1
		for n := 2; i+2*n <= len(names) && times == 1; n++ {
			length = n
			for j := i + n; j+n <= len(names) && slices.Equal(names[j:j+n], names[i:i+n]); j += n {
				times++
			}
		}
		if times == 1 {
			out = append(out, names[i])
			i++
			continue
		}
		out = append(out, fmt.Sprintf("(%s) %d times", strings.Join(names[i:i+length], " → "), times))
		i += length * times
	}
	return out
}

func printLoops(w io.Writer, g *model.Graph, columns int) {
	if len(g.Loops) == 0 {
		fmt.Fprintln(w, "no feedback loops")
		return
	}
	for i, l := range g.Loops {
		way := strings.Join(append(repeats(l.Names()), l.Names()[0]), " → ")
		fmt.Fprintf(w, "%3d  %-11s  %s\n", i+1, l.Polarity, hanging(way, 18, columns))
	}
	if g.LoopsCut {
		fmt.Fprintln(w, "     there are more; these are the shortest through each link")
	}
}
