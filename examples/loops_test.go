package examples_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
)

// cityScores are what the city is judged by when loops are cut together: how much they change is a
// share of the whole.
var cityScores = []struct {
	name, variable string
	scale          float64
	digits         int
}{
	{"City students", "city_students", 1, 0},
	{"SLPS students", "enrollment.district_total", 1, 0},
	{"Confidence in SLPS", "families.experienced_confidence[district]", 1, 2},
	{"Turnover, percent", "teachers.city_turnover", 0.01, 1},
	{"SLPS positions", "enrollment.positions[district]", 1, 0},
}

// cuts returns the constants that cut loops, but for those named.
func cuts(but ...string) map[string]float64 {
	set := map[string]float64{}
	for _, l := range loops {
		if !slices.Contains(but, l.name) {
			maps.Copy(set, l.cut)
		}
	}
	return set
}

// through is the loop without which another cannot act: no charter is full where seats never bind.
var through = map[string]string{"Charters' answer (−)": "Seats (−)"}

// Every loop earns its place beside the others, too: put back alone where all are cut, it moves one
// of the city's scores, woken by what wakes it.
func TestEveryLoopEarnsItsPlace(t *testing.T) {
	for _, l := range loops {
		none, one := run(t, city, cuts(through[l.name]), l.wake...), run(t, city, cuts(through[l.name], l.name), l.wake...)
		largest, where, when := 0.0, "", 0.0
		for _, s := range cityScores {
			for _, year := range []float64{2014, 2030, 2035, 2045} {
				if d := math.Abs(one.At(s.variable, year)/none.At(s.variable, year) - 1); d > largest {
					largest, where, when = d, s.name, year
				}
			}
		}
		whole, cut := run(t, city, nil, l.wake...), run(t, city, l.cut, l.wake...)
		alone := cut.At("city_students", 2045)/whole.At("city_students", 2045) - 1
		t.Logf("%s: put back alone %.3f %% (%s, %v); cut alone %+.3f %% of the city's students of 2045", l.name, 100*largest, where, when, 100*alone)
		if largest < 0.0005 {
			t.Errorf("%s changes no score of the city where the others are cut: %.2g", l.name, largest)
		}
	}
}

// All loops cut together, with and without twenty closings: the table of the README.
func TestLoopsCutTogether(t *testing.T) {
	whole, cut := run(t, city, nil), run(t, city, cuts())
	closed, closedCut := run(t, city, nil, closeTwenty...), run(t, city, cuts(), closeTwenty...)
	for _, s := range cityScores {
		x := func(r interface{ At(string, float64) float64 }) float64 { return r.At(s.variable, 2035) / s.scale }
		claims(t, fmt.Sprintf("| %s 2035 | %.*f | %.*f | %.*f | %.*f |", s.name, s.digits, x(whole), s.digits, x(cut), s.digits, x(closed), s.digits, x(closedCut)))
	}
}
