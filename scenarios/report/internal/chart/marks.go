package chart

import (
	"math"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/wire"
)

// Dip returns the words for a stretch in which a scenario goes the other way first, at its
// deepest: "310 fewer in 2030". The verdict must have such a stretch.
func (b *Charts) Dip(f *Figure, v scenarios.Verdict) string {
	q := f.QuantityFor()
	return q.Gap(v.Worse.Depth) + " " + q.More(v.Worse.Depth) + " in " + b.Cal.Date(math.Round(v.Worse.At))
}

// notes returns what is written at the lines of the chart of differences: the deepest point of
// a stretch the other way.
func (b *Charts) notes(d *Figure) []wire.Note {
	// Other charts have no room for words beside their lines.
	out := []wire.Note{}
	if d != b.Difference {
		return out
	}
	for i, r := range b.C.Runs {
		v := b.Verdict(r.Scenario, d.Outcome)
		if v.Worse == nil || v.Outcome.Cost {
			continue
		}
		// The note stands at a drawn row; the words have the exact depth and year.
		line := d.Lines[i+1]
		row := nearest(d.Times, v.Worse.At)
		if value := prose.Finite(line.Values[row]); value != nil {
			out = append(out, wire.Note{Key: draw.SlotKey(i + 1), Time: d.Times[row], Value: *value, Words: b.Dip(b.Figs[0], v)})
		}
	}
	return out
}

// nearest returns the row of a time's nearest neighbour. times must not be empty.
func nearest(times []float64, t float64) int {
	best := 0
	for i, x := range times {
		if math.Abs(x-t) < math.Abs(times[best]-t) {
			best = i
		}
	}
	return best
}

// misfit returns the model's own misfit to the record of the main outcome, to be set beside the
// differences; nil without a record, and in any other chart.
func (b *Charts) misfit(d *Figure) *wire.Misfit {
	if d != b.Difference {
		return nil
	}
	for _, v := range b.C.Verdicts {
		if v.Outcome == d.Outcome && v.Misfit != nil {
			q := b.Figs[0].QuantityFor()
			return &wire.Misfit{Half: *v.Misfit, Words: "the model’s own misfit to its record: ±" + q.Gap(*v.Misfit)}
		}
	}
	return nil
}
