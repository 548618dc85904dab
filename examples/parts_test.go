package examples_test

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/stat"

	"weir/model"
	"weir/scenarios/behaviour"
	"weir/sim"
)

// part checks, tests and runs a part of the city by itself.
func part(t *testing.T, file string) *sim.Result {
	t.Helper()
	m, list := model.Load(filepath.Join(city, file))
	r, more := model.Check(m)
	if list = append(list, more...); len(list) > 0 {
		t.Fatal(list)
	}
	findings, err := behaviour.Run(context.Background(), m, r, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.Pass {
			t.Errorf("%s: %s: %s", file, f.Test, f.Message())
		}
	}
	return forecast(t, m, nil)
}

// Confidence driven by the closings on record makes of leaving what the counts show of it: little.
func TestConfidenceByClosingsBesideLeaving(t *testing.T) {
	res := part(t, "part-closings.toml")
	var modelled, counted []float64
	low, high := math.Inf(1), math.Inf(-1)
	for y := 2009.; y <= 2020; y++ {
		modelled, counted = append(modelled, res.At("leaving", y)), append(counted, res.At("recorded_leaving", y))
		low, high = min(low, res.At("leaving", y)), max(high, res.At("leaving", y))
	}
	claims(t, fmt.Sprintf("makes leaving move between %.1f and %.1f percent a year from 2009 to 2020, where the counts move between %.1f and %.1f; the two correlate by %.2f",
		100*low, 100*high, 100*least(counted), 100*most(counted), stat.Correlation(modelled, counted, nil)))
}

// Staffing driven by the positions on record leaves open what was reported, once the season of each
// count is in it.
func TestStaffingByPositionsBesideOpenOnes(t *testing.T) {
	res := part(t, "part-staffing.toml")
	open := func(when float64) float64 { return res.At("teachers.open_when_counted[district]", when) }
	claims(t, fmt.Sprintf("%.0f open positions in February 2020 (110 reported), %.0f in spring 2022 (108), %.0f in June 2023 (279) and %.0f in August (219)",
		open(2020.375), open(2022.625), open(2023.75), open(2023.875)))
}

func least(list []float64) float64 {
	x := math.Inf(1)
	for _, v := range list {
		x = min(x, v)
	}
	return x
}

func most(list []float64) float64 {
	x := math.Inf(-1)
	for _, v := range list {
		x = max(x, v)
	}
	return x
}

// A pilot wins where coaching does not work here and loses where it does: what both ways leave in
// 2035, in results and in dollars, by the effect that coaching has.
func TestPilotsWinOrLose(t *testing.T) {
	all := []sim.Change{to("coaching_cover", 0.5, 2027)}
	pilot := append([]sim.Change{to("pilot_first", 1, 2027)}, all...)
	var cheaper, better bool
	for _, effect := range []float64{-0.1, 0, 0.1, 0.25, 0.49} {
		set := map[string]float64{"teachers.coaching_effect": effect}
		none := run(t, city, set)
		at := func(changes []sim.Change) (results, cost float64) {
			res := run(t, city, set, changes...)
			for y := 2027.; y < 2045; y++ { // dollars of 2026, not discounted
				cost += (res.At("programmes_in_all", y) - none.At("programmes_in_all", y)) / 1e6
			}
			return res.At("city_results", 2035) - none.At("city_results", 2035), cost
		}
		fast, spent := at(all)
		slow, saved := at(pilot)
		claims(t, fmt.Sprintf("| %.2f | %+.3f | %+.3f | %.0f | %.0f |", effect, fast, slow, spent, saved))
		cheaper = cheaper || slow >= fast && saved < 0.25*spent
		better = better || slow < fast
	}
	if !cheaper || !better {
		t.Errorf("a pilot wins somewhere: %v, and loses somewhere: %v", cheaper, better)
	}
}
