package sim

import (
	"fmt"
	"math"

	clocks "weir/model/numeric/clock"
)

// A clock counts steps in whole numbers; step i begins at start + i*step.
type clock struct {
	start, stop, step, save float64
	steps                   int // to the end
	every                   int // steps between saved rows
}

// at returns the time at which step i begins.
func (c clock) at(i int) float64 { return c.start + float64(float64(i)*c.step) }

// rows returns the number of saved rows, both ends included.
func (c clock) rows() int { return c.steps/c.every + 1 }

// rowFrom returns the number of rows that are saved before step i.
func (c clock) rowFrom(i int) int { return (i + c.every - 1) / c.every }

// makeClock applies settings to a model's times and refuses times that do not divide.
func (p *Program) makeClock(s Settings) (clock, error) {
	t := p.model.Time
	c := clock{start: t.Start, stop: t.Stop, step: t.Step, save: t.Save}
	if s.Stop != nil {
		c.stop = *s.Stop
	}
	if s.Step != nil {
		c.step = *s.Step
	}
	switch {
	case s.Save != nil:
		c.save = *s.Save
	case c.save < c.step:
		c.save = c.step
	}
	return c, c.divide()
}

// divide counts the steps and the rows.
func (c *clock) divide() error {
	for _, x := range []float64{c.start, c.stop, c.step, c.save} {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return errorf("start, stop, step and save must be numbers: they are %g, %g, %g and %g", c.start,
				c.stop, c.step, c.save)
		}
	}
	if c.step <= 0 || c.save <= 0 {
		return errorf("step and save must be above 0: they are %g and %g", c.step, c.save)
	}
	if c.stop < c.start {
		return errorf("the run stops at %g, before it starts at %g", c.stop, c.start)
	}
	steps, ok := ratio(c.stop-c.start, c.step)
	if !ok {
		return c.badSteps()
	}
	every, ok := ratio(c.save, c.step)
	if !ok || every == 0 {
		err := errorf("save %g is not a whole multiple of step %g", c.save, c.step)
		err.Hint = c.stepThatFits()
		return err
	}
	if steps%every != 0 {
		return errorf("the time from %g to %g is not a whole multiple of save %g, so the end would not be saved", c.start, c.stop, c.save)
	}
	c.steps, c.every = steps, every
	return nil
}

// badSteps says why the run is no whole number of steps.
func (c *clock) badSteps() error {
	n := (c.stop - c.start) / c.step
	if !(math.Round(n) <= maxSteps) {
		return errorf("from %g to %g by %g is more than %d steps", c.start, c.stop, c.step, maxSteps)
	}
	err := errorf("the time from %g to %g is not a whole number of steps of %g", c.start, c.stop, c.step)
	err.Hint = c.stepThatFits()
	return err
}

// stepThatFits returns the next shorter step of which save is a whole multiple, if saved
// rows would reach the end.
func (c *clock) stepThatFits() string {
	if _, ok := ratio(c.stop-c.start, c.save); !ok || math.Ceil(c.save/c.step) > maxSteps {
		return ""
	}
	return fmt.Sprintf("a step of %.6g would do", c.save/math.Ceil(c.save/c.step))
}

// ratio returns a/b if that is a whole number but for rounding and not above maxSteps.
func ratio(a, b float64) (n int, ok bool) {
	q, ok := clocks.Multiple(a, b)
	if !ok || q > maxSteps {
		return 0, false
	}
	return int(q), true
}
