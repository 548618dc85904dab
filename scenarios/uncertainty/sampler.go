// Package uncertainty draws the constants of a model: which of them vary, by which
// distribution, bound by which correlations, or jointly from a posterior. Scenario sets,
// ensembles and calibrations take their draws from it.
package uncertainty

import (
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
	*Space
	design *sampling.Design
}

// Sampler makes the sampler. The error says, in a modeler's words, that the numbers do
// not fit: a grid that does not come out even, correlations that contradict each other.
func (u *Futures) Sampler() (*Sampler, error) {
	design, err := sampling.NewDesign(u.Method, u.Runs, u.Dims(), u.Seed)
	if err != nil {
		return nil, err
	}
	space, err := u.Space()
	if err != nil {
		return nil, err
	}
	return &Sampler{Space: space, design: design}, nil
}

// point returns the place of a member in the unit cube. Of a posterior, members take the draws
// evenly, from first to last.
func (s *Sampler) point(member int) []float64 {
	p := make([]float64, s.Dims())
	s.design.Point(member, p[:s.dims])
	if s.posterior != nil {
		n := len(s.posterior.Draws)
		p[s.dims] = (float64(s.posterior.of(member, s.design.Size())) + 0.5) / float64(n)
	}
	return p
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

// Draws writes the drawn value of each source, in their order, into to, whatever the world.
func (s *Sampler) Draws(member int, to []float64) { s.DrawsAt(s.point(member), to) }

// Values writes the numbers of a member, in the order of Vary, into to.
func (s *Sampler) Values(member int, to []float64) { s.ValuesAt(s.point(member), to) }

// World returns the place of a member's world in Futures.Worlds, -1 for the model as written.
func (s *Sampler) World(member int) int { return s.WorldAt(s.point(member)) }

// Ways returns the drawn way of each choice in a member.
func (s *Sampler) Ways(member int) []int { return s.WaysAt(s.point(member)) }

// Shapes returns the way of each drawn shape in a member, in the order of Futures.Shapes.
func (s *Sampler) Shapes(member int) []int { return s.ShapesAt(s.point(member)) }

// Number returns the number by which a member draws: its own.
func (s *Sampler) Number(member int) int { return member }

// Size returns the number of members.
func (s *Sampler) Size() int { return s.design.Size() }
