package examples_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"weir/sim"
)

// everyEighth runs the city with a row every eighth of a year: what was counted in June is
// not what was there in September.
func everyEighth(t *testing.T, changes ...sim.Change) *sim.Result {
	t.Helper()
	res, err := program(t, city).Run(context.Background(), sim.Settings{Save: new(0.125), Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// What the ledger comes to, beside what was reported, at the time of the year at which it was.
func TestLedgerComesToWhatWasReported(t *testing.T) {
	res := everyEighth(t)
	for _, row := range []struct {
		name, variable string
		year           float64
		reported       float64 // as in evidence/finance_points.csv and teachers_points.csv
		scale, within  float64
	}{
		{"Income 2008-09, million dollars", "enrollment.revenue_as_reported", 2009, 320, 1e6, 0.03},
		{"Income 2010-11", "enrollment.revenue_as_reported", 2011, 278, 1e6, 0.03},
		{"Income 2025-26", "enrollment.revenue_as_reported", 2026, 341, 1e6, 0.03},
		{"Spending 2007-08", "enrollment.spending_as_reported", 2008, 335, 1e6, 0.05},
		{"Reserve, summer 2024", "enrollment.balance_as_reported", 2024.75, 231.7, 1e6, 0.05},
		{"Reserve, summer 2025", "enrollment.balance_as_reported", 2025.75, 197.4, 1e6, 0.05},
		{"Teaching positions cut in 2010", "enrollment.positions_cut[district]", 2010, 226, 1, 0.15},
		{"Teachers 2013", "teachers.staff[district]", 2013, 1900, 1, 0.06},
		{"Teachers 2020", "teachers.staff[district]", 2020, 1918, 1, 0.06},
		{"Teaching positions 2023", "enrollment.positions[district]", 2023, 1860, 1, 0.05},
		{"Open positions, February 2020", "teachers.open_when_counted[district]", 2020.375, 110, 1, 0.25},
		{"Open positions, spring 2022", "teachers.open_when_counted[district]", 2022.625, 108, 1, 0.25},
		{"Open positions, June 2023", "teachers.open_when_counted[district]", 2023.75, 279, 1, 0.25},
		{"Open positions, August 2023", "teachers.open_when_counted[district]", 2023.875, 219, 1, 0.25},
	} {
		got := res.At(row.variable, row.year) / row.scale
		claims(t, fmt.Sprintf("| %s | %.0f | %.0f | %+.0f %% |", row.name, row.reported, got, 100*(got/row.reported-1)))
		if math.Abs(got/row.reported-1) > row.within {
			t.Errorf("%s is %.1f, reported %.1f", row.name, got, row.reported)
		}
	}
	claims(t, fmt.Sprintf("With no new decisions the reserve falls from %.0f million dollars in 2024 to %.0f in 2030, and teaching positions from %.0f to %.0f.",
		res.At("enrollment.reserve[district]", 2024)/1e6, res.At("enrollment.reserve[district]", 2030)/1e6,
		res.At("enrollment.positions[district]", 2024), res.At("enrollment.positions[district]", 2030)))
}

// exponential is the straight line through the logarithms of a record.
func exponential(recorded map[int]float64, from, to int) func(year int) float64 {
	var n, sx, sy, sxx, sxy float64
	for y := from; y <= to; y++ {
		x, l := float64(y), math.Log(recorded[y])
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+l, sxx+x*x, sxy+x*l
	}
	slope := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	level := (sy - slope*sx) / n
	return func(year int) float64 { return math.Exp(level + slope*float64(year)) }
}

// A closingGrid is A13's: the yearly net of closing 20 schools in 2035, which is the saving less the
// revenue lost with students, by what nobody has measured of a closing.
type closingGrid map[closingCorner]float64

type closingCorner struct{ exit, memory, follows float64 }

var (
	exits    = []float64{0, 0.05, 0.25}
	memories = []float64{0, 0.6, 1.5}
	follows  = []float64{0.5, 1}
)

// closingNets runs the grid on a model, whose families and buildings may be modules, and returns
// the most that comes in beside the saving, from students whom the money saved keeps.
func closingNets(t *testing.T, example, families, enrollment string) (net closingGrid, gained map[float64]float64) {
	t.Helper()
	net, gained = closingGrid{}, map[float64]float64{}
	for _, f := range follows {
		for _, exit := range exits {
			for _, memory := range memories {
				set := map[string]float64{
					enrollment + "closure_exit_share": exit, enrollment + "closure_switch_share": 0,
					families + "memory_weight": memory, enrollment + "share_that_follows[district]": f,
				}
				base, closed := run(t, example, set), run(t, example, set, to(enrollment+"buildings_to_close", 20, 2027))
				change := func(name string) float64 { return closed.At(enrollment+name, 2035) - base.At(enrollment+name, 2035) }
				came := change("revenue[district]")
				net[closingCorner{exit, memory, f}] = -change("building_spending[district]") - max(0, -came)
				gained[f] = max(gained[f], came)
				t.Logf("%.2f leave, memory weighs %.1f, %.1f of the money follows: %+.1f million dollars", exit, memory, f, net[closingCorner{exit, memory, f}]/1e6)
			}
		}
	}
	return net, gained
}

// closingPaysOnlyIfFewLeave is A13: the more leave, the longer they remember and the more money
// follows them, the less a closing pays; where nobody leaves it pays its saving, and at the worst
// corner it costs. The saving is spent, in the whole model: on positions and services, which keep
// some students. Money that they bring is not lost, and is not counted.
func closingPaysOnlyIfFewLeave(t *testing.T, net closingGrid) {
	t.Helper()
	const saving = 20 * (410000. - 10000) // closed buildings are kept up
	for c, x := range net {
		for _, before := range []closingCorner{
			{lower(exits, c.exit), c.memory, c.follows}, {c.exit, lower(memories, c.memory), c.follows}, {c.exit, c.memory, lower(follows, c.follows)},
		} {
			nobody := c.exit+c.memory == 0 // then nothing follows
			if before != c && !nobody && x >= net[before] {
				t.Errorf("%+v nets %.0f, no less than the %.0f of %+v", c, x, net[before], before)
			}
			if nobody && math.Abs(x/saving-1) > 0.01 {
				t.Errorf("if nobody leaves, SLPS gains %.0f, not the saving of %.0f", x, saving)
			}
		}
	}
	if worst := net[closingCorner{0.25, 1.5, 1}]; worst >= 0 {
		t.Errorf("at the worst corner SLPS still gains %.0f", worst)
	}
}

// lower returns the value before one on an axis, or the first itself.
func lower(axis []float64, x float64) float64 { return axis[max(0, slices.Index(axis, x)-1)] }

// A13 for the city.
func TestCityClosingPaysOnlyIfFewLeave(t *testing.T) {
	net, gained := closingNets(t, city, "families.", "enrollment.")
	closingPaysOnlyIfFewLeave(t, net)
	claims(t, fmt.Sprintf("A closing that nobody minds nets the 8.0 million dollars saved a year; spent on services, they bring SLPS another %.1f or %.1f with students whom services keep, by whether half or all of the money follows",
		gained[0.5]/1e6, gained[1]/1e6))
	claims(t, fmt.Sprintf("nets %+.1f million a year in 2035 where a fourth of the displaced leave, memory weighs most and all money follows", net[closingCorner{0.25, 1.5, 1}]/1e6))
}
