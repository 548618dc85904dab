package scenarios

import (
	"cmp"
	"math"
	"slices"

	"weir/scenarios/internal/statistic"
	"weir/scenarios/uncertainty"
)

// driversOf returns the sources on which a number depends. ranks are the centred ranks of
// each source's draws; values are the number in the same futures. See Drivers for which
// are listed.
func driversOf(sources []uncertainty.Source, ranks [][]float64, values []float64) Drivers {
	y := statistic.CentredRanks(values)
	chance := 1 / math.Sqrt(float64(len(values)))
	order := make([]int, len(sources))
	rho := make([]float64, len(sources))
	for i := range sources {
		order[i], rho[i] = i, statistic.Correlation(ranks[i], y)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(rho[b]), math.Abs(rho[a])) })
	var d Drivers
	r := statistic.NewRegression(y)
	for _, i := range order {
		part, partial := r.Own(ranks[i])
		if len(d.List) < MaxDrivers && math.Abs(rho[i]) > 2*chance &&
			math.Abs(partial) > 3*chance && partial*rho[i] > 0 {
			d.List = append(d.List, Driver{Name: sources[i].Name, Label: sources[i].Label, Rank: rho[i]})
			r.Take(part)
		}
	}
	d.Explained = r.Explained()
	return d
}
