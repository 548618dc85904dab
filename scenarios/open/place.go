package open

import (
	"errors"
	"fmt"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/sim"
)

// End returns the place of the equation at which a run ended, "x: model.toml:3:5"; "" if the model
// has it in no file.
func End(m *model.Model, n *sim.NonFinite) string {
	name, _, _ := strings.Cut(n.Variable, "[")
	v := m.Variable(name)
	if v == nil {
		return ""
	}
	at := v.Span
	if v.Equation.Text != "" && v.Equation.Span.File != "" {
		at = v.Equation.Span
	}
	text, known := m.Files[at.File]
	if !known {
		return ""
	}
	line, column := diagnostic.Position(text, at.Start)
	return fmt.Sprintf("%s: %s:%d:%d", name, at.File, line, column)
}

// Placed returns the error of a run with the place of the model that it is about, or else the file.
func Placed(file string, m *model.Model, err error) error {
	var e *sim.Error
	if errors.As(err, &e) && e.Span.End > e.Span.Start {
		if text, known := m.Files[e.Span.File]; known {
			line, column := diagnostic.Position(text, e.Span.Start)
			return fmt.Errorf("%s:%d:%d: %w", e.Span.File, line, column, err)
		}
	}
	return fmt.Errorf("%s: %w", file, err)
}
