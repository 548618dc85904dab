package examples_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/sim"
)

// An alteration is one thing made otherwise in the city.
type alteration struct {
	name    string
	set     map[string]float64
	changes []sim.Change
}

// alterations returns each decision at both of its ends from 2027 on, each constant at both ends of
// its range, each event of the record taken out, and each start at nothing and at ten times as much.
func alterations(t *testing.T) []alteration {
	t.Helper()
	m, _ := load(t, city)
	var list []alteration
	for _, v := range m.Variables {
		if v.Range == nil {
			continue
		}
		for _, end := range v.Range {
			name := fmt.Sprintf("%s at %v", v.Name, end)
			if v.Kind == model.KindDecision {
				list = append(list, alteration{name, nil, []sim.Change{to(v.Name, end, 2027)}})
			} else if v.Kind == model.KindConstant {
				list = append(list, alteration{name, map[string]float64{v.Name: end}, nil})
			}
		}
	}
	for _, event := range []string{
		"imagine_students", "alarm_of_accreditation", "kept_home_by_pandemic", "lost_to_the_tornado",
		"income_missing", "spending_of_2024",
	} {
		list = append(list, alteration{"no " + event, map[string]float64{"enrollment." + event: 0}, nil})
	}
	for _, start := range []string{
		"enrollment.reserve_per_student_at_start", "enrollment.support_per_student_at_start",
		"enrollment.seats_at_start", "enrollment.buildings_at_start", "enrollment.vacant_at_start",
		"teachers_there", "teachers.applicants", "enrollment.income_per_student",
	} {
		for _, times := range []float64{0, 10} {
			list = append(list, alteration{fmt.Sprintf("%s times %v", start, times), timesOf(m, start, times), nil})
		}
	}
	return list
}

// timesOf returns a constant, element by element, times a number.
func timesOf(m *model.Model, name string, times float64) map[string]float64 {
	set, v := map[string]float64{}, m.Variable(name)
	if len(v.Value) == 1 {
		set[name] = v.Value[0] * times
	} else {
		for i, sector := range []string{"district", "charter"} {
			set[name+"["+sector+"]"] = v.Value[i] * times
		}
	}
	return set
}

// Whatever is made otherwise, the city stays a city: numbers are finite, nobody and no dollar is less
// than none, shares are shares, and no more children start school than were born.
func TestCitySurvivesWhatIsMadeOtherwise(t *testing.T) {
	list := alterations(t)
	if len(list) < 300 {
		t.Errorf("only %d alterations", len(list))
	}
	whole := []string{
		"students", "teachers", "reserve", "buildings", "vacant_buildings", "seats",
		"positions", "support", "looking", "newcomers", "pipeline",
	}
	shares := []string{"charter_share", "sector_share", "room", "following"}
	for _, a := range list {
		res := run(t, city, a.set, a.changes...)
		if res.NonFinite != nil {
			t.Errorf("%s: %s is %v in %v", a.name, res.NonFinite.Variable, res.NonFinite.Value, res.NonFinite.Time)
			continue
		}
		for c, column := range res.Columns {
			name := base0(column.Variable)
			share := strings.HasSuffix(name, "_fraction") || slices.Contains(shares, name)
			if !share && !slices.Contains(whole, name) {
				continue
			}
			for k, when := range res.Time {
				if x := res.Row(k)[c]; math.IsNaN(x) || x < -1e-6 || share && x > 1+1e-9 {
					t.Errorf("%s: %s is %v in %v", a.name, column.Name(), x, when)
					break
				}
			}
		}
		for _, when := range res.Time {
			k, born := res.At("enrollment.kindergarten_entry", when), res.At("enrollment.births_six_years_ago", when)
			if k > born+1e-6 {
				t.Errorf("%s: %.0f start kindergarten of %.0f born, in %v", a.name, k, born, when)
				break
			}
		}
	}
	claims(t, fmt.Sprintf("one at a time in %d runs", len(list)))
}
