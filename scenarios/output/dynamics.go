package output

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios/words"
	"weir/sim/dynamics"
)

// WriteDynamics writes the modes of a model and its state at rest, as a table within columns
// characters or as JSON. unit is the model's time unit.
func WriteDynamics(w io.Writer, d *dynamics.Report, time model.TimeSettings, format string, columns int) error {
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(d)
	}
	x := dynamicsText{w: w, unit: time.Unit, columns: columns}
	x.line("modes near %s %s, the fastest first", time.Unit, words.Number(d.Time))
	x.modes(d.Modes)
	if d.Steep != "" {
		x.line("%s", d.Steep)
	}
	if len(d.Counting) > 0 {
		x.line("only counting, so in no mode: %s", strings.Join(d.Counting, ", "))
	}
	if len(d.Skipped) > 0 {
		x.line("not computed: the modes of %s that depend on each other, too many at once (%s)",
			words.Count(len(d.Skipped), "stock"), words.Few(d.Skipped, 3))
	}
	x.line("")
	x.rest(d)
	return x.err
}

type dynamicsText struct {
	w       io.Writer
	unit    string
	columns int
	err     error
}

// line writes a line, wrapped, from the margin.
func (x *dynamicsText) line(format string, args ...any) {
	x.indented(0, fmt.Sprintf(format, args...))
}

// indented writes a text some columns in. The first error of writing is kept, and ends nothing
// here.
func (x *dynamicsText) indented(at int, text string) {
	if _, err := fmt.Fprintln(x.w, strings.Repeat(" ", at)+Hanging(text, at, x.columns)); err != nil && x.err == nil {
		x.err = err
	}
}

// modes writes the modes in the order given, each with the stocks and the loop that make it.
func (x *dynamicsText) modes(list []dynamics.Mode) {
	if len(list) == 0 {
		x.indented(2, "none: no stock depends on another or on itself")
	}
	for i := range list {
		if i == mostModes {
			x.indented(2, fmt.Sprintf("and %d more: --format json has them", len(list)-i))
			break
		}
		m := &list[i]
		text := fmt.Sprintf("%d  %s%s", i+1, m.Kind, x.times(m))
		if m.Times > 1 {
			text += fmt.Sprintf(", %d alike", m.Times)
		}
		x.indented(2, text)
		var parts []string
		for _, s := range m.Stocks {
			parts = append(parts, s.Stock+" "+words.Percent(s.Share))
		}
		x.indented(5, "in "+strings.Join(parts, ", "))
		switch {
		case len(m.Loop) == 1:
			x.indented(5, "by the stages in "+m.Loop[0])
		case len(m.Loop) > 1:
			x.indented(5, "by "+strings.Join(m.Loop, " → "))
		}
		if m.Growth != nil && *m.Growth > 1+1e-9 && m.Kind != dynamics.Grows && m.Kind != dynamics.Increasing {
			x.indented(5, "the step is too long: each multiplies it by "+words.Number(*m.Growth))
		}
	}
}

// times returns the times of a mode in words.
func (x *dynamicsText) times(m *dynamics.Mode) string {
	out := ""
	if m.Period != nil {
		out += fmt.Sprintf(", period %s %s", words.Number(*m.Period), x.unit)
	}
	if m.TimeConstant != nil {
		out += fmt.Sprintf(", time constant %s %s", words.Number(*m.TimeConstant), x.unit)
	}
	if m.Damping != nil && m.Kind == dynamics.Damped {
		out += ", damping ratio " + words.Number(*m.Damping)
	}
	return out
}

// rest writes the state at rest beside the state now, or why none was found.
func (x *dynamicsText) rest(d *dynamics.Report) {
	if d.Rest == nil {
		x.line("no state at rest nearby: %s", d.Moving)
		return
	}
	stable := ", unstable: a mode grows there"
	switch {
	case d.Rest.Steep != "":
		stable = ""
	case d.Rest.Stable:
		stable = ", stable"
	}
	kept := ""
	if d.Rest.Kept > 0 {
		kept = fmt.Sprintf("; %s of stocks kept as at that time", words.Plural(d.Rest.Kept, "sum", "sums"))
	}
	x.line("at rest nearby%s%s", stable, kept)
	name := 5
	for _, s := range d.Rest.Stocks {
		name = max(name, len([]rune(s.Name)))
	}
	name = min(name, max(10, x.columns-28))
	fmt.Fprintf(x.w, "  %s %12s %12s\n", Fit("stock", name), "now", "at rest")
	for i, s := range d.Rest.Stocks {
		if i == mostAtRest {
			x.indented(2, fmt.Sprintf("and %s more: --format json has all", words.Count(len(d.Rest.Stocks)-i, "stock")))
			break
		}
		fmt.Fprintf(x.w, "  %s %12s %12s\n", Fit(s.Name, name), words.Number(s.Now), words.Number(clean(s)))
	}
	if d.Rest.Steep != "" {
		x.line("%s", d.Rest.Steep)
	}
	if same(d.Modes, d.Rest.Modes) {
		x.line("modes there: the same as above")
		return
	}
	x.modesAtRest(d.Rest.Modes)
}

// same reports whether two lists have the same eigenvalues to six digits.
func same(a, b []dynamics.Mode) bool {
	return slices.EqualFunc(a, b, func(a, b dynamics.Mode) bool {
		return math.Hypot(a.Rate-b.Rate, a.Frequency-b.Frequency) <= 1e-6*math.Hypot(a.Rate, a.Frequency)
	})
}

// modesAtRest writes the modes that grow or oscillate, and the time constants of the others.
func (x *dynamicsText) modesAtRest(all []dynamics.Mode) {
	var list []dynamics.Mode
	n, fastest, slowest := 0, 0.0, 0.0
	for _, m := range all {
		if m.Kind != dynamics.Decays {
			list = append(list, m)
			continue
		}
		if n += m.Times; fastest == 0 {
			fastest = *m.TimeConstant
		}
		slowest = *m.TimeConstant
	}
	switch {
	case n == 1:
		x.line("there one mode decays, with a time constant of %s %s", words.Number(slowest), x.unit)
	case n > 1:
		x.line("there %d modes decay, with time constants from %s to %s %s", n, words.Number(fastest), words.Number(slowest), x.unit)
	}
	if len(list) > 0 {
		x.line("modes there that do not just decay")
		x.modes(list)
	}
}

// mostModes is how many modes a terminal shows.
const mostModes = 12

// mostAtRest is how many stocks at rest a terminal shows.
const mostAtRest = 40

// clean returns a stock at rest, without the rounding of a search that ends near 0.
func clean(s dynamics.Stock) float64 {
	if math.Abs(s.Rest) < 1e-8*max(1, math.Abs(s.Now)) {
		return 0
	}
	return s.Rest
}
