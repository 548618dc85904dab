package ensemble

import (
	"context"
	"errors"
	"slices"

	"weir/sim"
	"weir/sim/sketch"
)

// Sketches have counted the numbers of the kept columns at each saved time, for quantiles. Those of
// parts of an ensemble, merged in any order, are those of the whole.
type Sketches struct {
	Time    []float64      `json:"time"`    // the saved times
	Columns []SketchColumn `json:"columns"` // in the order of Plan.Columns
}

// A SketchColumn has the sketches of one column, by saved time.
type SketchColumn struct {
	Name string          `json:"name"`
	Unit string          `json:"unit,omitempty"`
	At   []sketch.Sketch `json:"at"`
}

// Sketches runs some of the members and counts their numbers. Members that break down take no part.
// If the context is cancelled, the members of whole blocks are there, and no others.
func (p *Plan) Sketches(ctx context.Context, of Members, progress func(first int) func(sim.Progress)) (*Sketches, *Outcome, error) {
	all := &Sketches{}
	columns := columnNames(p.Columns)
	for i, name := range p.Names() {
		all.Columns = append(all.Columns, SketchColumn{Name: name, Unit: p.Columns[i].Unit})
	}
	o, err := p.blocks(ctx, of, p.shortBlock(of), nil, columns, progress,
		func(r *sim.EnsembleResult, first int) (bool, error) {
			if !r.Complete {
				return false, nil
			}
			all.Time = r.Time
			for i, name := range columns {
				c := &all.Columns[i]
				if c.At == nil {
					c.At = make([]sketch.Sketch, len(r.Time))
				}
				for k := range c.At {
					c.At[k].Merge(r.Sketch(name, k))
				}
			}
			return true, nil
		})
	return all, o, err
}

// Merge counts the numbers of other members of the same ensemble, too. The error says that they are
// of another one.
func (s *Sketches) Merge(other *Sketches) error {
	switch {
	case other.Time == nil: // of no members
		return nil
	case s.Time == nil:
		s.Time = other.Time
		for i := range s.Columns {
			s.Columns[i].At = make([]sketch.Sketch, len(s.Time))
		}
	case !slices.Equal(s.Time, other.Time):
		return errors.New("the saved times are others")
	}
	same := func(a, b SketchColumn) bool { return a.Name == b.Name && a.Unit == b.Unit && len(b.At) == len(s.Time) }
	if !slices.EqualFunc(s.Columns, other.Columns, same) {
		return errors.New("the columns are others")
	}
	for i, c := range other.Columns {
		for k := range c.At {
			s.Columns[i].At[k].Merge(&c.At[k])
		}
	}
	return nil
}

// Quantiles returns the quantiles of an ensemble of which the outcome is given. There is at least
// one member.
func (s *Sketches) Quantiles(o Outcome) *Quantiles {
	q := &Quantiles{Time: s.Time, Outcome: o}
	last := len(s.Time) - 1
	for _, c := range s.Columns {
		q.Rows = append(q.Rows, newRow(c.Name, c.Unit, len(s.Time),
			func(k int, share float64) float64 { return c.At[k].Quantile(share) }))
		q.Error = max(q.Error, c.At[last].Error())
	}
	return q
}
