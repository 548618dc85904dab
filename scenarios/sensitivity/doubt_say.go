package sensitivity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/words"
)

// fewFutures is the number of futures from which a share of them is stated.
const fewFutures = 20

// sentences returns the doubts in words, each a whole sentence: the nearest turns of the claims about
// the scenario that leads, what is worth knowing, the nearest turns of the other claims, the
// nearest first, and the claims that nothing turns.
func sentences(c *scenarios.Comparison, d *scenarios.Doubt) []string {
	names := prose.NewNames(c.Set.Model, c.Set.Text)
	var list, firm []string
	if len(d.Claims) == 0 {
		list = append(list, "With every number at its own value no choice differs from another in "+
			names.Inside(d.Outcome.Label)+
			" by more than the step could make, so there is no claim to turn.")
	}
	first := leader(c, d.Outcome)
	var others []scenarios.Claim
	for _, x := range d.Claims {
		switch {
		case len(x.Turns) == 0:
			firm = append(firm, ClaimWords(x))
		case x.Better != nil && x.Better == first:
			list = append(list, turnSentence(names, x, x.Turns[0]))
		default:
			others = append(others, x)
		}
	}
	if i := d.Information; i != nil && (len(d.Claims) > 0 || i.Perfect > 0) {
		list = append(list, informationSentence(c, d, names))
	}
	slices.SortStableFunc(others, func(a, b scenarios.Claim) int {
		return cmp.Compare(nearness(a.Turns[0]), nearness(b.Turns[0]))
	})
	for _, x := range others {
		list = append(list, turnSentence(names, x, x.Turns[0]))
	}
	if firm != nil {
		list = append(list, "No single number, anywhere in its range, turns this: "+strings.Join(firm, "; ")+".")
	}
	return append(list, d.Notes...)
}

// leader returns the scenario that gains most in the central run.
func leader(c *scenarios.Comparison, o *scenarios.Outcome) (first *scenarios.Scenario) {
	most := math.Inf(-1)
	for _, v := range c.Verdicts {
		if v.Outcome == o && gain(o, v) > most {
			first, most = v.Scenario, gain(o, v)
		}
	}
	return first
}

// ClaimWords returns a claim as a clause: "Listen and act does better than no new decisions".
func ClaimWords(x scenarios.Claim) string {
	if x.Better == nil {
		return x.Worse.Label + " does worse than no new decisions"
	}
	return x.Better.Label + " does better than " + choiceLabel(x.Worse)
}

// choiceLabel returns the label of a scenario, or no new decisions.
func choiceLabel(s *scenarios.Scenario) string {
	if s == nil {
		return "no new decisions"
	}
	return s.Label
}

// turned returns the end of a claim as a clause: "Listen and act no longer does better than no new
// decisions".
func turned(x scenarios.Claim) string {
	if x.Better == nil {
		return x.Worse.Label + " no longer does worse than no new decisions"
	}
	return x.Better.Label + " no longer does better than " + choiceLabel(x.Worse)
}

// turnSentence says at which value a constant turns a claim, nearest to its own: "If the share that
// leaves is under 2% instead of 5%, …".
func turnSentence(names prose.Names, x scenarios.Claim, t scenarios.Turn) string {
	k := nearest(t)
	side, beyond := "over ", t.Stretches[k]
	at := beyond.From
	if at <= t.Own && beyond.Holds {
		side, beyond = "under ", t.Stretches[k-1]
	}
	value, own := apart(names.Quantity(t.Constant, "", max(abs(at), abs(t.Own))), at, t.Own)
	text := fmt.Sprintf("If %s is %s%s instead of %s, %s", names.Inside(names.Of(t.Constant)), side, value, own,
		turned(x))
	if beyond.Share != nil && beyond.Futures >= fewFutures {
		text += " (" + ofThatKind(int(*beyond.Share*float64(beyond.Futures)+0.5), beyond.Futures) + ")"
	}
	return text + "."
}

// ofThatKind says in how many of n futures a claim still holds.
func ofThatKind(holds, n int) string {
	switch holds {
	case 0:
		return fmt.Sprintf("nor does it in any of the %d futures of that kind", n)
	case n:
		return fmt.Sprintf("but it does in all %d futures of that kind, with the others as they may be", n)
	}
	return fmt.Sprintf("it still does in %d of the %d futures of that kind", holds, n)
}

// nearest returns the place of the stretch whose lower end is the turn nearest to the constant's
// own value.
func nearest(t scenarios.Turn) int {
	best := 1
	for k := range t.Stretches[1:] {
		if abs(t.Stretches[k+1].From-t.Own) < abs(t.Stretches[best].From-t.Own) {
			best = k + 1
		}
	}
	return best
}

// apart writes two values with as many figures as it takes to tell them apart.
func apart(q prose.Quantity, a, b float64) (string, string) {
	if x, y := q.With(a), q.With(b); x != y {
		return x, y
	}
	for digits := 3; digits < 17; digits++ {
		x, y := strconv.FormatFloat(a, 'g', digits, 64), strconv.FormatFloat(b, 'g', digits, 64)
		if x != y {
			return strings.TrimSpace(x + " " + q.Unit), strings.TrimSpace(y + " " + q.Unit)
		}
	}
	return words.Exact(a), words.Exact(b)
}

// informationSentence says which constant is worth measuring before the choice.
func informationSentence(c *scenarios.Comparison, d *scenarios.Doubt, names prose.Names) string {
	i := d.Information
	q := WorthQuantity(c)
	best := choiceLabel(i.Choice)
	if i.Changes == 0 {
		return prose.Capital(best) + " is best in every future, so that for this choice nothing is worth " +
			"measuring first."
	}
	if x := i.Values; len(x) > 0 && x[0].Sure {
		return fmt.Sprintf("If one thing could be measured before deciding, it should be %s: on average %s is "+
			"best, and knowing it would change "+
			"the choice in %d of 100 futures and gain %s on average; knowing everything would gain %s.",
			names.Inside(names.Of(x[0].Constant)), best, int(100*x[0].Changes+0.5), q.With(x[0].Value),
			q.With(i.Perfect))
	}
	return fmt.Sprintf("On average %s is best; another choice would be better in %d of 100 futures, by %s on "+
		"average over all, and no single number "+
		"that could be measured first tells which.", best, int(100*i.Changes+0.5), q.With(i.Perfect))
}

// WorthQuantity returns how values of information are written: in the unit of the main outcome.
func WorthQuantity(c *scenarios.Comparison) prose.Quantity {
	place, o := mainOutcome(c.Set)
	q := prose.QuantityOf(prose.PrintedWords(o.MeasureUnit(), nil), o.Index, abs(c.Verdicts[place].Baseline))
	if o.Cost {
		q = q.Summed()
	}
	q.Finest, q.Coarse = 0, 0 // such a value is small against the level
	return q
}

// TurnValues returns a constant's own value, and those at which a claim turns: "5%" and "30% and
// 70%".
func TurnValues(c *scenarios.Comparison, t scenarios.Turn) (now, at string) {
	q := prose.NewNames(c.Set.Model, c.Set.Text).Quantity(t.Constant, "", max(abs(t.Low), abs(t.High)))
	var list []string
	for _, s := range t.Stretches[1:] {
		list = append(list, q.Number(s.From))
	}
	return q.Number(t.Own), words.List(list)
}

// TurnWords returns the stretches of a constant in which a claim holds, with the shares of the
// futures there: "under 2% it does not (in 3 of 20 futures), over 2% it holds (in 170 of 180 futures); now 5%".
func TurnWords(c *scenarios.Comparison, t scenarios.Turn) string {
	q := prose.NewNames(c.Set.Model, c.Set.Text).Quantity(t.Constant, "", max(abs(t.Low), abs(t.High)))
	var list []string
	for k, s := range t.Stretches {
		text := "over " + q.With(s.From)
		if k == 0 {
			text = "under " + q.With(s.To)
		} else if k < len(t.Stretches)-1 {
			text = q.With(s.From) + " to " + q.With(s.To)
		}
		if s.Holds {
			text += " it holds"
		} else {
			text += " it does not"
		}
		if s.Share != nil {
			text += fmt.Sprintf(" (in %d of %d futures)", int(*s.Share*float64(s.Futures)+0.5), s.Futures)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ") + "; now " + q.With(t.Own)
}
