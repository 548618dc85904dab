package report

import (
	"math"
	"strings"

	"weir/scenarios"
)

// fits say how no new decisions compares with what was recorded.
func (b *builder) fits() []sentence {
	out := []sentence{}
	for _, f := range b.c.Fits {
		if f.Points > 0 && !math.IsNaN(f.MAPE) {
			out = append(out, b.fitSentence(f))
		}
	}
	return out
}

func (b *builder) fitSentence(f scenarios.Fit) sentence {
	q := quantity{kind: share, finest: 0.1}
	side := "too high"
	if f.Worst < 0 {
		side = "too low"
	}
	text := b.names.inside(f.Outcome.Label) + ": from " + b.cal.date(f.From) + " to " + b.cal.date(f.To) +
		" the model is off by " + q.number(f.MAPE) + " on average (" + count(f.Points, "recorded point") + ")" +
		", at worst " + q.number(abs(f.Worst)) + " " + side + " in " + b.cal.date(f.WorstAt) + "."
	if f.Directions > 0 {
		text += " It goes the same way, up or down, in " + decimals(float64(f.DirectionsRight)) + " of " + count(f.Directions, "step") + "."
	}
	return say(capital(text))
}

// fitWarning is what the model itself says about its fit: the sentences of its
// description that speak of fit, data or proof.
func (b *builder) fitWarning() string {
	out := []string{}
	for _, s := range strings.SplitAfter(strings.ReplaceAll(b.c.Set.Model.About, "\n", " "), ". ") {
		low := strings.ToLower(s)
		if strings.Contains(low, "fit") && (strings.Contains(low, "prove") || strings.Contains(low, "feedback")) {
			out = append(out, strings.TrimSpace(s))
		}
	}
	return strings.Join(out, " ")
}
