package answer

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/parts"
)

// A Frontier is the picture of cost against effect, with its words. Picture is "" where fewer
// than two scenarios have a cost and no combination is known. Best has the combinations of
// interventions that are best for their cost, in the order of their numbers in the picture.
type Frontier struct {
	Title, Words string
	Picture      template.HTML
	Best         parts.Table
}

// A point is a scenario in the picture, or a combination, which has no key; the first is no new
// decisions.
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
	found := b.C.Bundles
	if found != nil && found.Outcome != f.Outcome {
		found = nil // main is another outcome than that of the combinations
	}
	if found != nil && len(b.onFrontier(found)) == 0 {
		found = nil // nothing with a known cost does better than no new decisions
	}
	if len(points) < 3 && found == nil {
		return Frontier{}
	}
	out := Frontier{Title: "Cost against effect",
		Words: "Upwards: difference from no new decisions" + b.at(f) + ", " + prose.Join(f.QuantityFor().Unit,
			f.QuantityFor().Rate) +
			". To the right: what is spent until " + b.Cal.Date(b.C.Horizon) +
			". Filled: all of its cost is known; hollow: a part is not, so it may lie further to the right."}
	best := bestForCost(points, f.Outcome.Better)
	if found != nil {
		best = b.combined(found)
		points = append(points, best...)
		out.Words += " The line and its numbers: combinations of the interventions that are best for their cost."
		out.Best = b.combinations(found, q)
		if found.List[0].Frontier {
			best = append(best, points[0])
		}
	} else if len(best) > 1 {
		out.Words += " The line joins those that are best for their cost."
	}
	out.Picture = plane(points, best, f.QuantityFor(), q, "“"+f.Title+"” against "+q.Unit)
	return out
}

// combined returns the combinations that are best for their cost, the cheapest first: some save
// money, and stand left of no new decisions. Names are their numbers.
func (b *Teller) combined(x *scenarios.Bundles) []point {
	var out []point
	for _, y := range b.onFrontier(x) {
		cost, gain := b.effects(x, y)
		out = append(out, point{name: prose.Decimals(float64(len(out) + 1)), cost: cost.Median, gain: gain.Median,
			whole: true})
	}
	return out
}

// onFrontier returns the combinations on the frontier, the cheapest first, without no new
// decisions.
func (b *Teller) onFrontier(x *scenarios.Bundles) []*scenarios.Bundle {
	var list []*scenarios.Bundle
	for _, y := range x.List {
		if y.Frontier && len(y.Interventions) > 0 {
			list = append(list, y)
		}
	}
	slices.SortStableFunc(list, func(y, z *scenarios.Bundle) int {
		one, _ := b.effects(x, y)
		other, _ := b.effects(x, z)
		return cmp.Compare(one.Median, other.Median)
	})
	return list
}

// effects returns those of a combination on the cost and on the outcome. A combination that is a
// scenario has the scenario's numbers, which are of all futures.
func (b *Teller) effects(x *scenarios.Bundles, y *scenarios.Bundle) (cost, gain scenarios.Effect) {
	cost, gain = y.Effects[slices.Index(b.C.Set.Outcomes, x.Cost)], y.Effects[slices.Index(b.C.Set.Outcomes, x.Outcome)]
	if s := b.scenarioOf(y); s != nil {
		if v := b.Verdict(s, x.Outcome); v.Cost != nil {
			cost.Median, gain.Median, gain.Range = *v.Cost, v.Difference, v.Range
		}
	}
	return cost, gain
}

// scenarioOf returns the scenario of the same interventions as a combination; nil if there is none.
func (b *Teller) scenarioOf(y *scenarios.Bundle) *scenarios.Scenario {
	for _, s := range b.C.Set.Scenarios {
		if sameParts(s.Interventions, y.Interventions) {
			return s
		}
	}
	return nil
}

// sampled says in which futures the combinations ran, where those are not all of the scenarios'.
func (b *Teller) sampled(x *scenarios.Bundles) string {
	u := b.C.Set.Uncertainty
	if u == nil || x.Futures == u.Runs {
		return ""
	}
	return " Numbers of those that are no scenario are medians of " + prose.Decimals(float64(x.Futures)) +
		" futures, spread evenly over the " + prose.Decimals(float64(u.Runs)) + " that scenarios have."
}

// combinations returns the table of the best for their cost.
func (b *Teller) combinations(x *scenarios.Bundles, cost prose.Quantity) parts.Table {
	q := b.Figs[0].QuantityFor()
	t := parts.Table{ID: "best-for-cost", Label: "Best for their cost", Fixed: true,
		Columns: []parts.Column{{Name: "Together"}, parts.Number("Cost until " + b.Cal.Date(b.C.Horizon)),
			parts.Number("Difference" + b.at(b.Figs[0]))}}
	for i, y := range b.onFrontier(x) {
		paid, gain := b.effects(x, y)
		names := []string{}
		for _, part := range y.Interventions {
			names = append(names, part.Label)
		}
		c := parts.Cell{Text: prose.Decimals(float64(i+1)) + ". " + strings.Join(names, " + "), Class: "together"}
		if s := b.scenarioOf(y); s != nil {
			c.Under = "the scenario “" + b.Name(s).Text + "”"
		}
		amount := cost.Number(math.Abs(paid.Median))
		if paid.Median < 0 {
			amount = "saves " + amount
		}
		row := []parts.Cell{c, {Text: amount, How: "exactly " + prose.Exact(paid.Median)},
			{Text: q.Signed(gain.Median), How: "exactly " + prose.Exact(gain.Median)}}
		if x.Futures > 0 {
			row[2].Under = q.SignedRange(gain.Range)
		}
		t.Rows = append(t.Rows, parts.Row{Cells: row})
	}
	t.Notes = []string{x.Chosen() + b.sampled(x)}
	return t
}

// sameParts reports whether two lists have the same interventions, in any order.
func sameParts(a, b []*scenarios.Intervention) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a,
		func(i *scenarios.Intervention) bool { return !slices.Contains(b, i) })
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
		if p.key == "" {
			continue // in the table below
		}
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
	// The line goes by cost; some of the best may save money.
	best = slices.Clone(best)
	slices.SortStableFunc(best, func(a, b point) int { return cmp.Compare(a.cost, b.cost) })
	trace := ""
	for i, p := range best {
		// A stair: between two of them nothing can be bought that does better than the cheaper one.
		if i == 0 {
			trace = "M" + draw.Px(atX(p.cost)) + " " + draw.Px(atY(p.gain))
			continue
		}
		trace += "H" + draw.Px(atX(p.cost)) + "V" + draw.Px(atY(p.gain))
	}
	if len(best) > 1 {
		c.Path(trace, "best-for-cost")
	}
	// Names of scenarios stand in a column, moved apart, and a line leads from each point to its
	// own; combinations have their number beside them.
	labels := []draw.Label{}
	named := slices.DeleteFunc(slices.Clone(points), func(p point) bool { return p.key == "" })
	for _, p := range points {
		if p.key == "" {
			c.Put(`<circle cx="%v" cy="%v" r="4" class="combined"/>`, atX(p.cost), atY(p.gain))
			c.Text(atX(p.cost)-7, atY(p.gain)-7, "tick", "end", p.name)
		}
	}
	points = named
	for _, p := range points {
		labels = append(labels, draw.Label{Keys: []string{p.key}, At: atY(p.gain), Words: []string{prose.Clip(p.name,
			56)}})
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
