package examples_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/sim"
)

// An extreme is a condition that no city has seen. The model must do what physics and
// families would: no table of a study survives a model that does not.
type extreme struct {
	name    string
	changes []sim.Change
	set     map[string]float64
	holds   func(e outcome) string // why it does not, "" if it does
}

// An outcome is a run under an extreme beside one without, from 2027 on.
type outcome struct{ base, run *sim.Result }

func (o outcome) city(year float64) float64 { return o.run.At("city_students", year) }

// share is the city's children against those without the extreme.
func (o outcome) share(year float64) float64 {
	return o.city(year) / o.base.At("city_students", year)
}

func (o outcome) confidence(year float64) float64 {
	return o.run.At("families.experienced_confidence[district]", year)
}

// between says how a number misses its bounds.
func between(what string, x, low, high float64) string {
	if x >= low && x <= high {
		return ""
	}
	return fmt.Sprintf("%s is %.4g, outside %.4g to %.4g", what, x, low, high)
}

var extremes = []extreme{
	{"No teachers, and nobody hired", []sim.Change{to("teachers.walkout_of_teachers", 1, 2027), to("teachers.hiring_freeze", 1, 2027)}, nil,
		func(o outcome) string {
			return between("confidence of 2032", o.confidence(2032), 0, 0.1) +
				between("children of 2033", o.share(2033), 0, 0.25) + between("children of 2038", o.share(2038), 0, 0.01)
		}},
	{"Nobody hired any more", []sim.Change{to("teachers.hiring_freeze", 1, 2027)}, nil,
		func(o outcome) string {
			return between("confidence of 2037", o.confidence(2037), 0, 0.25) +
				between("children of 2028", o.share(2028), 0.9, 1) + between("children of 2045", o.share(2045), 0, 0.25)
		}},
	{"No substitutes", nil, map[string]float64{"teachers.substitute_limit": 0},
		func(o outcome) string {
			return between("children of 2035", o.share(2035), 0.97, 1)
		}},
	{"A fourth of SLPS's teaching positions cut", []sim.Change{to("enrollment.positions_to_cut", 0.25, 2027)}, nil,
		func(o outcome) string {
			lost := o.base.At("results[district]", 2030) - o.run.At("results[district]", 2030)
			// Felt most in 2032: until then families are not used to it, and after that the ledger would have
			// cut as many positions without the decision.
			return between("children of 2032", o.share(2032), 0.9, 0.9985) +
				between("standard deviations of scores lost in 2030", lost, 0.03, 0.15)
		}},
	{"Nine tenths of SLPS's teaching positions cut", []sim.Change{to("enrollment.positions_to_cut", 0.9, 2027)}, nil,
		func(o outcome) string {
			return between("confidence of 2031", o.confidence(2031), 0, 0.5)
		}},
	{"All 68 SLPS schools closed", []sim.Change{to("enrollment.buildings_to_close", 68, 2027)}, nil,
		func(o outcome) string {
			return between("SLPS students of 2029", o.run.At("enrollment.district_total", 2029), 0, 50) +
				between("children of 2035", o.share(2035), 0, 0.85)
		}},
	{"37 SLPS schools closed", []sim.Change{to("enrollment.buildings_to_close", 37, 2027)}, nil,
		func(o outcome) string {
			return between("children of 2035", o.share(2035), 0.7, 0.999)
		}},
	{"No charter seats", []sim.Change{to("enrollment.extra_charter_seats", -30000, 2027)}, nil,
		func(o outcome) string {
			return between("charter students of 2029", o.run.At("enrollment.charter_total", 2029), 0, 50) +
				between("children of 2029", o.share(2029), 0.6, 0.97)
		}},
	{"No seats at all", []sim.Change{to("enrollment.extra_charter_seats", -30000, 2027), to("enrollment.buildings_to_close", 68, 2027)}, nil,
		func(o outcome) string {
			return between("children of 2030", o.share(2030), 0, 0.01)
		}},
	{"No money", []sim.Change{to("enrollment.income_level", 0, 2027)}, nil,
		func(o outcome) string {
			return between("confidence of 2033", o.confidence(2033), 0, 0.1) +
				between("children of 2038", o.share(2038), 0, 0.01) + between("reserve of 2030", o.run.At("enrollment.reserve[district]", 2030), 0, 5e6)
		}},
	{"Half the money", []sim.Change{to("enrollment.income_level", 0.5, 2027)}, nil,
		func(o outcome) string {
			return between("children of 2035", o.share(2035), 0.2, 0.97)
		}},
	{"No births from 2021 on", []sim.Change{to("enrollment.births_change", 0, 2021)}, nil,
		func(o outcome) string {
			return between("children of 2026", o.share(2026), 1-1e-9, 1+1e-9) +
				between("children of 2045", o.city(2045)/o.city(2006), 0, 0.02)
		}},
	{"Twice the births from 2027 on", []sim.Change{to("enrollment.births_change", 2, 2027)}, nil,
		func(o outcome) string {
			return between("children of 2032", o.share(2032), 1-1e-9, 1+1e-9) +
				between("children of 2045", o.share(2045), 1.3, 2)
		}},
	{"95 of 100 students leave at once", []sim.Change{to("enrollment.sudden_loss", 0.95, 2027)}, nil,
		func(o outcome) string {
			return between("children of 2028", o.share(2028), 0.03, 0.25) +
				between("SLPS reserve of 2035", o.run.At("enrollment.reserve[district]", 2035), 0, 1e9)
		}},
	{"A third of the students leave at once", []sim.Change{to("enrollment.sudden_loss", 1./3, 2027)}, nil,
		func(o outcome) string {
			gap := func(n string, y float64) float64 { return o.run.At(n, y) / o.base.At(n, y) }
			return between("SLPS positions of 2035 against none", gap("enrollment.positions[district]", 2035), 0, 0.95) +
				between("SLPS reserve of 2031 against none", gap("enrollment.reserve[district]", 2031), 0, 0.95)
		}},
	{"Accreditation lost again", []sim.Change{to("enrollment.accreditation_lost_again", 1, 2027)}, nil,
		func(o outcome) string {
			return between("SLPS students of 2029 against none", o.run.At("enrollment.district_total", 2029)/o.base.At("enrollment.district_total", 2029), 0.8, 0.98)
		}},
	{"Nobody moves away from the city any more", []sim.Change{to("enrollment.migration_change", 0, 2027)}, nil,
		func(o outcome) string {
			return between("children of 2035", o.share(2035), 1.05, 2)
		}},
	{"Confidence without end", []sim.Change{to("families.listening", 1, 2027)}, map[string]float64{"families.response_to_engagement": 1e9},
		func(o outcome) string {
			return between("kindergartners per birth in 2035", o.run.At("enrollment.capture", 2035), 0, 0.68)
		}},
}

// Every row of the study's table of extremes, as the model gives it and as it must be.
func TestExtremesTakeSchoolsAwayFromFamilies(t *testing.T) {
	base := run(t, city, nil)
	for _, e := range extremes {
		b := base
		if e.set != nil && e.changes != nil {
			b = run(t, city, e.set)
		}
		o := outcome{b, run(t, city, e.set, e.changes...)}
		if why := e.holds(o); why != "" {
			t.Errorf("%s: %s", e.name, why)
		}
		if o.run.NonFinite != nil {
			t.Errorf("%s: %s is %v", e.name, o.run.NonFinite.Variable, o.run.NonFinite.Value)
		}
		for i, c := range o.run.Columns {
			if base := base0(c.Variable); base != "students" && base != "teachers" && base != "reserve" && base != "buildings" && base != "seats" && base != "positions" {
				continue
			}
			for k := range o.run.Time {
				if x := o.run.Row(k)[i]; x < -1e-6 || math.IsNaN(x) {
					t.Errorf("%s: %s is %v in %v", e.name, c.Name(), x, o.run.Time[k])
					break
				}
			}
		}
		claims(t, e.row(o))
		if strings.HasPrefix(e.name, "A fourth") {
			claims(t, fmt.Sprintf("A fourth of the positions costs SLPS %.0f students and %.2f standard deviations of scores by 2035",
				o.base.At("enrollment.district_total", 2035)-o.run.At("enrollment.district_total", 2035),
				o.base.At("results[district]", 2035)-o.run.At("results[district]", 2035)))
		}
	}
}

func base0(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// row is the README's.
func (e extreme) row(o outcome) string {
	return fmt.Sprintf("| %s | %.2f | %.2f | %.0f %% | %.0f %% | %.0f %% |", e.name, o.confidence(2028), o.confidence(2031),
		100*o.share(2028), 100*o.share(2033), 100*o.share(2038))
}
