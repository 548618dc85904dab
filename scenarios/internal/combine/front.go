package combine

import (
	"cmp"
	"math"
	"slices"
)

// A Point is a combination in the plane of cost and gain. Gain grows towards the better.
type Point struct {
	Cost, Gain float64
	// Out keeps a combination off the frontier: its cost is not known wholly, or too high.
	Out bool
}

// Front returns, for each point, whether it is best for its cost: no other point that costs as
// much or less gains more than it by over least. Of two that cost and gain the same the first
// stands. NaN in a point keeps it off.
func Front(points []Point, least float64) []bool {
	var order []int
	for i, p := range points {
		if !p.Out && !math.IsNaN(p.Cost) && !math.IsNaN(p.Gain) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(points[i].Cost, points[j].Cost), cmp.Compare(points[j].Gain, points[i].Gain))
	})
	on, best := make([]bool, len(points)), math.Inf(-1)
	for _, i := range order {
		if points[i].Gain > best+least {
			best, on[i] = points[i].Gain, true
		}
	}
	return on
}
