// Package random makes models at random, as text, to hold two engines against each
// other: stocks and flows, arrays with subranges, neighbours in an ordered dimension,
// element equations, reductions, lookups, data, functions with a memory, draws,
// non-negative stocks. Every model it makes is sound. It makes no sense, but its
// flows are bounded, so that most numbers stay finite. It is for tests only.
//
// The choices come from rapid, which shrinks a failing model: the first alternative
// of every choice is the simplest.
package random

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"weir/sim"
)

// A Model is a model file and the files it reads, with settings for a run of it.
type Model struct {
	TOML     string
	Files    map[string]string
	Settings sim.Settings
}

// String shows the model and its settings, for a failing test.
func (m Model) String() string {
	return fmt.Sprintf("%s\nsettings: %+v\n", m.TOML, m.Settings)
}

// Draw makes a model.
func Draw(t *rapid.T) Model {
	g := &generator{t: t}
	g.clock()
	g.dimensions()
	g.inputs()
	g.belt()
	g.declare()
	g.write()
	return Model{
		TOML:     g.text(),
		Files:    map[string]string{dataFile: dataText},
		Settings: g.settings(),
	}
}

// A generator holds a model in the making.
type generator struct {
	t     *rapid.T
	start float64
	step  float64
	stop  float64

	dims    []*dimension
	inputs_ []*variable // constants and decisions
	stocks  []*variable
	rates   []*variable // flows and auxiliaries; an equation may use those before it
	lookups []*variable
	data    []*variable

	head   []string // the tables that come first
	tables []string // the rest, in any order
}

// A dimension is a list of elements; a subrange has its parent in of.
type dimension struct {
	name     string
	elements []string
	of       *dimension
}

// A variable can be named by equations.
type variable struct {
	name    string
	kind    string
	over    []*dimension
	inflow  []*variable // stock
	outflow []*variable // stock
	limited bool        // an outflow of a non-negative stock, or such a stock
	// safe says that the variable does not depend on any stock declared later, so
	// that initial values may be computed from it.
	safe bool
}

// choose draws a number below n; 0 is the simplest.
func (g *generator) choose(n int, what string) int {
	return rapid.IntRange(0, n-1).Draw(g.t, what)
}

// maybe is true in one case of n.
func (g *generator) maybe(n int, what string) bool { return g.choose(n, what) == n-1 }

// number returns a plain one.
func (g *generator) number() string {
	return []string{"1", "0", "2", "0.5", "3", "(-1)", "0.1", "7", "(-2.5)", "10", "0.3"}[g.choose(11, "number")]
}

// settings departs from the model, or does not.
func (g *generator) settings() sim.Settings {
	s := sim.Settings{Seed: uint64(g.choose(3, "seed"))}
	for _, v := range g.inputs_ {
		if g.maybe(3, "set") {
			if s.Set == nil {
				s.Set = map[string]float64{}
			}
			s.Set[g.target(v)] = float64(g.choose(9, "value")) - 2
		}
	}
	for _, v := range g.inputs_ {
		if g.maybe(3, "change") {
			s.Changes = append(s.Changes, g.change(v))
		}
	}
	if g.maybe(6, "other step") {
		s.Step, s.Save = new(g.step/2), new(g.step)
	}
	return s
}

// target returns an input or one element of it.
func (g *generator) target(v *variable) string {
	if len(v.over) == 0 || g.maybe(2, "element") {
		return v.name
	}
	elements := make([]string, len(v.over))
	for i, d := range v.over {
		elements[i] = d.elements[g.choose(len(d.elements), "element")]
	}
	return v.name + "[" + strings.Join(elements, ",") + "]"
}

// change returns a dated change of a constant or decision within the run.
func (g *generator) change(v *variable) sim.Change {
	length := g.stop - g.start
	c := sim.Change{
		Variable: g.target(v),
		Kind:     []sim.ChangeKind{sim.To, sim.Add, sim.Times}[g.choose(3, "kind of change")],
		Amount:   float64(g.choose(7, "amount")) - 2,
		Start:    g.start + length*float64(g.choose(6, "start of change"))/5,
		Until:    forGood,
	}
	if g.maybe(2, "ramp") {
		c.Over = length / 3
	}
	if g.maybe(2, "ends") {
		c.Until = c.Start + length/float64(2+g.choose(3, "until"))
	}
	return c
}
