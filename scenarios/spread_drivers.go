package scenarios

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/scenarios/internal/statistic"
	"weir/scenarios/words"
)

// drivers returns the sources on which a number depends. values are the number in the
// counted futures. See Drivers for which are listed.
func (f *futures) drivers(values []float64) Drivers {
	sources, y := f.sampler.Sources(), statistic.CentredRanks(values)
	chance := 1 / math.Sqrt(float64(len(values)))
	order := make([]int, len(sources))
	rho := make([]float64, len(sources))
	for i := range sources {
		order[i], rho[i] = i, statistic.Correlation(f.ranks[i], y)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(rho[b]), math.Abs(rho[a])) })
	var d Drivers
	var listed []int
	r := statistic.NewRegression(y)
	for _, i := range order {
		part, partial := r.Own(f.ranks[i])
		if len(listed) < MaxDrivers && math.Abs(rho[i]) > 2*chance && math.Abs(partial) > 3*chance && partial*rho[i] > 0 {
			listed = append(listed, i)
			r.Take(part)
		}
	}
	d.Explained = r.Explained()
	listed = f.bending(listed, values, 3*chance)
	for _, i := range listed {
		x := f.driver(i)
		if i < len(rho) {
			x.Rank = rho[i]
		}
		share, sure := statistic.FirstOrder(f.orders[i], values)
		x.Share = share
		x.Bends = sure && share > math.Abs(x.Rank) && share > leastShare
		d.List = append(d.List, x)
		d.Shares += share
	}
	d.Shares = min(1, d.Shares)
	slices.SortStableFunc(d.List, func(a, b Driver) int { return cmp.Compare(b.weight(), a.weight()) })
	d.List = d.List[:min(len(d.List), MaxDrivers)]
	return d
}

// leastShare is the share of the variance from which a constant whose effect has no one direction
// is reported as such.
const leastShare = 0.05

// bending adds the sources that explain variance beyond chance although ranks do not show
// it, but for those that are correlated with a listed one.
func (f *futures) bending(listed []int, values []float64, correlated float64) []int {
	for i, x := range f.ranks {
		share, sure := statistic.FirstOrder(f.orders[i], values)
		if !sure || share < leastShare || slices.Contains(listed, i) {
			continue
		}
		companion := slices.ContainsFunc(listed, func(j int) bool {
			return math.Abs(statistic.Correlation(f.ranks[j], x)) > correlated
		})
		if !companion {
			listed = append(listed, i)
		}
	}
	return listed
}

// weight is by which drivers are ordered: the larger of the share and the squared rank
// correlation, which is the share of a straight line.
func (d Driver) weight() float64 { return max(d.Share, float64(d.Rank*d.Rank)) }

// Unexplained returns the share of the variance of the ranks that the rising and falling
// effects of the listed constants do not explain.
func (d Drivers) Unexplained() float64 { return 1 - d.Explained }

// mostUnexplained is the share up to which the ranks' explanation stands alone.
const mostUnexplained = 0.5

// Words returns the first few drivers and their explanation as the end of a sentence,
// "Births (+0.81) and Moves (-0.40); together they explain 92 % of the spread"; "" if
// nothing stands out.
func (d Drivers) Words(most int) string {
	var list []string
	for _, x := range d.List[:min(most, len(d.List))] {
		list = append(list, x.words())
	}
	if list == nil {
		return ""
	}
	text := strings.Join(list, ", ")
	if n := len(d.List) - len(list); n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	explain := words.Verb(len(d.List), "it explains", "together they explain")
	if d.Unexplained() <= mostUnexplained {
		return fmt.Sprintf("%s; %s %s of the spread", text, explain, wholePercent(d.Explained))
	}
	return text + "; " + d.Remainder()
}

// Remainder returns the clause about the part of the spread that rising and falling effects
// do not explain.
func (d Drivers) Remainder() string {
	text := fmt.Sprintf("rising and falling effects explain %s of the spread and leave %s unexplained",
		wholePercent(d.Explained), wholePercent(1-math.Floor(100*d.Explained)/100))
	if d.Shares > d.Explained {
		text += fmt.Sprintf("; effects of each constant alone, turns included, explain %s", wholePercent(d.Shares))
	}
	return text
}

// words returns the name of a driver with its direction, or with its share if it has none.
func (d Driver) words() string {
	if d.Bends {
		return fmt.Sprintf("%s (in no one direction, %s of the variance)", d.Label, wholePercent(d.Share))
	}
	return fmt.Sprintf("%s (%+.2f)", d.Label, d.Rank)
}

// wholePercent writes a share in whole percent, rounded down, so that nothing is explained
// more than it is.
func wholePercent(share float64) string { return fmt.Sprintf("%.0f %%", math.Floor(100*share+1e-9)) }
