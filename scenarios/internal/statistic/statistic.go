// Package statistic holds the statistics of futures. They are plain sums in the order of
// members, so that a comparison has the same bytes on every machine; a library that adds in
// the registers' order does not promise that.
package statistic

import (
	"cmp"
	"math"
	"slices"

	"weir/model/numeric"
)

// Mean returns the mean of values, NaN of none.
func Mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// Minus returns a - b, one by one. Both have the same length.
func Minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// Tenths returns the 10th percentile, the median and the 90th percentile. It sorts values.
func Tenths(values []float64) (low, median, high float64) {
	slices.Sort(values)
	return numeric.Quantile(values, 0.1), numeric.Quantile(values, 0.5), numeric.Quantile(values, 0.9)
}

// WorstTenth returns the mean of the largest tenth of values, at least one. It sorts them.
func WorstTenth(values []float64) float64 {
	slices.Sort(values)
	n := (len(values) + 9) / 10
	return Mean(values[len(values)-n:])
}

// Order returns the places of values from the lowest to the highest; those of equal values, and of
// NaN, which come first, keep their order.
func Order(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(values[a], values[b]), a-b) })
	return order
}

// CentredRanks returns the ranks of values less their mean; values that are equal share
// the mean of their ranks.
func CentredRanks(values []float64) []float64 {
	order := Order(values)
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

// dot returns the inner product. The conversion keeps processors from fusing product and sum,
// which would change bits.
func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// Correlation returns that of two centred lists, 0 if one of them never changes. Of ranks it
// is Spearman's (C. Spearman, American Journal of Psychology 15, 1904).
func Correlation(a, b []float64) float64 {
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

// A Regression explains a list by others, one after the other, all centred. Each is made
// orthogonal to those before it (Gram-Schmidt), so that it explains a part of its own.
type Regression struct {
	all   float64   // variance of the list, times its length
	left  []float64 // not explained yet
	basis [][]float64
}

// NewRegression returns the regression of a centred list, of which nothing is explained yet.
func NewRegression(y []float64) *Regression {
	return &Regression{all: dot(y, y), left: slices.Clone(y)}
}

// Own returns the part of x that those taken before do not give, and its correlation with
// the rest of y: the partial correlation. Nil and 0 if there is none.
func (r *Regression) Own(x []float64) (part []float64, partial float64) {
	part = slices.Clone(x)
	for _, b := range r.basis {
		away(part, b)
	}
	if dot(part, part) <= 1e-9*dot(x, x) || dot(r.left, r.left) <= 1e-9*r.all {
		return nil, 0
	}
	return part, Correlation(part, r.left)
}

// Take explains the rest of y by a part that Own returned.
func (r *Regression) Take(part []float64) {
	r.basis = append(r.basis, part)
	away(r.left, part)
}

// Explained returns the share of the variance that has been explained: R squared.
func (r *Regression) Explained() float64 {
	if r.all == 0 {
		return 0
	}
	return max(0, 1-dot(r.left, r.left)/r.all)
}

// fewestGrouped is the number of values from which a first-order share is estimated.
const fewestGrouped = 40

// FirstOrder returns the share of the variance of y that the value of x alone explains, the
// first-order index of Sobol, estimated from given draws; order is that of x, by Order, which many
// y share. Values are grouped by the rank of x, and the variance between the means of groups is compared with that of all (E. Plischke,
// An effective algorithm for computing global sensitivity indices, Reliability Engineering
// and System Safety 95, 2010). What groups of that size would show by chance is taken off, as
// in an analysis of variance. sure reports whether the share is beyond chance. Any course of
// y over x counts, not only a rising or falling one. Below 40 values it is 0 and not sure.
func FirstOrder(order []int, y []float64) (share float64, sure bool) {
	n := len(y)
	if n < fewestGrouped {
		return 0, false
	}
	groups := min(30, int(math.Sqrt(float64(n))))
	mean, between, all := Mean(y), 0.0, 0.0
	for _, v := range y {
		all += float64((v - mean) * (v - mean))
	}
	for g := range groups {
		from, to := g*n/groups, (g+1)*n/groups
		sum := 0.0
		for _, i := range order[from:to] {
			sum += y[i] - mean
		}
		between += float64(sum * sum / float64(to-from))
	}
	if all == 0 {
		return 0, false
	}
	chance := max(0, all-between) / float64(n-groups)
	free := float64(groups - 1)
	share = max(0, (between-float64(free*chance))/all)
	// The F statistic of groups of equal size, against four standard deviations of it.
	return share, between > float64(free*chance)*(1+4*math.Sqrt(2/free))
}
