package verdict

import (
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
)

// TimeWords returns the value of a verdict in words; "never" for a time that does not come before
// the horizon. The words are those of number otherwise.
func TimeWords(never bool, number string) string {
	if never {
		return "never"
	}
	return number
}

// neverBaseline returns the sentence about a time that does not come with no new decisions, such as
// "With no new decisions, years until 150 children: never before 2046 (in 93 of 100 futures)."
func (b *Teller) neverBaseline(f *chart.Figure, v scenarios.Verdict) string {
	text := "With no new decisions, " + b.Names.Inside(f.Title) + ": never before " + b.Cal.Date(b.C.HorizonOf(f.Outcome))
	if b.HasFutures() {
		text += " (in " + prose.Hundred(v.Never.Baseline) + " futures)"
	}
	return text + "."
}

// neverWords returns the difference of a time that does not come in one of two runs; "" if it comes
// in both. A number would pretend that the run ended with it.
func neverWords(q prose.Quantity, v scenarios.Verdict) string {
	switch {
	case v.NeverBaseline() && v.NeverValue():
		return "never, as with no new decisions"
	case v.NeverValue():
		return "never, worse"
	case v.NeverBaseline():
		return "after " + prose.Join(q.Number(v.Value), q.Unit) + ", better; never with no new decisions"
	}
	return ""
}

// inHowMany returns the shares of futures in which a time never comes; "" if it always does.
func inHowMany(v scenarios.Verdict) string {
	if v.Never == nil || v.Never.Value == 0 && v.Never.Baseline == 0 {
		return ""
	}
	return "never in " + prose.Hundred(v.Never.Value) + " futures, with no new decisions in " + prose.Hundred(v.Never.Baseline)
}
