package bundle

import (
	"slices"

	"weir/scenarios"
)

// A pickable is what the script knows of a bundle.
type pickable struct {
	Parts []int       `json:"parts"`
	X     float64     `json:"x"` // in the picture
	Y     float64     `json:"y"`
	XBar  [2]float64  `json:"xbar"` // the range of its cost
	YBar  [2]float64  `json:"ybar"`
	Rows  [][4]string `json:"rows"` // by outcome: difference, range, worst tenth, better in; "" where there is none
	Says  []string    `json:"says"` // what else is to be known of it
	Best  bool        `json:"best"` // on the frontier
}

// A pairwise is what two interventions do beyond the sum of each, in words.
type pairwise struct {
	A, B  int
	Words string
}

type Data struct {
	Bundles  []pickable `json:"bundles"`
	Outcomes []string   `json:"outcomes"`
	Shown    []int      `json:"shown"` // the outcomes of the picture: what is gained, the cost
	Futures  bool       `json:"futures"`
	Labels   []string   `json:"labels"`
	IDs      []string   `json:"ids"`
	Pairs    []pairwise `json:"pairs"`
	Apart    [][2]int   `json:"apart"` // pairs that cannot be combined
	First    int        `json:"first"` // what is picked at first
}

func (b *bundler) data() Data {
	d := Data{Bundles: []pickable{}, Shown: []int{b.outcome, b.cost}, Futures: b.x.Futures > 0, Labels: []string{}, IDs: []string{}, Pairs: []pairwise{}, Apart: [][2]int{}}
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
			d.First = i
		}
	}
	for _, s := range b.x.Synergies {
		d.Pairs = append(d.Pairs, pairwise{b.index(s.A), b.index(s.B), b.beyond(s)})
	}
	for _, c := range b.x.Conflicts {
		d.Apart = append(d.Apart, [2]int{b.index(c.A), b.index(c.B)})
	}
	return d
}

func (b *bundler) index(i *scenarios.Intervention) int { return slices.Index(b.x.Interventions, i) }

func (b *bundler) pickable(x *scenarios.Bundle) pickable {
	y := pickable{Parts: []int{}, Rows: [][4]string{}, Says: b.known(x), Best: x.Frontier}
	for _, i := range x.Interventions {
		y.Parts = append(y.Parts, b.index(i))
	}
	for i, e := range x.Effects {
		y.Rows = append(y.Rows, b.effectWords(i, e))
	}
	if b.cost >= 0 {
		p, c, g := b.plane, x.Effects[b.cost], x.Effects[b.outcome]
		y.X, y.Y = p.at(c.Median, g.Median)
		for k := range 2 {
			y.XBar[k], y.YBar[k] = p.at(p.x.Within(c.Range[k]), p.y.Within(g.Range[k]))
		}
	}
	return y
}
