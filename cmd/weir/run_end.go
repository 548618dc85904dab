package main

import (
	"errors"
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

// placed returns the error of a run with the place of the model that it is about, or else the file.
func placed(file string, m *model.Model, err error) error {
	var e *sim.Error
	if errors.As(err, &e) && e.Span.End > e.Span.Start {
		if text, known := m.Files[e.Span.File]; known {
			line, column := diagnostic.Position(text, e.Span.Start)
			return fmt.Errorf("%s:%d:%d: %w", e.Span.File, line, column, err)
		}
	}
	return fmt.Errorf("%s: %w", file, err)
}
