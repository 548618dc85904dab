package runs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"

	"weir/scenarios/report/picture"
	"weir/sim"
)

// Formats are those that show several runs: a page, which package report writes, and pictures.
var Formats = []string{"html", "svg", "png"}

// WritePicture writes a picture of the runs as svg or png. The error is one of writing.
func (v *View) WritePicture(w io.Writer, format string) error {
	s := v.Sheet(picture.MaxCharts)
	if format == "png" {
		return s.PNG(w)
	}
	return s.SVG(w)
}

// Variant takes "LABEL:NAME=VALUE,NAME=VALUE" apart. The list has the settings one by one; commas
// between brackets are part of a name, as in seats[charter, 7].
func Variant(text string) (label string, list []string, err error) {
	label, rest, ok := strings.Cut(text, ":")
	if label = strings.TrimSpace(label); !ok || label == "" || strings.Contains(label, "=") {
		return "", nil, fmt.Errorf("%q begins with no label: write LABEL:NAME=VALUE, as in 'More coaches:coach_share=0.4'", text)
	}
	depth, from := 0, 0
	for i, c := range rest + "," {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == ',' && (depth <= 0 || i == len(rest)):
			list, from = append(list, strings.TrimSpace(rest[from:i])), i+1
		}
	}
	return label, list, nil
}

// Vary runs the model once more, with other values for constants and decisions beside those of the
// first run. A label that is taken, and a setting that the model does not have, are errors.
func (v *View) Vary(ctx context.Context, label string, set map[string]float64) error {
	if err := v.room(label); err != nil {
		return err
	}
	result, err := v.Program.Run(ctx, v.settings(set))
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; nothing was written")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", label, err)
	}
	v.Runs = append(v.Runs, Run{Name: label, Set: set, Result: result})
	return nil
}

// room returns an error if no run may have this label, or no run can be added.
func (v *View) room(label string) error {
	for _, r := range v.Runs {
		if strings.EqualFold(r.Name, label) {
			return fmt.Errorf("there are two runs named %q: give each a label of its own", label)
		}
	}
	if len(v.Runs) >= MaxRuns {
		return fmt.Errorf("at most %d runs are shown at once: their lines could not be told apart", MaxRuns)
	}
	return nil
}

// Beside adds a result that was read from a file, under the name of the file.
func (v *View) Beside(name string, earlier Series) error {
	if err := v.room(name); err != nil {
		return err
	}
	v.Runs = append(v.Runs, Run{Name: name, Earlier: earlier})
	return nil
}

// settings returns the settings of the first run with some more.
func (v *View) settings(set map[string]float64) sim.Settings {
	s := v.Settings
	s.Progress, s.Set = nil, map[string]float64{}
	maps.Copy(s.Set, v.Settings.Set)
	maps.Copy(s.Set, set)
	return s
}

// MaxRuns bounds the runs of a view: each has a colour and a dash of its own.
const MaxRuns = 8
