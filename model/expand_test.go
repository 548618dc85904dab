package model_test

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/resolved"
)

// Functions with a memory become hidden stocks, memories and values that are
// computed once. Their names come from the variable and the place of the call, so
// that they stay the same when other things change.
func TestExpansion(t *testing.T) {
	for _, c := range []struct{ name, over, equation, want string }{
		{"smoothing", "", "smooth1(rate, 4)", `
			x = x#smooth1.1.stage1
			initial x#smooth1.1.stage_time
			x#smooth1.1.stage_time = 4 / 1
			stock x#smooth1.1.stage1: + x#smooth1.1.stage1.net
			at first x#smooth1.1.stage1 = rate
			flow x#smooth1.1.stage1.net
			x#smooth1.1.stage1.net = (rate - x#smooth1.1.stage1) / (4 / 1)`},
		// Starts in equilibrium, and what comes out uses the current delay time: semantics 11.
		{"a delay", "", "delay1(rate, time, 7)", `
			x = x#delay1.1.stage1 / (time / 1)
			initial x#delay1.1.stage_time
			x#delay1.1.stage_time = time / 1
			stock x#delay1.1.stage1: + x#delay1.1.stage1.net
			at first x#delay1.1.stage1 = 7 * (time / 1)
			flow x#delay1.1.stage1.net
			x#delay1.1.stage1.net = rate - x#delay1.1.stage1 / (time / 1)`},
		{"an argument with an equation of its own is computed once", "sector", "smooth1(seats * rate, 4)", `
			x[sector] = x#smooth1.1.stage1[sector]
			aux x#smooth1.1.input[sector]
			x#smooth1.1.input[sector] = seats[sector] * rate
			initial x#smooth1.1.stage_time
			x#smooth1.1.stage_time = 4 / 1
			stock x#smooth1.1.stage1[sector]: + x#smooth1.1.stage1.net
			at first x#smooth1.1.stage1[sector] = x#smooth1.1.input[sector]
			flow x#smooth1.1.stage1.net[sector]
			x#smooth1.1.stage1.net[sector] = (x#smooth1.1.input[sector] - x#smooth1.1.stage1[sector]) / (4 / 1)`},
		// One step of the clock, not one saved row: semantics 3.
		{"the value of the step before", "", "previous(rate, 3)", `
			x = x#previous.1
			delay state x#previous.1
			at first x#previous.1 = 3
			takes in x#previous.1 = rate`},
		// The delay time is read once: semantics 9. A run with longer steps is refused.
		{"a fixed delay", "", "delay_fixed(rate, 0.5, 0)", `
			x = x#delay_fixed.1
			delay state x#delay_fixed.1
			at first x#delay_fixed.1 = 0
			takes in x#delay_fixed.1 = rate
			late by x#delay_fixed.1 = 0.5
			initial x#delay_fixed.1.stage_time
			x#delay_fixed.1.stage_time = 0.5`},
		{"the value at the start", "grade", "init(size) * rate", `
			x[grade] = x#init.1[grade] * rate
			initial x#init.1[grade]
			x#init.1[grade] = size[grade]`},
		{"a call follows only what its arguments follow", "sector grade", "roll * previous(seats, 0)", `
			x[sector, grade] = roll[sector, grade] * x#previous.1[sector]
			delay state x#previous.1[sector]
			at first x#previous.1[sector] = 0
			takes in x#previous.1[sector] = seats[sector]`},
		{"a call inside a sum follows the sum", "sector", "sum(previous(roll[sector, upper!], 0))", `
			x[sector] = sum(upper!: x#previous.1[sector, upper])
			delay state x#previous.1[sector, upper]
			at first x#previous.1[sector, upper] = 0
			takes in x#previous.1[sector, upper] = roll[sector, upper]`},
		{"every element of the equation has a draw of its own", "sector", "uniform(0, rate)", `
			x[sector] = x#uniform.1[sector]
			aux x#uniform.1[sector]
			x#uniform.1[sector] = uniform(0, rate)`},
		{"and so has every element of a sum", "", "sum(normal(0, 1) * seats[*])", `
			x = sum(sector!: x#normal.1[sector] * seats[sector])
			aux x#normal.1[sector]
			x#normal.1[sector] = normal(0, 1)`},
		{"calls are numbered", "", "init(rate) + init(rate + init(1))", `
			x = x#init.1 + x#init.3
			initial x#init.1
			x#init.1 = rate
			initial x#init.2
			x#init.2 = 1
			initial x#init.3
			x#init.3 = rate + x#init.2`},
		// A step comes half a step early and is held within the step, a ramp moves inside it:
		// semantics 6 and 18.
		{"a step", "", "step(rate, 5)", `x = if steptime + dt / 2 > 5 then rate else 0`},
		{"a ramp without an end", "", "ramp(rate, 5)", `x = rate * max(0, min(time, stop_time) - 5)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			equal(t, equations(t, resolve(t, schools+aux(c.over, c.equation)), "x"), strings.TrimSpace(strings.ReplaceAll(c.want, "\t", "")))
		})
	}
}

// A call in the equation of some elements is over these elements only, under the
// name of their subrange if they have one.
func TestExpansionForSomeElements(t *testing.T) {
	for key, want := range map[string]string{
		"k":     "x#previous.1",
		"upper": "x#previous.1[upper]",
		"*":     "x#previous.1[grade]",
	} {
		r := resolve(t, schools+"\n[aux.x]\nover = [\"grade\"]\nequation = \"0\"\n[aux.x.at]\n\""+key+"\" = \"previous(size, 0)\"\n")
		if got := equations(t, r, "x"); key != "*" && !strings.Contains(got, "takes in "+want+" = ") {
			t.Errorf("%s: %s is missing in\n%s", key, want, got)
		}
	}
	r := resolve(t, schools+"\n[aux.x]\nover = [\"grade\"]\nequation = \"previous(size[grade - 1], 0)\"\n[aux.x.at]\n\"k\" = \"0\"\n")
	memory := r.Variables[len(r.Variables)-1]
	equal(t, memory.Over[0].Elements, []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
	equal(t, memory.Over[0].Of.Name, "grade")
}

// A chain has as many stages as its order says, each with an equal share of the time.
func TestChainOrder(t *testing.T) {
	r := resolve(t, schools+aux("", "delay_n(rate, 6, 4)"))
	stocks := 0
	for _, v := range r.Variables {
		if v.Kind == resolved.Stock {
			stocks++
			equal(t, resolved.Format(v.Parts[0].Expr), "rate * (6 / 4)")
		}
	}
	equal(t, stocks, 4)
}

// Draws are keyed by variable and place in the equation: other variables do not
// shift them, and no two calls share one.
func TestDrawKeys(t *testing.T) {
	keys := func(text string) map[string]uint64 {
		out := map[string]uint64{}
		for _, v := range resolve(t, text).Variables {
			if d, ok := firstExpr(v).(*resolved.Draw); ok {
				out[v.Name] = d.Key
			}
		}
		return out
	}
	alone := keys(schools + aux("", "uniform(0, 1) + uniform(0, 1)"))
	among := keys(schools + "[aux.noise]\nequation = \"normal(0, 1)\"\n" + aux("", "uniform(0, 1) + uniform(0, 1)"))
	equal(t, among["x#uniform.1"], alone["x#uniform.1"])
	equal(t, among["x#uniform.2"], alone["x#uniform.2"])
	if alone["x#uniform.1"] == alone["x#uniform.2"] || among["noise#normal.1"] == 0 {
		t.Errorf("two calls share a key: %v", among)
	}
	// FNV-1a, 64 bits, of "x#uniform.1", computed apart.
	equal(t, alone["x#uniform.1"], uint64(fnv1a("x#uniform.1")))
}

// fnv1a is the hash as its authors give it (draft-eastlake-fnv, section 2).
func fnv1a(s string) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range []byte(s) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}

func firstExpr(v *resolved.Variable) resolved.Expr {
	if len(v.Parts) == 0 {
		return nil
	}
	return v.Parts[0].Expr
}

// A delay whose time may change is watched at the start of every run; one whose
// time is a constant is also reported at once, wherever the constant stands, and
// for arrays by element: semantics 13.
func TestDelayShorterThanStep(t *testing.T) {
	r := resolve(t, schools+aux("sector", "delay3(rate, seats)"))
	equal(t, len(r.Guards), 1)
	equal(t, r.Guards[0].What, "delay3")
	equal(t, resolved.Format(firstExpr(r.Guards[0].Time)), "seats[sector] / 3")

	// Just long enough, although 0.3 / 3 is less than 0.1 in floating point.
	resolve(t, strings.Replace(schools, "0.25", "0.1", 1)+aux("", "delay3(rate, 0.3)"))

	text := schools + aux("sector", "smooth1(rate, wait * 2)") + "[constant.wait]\nover = [\"sector\"]\nvalue = [1, 0.1]\n"
	equal(t, complaint(t, text, model.DelayTooShort),
		"wait * 2: the time of this smooth1 is 0.2 for charter: shorter than the step of 0.25 (make the time at least 0.25, or the step at most 0.2)")
}

// An initial value that an array would repeat is computed once, at the start only.
func TestExpansionOfInitialValues(t *testing.T) {
	r := resolve(t, schools+`
[stock.x]
over = ["sector"]
initial = "seats / sum(seats[*])"
inflow = ["coming"]
[flow.coming]
over = ["sector"]
equation = "1"
`)
	once, each := phases(t, r)
	equal(t, once, []string{"x#sum.1", "x[sector]"})
	equal(t, each, []string{"coming[sector]"})
}
