// Package health writes the sentences about a run that a reader of its numbers needs: stocks
// that ran dry, tables read outside their points, the effect of the step, the first number
// that is not finite.
package health

import (
	"fmt"

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

// HalfStep returns the sentence about the difference that half the step makes.
func HalfStep(d *sim.Difference, step float64, unit string) string {
	half := fmt.Sprintf("half the step (%s %s)", words.Number(step/2), unit)
	if d.Relative == 0 {
		return half + " gives the same numbers"
	}
	return fmt.Sprintf("%s changes no variable by more than %s of its largest value (%s, %s %s)",
		half, words.Percent(d.Relative), d.Column, unit, words.Number(d.At))
}

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
