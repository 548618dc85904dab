package output

import (
	"fmt"
	"io"

	"weir/scenarios"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
)

// writeSpread writes how the futures were drawn, and the constants that drive each outcome.
func writeSpread(w io.Writer, cmp *scenarios.Comparison, columns int) {
	s := cmp.Uncertainty
	if s == nil {
		fmt.Fprintln(w)
		fmt.Fprintln(w, Wrap("Each number is that of one run, with every constant at its own value.", columns))
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
	if cmp.Centre == scenarios.MedianFuture {
		fmt.Fprintln(w, Wrap("Each number is the median of these futures; that of a difference is taken within each future.", columns))
	}
	for _, o := range s.Outcomes {
		if text := o.Drivers.Words(mostDrivers); text != "" {
			fmt.Fprintln(w, Wrap(fmt.Sprintf("With no new decisions, %s depends on %s.", o.Outcome.Label, text),
				columns))
		}
	}
}

// mostDrivers is how many drivers are named for each outcome.
const mostDrivers = 3
