package evidence

import (
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/words"
)

// Fits compares the baseline with the records, in one sentence per outcome that has some. A record
// without a point in the run, or whose mean error is NaN, has no sentence.
func (b *Teller) Fits() []parts.Sentence {
	out := []parts.Sentence{}
	for _, f := range b.C.Fits {
		if f.Points > 0 && !math.IsNaN(f.MAPE) {
			out = append(out, b.fitSentence(f))
		}
	}
	return out
}

// fitSentence describes a fit of the line that the chart shows: mean and worst relative error, and
// directions.
func (b *Teller) fitSentence(f scenarios.Fit) parts.Sentence {
	line := "the model"
	if b.C.Centre == scenarios.MedianFuture {
		line = "the middle of the futures"
	}
	q := prose.Quantity{Kind: prose.Share, Finest: 0.1}
	side := "too high"
	if f.Worst < 0 {
		side = "too low"
	}
	text := b.Names.Inside(f.Outcome.Label) + ": from " + b.Cal.Date(f.From) + " to " + b.Cal.Date(f.To) +
		" " + line + " is off by " + q.Number(f.MAPE) + " on average (" + words.Count(f.Points, "recorded point") + ")" +
		", at worst " + q.Number(math.Abs(f.Worst)) + " " + side + " in " + b.Cal.Date(f.WorstAt) + "."
	if f.Directions > 0 {
		text += " It goes the same way, up or down, in " + prose.Decimals(float64(f.DirectionsRight)) +
			" of " + words.Count(f.Directions, "step") + "."
	}
	return parts.Say(prose.Capital(text))
}

// FitWarning returns the sentences of the model's own description that are about its fit
// and its proof. It is "" if there are none. A good fit is easily taken for a proof, so the
// author's own words against that stand beside it.
func (b *Teller) FitWarning() string {
	out := []string{}
	for _, s := range strings.SplitAfter(strings.ReplaceAll(b.C.Set.Model.About, "\n", " "), ". ") {
		low := strings.ToLower(s)
		if strings.Contains(low, "fit") && (strings.Contains(low, "prove") || strings.Contains(low, "feedback")) {
			out = append(out, strings.TrimSpace(s))
		}
	}
	return strings.Join(out, " ")
}
