package examples_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"

	"weir/sim"
)

// posteriorDraws reads the constants of the city's posterior and their draws.
func posteriorDraws(t *testing.T) (names []string, draws [][]float64) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(city, "posterior.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for key, to := range map[string]any{"constants": &names, "draws": &draws} {
		list := regexp.MustCompile(`(?s)\n` + key + `\s*= (\[.*?\n?\])\n`).FindSubmatch(text)
		if list == nil {
			t.Fatalf("the posterior has no %s", key)
		}
		if err := json.Unmarshal([]byte(strings.ReplaceAll(string(list[1]), "],\n]", "]\n]")), to); err != nil {
			t.Fatal(err)
		}
	}
	return names, draws
}

// A band of 90 percent holds about nine in ten counts, where it knows three things: what
// the record leaves open of the constants, that families may or may not answer to
// confidence, and how far the model has been from the counts. The first alone holds few.
func TestBandsHoldNineInTenCounts(t *testing.T) {
	const members = 200
	names, draws := posteriorDraws(t)
	vary := append(slices.Clone(names), "enrollment.families_respond")
	record, later := evidence(t, "enrollment_city.csv"), recent(t)
	kindergarten := evidence(t, "kindergarten_capture.csv").series(t, "school_year_end", "public_kindergarten_slps_plus_charter")
	series := []struct {
		name, variable string
		counts         map[int]float64
	}{
		{"SLPS", "enrollment.district_total", record.series(t, "school_year_end", "slps_k12")},
		{"Charters", "enrollment.charter_total", record.series(t, "school_year_end", "charter_k12")},
		{"City total", "city_students", record.series(t, "school_year_end", "public_k12_total")},
		{"Kindergarten", "enrollment.students_by_grade[k]", kindergarten},
	}
	keep := []string{}
	for _, s := range series {
		keep = append(keep, s.variable)
	}
	futures, err := program(t, city).Ensemble(context.Background(), sim.EnsembleSettings{
		Runs: members, Workers: 2, Vary: vary, Keep: keep,
		Values: func(member int, to []float64) {
			copy(to, draws[member*len(draws)/members])
			to[len(names)] = float64(member % 2) // both worlds
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	central := run(t, city, nil)
	random := rand.New(rand.NewPCG(2027, 1))
	for _, s := range series {
		for y, x := range later[s.variable] {
			s.counts[y] = x
		}
		// What past errors, of the logarithm of counts over the model in 2009 to 2021, are more
		// than the futures differ by.
		spread := 0.0
		for row, when := range futures.Time {
			if when < 2009 || when > 2021 {
				continue
			}
			e := math.Log(s.counts[int(when)] / central.At(s.variable, when))
			spread += (e*e - variance(futures.Values(s.variable, row))) / 13
		}
		spread = math.Sqrt(max(0, spread))
		points, alone, whole := 0, 0, 0
		for row, when := range futures.Time {
			count, ok := s.counts[int(when)]
			if !ok || when < 2009 || when > 2026 {
				continue
			}
			values := slices.Clone(futures.Values(s.variable, row))
			inside := func() int {
				slices.Sort(values)
				if values[members/20] <= count && count <= values[members-1-members/20] {
					return 1
				}
				return 0
			}
			points, alone = points+1, alone+inside()
			for i := range values {
				values[i] *= math.Exp(spread * random.NormFloat64())
			}
			whole += inside()
		}
		claims(t, fmt.Sprintf("| %s | %d | %d | %d |", s.name, points, alone, whole))
		if share := float64(whole) / float64(points); share < 0.8 {
			t.Errorf("%s: the band holds %d of %d counts", s.name, whole, points)
		}
	}
}

// variance is that of the logarithms.
func variance(values []float64) float64 {
	logs := make([]float64, len(values))
	for i, x := range values {
		logs[i] = math.Log(x)
	}
	return stat.Variance(logs, nil)
}
