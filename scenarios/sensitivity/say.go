package sensitivity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"weir/scenarios/prose"
	"weir/scenarios/words"
)

// Shares of the variance that decide on words.
const (
	named    = 0.05 // a factor that explains at least as much alone is named
	together = 0.01 // less is not said to come from factors that act together
	fixable  = 0.01 // a factor surely below it in total could be fixed
)

// Title returns the number that an output is, in words.
func (r *Result) Title(o *Output) string {
	w := r.Set.WindowOf(r.Time)
	label := o.Outcome.Label
	if m := o.Outcome.Measure; m.Dated() && !o.Outcome.Cost {
		cal := prose.CalendarOf(r.Set.Model.Time.Unit, r.Set.Model.Time.Start)
		at := w.Horizon
		if m.At != nil {
			at = min(*m.At, at)
		}
		label += " in " + cal.Date(at)
	}
	switch {
	case o.Scenario != nil:
		return label + ": what " + o.Scenario.Label + " changes"
	case len(r.Set.Scenarios) > 0:
		return label + " with no new decisions"
	}
	return label
}

// Order returns the places of the factors, those that matter most for an output first.
func (r *Result) Order(o *Output) []int {
	weight := func(i int) float64 { return 0 }
	switch {
	case o.Constant:
	case o.Indices != nil:
		weight = func(i int) float64 { return o.Indices[i].Total.Value }
	case o.Effects != nil:
		weight = func(i int) float64 { return o.Effects[i].Mean.Value }
	case o.Swings != nil:
		weight = func(i int) float64 { return o.Swings[i].Size(o.Mean) }
	}
	order := make([]int, len(r.Factors))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	return order
}

// Sentences returns the findings about an output, each a whole sentence.
func (r *Result) Sentences(o *Output) []string {
	switch {
	case o.Constant:
		return []string{"It is the same in every run: none of the factors moves it, so there is nothing to explain."}
	case o.Indices != nil:
		return r.shares(o)
	case o.Effects != nil:
		return r.bends(o)
	}
	return nil
}

// shares returns the findings from Sobol's indices.
func (r *Result) shares(o *Output) (list []string) {
	var alone, none []string
	outside := false
	for _, i := range r.Order(o) {
		x, label := o.Indices[i], r.Factors[i].Label
		if x.First.Value >= named {
			alone = append(alone, label+" "+percents(x.First))
		}
		if x.Total.High < fixable {
			none = append(none, label)
		}
		outside = outside || x.First.Value < -0.005 || x.First.Value > 1.005 || x.Total.Value > 1.005
	}
	if alone != nil {
		list = append(list, "Of its variance, each of these explains a part alone: "+words.List(alone)+".")
	} else {
		list = append(list, fmt.Sprintf("No factor alone explains as much as %s of its variance.",
			words.Percent(named)))
	}
	rest := Estimate{1 - o.Alone.Value, 1 - o.Alone.High, 1 - o.Alone.Low}
	switch {
	case rest.Low > together:
		list = append(list, percents(rest)+" comes from no factor alone: from factors that act together"+r.chance()+".")
	case rest.High < together:
		list = append(list, "All of it comes from factors that act alone.")
	default:
		list = append(list, "Whether some of it comes from factors that act together is within the error: "+
			percents(rest)+".")
	}
	if outside {
		list = append(list, "A share below 0 or above 100 % is an error of estimation, and its range shows how "+
			"large that may be; more points (--runs) make it smaller.")
	}
	if none != nil && len(none) < len(r.Factors) {
		list = append(list, "Under 1 % in total, so that it hardly matters which value "+words.Verb(len(none),
			"it has: ", "they have: ")+words.Few(none, 6)+".")
	}
	return list
}

// chance returns words about random draws of the model itself, which no factor explains.
func (r *Result) chance() string {
	if r.Random {
		return ", or from the random draws of the model itself"
	}
	return ""
}

// bends names the factors whose effects depend on where they are taken.
func (r *Result) bends(o *Output) []string {
	var list []string
	for _, i := range r.Order(o) {
		if x := o.Effects[i]; x.Mean.Value > 0.1*o.Effects[r.Order(o)[0]].Mean.Value && x.SD > 0.5*x.Mean.Value {
			list = append(list, r.Factors[i].Label)
		}
	}
	if list == nil {
		return []string{"The effects of those that matter hardly depend on the values of the others."}
	}
	return []string{"The effects of " + words.Few(list, 6) +
		" depend on where they are taken: they bend, or depend on other factors. --method sobol tells which."}
}

// percents writes a share with its range: "98.7 % (97.9 to 99.4 %)".
func percents(e Estimate) string {
	return fmt.Sprintf("%s %% (%s to %s %%)", Percent(e.Value), Percent(e.Low), Percent(e.High))
}

// Percent writes a share in percent with one decimal, without a zero behind the point and without
// a minus before zero.
func Percent(x float64) string {
	text := strings.TrimSuffix(fmt.Sprintf("%.1f", 100*x), ".0")
	if strings.Trim(text, "-0.") == "" {
		return "0"
	}
	return text
}

// Quantity returns how the numbers of an output are written.
func (o *Output) Quantity() prose.Quantity {
	q := prose.QuantityOf(prose.PrintedWords(o.Unit, nil), o.Outcome.Index, abs(o.Mean)+2*o.SD)
	if o.Outcome.Cost {
		q = q.Summed()
	}
	return q
}
