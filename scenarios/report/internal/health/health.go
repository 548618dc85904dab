package health

import (
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
	"weir/scenarios/health"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/words"
	"weir/sim"
)

// coarse is the largest change by half the step, relative to a line's largest magnitude,
// that passes without a warning.
const coarse = sim.DoubtfulOver

// Warnings returns the sentences for the top of the page: everything that makes its numbers
// less reliable than they look.
func (b *Teller) Warnings() []parts.Sentence {
	out := b.importWarnings()
	for _, r := range b.Runs() {
		out = append(out, b.brokenWarnings(r)...)
	}
	return slices.Concat(out, b.stepWarning(), b.unitWarning(), b.limitWarnings(), b.rangeWarnings())
}

// unitWarning counts the mistakes of units in the model, and quotes the first.
func (b *Teller) unitWarning() []parts.Sentence {
	mistakes := []diagnostic.Diagnostic{}
	for _, d := range b.C.Set.Warnings {
		if strings.HasPrefix(string(d.Code), "unit-") {
			mistakes = append(mistakes, d)
		}
	}
	switch len(mistakes) {
	case 0:
		return nil
	case 1:
		return []parts.Sentence{parts.Say("The units of the model do not fit together in one place: " +
			mistakes[0].Message + ". Numbers that depend on it may mean something else than they say.")}
	}
	return []parts.Sentence{parts.Say("The units of the model do not fit together in " +
		prose.SpelledCount(len(mistakes), "place") + ", first: " + mistakes[0].Message +
		". Numbers that depend on them may mean something else than they say; weir check lists all.")}
}

// brokenWarnings reports a run that met a number that is not finite, or that was stopped.
func (b *Teller) brokenWarnings(r *scenarios.Run) []parts.Sentence {
	out := []parts.Sentence{}
	if n := r.Result.NonFinite; n != nil {
		out = append(out, parts.Say(b.Name(r.Scenario),
			" breaks down in "+b.Cal.Date(n.Time)+": “"+b.Names.Of(n.Variable)+
				"” is no longer a number ("+n.Operation+"). Nothing after that date can be read."))
	}
	if !r.Result.Complete {
		out = append(out, parts.Say(b.Name(r.Scenario), " was stopped before its end; its line is not complete."))
	}
	return out
}

// stepWarning names the scenarios in which half the step changes a chart by more than
// coarse.
func (b *Teller) stepWarning() []parts.Sentence {
	for _, r := range b.Runs() {
		if f := r.Halved.Fast; r.Halved.Trust == sim.Unstable && f != nil {
			return []parts.Sentence{parts.Say("The numbers of ", b.Name(r.Scenario), " mean nothing: the time step makes “"+
				b.Names.Of(f.Stock)+"” grow without bound. It settles by itself within "+
				b.Cal.Span(f.TimeConstant)+", and the time step is "+b.Cal.Span(f.Step)+". Take a shorter step.")}
		}
	}
	worst, bad := 0.0, []*scenarios.Scenario{}
	for i, r := range b.Runs() {
		if e := b.stepError(i); e > coarse || math.IsNaN(e) {
			worst, bad = math.Max(worst, e), append(bad, r.Scenario)
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return []parts.Sentence{parts.Say("Do not trust the numbers of ", b.Named(bad),
		": the time step is too long. Half the step changes a chart by "+upTo(worst)+".")}
}

// upTo returns a share as an upper bound: "up to 4.5%". NaN has none.
func upTo(share float64) string {
	if math.IsNaN(share) {
		return "an unknown amount"
	}
	return "up to " + prose.Quantity{Kind: prose.Share, Finest: 0.1}.Number(share)
}

// stepError returns the largest change that half the step makes to a line of run i,
// relative to the largest magnitude of that line. It can be NaN.
func (b *Teller) stepError(i int) float64 {
	h := b.Runs()[i].Halved
	if len(h.ByColumn) == 0 {
		return h.Relative
	}
	worst := 0.0
	for _, p := range b.C.Panels {
		at := b.Runs()[i].Result.Index(p.Variable)
		if size := magnitude(b.Runs()[i].Result.Series(p.Variable)); at >= 0 && at < len(h.ByColumn) && size > 0 {
			worst = math.Max(worst, h.ByColumn[at]/size)
		}
	}
	return worst
}

// magnitude returns the largest size of a finite number in a series, 0 if there is none.
func magnitude(values []float64) float64 {
	size := 0.0
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			size = math.Max(size, math.Abs(v))
		}
	}
	return size
}

// limitWarnings reports stocks that ran empty, in one sentence per flow.
func (b *Teller) limitWarnings() []parts.Sentence {
	out := []parts.Sentence{}
	for _, g := range gather(b.Runs(), func(r *scenarios.Run) []use {
		list := []use{}
		for _, l := range r.Result.Limits {
			if len(r.Result.Columns) == 0 || !health.Rounding(r.Result, l) {
				list = append(list, use{l.Flow + "\x00" + l.Stock, l.First})
			}
		}
		return list
	}) {
		flow, stock, _ := strings.Cut(g.what, "\x00")
		out = append(out, parts.Say("“"+b.Names.Of(flow)+"” was held back because “"+b.Names.Of(stock)+
			"” ran empty, first in "+b.Cal.Date(g.first)+", "+b.inWhich(g.runs)+"."))
	}
	return out
}

// rangeWarnings reports curves that were read outside their points, in one sentence per
// curve.
func (b *Teller) rangeWarnings() []parts.Sentence {
	out := []parts.Sentence{}
	for _, g := range gather(b.Runs(), lookups(false)) {
		out = append(out, parts.Say("The curve “"+b.Names.Of(g.what)+"” was read outside the range it was "+
			"drawn for, first in "+
			b.Cal.Date(g.first)+", "+b.inWhich(g.runs)+"."))
	}
	return append(out, b.recordWarning()...)
}

// lookups returns a function that lists the uses of tables outside their points, by the
// variable's name: of records if data is true, otherwise of curves.
func lookups(data bool) func(*scenarios.Run) []use {
	return func(r *scenarios.Run) []use {
		list := []use{}
		for _, l := range r.Result.Lookups {
			base, _, _ := strings.Cut(l.Table, "[")
			if l.Data == data {
				list = append(list, use{base, l.First})
			}
		}
		return list
	}
}

// recordWarning reports, in one sentence, all records that the model uses beyond their
// years.
func (b *Teller) recordWarning() []parts.Sentence {
	list := []string{}
	for _, g := range gather(b.Runs(), lookups(true)) {
		list = append(list, "“"+b.Names.Of(g.what)+"” "+b.ends(g.what))
	}
	if len(list) == 0 {
		return nil
	}
	return []parts.Sentence{parts.Say("The model goes on without records: " + words.List(list) +
		". There it " + b.beyond() + ".")}
}

// beyond describes the values that the model takes where records end.
func (b *Teller) beyond() string {
	for _, v := range b.C.Set.Model.Variables {
		if v.Kind == model.KindData && v.Beyond == "extend" {
			return "keeps the nearest recorded value, or goes on with the last slope, as the model says"
		}
	}
	return "keeps the nearest recorded value"
}

// ends returns the side of its points on which a record was read, in the first run that did
// so: "after 2021".
func (b *Teller) ends(name string) string {
	for _, r := range b.Runs() {
		for _, l := range r.Result.Lookups {
			base, _, _ := strings.Cut(l.Table, "[")
			switch {
			case base != name:
			case l.High > l.To:
				return "after " + b.Cal.Date(l.To)
			default:
				return "before " + b.Cal.Date(l.From)
			}
		}
	}
	return ""
}

// inWhich names the runs in which something happened.
func (b *Teller) inWhich(runs []int) string {
	switch {
	case len(runs) == len(b.C.Runs)+1:
		return "in every scenario"
	case len(runs) == 1:
		return "in “" + b.Runs()[runs[0]].Label + "”"
	}
	return "in " + prose.Spelled(len(runs)) + " of " + prose.Spelled(len(b.C.Runs)+1) + " runs"
}

// A use is an event in a run; used is the same event in all runs.
type use struct {
	what string
	time float64
}

type used struct {
	what  string
	first float64
	runs  []int
}

// gather joins the events of several runs, in order of first mention.
func gather(runs []*scenarios.Run, of func(*scenarios.Run) []use) []used {
	out := []used{}
	for i, r := range runs {
		for _, u := range of(r) {
			at := slices.IndexFunc(out, func(g used) bool { return g.what == u.what })
			if at < 0 {
				out, at = append(out, used{what: u.what, first: u.time}), len(out)
			}
			out[at].first = math.Min(out[at].first, u.time)
			if !slices.Contains(out[at].runs, i) {
				out[at].runs = append(out[at].runs, i)
			}
		}
	}
	return out
}

// Table returns the numerical state of each run.
func (b *Teller) Table() parts.Table {
	t := parts.Table{ID: "health", Label: "Each run",
		Columns: []parts.Column{{Name: "Run"}, {Name: "Method"}, parts.Number("Time step"),
			parts.Number("Half the step changes a chart by"), parts.Number("and any number by"),
			parts.Number("Held back"), parts.Number("Read out of range"), {Name: "Broke down"}}}
	for i, r := range b.Runs() {
		t.Rows = append(t.Rows, parts.Row{Cells: b.healthCells(i, r)})
	}
	t.Notes = []string{"Each run was computed again with half the time step. The largest change is shown, " +
		"relative to the largest value of the same line: of what the charts draw, and of any number in " +
		"the model, with its name.",
		"Held back: flows that a stock could not serve because it ran empty. Read out of range: curves " +
			"and records used beyond their points."}
	return t
}

// healthCells returns the row of run i.
func (b *Teller) healthCells(i int, r *scenarios.Run) []parts.Cell {
	res := r.Result
	held, out := []string{}, []string{}
	for _, l := range res.Limits {
		held = append(held, b.Names.Of(l.Flow)+": "+prose.Exact(l.Amount)+" in all, "+words.Count(l.Steps, "step"))
	}
	for _, l := range res.Lookups {
		out = append(out, b.Names.Of(l.Table)+": read at "+prose.Exact(l.Low)+" to "+prose.Exact(l.High)+
			", drawn for "+prose.Exact(l.From)+" to "+prose.Exact(l.To))
	}
	broke := "no"
	if res.NonFinite != nil {
		broke = "in " + b.Cal.Date(res.NonFinite.Time)
	}
	return []parts.Cell{{Text: r.Label, Key: draw.SlotKey(i)}, {Text: methodWords(res.Method)},
		{Text: stepWords(res.Step, b.Cal), Sort: parts.SortKey(res.Step)},
		{Text: tinyPercent(b.stepError(i)), Sort: parts.SortKey(b.stepError(i)), How: "exactly " +
			prose.Exact(b.stepError(i))},
		{Text: tinyPercent(r.Halved.Relative), Under: b.Names.Of(r.Halved.Column),
			Sort: parts.SortKey(r.Halved.Relative), How: prose.Exact(r.Halved.Relative) + " at " +
				prose.Exact(r.Halved.At)},
		{Text: none(len(held)), How: strings.Join(held, "; "), Sort: parts.SortKey(float64(len(held)))},
		{Text: none(len(out)), How: strings.Join(out, "; "), Sort: parts.SortKey(float64(len(out)))}, {Text: broke}}
}

// none returns a count in words, "none" for 0.
func none(n int) string {
	if n == 0 {
		return "none"
	}
	return prose.Decimals(float64(n))
}

// tinyPercent returns a share in percent that is mostly far below one.
func tinyPercent(v float64) string {
	switch {
	case math.IsNaN(v):
		return "not a number"
	case v < 1e-6:
		return "under 0.0001%"
	}
	return prose.Decimals(prose.Rounded(v*100, 0.0001)) + "%"
}

// Summary returns sentences about the arithmetic: the half-step difference, and the
// warnings.
func (b *Teller) Summary() []parts.Sentence {
	worst := 0.0
	for i := range b.Runs() {
		worst = math.Max(worst, b.stepError(i))
	}
	out := []parts.Sentence{}
	if worst <= coarse {
		out = append(out, parts.Say("Computed again with half the time step, no line in a chart moves by "+
			"more than "+tinyPercent(worst)+
			" of its largest value. That is the error of the arithmetic alone; it says nothing about "+
			"whether the model is right."))
	}
	if w := b.Warnings(); len(w) == 0 {
		out = append(out, parts.Say("No stock ran empty, no curve or record was read outside its range, "+
			"and no number was lost."))
	} else {
		out = append(out, w...)
	}
	return out
}
