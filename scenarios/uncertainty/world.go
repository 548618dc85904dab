package uncertainty

import (
	"cmp"
	"slices"

	"weir/model"
	"weir/scenarios/internal/element"
)

// AsWritten is the name of the model as it stands, among worlds.
const AsWritten = "as_written"

// A World is numbers that hold together in a future. Names are constants without elements, or
// single elements as x[a,b]; Values and Own are as many. Own are the numbers that hold
// elsewhere: in the model as written, and in worlds that do not name them.
type World struct {
	ID, Label   string
	Names       []string
	Values, Own []float64
}

// A Choice is drawn among a few ways: the world of a future, or the shape of a lookup. The first
// way is the model's own.
type Choice struct {
	Name, Label string    // of the lookup; "world" for the world
	Ways        []string  // their names
	Shares      []float64 // of the futures, one a way; their sum is 1
}

// NewChoice returns a choice whose shares are in proportion to weights, of which one is above 0
// and none below.
func NewChoice(name, label string, ways []string, weights []float64) *Choice {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	c := &Choice{Name: name, Label: label, Ways: ways}
	for _, w := range weights {
		c.Shares = append(c.Shares, w/sum)
	}
	return c
}

// ShapeOf returns the choice among the shapes of a lookup that have a weight, its own points among
// them; nil if there is none.
func ShapeOf(v *model.Variable) *Choice {
	ways, weights, drawn := []string{model.OwnShape}, []float64{1}, false
	if v.Weight != nil {
		weights[0] = *v.Weight
	}
	for _, s := range v.Shapes {
		if s.Weight != nil {
			ways, weights, drawn = append(ways, s.Name), append(weights, *s.Weight), drawn || *s.Weight > 0
		}
	}
	if !drawn || v.Kind != model.KindLookup {
		return nil
	}
	return NewChoice(v.Name, cmp.Or(v.Label, v.Name), ways, weights)
}

// Shapes returns the choices among the shapes of all lookups of a model, in its order.
func Shapes(m *model.Model) (list []*Choice) {
	for _, v := range m.Variables {
		if c := ShapeOf(v); c != nil {
			list = append(list, c)
		}
	}
	return list
}

// at returns the way at a number from 0 to 1: the ways lie beside each other, each as wide as
// its share.
func (c *Choice) at(u float64) int {
	last := 0
	for i, share := range c.Shares {
		if share > 0 {
			last = i
		}
		if u < share {
			return i
		}
		u -= share
	}
	return last // rounding may leave a little above the sum
}

// Dims returns how many numbers a future takes from the design: one for each ranged source, then
// the world, if it is drawn, then the shapes. Adding a world never shifts a constant's draws.
func (u *Futures) Dims() int { return len(u.Ranged()) + len(u.Choices()) }

// Choices returns the choices that are drawn: the world first, then shapes in the model's order.
func (u *Futures) Choices() []*Choice {
	list := slices.Clone(u.Shapes)
	if u.World != nil {
		list = slices.Insert(list, 0, u.World)
	}
	return list
}

// An extra is a name that worlds set and no source does under that name.
type extra struct {
	from  int     // the place in Vary of the whole constant, -1 if it is not drawn
	value float64 // elsewhere, if it is not drawn
}

// A placed is a number of a world with its place in Vary.
type placed struct {
	at    int
	value float64
}

// enter adds the names that worlds set to the names that members set. Only worlds that can
// occur are looked at.
func (s *Space) enter(u *Futures) {
	drawn := len(s.vary)
	s.worlds = make([][]placed, len(u.Worlds))
	for i, w := range u.Worlds {
		if u.Fixed != nil && *u.Fixed != i || u.Fixed == nil && (u.World == nil || u.World.Shares[i+1] == 0) {
			continue
		}
		for k, name := range w.Names {
			at := slices.Index(s.vary, name)
			if at < 0 {
				whole, _, _ := element.Split(name)
				at = len(s.vary)
				s.vary = append(s.vary, name)
				s.extras = append(s.extras, extra{slices.Index(s.vary[:drawn], whole), w.Own[k]})
			}
			s.worlds[i] = append(s.worlds[i], placed{at, w.Values[k]})
		}
	}
}

// Choices returns the choices that are drawn, in the order of ways. A fixed world is none.
func (s *Space) Choices() []*Choice { return s.choices }

// settle writes the numbers of a world over those of the draws.
func (s *Space) settle(world int, to []float64) {
	first := len(s.vary) - len(s.extras)
	for i, x := range s.extras {
		to[first+i] = x.value
		if x.from >= 0 {
			to[first+i] = to[x.from]
		}
	}
	if world >= 0 {
		for _, x := range s.worlds[world] {
			to[x.at] = x.value
		}
	}
}
