package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/uncertainty"
	"weir/sim"
)

// A World is another way in which things may be: constants and lookups that differ from the
// model's, in every run, no new decisions included. Everything else is as in the model.
type World struct {
	ID, Label, About, Source string
	Settings                 []WorldSetting // in the order of the file
	Lookups                  []WorldLookup  // in the order of the file
	Span                     diagnostic.Span

	resolved *resolved.Model // with the world's points; nil if it changes no lookup
}

// A WorldSetting is one constant of a world, or an element of it.
type WorldSetting struct {
	Name       string  // without elements, or name[element]
	Value, Own float64 // Own: elsewhere
	Span       diagnostic.Span
}

// A WorldLookup is the course of a lookup in a world.
type WorldLookup struct {
	Name   string           // full
	Shape  string           // by name, "own" for the lookup's own points; "" if the world has points of its own
	Points []resolved.Point // nil for the lookup's own points
	Span   diagnostic.Span
}

// asWrittenLabel is how readers know the model without a world.
const asWrittenLabel = "The model as written"

// In returns the set as it is in one world, nil for the model as written, for Compare and all
// else that takes a set. Its futures are the same draws in each world, but for the constants
// that the world gives: there the world has the last word. The set itself is not changed; the
// two share everything else. In must not be asked of a set with mistakes.
func (s *Set) In(w *World) *Set {
	out := *s
	out.world, out.Worlds = w, nil
	if w != nil && w.resolved != nil {
		out.Resolved = w.resolved
	}
	if s.Uncertainty != nil {
		u := *s.Uncertainty
		fixed := slices.Index(s.Worlds, w)
		u.Fixed = &fixed
		out.Uncertainty = &u
	}
	return &out
}

// World returns the world of a set that In made; nil for any other, and for the model as written.
func (s *Set) World() *World { return s.world }

// Within is In for the name of a world; "as_written" is the model without one. The error lists
// the worlds of the set.
func (s *Set) Within(id string) (*Set, error) {
	names := []string{uncertainty.AsWritten}
	for _, w := range s.Worlds {
		if w.ID == id {
			return s.In(w), nil
		}
		names = append(names, w.ID)
	}
	if id == uncertainty.AsWritten {
		return s.In(nil), nil
	}
	return nil, fmt.Errorf("%s has no world %q; it has %s", s.File, id, shortList(names))
}

// WorldLabel returns the label of a world, and words for the model as written if it is nil.
func WorldLabel(w *World) string {
	if w == nil {
		return asWrittenLabel
	}
	return w.Label
}

// points returns the lookups that a world gives other points, by name.
func (w *World) points() map[string][]resolved.Point {
	out := map[string][]resolved.Point{}
	if w != nil {
		for _, l := range w.Lookups {
			if l.Points != nil {
				out[l.Name] = l.Points
			}
		}
	}
	return out
}

// draws returns a world as the sampler takes it.
func (w *World) draws() uncertainty.World {
	out := uncertainty.World{ID: w.ID, Label: w.Label}
	for _, x := range w.Settings {
		out.Names, out.Values, out.Own = append(out.Names, x.Name), append(out.Values, x.Value), append(out.Own, x.Own)
	}
	return out
}

// pointsOf returns the lookups that a future reads with other points than the model's: those of
// its drawn shapes, then those of its world, -1 for none. A world that names a lookup's own
// points has no shape drawn for it.
func (s *Set) pointsOf(world int, shapes []int) map[string][]resolved.Point {
	out := map[string][]resolved.Point{}
	for i, way := range shapes {
		c := s.Uncertainty.Shapes[i]
		if shape := s.Model.Variable(c.Name).Shape(c.Ways[way]); shape != nil {
			out[c.Name] = shape.Points
		}
	}
	w := s.world
	if world >= 0 && w == nil {
		w = s.Worlds[world]
	}
	if w != nil {
		for _, l := range w.Lookups {
			delete(out, l.Name)
		}
		maps.Copy(out, w.points())
	}
	return out
}

// pointsKey returns a text that tells tables of points apart.
func pointsKey(points map[string][]resolved.Point) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(points)) {
		fmt.Fprintf(&b, "%q %v;", name, points[name])
	}
	return b.String()
}

// PointsKey returns a text that is the same for futures whose lookups have the same points, given
// by their world, -1 for none, and the way of each drawn shape. It is "" for the set's own model.
func (s *Set) PointsKey(world int, shapes []int) string {
	if key := pointsKey(s.pointsOf(world, shapes)); key != pointsKey(s.world.points()) {
		return key
	}
	return ""
}

// ModelWith returns the model that a future of some world and shapes runs; see PointsKey.
func (s *Set) ModelWith(world int, shapes []int) (*resolved.Model, error) {
	return s.resolvedWith(s.pointsOf(world, shapes))
}

// resolvedWith returns the model with other points for lookups.
func (s *Set) resolvedWith(points map[string][]resolved.Point) (*resolved.Model, error) {
	r, list := model.Check(s.Model.WithPoints(points))
	if r == nil {
		return nil, fmt.Errorf("the model with other points: %s", list[0].Message)
	}
	return r, nil
}

// programWith compiles the model with other points for lookups.
func (s *Set) programWith(points map[string][]resolved.Point) (*sim.Program, error) {
	r, err := s.resolvedWith(points)
	if err != nil {
		return nil, err
	}
	return sim.Compile(r, varying(s.Assumptions, s.Model.Time.Start)...)
}
