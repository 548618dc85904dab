package output

import (
	"fmt"
	"io"
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
)

// writeSpread writes how the futures were drawn, and the constants that drive each outcome.
func writeSpread(w io.Writer, cmp *scenarios.Comparison, columns int) {
	s := cmp.Uncertainty
	if s == nil {
		return
	}
	together := 0
	for _, x := range s.Sources {
		if x.Distribution == uncertainty.FromPosterior {
			together++
		}
	}
	posterior := ""
	if together > 0 {
		posterior = fmt.Sprintf(" (%d of them together, from values that fit the data)", together)
	}
	fmt.Fprintln(w)
	constants := words.Count(len(s.Sources), "constant") + words.Verb(len(s.Sources), " is", " are")
	fmt.Fprintln(w, Wrap(fmt.Sprintf("Ranges go from the 10th to the 90th percentile of %s (%s, seed %d). "+
		"In each future %s drawn again%s, the same in every scenario.",
		words.Count(s.Counted, "future"), s.Method, s.Seed, constants, posterior), columns))
	if note := s.Note(); note != "" {
		fmt.Fprintln(w, Wrap(note, columns))
	}
	for _, o := range s.Outcomes {
		if text := drivers(o.Drivers); text != "" {
			fmt.Fprintln(w, Wrap(fmt.Sprintf("With no new decisions, %s depends on %s.", o.Outcome.Label, text),
				columns))
		}
	}
}

// drivers returns the three strongest constants in words: "Births (+0.81), … ; together 92 % of the spread".
func drivers(d scenarios.Drivers) string {
	var list []string
	for _, x := range d.List[:min(3, len(d.List))] {
		list = append(list, fmt.Sprintf("%s (%+.2f)", x.Label, x.Rank))
	}
	if list == nil {
		return ""
	}
	text := strings.Join(list, ", ")
	if n := len(d.List) - len(list); n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	they := "together they explain"
	if len(d.List) == 1 {
		they = "it explains"
	}
	return text + fmt.Sprintf("; %s %.0f %% of the spread", they, math.Floor(100*d.Explained))
}
