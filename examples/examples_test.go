// Package examples_test keeps the St. Louis examples true: they check without
// a word, behave as their tests say, compare, and rest on the evidence beside them.
package examples_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/behaviour"
	"weir/sim"
)

var examples = []string{"enrollment-decline", "teacher-retention", "family-confidence", city}

// city is the model that has the others, its parts, as modules.
const city = "st-louis"

var parts = examples[:3]

// load reads and checks an example, and fails on anything that there is to say.
func load(t *testing.T, example string) (*model.Model, *resolved.Model) {
	t.Helper()
	m, list := model.Load(filepath.Join(example, "model.toml"))
	if m == nil {
		t.Fatal(list)
	}
	r, more := model.Check(m)
	for _, d := range append(list, more...) {
		t.Errorf("%s: %s: %s", example, d.Code, d.Message)
	}
	if r == nil {
		t.FailNow()
	}
	return m, r
}

// programs are compiled once: they never change.
var programs = map[string]*sim.Program{}

func program(t *testing.T, example string) *sim.Program {
	t.Helper()
	if programs[example] == nil {
		_, r := load(t, example)
		p, err := sim.Compile(r)
		if err != nil {
			t.Fatal(err)
		}
		programs[example] = p
	}
	return programs[example]
}

// run runs an example with constants set and changes made.
func run(t *testing.T, example string, set map[string]float64, changes ...sim.Change) *sim.Result {
	t.Helper()
	res, err := program(t, example).Run(context.Background(), sim.Settings{Set: set, Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// to is a change for good.
func to(variable string, amount, start float64) sim.Change {
	return sim.Change{Variable: variable, Kind: sim.To, Amount: amount, Start: start, Until: math.Inf(1)}
}

func TestModelsCheckWithoutAWord(t *testing.T) {
	for _, e := range examples {
		load(t, e)
	}
}

func TestModelsBehave(t *testing.T) {
	for _, e := range examples {
		t.Run(e, func(t *testing.T) {
			m, r := load(t, e)
			findings, err := behaviour.Run(context.Background(), m, r, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(findings) < 10 {
				t.Errorf("only %d behaviour tests", len(findings))
			}
			for _, f := range findings {
				if !f.Pass {
					t.Errorf("%s: %s", f.Test, f.Message())
				}
			}
		})
	}
}

func TestConstantsAndDecisionsSayWhereTheyComeFrom(t *testing.T) {
	for _, e := range examples {
		m, _ := load(t, e)
		for _, v := range m.Variables {
			switch {
			case v.Label == "":
				t.Errorf("%s: %s has no label", e, v.Name)
			case v.Kind == model.KindConstant && (v.Units == "" || v.Source == "" || v.Evidence == ""):
				t.Errorf("%s: %s lacks units, source or evidence", e, v.Name)
			case v.Kind == model.KindConstant && v.Evidence == "study" && v.Range == nil && !strings.HasSuffix(v.Name, "pipeline_cost_per_student"):
				t.Errorf("%s: %s comes from studies and has no range", e, v.Name)
			case v.Kind == model.KindDecision && (v.Owner == "" || v.Range == nil):
				t.Errorf("%s: nobody owns %s, or it has no range", e, v.Name)
			}
		}
	}
}

// compare compares the scenarios of an example, in fewer futures than its page has.
func compare(t *testing.T, example string) *scenarios.Comparison {
	t.Helper()
	return compareSet(t, filepath.Join(example, "scenarios.toml"), 100)
}

// compareSet compares a set in so many futures, none if runs is 0.
func compareSet(t *testing.T, path string, runs int) *scenarios.Comparison {
	t.Helper()
	set, list := scenarios.Load(path)
	for _, d := range list {
		t.Errorf("%s: %s: %s", path, d.Code, d.Message)
	}
	if set == nil || list.HasErrors() {
		t.FailNow()
	}
	if set.Uncertainty.Runs = min(set.Uncertainty.Runs, runs); runs == 0 {
		set.Uncertainty = nil
	}
	c, err := scenarios.Compare(context.Background(), set, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSetsCompare(t *testing.T) {
	for _, e := range examples {
		t.Run(e, func(t *testing.T) {
			c := compare(t, e)
			for _, r := range append(c.Runs, c.Baseline) {
				sound(t, c, r)
			}
			for _, r := range c.Runs {
				if !changesSomething(c, r.Scenario) {
					t.Errorf("scenario %s changes no outcome", r.ID)
				}
			}
		})
	}
}

// sound: a run is finite, complete, limits nothing and does not depend on the step
// (A01, A03, A04 of the acceptance list).
func sound(t *testing.T, c *scenarios.Comparison, r *scenarios.Run) {
	t.Helper()
	if r.Result.NonFinite != nil || !r.Result.Complete || len(r.Result.Limits) > 0 {
		t.Errorf("%s: %v, limits %v", r.ID, r.Result.NonFinite, r.Result.Limits)
	}
	for k, column := range r.Result.Columns {
		largest := 0.0
		for i := range r.Result.Time {
			largest = max(largest, math.Abs(r.Result.Row(i)[k]))
		}
		if r.Halved.ByColumn[k] > 0.01*largest {
			t.Errorf("%s: half the step changes %s by %.2g of %.2g", r.ID, column.Name(), r.Halved.ByColumn[k], largest)
		}
	}
}

func changesSomething(c *scenarios.Comparison, s *scenarios.Scenario) bool {
	for _, v := range c.Verdicts {
		if v.Scenario == s && (v.Distinguishable || v.Unsure) {
			return true
		}
	}
	return false
}

func TestInterventionsSayWhatALeaderAsks(t *testing.T) {
	for _, e := range examples {
		set, list := scenarios.Load(filepath.Join(e, "scenarios.toml"))
		if set == nil {
			t.Fatal(list)
		}
		if len(set.Interventions) < 4 || len(set.Scenarios) < 4 {
			t.Errorf("%s: %d interventions, %d scenarios", e, len(set.Interventions), len(set.Scenarios))
		}
		for _, i := range set.Interventions {
			if i.Label == "" || i.About == "" || i.Owner == "" || i.Source == "" || i.Caution == "" {
				t.Errorf("%s: %s lacks label, about, owner, source or caution", e, i.ID)
			}
		}
		for _, text := range []string{set.Name, set.About} {
			if text == "" || strings.Contains(text, "_") {
				t.Errorf("%s: %q is not for a reader", e, text)
			}
		}
	}
}

func TestEvidenceIsListed(t *testing.T) {
	for _, e := range examples {
		list, err := os.ReadFile(filepath.Join(e, "evidence", "SOURCES.md"))
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(e, "evidence", "*.csv"))
		if err != nil || len(files) == 0 {
			t.Fatal(err, files)
		}
		for _, f := range files {
			if !strings.Contains(string(list), "`"+filepath.Base(f)+"`") {
				t.Errorf("%s is not in SOURCES.md", f)
			}
		}
	}
}

// A12 compares two closings with each other, which an expectation cannot.
func TestPreparedClosingsNeverFallAsLow(t *testing.T) {
	for example, names := range map[string][3]string{
		"family-confidence":  {"buildings_to_close", "preparation", "experienced_confidence[district]"},
		"enrollment-decline": {"buildings_to_close", "preparation", "experienced_confidence[district]"},
		city:                 {"enrollment.buildings_to_close", "enrollment.preparation", "families.experienced_confidence[district]"},
	} {
		twenty := to(names[0], 20, 2027)
		abrupt := lowest(run(t, example, nil, twenty), names[2], 2027, 2032)
		planned := lowest(run(t, example, nil, twenty, to(names[1], 1, 2027)), names[2], 2027, 2032)
		if !(planned > abrupt+0.01) {
			t.Errorf("%s: lowest %.4f prepared, %.4f at once", example, planned, abrupt)
		}
	}
}

func lowest(r *sim.Result, name string, from, to float64) float64 {
	low := math.Inf(1)
	for i, v := range r.Series(name) {
		if r.Time[i] >= from && r.Time[i] <= to {
			low = min(low, v)
		}
	}
	return low
}
