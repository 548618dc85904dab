package optimize

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// A search looks for the best candidate and keeps all that were tried.
type search struct {
	*judge
	ctx   context.Context
	tried []*Candidate
	place map[string]int // of values in tried
	best  []float64      // gain of the best candidate in each future
	show  func(done float64)
}

// together is how many candidates of a grid run at once.
const together = 32

// point returns the values of a point of the unit cube. Points outside it are put on its side; values
// of a lever with steps are on one.
func (s *search) point(u []float64) []float64 {
	x := make([]float64, len(u))
	for i, l := range s.question.Levers {
		t := math.Min(1, math.Max(0, u[i]))
		x[i] = l.Low + t*(l.High-l.Low)
		if l.Step > 0 {
			x[i] = math.Min(l.Low+math.Round((x[i]-l.Low)/l.Step)*l.Step, l.High)
		}
	}
	return x
}

// try runs candidates that were not run yet, and returns all in the order given.
func (s *search) try(xs [][]float64) ([]*Candidate, error) {
	var fresh [][]float64
	for _, x := range xs {
		if s.known(x) == nil && !slices.ContainsFunc(fresh, func(y []float64) bool { return slices.Equal(x, y) }) {
			fresh = append(fresh, x)
		}
	}
	if len(fresh) > 0 {
		found, err := s.judge.judge(s.ctx, fresh)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			s.place[key(c.Values)] = len(s.tried)
			s.tried = append(s.tried, c)
			if s.best == nil && !c.Broken {
				s.best = make([]float64, len(c.Gain)) // no new decisions gain nothing
			}
			for k, g := range c.Gain {
				s.best[k] = math.Max(s.best[k], g)
			}
		}
	}
	if s.show != nil {
		s.show(math.Min(1, float64(len(s.tried))/float64(s.question.Evaluations)))
	}
	var out []*Candidate
	for _, x := range xs {
		out = append(out, s.known(x))
	}
	return out, nil
}

// known returns the candidate that has values; nil if it was not run.
func (s *search) known(x []float64) *Candidate {
	if i, ok := s.place[key(x)]; ok {
		return s.tried[i]
	}
	return nil
}

// key returns values as a key of a map.
func key(x []float64) string {
	var b []byte
	for _, v := range x {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return string(b)
}

// worse returns a number that is smaller the better a candidate is: those within all limits by their
// worth, before those outside by how far they are, before those that break down.
func (s *search) worse(c *Candidate) float64 {
	switch {
	case c.Broken:
		return math.MaxFloat64 / 4
	case c.over > 0:
		return 1e100 * (1 + c.over)
	}
	return -worth(c, s.question.Criterion, s.best)
}

// grid tries every point if all levers have steps and there are few enough points; it reports whether
// it did.
func (s *search) grid() (bool, error) {
	points := 1.0
	for _, l := range s.question.Levers {
		if l.Step == 0 {
			return false, nil
		}
		points *= math.Floor((l.High-l.Low)/l.Step+1e-9) + 1
	}
	if points > float64(s.question.Evaluations) {
		return false, nil
	}
	all := [][]float64{nil}
	for _, l := range s.question.Levers {
		var next [][]float64
		for _, x := range all {
			for k := 0; l.Low+float64(k)*l.Step <= l.High+1e-9*l.Step; k++ {
				next = append(next, append(slices.Clone(x), math.Min(l.Low+float64(k)*l.Step, l.High)))
			}
		}
		all = next
	}
	for some := range slices.Chunk(all, together) {
		if _, err := s.try(some); err != nil {
			return false, err
		}
	}
	return true, nil
}

// evolve lets populations of candidates follow the best: CMA-ES of gonum, from the middle of the
// ranges, then again with twice the population from other places until the evaluations are used up
// (Auger and Hansen 2005, A restart CMA evolution strategy with increasing population size). A
// population runs at once.
func (s *search) evolve() error {
	dim := len(s.question.Levers)
	random := rand.New(rand.NewPCG(s.question.Seed, 1))
	begin := make([]float64, dim)
	for i := range begin {
		begin[i] = 0.5
	}
	for population := 4 + 2*dim; len(s.tried) < s.searching(); population *= 2 {
		before := len(s.tried)
		if err := s.once(begin, population, random.Uint64()); err != nil {
			return err
		}
		if len(s.tried) == before { // every point that it asked for was known
			return nil
		}
		for i := range begin {
			begin[i] = random.Float64()
		}
	}
	return nil
}

// once runs CMA-ES until it has converged or the evaluations are used up.
func (s *search) once(begin []float64, population int, seed uint64) error {
	method := &optimize.CmaEsChol{InitStepSize: 0.3, Population: population, Src: rand.NewPCG(seed, 2), StopLogDet: -14 * float64(len(begin))}
	dim := len(begin)
	count := method.Init(dim, population)
	tasks := make([]optimize.Task, count)
	for i := range tasks {
		tasks[i].Location = &optimize.Location{X: slices.Clone(begin)}
	}
	operations, results := make(chan optimize.Task), make(chan optimize.Task, population)
	go method.Run(operations, results, tasks)
	stop := func() {
		results <- optimize.Task{Op: optimize.PostIteration}
		close(results)
		for range operations { // until the method has ended
		}
	}
	var wanted []optimize.Task
	for task := range operations {
		switch task.Op {
		case optimize.FuncEvaluation:
			if wanted = append(wanted, task); len(wanted) < population {
				continue
			}
			if err := s.population(wanted); err != nil {
				stop()
				return err
			}
			for _, t := range wanted {
				results <- t
			}
			wanted = nil
		case optimize.MajorIteration:
			if len(s.tried) >= s.searching() {
				stop()
				return nil
			}
			results <- task
		default: // it has converged, or cannot go on
			stop()
			return nil
		}
	}
	return nil
}

// searching returns how many candidates CMA-ES may try; the rest is for polish.
func (s *search) searching() int { return s.question.Evaluations * 4 / 5 }

// polish moves from the best candidate by single levers, with steps from a tenth of their ranges to a
// thousandth, while that is better and evaluations are left (Hooke and Jeeves 1961, "Direct search"
// solution of numerical and statistical problems, JACM 8).
func (s *search) polish() error {
	const first, last = 0.1, 0.001
	for step := first; step >= last && len(s.tried) < s.question.Evaluations; {
		from := s.leader()
		var xs [][]float64
		for i, l := range s.question.Levers {
			for _, sign := range []float64{-1, 1} {
				u := make([]float64, len(from.Values))
				for k, m := range s.question.Levers {
					u[k] = (from.Values[k] - m.Low) / (m.High - m.Low)
				}
				u[i] += sign * math.Max(step, l.Step/(l.High-l.Low))
				x := s.point(u)
				for k := range x {
					if k != i {
						x[k] = from.Values[k]
					}
				}
				xs = append(xs, x)
			}
		}
		if _, err := s.try(xs); err != nil {
			return err
		}
		if s.leader() == from {
			step /= 2
		}
	}
	return nil
}

// population judges a population. A point outside the cube is as good as the nearest in it, less its
// distance.
func (s *search) population(tasks []optimize.Task) error {
	slices.SortFunc(tasks, func(a, b optimize.Task) int { return cmp.Compare(a.ID, b.ID) })
	var xs [][]float64
	for _, t := range tasks {
		xs = append(xs, s.point(t.X))
	}
	found, err := s.try(xs)
	if err != nil {
		return err
	}
	span := 0.0
	for _, c := range found {
		if !c.Broken && c.over == 0 {
			span = math.Max(span, math.Abs(s.worse(c)))
		}
	}
	for i, t := range tasks {
		outside := 0.0
		for _, u := range t.X {
			outside += math.Max(0, math.Max(-u, u-1))
		}
		tasks[i].Location.F = s.worse(found[i]) + span*outside
	}
	return nil
}
