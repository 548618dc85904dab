// Package uncertainty draws the constants of a model: which of them vary, by which
// distribution, bound by which correlations, or jointly from a posterior. Scenario sets,
// ensembles and calibrations take their draws from it.
package uncertainty

import (
	"fmt"
	"slices"

	"weir/sim/sampling"
)

// Futures is [uncertainty] of a set: how many futures, and which constants are drawn again in
// each. Reading a set fills in defaults and finds the constants.
type Futures struct {
	Runs         int // how many futures
	Method       sampling.Method
	Seed         uint64
	Sources      []Source // those of the posterior, then the others in the model's order
	Correlations []Correlation
	Posterior    *Posterior // draws of constants that fit the data; nil if there are none
	Worlds       []World    // those of the set, drawn or not
	World        *Choice    // of each future: as written, then Worlds; nil if it is not drawn
	Shapes       []*Choice  // of lookups, in the model's order
	// Fixed is the one world of all futures, -1 for the model as written; nil: World says it.
	Fixed *int
}

// A Correlation binds two constants, by name. Coefficient is that of the normal
// variables behind them (a Gaussian copula); rank correlations come out slightly smaller.
type Correlation struct {
	A, B        string
	Coefficient float64
}

// A Sampler gives each member of an ensemble its constants. It never changes and may be
// used from any goroutine.
type Sampler struct {
	sources   []Source
	ranged    []int    // positions of the sources that are not of the posterior
	vary      []string // of the sources, then of extras
	extras    []extra
	worlds    [][]placed // by world: the numbers that it sets
	choices   []*Choice
	drawn     bool // the first choice is the world
	fixed     *int
	dims      int // of the design; those of the sources first
	design    *sampling.Design
	copula    *sampling.Copula
	posterior *Posterior
}

// Sampler makes the sampler. The error says, in a modeler's words, that the numbers do
// not fit: a grid that does not come out even, correlations that contradict each other.
func (u *Futures) Sampler() (*Sampler, error) {
	ranged := u.Ranged()
	design, err := sampling.NewDesign(u.Method, u.Runs, u.Dims(), u.Seed)
	if err != nil {
		return nil, err
	}
	var pairs []sampling.Correlation
	for _, c := range u.Correlations {
		i, j := slices.Index(ranged, u.Position(c.A)), slices.Index(ranged, u.Position(c.B))
		if i < 0 || j < 0 || i == j {
			return nil, fmt.Errorf("%s and %s are not two uncertain constants", c.A, c.B)
		}
		pairs = append(pairs, sampling.Correlation{I: i, J: j, Coefficient: c.Coefficient})
	}
	copula, err := sampling.NewCopula(len(ranged), pairs)
	if err != nil {
		return nil, err
	}
	s := &Sampler{sources: u.Sources, ranged: ranged, design: design, copula: copula, posterior: u.Posterior,
		choices: u.Choices(), drawn: u.World != nil && u.Fixed == nil, fixed: u.Fixed, dims: u.Dims()}
	if u.World != nil && u.Fixed != nil {
		s.choices = s.choices[1:]
	}
	for _, x := range u.Sources {
		s.vary = append(s.vary, x.vary...)
	}
	s.enter(u)
	return s, nil
}

// Ranged returns the positions of the sources that are drawn from ranges, in their order.
func (u *Futures) Ranged() []int {
	list := []int{}
	for i, s := range u.Sources {
		if s.column == 0 {
			list = append(list, i)
		}
	}
	return list
}

// Position returns the position of a constant, -1 if it is not uncertain.
func (u *Futures) Position(name string) int {
	return slices.IndexFunc(u.Sources, func(s Source) bool { return s.Name == name })
}

// Vary returns the names that a run sets, constants or elements, in the order of Values.
func (s *Sampler) Vary() []string { return slices.Clone(s.vary) }

// Draws writes the drawn value of each source, in their order, into to, whatever the world.
func (s *Sampler) Draws(member int, to []float64) {
	u := make([]float64, s.dims)
	s.design.Point(member, u)
	u = u[:len(s.ranged)]
	s.copula.Bind(u, make([]float64, len(u)))
	for k, i := range s.ranged {
		to[i] = s.sources[i].distribution.Quantile(u[k])
	}
	if s.posterior == nil {
		return
	}
	draw := s.posterior.of(member, s.design.Size())
	for i, x := range s.sources {
		if x.column > 0 {
			to[i] = draw[x.column-1]
		}
	}
}

// Values writes the numbers of a member, in the order of Vary, into to. Those of its world have
// the last word, over the posterior too.
func (s *Sampler) Values(member int, to []float64) {
	draws := make([]float64, len(s.sources))
	s.Draws(member, draws)
	n := 0
	for i := range s.sources {
		n += s.sources[i].Spread(draws[i], to[n:])
	}
	s.settle(member, to)
}

// Size returns the number of members.
func (s *Sampler) Size() int { return s.design.Size() }

// Sources returns the sources in the order of Draws. The caller must not change them.
func (s *Sampler) Sources() []Source { return s.sources }
