package main

import (
	"fmt"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// showEnd prints the place of the equation at which a run ended, if the model has it in a file.
func showEnd(c *cli.Context, m *model.Model, n *sim.NonFinite) {
	name, _, _ := strings.Cut(n.Variable, "[")
	v := m.Variable(name)
	if v == nil {
		return
	}
	at := v.Span
	if v.Equation.Text != "" && v.Equation.Span.File != "" {
		at = v.Equation.Span
	}
	text, known := m.Files[at.File]
	if !known {
		return
	}
	line, column := diagnostic.Position(text, at.Start)
	fmt.Fprintf(c.App.ErrWriter, "weir: the run ended at the equation of %s: %s:%d:%d\n", name, at.File, line, column)
}
