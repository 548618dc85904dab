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

// chains returns the places of the walkers along one axis, by walker and step.
func (c *course) chains(axis int) [][]float64 {
	out := make([][]float64, len(c.counted[0]))
	for w := range out {
		for _, now := range c.counted {
			out[w] = append(out[w], now[w][axis])
		}
	}
	return out
}

// spread returns so many places of walkers: as many from each course as from any other, evenly over
// its walkers and steps. There are at most as many as the shortest course has, from each.
func spread(list []*course, draws int) (places [][]float64) {
	most := draws
	for _, c := range list {
		most = min(most, len(c.counted)*len(c.counted[0])*len(list))
	}
	for i := range most {
		counted, k := list[i%len(list)].counted, i/len(list)
		of := (most - i%len(list) + len(list) - 1) / len(list) // from this course
		// Walkers go on from draw to draw, so that all of them are seen.
		places = append(places, counted[k*len(counted)/of][k%len(counted[0])])
	}
	return places
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
		},
		Try: func() (share, rows float64, err error) { return s.try(best, free, walkers) }}
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

// try takes a few steps of a sampler, and returns which share they are of the most that all samplers
// may take, and how many rows those have at most.
func (s *search) try(best *climber, free []int, walkers int) (share, rows float64, err error) {
	all := s.options.Steps
	s.options.Steps = min(all, tried)
	_, err = s.walk(best, free, walkers, 0)
	s.options.Steps = all
	samplers := float64(s.options.Samplers)
	return float64(min(all, tried)) / (float64(all) * samplers), float64((all+1)/2*walkers) * samplers, err
}

// tried is how many steps show how long one takes.
const tried = 20

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
