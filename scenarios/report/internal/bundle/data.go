package bundle

import (
	"slices"

	"weir/scenarios"
	"weir/scenarios/report/internal/wire"
)

// data returns the data for the script. Empty lists are not nil, so that the script finds [] and
// never null.
func (b *bundler) data() wire.Bundles {
	d := wire.Bundles{Bundles: []wire.Bundle{}, Shown: []int{b.outcome, b.cost}, Futures: b.x.Futures > 0,
		Labels: []string{}, IDs: []string{}, Pairs: []wire.Pair{}, Apart: [][2]int{}}
	for _, o := range b.x.Set.Outcomes {
		d.Outcomes = append(d.Outcomes, b.outcomeTitle(o))
	}
	for _, i := range b.x.Interventions {
		d.Labels, d.IDs = append(d.Labels, i.Label), append(d.IDs, i.ID)
	}
	best := b.best()
	for i, x := range b.x.List {
		d.Bundles = append(d.Bundles, b.pickable(x))
		if x == best {
			// The page opens with this bundle picked; without a best one it is the first of the
			// list.
			d.First = i
		}
	}
	d.Plane = b.planeData()
	for _, s := range b.x.Synergies {
		d.Pairs = append(d.Pairs, wire.Pair{A: b.index(s.A), B: b.index(s.B), Words: b.beyond(s)})
	}
	for _, c := range b.x.Conflicts {
		d.Apart = append(d.Apart, [2]int{b.index(c.A), b.index(c.B)})
	}
	return d
}

// planeData returns the scales of the picture and what stands in it beside the points.
func (b *bundler) planeData() *wire.Plane {
	if b.cost < 0 {
		return nil
	}
	d := &wire.Plane{Title: b.inWords(), X: b.plane.x, Y: b.plane.y, Budget: b.x.Budget, Stairs: []int{},
		Lower: b.x.Outcome.Better == scenarios.Lower}
	for _, x := range b.onFrontier() {
		d.Stairs = append(d.Stairs, slices.Index(b.x.List, x))
	}
	return d
}

// index returns the place of an intervention in the list of parts.
func (b *bundler) index(i *scenarios.Intervention) int { return slices.Index(b.x.Interventions, i) }

// pickable returns a bundle with its place in the picture and its effects in words. Without a cost
// it has no place in the picture.
func (b *bundler) pickable(x *scenarios.Bundle) wire.Bundle {
	y := wire.Bundle{Parts: []int{}, Rows: [][4]string{}, Says: b.known(x), Best: x.Frontier,
		Look: spotClass(x), Name: b.letters(x)}
	for _, i := range x.Interventions {
		y.Parts = append(y.Parts, b.index(i))
	}
	for i, e := range x.Effects {
		y.Rows = append(y.Rows, b.effectWords(i, e))
	}
	if b.cost >= 0 {
		p, c, g := b.plane, x.Effects[b.cost], x.Effects[b.outcome]
		y.X, y.Y = c.Median, g.Median
		for k := range 2 {
			// The ranges end at the edge of the picture, since the axes need not hold them.
			y.XBar[k], y.YBar[k] = p.x.Within(c.Range[k]), p.y.Within(g.Range[k])
		}
	}
	return y
}
