package model_test

import (
	"strings"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// adviceOf gives the codes of advice that a sound model earns, without those about
// gaps in its documentation.
func adviceOf(t *testing.T, text string) []string {
	t.Helper()
	list, _ := check("m.toml", text)
	if list.HasErrors() {
		t.Fatal(text, messages(list))
	}
	out := []string{}
	for _, d := range list {
		if model.IsAdvice(d.Code) && d.Code != model.Unlabeled && d.Code != model.NoEvidence {
			out = append(out, string(d.Code))
		}
		if d.Severity == diagnostic.Error {
			t.Errorf("advice is no error: %v", d)
		}
	}
	return out
}

// Semantics row 14: DELAY for people, SMOOTH for beliefs. A smooth in a flow's
// equation is right where it smooths what somebody believes.
func TestSmoothIsForBeliefs(t *testing.T) {
	const stocks = oneClock + `
[stock.residents]
initial = 10
inflow = ["starting"]
outflow = ["finishing"]
[flow.starting]
equation = "1"
[stock.teachers]
initial = 1
inflow = ["hired"]
[constant.training]
value = 2
[flow.finishing]
equation = "residents / training"
[flow.hired]
equation = `
	for equation, want := range map[string]string{
		`"smooth3(finishing, training)"`:             "smoothed-flow",
		`"delay3(finishing, training)"`:              "",
		`"finishing * smooth1(training, training)"`:  "",
		`"smooth1(residents, training) / training"`:  "",
		`"residents * smooth1(finishing, training)"`: "",
	} {
		if got := strings.Join(adviceOf(t, stocks+equation), " "); got != want {
			t.Errorf("hired = %s: %q, want %q", equation, got, want)
		}
	}
}

// The step is judged by the shortest constant time in which a stock empties.
func TestStepAgainstTimeConstant(t *testing.T) {
	for _, c := range []struct {
		method, outflow string
		long            bool
	}{
		{"euler", "x / tau", true},          // 1 against 2/4
		{"heun", "x / tau", false},          // 1 against 2/2
		{"rk4", "x / tau", false},           // 1 against 2
		{"rk45", "x / tau / tau", false},    // chooses its own
		{"rk4", "x / tau * tau", false},     // 1 against 1
		{"rk4", "x * 4 / tau", true},        // 1 against 1/2
		{"euler", "tau * x", true},          // 1 against 1/8
		{"euler", "x / (tau * 4)", false},   // 1 against 8/4
		{"euler", "x / tau * y", false},     // not known before the run
		{"euler", "min(x / tau, y)", false}, // no plain decay
		{"euler", "y / tau", false},         // not of this stock
		{"euler", "(x - y) / tau", true},    // a goal gap, as outflow
		{"euler", "max(0, x - 7) / tau", true},
		{"euler", "gap / tau", true},      // through an auxiliary
		{"euler", "(y - x) / tau", false}, // it grows away from its goal, whatever the step
	} {
		text := "[time]\nstart = 0\nstop = 10\nstep = 1\nunit = \"year\"\nmethod = \"" + c.method + "\"\n" +
			"[stock.x]\ninitial = 1\noutflow = [\"out\"]\n[flow.out]\nequation = \"" + c.outflow + "\"\n" +
			"[constant.tau]\nvalue = 2\n[stock.y]\ninitial = 1\ninflow = [\"in\"]\n[flow.in]\nequation = \"x + y + tau\"\n" +
			"[aux.gap]\nequation = \"x - y\"\n"
		got := strings.Contains(strings.Join(adviceOf(t, text), " "), string(model.StepTooLong))
		if got != c.long {
			t.Errorf("%s, %s: warned %v, want %v", c.method, c.outflow, got, c.long)
		}
	}
}

// A goal gap faster than the step: (b - s)/tau with tau = 0.01 and a step of 0.125 is 12.5 time
// constants. The classical Runge-Kutta method is stable up to 2.785 of them (Hairer and
// Wanner, Solving Ordinary Differential Equations II, section IV.2): 100 becomes 2e231.
func TestStepOfAnUnstableGoalGap(t *testing.T) {
	for _, c := range []struct{ flows, flow string }{
		{"inflow = [\"adj\"]", "(b - s) / tau"}, {"outflow = [\"adj\"]", "(s - b) / tau"}, {"inflow = [\"adj\"]", "rate * gap"},
	} {
		text := "[time]\nstart = 0\nstop = 10\nstep = 0.125\nunit = \"year\"\nmethod = \"rk4\"\n" +
			"[stock.s]\ninitial = 100\n" + c.flows + "\n[flow.adj]\nequation = \"" + c.flow + "\"\n[constant.b]\nvalue = 90\n" +
			"[constant.tau]\nvalue = 0.01\n[aux.gap]\nequation = \"b - s\"\n[aux.rate]\nequation = \"1 / tau\"\n"
		list, _ := check("m.toml", text)
		said := ""
		for _, d := range list {
			if d.Code == model.StepTooLong {
				said += d.Message + "; " + d.Hint
			}
		}
		if !strings.Contains(said, "12.5 time constants of adj, which moves s") || !strings.Contains(said, "at most 0.01") {
			t.Errorf("%s as %s: %q", c.flow, c.flows, said)
		}
	}
}

// Of an array of time constants, the shortest counts.
func TestStepAgainstShortestElement(t *testing.T) {
	text := "[time]\nstart = 0\nstop = 10\nstep = 1\nunit = \"year\"\n[dimension.d]\nelements = [\"a\", \"b\"]\n" +
		"[stock.x]\nover = [\"d\"]\ninitial = 1\nnon_negative = true\noutflow = [\"out\"]\n[flow.out]\nover = [\"d\"]\nequation = \"x / tau\"\n" +
		"[constant.tau]\nover = [\"d\"]\nvalue = [9, 3]\n"
	list, _ := check("m.toml", text)
	for _, d := range list {
		if d.Code == model.StepTooLong && strings.Contains(d.Message, "time constant of 3") && strings.Contains(d.Hint, "at most 0.75") {
			return
		}
	}
	t.Error(messages(list))
}

// Numbers that need no name, and one that does.
func TestNumbersThatNeedNoName(t *testing.T) {
	for equation, want := range map[string]string{
		"y * 2 + 1 - 0.5":          "",
		"100 * y / 1000":           "",
		"y ^ 1.85":                 "",
		"y + step(37, y)":          "",
		"smooth_n(y, y, 4)":        "",
		"y / 7":                    "unnamed-number",
		"max(y, 7) + max(y, 11)":   "unnamed-number",
		"if y > 4.5 then y else 0": "unnamed-number",
	} {
		if got := strings.Join(adviceOf(t, oneClock+"[constant.y]\nvalue = 3\n[aux.x]\nequation = \""+equation+"\"\n"), " "); got != want {
			t.Errorf("%s: %q, want %q", equation, got, want)
		}
	}
	if got := adviceOf(t, oneClock+"[aux.x]\nequation = 7\n"); strings.Join(got, " ") != "unnamed-number" {
		t.Error(got)
	}
}

// A constant may be there for a test alone, a series to compare with.
func TestUsedByATestAlone(t *testing.T) {
	text := oneClock + "[constant.goal]\nvalue = 3\n[data.births]\nfile = \"births.csv\"\ntime = \"year\"\nvalue = \"births\"\nwhere = { place = \"city\" }\n" +
		"[aux.x]\nequation = \"time\"\n[test.t]\nexpect = \"x < goal * 10\"\n"
	if got := adviceOf(t, text); len(got) > 0 {
		t.Error(got)
	}
}

// A model with mistakes gets no advice: half of what it would say were not so.
func TestNoAdviceOnBrokenModels(t *testing.T) {
	list, _ := check("m.toml", oneClock+"[constant.a]\nvalue = 1\n[aux.x]\nequation = \"y\"\n")
	for _, d := range list {
		if model.IsAdvice(d.Code) {
			t.Error(d)
		}
	}
}
