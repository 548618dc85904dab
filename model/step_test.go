package model_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
)

// stepWarning returns what a check says about the step.
func stepWarning(t *testing.T, text string, files fstest.MapFS) string {
	t.Helper()
	m, list := model.Parse("m.toml", []byte(text), files)
	_, more := model.Check(m)
	if list = append(list, more...); list.HasErrors() {
		t.Fatal(list)
	}
	said := ""
	for _, d := range list {
		if d.Code == model.StepTooLong {
			said += d.Message + "; " + d.Hint
		}
	}
	return said
}

// clockOf is the clock of a test's model.
func clockOf(step, method string) string {
	return "[time]\nstart = 0\nstop = 100\nstep = " + step + "\nunit = \"year\"\nmethod = \"" + method + "\"\n"
}

// The flows of one stock act together: the rates of outflows and goal gaps add up, growth is
// taken off, and two branches that never hold at once are not added.
func TestStepOfSeveralFlows(t *testing.T) {
	const stock = "[stock.s]\ninitial = 1\ninflow = [\"in\"]\noutflow = [\"out\"]\n[constant.goal]\nvalue = 5\n"
	for _, c := range []struct{ method, step, in, out, says string }{
		// 1/4 each: alone four steps of 1 in a time constant; together two.
		{"euler", "1", "(goal - s) / 4", "s / 4", "out and in, which together adjust s with a time constant of 2;"},
		{"euler", "1", "goal", "s / 4", ""},
		// 1.2 each: 2.4 time constants, past Euler's 2.
		{"euler", "1", "(goal - s) * 1.2", "s * 1.2", "2.4 time constants of out and in, which together move s"},
		// Growth of 0.2 leaves a rate of 0.1.
		{"euler", "2", "s * 0.2", "s * 0.3", ""},
		{"euler", "2", "goal", "s * 0.3", "time constant of 3.33"},
		// Hiring and dismissing: one of them at a time.
		{"euler", "1", "max(0, goal - s) / 4", "max(0, s - goal) / 4", ""},
		{"euler", "1", "max(0, goal - s) / 4", "s / 8", "which together adjust s with a time constant of 2.66666666667"},
		// A flow that hardly counts is not named.
		{"euler", "1", "(goal - s) / 2", "s / 1000", "long for in, which adjusts s with a time constant of 2;"},
		{"rk45", "1", "(goal - s) * 50", "s * 50", ""},
		{"stiff", "1", "(goal - s) * 50", "s * 50", ""},
	} {
		text := clockOf(c.step, c.method) + stock + "[flow.in]\nequation = \"" + c.in + "\"\n[flow.out]\nequation = \"" + c.out + "\"\n"
		if got := stepWarning(t, text, nil); !strings.Contains(got, c.says) || (got == "") != (c.says == "") {
			t.Errorf("%s: in %s, out %s: %q, want %q", c.method, c.in, c.out, got, c.says)
		}
	}
}

// An element of an array has its own time constant, and a flow from the element before is not its
// own: in an aging chain each place empties with its time, although what comes in cancels it in
// the sum.
func TestStepOfElements(t *testing.T) {
	const chain = "[dimension.d]\nelements = [\"1..60\"]\nordered = true\n[stock.s]\nover = [\"d\"]\ninitial = 1\n" +
		"inflow = [\"in\"]\noutflow = [\"out\"]\n[flow.in]\nover = [\"d\"]\nequation = \"out[d - 1]\"\n[flow.in.at]\n\"1\" = \"3\"\n" +
		"[flow.out]\nover = [\"d\"]\nequation = \"s / stay\"\n[constant.stay]\nover = [\"d\"]\nvalue = %s\n"
	for stay, says := range map[string]string{
		"5": "", "2": "time constant of 2;", "5\n[constant.stay.at]\n\"60\" = 1": "time constant of 1;",
		"5\n[constant.stay.at]\n\"1\" = 1": "time constant of 1;",
	} {
		if got := stepWarning(t, clockOf("1", "euler")+fmt.Sprintf(chain, stay), nil); !strings.Contains(got, says) ||
			(got == "") != (says == "") {
			t.Errorf("stay %q: %q, want %q", stay, got, says)
		}
	}
}

// The time constant of a module's stock may come from outside, through its binding.
func TestStepThroughModule(t *testing.T) {
	files := fstest.MapFS{"part.toml": {Data: []byte(clockOf("1", "euler") +
		"[stock.s]\ninitial = 1\ninflow = [\"in\"]\n[flow.in]\nequation = \"(goal - s) / late\"\n" +
		"[constant.goal]\nvalue = 5\n[constant.late]\nvalue = 10\n")}}
	const text = "[module.m]\nfile = \"part.toml\"\n[module.m.bind]\nlate = \"2 * short\"\n[constant.short]\nvalue = 0.5\n"
	if got := stepWarning(t, clockOf("1", "euler")+text, files); !strings.Contains(got, "m.in, which adjusts m.s with a time constant of 1;") {
		t.Errorf("%q", got)
	}
}

// A goal gap that reads its stock through a smooth is a loop of two stocks, x' = (goal - y)/T and
// y' = (x - y)/D, whose swings die out for every T and D. Euler's method multiplies their
// square by 1 - h/D + h^2/(T D) in a step of h: they grow if h > T.
func TestStepOfALoopThroughADelay(t *testing.T) {
	for _, c := range []struct {
		method, adjust, says string
	}{
		{"euler", "0.9", "too long for the loop through s: its swings die out, but by euler's method they grow; take a step of at most 0.45"},
		{"euler", "1.1", ""},
		{"heun", "0.9", ""}, // |1 + z + z^2/2| = 0.75 at z = h lambda
		{"rk45", "0.1", ""},
	} {
		text := clockOf("1", c.method) + "[stock.s]\ninitial = 1\ninflow = [\"in\"]\n[flow.in]\nequation = \"(goal - seen) / adjust\"\n" +
			"[aux.seen]\nequation = \"smooth1(s, late)\"\n[constant.goal]\nvalue = 5\n[constant.late]\nvalue = 2\n" +
			"[constant.adjust]\nvalue = " + c.adjust + "\n"
		if got := stepWarning(t, text, nil); !strings.Contains(got, c.says) || (got == "") != (c.says == "") {
			t.Errorf("%s, adjust %s: %q, want %q", c.method, c.adjust, got, c.says)
		}
	}
}
