package say

import (
	"math"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
)

const (
	// worth is the share of the difference, or of the largest part, from which a part is named
	// on its own.
	worth = 0.05
	// most is how many parts a sentence names.
	most = 5
	// strong is the share of the difference from which a synergy is worth a sentence.
	strong = 0.1
)

// decisions says which decision did it, if there is more than one.
func (a *account) decisions() []scenarios.Said {
	d := a.e.Decisions
	if len(d.Parts) < 2 {
		return nil
	}
	s := append(scenarios.Said{{Text: "By decision: "}}, a.listed(d, func(p scenarios.Part, verb string) string {
		if strings.HasPrefix(verb, "are ") {
			return "by “" + p.Label + "”"
		}
		return "from “" + p.Label + "”"
	})...)
	list := []scenarios.Said{s}
	for _, pair := range d.Synergies {
		if pair.Clear && math.Abs(pair.Amount) >= strong*math.Abs(a.e.Difference) && !a.q.Negligible(pair.Amount) {
			list = append(list, a.together(pair))
		}
		if len(list) > 2 {
			break
		}
	}
	return list
}

// together says what a pair does beyond the sum of the two.
func (a *account) together(p scenarios.Pair) scenarios.Said {
	label := func(id string) string {
		i := slices.IndexFunc(a.e.Decisions.Parts, func(p scenarios.Part) bool { return p.ID == id })
		return "“" + a.e.Decisions.Parts[i].Label + "”"
	}
	return scenarios.Said{{Text: label(p.A) + " and " + label(p.B) + " together make " + a.q.About()},
		a.amount(p.Amount, p.A+"+"+p.B), {Text: " " + a.more(p.Amount) + " than the two alone would add up to."}}
}

// channels says through what the effect passes.
func (a *account) channels() []scenarios.Said {
	c := a.e.Channels
	if len(c.Parts) == 0 {
		if c.Rest == nil {
			return nil
		}
		return []scenarios.Said{{{Text: "It passes nothing in the model that could be held: it is direct."}}}
	}
	return []scenarios.Said{append(scenarios.Said{{Text: "By way: "}}, a.listed(c, func(p scenarios.Part,
		_ string) string {
		return a.through(p)
	})...)}
}

// through returns "through families’ confidence, which is higher", "directly", or the model's own
// words, "because fewer families leave".
func (a *account) through(p scenarios.Part) string {
	switch {
	case p.ID == direct:
		return "in other ways"
	case p.Why != "":
		return "because " + p.Why
	}
	text := "through " + a.names.Inside(p.Label)
	if p.Way != "" {
		text += " (" + p.Way + ")"
	}
	return text
}

// direct is the ID of what passes no channel.
const direct = "direct"

// come returns the verb for a part: that of one that goes with the whole is "come", "fewer come"
// if the whole is less of something that is counted; one that goes against it is lost or won
// back, where readers want more of it, or comes in the other direction.
func (a *account) come(d float64) string {
	with, up := (d > 0) == (a.e.Difference > 0), a.e.Difference > 0
	switch {
	case with && (up || a.q.Kind != prose.Plain):
		return "come"
	case with:
		return a.more(d) + " come"
	case a.e.Outcome.Cost && up:
		return "are saved again"
	case a.e.Outcome.Cost:
		return "are spent again"
	case a.e.Outcome.Better == scenarios.Lower:
		return a.more(d) + " come"
	case up:
		return "are lost again"
	}
	return "are won back"
}

// listed returns the parts as a list of amounts: those that go with the whole, then those that
// go against it, then what is left.
func (a *account) listed(s scenarios.Split, where func(p scenarios.Part, verb string) string) scenarios.Said {
	var with, against []scenarios.Part
	rest, others := 0.0, 0
	parts := s.Parts
	if s.Rest != nil {
		parts = append(slices.Clone(parts), *s.Rest)
	}
	for _, p := range parts {
		switch {
		case a.minor(p.Amount) || len(with)+len(against) == most:
			rest += p.Amount
			others++
		case (p.Amount > 0) == (a.e.Difference > 0):
			with = append(with, p)
		default:
			against = append(against, p)
		}
	}
	var out scenarios.Said
	add := func(list []scenarios.Part) {
		for i, p := range list {
			switch {
			case len(out) == 0:
				out = append(out, scenarios.SaidPiece{Text: a.q.About()})
			case i == 0:
				out = append(out, scenarios.SaidPiece{Text: "; " + a.q.About()})
			case i == len(list)-1:
				out = append(out, scenarios.SaidPiece{Text: " and "})
			default:
				out = append(out, scenarios.SaidPiece{Text: ", "})
			}
			verb := a.come(p.Amount)
			place := where(p, verb)
			if i > 0 {
				verb = "" // that of the first is for all of the list
			}
			out = append(out, a.amount(p.Amount, p.ID), scenarios.SaidPiece{Text: a.over(p) + " " + prose.Join(verb,
				place)})
		}
	}
	add(with)
	add(against)
	if len(out) == 0 {
		return scenarios.Said{{Text: "nothing stands out."}}
	}
	if others > 0 && !a.q.Negligible(rest) {
		out = append(out, scenarios.SaidPiece{Text: "; the rest is "}, a.amount(rest, ""),
			scenarios.SaidPiece{Text: " " + a.more(rest)})
	}
	return append(out, scenarios.SaidPiece{Text: "."})
}

// over returns " (130 to 310)", the range of a part over the futures; "" without futures.
func (a *account) over(p scenarios.Part) string {
	if a.e.Futures == 0 {
		return ""
	}
	return " (" + a.q.Apart(p.Range, p.Amount) + ")"
}

// minor reports whether an amount is too small to be named.
func (a *account) minor(d float64) bool {
	size := math.Abs(a.e.Difference)
	if a.apart() {
		for _, p := range slices.Concat(a.e.Decisions.Parts, a.e.Channels.Parts) {
			size = max(size, math.Abs(p.Amount))
		}
	}
	return a.q.Negligible(d) || math.Abs(d) < worth*size
}

// cancelling says which decisions, and which ways, are clear although the whole cannot be told from
// none.
func (a *account) cancelling() []scenarios.Said {
	var list []scenarios.Said
	for _, of := range []struct {
		parts []scenarios.Part
		start string
		where func(scenarios.Part) string
	}{
		{a.e.Decisions.Parts, "By decision: ", func(p scenarios.Part) string { return "from “" + p.Label + "”" }},
		{a.e.Channels.Parts, "By way: ", a.through},
	} {
		s := scenarios.Said{{Text: of.start}}
		up, down := false, false
		for _, p := range of.parts {
			if !p.Clear || a.minor(p.Amount) || len(s) > 2*most {
				continue
			}
			before := a.q.About()
			if len(s) > 1 {
				before = "; " + before
			}
			s = append(s, scenarios.SaidPiece{Text: before}, a.amount(p.Amount, p.ID),
				scenarios.SaidPiece{Text: a.over(p) + " " + a.more(p.Amount) + " " + of.where(p)})
			up, down = up || p.Amount > 0, down || p.Amount < 0
		}
		switch {
		case up && down:
			list = append(list, append(s, scenarios.SaidPiece{Text: ". They work against each other."}))
		case up || down:
			list = append(list, append(s, scenarios.SaidPiece{Text: "."}))
		}
	}
	return list
}

// unclear says which parts have no sign that nine in ten futures share.
func (a *account) unclear() []scenarios.Said {
	var list []string
	for _, p := range a.e.Decisions.Parts {
		if !p.Clear && !a.minor(p.Amount) && len(a.e.Decisions.Parts) > 1 {
			list = append(list, "“"+p.Label+"”")
		}
	}
	for _, p := range a.e.Channels.Parts {
		if !p.Clear && !a.minor(p.Amount) {
			list = append(list, a.names.Inside(p.Label))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return []scenarios.Said{{{Text: "Not clear: " + prose.Some(list) + ". In more than one of ten futures it goes the other way."}}}
}

// factor writes a factor in two figures.
func factor(x float64) string { return prose.Decimals(prose.Rounded(x, 0.1)) }
