package output

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"weir/scenarios"
	"weir/scenarios/report"
	"weir/scenarios/words"
)

// WriteBundles writes bundles as html, table, csv or json. A table has lines of columns
// characters. An unknown format is taken as table. The error is that of w, which the table does not
// report.
func WriteBundles(w io.Writer, b *scenarios.Bundles, format string, columns int) error {
	switch format {
	case "html":
		return report.WriteBundles(w, b)
	case "csv":
		return writeBundlesCSV(w, b)
	case "json":
		return writeBundlesJSON(w, b)
	}
	writeBundlesTable(w, b, columns)
	return nil
}

// A bundlesTable prints bundles for reading, within columns characters. Interventions are named by
// letters, so that a combination fits into a line.
type bundlesTable struct {
	w       io.Writer
	b       *scenarios.Bundles
	columns int
	outcome int // positions of the outcomes
	cost    int // -1: none
}

// most is the largest number of bundles or pairs in a list.
const most = 8

// writeBundlesTable writes the frontier, the bundles with the largest gains, and the pairs that
// act together. Without a cost there is no frontier, so the lists that need one are left out.
func writeBundlesTable(w io.Writer, b *scenarios.Bundles, columns int) {
	t := bundlesTable{w: w, b: b, columns: columns, outcome: slices.Index(b.Set.Outcomes, b.Outcome),
		cost: slices.Index(b.Set.Outcomes, b.Cost)}
	t.head()
	if b.Cost != nil {
		t.list("Frontier: none of the same cost or less does better at the median",
			t.chosen(func(x *scenarios.Bundle) bool { return x.Frontier }))
		t.list("Frontier in the worst tenth of futures",
			t.chosen(func(x *scenarios.Bundle) bool { return x.FrontierWorst && b.Futures > 0 }))
	}
	t.list("Most gain", t.best(func(x *scenarios.Bundle) bool { return x.Affordable && len(x.Interventions) > 0 }))
	if b.Cost != nil {
		// A bundle with an unpriced part never counts as affordable within a budget. This list
		// still shows its gain, since a reader may find out the price.
		t.list("Most gain within the budget but for what is not known of the cost of a part",
			t.best(func(x *scenarios.Bundle) bool {
				return b.Budget != nil && len(x.Unpriced) > 0 && x.Effects[t.cost].Median <= *b.Budget
			}))
	}
	t.synergies()
}

// head prints the set, its interventions with their letters, the conflicts between them, and the
// outcome that bundles are judged by. The letters are given here once; all lists after it use only
// them.
func (t *bundlesTable) head() {
	b := t.b
	t.say("%s", b.Set.Name)
	runs := "one run each, since the set has no [uncertainty]"
	if b.Futures > 0 {
		runs = fmt.Sprintf("each in the same %d futures", b.Futures)
	}
	t.say("%s of %s, %s", words.Count(len(b.List), "bundle"), words.Count(len(b.Interventions), "intervention"),
		runs)
	if how := b.Chosen(); how != "" {
		t.say("%s", how)
	}
	if b.Excluded > 0 {
		t.say("%s in which some bundle broke down are left out of all", words.Count(b.Excluded, "future"))
	}
	fmt.Fprintln(t.w)
	for i, x := range b.Interventions {
		cost := ""
		if x.Cost != "" {
			cost = " (" + x.Cost + ")"
		}
		t.say("%s: %s%s", letter(i), x.Label, cost)
	}
	fmt.Fprintln(t.w)
	for _, c := range b.Conflicts {
		t.say("no bundle has both of %s: they change %s at the same time", t.letters(c.A, c.B), c.Decision)
	}
	t.say("%s (%s is better): difference from no new decisions in %s", b.Outcome.Label, b.Outcome.Better,
		words.Number(b.Horizon))
	if b.Cost != nil {
		t.say("cost: %s, paid in all since today and not discounted, %s", b.Cost.Label, b.Cost.Unit)
	}
	if b.Budget != nil {
		t.say("budget: %s", rounded(*b.Budget))
	}
}

// say prints a sentence, wrapped at the width of the table.
func (t *bundlesTable) say(format string, args ...any) {
	fmt.Fprintln(t.w, Wrap(fmt.Sprintf(format, args...), t.columns))
}

// chosen returns the bundles that pass, the cheapest first. It is for bundles with a cost only.
// Bundles of equal cost stay in the order of the set.
func (t *bundlesTable) chosen(pass func(*scenarios.Bundle) bool) (list []*scenarios.Bundle) {
	for _, x := range t.b.List {
		if pass(x) {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(x, y *scenarios.Bundle) int {
		return order(x.Effects[t.cost].Median,
			y.Effects[t.cost].Median)
	})
	return list
}

// best returns the bundles that pass, the largest gain first, at most as many as a list shows. The
// gain is the median over the futures, with the sign of the outcome's better side.
func (t *bundlesTable) best(pass func(*scenarios.Bundle) bool) (list []*scenarios.Bundle) {
	for _, x := range t.b.List {
		if pass(x) {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(x, y *scenarios.Bundle) int {
		if t.b.Outcome.Better == scenarios.Lower {
			x, y = y, x
		}
		return order(y.Effects[t.outcome].Median, x.Effects[t.outcome].Median)
	})
	return list[:min(most, len(list))]
}

// order compares two numbers for sorting. NaN counts as equal to everything, so a NaN stays near
// its place in the list.
func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// list prints bundles under a title: cost, gain, gain in the worst tenth of futures, and letters.
// A cost with a part that nobody knows is marked with a plus. It prints nothing at all, not even
// the title, if there are no bundles.
func (t *bundlesTable) list(title string, bundles []*scenarios.Bundle) {
	if len(bundles) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\n%s\n", Wrap(title, t.columns))
	if t.cost >= 0 {
		fmt.Fprintf(t.w, "%14s ", "cost")
	}
	fmt.Fprintf(t.w, "%10s %22s %10s  bundle\n", "median", "8 of 10 futures", "worst 10 %")
	for _, x := range bundles {
		if t.cost >= 0 {
			known := " "
			if len(x.Unpriced) > 0 {
				known = "+"
			}
			fmt.Fprintf(t.w, "%13s%s ", rounded(x.Effects[t.cost].Median), known)
		}
		e := x.Effects[t.outcome]
		fmt.Fprintf(t.w, "%10s %22s %10s  %s\n", rounded(e.Median), rounded(e.Range[0])+" to "+rounded(e.Range[1]),
			rounded(e.Worst), t.letters(x.Interventions...))
	}
}

// letters returns the letters of interventions, "A + C"; "none" for an empty list.
func (t *bundlesTable) letters(list ...*scenarios.Intervention) string {
	var out []string
	for _, i := range list {
		out = append(out, letter(slices.Index(t.b.Interventions, i)))
	}
	if out == nil {
		return "none"
	}
	return strings.Join(out, " + ")
}

// letter returns A, B, … Z, A1, B1, … for the position of an intervention. A bundle's letters are
// the same on the page and on a terminal.
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return fmt.Sprintf("%c%d", 'A'+i%26, i/26)
}

// synergies prints the pairs whose joint effect differs most from the sum of their own effects, of
// either sign.
func (t *bundlesTable) synergies() {
	list := slices.Clone(t.b.Synergies)
	slices.SortStableFunc(list, func(x, y scenarios.Synergy) int {
		return order(math.Abs(y.Median),
			math.Abs(x.Median))
	})
	// A pair that only adds up has nothing to tell.
	list = slices.DeleteFunc(list, func(s scenarios.Synergy) bool { return s.Median == 0 })
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(t.w, "\n%s\n%10s %22s %10s  pair\n", Wrap("Pairs: what the two do beyond the sum of each alone",
		t.columns), "median", "8 of 10 futures", "above 0")
	for _, s := range list[:min(most, len(list))] {
		// A share of futures means nothing if there was one run.
		share := "–"
		if t.b.Futures > 0 {
			share = fmt.Sprintf("%.0f %%", 100*s.Above)
		}
		fmt.Fprintf(t.w, "%10s %22s %10s  %s\n", rounded(s.Median), rounded(s.Range[0])+" to "+rounded(s.Range[1]),
			share, t.letters(s.A, s.B))
	}
}

// rounded returns x with three figures, without an exponent unless it is tiny. Examples: 1234567
// gives 1,230,000, and 0.012345 gives 0.0123. It is for reading only; csv and json have all digits.
func rounded(x float64) string {
	if x == 0 {
		return "0"
	}
	step := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
	if step >= 1 {
		return words.Grouped(math.Round(x/step) * step)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}
