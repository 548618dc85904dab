package model_test

import (
	"fmt"
	"strings"
	"testing"

	"weir/model/resolved"
)

// Outflows of a non-negative stock get what it holds and receives within a step,
// in the order listed: Stella limits the outflow and never the stock, semantics 20.
func TestLimits(t *testing.T) {
	r := resolve(t, clock+`
[stock.cash]
initial = "10"
inflow = ["income"]
outflow = ["wages", "rent"]
non_negative = true
[flow.income]
equation = "1"
[flow.wages]
equation = "cash / 2"
[flow.rent]
equation = "3"
`)
	equal(t, equations(t, r, "wages"), strings.TrimSpace(strings.ReplaceAll(`
		wages = min(wages#wanted, max(0, cash / dt + income))
		aux wages#wanted
		wages#wanted = cash / 2
		flow wages#refused
		wages#refused = wages#wanted - wages
		stock wages#turned_away: + wages#refused
		at first wages#turned_away = 0`, "\t", "")))
	equal(t, firstEquation(t, r, "rent"), "min(rent#wanted, max(0, cash / dt + income - wages))")
	var limits []string
	for _, l := range r.Limits {
		limits = append(limits, strings.Join([]string{l.Stock.Name, l.Flow.Name, l.Wanted.Name, l.TurnedAway.Name}, " "))
	}
	equal(t, limits, []string{"cash wages wages#wanted wages#turned_away", "cash rent rent#wanted rent#turned_away"})
}

func firstEquation(t *testing.T, r *resolved.Model, name string) string {
	t.Helper()
	for _, v := range r.Variables {
		if v.Name == name {
			return resolved.Format(v.Parts[0].Expr)
		}
	}
	t.Fatalf("there is no variable %s", name)
	return ""
}

// Along a chain of stocks, each may pass on what it receives in the same step.
func TestLimitsAlongChain(t *testing.T) {
	r := resolve(t, clock+`
[stock.a]
initial = "10"
outflow = ["ab"]
non_negative = true
[stock.b]
initial = "0"
inflow = ["ab"]
outflow = ["bc"]
non_negative = true
[flow.bc]
equation = "5"
[flow.ab]
equation = "5"
`)
	equal(t, firstEquation(t, r, "bc"), "min(bc#wanted, max(0, b / dt + ab))")
	_, each := phases(t, r)
	equal(t, each, []string{"ab#wanted", "ab", "bc#wanted", "bc", "ab#refused", "bc#refused"}) // bc waits for ab
}

// Around a cycle of stocks, what arrives because of what is passed on counts as 0:
// otherwise the flows would depend on each other. Other inflows still count.
func TestLimitsAroundCycle(t *testing.T) {
	r := resolve(t, clock+`
[stock.a]
initial = "10"
inflow = ["ba", "births"]
outflow = ["ab"]
non_negative = true
[stock.b]
initial = "0"
inflow = ["ab"]
outflow = ["ba"]
non_negative = true
[flow.births]
equation = "1"
[flow.ab]
equation = "5"
[flow.ba]
equation = "5"
`)
	equal(t, firstEquation(t, r, "ab"), "min(ab#wanted, max(0, a / dt + births))")
	equal(t, firstEquation(t, r, "ba"), "min(ba#wanted, max(0, b / dt))")
}

// Hiring that follows the quits it has seen is no cycle from step to step. At the
// start it would be one, through the limit alone: it gives way there, too.
func TestLimitsGiveWayToInitialValues(t *testing.T) {
	r := resolve(t, clock+`
[stock.teachers]
initial = "100"
inflow = ["hiring"]
outflow = ["quitting"]
non_negative = true
[flow.hiring]
equation = "smooth1(quitting, 2)"
[flow.quitting]
equation = "teachers / 5"
`)
	equal(t, firstEquation(t, r, "quitting"), "min(quitting#wanted, max(0, teachers / dt))")
}

// A promotion chain is a cycle of variables, but not of elements: nothing is ignored.
func TestLimitsAlongGrades(t *testing.T) {
	r := resolve(t, schools+`
[stock.pupils]
over = ["grade"]
initial = "10"
inflow = ["arriving"]
outflow = ["promotion"]
non_negative = true
[flow.arriving]
over = ["grade"]
equation = "promotion[grade - 1]"
[flow.arriving.at]
k = "5"
[flow.promotion]
over = ["grade"]
equation = "pupils"
`)
	equal(t, firstEquation(t, r, "promotion"), "min(promotion#wanted[grade], max(0, pupils[grade] / dt + arriving[grade]))")
}

// A wish that depends on a flow of lower priority is a cycle that the limits do
// not break: the message shows it.
func TestLimitsKeepRealCycles(t *testing.T) {
	_, list := tryResolve(t, clock+`
[stock.cash]
initial = "10"
outflow = ["wages", "rent"]
non_negative = true
[flow.wages]
equation = "5 - rent"
[flow.rent]
equation = "3"
`)
	equal(t, len(list), 1)
	equal(t, list[0].Message, "simultaneous equations: wages → rent → wages")
	equal(t, list[0].Hint, "cash is never below 0 and serves its outflows in order, so rent depends on wages: change the order, or delay the influence")
}

// The equations of a stock with many outflows grow with their number, not with its square:
// 1,500 outflows took 36 seconds. Twice as many have twice as many nodes.
func TestManyLimitedOutflowsAreLinear(t *testing.T) {
	nodes := func(n int) int {
		var names []string
		var flows strings.Builder
		for i := range n {
			names = append(names, fmt.Sprintf("%q", fmt.Sprintf("f%d", i)))
			fmt.Fprintf(&flows, "[flow.f%d]\nequation = \"1\"\n", i)
		}
		r := resolve(t, clock+"[stock.s]\ninitial = \"100\"\nnon_negative = true\noutflow = ["+strings.Join(names, ", ")+"]\n"+flows.String())
		count := 0
		var visit func(resolved.Expr)
		visit = func(e resolved.Expr) {
			count++
			for _, x := range resolved.Children(e) {
				visit(x)
			}
		}
		for _, v := range r.Variables {
			for _, p := range v.Parts {
				visit(p.Expr)
			}
		}
		return count
	}
	if few, many := nodes(400), nodes(800); float64(many) > 2.05*float64(few) {
		t.Errorf("%d nodes for 400 outflows, %d for 800", few, many)
	}
}
