package part

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"weir/scenarios/ensemble"
	"weir/scenarios/output"
)

// A Sum counts parts of sketches, in any order and by any grouping, as engines that combine what
// their workers made want it. The zero value is empty.
type Sum struct {
	heads    []Head
	sketches *ensemble.Sketches
}

// Add counts a part of sketches. A part of another ensemble, or one that is counted already, is an
// error.
func (s *Sum) Add(p *Part) error {
	if p.format != formatSketch {
		return fmt.Errorf("%s: it holds rows, not sketches", p.Path)
	}
	sketches, err := p.counted()
	if err != nil {
		return err
	}
	if err := s.Merge(&Sum{heads: []Head{p.Head}, sketches: sketches}); err != nil {
		return fmt.Errorf("%s: %w", p.Path, err)
	}
	return nil
}

// Merge counts the parts of another sum, too, which stays as it is.
func (s *Sum) Merge(other *Sum) error {
	if other.sketches == nil {
		return nil
	}
	if s.sketches == nil {
		s.sketches = &ensemble.Sketches{}
		for _, c := range other.sketches.Columns {
			s.sketches.Columns = append(s.sketches.Columns, ensemble.SketchColumn{Name: c.Name, Unit: c.Unit})
		}
	}
	for _, h := range other.heads {
		if len(s.heads) > 0 {
			if differs := s.heads[0].differs(&h); differs != "" {
				return fmt.Errorf("it does not belong to the other parts: it has %s", differs)
			}
		}
		if slices.ContainsFunc(s.heads, func(k Head) bool { return k.Shard == h.Shard }) {
			return fmt.Errorf("shard %s is there already", h.Shard)
		}
		s.heads = append(s.heads, h)
	}
	return s.sketches.Merge(other.sketches)
}

// Write writes the whole, as weir run writes it, once all parts are counted.
func (s *Sum) Write(w io.Writer) error {
	var parts []*Part
	for _, h := range s.heads {
		parts = append(parts, &Part{Path: "shard " + h.Shard.String(), Head: h, format: formatSketch, sketches: s.sketches})
	}
	whole, err := Merge(parts)
	if err != nil {
		return err
	}
	return writeSketchFile(w, &whole.head, s.sketches)
}

// A sumFile is a sum on its way between workers.
type sumFile struct {
	Facts    []output.Fact      `json:"facts,omitempty"`
	Heads    []Head             `json:"parts,omitempty"`
	Sketches *ensemble.Sketches `json:"sketches,omitempty"`
}

// MarshalJSON returns the sum as JSON.
func (s *Sum) MarshalJSON() ([]byte, error) {
	f := sumFile{Heads: s.heads, Sketches: s.sketches}
	if len(s.heads) > 0 {
		f.Facts = s.heads[0].facts
	}
	return json.Marshal(f)
}

// UnmarshalJSON replaces the sum by one that MarshalJSON wrote.
func (s *Sum) UnmarshalJSON(text []byte) error {
	var f sumFile
	if err := json.Unmarshal(text, &f); err != nil {
		return err
	}
	for i := range f.Heads {
		f.Heads[i].facts = f.Facts
	}
	*s = Sum{f.Heads, f.Sketches}
	return nil
}
