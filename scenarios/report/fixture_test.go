package report

import (
	"math"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/sim"
)

// evil is a name that would run as a script if any part of the page let it through.
const evil = `</script><script>alert(1)</script>`

// madeUp is a comparison with invented numbers: four scenarios on the children in a
// made-up city's schools, from 2008 to 2045. Its series are closed formulas, so that
// what the page must say can be worked out by hand:
//
//	no new decisions falls from 35,000 by 1.3 percent a year
//	coaching is worse until 2029, then better, +1,147.3 in 2045
//	the co-op is better from 2027 on, +640 in 2045
//	a late start makes no difference
//	cuts cost 1,500 children
func madeUp() *scenarios.Comparison {
	m := madeUpModel()
	set := &scenarios.Set{Name: "Four ways to keep families (made-up numbers)", About: "Invented figures for testing the page. No school district has these.",
		File: "set.toml", Text: []byte("model = \"model.toml\" # children families teachers yearly\n"), Hash: "0123456789abcdef0123456789abcdef", Model: m, Resolved: &resolved.Model{Name: m.Name}}
	addOutcomes(set)
	addScenarios(set)
	c := &scenarios.Comparison{Set: set, Today: 2026, Horizon: 2045, Version: "test", Years: years()}
	c.Baseline = madeUpRun("baseline", "No new decisions", nil)
	for _, s := range set.Scenarios {
		c.Runs = append(c.Runs, madeUpRun(s.ID, s.Label, s))
	}
	addPanels(c)
	addVerdicts(c)
	addLevers(c)
	c.Reversals = []scenarios.Reversal{{Outcome: set.Outcomes[0], Before: set.Scenarios[1], After: set.Scenarios[0], At: 2033.3}}
	c.Fits = []scenarios.Fit{{Outcome: set.Outcomes[0], Data: "enrollment", MAPE: 0.013, From: 2008, To: 2021, Points: 14,
		Worst: -0.031, WorstAt: 2013, DirectionsRight: 12, Directions: 13}}
	return c
}

func madeUpModel() *model.Model {
	today := 2026.0
	number := func(name, label, unit string, value, low, high float64, evidence, source string) *model.Variable {
		return &model.Variable{Name: name, Kind: model.KindConstant, Label: label, Units: unit, Value: []float64{value},
			Range: &[2]float64{low, high}, Evidence: evidence, Source: source}
	}
	return &model.Model{
		Name: "A made-up city’s schools", Today: &today, File: "model.toml", Hash: "fedcba9876543210fedcba9876543210",
		About: "Births, grades and families’ confidence. The fit does not prove the feedback.",
		Time:  model.TimeSettings{Start: 2008, Stop: 2045, Step: 0.125, Save: 0.25, Unit: "year", Method: "rk4"},
		Units: []*model.UnitDeclaration{{Name: "child", Plural: "children"}, {Name: "USD"}},
		Files: map[string][]byte{"model.toml": []byte("name = \"made up\"\n"), "data/enrollment.csv": []byte("year,children\n2008,35000\n")},
		Variables: []*model.Variable{
			number("leave", "Families who leave each year", "1/year", 0.054, 0.03, 0.08, "measured", "S1"),
			number("hiring_time", "Time to fill a vacancy", "year", 0.3, 0.1, 0.5, "assumed", ""),
			number("pay", "Pay of a teacher", "USD/year", 52000, 48000, 60000, "study", "S2"),
			{Name: "coach_share", Kind: model.KindDecision, Label: "Share of teachers with a coach", Units: "1", Value: []float64{0}, Range: &[2]float64{0, 1}, Owner: "school leaders"},
			{Name: "coop_members", Kind: model.KindDecision, Label: "Schools in the co-op", Units: "school", Value: []float64{0}, Range: &[2]float64{0, 12}, Owner: "charter boards"},
			{Name: "effect_of_workload", Kind: model.KindLookup, Label: "Effect of workload on leaving", Points: []resolved.Point{{X: 0, Y: 0}, {X: 1, Y: 1}}, Evidence: "expert"},
		},
		Sources: []*model.Source{{ID: "S1", Title: "Invented survey of families", Where: "nowhere"}, {ID: "S2", Title: "Invented pay table"}},
	}
}

func addOutcomes(set *scenarios.Set) {
	set.Outcomes = []*scenarios.Outcome{
		{ID: "enrollment", Variable: "students", Label: "Children in city public schools", Unit: "children", Better: scenarios.Higher, History: "enrollment"},
		{ID: "confidence", Variable: "confidence", Label: "Families’ confidence", Unit: "1", Better: scenarios.Higher, Index: true},
		{ID: "cost", Variable: "cost", Label: "Yearly cost of the programmes", Unit: "USD/year", Better: scenarios.Lower, Discount: 0.03, Cost: true},
	}
	set.Charts = []*scenarios.Chart{{Variable: "district", Label: "Children in district schools", Unit: "children"},
		{Variable: "charter", Label: "Children in charter schools", Unit: "children"}, {Variable: "quits", Label: "Teachers who leave in a year", Unit: "1/year"}}
}

func addScenarios(set *scenarios.Set) {
	coaching := &scenarios.Intervention{ID: "coaching", Label: "Coaching for new teachers", About: "A coach for every teacher in the first three years.",
		Owner: "school leaders", Caution: "takes experienced teachers out of classrooms at first", Source: "S2"}
	coop := &scenarios.Intervention{ID: "coop", Label: "Shared special-education co-op", Owner: "charter boards", Cost: "cost not known"}
	set.Interventions = []*scenarios.Intervention{coaching, coop}
	set.Scenarios = []*scenarios.Scenario{
		{ID: "coaching", Label: "Coaching", About: "Coaches from 2027 on.", Interventions: []*scenarios.Intervention{coaching}},
		{ID: "coop", Label: "Shared special-education co-op", Interventions: []*scenarios.Intervention{coop}},
		{ID: "late", Label: "Late start", Interventions: []*scenarios.Intervention{coaching}},
		{ID: "cuts", Label: "Cuts", Interventions: []*scenarios.Intervention{coop}},
	}
}

func years() []float64 {
	out := []float64{}
	for y := 2008.0; y <= 2045; y++ {
		out = append(out, y)
	}
	return out
}

func madeUpTimes() []float64 {
	out := []float64{}
	for i := range 149 {
		out = append(out, 2008+float64(i)/4)
	}
	return out
}

func madeUpRun(id, label string, s *scenarios.Scenario) *scenarios.Run {
	return &scenarios.Run{ID: id, Label: label, Scenario: s,
		Result: &sim.Result{Method: "rk4", Step: 0.125, Complete: true, Time: madeUpTimes()},
		Halved: sim.Difference{Column: "leave", Relative: 0.00004, At: 2031}}
}

// effects are the scenarios' differences to the main outcome, by years since 2027.
var effects = []func(float64) float64{
	func(y float64) float64 { return 1147.3 / (18 * 16) * y * (y - 2) },
	func(y float64) float64 { return 640 * (1 - math.Exp(-y/4)) / (1 - math.Exp(-18./4)) },
	func(float64) float64 { return 0 },
	func(y float64) float64 { return -1500. / 18 * y },
}

func addPanels(c *scenarios.Comparison) {
	set := c.Set
	falling := func(t float64) float64 { return 35000 * math.Pow(0.987, t-2008) }
	add := func(o *scenarios.Outcome, ch *scenarios.Chart, variable string, base func(float64) float64, scale float64) {
		p := scenarios.Panel{Outcome: o, Chart: ch, Variable: variable, Time: madeUpTimes()}
		for _, t := range p.Time {
			p.Baseline = append(p.Baseline, base(t))
		}
		for i := range c.Runs {
			series := []float64{}
			for _, t := range p.Time {
				series = append(series, base(t)+effects[i](max(0, t-2027))*scale)
			}
			p.Runs = append(p.Runs, series)
		}
		c.Panels = append(c.Panels, p)
	}
	add(set.Outcomes[0], nil, "students", falling, 1)
	for y := 2008.0; y <= 2021; y++ {
		c.Panels[0].History = append(c.Panels[0].History, resolved.Point{X: y, Y: math.Round(falling(y) * (1 + 0.012*math.Sin(y*2)))})
	}
	add(set.Outcomes[1], nil, "confidence", func(t float64) float64 { return 1 - (t-2008)*0.004 }, 5e-5)
	add(set.Outcomes[2], nil, "cost", func(float64) float64 { return 400000 }, 2000)
	add(nil, set.Charts[0], "district", func(t float64) float64 { return falling(t) * 0.6 }, 0.7)
	add(nil, set.Charts[1], "charter", func(t float64) float64 { return falling(t) * 0.4 }, 0.3)
	add(nil, set.Charts[2], "quits", func(t float64) float64 { return 0.18 + (t-2008)*0.0005 }, -1e-5)
}

func at2045(p scenarios.Panel, i int) float64 { return series(p, i)[len(p.Time)-1] }

func addVerdicts(c *scenarios.Comparison) {
	date := func(t float64) *float64 { return &t }
	for i, s := range c.Set.Scenarios {
		for k, o := range c.Set.Outcomes {
			p := c.Panels[k]
			v := scenarios.Verdict{Scenario: s, Outcome: o, Baseline: at2045(p, 0), Value: at2045(p, i+1), Noise: 1e-6}
			v.Difference = v.Value - v.Baseline
			if o.Cost {
				v.Baseline, v.Value = 6e6, 6e6+v.Difference*12
				v.Difference = v.Value - v.Baseline
			}
			v.Distinguishable = math.Abs(v.Difference) > v.Noise
			v.Improves = v.Distinguishable && (v.Difference > 0) == (o.Better == scenarios.Higher)
			if v.Distinguishable {
				v.EffectFrom, v.HalfEffect = date(2027.25), date(2034.5)
			}
			c.Verdicts = append(c.Verdicts, v)
		}
	}
	coaching := &c.Verdicts[0]
	coaching.EffectFrom, coaching.HalfEffect = date(2029.01), date(2039)
	coaching.Worse = &scenarios.WorseBefore{From: 2027, To: 2029, Depth: -118.4, At: 2028, Cumulative: -160}
	cost, each := 41.2e6, 41.2e6/1147.3
	coaching.Cost, coaching.CostPerUnit = &cost, &each
	for i := range c.Verdicts {
		if v := &c.Verdicts[i]; v.Outcome.Cost && v.Distinguishable {
			v.Cost = &v.Difference
		}
	}
}

func addLevers(c *scenarios.Comparison) {
	set := c.Set
	until := 2040.0
	c.Levers = []scenarios.Lever{
		{Scenario: set.Scenarios[0], Intervention: set.Interventions[0], Decision: "coach_share", Label: "Share of teachers with a coach", Unit: "1", Owner: "school leaders", Value: 0.4, Start: 2027, Over: 2},
		{Scenario: set.Scenarios[1], Intervention: set.Interventions[1], Decision: "coop_members", Label: "Schools in the co-op", Unit: "school", Owner: "charter boards", Value: 8, Start: 2027, Until: &until, Cost: "cost not known"},
		{Scenario: set.Scenarios[2], Intervention: set.Interventions[0], Decision: "coach_share", Label: "Share of teachers with a coach", Unit: "1", Owner: "school leaders", Value: 0.4, Start: 2044.5},
		{Scenario: set.Scenarios[3], Intervention: set.Interventions[1], Decision: "coop_members", Label: "Schools in the co-op", Unit: "school", Owner: "charter boards", Value: 8, Start: 2027, Until: &until, Cost: "cost not known"},
	}
}

// breakDown gives the first scenario everything that can go wrong with a run.
func breakDown(c *scenarios.Comparison) {
	r := c.Runs[0]
	r.Result.NonFinite = &sim.NonFinite{Variable: "leave", Time: 2031.5, Value: math.NaN(), Operation: "a / b"}
	r.Result.Limits = []sim.LimitUse{{Stock: "pay", Flow: "hiring_time", First: 2030, Steps: 3, Amount: 12}}
	r.Halved.Relative = 0.045
	for _, run := range append([]*scenarios.Run{c.Baseline}, c.Runs...) {
		run.Result.Lookups = []sim.LookupUse{{Table: "effect_of_workload", First: 2029.25, Steps: 4, Low: 1, High: 1.4, From: 0, To: 1}}
	}
	for i := 100; i < 149; i++ {
		c.Panels[0].Runs[0][i] = math.NaN()
	}
	c.Verdicts[0].Value, c.Verdicts[0].Difference, c.Verdicts[0].Distinguishable = math.NaN(), math.NaN(), false
	c.Verdicts[0].Improves, c.Verdicts[0].Worse = false, nil
}
