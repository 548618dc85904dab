package output

import "weir/scenarios"

// A frontierRow is a combination of interventions that is best for its cost, in the JSON of a
// comparison. Numbers are differences from no new decisions: of the sum paid, and of the main
// outcome with its 10th and 90th percentile.
type frontierRow struct {
	Interventions []string `json:"interventions"`
	Cost          float64  `json:"cost"`
	Low           float64  `json:"low"`
	Median        float64  `json:"median"`
	High          float64  `json:"high"`
}

// A frontier is the combinations that a comparison found, and in how many futures they ran.
type frontier struct {
	Outcome string        `json:"outcome"`
	Futures int           `json:"futures"`
	How     string        `json:"how"` // how they were chosen, in sentences
	Best    []frontierRow `json:"best"`
}

// frontierOf returns the frontier of a comparison; nil if it has none.
func frontierOf(c *scenarios.Comparison) *frontier {
	b := c.Bundles
	if b == nil {
		return nil
	}
	out := &frontier{Outcome: b.Outcome.ID, Futures: b.Futures, How: b.Chosen(), Best: []frontierRow{}}
	for _, x := range b.List {
		if !x.Frontier {
			continue
		}
		row := frontierRow{Interventions: ids(x.Interventions)}
		for _, e := range x.Effects {
			switch e.Outcome {
			case b.Cost:
				row.Cost = e.Median
			case b.Outcome:
				row.Low, row.Median, row.High = e.Range[0], e.Median, e.Range[1]
			}
		}
		out.Best = append(out.Best, row)
	}
	return out
}
