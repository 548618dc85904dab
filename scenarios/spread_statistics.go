package scenarios

import (
	"cmp"
	"math"
	"slices"
)

// The statistics below are written out in plain sums, in the order of members: a
// comparison has the same bytes on every machine, which a library that adds in the
// registers' order does not promise.

// quantile is the value below which a share q of sorted, finite values lies, on a
// straight line between neighbours: definition 7 of Hyndman and Fan, Sample Quantiles
// in Statistical Packages, The American Statistician 50, 1996. NaN for no values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + float64((at-float64(i))*(sorted[i+1]-sorted[i]))
}

// tenths are the 10th percentile, the median and the 90th percentile. It sorts values.
func tenths(values []float64) (low, median, high float64) {
	slices.Sort(values)
	return quantile(values, 0.1), quantile(values, 0.5), quantile(values, 0.9)
}

// worstTenth is the mean of the largest tenth of values, at least one. It sorts them.
func worstTenth(values []float64) float64 {
	slices.Sort(values)
	n := (len(values) + 9) / 10
	return mean(values[len(values)-n:])
}

// centredRanks are the ranks of values less their mean; values that are equal share
// the mean of their ranks.
func centredRanks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	out := make([]float64, len(values))
	middle := float64(len(values)-1) / 2
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+to-1)/2 - middle
		}
		from = to
	}
	return out
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// correlation of two centred lists, 0 if one of them never changes. Of ranks it is
// Spearman's (C. Spearman, American Journal of Psychology 15, 1904).
func correlation(a, b []float64) float64 {
	size := math.Sqrt(dot(a, a)) * math.Sqrt(dot(b, b))
	if size == 0 {
		return 0
	}
	return max(-1, min(1, dot(a, b)/size))
}

// away takes from a its part along b.
func away(a, b []float64) {
	share := dot(a, b) / dot(b, b)
	for i := range a {
		a[i] -= float64(share * b[i])
	}
}

// A regression explains a list by others, one after the other, all centred. Each is made
// orthogonal to those before it (Gram-Schmidt), so that what it explains is its own.
type regression struct {
	all   float64   // variance of the list, times its length
	left  []float64 // what is not explained yet
	basis [][]float64
}

func newRegression(y []float64) *regression {
	return &regression{all: dot(y, y), left: slices.Clone(y)}
}

// own is the part of x that those taken before do not give, and its correlation with what
// is left of y: the partial correlation. Nil and 0 if there is none.
func (r *regression) own(x []float64) (part []float64, partial float64) {
	part = slices.Clone(x)
	for _, b := range r.basis {
		away(part, b)
	}
	if dot(part, part) <= 1e-9*dot(x, x) || dot(r.left, r.left) <= 1e-9*r.all {
		return nil, 0
	}
	return part, correlation(part, r.left)
}

// take explains what the part of some x explains.
func (r *regression) take(part []float64) {
	r.basis = append(r.basis, part)
	away(r.left, part)
}

// explained is the share of the variance that has been explained: R squared.
func (r *regression) explained() float64 {
	if r.all == 0 {
		return 0
	}
	return max(0, 1-dot(r.left, r.left)/r.all)
}

// driversOf are the sources on which a number depends. ranks are the centred ranks of
// each source's draws; values are the number in the same futures. See Drivers for which
// are listed.
func driversOf(sources []Source, ranks [][]float64, values []float64) Drivers {
	y := centredRanks(values)
	chance := 1 / math.Sqrt(float64(len(values)))
	order := make([]int, len(sources))
	rho := make([]float64, len(sources))
	for i := range sources {
		order[i], rho[i] = i, correlation(ranks[i], y)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(math.Abs(rho[b]), math.Abs(rho[a])) })
	var d Drivers
	r := newRegression(y)
	for _, i := range order {
		part, partial := r.own(ranks[i])
		if len(d.List) < MaxDrivers && math.Abs(rho[i]) > 2*chance && math.Abs(partial) > 3*chance && partial*rho[i] > 0 {
			d.List = append(d.List, Driver{Name: sources[i].Name, Label: sources[i].Label, Rank: rho[i]})
			r.take(part)
		}
	}
	d.Explained = r.explained()
	return d
}
