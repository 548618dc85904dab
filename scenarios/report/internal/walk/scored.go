package walk

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/wire"
)

// scored returns the loops of each run with their scores over time.
func (w *walker) scored() []wire.RunLoops {
	out := []wire.RunLoops{}
	for i, r := range w.C.Loops {
		name := w.C.Baseline.Label
		if r.Scenario != nil {
			name = w.Name(r.Scenario).Text
		}
		x := wire.RunLoops{Key: draw.SlotKey(i), Name: name, Times: r.Time, Loops: []wire.RunLoop{}, Note: note(r)}
		for k, l := range r.Loops {
			x.Loops = append(x.Loops, w.loop(r, k, l))
		}
		out = append(out, x)
	}
	return out
}

// loop returns loop k of a run.
func (w *walker) loop(r *scenarios.RunLoops, k int, l scenarios.ScoredLoop) wire.RunLoop {
	out := wire.RunLoop{Name: cmp.Or(l.Label, l.ID), Polarity: l.Polarity, Share: percent(l.Share),
		Places: w.places(l.States), Steps: l.Steps,
		Over: []int{}, Through: []int{}}
	for _, x := range l.Over {
		out.Over = append(out.Over, int(math.Round(1000*x)))
	}
	for name, list := range r.Through {
		if at, known := w.at[name]; known && slices.Contains(list, k) {
			out.Through = append(out.Through, at)
		}
	}
	slices.Sort(out.Through) // of a map
	return out
}

// places returns the places of variables.
func (w *walker) places(names []string) []int {
	out := []int{}
	for _, name := range names {
		if at, known := w.at[name]; known {
			out = append(out, at)
		}
	}
	return out
}

// percent returns a share from 0 to 1 in words.
func percent(share float64) string {
	if share < 0.01 {
		return "under 1 %"
	}
	return prose.Decimals(math.Round(100*share)) + " %"
}

// note says how the loops of a run were found and what its scores rest on.
func note(r *scenarios.RunLoops) string {
	text := fmt.Sprintf("The %d of %s loops that explain most of the change in this run", len(r.Loops),
		prose.Decimals(float64(r.Count)))
	if len(r.Loops) == r.Count {
		text = fmt.Sprintf("The %d loops of this run", r.Count)
	}
	if r.Merged {
		text += "; loops through the same stocks in the same order count as one"
	}
	if !r.All {
		text += "; found along the strongest paths, so others may be missing"
	}
	text += ". Scores are those of \u201cLoops that matter\u201d (Schoenberg, Hayward and Eberlein 2023), of a run with central values"
	if r.Departure > 0 {
		text += fmt.Sprintf(" by Euler\u2019s method, which departs from the model\u2019s own by %.2g %% of a stock at most", 100*r.Departure)
	}
	return text + "."
}
