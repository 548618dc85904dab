package output

import (
	"fmt"
	"io"
	"math"
	"strings"

	"weir/scenarios/calibrate"
	"weir/scenarios/words"
)

// A calibrationTable prints a calibration for reading. The order of its parts is that of a reader's
// questions: did it converge, the values, the fit, the doubts.
type calibrationTable struct {
	w       io.Writer
	r       *calibrate.Report
	columns int
}

// WriteCalibration writes the report of a calibration as tables within columns characters.
func WriteCalibration(w io.Writer, r *calibrate.Report, columns int) {
	t := calibrationTable{w, r, columns}
	t.head()
	t.constants()
	t.series()
	t.heldOut()
	t.unknown()
	t.correlations()
	t.posterior()
}

// say prints a sentence, wrapped at the width of the table.
func (t *calibrationTable) say(format string, args ...any) {
	fmt.Fprintln(t.w, Wrap(fmt.Sprintf(format, args...), t.columns))
}

// head prints the size of the fit, whether it converged, and its typical error.
func (t *calibrationTable) head() {
	r := t.r
	t.say("%s", r.Model.Name)
	t.say("%s fitted to %s of %s, which are worth %.1f independent ones; %s runs",
		words.Count(len(r.Constants), "constant"), words.Count(r.Points, "point"), words.Plural(len(r.Series),
			"series", "series"), r.Effective, words.Grouped(float64(r.Runs)))
	if r.Converged {
		t.say("converged: %d of %d starts came to this fit", min(r.Agreed, r.Options.Starts), r.Options.Starts)
	} else {
		t.say("NOT CONVERGED: %s", r.Why)
	}
	before, after := r.TypicalErrors()
	t.say("typical error %s, with the model's own values %s", percentOf(after), percentOf(before))
	// This stands beside the error, since a small one would otherwise look like a success.
	if r.Saturated() {
		t.say("there are no more points than constants, so a good fit says nothing")
	}
	if blank := r.Blank(); blank > 0 {
		t.say("%s of the data between the dates: left out, not filled",
			words.Plural(blank, "blank cell", "blank cells"))
	}
}

// constants prints values and intervals. A star marks a value at the end of its range. Constants
// that the data say nothing about are left out: unknown lists them.
func (t *calibrationTable) constants() {
	name := 8
	bound, kept := false, false
	for _, c := range t.r.Constants {
		name = max(name, len([]rune(c.Name)))
	}
	// The other columns take 62 characters. On a narrow terminal the names give way first.
	name = min(name, max(12, t.columns-62))
	fmt.Fprintf(t.w, "\n%-*s %10s %9s  %-21s %s\n", name, "constant", "fitted", "was", "95 % interval", "range")
	for _, c := range t.r.Constants {
		if c.Silent {
			continue
		}
		mark := " "
		switch {
		case c.AtBound && !c.Unknown():
			mark, bound = "*", true
		case c.Kept:
			mark, kept = "=", true
		}
		fmt.Fprintf(t.w, "%-*s %9s%s %9s  %-21s %s to %s\n", name, tail(c.Name, name), figure(c.Value), mark,
			figure(c.Before), interval(c), figure(c.Low), figure(c.High))
	}
	if bound {
		t.say("* at the end of its range: the data would take it further")
	}
	if kept {
		t.say("= kept at %s: the fit is as good with it", t.own())
	}
	if n := len(t.r.Reverted); n > 0 {
		t.say("values of an earlier calibration, which may rest on the years held out, are not used: %s",
			words.Few(t.r.Reverted, 6))
	}
}

// own returns the words for the value that a constant keeps if the data do not move it.
func (t *calibrationTable) own() string {
	if t.r.Options.Until != nil {
		return "the middle of its range or prior, since years are held out"
	}
	return "the model's own value"
}

// interval returns "0.2 to 0.4", or "up to 0.4" for an interval that the data leave open. For an
// interval that is open at the top it returns "0.2 or more".
func interval(c *calibrate.Constant) string {
	switch {
	case c.Unknown():
		return "not known"
	case c.OpenBelow:
		return "up to " + figure(c.To)
	case c.OpenTop:
		return figure(c.From) + " or more"
	}
	return figure(c.From) + " to " + figure(c.To)
}

// figure returns a number with four figures, without an exponent where it can be read. It is plain
// text for a terminal: 0.00001 still becomes 1e-05.
func figure(x float64) string {
	if a := math.Abs(x); a >= 1e4 && a < 1e15 {
		return words.Grouped(math.Round(x))
	}
	return fmt.Sprintf("%.4g", x)
}

// series prints the fit of each series with the shares of its error: of means, of variation, of
// timing (Theil 1966; Sterman, Business Dynamics, chapter 21).
func (t *calibrationTable) series() {
	fmt.Fprintln(t.w)
	t.errors("fit", func(s *calibrate.Series) calibrate.Errors { return s.Fit }, true)
}

// errors prints one row of errors per series; with shares also those of Theil. A series without
// points of that kind has no row. The title is that of the first column.
func (t *calibrationTable) errors(title string, of func(*calibrate.Series) calibrate.Errors, shares bool) {
	name := len(title)
	for _, s := range t.r.Series {
		name = max(name, len([]rune(s.Name)))
	}
	name = min(name, max(10, t.columns-70))
	fmt.Fprintf(t.w, "%-*s %6s %9s %7s %8s %8s  %-16s", name, title, "points", "from to", "MAPE", "bias", "RMSE",
		"worst")
	if shares {
		fmt.Fprint(t.w, " share of")
	}
	fmt.Fprintln(t.w)
	for _, s := range t.r.Series {
		e := of(s)
		if e.Points == 0 {
			continue
		}
		worst := fmt.Sprintf("%s in %s", percentOf(e.Worst), words.Number(e.WorstAt))
		line := fmt.Sprintf("%-*s %6d %9s %7s %8s %8s  %-16s", name, Fit(s.Name, name), e.Points,
			words.Number(e.From)+"-"+words.Number(e.To), percentOf(e.MAPE), figure(e.Bias), figure(e.RMSE), worst)
		// The shares are NaN for a fit without an error to divide.
		if shares && e.Mean == e.Mean {
			line += fmt.Sprintf(" %.0f/%.0f/%.0f", 100*e.Mean, 100*e.Swing, 100*e.Timing)
		}
		fmt.Fprintln(t.w, strings.TrimRight(line, " "))
	}
	if shares {
		t.say("share of: percent of the square error from a difference of means / from swings of another size / from all else (Theil)")
	}
}

// percentOf returns a share in per cent; a dash for NaN. Infinities are a dash too.
func percentOf(x float64) string {
	if x-x != 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*x)
}

// heldOut prints the errors of years that were not fitted. It prints nothing if the calibration
// held out no years.
func (t *calibrationTable) heldOut() {
	until := t.r.Options.Until
	if until == nil {
		return
	}
	fmt.Fprintln(t.w)
	if !t.r.HasHeldOut() {
		t.say("no points after %s, so nothing was held out", words.Number(*until))
		return
	}
	// The shares of Theil belong to the fit and are left out.
	t.errors("held out", func(s *calibrate.Series) calibrate.Errors { return s.Held }, false)
	t.say("held out: points after %s, which took no part in the fit", words.Number(*until))
}

// unknown prints the constants that the data do not identify. It comes after the fit on purpose: a
// good fit is no sign that each value is known.
func (t *calibrationTable) unknown() {
	var lines []string
	for _, p := range t.r.Pairs {
		lines = append(lines, fmt.Sprintf("%s and %s cannot be told apart: correlation %.2f",
			t.r.Constants[p.A].Name, t.r.Constants[p.B].Name, p.Correlation))
	}
	open, silent := t.r.Unidentified()
	for _, c := range open {
		line := fmt.Sprintf("%s is not identified: any value from %s to %s fits as well", c.Name, figure(c.From),
			figure(c.To))
		if len(c.With) > 0 {
			line += ", as " + words.Or(c.With) + " can make up for it"
		}
		lines = append(lines, line)
	}
	if len(silent) > 0 {
		lines = append(lines, "nothing at all about "+words.List(constantNames(silent))+", which stay at "+t.own())
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(t.w, "\nWhat the data cannot tell")
	for _, l := range lines {
		t.say("- %s", l)
	}
}

// constantNames returns the names of constants.
func constantNames(list []*calibrate.Constant) []string {
	var names []string
	for _, c := range list {
		names = append(names, c.Name)
	}
	return names
}

// tail returns the end of a name that is longer than n characters: with modules, names differ at
// the end. For example, tail("schools.hiring_time", 12) is "…hiring_time".
func tail(name string, n int) string {
	r := []rune(name)
	if len(r) <= n {
		return name
	}
	return "…" + string(r[len(r)-n+1:])
}

// correlations prints the strong correlations between constants near the fit. At most 12 are named,
// and the others counted.
func (t *calibrationTable) correlations() {
	var list []string
	for _, p := range t.r.StrongPairs() {
		a, b := t.r.Constants[p.A], t.r.Constants[p.B]
		list = append(list, fmt.Sprintf("%s with %s %.2f", a.Name, b.Name, p.Correlation))
	}
	if len(list) == 0 {
		return
	}
	more := ""
	if len(list) > 12 {
		more = fmt.Sprintf(", and %d more", len(list)-12)
		list = list[:12]
	}
	fmt.Fprintln(t.w)
	t.say("correlations near the fit: %s%s", strings.Join(list, ", "), more)
}

// posterior prints the sample and its diagnostics. It prints nothing if no sample was asked for.
func (t *calibrationTable) posterior() {
	p := t.r.Posterior
	if p == nil {
		return
	}
	fmt.Fprintln(t.w)
	steps := fmt.Sprintf("%s steps of which the first %s are left out", words.Grouped(float64(p.Steps)),
		words.Grouped(float64(p.Left)))
	if p.Samplers > 1 {
		steps = fmt.Sprintf("in %d samplers, each up to %s steps of which the first half is left out", p.Samplers,
			words.Grouped(float64(p.Steps)))
	}
	t.say("posterior: %s of %d walkers, %s; acceptance %.2f", words.Plural(len(p.Draws), "draw", "draws"), p.Walkers,
		steps, p.Acceptance)
	if p.Converged {
		t.say("converged: every R-hat is at most %v and every effective size at least %v", calibrate.MostRHat,
			calibrate.LeastSize)
	} else {
		t.say("NOT CONVERGED: %s", p.Why)
	}
	name := 8
	for _, c := range p.Constants {
		name = max(name, len([]rune(c.Name)))
	}
	name = min(name, max(12, t.columns-62))
	fmt.Fprintf(t.w, "%-*s %9s %9s  %-21s %6s %7s\n", name, "constant", "mean", "sd", "95 % of draws", "R-hat",
		"size")
	for i, c := range p.Constants {
		fmt.Fprintf(t.w, "%-*s %9s %9s  %-21s %6.3f %7.0f\n", name, tail(c.Name, name), figure(p.Mean[i]),
			figure(p.SD[i]), figure(p.Low[i])+" to "+figure(p.High[i]), p.RHat[i], p.Size[i])
	}
}
