package units

import (
	"slices"

	"weir/model/code"
	"weir/model/document"
	"weir/model/unit"
)

// eachFlow calls f for every flow of every stock, if the units of both are known.
func (u *unitChecker) eachFlow(f func(stock, flow *document.Variable)) {
	for _, stock := range u.Model.Variables {
		if stock.Kind != document.KindStock || !u.measures[stock.Name].known {
			continue
		}
		for _, name := range slices.Concat(stock.Inflow, stock.Outflow) {
			flow := u.Names[name]
			if flow != nil && flow.Kind == document.KindFlow && u.measures[name].known {
				f(stock, flow)
			}
		}
	}
}

// compareClock reports a unit of time that no flow has, where all flows have one other: they are
// right together, and one name is wrong. The other unit is then taken for the clock, so that each
// flow is not reported as well.
func (u *unitChecker) compareClock() {
	if !u.clock.known {
		return
	}
	flows := map[string]bool{}
	var per unit.Unit
	one := true
	u.eachFlow(func(stock, flow *document.Variable) {
		implied := u.measures[stock.Name].unit.Div(u.measures[flow.Name].unit)
		one = one && (len(flows) == 0 || implied.Equal(per))
		per, flows[flow.Name] = implied, true
	})
	names := per.Names()
	if !one || len(flows) < 2 || len(names) != 1 || !per.Equal(unit.Named(names[0])) || per.Equal(u.clock.unit) {
		return
	}
	u.Report(code.UnitFlow, u.Model.Time.UnitSpan(), `if the flows are right, write unit = "`+names[0]+`"`,
		"the unit of time is %s, but all %d flows are per %s", u.clock, len(flows), names[0])
	u.clock = in(per)
}

// wantFlows notes the unit that each flow must have: that of its stock per unit of time.
func (u *unitChecker) wantFlows() {
	u.wants = map[string]measure{}
	if u.clock.known {
		u.eachFlow(func(stock, flow *document.Variable) {
			u.wants[flow.Name] = in(u.measures[stock.Name].unit.Div(u.clock.unit))
		})
	}
}

// onlyDeclared reports whether the equation of a flow has the unit that its stock wants, so that
// the declaration alone is wrong. That is reported once, where the stock is checked.
func (u *unitChecker) onlyDeclared(v *document.Variable, got measure) bool {
	want := u.wants[v.Name]
	return want.known && got.fits(want) && !want.fits(u.measures[v.Name])
}

// flows compares a stock with its flows: a flow has the stock's unit per time.
func (u *unitChecker) flows(stock *document.Variable, declared measure) {
	if !declared.known || !u.clock.known || u.Bad[stock] {
		return
	}
	want := in(declared.unit.Div(u.clock.unit))
	for _, name := range slices.Concat(stock.Inflow, stock.Outflow) {
		flow := u.Names[name]
		if flow == nil || flow.Kind != document.KindFlow || u.measures[name].fits(want) {
			continue
		}
		u.Report(code.UnitFlow, flow.SpanOf("units"), u.Say("a flow of %s is in %s", stock, want.unit),
			"the flow %s is %s, but it changes %s, which is %s", flow, measured(u.measures[name]), stock,
			measured(declared))
		u.Relate(stock.SpanOf("units"), u.Shown(stock.Name)+" is declared here")
	}
}
