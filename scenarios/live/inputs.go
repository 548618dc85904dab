package live

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/scenarios"
	"weir/scenarios/prose"
)

// inputs returns the decisions with a range, then the constants with one, in the order of
// their influence on the main outcome.
func (m *maker) inputs() []Input {
	decisions, assumptions := []Input{}, []Input{}
	for _, v := range m.c.Set.Model.Variables {
		places := m.places(v.Name)
		if len(places) == 0 || m.assumed(v.Name) {
			continue
		}
		v, given := m.ranged(v, places)
		if v.Range == nil || v.Range[0] >= v.Range[1] {
			continue
		}
		for _, in := range m.inputsOf(v, places) {
			if in.Decision {
				in.Who = cmp.Or(v.Owner, "nobody is named") + given
				decisions = append(decisions, in)
				continue
			}
			in.Who, in.Hatched = prose.GradeOf(v).Words+given, prose.Unmeasured(prose.GradeOf(v).ID)
			assumptions = append(assumptions, in)
		}
	}
	return append(decisions, m.ordered(assumptions)...)
}

// ranged returns a decision without a range, as other tools' models have them, with one
// from zero to twice its largest value, and words about it; all others as they are. Where every
// constant is an input, constants are like decisions, and around zero a range ends at 1.
func (m *maker) ranged(v *model.Variable, places []int) (*model.Variable, string) {
	if v.Range != nil || !m.parameters[places[0]].Decision && !m.all {
		return v, ""
	}
	wide := *v
	wide.Range = &[2]float64{}
	for _, i := range places {
		twice := 2 * m.parameters[i].Value
		wide.Range[0], wide.Range[1] = min(wide.Range[0], twice), max(wide.Range[1], twice)
	}
	if m.all && wide.Range[0] == wide.Range[1] {
		wide.Range = &[2]float64{-1, 1}
		return &wide, "; no range is given, so up to 1 from zero"
	}
	return &wide, "; no range is given, so up to twice"
}

// eachElement is the largest count of different elements that have an input each.
const eachElement = 4

// inputsOf returns one input for a variable whose elements are equal. For others it returns
// one per element if they are few, else one that multiplies them all.
func (m *maker) inputsOf(v *model.Variable, places []int) []Input {
	value := m.parameters[places[0]].Value
	same := !slices.ContainsFunc(places, func(i int) bool { return m.parameters[i].Value != value })
	switch {
	case same:
		return []Input{m.inputAt(v, v.Name, places)}
	case len(places) <= eachElement:
		out := []Input{}
		for _, i := range places {
			out = append(out, m.inputAt(v, m.parameters[i].Name, []int{i}))
		}
		return out
	}
	return m.inputOfAll(v, places)
}

// inputAt returns an input that sets the values at some places. Its range is widened to
// hold the value.
func (m *maker) inputAt(v *model.Variable, name string, places []int) Input {
	value := m.parameters[places[0]].Value
	in := Input{Name: name, Label: m.names.Of(name), About: v.About, Decision: m.parameters[places[0]].Decision,
		At: places, Value: value, Low: min(v.Range[0], value), High: max(v.Range[1], value)}
	in.Step, in.Words = slideStep(in.Low, in.High), quantityOf(m.names.Quantity(v.Name, v.Units, math.Abs(value)))
	return in
}

// mostTimes bounds the factor by which the elements of an array are multiplied.
const mostTimes = 3

// inputOfAll returns an input that multiplies all elements, as far as each stays within the
// range. There is none if no factor but 1 does so, or if a scenario sets some of the
// elements.
func (m *maker) inputOfAll(v *model.Variable, places []int) []Input {
	low, high := 0.0, float64(mostTimes)
	base := []float64{}
	for _, i := range places {
		x := m.parameters[i].Value
		base = append(base, x)
		switch {
		case x > 0:
			low, high = max(low, v.Range[0]/x), min(high, v.Range[1]/x)
		case x < 0:
			low, high = max(low, v.Range[1]/x), min(high, v.Range[0]/x)
		case v.Range[0] > 0 || v.Range[1] < 0:
			return nil
		}
	}
	if low = min(low, 1); high < 1 || high-low < 0.01 || m.partly(v.Name) {
		return nil
	}
	in := Input{Name: v.Name, Label: m.names.Of(v.Name) + ", all " + prose.Spelled(len(places)) +
		" together", About: v.About,
		Decision: m.parameters[places[0]].Decision, At: places, Base: base, Value: 1, Low: low, High: high}
	in.Words = quantityOf(prose.Quantity{Kind: prose.Share, Rate: "of the model’s own", Finest: 0.001})
	in.Step = slideStep(in.Low, in.High)
	return []Input{in}
}

// partly reports whether a scenario changes a decision otherwise than by multiplying all
// its elements.
func (m *maker) partly(name string) bool {
	for _, i := range m.c.Set.Interventions {
		for _, c := range i.Changes {
			if base, _, _ := strings.Cut(c.Variable, "["); base == name && (c.Variable != name || c.Times == nil) {
				return true
			}
		}
	}
	return false
}

// assumed reports whether the set gives a constant a value that holds in every run.
func (m *maker) assumed(name string) bool {
	for _, a := range m.c.Set.Assumptions {
		if base, _, _ := strings.Cut(a.Variable, "["); base == name {
			return true
		}
	}
	return false
}

// ordered sorts inputs by their influence on the main outcome, the strongest first.
func (m *maker) ordered(list []Input) []Input {
	drivers := m.drivers()
	rank := func(in Input) int {
		base, _, _ := strings.Cut(in.Name, "[")
		for i, d := range drivers {
			if d.Name == in.Name || d.Name == base {
				return i
			}
		}
		return len(drivers)
	}
	slices.SortStableFunc(list, func(a, b Input) int { return rank(a) - rank(b) })
	return list
}

// drivers returns the constants on which the first judged outcome depends with no new
// decisions, the strongest first; nil without futures.
func (m *maker) drivers() []scenarios.Driver {
	i := slices.IndexFunc(m.charts, func(c Chart) bool { return c.Outcome != nil })
	if u := m.c.Uncertainty; i >= 0 && u != nil && u.Counted > 0 {
		for _, s := range u.Outcomes {
			if s.Outcome == m.charts[i].Outcome {
				return s.Drivers.List
			}
		}
	}
	return nil
}

// places returns the places of a variable, or of an element, among the module's values.
func (m *maker) places(name string) []int {
	out := []int{}
	for i, p := range m.parameters {
		if base, _, _ := strings.Cut(p.Name, "["); p.Name == name || base == name {
			out = append(out, i)
		}
	}
	return out
}

// slideStep returns the step of a slider: a hundredth of its range, as a round number;
// whole if the ends are whole and at least 5 apart.
func slideStep(low, high float64) float64 {
	step := prose.NiceStep(high-low, 100)
	if low == math.Trunc(low) && high == math.Trunc(high) && high-low >= 5 {
		return max(1, step)
	}
	return step
}
