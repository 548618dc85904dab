package output

import (
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"weir/scenarios/results"
	"weir/scenarios/words"
)

// mostAgreeing is how many variables that pass are listed; those that do not are all listed.
const mostAgreeing = 10

// WriteAgreement writes a run against the results in a file, as a table within columns characters:
// the variables that do not pass first, then those that come nearest to it.
func WriteAgreement(w io.Writer, file string, a *results.Agreement, columns int) {
	list := slices.Clone(a.Columns)
	// Failures first, then by share, so that the worst stands on top of each.
	slices.SortStableFunc(list, func(x, y results.Difference) int {
		switch {
		case (x.First != nil) != (y.First != nil) && x.First != nil, x.Share > y.Share &&
			(x.First != nil) == (y.First != nil):
			return -1
		case (x.First != nil) != (y.First != nil), x.Share < y.Share:
			return 1
		}
		return 0
	})
	failed := 0
	for _, d := range list {
		if d.First != nil {
			failed++
		}
	}
	say := func(format string, args ...any) { fmt.Fprintln(w, Wrap(fmt.Sprintf(format, args...), columns)) }
	say("%s of %s %s against %s, at %s numbers: differences up to %s of a variable's largest value, or of the last digit printed, pass.",
		words.Grouped(float64(len(list)-failed)), words.Count(len(list), "variable"),
		words.Verb(len(list)-failed, "passes", "pass"), file, words.Grouped(float64(a.Compared)),
		words.Exact(a.Share))
	if a.Skipped > 0 {
		say("%s of the file at times that the run does not save; --save or --step changes which it saves.",
			words.Count(a.Skipped, "number"))
	}
	if len(a.Unknown) > 0 {
		say("Not in the model, and not compared: %s.", words.Few(a.Unknown, 8))
	}
	shown := list[:min(len(list), failed+mostAgreeing)]
	name := 8
	for _, d := range shown {
		name = max(name, utf8.RuneCountInString(d.Name))
	}
	// Six further columns take 58 characters.
	name = min(name, max(12, columns-58))
	fmt.Fprintf(w, "\n%-*s %6s %12s %9s %9s %9s %8s\n", name, "variable", "", "largest diff", "share",
		"at", "first", "points")
	for _, d := range shown {
		verdict, first := "pass", "-"
		if d.First != nil {
			verdict, first = "FAIL", words.Number(*d.First)
		}
		at := "-"
		if d.Largest != 0 {
			at = words.Number(d.At)
		}
		fmt.Fprintf(w, "%s %6s %12.5g %9.2g %9s %9s %8d\n", Fit(d.Name, name), verdict, d.Largest,
			d.Share, at, first, d.Points)
	}
	if rest := len(list) - len(shown); rest > 0 {
		fmt.Fprintf(w, "and %s more that pass\n", words.Grouped(float64(rest)))
	}
}
