package verdict

import (
	"fmt"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/words"
)

// WorldWords returns in which worlds the finding of verdict i holds, and the verdict in those
// where it does not: "the same in Steep and Rich; not in Luck harms (−5, worse)". It is "" for a
// set without worlds. It is for a terminal: plain text.
func WorldWords(c *scenarios.Comparison, i int) string {
	var same, other []string
	for k, holds := range c.Holds(i) {
		label := scenarios.WorldLabel(c.Worlds[k].World)
		if holds {
			same = append(same, label)
			continue
		}
		other = append(other, label+" ("+DifferenceWords(c.Worlds[k].Verdicts[i])+")")
	}
	switch {
	case len(c.Worlds) == 0:
		return ""
	case len(other) == 0 && len(same) == 1:
		return "the same in the other world, " + same[0]
	case len(other) == 0:
		return "the same in all " + prose.Spelled(len(same)) + " other worlds"
	case len(same) == 0:
		return "in no other world: " + strings.Join(other, ", ")
	}
	return "the same in " + words.List(same) + "; not in " + strings.Join(other, ", ")
}

// inWorlds returns the sentence about a verdict in the other worlds of the set; "" without any.
func (b *Teller) inWorlds(v scenarios.Verdict) string {
	i := slices.IndexFunc(b.C.Verdicts, func(x scenarios.Verdict) bool {
		return x.Scenario == v.Scenario && x.Outcome == v.Outcome
	})
	if i < 0 || len(b.C.Worlds) == 0 {
		return ""
	}
	var not []string
	for k, holds := range b.C.Holds(i) {
		if !holds {
			not = append(not, "“"+scenarios.WorldLabel(b.C.Worlds[k].World)+"” "+
				"("+DifferenceWords(b.C.Worlds[k].Verdicts[i])+")")
		}
	}
	switch n := len(b.C.Worlds); {
	case len(not) == 0 && n == 1:
		return fmt.Sprintf("It does so as well if “%s” is true.", scenarios.WorldLabel(b.C.Worlds[0].World))
	case len(not) == 0:
		return "It does so in each of the " + prose.Spelled(n) + " other worlds of the set as well."
	}
	return "It does not in " + words.Verb(len(not), "the world ", "the worlds ") + words.List(not) + "."
}
