package calibrate

import (
	"context"

	"weir/scenarios/divide"
)

// A course is where one flock was in the steps that count. The first half of the steps does not.
type course struct {
	counted         [][][]float64 // by step and walker
	steps           int           // of every walker, those left out among them
	taken, proposed int           // moves of all walkers
	runs            int           // of the model
}

// take takes over how far a flock has come.
func (c *course) take(f *flock) {
	c.steps, c.taken, c.proposed = len(f.history), f.taken, f.proposed
	c.counted = f.history[c.left():]
}

// left returns how many steps are left out.
func (c *course) left() int { return c.steps / 2 }

// together returns the places of the walkers of all courses, by step and walker: of each course the
// last steps, as many as the shortest has.
func together(list []*course) [][][]float64 {
	if len(list) == 1 {
		return list[0].counted
	}
	least := len(list[0].counted)
	for _, c := range list {
		least = min(least, len(c.counted))
	}
	out := make([][][]float64, least)
	for i := range out {
		for _, c := range list {
			out[i] = append(out[i], c.counted[len(c.counted)-least+i]...)
		}
	}
	return out
}

// pool judges the courses of flocks with so many walkers each as one sample.
func (p *Posterior) pool(list []*course, walkers int) {
	p.diagnose(list)
	p.Samplers, p.Walkers = len(list), len(list)*walkers
	taken, proposed := 0, 0
	for _, c := range list {
		taken, proposed = taken+c.taken, proposed+c.proposed
		p.Left = max(p.Left, c.left())
	}
	p.Acceptance = float64(taken) / float64(proposed)
}

// Columns before the places of a walker, which every row of a course repeats.
const (
	columnSteps = iota
	columnTaken
	columnProposed
	columnRuns
	columnsBefore
)

// courses samples with every flock, here or elsewhere.
func (s *search) courses(best *climber, free []int, walkers int) ([]*course, error) {
	columns := []string{"steps", "taken", "proposed", "runs"}
	for _, k := range free {
		columns = append(columns, s.parameters[k].Name)
	}
	work := divide.Work{Items: s.options.Samplers, Unit: "sampler", Columns: columns, Block: 1,
		Do: func(_ context.Context, first, end int, row divide.Row) error {
			for k := first; k < end; k++ {
				before := s.runs
				c, err := s.walk(best, free, walkers, k)
				if err != nil {
					return err
				}
				c.runs, s.runs = s.runs-before, before
				if err := c.rows(func(numbers []float64) error { return row(k, numbers) }); err != nil {
					return err
				}
			}
			return nil
		}}
	list := make([]*course, s.options.Samplers)
	at := 0 // the walker of the next row
	err := divide.Rows(s.ctx, s.options.Divide, work, func(number int, numbers []float64) error {
		if list[number] == nil {
			list[number], at = &course{steps: int(numbers[columnSteps]), taken: int(numbers[columnTaken]),
				proposed: int(numbers[columnProposed]), runs: int(numbers[columnRuns])}, 0
			s.runs += list[number].runs
		}
		list[number].put(at, walkers, numbers[columnsBefore:])
		at = (at + 1) % walkers
		return nil
	})
	return list, err
}

// rows gives a row for each step and walker.
func (c *course) rows(row func([]float64) error) error {
	for _, now := range c.counted {
		for _, x := range now {
			numbers := []float64{columnSteps: float64(c.steps), columnTaken: float64(c.taken),
				columnProposed: float64(c.proposed), columnRuns: float64(c.runs)}
			if err := row(append(numbers, x...)); err != nil {
				return err
			}
		}
	}
	return nil
}

// put takes the place of a walker, of so many; the first begins a step.
func (c *course) put(walker, walkers int, x []float64) {
	if walker == 0 {
		c.counted = append(c.counted, make([][]float64, 0, walkers))
	}
	last := len(c.counted) - 1
	c.counted[last] = append(c.counted[last], append([]float64(nil), x...))
}
