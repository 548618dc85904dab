package benchmodels

import "weir/model/numeric/maths"

const (
	schools = 100
	grades  = 13
)

// city is the state of the wide model: pupils choose among schools, and schools
// have more or fewer teachers than their pupils need.
type city struct {
	*cityData
	pupils [schools][grades]float64

	progression, leaving, arrival        [schools][grades]float64
	crowding, quality, leavingBy, weight [schools]float64
	share                                [schools]float64
	mobile                               [grades]float64
	seen                                 report
}

// report computes the numbers of the wide model that only its readers use.
type report struct {
	spending, balance, spare, perPupil       [schools]float64
	inGrade, leavers, gradeShare, gradeCost  [grades]float64
	enrollment, funding, spent, balanceInAll float64
	meanQuality, meanCrowding                float64
}

// wide returns the model of 100 schools with 13 grades.
func wide() Model {
	d := newCityData()
	return Model{
		Name: "wide", TOML: d.toml(), Names: d.names(),
		Hand: func() [][]float64 {
			c := &city{cityData: d, pupils: d.initialPupils}
			return simulate(c.advance, c.row)
		},
	}
}

// row returns the pupils of every school and grade, school by school.
func (c *city) row() []float64 {
	row := make([]float64, 0, schools*grades)
	for s := range c.pupils {
		row = append(row, c.pupils[s][:]...)
	}
	return row
}

// advance is one step: first the flows, then the stocks.
func (c *city) advance(t float64) {
	totalWeight := 0.0
	for s := range schools {
		totalWeight += c.look(s)
	}
	for s := range schools {
		c.share[s] = c.weight[s] / totalWeight
	}
	c.move(c.newEntrants * maths.Exp(c.entrantGrowth*t))
	for s := range schools {
		for g := range grades {
			c.pupils[s][g] += step * (c.arrival[s][g] - c.progression[s][g] - c.leaving[s][g])
		}
	}
}

// look returns how one school appears to families; it returns the school's weight in
// their choice.
func (c *city) look(s int) float64 {
	enrollment := 0.0
	for _, n := range c.pupils[s] {
		enrollment += n
	}
	crowding := enrollment / c.capacity[s]
	required := enrollment / c.targetClassSize
	teachers := min(required, c.capacity[s]/c.placesPerTeacher)
	staffing := teachers / required
	quality := between(c.crowdingEffect[s], crowding) * maths.Pow(staffing, c.qualityElasticity)
	weight := c.location[s] * maths.Exp(c.choiceSensitivity*(quality-1)) / (0.2 + crowding)
	funding := enrollment * c.fundingPerPupil
	spending := teachers*c.teacherCost + c.capacity[s]*c.buildingCost

	c.crowding[s], c.quality[s], c.weight[s] = crowding, quality, weight
	c.leavingBy[s] = between(c.leavingEffect, quality)
	c.seen.spending[s] = spending
	c.seen.balance[s] = funding - spending
	c.seen.spare[s] = c.capacity[s] - enrollment
	c.seen.perPupil[s] = spending / enrollment
	return weight
}

// move computes the flows between grades and schools.
func (c *city) move(entrants float64) {
	c.mobile = [grades]float64{}
	c.seen.inGrade = [grades]float64{}
	for s := range schools {
		for g := range grades {
			n := c.pupils[s][g]
			c.progression[s][g] = n / c.yearsPerGrade
			c.leaving[s][g] = n * c.baseLeaveRate[g] * c.leavingBy[s]
			c.mobile[g] += c.leaving[s][g]
			c.seen.inGrade[g] += n
		}
	}
	c.seen.leavers = c.mobile
	for g := range grades {
		c.mobile[g] *= c.stayFraction
	}
	for s := range schools {
		c.arrival[s][0] = entrants*c.share[s] + c.mobile[0]*c.share[s]
		for g := 1; g < grades; g++ {
			c.arrival[s][g] = c.progression[s][g-1] + c.mobile[g]*c.share[s]
		}
	}
	c.sumUp()
}

// sumUp computes the totals and the shares in them.
func (c *city) sumUp() {
	r := &c.seen
	r.enrollment, r.spent, r.balanceInAll, r.meanQuality, r.meanCrowding = 0, 0, 0, 0, 0
	for _, n := range r.inGrade {
		r.enrollment += n
	}
	for s := range schools {
		r.spent += r.spending[s]
		r.balanceInAll += r.balance[s]
		r.meanQuality += c.quality[s] / schools
		r.meanCrowding += c.crowding[s] / schools
	}
	r.funding = r.enrollment * c.fundingPerPupil
	for g := range grades {
		r.gradeShare[g] = r.inGrade[g] / r.enrollment
		r.gradeCost[g] = r.spent * r.gradeShare[g]
	}
}
