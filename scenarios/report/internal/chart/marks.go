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

// A Stretch is the row of the main panel at which a scenario differs most while nine in ten futures
// agree on the direction.
type Stretch struct {
	Time, Difference float64
}

// OnTheWay returns where a scenario that is unclear at the end differs clearly before it: nil if
// nowhere by a thousandth of the outcome, which verdicts call slight, if the end is clear, or
// without futures.
func (b *Charts) OnTheWay(v scenarios.Verdict) *Stretch {
	if v.Distinguishable || v.Worse != nil || v.Swings != nil || v.Outcome.Cost || !b.HasFutures() || len(b.Figs) == 0 ||
		v.Outcome != b.Figs[0].Outcome {
		return nil
	}
	var out *Stretch
	for i, r := range b.C.Runs {
		if r.Scenario != v.Scenario || i >= len(b.C.Panels[0].DifferenceBands) {
			continue
		}
		main := b.C.Panels[0]
		band := main.DifferenceBands[i]
		for row, t := range main.Time {
			d := band.Median[row]
			clear := (band.Low[row] > 0 || band.High[row] < 0) && math.Abs(d) >= math.Abs(main.Baseline[row])/1000
			if t > b.C.Today && clear && !b.Figs[0].QuantityFor().Negligible(d) && (out == nil || math.Abs(d) > math.Abs(out.Difference)) {
				out = &Stretch{t, d}
			}
		}
	}
	return out
}

// OnTheWayWords returns the words for a clear difference before an unclear end: "500 fewer in
// 2029"; "" if there is none.
func (b *Charts) OnTheWayWords(v scenarios.Verdict) string {
	s := b.OnTheWay(v)
	if s == nil {
		return ""
	}
	q := b.Figs[0].QuantityFor()
	return q.Gap(s.Difference) + " " + q.More(s.Difference) + " in " + b.Cal.Date(math.Round(s.Time))
}

// notes returns what is written at the lines of the chart of differences: the deepest point of
// a stretch the other way, or of a clear one before an unclear end.
func (b *Charts) notes(d *Figure) []wire.Note {
	// Other charts have no room for words beside their lines.
	out := []wire.Note{}
	if d != b.Difference {
		return out
	}
	for i, r := range b.C.Runs {
		v := b.Verdict(r.Scenario, d.Outcome)
		at, words := 0.0, ""
		if s := b.OnTheWay(v); s != nil {
			at, words = s.Time, b.OnTheWayWords(v)
		} else if v.Worse != nil && !v.Outcome.Cost {
			at, words = v.Worse.At, b.Dip(b.Figs[0], v)
		} else {
			continue
		}
		// The note stands at a drawn row; the words have the exact depth and year.
		row := nearest(d.Times, at)
		if value := prose.Finite(d.Lines[i+1].Values[row]); value != nil {
			out = append(out, wire.Note{Key: draw.SlotKey(i + 1), Time: d.Times[row], Value: *value, Words: words})
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
