package arrays

import (
	"math"

	"weir/model/numeric/maths"
)

// Kinds of curve by which a request gives way as the price rises: see Vensim's reference
// manual, "Allocation by Priority".
const (
	fixedShare = iota // all requests in proportion, whatever their priorities
	rectangle         // evenly over a width around the priority
	triangle          // most at the priority, none half a width off
	bell              // a normal distribution with that deviation
	twoSided          // exponential on both sides, falling by e in a width
	curves
)

// halvings find the price to the last bit, unless it is far below the widths.
const halvings = 100

// Allocate divides an available amount among n requests. Each has a curve that says
// which share of it still stands at a price; the price is the one at which all that stand
// together take what there is. If there is enough, all get what they ask for. A curve of
// another kind, or kinds of which some but not all are fixed shares, give NaN.
func Allocate(out, request, kind, priority, width []float64, available float64, n int32) {
	total, fixed := 0.0, int32(0)
	for i := range n {
		total += request[i]
		if kind[i] == fixedShare {
			fixed++
		}
		if !isCurve(kind[i]) {
			fixed = -n - 1
		}
	}
	switch {
	case fixed != 0 && fixed != n:
		fill(out, n, nan)
	case total <= available:
		for i := range n {
			out[i] = request[i]
		}
	case available <= 0:
		fill(out, n, 0)
	case fixed > 0:
		for i := range n {
			out[i] = available / total * request[i]
		}
	default:
		price := marketPrice(request, kind, priority, width, available, n)
		for i := range n {
			out[i] = float64(request[i] * standing(kind[i], above(price, priority[i], width[i])))
		}
	}
}

// fill sets the first n numbers of out to x.
func fill(out []float64, n int32, x float64) {
	for i := range n {
		out[i] = x
	}
}

// marketPrice returns at which all requests together take no more than is available. It is found
// when no number lies between low and high any more.
func marketPrice(request, kind, priority, width []float64, available float64, n int32) float64 {
	low, high := inf, -inf
	for i := range n {
		low = min(low, priority[i]-float64(50*width[i]))
		high = max(high, priority[i]+float64(50*width[i]))
	}
	for range halvings {
		middle := low + (high-low)/2
		found := middle == low || middle == high
		taken := 0.0
		for i := range n {
			taken += float64(request[i] * standing(kind[i], above(middle, priority[i], width[i])))
		}
		if taken > available {
			low = middle
		} else {
			high = middle
		}
		if found {
			break
		}
	}
	return high
}

// above returns how many widths a price is above a priority. A curve without width is a wall.
func above(price, priority, width float64) float64 {
	if width == 0 && price == priority {
		return inf
	}
	return (price - priority) / width
}

// standing returns the share of a request that stands at a price so many widths above its
// priority.
func standing(kind, x float64) float64 {
	switch kind {
	case rectangle:
		return min(1, max(0, 0.5-x))
	case triangle:
		return beyondTriangle(x)
	case bell:
		return beyondBell(x)
	}
	if x < 0 {
		return 1 - float64(0.5*maths.Exp(x))
	}
	return float64(0.5 * maths.Exp(-x))
}

// beyondTriangle returns the share of a triangle of width 1 around 0 that lies above -x: 0 far
// below, 1 far above, a half in the middle.
func beyondTriangle(x float64) float64 {
	y := min(1, max(0, 0.5+x))
	if y < 0.5 {
		return 1 - float64(2*float64(y*y))
	}
	return float64(2 * float64((1-y)*(1-y)))
}

// beyondBell returns the upper tail of the normal distribution as Vensim has it: to within
// 1e-5, by Abramowitz and Stegun, 26.2.16.
func beyondBell(x float64) float64 {
	if x < 0 {
		return 1 - beyondBell(-x)
	}
	t := 1 / (1 + float64(0.33267*x))
	density := float64(0.3989422804014327 * maths.Exp(float64(float64(-x*x)/2)))
	return float64(density * float64(t*(0.4361836+float64(t*(-0.1201676+float64(t*0.9372980))))))
}

// Price puts the price into out at which n demands and m supplies are equal, or the
// nearest. A curve says which share of a demand still stands at a price, and which share
// of a supply is not yet there; fixed shares stand, and are there, at every price. A curve
// of another kind gives NaN.
func Price(out, demand, kind, priority, width, supply, supplyKind, supplyPriority, supplyWidth []float64, n, m int32) {
	low, high := inf, -inf
	known := true
	for i := range n {
		low = min(low, priority[i]-float64(50*width[i]))
		high = max(high, priority[i]+float64(50*width[i]))
		known = known && isCurve(kind[i])
	}
	for i := range m {
		low = min(low, supplyPriority[i]-float64(50*supplyWidth[i]))
		high = max(high, supplyPriority[i]+float64(50*supplyWidth[i]))
		known = known && isCurve(supplyKind[i])
	}
	for range halvings {
		middle := low + (high-low)/2
		found := middle == low || middle == high
		wanted, there := 0.0, 0.0
		for i := range n {
			wanted += Demanded(demand[i], kind[i], priority[i], width[i], middle)
		}
		for i := range m {
			there += Supplied(supply[i], supplyKind[i], supplyPriority[i], supplyWidth[i], middle)
		}
		if wanted > there {
			low = middle
		} else {
			high = middle
		}
		if found {
			break
		}
	}
	out[0] = high
	if !known {
		out[0] = nan
	}
}

// isCurve reports whether a number is a kind of curve.
func isCurve(kind float64) bool { return kind >= 0 && kind < curves && kind == math.Trunc(kind) }

// Demanded returns the amount demanded at a price.
func Demanded(quantity, kind, priority, width, price float64) float64 {
	if kind == fixedShare {
		return quantity
	}
	return float64(quantity * standing(kind, above(price, priority, width)))
}

// Supplied returns the amount supplied at a price.
func Supplied(quantity, kind, priority, width, price float64) float64 {
	if kind == fixedShare {
		return quantity
	}
	return float64(quantity * (1 - standing(kind, above(price, priority, width))))
}
