package answer

import (
	"cmp"
	"html/template"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
)

// A Frontier is the picture of cost against effect, with its words. Picture is "" where fewer
// than two scenarios have a cost.
type Frontier struct {
	Title, Words string
	Picture      template.HTML
}

// A point is a scenario in the picture; the first is no new decisions.
type point struct {
	key, name  string
	cost, gain float64
	whole      bool // all of its cost is known
}

// Frontier returns cost against effect on the main outcome. Which scenarios are best for their
// cost is said only of those whose cost is known wholly.
func (b *Teller) Frontier() Frontier {
	// A set whose main outcome is itself a cost has nothing to set against it.
	q, priced := b.SumQuantity()
	if !priced || len(b.Figs) == 0 || b.Figs[0].Outcome == nil || b.Figs[0].Outcome.Cost {
		return Frontier{}
	}
	f := b.Figs[0]
	points := []point{{key: draw.SlotKey(0), name: b.C.Baseline.Label, whole: true}}
	for _, v := range b.Ranked(f.Outcome) {
		if v.Cost == nil || math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0) {
			continue
		}
		name := b.Name(v.Scenario)
		points = append(points, point{name.Key, name.Text, *v.Cost, v.Difference, !unpriced(v.Scenario)})
	}
	if len(points) < 3 {
		return Frontier{}
	}
	best := bestForCost(points, f.Outcome.Better)
	words := "Upwards: difference from no new decisions" + b.at(f) + ", " + prose.Join(f.QuantityFor().Unit, f.QuantityFor().Rate) +
		". To the right: what is spent until " + b.Cal.Date(b.C.Horizon) +
		". Filled: all of its cost is known; hollow: a part is not, so it may lie further to the right."
	if len(best) > 1 {
		words += " The line joins those that are best for their cost."
	}
	return Frontier{
		Title:   "Cost against effect",
		Words:   words,
		Picture: plane(points, best, f.QuantityFor(), q, "“"+f.Title+"” against "+q.Unit),
	}
}

// unpriced reports whether a part of a scenario's cost is not known.
func unpriced(s *scenarios.Scenario) bool {
	for _, i := range s.Interventions {
		if i.Unpriced() {
			return true
		}
	}
	return false
}

// bestForCost returns the points of known cost that no cheaper one equals, the cheapest first.
func bestForCost(points []point, better scenarios.Better) []point {
	// Of two that cost the same, the one with the larger gain must come first, or both would be on
	// the line; points keep the order of gains, so a stable sort does it.
	list := slices.DeleteFunc(slices.Clone(points), func(p point) bool { return !p.whole })
	slices.SortStableFunc(list, func(a, b point) int { return cmp.Compare(a.cost, b.cost) })
	sign := 1.0
	if better == scenarios.Lower {
		sign = -1
	}
	out := []point{}
	for _, p := range list {
		if len(out) == 0 || sign*p.gain > sign*out[len(out)-1].gain {
			out = append(out, p)
		}
	}
	return out
}

// The frame of the picture, in its own units; names stand to the right.
const planeWidth, planeHeight, planeRight, planeFoot, planeTop = 960.0, 380.0, 400.0, 46.0, 16.0

// plane draws the points, the line of the best, and the names moved apart.
func plane(points, best []point, gain, cost prose.Quantity, title string) template.HTML {
	costs, gains := []float64{}, []float64{}
	for _, p := range points {
		costs, gains = append(costs, p.cost), append(gains, p.gain)
	}
	// Both scales hold zero: no new decisions costs nothing and changes nothing.
	gain.Signs = true
	cost.Millions = max(-slices.Min(costs), slices.Max(costs)) >= 2e6
	x := prose.ValueAxis(min(0, slices.Min(costs)), max(0, slices.Max(costs)), cost)
	y := prose.ValueAxis(min(0, slices.Min(gains)), max(0, slices.Max(gains)), gain)
	left := 20 + draw.DigitWidth*draw.Longest(y.Words)
	atX := func(v float64) float64 {
		return left + (v-x.Min)/(x.Max-x.Min)*(planeWidth-planeRight-left)
	}
	atY := func(v float64) float64 {
		return planeHeight - planeFoot - (v-y.Min)/(y.Max-y.Min)*(planeHeight-planeFoot-planeTop)
	}
	c := &draw.Canvas{}
	words := title + "."
	for _, p := range points {
		words += " " + p.name + ": " + gain.Signed(p.gain) + " for " + cost.Signed(p.cost) + "."
	}
	c.Open("static plane", 0, 0, planeWidth, planeHeight, words)
	for i, v := range y.Ticks {
		c.Rule(left, atY(v), planeWidth-planeRight, atY(v), axisClass(v))
		c.Text(left-8, atY(v)+5, "tick", "end", y.Words[i])
	}
	for i, v := range x.Ticks {
		c.Rule(atX(v), planeTop, atX(v), planeHeight-planeFoot, axisClass(v))
		c.Text(atX(v), planeHeight-planeFoot+20, "tick", "middle", x.Words[i])
	}
	trace := ""
	for i, p := range best {
		trace += string("ML"[min(i, 1)]) + draw.Px(atX(p.cost)) + " " + draw.Px(atY(p.gain))
	}
	if len(best) > 1 {
		c.Path(trace, "best-for-cost")
	}
	// Names stand in a column, moved apart, and a line leads from each point to its own.
	labels := []draw.Label{}
	for _, p := range points {
		labels = append(labels, draw.Label{Keys: []string{p.key}, At: atY(p.gain), Words: []string{prose.Clip(p.name, 56)}})
	}
	draw.Spread(labels, 0, planeHeight-planeFoot+10)
	for i, p := range points {
		c.Put(`<path d="M%v %vL%v %v" class="leader %v"/>`, atX(p.cost), atY(p.gain), planeWidth-planeRight+12,
			labels[i].Top+draw.TextHeight/2, p.key)
		class := "sum"
		if !p.whole {
			class = "sum open"
		}
		c.Put(`<circle cx="%v" cy="%v" r="6" class="%v %v"/>`, atX(p.cost), atY(p.gain), class, p.key)
		c.Text(planeWidth-planeRight+16, labels[i].Top+draw.TextHeight-4, "label", "start", labels[i].Words[0])
	}
	c.Close()
	return template.HTML(c.String())
}

// axisClass returns the class of a line of a scale; that of zero is darker.
func axisClass(v float64) string {
	if v == 0 {
		return "zero"
	}
	return "grid"
}
