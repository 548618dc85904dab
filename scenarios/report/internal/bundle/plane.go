package bundle

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
)

// A plane is the scatter of cost against outcome, in the units of a frame.
type plane struct {
	draw.Frame
	x, y prose.Axis
}

// at returns the point of a cost and a gain, to a tenth of a unit. cost and gain are in the units
// of their outcomes. y grows downwards, as SVG has it.
func (p plane) at(cost, gain float64) (x, y float64) {
	x = p.Left + (cost-p.x.Min)/(p.x.Max-p.x.Min)*(p.Width-p.Left-p.Right)
	y = p.Height - p.Bottom - (gain-p.y.Min)/(p.y.Max-p.y.Min)*(p.Height-p.Top-p.Bottom)
	return math.Round(x*10) / 10, math.Round(y*10) / 10
}

// frame returns a plane that holds all points, and the ranges of those on the frontier. Both axes
// include 0, the place of no new decisions.
func (b *bundler) frame() plane {
	var low, high [2]float64
	see := func(cost, gain float64) {
		low[0], high[0] = min(low[0], cost), max(high[0], cost)
		low[1], high[1] = min(low[1], gain), max(high[1], gain)
	}
	for _, x := range b.x.List {
		c, g := x.Effects[b.cost], x.Effects[b.outcome]
		see(c.Median, g.Median)
		// Ranges of points off the frontier are not drawn until they are picked, and then end
		// at the edge: one of them would shrink everything else.
		if x.Frontier {
			see(c.Median, g.Range[0])
			see(c.Median, g.Range[1])
		}
	}
	signed := func(q prose.Quantity, size float64) prose.Quantity {
		q.Signs, q.Millions = true, q.Kind == prose.Money && size >= 2e6
		return q
	}
	p := plane{Frame: draw.Frame{Width: 960, Height: 520, Right: 40, Top: 24, Bottom: 58}}
	p.x = prose.ValueAxis(low[0], high[0], signed(b.words[b.cost], max(-low[0], high[0])))
	p.y = prose.ValueAxis(low[1], high[1], signed(b.words[b.outcome], max(-low[1], high[1])))
	// The left margin has room for the longest number of the axis.
	p.Left = 16 + draw.DigitWidth*draw.Longest(p.y.Words)
	return p
}

// scatter draws the plane, for print and for browsers that run no script.
func (b *bundler) scatter() template.HTML {
	p, c := b.plane, &draw.Canvas{}
	c.Open("static", 0, 0, p.Width, p.Height, b.inWords())
	b.axes(c, p)
	// The frontier is drawn last, so that no other point covers it.
	for _, best := range []bool{false, true} {
		for _, x := range b.x.List {
			if x.Frontier == best {
				b.spot(c, p, x)
			}
		}
		if !best {
			b.steps(c, p)
		}
	}
	b.named(c, p)
	c.Close()
	return template.HTML(c.String())
}

// axes draws the rules, the ticks, the directions in words and the budget. A budget beyond the
// right edge is not drawn.
func (b *bundler) axes(c *draw.Canvas, p plane) {
	foot := p.Height - p.Bottom
	for i, v := range p.y.Ticks {
		_, y := p.at(0, v)
		c.Rule(p.Left, y, p.Width-p.Right, y, zeroOr(v))
		c.Text(p.Left-8, y+5, "tick", "end", p.y.Words[i])
	}
	for i, v := range p.x.Ticks {
		x, _ := p.at(v, 0)
		c.Rule(x, p.Top, x, foot, zeroOr(v))
		c.Text(x, foot+20, "tick", "middle", p.x.Words[i])
	}
	c.Text(p.Width-p.Right, foot+44, "tick", "end", "costs more →")
	if p.x.Min < 0 {
		c.Text(p.Left, foot+44, "tick", "start", "← costs less than no new decisions")
	}
	if b.x.Budget != nil {
		if x, _ := p.at(*b.x.Budget, 0); x < p.Width-p.Right {
			c.Rule(x, p.Top-8, x, foot, "budget")
			c.Text(x-5, p.Top-8, "tick", "end", "budget")
		}
	}
}

// zeroOr returns the class of a rule: zero is drawn darker.
func zeroOr(v float64) string {
	if v == 0 {
		return "zero"
	}
	return "grid"
}

// spot draws the point of a bundle. Points on the frontier are larger, so that colour is not the only sign.
func (b *bundler) spot(c *draw.Canvas, p plane, x *scenarios.Bundle) {
	at, up := p.at(x.Effects[b.cost].Median, x.Effects[b.outcome].Median)
	r := "4"
	if x.Frontier {
		r = "6"
	}
	c.Put(`<circle cx="%v" cy="%v" r="%v" class="spot %v"/>`, at, up, r, spotClass(x))
}

// spotClass returns the class of a point. Hollow points have a part without a known cost. The order
// of the cases matters: a bundle with an unpriced part is not affordable either if there is a
// budget.
func spotClass(x *scenarios.Bundle) string {
	switch {
	case x.Frontier:
		return "best"
	case len(x.Unpriced) > 0:
		return "unpriced"
	case !x.Affordable:
		return "dear"
	}
	return "other"
}

// onFrontier returns the bundles that are best for their cost, the cheapest first. The list of all
// bundles is not changed.
func (b *bundler) onFrontier() []*scenarios.Bundle {
	list := slices.DeleteFunc(slices.Clone(b.x.List), func(x *scenarios.Bundle) bool { return !x.Frontier })
	slices.SortStableFunc(list, func(x, y *scenarios.Bundle) int {
		return cmp.Compare(x.Effects[b.cost].Median, y.Effects[b.cost].Median)
	})
	return list
}

// steps draws the frontier, and the range of each outcome on it. It is a stair and no slope:
// between two bundles nothing can be bought that does better than the cheaper one.
func (b *bundler) steps(c *draw.Canvas, p plane) {
	d := ""
	for i, x := range b.onFrontier() {
		at, up := p.at(x.Effects[b.cost].Median, x.Effects[b.outcome].Median)
		if b.x.Futures > 0 {
			_, low := p.at(0, x.Effects[b.outcome].Range[0])
			_, high := p.at(0, x.Effects[b.outcome].Range[1])
			c.Rule(at, low, at, high, "reach")
		}
		if i == 0 {
			d = "M" + draw.Px(at) + " " + draw.Px(up)
		} else {
			d += "H" + draw.Px(at) + "V" + draw.Px(up)
		}
	}
	c.Path(d, "steps")
}

// named writes the letters of the frontier's bundles where there is room. A letter within 34 units
// of the last one is left out, as the two would overlap.
func (b *bundler) named(c *draw.Canvas, p plane) {
	last := [2]float64{math.Inf(-1), math.Inf(-1)}
	// The letters stand on the side where the frontier leaves room.
	lift := -9.0
	if b.x.Outcome.Better == scenarios.Lower {
		lift = 20
	}
	for _, x := range b.onFrontier() {
		at, up := p.at(x.Effects[b.cost].Median, x.Effects[b.outcome].Median)
		if math.Hypot(at-last[0], up-last[1]) > 34 {
			c.Text(at-9, up+lift, "label", "end", b.letters(x))
			last = [2]float64{at, up}
		}
	}
}

// letters returns the letters of a bundle's parts: "A C". It is "" for no new decisions.
func (b *bundler) letters(x *scenarios.Bundle) string {
	words := []string{}
	for _, i := range x.Interventions {
		words = append(words, letter(b.index(i)))
	}
	return strings.Join(words, " ")
}

// inWords describes the plane by counts, for readers who cannot see it.
func (b *bundler) inWords() string {
	n := 0
	for _, x := range b.x.List {
		if x.Frontier {
			n++
		}
	}
	return b.x.Outcome.Label + " against cost: " + prose.Decimals(float64(len(b.x.List))) +
		" combinations, of which " + prose.Decimals(float64(n)) +
		" are best for their cost. They are in the table below."
}

// key returns the legend, with entries only for classes that occur.
func (b *bundler) key() []key {
	mark := func(class string) template.HTML {
		c := &draw.Canvas{}
		c.Put(`<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5" class="spot %v"/></svg>`, class)
		return template.HTML(c.String())
	}
	out := []key{{mark("best"), "best for its cost"},
		{mark("other"), "something that costs no more does as well or better"}}
	if b.unpriced() > 0 {
		out = append(out, key{mark("unpriced"), "has a part whose cost is not known"})
	}
	if slices.ContainsFunc(b.x.List, func(x *scenarios.Bundle) bool { return !x.Affordable && len(x.Unpriced) == 0 }) {
		out = append(out, key{mark("dear"), "beyond the budget"})
	}
	return out
}
