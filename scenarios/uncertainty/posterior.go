package uncertainty

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/numeric"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
)

// A Posterior is the draws that weir calibrate made of constants that fit the data: of
// each, all constants together, so that correlated constants stay correlated.
type Posterior struct {
	File  string // as in spans
	Date  string
	Model string   // Fingerprint of the model
	Names []string // constants, or elements as x[a,b], in the order of a draw
	Draws [][]float64
}

// of returns the place of the draw of a member of so many futures: the draws evenly, from first
// to last.
func (p *Posterior) of(member, runs int) int {
	return int(uint64(member) * uint64(len(p.Draws)) / uint64(runs))
}

// Source returns the source of a constant, or of an element of it, whose values are a column
// of the posterior, counted from 0. The error says why it cannot be drawn.
func (p *Posterior) Source(r *resolved.Model, v *model.Variable, elements []string, column int) (Source, error) {
	s, err := New(r, v)
	if err != nil {
		return s, err
	}
	if elements != nil {
		s.Name = element.Join(v.Name, elements)
		s.Label = fmt.Sprintf("%s (%s)", s.Label, strings.Join(elements, ", "))
		s.vary, s.Elements = []string{s.Name}, 1
		for i, e := range element.All(element.Variable(r, v.Name).Over) {
			if slices.Equal(e, elements) {
				s.Value = s.ValueAt(i)
			}
		}
		s.values = []float64{s.Value}
	}
	draws := make([]float64, len(p.Draws))
	for i, d := range p.Draws {
		draws[i] = d[column]
	}
	slices.Sort(draws)
	s.Distribution, s.column = FromPosterior, column+1
	s.Low, s.High = numeric.Quantile(draws, 0.025), numeric.Quantile(draws, 0.975)
	return s, nil
}

// Has reports whether a posterior draws a constant, or an element of it.
func (p *Posterior) Has(constant string) bool {
	return p != nil && slices.ContainsFunc(p.Names, func(full string) bool {
		name, _, _ := element.Split(full)
		return name == constant
	})
}
