package output

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"weir/scenarios"
	"weir/scenarios/imported"
)

// writeBundlesCSV writes one row per bundle: its interventions, whether its cost is known, and five
// numbers per outcome. A cost with a discount rate has three more columns for its discounted sum.
// Numbers have the digits that read back to the same bits. The first line is a comment if parts of
// the model are not those of the original.
func writeBundlesCSV(w io.Writer, b *scenarios.Bundles) error {
	if _, err := io.WriteString(w, imported.Comment(imported.Affected(b.Set.Model, b.Set.Resolved))); err != nil {
		return err
	}
	head := []string{"bundle", "interventions", "cost_known", "affordable", "frontier", "frontier_worst_tenth"}
	for _, o := range b.Set.Outcomes {
		for _, what := range []string{"central", "low", "median", "high", "worst_tenth"} {
			head = append(head, o.ID+"_"+what)
		}
		if o.Cost && o.Discount != 0 {
			head = append(head, o.ID+"_discounted_low", o.ID+"_discounted_median", o.ID+"_discounted_high")
		}
	}
	if err := csvLine(w, head); err != nil {
		return err
	}
	for _, x := range b.List {
		line := []string{strings.Join(ids(x.Interventions), "+"), strconv.Itoa(len(x.Interventions)),
			strconv.FormatBool(len(x.Unpriced) == 0),
			strconv.FormatBool(x.Affordable), strconv.FormatBool(x.Frontier), strconv.FormatBool(x.FrontierWorst)}
		for _, e := range x.Effects {
			// The order is that of the names in the head.
			numbers := []float64{e.Central, e.Range[0], e.Median, e.Range[1], e.Worst}
			if d := e.Discounted; d != nil {
				numbers = append(numbers, d.Range[0], d.Difference, d.Range[1])
			}
			for _, v := range numbers {
				line = append(line, strconv.FormatFloat(v, 'g', -1, 64))
			}
		}
		if err := csvLine(w, line); err != nil {
			return err
		}
	}
	return nil
}

// csvLine writes fields as one line of CSV. The fields are changed in place, so the caller gives
// them away.
func csvLine(w io.Writer, fields []string) error {
	for i := range fields {
		fields[i] = csvField(fields[i])
	}
	_, err := fmt.Fprintln(w, strings.Join(fields, ","))
	return err
}

// ids returns the names of interventions in the set. It is never nil, so that JSON has [] for no
// interventions.
func ids(list []*scenarios.Intervention) []string {
	out := []string{}
	for _, i := range list {
		out = append(out, i.ID)
	}
	return out
}

// An effectJSON is a difference from no new decisions, in the unit of its outcome.
type effectJSON struct {
	Central float64 `json:"central"`
	Low     float64 `json:"low"`
	Median  float64 `json:"median"`
	High    float64 `json:"high"`
	Worst   float64 `json:"worst_tenth"`
	Noise   float64 `json:"noise"`
	// Discounted is the discounted sum of a cost: low, median and high.
	Discounted []float64 `json:"discounted,omitempty"`
}

// A bundleJSON has its effects by the id of the outcome.
type bundleJSON struct {
	Interventions []string              `json:"interventions"`
	Effects       map[string]effectJSON `json:"effects"`
	Unpriced      []string              `json:"cost_not_known"`
	Affordable    bool                  `json:"affordable"`
	Frontier      bool                  `json:"frontier"`
	FrontierWorst bool                  `json:"frontier_worst_tenth"`
}

// A pairJSON is a conflict, with a decision, or a synergy, with numbers. Numbers are pointers, so
// that a synergy of 0 is written and a conflict has none.
type pairJSON struct {
	A        string   `json:"a"`
	B        string   `json:"b"`
	Decision string   `json:"decision,omitempty"`
	Central  *float64 `json:"central,omitempty"`
	Low      *float64 `json:"low,omitempty"`
	Median   *float64 `json:"median,omitempty"`
	High     *float64 `json:"high,omitempty"`
	Above    *float64 `json:"share_above_0,omitempty"`
	Below    *float64 `json:"share_below_0,omitempty"`
}

// A triedJSON has the combinations that were tried where not all ran; see scenarios.Tried.
type triedJSON struct {
	Of           float64 `json:"of"`
	Combinations int     `json:"combinations"`
	Futures      int     `json:"futures"`
	Stopped      bool    `json:"stopped"`
}

// A bundlesFile is what weir bundles writes as JSON.
type bundlesFile struct {
	Set       string       `json:"set"`
	Hash      string       `json:"set_hash"`
	Model     string       `json:"model_hash"`
	Version   string       `json:"weir"`
	Horizon   float64      `json:"horizon"`
	Futures   int          `json:"futures"`
	Excluded  int          `json:"futures_excluded"`
	Outcome   string       `json:"outcome"`
	Cost      string       `json:"cost,omitempty"`
	Budget    *float64     `json:"budget,omitempty"`
	Tried     *triedJSON   `json:"tried,omitempty"`
	Bundles   []bundleJSON `json:"bundles"`
	Conflicts []pairJSON   `json:"conflicts"`
	LeftOut   int          `json:"bundles_left_out"`
	Synergies []pairJSON   `json:"synergies"`
	Affected  []string     `json:"not_those_of_the_original,omitempty"`
}

// writeBundlesJSON writes bundles, conflicts and synergies with the names of the set. Scripts read
// these names, so they do not follow those of the Go fields.
func writeBundlesJSON(w io.Writer, b *scenarios.Bundles) error {
	out := bundlesFile{Set: b.Set.Name, Hash: b.Set.Hash, Model: b.Set.Model.Hash, Version: b.Version,
		Horizon: b.Horizon, Futures: b.Futures, Excluded: b.Excluded,
		Outcome: b.Outcome.ID, Budget: b.Budget, Conflicts: []pairJSON{}, LeftOut: b.LeftOut, Synergies: []pairJSON{}, Affected: imported.Affected(b.Set.Model, b.Set.Resolved)}
	if b.Cost != nil {
		out.Cost = b.Cost.ID
	}
	if t := b.Tried; t != nil {
		out.Tried = &triedJSON{t.Of, t.Combinations, t.Futures, t.Stopped}
	}
	for _, x := range b.List {
		row := bundleJSON{ids(x.Interventions), map[string]effectJSON{}, ids(x.Unpriced), x.Affordable, x.Frontier,
			x.FrontierWorst}
		for _, e := range x.Effects {
			x := effectJSON{e.Central, e.Range[0], e.Median, e.Range[1], e.Worst, e.Noise, nil}
			if d := e.Discounted; d != nil {
				x.Discounted = []float64{d.Range[0], d.Difference, d.Range[1]}
			}
			row.Effects[e.Outcome.ID] = x
		}
		out.Bundles = append(out.Bundles, row)
	}
	for _, c := range b.Conflicts {
		out.Conflicts = append(out.Conflicts, pairJSON{A: c.A.ID, B: c.B.ID, Decision: c.Decision})
	}
	for _, s := range b.Synergies {
		out.Synergies = append(out.Synergies, pairJSON{A: s.A.ID, B: s.B.ID, Central: &s.Central, Low: &s.Range[0],
			Median: &s.Median, High: &s.Range[1], Above: &s.Above, Below: &s.Below})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
