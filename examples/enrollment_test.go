package examples_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"weir/sim"
)

const enrollment = "enrollment-decline"

// A table is a CSV file of the evidence, by row and column.
type table []map[string]string

func evidence(t *testing.T, file string) table {
	t.Helper()
	f, err := os.Open(filepath.Join(enrollment, "evidence", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out table
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = r[i]
		}
		out = append(out, m)
	}
	return out
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// series is a column by year; blank cells are left out.
func (tab table) series(t *testing.T, year, column string) map[int]float64 {
	t.Helper()
	out := map[int]float64{}
	for _, r := range tab {
		if r[column] != "" {
			out[int(number(t, r[year]))] = number(t, r[column])
		}
	}
	return out
}

// compareYears gives the mean and worst |modelled/recorded - 1| over 2009 to 2021, and how often
// the direction of change from the year before is right.
func compareYears(modelled func(year int) float64, recorded map[int]float64) (mean, worst float64, right int) {
	for y := 2009; y <= 2021; y++ {
		e := math.Abs(modelled(y)/recorded[y] - 1)
		mean += e / 13
		worst = max(worst, e)
		if (modelled(y)-modelled(y-1))*(recorded[y]-recorded[y-1]) > 0 {
			right++
		}
	}
	return mean, worst, right
}

// A06 and A07, straight from the evidence files, beside the chain of births and
// survival that has no feedback at all. The fit proves no feedback.
func TestEnrollmentFitsTheRecordAsWellAsTheChainWithoutFeedback(t *testing.T) {
	city, chain := evidence(t, "enrollment_city.csv"), evidence(t, "openloop_reference.csv")
	res := run(t, enrollment, nil)
	readme, err := os.ReadFile(filepath.Join(enrollment, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name, variable, recorded, chain string
		mean, worst                     float64
	}{
		{"SLPS", "district_total", "slps_k12", "slps_model", 0.030, 0.06},
		{"Charters", "charter_total", "charter_k12", "charter_model", 0.060, math.Inf(1)},
		{"City total", "public_total", "public_k12_total", "public_model", 0.025, math.Inf(1)},
	}
	for _, row := range rows {
		recorded, chain := city.series(t, "school_year_end", row.recorded), chain.series(t, "school_year_end", row.chain)
		mean, worst, right := compareYears(func(y int) float64 { return res.At(row.variable, float64(y)) }, recorded)
		without, _, _ := compareYears(func(y int) float64 { return chain[y] }, recorded)
		if line := fmt.Sprintf("| %s | %.1f %% | %.1f %% |", row.name, 100*mean, 100*without); !strings.Contains(string(readme), line) {
			t.Errorf("the README should say %s", line)
		}
		t.Logf("%-15s %.1f %% (worst %.1f), right direction in %d of 13; chain without feedback %.1f %%", row.variable, 100*mean, 100*worst, right, 100*without)
		if mean > row.mean || worst > row.worst {
			t.Errorf("%s is off by %.4f, at worst %.4f", row.variable, mean, worst)
		}
		if row.variable == "district_total" && right < 11 {
			t.Errorf("SLPS goes the right way in %d of 13 years", right)
		}
	}
	share := city.series(t, "school_year_end", "charter_share")[2021]
	if got := res.At("charter_share", 2021); math.Abs(got-share) > 0.02 {
		t.Errorf("charter share of 2021 is %.3f, recorded %.3f", got, share)
	}
}

// A08, the part after the record: rounded press figures, so only the city total is
// held to a bound, and SLPS is stated.
func TestEnrollmentAfterTheRecordEnds(t *testing.T) {
	res := run(t, enrollment, nil)
	points := map[string]float64{}
	for _, r := range evidence(t, "enrollment_recent_points.csv") {
		points[r["measure"]+" "+r["school_year_end"]] = number(t, r["value"])
	}
	total := points["city_public_enrollment 2024"]
	if got := res.At("public_total", 2024); math.Abs(got/total-1) > 0.04 {
		t.Errorf("fall 2023: %.0f children in the city, reported just under %.0f", got, total)
	}
	slps := points["slps_enrollment 2024"] - 2000 // preschool of 2012-2020, S02
	t.Logf("fall 2023: SLPS %.0f against about %.0f reported, %+.1f %%", res.At("district_total", 2024), slps, 100*(res.At("district_total", 2024)/slps-1))
}

// The step ratios of the model are those of survival_by_grade.csv: what stays in a
// sector from grade to grade, and in the city. Grades 8 and 9 are taken apart into
// leaving, changing and repeating, see the README.
func TestStepRatiosAreTheMeasuredOnes(t *testing.T) {
	m, _ := load(t, enrollment)
	leave, change := m.Variable("base_leave").Value, m.Variable("base_switch").Value
	for g, r := range evidence(t, "survival_by_grade.csv") {
		both, slps, charter := number(t, r["combined"]), number(t, r["slps_excl_2013"]), number(t, r["charter_excl_2013"])
		if g != 8 && g != 9 && math.Abs(1-both-leave[g]) > 0.0011 {
			t.Errorf("from %s: leave %.3f, recorded %.3f", r["from_grade"], leave[g], 1-both)
		}
		if want := max(0, both-slps); g < 7 && math.Abs(change[g]-want) > 0.0011 {
			t.Errorf("from %s: to charters %.3f, recorded %.3f", r["from_grade"], change[g], want)
		}
		if want := 1 - leave[g] - charter; g > 6 && math.Abs(change[13+g]-want) > 0.0011 {
			t.Errorf("from %s: to the district %.3f, recorded %.3f", r["from_grade"], change[13+g], want)
		}
	}
}

// The share who repeat the ninth grade, from the two grade files.
func TestNinthGradeRepeatersAreTheCountedOnes(t *testing.T) {
	m, _ := load(t, enrollment)
	grade := func(file, g string) map[int]float64 { return evidence(t, file).series(t, "school_year_end", g) }
	d8, d9 := grade("enrollment_slps_by_grade.csv", "08"), grade("enrollment_slps_by_grade.csv", "09")
	c8, c9 := grade("enrollment_charter_by_grade.csv", "08"), grade("enrollment_charter_by_grade.csv", "09")
	points := m.Variable("repeated_ninth_grade").Points
	for y := 2009; y <= 2021; y++ {
		counted := (d9[y] + c9[y] - 0.95*(d8[y-1]+c8[y-1])) / d9[y-1]
		p := points[min(y-2006, len(points)-1)] // the first three hold what is before
		if within := map[bool]float64{true: 0.0006, false: 0.06}[y < 2016]; math.Abs(p.Y-counted) > within {
			t.Errorf("into %d: %.3f, counted %.3f", y, p.Y, counted)
		}
	}
}

// A13 for children alone, and the break-even of one building.
func TestClosingPaysOnlyIfFewLeave(t *testing.T) {
	net, _ := closingNets(t, enrollment, "", "")
	closingPaysOnlyIfFewLeave(t, net)
	if breakEven := 410000. / 14779 / 270; math.Abs(breakEven-0.10) > 0.01 {
		t.Errorf("one building of 270 students breaks even at %.3f leaving", breakEven)
	}
}

// A20 (b): no scenario leaves what families have been seen to do, best and worst,
// with the births recorded and then held.
func TestNoScenarioLeavesTheEnvelope(t *testing.T) {
	bound := map[string]float64{}
	for _, r := range evidence(t, "envelope.csv") {
		bound[r["case"]] = number(t, r["public_2035"])
	}
	c := compare(t, enrollment)
	for _, r := range append(c.Runs, c.Baseline) {
		if got := r.Result.At("public_total", 2035); got > 1.03*bound["both best"] || got < 0.97*bound["both worst"] {
			t.Errorf("%s: %.0f children in 2035, outside %.0f to %.0f", r.ID, got, bound["both worst"], bound["both best"])
		}
	}
}

// A20 (a): no confidence, however high, brings more children than families at their
// best have brought.
func TestInfiniteConfidenceStaysInTheEnvelope(t *testing.T) {
	var best float64
	for _, r := range evidence(t, "envelope.csv") {
		if r["case"] == "both best" {
			best = number(t, r["public_2035"])
		}
	}
	res := run(t, enrollment, nil, to("lived_gain", 1e9, 2027))
	base := run(t, enrollment, nil)
	if got := res.At("public_total", 2035); got > 1.03*best || got <= base.At("public_total", 2035) {
		t.Errorf("%.0f children in 2035, at best %.0f", got, best)
	}
	if capture := res.At("capture", 2035); capture > 0.68 {
		t.Errorf("%.3f kindergartners per birth", capture)
	}
	if leave, usual := res.At("leave_fraction[district,3]", 2035), base.At("leave_fraction[district,3]", 2035); leave < 0.5*usual {
		t.Errorf("%.3f leave in a year, of %.3f", leave, usual)
	}
	if res.NonFinite != nil {
		t.Errorf("%s is %v", res.NonFinite.Variable, res.NonFinite.Value)
	}
}

// A02: a loop that can be cut without effect is not in the model.
func TestEveryLoopCutShows(t *testing.T) {
	cuts := map[string][2]map[string]float64{
		"closing and confidence": {{}, {"memory_weight": 0}},
		"money and services":     {{}, {"money_to_quality": 0}},
		"ledger and positions":   {{}, {"largest_cut": 0}},
		"seats":                  {{}, {"seats_level": 10}},
		"word of mouth":          {{}, {"word_of_mouth": 0}},
		"stranded buildings":     {{}, {"building_cost": 0}},
	}
	closing := []sim.Change{to("buildings_to_close", 20, 2027)}
	for name, sets := range cuts {
		whole, cut := run(t, enrollment, sets[0], closing...), run(t, enrollment, sets[1], closing...)
		if math.Abs(whole.At("district_total", 2035)-cut.At("district_total", 2035)) < 0.1 {
			t.Errorf("cutting %s changes nothing", name)
		}
	}
}
