package answer

import (
	"slices"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/evidence"
	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/verdict"
)

func told(c *scenarios.Comparison) *Teller {
	charts := chart.New(reading.New(c))
	return New(charts, verdict.New(charts), evidence.New(charts))
}

// The numbers are those of the formulas in package fixture; the row that falls first says so.
func TestRowsSayWhatWasComputed(t *testing.T) {
	b := told(fixture.MadeUp()).Board()
	got := []string{}
	for _, r := range b.Rows {
		got = append(got, r.Name+" "+r.Effect+" "+strings.Join(r.Facts, "; "))
	}
	want := []string{
		"Coaching +1,150 120 fewer in 2028, worse until 2029; $41.2 million",
		"Shared special-education co-op +640 from early 2027; cost not known",
		"Late start unclear not distinguishable from no new decisions; cost not modelled",
		"Cuts −1,500 from early 2027; cost not known",
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows are\n%q\nwant\n%q", got, want)
	}
	if !b.Rows[0].Picked || b.Rows[1].Picked {
		t.Error("the best is not picked")
	}
	if len(b.Lead) != 2 {
		t.Errorf("%d sentences lead", len(b.Lead))
	}
}

// A gain in the end that is less than what is lost on the way is not told as a gain.
func TestGainThatCostsMoreOnTheWayIsMixed(t *testing.T) {
	c := fixture.MadeUp()
	c.Verdicts[0].Cumulative = -5000
	r := told(c).Board().Rows[0]
	if r.Effect != "mixed" || !slices.ContainsFunc(r.Facts, func(f string) bool { return strings.Contains(f, "worse over the years") }) {
		t.Errorf("the row says %q, %q", r.Effect, r.Facts)
	}
	c.Verdicts[0].Worse, c.Verdicts[0].Swings = nil, &scenarios.Swings{Changes: 3, BetterShare: 0.4, WorseShare: 0.6}
	for _, r := range told(c).Board().Rows {
		if r.Name == "Coaching" && r.Effect != "mixed" {
			t.Errorf("a difference that swings is told as %q", r.Effect)
		}
	}
}

// Only points of known cost are on the line, each better than every cheaper one.
func TestFrontierIsOfKnownCost(t *testing.T) {
	points := []point{{name: "none", whole: true}, {name: "dear", cost: 9, gain: 5, whole: true}, {name: "open", cost: 1, gain: 9},
		{name: "cheap", cost: 2, gain: 4, whole: true}, {name: "worse", cost: 5, gain: 3, whole: true}}
	got := []string{}
	for _, p := range bestForCost(points, scenarios.Higher) {
		got = append(got, p.name)
	}
	if !slices.Equal(got, []string{"none", "cheap", "dear"}) {
		t.Errorf("best for their cost are %v", got)
	}
	if got := bestForCost(points, scenarios.Lower); len(got) != 1 || got[0].name != "none" {
		t.Errorf("where less is wanted, best are %v", got)
	}
}

// The tank by hand: over ten years a tap gives 10 litres and costs 100 dollars, both taps together
// 30 for 200, as they help each other; the pump opens the hot tap twice, so with the cold one it
// gives (2 + 1 + 2 · 1) · 10 for 300. The hose has no known cost, and pump and hot tap exclude each
// other. The scenario that is one of the best is named.
func TestFrontierOfCombinations(t *testing.T) {
	c, err := fixture.CompareTank(fixture.TankSet)
	if err != nil {
		t.Fatal(err)
	}
	f := told(c).Frontier()
	var got []string
	for _, r := range f.Best.Rows {
		got = append(got, r.Cells[0].Text+"|"+r.Cells[0].Under+"|"+r.Cells[1].Text+"|"+r.Cells[2].Text)
	}
	want := []string{"1. Open the hot tap|the scenario “Hot”|$100|+10", "2. Open the hot tap + Open the cold tap||$200|+30",
		"3. Open the cold tap + Pump hot water||$300|+50"}
	if !slices.Equal(got, want) {
		t.Errorf("best for their cost are\n%q\nwant\n%q", got, want)
	}
	if n := strings.Count(string(f.Picture), `class="combined"`); n != 3 {
		t.Errorf("%d combinations are drawn", n)
	}
	if note := f.Best.Notes[0]; !strings.Contains(note, "4 interventions make 16 combinations.") || strings.Contains(note, "spread evenly") {
		t.Errorf("the note is %q", note)
	}
	c.Set.Uncertainty.Runs = 400 // of which 40 ran
	if words := told(c).Frontier().Best.Notes[0]; !strings.Contains(words, "medians of 40 futures, spread evenly over the 400") {
		t.Errorf("the words are %q", words)
	}
	c.Bundles = nil
	if f := told(c).Frontier(); f.Picture != "" || f.Best.Rows != nil {
		t.Error("one scenario and no combinations are drawn")
	}
}
