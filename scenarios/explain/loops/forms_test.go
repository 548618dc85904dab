package loops_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/scenarios/explain/loops"
)

// passing returns the one loop that passes just these variables.
func passing(t *testing.T, r *loops.Result, variables string) *loops.Loop {
	t.Helper()
	want := strings.Fields(variables)
	slices.Sort(want)
	var all []string
	for _, g := range r.Groups {
		for _, l := range g.Loops {
			got := slices.Sorted(slices.Values(l.Variables))
			if slices.Equal(got, want) {
				return l
			}
			all = append(all, strings.Join(l.Variables, " "))
		}
	}
	t.Fatalf("no loop through %s among %q", variables, all)
	return nil
}

// A loop through a function with stocks inside passes one variable, and has the score that it has
// where the function is written out: a smooth of the first order, and a delay of the third.
func TestFunctionsPassOneVariable(t *testing.T) {
	const rest = `[stock.x]
initial = "10"
inflow = ["f"]
[flow.f]
equation = "(20 - seen) / 5"
`
	for _, x := range []struct{ function, written, ways string }{
		{"smooth1(x, 2)", `[stock.seen]
initial = "x"
inflow = ["change"]
[flow.change]
equation = "(x - seen) / 2"
`, "change"},
		{"delay3(x, 3)", `[aux.seen]
equation = "c / 1"
[stock.a]
initial = "x * 1"
inflow = ["in_a"]
outflow = ["a_b"]
[stock.b]
initial = "x * 1"
inflow = ["a_b"]
outflow = ["b_c"]
[stock.c]
initial = "x * 1"
inflow = ["b_c"]
outflow = ["out"]
[flow.in_a]
equation = "x"
[flow.a_b]
equation = "a / 1"
[flow.b_c]
equation = "b / 1"
[flow.out]
equation = "c / 1"
`, "in_a a a_b b b_c c"},
	} {
		short := of(t, clock(20, 0.25)+rest+"[aux.seen]\nequation = \""+x.function+"\"\n", loops.Options{})
		long := of(t, clock(20, 0.25)+rest+x.written, loops.Options{})
		one, all := passing(t, short, "x seen f"), passing(t, long, "x f seen "+x.ways)
		if n := len(short.Groups[0].Loops); n != 1 {
			t.Errorf("%s: %d loops, want 1: those inside the function are its own", x.function, n)
		}
		a, b := short.Scores(one), long.Scores(all)
		for i := range a {
			if math.Abs(a[i]-b[i]) > 1e-6*math.Abs(b[i]) {
				t.Errorf("%s at %v: score %v, written out %v", x.function, short.Time[i], a[i], b[i])
			}
		}
	}
}

// A fixed delay and the value of the step before pass a change on later, undivided: alone in its
// model the loop has the score -1 once the first change has come through.
func TestFixedDelays(t *testing.T) {
	for _, x := range []struct {
		function string
		from     float64
	}{{"delay_fixed(x, 2, 10)", 2.5}, {"previous(x, 10)", 0.5}} {
		r := of(t, clock(20, 0.25)+`[stock.x]
initial = "11"
outflow = ["f"]
[flow.f]
equation = "0.1 * late"
[aux.late]
equation = "`+x.function+"\"\n", loops.Options{})
		l := passing(t, r, "x late f")
		scores := r.Scores(l)
		for i, time := range r.Time {
			if time >= x.from && math.Abs(scores[i]+1) > 1e-9 {
				t.Errorf("%s: score %v at %v, want -1", x.function, scores[i], time)
			}
		}
	}
}

// A non-negative stock acts on its outflow only while it holds it back.
func TestLimits(t *testing.T) {
	r := of(t, clock(20, 0.25)+`[stock.tank]
initial = "20"
inflow = ["rain"]
outflow = ["use"]
non_negative = true
[flow.rain]
equation = "1 + sin(time) / 2"
[flow.use]
equation = "4 + 0.1*time"
`, loops.Options{})
	l := passing(t, r, "tank use")
	relative := r.Relative(l)
	if x := at(t, r, relative, 2); x != 0 {
		t.Errorf("with water in the tank the loop has %v, want 0", x)
	}
	// It loses 3 to 3.6 a year less the swing of the rain, and runs empty after 5.9 years. From then
	// on it does not change, and its use is the rain.
	for i, x := range relative {
		if empties := r.Time[i] == 5.75 || r.Time[i] == 6; empties != (x == -1) || !empties && x != 0 {
			t.Errorf("at %v the loop has %v", r.Time[i], x)
		}
	}
}

// Only the branch that is taken carries a loop, and a lookup beyond its points none.
func TestBranchesAndLookups(t *testing.T) {
	r := of(t, clock(20, 0.25)+`[stock.x]
initial = "1"
inflow = ["f"]
[flow.f]
equation = "if x < 5 then 0.3*x else effect(x)"
[lookup.effect]
points = [[5, 1.5], [8, 0.5]]
`, loops.Options{})
	l := passing(t, r, "x f")
	scores := r.Scores(l)
	relative := r.Relative(l)
	for i, time := range r.Time {
		x := l.Polarity
		if want := 1.0; time < 4 && (relative[i] != want || math.Abs(scores[i]-1) > 1e-9) {
			t.Errorf("%v at %v: %v, want it reinforcing", x, time, scores[i])
		}
		if time > 7 && time < 8 && relative[i] != -1 {
			t.Errorf("%v at %v: %v, want it balancing", x, time, relative[i])
		}
		if time > 16 && relative[i] != 0 {
			t.Errorf("%v at %v: %v, want it at rest", x, time, relative[i])
		}
	}
	if l.ID != "U1" {
		t.Errorf("the loop is %s, want U1: it changes its polarity", l.ID)
	}
}

// The arms race as an array has the scores of the three stocks apart: three loops of one element
// balance, and five of two or three elements reinforce.
func TestLoopsOfElements(t *testing.T) {
	r := of(t, clock(100, 0.25)+`[dimension.party]
elements = ["a", "b", "c"]
[dimension.other]
elements = ["a", "b", "c"]
[constant.weight]
over = ["party", "other"]
value = [[0, 1, 0.9], [1, 0, 1.1], [1.1, 0.9, 0]]
[constant.start]
over = ["party"]
value = [50, 100, 150]
[stock.arms]
over = ["party"]
initial = "start[party]"
inflow = ["change"]
[flow.change]
over = ["party"]
equation = "(weight[party, a]*arms[a] + weight[party, b]*arms[b] + weight[party, c]*arms[c]) / 2 - arms[party]"
`, loops.Options{Elements: true})
	apart := of(t, clock(100, 0.25)+armsRace, loops.Options{})
	up, down := make([]float64, len(r.Time)), make([]float64, len(r.Time))
	for _, l := range apart.Groups[0].Loops {
		for i, x := range apart.Relative(l) {
			if l.ID[0] == 'R' {
				up[i] += x
			} else {
				down[i] += x
			}
		}
	}
	list := r.Groups[0].Loops
	if len(list) != 2 || list[0].ID != "R1" || list[0].Count != 5 || list[1].ID != "B1" || list[1].Count != 3 {
		t.Fatalf("loops %+v", list)
	}
	if !slices.Equal(list[0].Elements, []string{"a", "b", "c"}) {
		t.Errorf("elements %v", list[0].Elements)
	}
	for i := range up {
		if r.Time[i] > 0.5 { // before it a stock may be at rest
			near(t, "reinforcing", r.Relative(list[0])[i], up[i], 1e-6)
			near(t, "balancing", r.Relative(list[1])[i], down[i], 1e-6)
		}
	}
}

// Regions that do not act on each other are one group, whose scores are means.
func TestElementsApart(t *testing.T) {
	r := of(t, clock(20, 0.25)+`[dimension.region]
elements = ["north", "south"]
[stock.people]
over = ["region"]
initial = "100"
inflow = ["births"]
outflow = ["deaths"]
[flow.births]
over = ["region"]
equation = "0.1 * people[region]"
[flow.deaths]
over = ["region"]
equation = "0"
[flow.deaths.at]
north = "0.05 * people[north]"
south = "0.2 * people[south]"
`, loops.Options{Elements: true})
	if len(r.Groups) != 1 || r.Groups[0].Copies != 2 {
		t.Fatalf("%d groups, want one that stands for two", len(r.Groups))
	}
	near(t, "births", r.Relative(passing(t, r, "people births"))[10], (2./3+1./3)/2, 1e-9)
}

// An outcome keeps the groups that act on it, its own first; the time asked about bounds shares and
// phases.
func TestOutcomeAndTime(t *testing.T) {
	const two = `[stock.a]
initial = "1"
inflow = ["fa"]
[flow.fa]
equation = "0.1*a"
[stock.b]
initial = "1"
inflow = ["fb"]
outflow = ["gb"]
[flow.fb]
equation = "a"
[flow.gb]
equation = "0.3*b"
[aux.result]
equation = "b * 2"
`
	r := of(t, clock(20, 0.25)+two, loops.Options{Outcome: "b"})
	if len(r.Groups) != 2 || r.Groups[0].Stocks[0] != "b" || r.Groups[1].Stocks[0] != "a" {
		t.Fatalf("groups %v and %v", r.Groups[0].Stocks, r.Groups[len(r.Groups)-1].Stocks)
	}
	if r = of(t, clock(20, 0.25)+two, loops.Options{Outcome: "a"}); len(r.Groups) != 1 {
		t.Errorf("%d groups act on a, want 1", len(r.Groups))
	}
	if r = of(t, clock(20, 0.25)+two, loops.Options{Outcome: "result"}); len(r.Groups) != 2 {
		t.Errorf("%d groups act on result, want 2", len(r.Groups))
	}
	from, to := 12.0, 15.0
	r = of(t, clock(15, 0.0625)+bassTables, loops.Options{From: &from, To: &to})
	p := r.Groups[0].Phases
	if len(p) != 1 || p[0].From != 12 || p[0].To != 15 || p[0].Loops[0].ID != "B1" {
		t.Errorf("phases %+v", p)
	}
}

// Where loops are merged, ways between the same stocks count as one with the sum of their scores: as
// the same linear model has it with its equations written into the flows.
func TestMergedLoopsAreSums(t *testing.T) {
	apart := of(t, clock(20, 0.25)+`[stock.x]
initial = "1"
inflow = ["fx"]
[stock.y]
initial = "5"
inflow = ["fy"]
[flow.fx]
equation = "fast - slow + idle"
[aux.fast]
equation = "0.4 * y"
[aux.slow]
equation = "0.1 * y + 0.2 * x"
[aux.idle]
equation = "0.05 * x"
[flow.fy]
equation = "0.1 * x - 0.3 * y"
`, loops.Options{Search: loops.States})
	written := of(t, clock(20, 0.25)+`[stock.x]
initial = "1"
inflow = ["fx"]
[stock.y]
initial = "5"
inflow = ["fy"]
[flow.fx]
equation = "0.3 * y - 0.15 * x"
[flow.fy]
equation = "0.1 * x - 0.3 * y"
`, loops.Options{})
	if !apart.Search.Merged || len(apart.Groups[0].Loops) != 3 || len(written.Groups[0].Loops) != 3 {
		t.Fatalf("%d and %d loops, want 3", len(apart.Groups[0].Loops), len(written.Groups[0].Loops))
	}
	for _, l := range apart.Groups[0].Loops {
		var other *loops.Loop
		for _, o := range written.Groups[0].Loops {
			if slices.Equal(o.States, l.States) {
				other = o
			}
		}
		a, b := apart.Relative(l), written.Relative(other)
		for i := range a {
			near(t, l.ID, a[i], b[i], 1e-9)
		}
	}
	var through []string
	for _, l := range apart.Through("idle") {
		through = append(through, strings.Join(l.States, " "))
	}
	if !slices.Equal(through, []string{"x"}) {
		t.Errorf("loops through idle: %q, want that of x alone", through)
	}
	if n := len(apart.Through("slow")); n != 2 {
		t.Errorf("%d loops through slow, want 2", n)
	}
}

// Sentences are made of the phases: labels, dates and percentages, and the polarity of a loop that
// changes it.
func TestSentences(t *testing.T) {
	r := of(t, clock(100, 0.5)+yeast, loops.Options{})
	v := loops.Voice{Label: strings.ToUpper, Date: func(time float64) string { return fmt.Sprint("day ", time) }}
	got := r.Groups[0].Sentences(v)
	want := []string{
		"From day 0 to day 54.5 the then reinforcing loop U1 (CELLS → BIRTHS) carries 86 % of the change in " +
			"ALCOHOL and CELLS.",
		"From day 54.5 to day 68.5 the balancing loop B2 (ALCOHOL → CELLS) carries 64 % of the change.",
	}
	if len(got) != 4 || !slices.Equal(got[:2], want) {
		t.Errorf("sentences %q, want %q and two more", got, want)
	}
	other, err := r.ActingOn("making")
	if err != nil || len(other) != 1 {
		t.Errorf("groups acting on making: %v, %v", other, err)
	}
	if _, err := r.ActingOn("maker"); err == nil {
		t.Error("an outcome that the model does not have is accepted")
	}
}
