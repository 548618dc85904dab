package scenarios

import (
	"fmt"
	"slices"

	"weir/sim/sampling"
)

// A Sampler gives each member of an ensemble its constants. It never changes and may be
// used from any goroutine.
type Sampler struct {
	sources []Source
	vary    []string
	design  *sampling.Design
	copula  *sampling.Copula
}

// Sampler makes the sampler. The error says, in a modeler's words, that the numbers do
// not fit: a grid that does not come out even, correlations that contradict each other.
func (u *Uncertainty) Sampler() (*Sampler, error) {
	design, err := sampling.NewDesign(u.Method, u.Runs, len(u.Sources), u.Seed)
	if err != nil {
		return nil, err
	}
	var pairs []sampling.Correlation
	for _, c := range u.Correlations {
		i, j := u.source(c.A), u.source(c.B)
		if i < 0 || j < 0 || i == j {
			return nil, fmt.Errorf("%s and %s are not two uncertain constants", c.A, c.B)
		}
		pairs = append(pairs, sampling.Correlation{I: i, J: j, Coefficient: c.Coefficient})
	}
	copula, err := sampling.NewCopula(len(u.Sources), pairs)
	if err != nil {
		return nil, err
	}
	s := &Sampler{sources: u.Sources, design: design, copula: copula}
	for _, x := range u.Sources {
		s.vary = append(s.vary, x.vary...)
	}
	return s, nil
}

// source is the position of a constant, -1 if it is not uncertain.
func (u *Uncertainty) source(name string) int {
	return slices.IndexFunc(u.Sources, func(s Source) bool { return s.Name == name })
}

// Vary are the names that a run sets, constants or elements, in the order of Values.
func (s *Sampler) Vary() []string { return slices.Clone(s.vary) }

// Draws writes the drawn value of each source, in their order, into to.
func (s *Sampler) Draws(member int, to []float64) {
	s.design.Point(member, to)
	s.copula.Bind(to, make([]float64, len(to)))
	for i := range to {
		to[i] = s.sources[i].distribution.Quantile(to[i])
	}
}

// Values writes the numbers of a member, in the order of Vary, into to.
func (s *Sampler) Values(member int, to []float64) {
	draws := make([]float64, len(s.sources))
	s.Draws(member, draws)
	n := 0
	for i := range s.sources {
		n += s.sources[i].spread(draws[i], to[n:])
	}
}
