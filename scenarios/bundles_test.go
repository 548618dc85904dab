package scenarios

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// parts is a model in which a adds 10 luck by the horizon and costs 30, b adds 2 and costs
// 10, and the two together add 3 more; d adds 50, and what it costs is not known.
const parts = `
name = "Parts"
today = 0
[time]
start = 0
stop = 10
step = 0.5
save = 1
unit = "year"
[unit]
USD = {}
[stock.wealth]
initial = "100"
inflow = ["gain"]
units = "1"
[flow.gain]
equation = "a * luck + 0.2 * b + 0.3 * a * b + 5 * d"
units = "1/year"
[flow.money]
equation = "3 * a + b"
units = "USD/year"
[stock.purse]
initial = "0"
inflow = ["money"]
units = "USD"
[constant.luck]
value = 0.5
range = [0, 1]
units = "1/year"
[decision.a]
value = 0
units = "1"
[decision.b]
value = 0
units = "1"
[decision.d]
value = 0
units = "1"
`

const partsSet = `
model = "model.toml"
[outcome.wealth]
variable = "wealth"
better = "higher"
[outcome.cost]
variable = "money"
cost = true
[intervention.a.change.a]
to = 1
[intervention.b.change.b]
to = 1
[intervention.also_a.change.a]
to = 0.5
start = 5
[intervention.d]
cost = "cost not known"
[intervention.d.change.d]
to = 1
[scenario.all]
interventions = ["a", "b"]
`

const inFutures = "[uncertainty]\nruns = 64\nmethod = \"grid\"\n"

func bundled(t *testing.T, set string, o BundleOptions) *Bundles {
	t.Helper()
	b, err := RunBundles(context.Background(), sound(t, parts, set), o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// named is the bundle of that name.
func named(t *testing.T, b *Bundles, name string) *Bundle {
	t.Helper()
	i := slices.IndexFunc(b.List, func(x *Bundle) bool { return x.Name() == name })
	if i < 0 {
		t.Fatalf("no bundle %q", name)
	}
	return b.List[i]
}

func TestBundlesInFutures(t *testing.T) {
	b := bundled(t, partsSet+inFutures, BundleOptions{})
	if b.Futures != 64 || b.Excluded != 0 {
		t.Errorf("%d futures, %d excluded", b.Futures, b.Excluded)
	}
	a := named(t, b, "A").Effects
	near(t, "central", a[0].Central, 5)
	near(t, "median", a[0].Median, 5)
	near(t, "low", a[0].Range[0], 10*(0.1*63+0.5)/64)
	near(t, "worst tenth", a[0].Worst, 10*3.5/64) // the mean of the lowest 7 of 64
	near(t, "cost", a[1].Median, 30)
	both := named(t, b, "A + B").Effects
	near(t, "median of both", both[0].Median, 10)
	near(t, "cost of both", both[1].Median, 40)
}

// Bundles are ordered by size, then as in the set; what conflicts is told, and left out.
func TestBundlesWithConflicts(t *testing.T) {
	b := bundled(t, partsSet, BundleOptions{})
	var names []string
	for _, x := range b.List {
		names = append(names, x.Name())
	}
	want := []string{"No new decisions", "A", "B", "Also a", "D", "A + B", "A + D", "B + Also a", "B + D", "Also a + D", "A + B + D", "B + Also a + D"}
	if !slices.Equal(names, want) {
		t.Errorf("bundles %q, want %q", names, want)
	}
	if len(b.Conflicts) != 1 || b.Conflicts[0].Decision != "a" || b.Conflicts[0].B.ID != "also_a" || b.LeftOut != 4 {
		t.Errorf("conflicts %+v, %d left out", b.Conflicts, b.LeftOut)
	}
}

// A pair that adds 3 in every future beyond its parts, and pairs that add nothing.
func TestSynergy(t *testing.T) {
	for _, futures := range []string{"", inFutures} {
		b := bundled(t, partsSet+futures, BundleOptions{})
		for _, s := range b.Synergies {
			want := 0.0
			switch {
			case s.A.ID == "a" && s.B.ID == "b":
				want = 3
			case s.A.ID == "b" && s.B.ID == "also_a":
				want = 0.75 // half of a, for half of the time
			}
			near(t, "synergy", s.Central, want)
			near(t, "median", s.Median, want)
			near(t, "range", s.Range[1]-s.Range[0], 0)
			if futures != "" && (s.Above > 0.999) != (want > 0) || s.Below != 0 {
				t.Errorf("%s and %s: above 0 in %v of futures, below in %v", s.A.ID, s.B.ID, s.Above, s.Below)
			}
		}
		if len(b.Synergies) != 5 {
			t.Errorf("%d pairs", len(b.Synergies))
		}
	}
}

// At the median a, at 30, beats b, at 10; in the worst tenth of futures it does not.
func TestFrontier(t *testing.T) {
	b := bundled(t, strings.ReplaceAll(partsSet, "[intervention.also_a.change.a]\nto = 0.5\nstart = 5\n", "")+inFutures, BundleOptions{})
	var median, worst []string
	for _, x := range b.List {
		if x.Frontier {
			median = append(median, x.Name())
		}
		if x.FrontierWorst {
			worst = append(worst, x.Name())
		}
		if d := len(x.Unpriced) > 0; d != strings.Contains(x.Name(), "D") && x.Name() != "No new decisions" {
			t.Errorf("%s: unpriced is %v", x.Name(), d)
		}
	}
	if want := []string{"No new decisions", "A", "B", "A + B"}; !slices.Equal(median, want) {
		t.Errorf("frontier %q, want %q", median, want)
	}
	if want := []string{"No new decisions", "B", "A + B"}; !slices.Equal(worst, want) {
		t.Errorf("frontier of the worst tenth %q, want %q", worst, want)
	}
}

func TestBudget(t *testing.T) {
	budget := 35.0
	b := bundled(t, partsSet, BundleOptions{Budget: &budget, Most: 2})
	for _, x := range b.List {
		want := map[string]bool{"No new decisions": true, "A": true, "B": true, "Also a": true, "B + Also a": true}[x.Name()]
		if x.Affordable != want {
			t.Errorf("%s: affordable is %v", x.Name(), x.Affordable)
		}
		if len(x.Interventions) > 2 {
			t.Errorf("%s has more than two interventions", x.Name())
		}
	}
}

// Two ways to the same numbers: a bundle and the scenario of the same interventions.
func TestBundlesAgreeWithScenarios(t *testing.T) {
	set := partsSet + "[uncertainty]\nruns = 50\nmethod = \"sobol\"\nseed = 4\n"
	effect := named(t, bundled(t, set, BundleOptions{}), "A + B").Effects[0]
	v := compared(t, parts, set, 0).Verdicts[0]
	if effect.Central != v.Central.Difference || effect.Range != v.Range || effect.Median != v.Difference ||
		effect.BetterIn != v.BetterShare || effect.WorseIn != v.WorseShare || effect.Noise != v.Noise {
		t.Errorf("a bundle has %+v, the scenario %v, %v", effect, v.Difference, v.Range)
	}
}

func TestBundlesDoNotDependOnWorkers(t *testing.T) {
	set := partsSet + "[uncertainty]\nruns = 50\n"
	one, two := bundled(t, set, BundleOptions{Options: Options{Workers: 1}}), bundled(t, set, BundleOptions{Options: Options{Workers: 2}})
	for i := range one.List {
		for k, e := range one.List[i].Effects {
			e.Outcome, two.List[i].Effects[k].Outcome = nil, nil
			if !reflect.DeepEqual(e, two.List[i].Effects[k]) {
				t.Errorf("%s: %+v with one worker, %+v with two", one.List[i].Name(), e, two.List[i].Effects[k])
			}
		}
	}
}

func TestBundlesThatAreRefused(t *testing.T) {
	many := partsSet
	for _, name := range strings.Split("efghijklm", "") {
		many += "[intervention." + name + ".change.b]\nto = 0.5\n"
	}
	huge := partsSet
	for i := range 60 {
		huge += fmt.Sprintf("[intervention.x%d.change.b]\nto = 0.5\n", i)
	}
	budget := 5.0
	for _, c := range []struct {
		set  string
		o    BundleOptions
		says string
	}{
		{huge, BundleOptions{}, "64 interventions are too many to combine, at most 63"},
		{partsSet, BundleOptions{Outcome: "welth"}, `no outcome "welth"`},
		{strings.Replace(partsSet, "[outcome.cost]\nvariable = \"money\"\ncost = true\n", "", 1), BundleOptions{Budget: &budget}, "no cost outcome"},
		{strings.Replace(partsSet, "[outcome.wealth]\nvariable = \"wealth\"\nbetter = \"higher\"\n", "", 1), BundleOptions{}, "no outcome but a cost"},
	} {
		_, err := RunBundles(context.Background(), sound(t, parts, c.set), c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v does not say %q", err, c.says)
		}
	}
	if b := bundled(t, many, BundleOptions{Most: 1}); len(b.List) != 14 || len(b.Synergies) != 0 {
		t.Errorf("%d bundles of one", len(b.List))
	}
}

// Only words that say so make a cost unknown; others tell what the cost outcome has.
func TestUnpriced(t *testing.T) {
	for words, want := range map[string]bool{"": false, "Start-up cost not known": true, "cost not known; the same as the hub": true, "1,000 dollars per child a year": false} {
		if got := (&Intervention{Cost: words}).Unpriced(); got != want {
			t.Errorf("%q: %v", words, got)
		}
	}
}

// tenParts is a set of ten interventions in a model where pairs help or harm each other; its
// futures are so few that a search tries each combination in all of them.
func tenParts() (model, set string) {
	model, set = parts, strings.Replace(partsSet, "[scenario.all]", "[scenario.unused]", 1)
	gain, cost := "a * luck + 0.2 * b + 0.3 * a * b + 5 * d", "3 * a + b"
	for i := range 6 {
		name := fmt.Sprintf("e%d", i)
		model += "[decision." + name + "]\nvalue = 0\nunits = \"1\"\n"
		set += "[intervention." + name + ".change." + name + "]\nto = 1\n"
		gain += fmt.Sprintf(" + %v * %s * (1 + luck) + %v * %s * b", 0.1+float64(i*i%5)/9, name, float64(i%3)/4-0.25, name)
		cost += fmt.Sprintf(" + %v * %s", 0.5+float64(i*7%5)/3, name)
	}
	model = strings.Replace(model, "a * luck + 0.2 * b + 0.3 * a * b + 5 * d", gain, 1)
	return strings.Replace(model, "3 * a + b", cost, 1), set + "[uncertainty]\nruns = 24\nmethod = \"sobol\"\n"
}

// The search against brute force: in the same futures it finds the same frontier with the same
// numbers, from fewer combinations; and it lists nothing that is not on it but no new decisions.
func TestSearchFindsTheFrontierOfAll(t *testing.T) {
	model, set := tenParts()
	s := sound(t, model, set)
	run := func(o BundleOptions) *Bundles {
		b, err := RunBundles(context.Background(), s, o)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	all, found := run(BundleOptions{}), run(BundleOptions{Beside: true})
	var want, got []string
	for _, x := range all.List {
		if x.Frontier {
			want = append(want, x.Name())
		}
	}
	for _, x := range found.List {
		if !x.Frontier {
			t.Errorf("%s is listed and not on the frontier", x.Name())
		}
		got = append(got, x.Name())
		if same := named(t, all, x.Name()); !reflect.DeepEqual(same.Effects, x.Effects) {
			t.Errorf("%s: %+v, among all %+v", x.Name(), x.Effects, same.Effects)
		}
	}
	if !slices.Equal(got, want) || len(want) < 8 {
		t.Errorf("frontier %q\nof all %q", got, want)
	}
	if all.Tried != nil || found.Tried == nil || found.Tried.Of != 1024 || found.Tried.Futures != 24 ||
		found.Tried.Combinations > 512 || found.Tried.Stopped {
		t.Errorf("tried %+v of %d", found.Tried, len(all.List))
	}
}

// A set with more combinations than are run has each intervention, each pair and the best.
func TestBundlesOfManyInterventions(t *testing.T) {
	many := partsSet
	for _, name := range strings.Split("efghijklm", "") {
		many += "[intervention." + name + ".change.b]\nto = 0.5\n"
	}
	b := bundled(t, many, BundleOptions{})
	// 13 alone; of 78 pairs, a with also_a and the 45 among b and its nine variants are apart.
	if b.Tried == nil || b.Tried.Of != 8192 || len(b.Synergies) != 78-1-45 || b.Tried.Futures != 0 {
		t.Fatalf("tried %+v, %d pairs", b.Tried, len(b.Synergies))
	}
	for _, name := range []string{"No new decisions", "A", "M", "A + M", "A + B"} {
		named(t, b, name)
	}
	if !named(t, b, "A + B").Frontier || named(t, b, "A + M").Frontier {
		t.Error("A + B gains most for its cost, A + M less")
	}
}

// A combination that breaks down is left out of a search and said; the others stand. Beside a
// comparison an adaptive method is not asked for combinations.
func TestSearchWithoutWhatBreaksDown(t *testing.T) {
	model := strings.Replace(parts, "5 * d\"", "5 * d + 0 * ln(1.5 - a * b)\"", 1) // of a and b together
	c, err := Compare(context.Background(), sound(t, model, strings.Replace(partsSet, "[\"a\", \"b\"]", "[\"a\"]", 1)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := AddBundles(context.Background(), c, Options{}); err != nil || c.Bundles == nil {
		t.Fatal(err)
	}
	if c.Bundles.Tried.Broken != 0 {
		t.Errorf("%d broke down, where none does", c.Bundles.Tried.Broken)
	}
	model = strings.Replace(model, "1.5 - a * b", "0.6 - a * b", 1)
	c, err = Compare(context.Background(), sound(t, model, strings.Replace(partsSet, "[\"a\", \"b\"]", "[\"a\"]", 1)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := AddBundles(context.Background(), c, Options{}); err != nil || c.Bundles == nil {
		t.Fatal(err)
	}
	if !strings.Contains(c.Bundles.Chosen(), "Left out is 1 combination") || c.Bundles.Tried.Broken != 1 {
		t.Errorf("%d broke down: %s", c.Bundles.Tried.Broken, c.Bundles.Chosen())
	}
	named(t, c.Bundles, "A")
	model = strings.Replace(parts, "step = 0.5", "step = 0.5\nmethod = \"rk45\"", 1)
	c, err = Compare(context.Background(), sound(t, model, partsSet), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := AddBundles(context.Background(), c, Options{}); err != nil || c.Bundles != nil {
		t.Errorf("combinations by an adaptive method: %v", err)
	}
}
