// Package single runs a model once, as weir run does: with the check of half the step, and with
// remarks about settings that the model does not foresee.
package single

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/output"
	"weir/scenarios/words"
	"weir/sim"
)

// Run fills in the result of a run by its settings and, if half is true, the comparison with half the
// step. progress hears the share of steps that are done; nil: nobody. A cancelled run keeps its rows
// and is no error, and a run whose check was cancelled is complete.
func Run(ctx context.Context, program *sim.Program, f *output.Run, half bool,
	progress func(float64)) (cancelled bool, err error) {
	f.Settings.Progress = progress
	f.Result, err = program.Run(ctx, f.Settings)
	f.Settings.Progress = nil
	if errors.Is(err, context.Canceled) && f.Result != nil {
		return true, nil
	}
	if err != nil || !half {
		return false, err
	}
	if f.Result.NonFinite != nil { // there is nothing to compare, but a step too long may be why
		fast, err := program.FastPart(ctx, f.Settings, f.Model.Time.Start)
		if err == nil && fast != nil {
			f.Half = &sim.Difference{Trust: sim.Unstable, Fast: fast}
		}
		return false, nil
	}
	d, err := program.StepError(ctx, f.Settings, f.Result)
	if errors.Is(err, context.Canceled) {
		return false, nil // the run itself is complete
	}
	if err == nil {
		f.Half = &d
	}
	return false, err
}

// OutOfRange returns a remark for each setting outside the range that the model declares, by name in
// the order of the alphabet. A range holds for every element of an array.
func OutOfRange(m *model.Model, set map[string]float64) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(set)) {
		bare, _, _ := strings.Cut(name, "[")
		v := m.Variable(strings.ToLower(strings.TrimSpace(bare)))
		if x := set[name]; v != nil && v.Range != nil && (x < v.Range[0] || x > v.Range[1]) {
			lines = append(lines, fmt.Sprintf("%s is set to %s, outside its range of %s to %s", name,
				words.Number(x), words.Number(v.Range[0]), words.Number(v.Range[1])))
		}
	}
	return lines
}
