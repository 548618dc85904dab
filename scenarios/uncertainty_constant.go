package scenarios

import (
	"slices"

	"weir/sim/sampling"
)

// Vary are the names that a run sets for a source, constants or elements, in the order
// of Spread.
func (s *Source) Vary() []string { return slices.Clone(s.vary) }

// Spread writes the numbers that a run sets for a draw x into to, which has room for
// Elements, and says how many there are; see Elements.
func (s *Source) Spread(x float64, to []float64) int { return s.spread(x, to) }

// ValueAt is the value of an element, row-major, in the central run.
func (s *Source) ValueAt(i int) float64 {
	if len(s.values) == 1 {
		return s.values[0]
	}
	return s.values[i]
}

// Distribute is the distribution of draws.
func (s *Source) Distribute() sampling.Distribution { return s.distribution }
