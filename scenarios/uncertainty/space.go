package uncertainty

import (
	"fmt"
	"slices"

	"weir/model/numeric"
	"weir/sim/sampling"
)

// A Space turns points of the unit cube into futures. Its coordinates are one for each ranged
// source, in their order, then one for each choice, then one that picks a draw of the posterior,
// if there is one. It never changes and may be used from any goroutine.
type Space struct {
	sources   []Source
	ranged    []int    // positions of the sources that are not of the posterior
	vary      []string // of the sources, then of extras
	extras    []extra
	worlds    [][]placed // by world: the numbers that it sets
	choices   []*Choice
	drawn     bool // the first choice is the world
	fixed     *int
	dims      int // of the sources and choices
	copula    *sampling.Copula
	bound     [][]int // coordinates that correlations bind together
	posterior *Posterior
}

// Space returns the space of the futures. The error says, in a modeler's words, which
// correlations contradict each other.
func (u *Futures) Space() (*Space, error) {
	ranged := u.Ranged()
	var pairs []sampling.Correlation
	s := &Space{sources: u.Sources, ranged: ranged, posterior: u.Posterior, choices: u.Choices(),
		drawn: u.World != nil && u.Fixed == nil, fixed: u.Fixed, dims: u.Dims()}
	for _, c := range u.Correlations {
		i, j := slices.Index(ranged, u.Position(c.A)), slices.Index(ranged, u.Position(c.B))
		if i < 0 || j < 0 || i == j {
			return nil, fmt.Errorf("%s and %s are not two uncertain constants", c.A, c.B)
		}
		pairs = append(pairs, sampling.Correlation{I: i, J: j, Coefficient: c.Coefficient})
		s.bind(i, j)
	}
	var err error
	if s.copula, err = sampling.NewCopula(len(ranged), pairs); err != nil {
		return nil, err
	}
	for _, x := range u.Sources {
		s.vary = append(s.vary, x.vary...)
	}
	s.enter(u)
	if u.World != nil && u.Fixed != nil {
		s.choices = s.choices[1:] // its coordinate stays, so that all others keep theirs
	}
	return s, nil
}

// bind notes that two coordinates go together.
func (s *Space) bind(i, j int) {
	group := []int{i, j}
	s.bound = slices.DeleteFunc(s.bound, func(old []int) bool {
		if !slices.Contains(old, i) && !slices.Contains(old, j) {
			return false
		}
		group = append(group, old...)
		return true
	})
	slices.Sort(group)
	s.bound = append(s.bound, slices.Compact(group))
}

// An Axis is coordinates that can only be moved together: one constant, constants that are
// correlated, the draws of a posterior, or a choice.
type Axis struct {
	Coordinates []int
	Sources     []int // positions; none for a choice
	Choice      *Choice
}

// Axes returns the axes of the space: independent of each other, and all coordinates together.
// A fixed world has none, though its coordinate is there.
func (s *Space) Axes() []Axis {
	var list []Axis
	for k, i := range s.ranged {
		at := slices.IndexFunc(s.bound, func(g []int) bool { return slices.Contains(g, k) })
		switch {
		case at < 0:
			list = append(list, Axis{Coordinates: []int{k}, Sources: []int{i}})
		case s.bound[at][0] == k:
			a := Axis{Coordinates: s.bound[at]}
			for _, c := range a.Coordinates {
				a.Sources = append(a.Sources, s.ranged[c])
			}
			list = append(list, a)
		}
	}
	for i, c := range s.choices {
		list = append(list, Axis{Coordinates: []int{s.dims - len(s.choices) + i}, Choice: c})
	}
	if s.posterior != nil {
		a := Axis{Coordinates: []int{s.dims}}
		for i, x := range s.sources {
			if x.column > 0 {
				a.Sources = append(a.Sources, i)
			}
		}
		list = append(list, a)
	}
	return list
}

// Dims returns the number of coordinates.
func (s *Space) Dims() int {
	if s.posterior != nil {
		return s.dims + 1
	}
	return s.dims
}

// Vary returns the names that a run sets, constants or elements, in the order of ValuesAt.
func (s *Space) Vary() []string { return slices.Clone(s.vary) }

// Sources returns the sources in the order of DrawsAt. The caller must not change them.
func (s *Space) Sources() []Source { return s.sources }

// DrawsAt writes the value of each source at a point into to, whatever the world.
func (s *Space) DrawsAt(point, to []float64) {
	u := slices.Clone(point[:len(s.ranged)])
	s.copula.Bind(u, make([]float64, len(u)))
	for k, i := range s.ranged {
		to[i] = s.sources[i].distribution.Quantile(u[k])
	}
	if s.posterior == nil {
		return
	}
	draw := s.posterior.Draws[min(int(point[s.dims]*float64(len(s.posterior.Draws))), len(s.posterior.Draws)-1)]
	for i, x := range s.sources {
		if x.column > 0 {
			to[i] = draw[x.column-1]
		}
	}
}

// ValuesAt writes the numbers of the future at a point, in the order of Vary, into to. Those of
// its world have the last word, over the posterior too.
func (s *Space) ValuesAt(point, to []float64) {
	draws := make([]float64, len(s.sources))
	s.DrawsAt(point, draws)
	s.ValuesOf(draws, s.WorldAt(point), to)
}

// ValuesOf is ValuesAt for values of the sources and a world, -1 for the model as written.
func (s *Space) ValuesOf(draws []float64, world int, to []float64) {
	n := 0
	for i := range s.sources {
		n += s.sources[i].Spread(draws[i], to[n:])
	}
	s.settle(world, to)
}

// WaysAt returns the way of each choice at a point.
func (s *Space) WaysAt(point []float64) []int {
	ways := make([]int, len(s.choices))
	for i, c := range s.choices {
		ways[i] = c.at(point[s.dims-len(s.choices)+i])
	}
	return ways
}

// Quantile returns the value of a source below which a share q of its draws lies.
func (s *Space) Quantile(source int, q float64) float64 {
	x := s.sources[source]
	if x.column == 0 {
		return x.distribution.Quantile(q)
	}
	draws := make([]float64, len(s.posterior.Draws))
	for i, d := range s.posterior.Draws {
		draws[i] = d[x.column-1]
	}
	slices.Sort(draws)
	return numeric.Quantile(draws, q)
}

// WorldOf is WorldAt for the ways of the choices.
func (s *Space) WorldOf(ways []int) int {
	switch {
	case s.fixed != nil:
		return *s.fixed
	case s.drawn:
		return ways[0] - 1
	}
	return -1
}

// ShapesOf is ShapesAt for the ways of the choices.
func (s *Space) ShapesOf(ways []int) []int {
	if s.drawn {
		return ways[1:]
	}
	return ways
}

// WorldAt returns the place of a point's world in Futures.Worlds, -1 for the model as written.
func (s *Space) WorldAt(point []float64) int { return s.WorldOf(s.WaysAt(point)) }

// ShapesAt returns the way of each drawn shape at a point, in the order of Futures.Shapes.
func (s *Space) ShapesAt(point []float64) []int { return s.ShapesOf(s.WaysAt(point)) }
