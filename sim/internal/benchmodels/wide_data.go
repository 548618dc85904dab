package benchmodels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// cityData are the numbers of the wide model: made up, the same on every machine.
type cityData struct {
	choiceSensitivity, stayFraction, newEntrants, entrantGrowth float64
	qualityElasticity, targetClassSize, placesPerTeacher        float64
	yearsPerGrade, fundingPerPupil, teacherCost, buildingCost   float64
	capacity, location                                          [schools]float64
	baseLeaveRate                                               [grades]float64
	initialPupils                                               [schools][grades]float64
	crowdingEffect                                              [schools][]point
	leavingEffect                                               []point
}

// newCityData returns numbers for the schools from a fixed seed, rounded so that the TOML text and
// the hand-written Go read the same values.
func newCityData() *cityData {
	r := rand.New(rand.NewPCG(100, 13))
	between := func(low, high float64, digits int) float64 {
		scale := math.Pow10(digits)
		return math.Round((low+(high-low)*r.Float64())*scale) / scale
	}
	d := &cityData{
		choiceSensitivity: 2.5, stayFraction: 0.8, newEntrants: 5600, entrantGrowth: 0.004,
		qualityElasticity: 0.6, targetClassSize: 17, placesPerTeacher: 20,
		yearsPerGrade: 1, fundingPerPupil: 9.5, teacherCost: 96, buildingCost: 0.8,
		leavingEffect: []point{{0.4, 2.4}, {0.7, 1.6}, {0.9, 1.15}, {1, 1}, {1.1, 0.9}, {1.4, 0.75}},
	}
	for g := range grades {
		d.baseLeaveRate[g] = between(0.02, 0.04, 4)
	}
	for s := range schools {
		d.capacity[s] = between(600, 1100, 0)
		d.location[s] = between(0.7, 1.3, 3)
		for g := range grades {
			d.initialPupils[s][g] = math.Round(d.capacity[s]*between(0.7, 1.1, 2)/grades*10) / 10
		}
		for _, p := range []point{{0.4, 1.1}, {0.7, 1.06}, {0.9, 1.02}, {1, 1}, {1.1, 0.94}, {1.3, 0.8}, {1.6, 0.6}} {
			p.y = math.Round(p.y*between(0.97, 1.03, 3)*1e4) / 1e4
			d.crowdingEffect[s] = append(d.crowdingEffect[s], p)
		}
	}
	return d
}

// names returns the columns of a row: every stock.
func (*cityData) names() []string {
	var names []string
	for s := range schools {
		for g := range grades {
			names = append(names, fmt.Sprintf("pupils[%s,%s]", schoolName(s), gradeName(g)))
		}
	}
	return names
}

func schoolName(s int) string { return fmt.Sprintf("s%d", s+1) }
func gradeName(g int) string  { return fmt.Sprintf("g%d", g+1) }

// toml writes the numbers, as a modeler would, around the equations.
func (d *cityData) toml() string {
	var schoolNames, gradeNames, rows, tables []string
	for s := range schools {
		schoolNames = append(schoolNames, strconv.Quote(schoolName(s)))
		rows = append(rows, list(d.initialPupils[s][:]))
		tables = append(tables, fmt.Sprintf("%q = %s", schoolName(s), pairs(d.crowdingEffect[s])))
	}
	for g := range grades {
		gradeNames = append(gradeNames, strconv.Quote(gradeName(g)))
	}
	return strings.NewReplacer(
		"SCHOOLS", strings.Join(schoolNames, ", "),
		"GRADES", strings.Join(gradeNames, ", "),
		"CAPACITY", list(d.capacity[:]),
		"LOCATION", list(d.location[:]),
		"BASE_LEAVE_RATE", list(d.baseLeaveRate[:]),
		"INITIAL_PUPILS", "["+strings.Join(rows, ",\n")+"]",
		"LEAVING_EFFECT", pairs(d.leavingEffect),
		"CROWDING_EFFECT", strings.Join(tables, "\n"),
	).Replace(wideTOML)
}

// list returns numbers as the elements of a TOML array.
func list(x []float64) string {
	words := make([]string, len(x))
	for i := range x {
		words[i] = strconv.FormatFloat(x[i], 'g', -1, 64)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// pairs returns the points of a lookup as TOML.
func pairs(table []point) string {
	words := make([]string, len(table))
	for i, p := range table {
		words[i] = list([]float64{p.x, p.y})
	}
	return "[" + strings.Join(words, ", ") + "]"
}
