package behaviour

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
)

// drain is a stock of 100 in two sectors that loses a share of itself, by Euler's
// method: after n steps 100 (1 - loss)^n are left.
const drain = `[time]
start = 0
stop  = 4
step  = 1
unit  = "year"
method = "euler"
[dimension.sector]
elements = ["district", "charter"]
[dimension.small]
of = "sector"
elements = ["charter"]
[stock.water]
over = ["sector"]
initial = "100"
outflow = ["leak"]
[stock.lost]
over = ["sector"]
initial = "0"
inflow = ["leak"]
[flow.leak]
over = ["sector"]
equation = "water * loss + tap"
[aux.total]
equation = "sum(water)"
[constant.loss]
value = 0.1
[decision.tap]
over = ["sector"]
value = [0, 0]
[decision.plug]
value = 0
range = [0, 1]
[data.record]
over = ["sector"]
file = "recorded.csv"
time = "year"
[data.record.at]
district = "district"
charter = "charter"
[lookup.crowding]
points = [[0, 0], [100, 1]]
`

// run tests one table over the drain. Expectations that nothing could break are judged like all, since
// many of the rows below are about functions and not about the model.
func run(t *testing.T, text string) []Finding {
	t.Helper()
	m := load(t, text)
	if _, list := model.Check(m); list.HasErrors() {
		t.Fatal(list)
	}
	p := newPlan(m)
	p.check()
	found, err := p.findings(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func load(t *testing.T, text string) *model.Model {
	t.Helper()
	m, list := model.Parse("drain.toml", []byte(drain+text), os.DirFS("testdata"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	return m
}

// expectations over the drain: what each says, and whether it holds.
var expectations = []struct {
	expect string
	holds  bool
	says   string // part of the message
}{
	// Bounds, at every time and for every element.
	{"water >= 60", true, "water = 65.61 is >= 60 for charter at 4"},
	{"water > 80", false, "water = 72.9 is not > 80 for district at 3"},
	{"water > 0 and total <= 200", true, "total = 200 is <= 200 at 0"},
	{"water > 0 and total < 200", false, "total = 200 is not < 200 at 0"},
	{"water[charter] > 65", true, "water[charter] = 65.61"},
	{"sum(water) = total", true, ""},
	{"not water < 0", true, ""},
	{"if time < 2 then water > 85 else water > 60", true, ""},
	// Moments.
	{"at(water, 2) = 81", true, "at(water, 2) = 81 is = 81 for charter"},
	{"first(total) = 200", true, "first(total) = 200 is = 200"},
	{"abs(last(total) - 131.22) < 1e-9", true, ""},
	{"lowest(total, 1, 2) = 162", true, ""},
	{"highest(total, 1, 2) = 180", true, ""},
	{"when_lowest(total) = 4", true, ""},
	{"when_highest(total, 1) = 1", true, ""},
	{"average(total, 0, 1) = 190", true, ""},
	{"average(total, 2, 2) = 162", true, ""},
	{"water <= first(water)", true, "water = 100 is <= first(water) = 100 for charter at 0"},
	{"at(water, time - 1) >= water or time = 0", true, ""},
	{"at(total, 9) > 0", false, "outside the run"},
	// Unchanged runs.
	{"water = base(water)", true, ""},
	{"total - base(total) = 0", true, ""},
	{"sum(base(water)) = total", true, ""},
	{"mean(at(water, 2)) = 81", true, ""},
	{"max(base(total), 1) >= total", true, ""},
	// Parentheses stay where they are.
	{"(base(water) + 1) * 2 > (water) * 1", true, ""},
	{"((water)) = (base((water)))", true, ""},
	{"(sum(base(water)) + 1) - (total + 1) = 0", true, ""},
	{"(water - (base(water) - 1)) * 2 = 2", true, ""},
	// Functions of the model on what test functions give.
	{"safediv(base(total), 0) = 0 and power(base(total) / total, 2) = 1", true, ""},
	// Subscripts: a part matches the whole by the names of its elements.
	{"water[small] = base(water)", true, ""},
	{"base(water[charter]) = water[district]", true, ""},
	{"water[small] - water = 0", true, ""},
	{"sum(water[small!]) = base(water[charter])", true, ""},
	{"sum(water[*]) = total and mean(water[*]) * 2 = total", true, ""},
	{"min(water) = max(base(water))", true, ""},
	{"- (base(water)) < + 0", true, ""},
	// Lookups and functions with a memory.
	{"crowding(water) <= 1 and base(crowding(water)) <= 1", true, ""},
	{"base(smooth1(total, 4)) >= total", true, ""},
	// Data: district is 100, 90, 81 against 100, 90, 80; charter 100, -, 81 against
	// 200, -, 240, an error of 50 % and 66.25 %.
	{"mape(water[district], record[district]) < 0.0042", true, "= 0.00416667"},
	{"mape(water, record) < 0.01", false, "mape(water, record) = 0.58125 is not < 0.01 for charter"},
	{"worst_error(water, record) <= 0.6625", true, ""},
	{"mape(water[charter], record[charter], 1, 1) < 1", false, "without data"},
	{"direction_share(water, record) = 1", false, "direction_share(water, record) = 0 is not = 1 for charter"},
}

func TestExpectations(t *testing.T) {
	for _, row := range expectations {
		t.Run(row.expect, func(t *testing.T) {
			f := run(t, "[test.x]\nexpect = '"+row.expect+"'\n")[0]
			if f.Pass != row.holds || !strings.Contains(f.Message(), row.says) {
				t.Errorf("pass %v, %q; want %v and %q", f.Pass, f.Message(), row.holds, row.says)
			}
		})
	}
}

// changes are runs with other settings, and what must hold in them.
var changes = []struct{ name, table string }{
	{"set", "set = { loss = 0.5 }\nexpect = [\"at(water, 1) = 50\", \"base(at(water, 1)) = 90\", \"water <= base(water)\"]"},
	{"one element", "set = { \"tap[charter]\" = 5 }\nexpect = [\"at(water[charter], 1) = 85\", \"water[district] = base(water[district])\"]"},
	{"one element, on a date", "change.\"tap[ Charter ]\" = { add = 5, start = 1, until = 2 }\nexpect = [\"at(water[charter], 2) = 76\", \"at(water[charter], 3) < 76 and water[district] = base(water[charter])\"]"},
	{"a subrange", "set = { \"tap[small]\" = 5 }\nexpect = [\"at(water[charter], 1) = 85\", \"water[district] = base(water[district])\"]"},
	{"all, on a date", "change.\"tap[*]\" = { add = 5, start = 1, until = 2 }\nexpect = [\"at(water, 2) = 76\", \"at(water, 1) = 90\"]"},
	{"extreme zero", "set = { loss = 0 }\nexpect = \"water = 100\""},
	{"extreme large", "set = { loss = 1e9 }\nexpect = \"abs(at(water, 1) + 1e11) < 1000\""},
	{"constant changed on a date", "change.loss = { to = 0, start = 2 }\nexpect = [\"last(water) = 81\", \"if time <= 2 then water = base(water) else water > base(water)\"]"},
	{"within a time", "change.loss = { to = 0, start = 2 }\nfrom = 3\nexpect = \"water > base(water)\""},
	{"step", "step = 0.5\nexpect = \"abs(at(water, 1) - 100 * 0.95 ^ 2) < 1e-9 and abs(water - base(water)) < 2\""},
	{"method", "method = \"rk4\"\nexpect = \"abs(water - 100 * exp(-0.1 * time)) < 1e-4\""},
	{"stop", "stop = 2\nexpect = \"last(water) = 81\""},
	{"conserve", "conserve = [\"water\", \"lost\"]\nmethod = \"rk4\""},
	{"conserve all", "conserve = true\nset = { loss = 0.7 }"},
}

func TestChanges(t *testing.T) {
	for _, row := range changes {
		t.Run(row.name, func(t *testing.T) {
			f := run(t, "[test.x]\n"+row.table+"\n")[0]
			if !f.Pass {
				t.Error(f.Message())
			}
		})
	}
}

// A stock that is not its flows is found: here the ledger is handed another flow.
func TestImbalanceIsFound(t *testing.T) {
	m := load(t, "[flow.trickle]\nover = [\"sector\"]\nequation = \"1\"\n[test.x]\nconserve = [\"water\"]\n")
	p := newPlan(m)
	p.check()
	all, err := p.runs(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Variable("water").Outflow = []string{"trickle"}
	p.addUp(all.ledger, "trickle", []string{"sector"})
	all.ledger.sums["trickle"] = "lost"
	if c := p.finding(p.tests[0], all).Claims[0]; !c.Pass {
		t.Errorf("what leaks is lost: %s", c.Message)
	}
	all.ledger.sums["trickle"] = "water"
	if c := p.finding(p.tests[0], all).Claims[0]; c.Pass || c.Element != "district" {
		t.Errorf("a stock that is no sum of its flows passes: %s", c.Message)
	}
}

// Tests with equal settings share a run.
func TestRunsAreShared(t *testing.T) {
	p := newPlan(load(t, `[test.a]
expect = "water > 0"
[test.b]
set = { loss = 0.2 }
expect = "water > 0"
[test.c]
set = { loss = 0.2 }
expect = ["total > 0", "water > 0"]
`))
	p.check()
	all, err := p.runs(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(all.expect) != 2 || len(p.probes) != 2 {
		t.Errorf("%d runs and %d probes, want 2 and 2", len(all.expect), len(p.probes))
	}
}

// A test that cannot be computed fails; the others are run.
func TestMistakeFailsOneTest(t *testing.T) {
	m := load(t, "[test.bad]\nexpect = \"wtaer > 0\"\n[test.good]\nexpect = \"water > 0\"\n")
	found, err := Run(context.Background(), m, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if found[0].Pass || !strings.Contains(found[0].Message(), "wtaer") || !found[1].Pass {
		t.Errorf("findings %+v", found)
	}
}

// A run that cannot go on fails its tests with the reason.
func TestRunThatStops(t *testing.T) {
	f := run(t, "[aux.inverse]\nequation = \"1 / (water[charter] - 81)\"\n[test.x]\nexpect = \"inverse < 5\"\n")[0]
	if f.Pass || !strings.Contains(f.Message(), "inverse is +Inf at 2") {
		t.Errorf("finding %+v", f)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, load(t, "[test.x]\nexpect = \"water > 0\"\n"), nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// mistakes are tests that model.Check and Check together refuse once, with a mark
// where they point to.
var mistakes = []struct {
	code  diagnostic.Code
	table string
	says  string
}{
	{model.UnknownName, "expect = \"«wtaer» > 0\"", "water"},
	{model.UnknownName, "expect = \"base(«wtaer») > 0 and water > 0\"", "water"},
	{model.UnknownElement, "expect = \"water[«chater»] > 0\"", "charter"},
	{model.SubscriptCount, "expect = \"«water[charter, k]» > base(water)\"", "water"},
	{UnknownFunction, "expect = \"«bsae»(water) > 0\"", "did you mean base?"},
	{Arguments, "expect = \"«at»(water) > 0\"", "at takes 2 arguments, not 1"},
	{NotData, "expect = \"mape(water, «total») < 1\"", "total is not recorded data"},
	{NotData, "expect = \"mape(water, «record * 2») < 1\"", "the second argument of mape is recorded data"},
	{model.UnknownElement, "expect = \"mape(water, record[«chater»]) < 1\"", "not an element of sector"},
	{CannotSplit, "expect = \"«smooth1»(base(water), 2) > 0\"", "inside"},
	{model.UnknownName, "set = { «los» = 1 }\nexpect = \"water > 0\"", "did you mean loss?"},
	{model.SubscriptCount, "set = { «\"loss[charter]\"» = 1 }\nexpect = \"water > 0\"", "loss"},
	{model.UnknownName, "set = { «water» = 1 }\nexpect = \"water > 0\"", "water is"},
	{model.UnknownName, "expect = \"water > 0\"\n«[test.x.change.total]»\nto = 1", "total is"},
	{model.UnknownName, "conserve = [\"leak\"]", "leak"},
	{model.UnknownName, "conserve = [\"watre\"]", "did you mean water?"},
	{OutsideRun, "from = 9\nexpect = \"water > 0\"", "its run ends in 4"},
	{ExpectsNothing, "expect = []", "expects nothing"},
	{ChangesNothing, "set = { «loss» = 0.1 }\nexpect = \"water < 200\"", "loss is 0.1 already"},
	{ChangesNothing, "expect = \"water < 200\"\n«[test.x.change.loss]»\ntimes = 1", "changes nothing"},
	{ChangesNothing, "expect = \"water < 200\"\n«[test.x.change.\"tap[charter]\"]»\nadd = 0", "changes nothing"},
	{ChangesNothing, "expect = \"water < 200\"\n«[test.x.change.plug]»\nto = 0\nstart = 2", "changes nothing"},
	{CannotFail, "expect = \"«water <= base(water)»\"", "whatever the model does"},
	{CannotHold, "expect = \"«abs(water - first(water)) < 0»\"", "a tolerance of 0 or more"},
	{CannotHold, "expect = \"«water > 1 and total < base(total) - 1»\"", "no run"},
}

// refused are the errors in a model's equations and tests, each once.
func refused(m *model.Model) diagnostic.List {
	_, list := model.Check(m)
	list = append(list, Check(m, list)...)
	return slices.DeleteFunc(list, func(d diagnostic.Diagnostic) bool { return d.Severity != diagnostic.Error })
}

func TestMistakes(t *testing.T) {
	for _, row := range mistakes {
		t.Run(row.table, func(t *testing.T) {
			text, start, end := unmark("[test.x]\n" + row.table + "\n")
			list := refused(load(t, text))
			if len(list) != 1 || list[0].Code != row.code {
				t.Fatalf("found %+v, want one %s", list, row.code)
			}
			d := list[0]
			if !strings.Contains(d.Message+" "+d.Hint, row.says) {
				t.Errorf("said %q (%q), without %q", d.Message, d.Hint, row.says)
			}
			if start >= 0 && (d.Span.Start != len(drain)+start || d.Span.End != len(drain)+end) {
				t.Errorf("points to %q", (drain + text)[d.Span.Start:d.Span.End])
			}
		})
	}
}

// unmark takes the marks out of a text; start is -1 without them.
func unmark(marked string) (text string, start, end int) {
	before, rest, ok := strings.Cut(marked, "«")
	if !ok {
		return marked, -1, -1
	}
	inside, after, _ := strings.Cut(rest, "»")
	return before + inside + after, len(before), len(before) + len(inside)
}

// A text with escapes still points to the right place.
func TestPlaceInEscapedText(t *testing.T) {
	text := "[test.x]\nexpect = \"\\u0077ater > 0 and base(wtaer) > 0\"\n"
	list := refused(load(t, text))
	if len(list) != 1 || (drain + text)[list[0].Span.Start:list[0].Span.End] != "wtaer" {
		t.Errorf("found %+v", list)
	}
}

// Every code earns itself where its example says so, and nothing else.
func TestCodes(t *testing.T) {
	for _, row := range Codes {
		m, list := model.Parse("model.toml", []byte(row.Example), nil)
		if list.HasErrors() {
			t.Fatal(list)
		}
		_, all := model.Check(m)
		found := append(diagnostic.List{}, Check(m, all)...)
		for _, d := range all {
			if d.Severity == diagnostic.Error {
				found = append(found, d)
			}
		}
		if len(found) != 1 || found[0].Code != row.Code {
			t.Errorf("%s: found %+v", row.Code, found)
			continue
		}
		line, _ := diagnostic.Position([]byte(row.Example), found[0].Span.Start)
		if want := strings.Split(row.Example, "\n")[line-1]; !strings.Contains(want, "# "+strings.ToUpper(found[0].Severity.String())+" "+string(row.Code)) {
			t.Errorf("%s: reported at %q", row.Code, want)
		}
	}
}

// Every function's example holds in the model of the codes, with a record of what a
// loss of 3 % a year leaves: 100, 97, 94.09, rounded.
func TestFunctionExamples(t *testing.T) {
	files := fstest.MapFS{"enrollment.csv": {Data: []byte("year,students\n0,100\n1,97\n2,94\n")}}
	for _, f := range Functions {
		text := exampleModel + "[data.enrollment]\nfile = \"enrollment.csv\"\ntime = \"year\"\nvalue = \"students\"\nunits = \"student\"\n" +
			"[test.example]\nset = { leaving_share = 0.031 }\nexpect = \"" + f.Example + "\"\n"
		m, list := model.Parse("model.toml", []byte(text), files)
		if list.HasErrors() || len(refused(m)) > 0 {
			t.Fatal(f.Name, list, refused(m))
		}
		found, err := Run(context.Background(), m, nil, nil)
		if err != nil || !found[0].Pass {
			t.Errorf("%s: %v, %v", f.Example, found[0].Message(), err)
		}
		if !strings.Contains(f.Example, f.Name+"(") || f.Help == "" {
			t.Errorf("%s has no example or no help", f.Name)
		}
	}
}

// A test may have other runs, each a function of its name: the same numbers as in a
// test of their own.
func TestOtherRuns(t *testing.T) {
	found := run(t, `
[test.leaks]
step   = 0.5
set    = { loss = 0.2 }
expect = [
  "abs(last(total) - 200 * 0.9^8) < 1e-9",
  "abs(last(slow(total)) - 200 * 0.95^8) < 1e-9",
  "abs(last(base(total)) - 200 * 0.9^4) < 1e-9",
  "slow(total) >= total",
  "last(tapped(total)) > last(slow(total)) and sum(tapped(water)) > 10",
  "lowest(slow(total)) > highest(slow(total))",
]
[test.leaks.run.slow]
set = { loss = 0.1 }
[test.leaks.run.tapped]
set = { loss = 0.1 }
[test.leaks.run.tapped.change."tap[charter]"]
to    = -3
start = 2
`)
	for i, c := range found[0].Claims {
		if want := i < 5; c.Pass != want {
			t.Errorf("%s: %v, %s", c.Text, c.Pass, c.Message)
		}
	}
	if got := found[0].Claims[5].Message; !strings.Contains(got, "lowest(slow(total)) = 132.68") {
		t.Errorf("got %s", got)
	}
}

// Mistakes in other runs are mistakes of the test.
func TestOtherRunsMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"[test.x]\nexpect = 'slwo(total) > 0'\n[test.x.run.slow]\nset = { loss = 0.1 }\n":                                                         "did you mean slow?",
		"[test.x]\nexpect = 'slow(total, 1) > 0'\n[test.x.run.slow]\nset = { loss = 0.1 }\n":                                                      "slow takes 1 argument, not 2",
		"[test.x]\nexpect = 'fast(total) > 0'\n[test.x.run.fast.change.'tap[city]']\nto = 3\n":                                                    `sector has no element "city"`,
		"[test.x]\nexpect = 'total > 0'\n[test.x.run.first]\nset = { loss = 0.1 }\n":                                                              "first is a function or a variable already",
		"[function.half]\narguments = ['x']\nequation = 'x / 2'\n[test.x]\nexpect = 'half(total) > 0'\n[test.x.run.half]\nset = { loss = 0.1 }\n": "half is a function or a variable already",
		"[test.a]\nexpect = 'total > 0'\n[test.a.run.slow]\n[test.x]\nexpect = 'slow(total) > 0'\n":                                               `there is no function "slow"`,
	} {
		m := load(t, text)
		var got []string
		_, list := model.Check(m)
		for _, d := range append(list, Check(m, list)...) {
			got = append(got, d.Message+" "+d.Hint)
		}
		if !strings.Contains(strings.Join(got, "\n"), want) {
			t.Errorf("%s: got %q, want %s", text, got, want)
		}
	}
}

// Expectations may call the model's own functions, also around and over test functions.
func TestFunctionsOfOnesOwn(t *testing.T) {
	found := run(t, `[function.half]
arguments = ["x"]
equation = "x / 2"
[test.x]
expect = [
  "half(total) <= 100",
  "half(last(total)) > half(130)",
  "at(half(total), 1) = 90",
  "half(total) > 70",
]
`)
	for i, c := range found[0].Claims {
		if want := i < 3; c.Pass != want {
			t.Errorf("%s: %v, %s", c.Text, c.Pass, c.Message)
		}
	}
	if got := found[0].Claims[3].Message; !strings.Contains(got, "65.61 is not > 70 at 4") {
		t.Errorf("got %s", got)
	}
}
