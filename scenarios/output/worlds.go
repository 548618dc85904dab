package output

import (
	"fmt"
	"io"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/uncertainty"
)

// writeWorlds writes the ranking of the scenarios for the first outcome in each world.
func writeWorlds(w io.Writer, cmp *scenarios.Comparison, columns int) {
	if len(cmp.Worlds) == 0 || len(cmp.Set.Outcomes) == 0 {
		return
	}
	o := cmp.Set.Outcomes[0]
	fmt.Fprintf(w, "\nFrom the best to the worst for %s\n", o.Label)
	own := scenarios.WorldLabel(nil)
	if cmp.Worlds[0].Share != nil {
		own = "All worlds as drawn"
	}
	line := func(label string, list []scenarios.Verdict) {
		fmt.Fprintln(w, "  "+Hanging(label+": "+standings(scenarios.Ranking(list, o)), 2, columns))
	}
	line(own, cmp.Verdicts)
	for _, x := range cmp.Worlds {
		label := scenarios.WorldLabel(x.World)
		if x.Share != nil {
			label += fmt.Sprintf(" (%.0f %% of the futures)", 100**x.Share)
		}
		line(label, x.Verdicts)
	}
}

// standings writes a ranking in one line. Scenarios that cannot be told from no new decisions
// stand with them, joined by =.
func standings(list []scenarios.Standing) string {
	var b strings.Builder
	for i, x := range list {
		switch {
		case i == 0:
		case x.Gain == list[i-1].Gain:
			b.WriteString(" = ")
		default:
			b.WriteString(", ")
		}
		if x.Scenario == nil {
			b.WriteString("no new decisions")
		} else {
			b.WriteString(x.Scenario.Label)
		}
	}
	return b.String()
}

// A worldRow is a world in the JSON of a comparison. All lists are in the order of the set.
type worldRow struct {
	World string   `json:"world"` // as_written is the model without a world
	Label string   `json:"label"`
	About string   `json:"about,omitempty"`
	Share *float64 `json:"share,omitempty"` // of the comparison's own futures
	// Rankings are by outcome, from the best to the worst; baseline is no new decisions.
	Rankings map[string][]string `json:"rankings"`
	Verdicts []worldVerdict      `json:"verdicts"`
}

// A worldVerdict is a verdict in a world, with the numbers of the verdict of that name.
type worldVerdict struct {
	Scenario    string            `json:"scenario"`
	Outcome     string            `json:"outcome"`
	Finding     scenarios.Finding `json:"finding"`
	Holds       bool              `json:"holds"` // the same finding as the comparison's own
	Baseline    *float64          `json:"baseline"`
	Value       *float64          `json:"value"`
	Difference  *float64          `json:"difference"`
	Range       [2]float64        `json:"range"`
	BetterShare float64           `json:"better_share"`
	WorseShare  float64           `json:"worse_share"`
}

// worldRows returns the worlds of a comparison for JSON; nil if there are none.
func worldRows(cmp *scenarios.Comparison) []worldRow {
	var rows []worldRow
	for k, x := range cmp.Worlds {
		row := worldRow{World: uncertainty.AsWritten, Label: scenarios.WorldLabel(x.World), Share: x.Share,
			Rankings: map[string][]string{}}
		if x.World != nil {
			row.World, row.About = x.World.ID, x.World.About
		}
		for _, o := range cmp.Set.Outcomes {
			for _, s := range scenarios.Ranking(x.Verdicts, o) {
				id := cmp.Baseline.ID
				if s.Scenario != nil {
					id = s.Scenario.ID
				}
				row.Rankings[o.ID] = append(row.Rankings[o.ID], id)
			}
		}
		for i, v := range x.Verdicts {
			row.Verdicts = append(row.Verdicts, worldVerdict{Scenario: v.Scenario.ID, Outcome: v.Outcome.ID,
				Finding: v.Finding(), Holds: cmp.Holds(i)[k], Baseline: prose.Finite(v.Baseline),
				Value:      prose.Finite(v.Value),
				Difference: prose.Finite(v.Difference), Range: v.Range, BetterShare: v.BetterShare,
				WorseShare: v.WorseShare})
		}
		rows = append(rows, row)
	}
	return rows
}
