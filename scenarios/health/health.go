// Package health writes the sentences about a run that a reader of its numbers needs: stocks
// that ran dry, tables read outside their points, the effect of the step, the first number
// that is not finite.
package health

import (
	"fmt"
	"strconv"
	"strings"

	"weir/scenarios/words"
	"weir/sim"
)

// digits is the share of a stock's largest value below which a held back amount is rounding:
// a stock that runs empty exactly, computed in two ways.
const digits = 1e-12

// Remarks returns the sentences about a result, without a full stop: the first number that
// is not finite, the effect of half the step unless half is nil, stocks that ran dry, and
// tables read outside their points. unit is the model's time unit.
func Remarks(r *sim.Result, half *sim.Difference, unit string) []string {
	var lines []string
	if n := r.NonFinite; n != nil {
		lines = append(lines, NonFinite(n, unit))
	}
	if half != nil {
		lines = append(lines, HalfStep(half, r.Step, unit))
	}
	for _, l := range r.Limits {
		if !Rounding(r, l) {
			lines = append(lines, RanDry(l))
		}
	}
	for _, u := range r.Lookups {
		lines = append(lines, Outside(u))
	}
	return lines
}

// Rounding reports whether a limit held back no more than the last digits of its stock.
func Rounding(r *sim.Result, l sim.LimitUse) bool {
	largest := 0.0
	for i, x := range r.Series(l.Stock) {
		if x-x == 0 && (i == 0 || x > largest) {
			largest = x
		}
	}
	return l.Amount <= digits*largest
}

// RanDry returns the sentence about a flow that a stock could not serve.
func RanDry(l sim.LimitUse) string {
	return fmt.Sprintf("%s ran dry: %s was held back in %s from %s on, %s in all",
		l.Stock, l.Flow, words.Count(l.Steps, "step"), words.Number(l.First), words.Number(l.Amount))
}

// NonFinite returns the sentence about a number that is NaN or infinite, with the operands
// that made it.
func NonFinite(n *sim.NonFinite, unit string) string {
	s := fmt.Sprintf("%s is %v at %s %s", n.Variable, n.Value, unit, words.Number(n.Time))
	if n.Operation != "" {
		s += ": " + n.Operation
	}
	for i, o := range n.Operands {
		if i == 0 {
			s += " with"
		} else {
			s += ","
		}
		s += fmt.Sprintf(" %s = %s", o.Name, words.Number(o.Value))
	}
	return s
}

// HalfStep returns the sentence about the difference that half the step makes: the largest one,
// an alarm if it is so large that the numbers cannot be trusted, and the parts of the model
// that kept the whole step.
func HalfStep(d *sim.Difference, step float64, unit string) string {
	half, shorten := fmt.Sprintf("half the step (%s %s)", words.Number(step/2), unit), "shorten the step"
	if d.Tightened {
		half, shorten = half+" and a tenth of the tolerance", "shorten the step, or lower relative_tolerance"
	}
	switch {
	case d.Trust == sim.Unstable:
		return Unstable(d.Fast, unit)
	case d.Cut:
		half = "do not trust these numbers: only one of this run and the run with " + half +
			" meets a number that is not finite; " + shorten
	case d.Trust == sim.Doubtful:
		half = fmt.Sprintf("%s changes %s by %s (%s %s), over %s: %s",
			half, d.Column, ofLargest(d.Relative), unit, words.Number(d.At), words.Percent(sim.DoubtfulOver), shorten)
		if d.Relative > 0.1 {
			half = "do not trust these numbers: " + half
		}
	case d.Relative == 0:
		half += " gives the same numbers"
	default:
		half = fmt.Sprintf("%s changes no variable by more than %s of its largest value (%s, %s %s)",
			half, words.Percent(d.Relative), d.Column, unit, words.Number(d.At))
	}
	if len(d.Held) > 0 {
		half += "; " + strings.Join(d.Held, " and ") + " kept the whole step"
	}
	return half
}

// ofLargest returns a difference as a share or a multiple of a variable's largest value.
func ofLargest(relative float64) string {
	if relative > 10 {
		return "more than ten times its largest value"
	}
	return words.Percent(relative) + " of its largest value"
}

// Unstable returns the sentence about a mode of the model that the method lets grow.
func Unstable(f *sim.FastPart, unit string) string {
	through := ""
	if f.Flow != "" {
		through = " through " + f.Flow
	}
	s := fmt.Sprintf("these numbers mean nothing: the step makes %s grow without bound. "+
		"It changes%s with a time constant of %s %s, and each step of %s %s multiplies its distance from balance by %s",
		f.Stock, through, short(f.TimeConstant), unit, words.Number(f.Step), unit, short(f.Growth))
	if f.StableStep == nil {
		return s + "; no step is short enough with this method: use rk4"
	}
	s += fmt.Sprintf("; with this method only a step under %s %s is stable: take a quarter of that",
		short(*f.StableStep), unit)
	if f.Step > manySteps**f.StableStep {
		s += `, or method = "stiff"`
	}
	return s
}

// manySteps is how many stable steps a step must hold for the method for stiff models to be
// proposed.
const manySteps = 5

// short returns a number with three digits.
func short(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// Outside returns the sentence about a table or data series that was read outside its
// points.
func Outside(u sim.LookupUse) string {
	kind := "lookup"
	if u.Data {
		kind = "data series"
	}
	s := fmt.Sprintf("%s %s was read outside its points (%s to %s) in %s from %s on:", kind, u.Table,
		words.Number(u.From), words.Number(u.To), words.Count(u.Steps, "step"), words.Number(u.First))
	if u.Low < u.From {
		s += " down to " + words.Number(u.Low)
	}
	if u.High > u.To {
		s += " up to " + words.Number(u.High)
	}
	return s
}
