// Package optimize finds the values of decisions that are best for an outcome, within bounds, a
// budget and limits on other outcomes, over the futures of a set.
package optimize

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios"
	"weir/scenarios/plan"
)

// A Criterion says how the futures make one number of a candidate.
type Criterion string

// The criteria. Regret is the most that a candidate loses, in any future, against the best candidate
// of that future (Savage 1951, The theory of statistical decision, JASA 46).
const (
	Mean   Criterion = "mean"   // of the gain
	Worst  Criterion = "worst"  // the mean gain of the worst tenth of the futures
	Regret Criterion = "regret" // the largest regret
)

// Criteria are all, the first of which is the default.
var Criteria = []string{string(Mean), string(Worst), string(Regret)}

// A Lever is a decision, or an element of one, whose best value is looked for.
type Lever struct {
	Name      string
	Low, High float64
	Step      float64 // between values that it may have, from Low; 0: any
	Own       float64 // its value without a new decision
}

// A Limit is what another outcome may not pass: its level at least, or at most, in the mean of the
// futures.
type Limit struct {
	Outcome *scenarios.Outcome
	AtLeast bool
	Level   float64
}

// A Question is what is to be optimized.
type Question struct {
	Outcome     string   // ID; "" is the set's first that is no cost
	Levers      []Lever  // none: the decisions that the set's interventions change
	From        *float64 // when the values begin to hold; nil: a time unit after today
	Budget      *float64 // most that the set's cost outcome may grow, in its sum
	Limits      []Limit
	Criterion   Criterion
	Evaluations int // most candidates
	Futures     int // most futures in the search, 0: all of up to 256, 32 of more; the result is run in all
	Seed        uint64
}

// Defaults of a question: a set of few futures is searched in all of them.
const (
	DefaultEvaluations = 1000
	fewFutures         = 256
	someFutures        = 32
)

// ParseLever reads "name", "name:low..high" or "name:low..high/step" for a decision of the set. Without
// ends the decision's range counts.
func ParseLever(set *scenarios.Set, text string) (Lever, error) {
	name, ends, _ := strings.Cut(text, ":")
	name = set.Model.OurName(strings.TrimSpace(name))
	base, _, _ := strings.Cut(name, "[")
	v := set.Model.Variable(base)
	if v == nil || v.Kind != model.KindDecision {
		return Lever{}, fmt.Errorf("there is no decision %q%s", name, near(name, decisions(set)))
	}
	l := Lever{Name: name}
	switch {
	case ends != "":
		if n, err := fmt.Sscanf(strings.NewReplacer("..", " ", "/", " ").Replace(ends)+" 0", "%g %g %g", &l.Low,
			&l.High, &l.Step); n < 2 || err != nil {
			return l, fmt.Errorf("%q is no range: write %s:0..1, or %s:0..10/1 for whole numbers", ends, name, name)
		}
	case v.Range != nil:
		l.Low, l.High = v.Range[0], v.Range[1]
	default:
		return l, fmt.Errorf("%s has no range in the model: write %s:0..1", name, name)
	}
	if !(l.Low < l.High) || math.IsInf(l.High-l.Low, 0) || !(l.Step >= 0) || l.Step > l.High-l.Low {
		return l, fmt.Errorf("%s:%s has no values between its ends", name, ends)
	}
	return l, nil
}

// ParseLimit reads "outcome>=level" or "outcome<=level".
func ParseLimit(set *scenarios.Set, text string) (Limit, error) {
	for _, sign := range []string{">=", "<="} {
		id, level, ok := strings.Cut(text, sign)
		if !ok {
			continue
		}
		o, err := outcome(set, strings.TrimSpace(id))
		if err != nil {
			return Limit{}, err
		}
		l := Limit{Outcome: o, AtLeast: sign == ">="}
		if _, err := fmt.Sscan(level, &l.Level); err != nil || l.Level-l.Level != 0 {
			return l, fmt.Errorf("%q is no number", level)
		}
		return l, nil
	}
	return Limit{}, fmt.Errorf("%q is no limit: write outcome>=1000 or outcome<=1000", text)
}

// decisions returns the names of a set's decisions.
func decisions(set *scenarios.Set) []string {
	var out []string
	for _, v := range set.Model.Variables {
		if v.Kind == model.KindDecision {
			out = append(out, v.Name)
		}
	}
	return out
}

// changed returns the decisions that the set's interventions change, each once.
func changed(set *scenarios.Set) []string {
	var out []string
	for _, i := range set.Interventions {
		for _, c := range i.Changes {
			base, _, _ := strings.Cut(c.Variable, "[")
			if v := set.Model.Variable(base); v != nil && v.Kind == model.KindDecision && !slices.Contains(out,
				c.Variable) {
				out = append(out, c.Variable)
			}
		}
	}
	return out
}

// near returns a hint with the nearest of names.
func near(name string, known []string) string {
	if n := diagnostic.Nearest(name, known); n != "" {
		return ": did you mean " + n + "?"
	}
	if len(known) == 0 {
		return ": the set's model has none"
	}
	return ": there are " + strings.Join(known, ", ")
}

// outcome returns an outcome by its ID, or the first that is no cost.
func outcome(set *scenarios.Set, id string) (*scenarios.Outcome, error) {
	var known []string
	for _, o := range set.Outcomes {
		if o.ID == id || id == "" && !o.Cost {
			return o, nil
		}
		known = append(known, o.ID)
	}
	return nil, fmt.Errorf("there is no outcome %q%s", id, near(id, known))
}

// prepare fills in what a question leaves open. The error says what is wrong with it.
func (q *Question) prepare(set *scenarios.Set) (*scenarios.Outcome, *scenarios.Outcome, error) {
	o, err := outcome(set, q.Outcome)
	if err != nil {
		return nil, nil, err
	}
	cost := set.Outcomes[max(0, slices.IndexFunc(set.Outcomes, func(o *scenarios.Outcome) bool { return o.Cost }))]
	if !cost.Cost {
		cost = nil
	}
	if q.Budget != nil && cost == nil {
		return nil, nil, fmt.Errorf("a budget needs an outcome that is a cost, and the set has none")
	}
	if len(q.Levers) == 0 {
		for _, name := range changed(set) {
			l, err := ParseLever(set, name)
			if err != nil {
				return nil, nil, err
			}
			q.Levers = append(q.Levers, l)
		}
	}
	for i := range q.Levers {
		l := &q.Levers[i]
		if slices.ContainsFunc(q.Levers[:i], func(k Lever) bool { return k.Name == l.Name }) {
			return nil, nil, fmt.Errorf("%s is there twice", l.Name)
		}
	}
	if u := set.Uncertainty; q.Futures == 0 && u != nil && u.Runs > fewFutures {
		q.Futures = someFutures
	}
	if q.From == nil {
		from := set.Today() + 1
		q.From = &from
	}
	if t := set.Model.Time; *q.From < t.Start || *q.From >= t.Stop {
		return nil, nil, fmt.Errorf("decisions from %g lie outside the run, which is from %g to %g", *q.From, t.Start,
			t.Stop)
	}
	if len(q.Levers) == 0 {
		return nil, nil, fmt.Errorf("the set's interventions change no decision: name one with --decision")
	}
	return o, cost, nil
}

// scenario returns the scenario of a candidate.
func (q *Question) scenario(x []float64) *scenarios.Scenario {
	i := &plan.Intervention{ID: "best", Label: "Best values"}
	for k, l := range q.Levers {
		value := x[k]
		i.Changes = append(i.Changes, model.Change{Variable: l.Name, To: &value, Start: *q.From})
	}
	return &scenarios.Scenario{ID: "best", Label: i.Label, Interventions: []*plan.Intervention{i}}
}

// Read adds levers and limits as ParseLever and ParseLimit read them.
func (q *Question) Read(set *scenarios.Set, levers, limits []string) error {
	for _, text := range levers {
		l, err := ParseLever(set, text)
		if err != nil {
			return fmt.Errorf("--decision: %w", err)
		}
		q.Levers = append(q.Levers, l)
	}
	for _, text := range limits {
		l, err := ParseLimit(set, text)
		if err != nil {
			return fmt.Errorf("--limit: %w", err)
		}
		q.Limits = append(q.Limits, l)
	}
	return nil
}
