package sim

import "weir/sim/internal/vector"

// The operations that move stocks, nil if the processor has no instructions for them.
var (
	vectorAdd    = vector.Find("add")
	vectorSub    = vector.Find("sub")
	vectorMul    = vector.Find("mul")
	vectorMulAdd = vector.Find("muladd")
)

// followVector is net.follow.
func (n *netFlow) followVector(v []float64, h float64, to []float64) {
	y := v[n.stock : n.stock+n.n]
	k := n.slopes(to[:n.n], v, byVector)
	vectorMulAdd(&y[0], &k[0], &h, &y[0], vector.Walks, 0, vector.Walks, len(y))
}

// byVector are the sums by the processor's instructions.
var byVector = rowSums{
	add: func(d, a, b []float64) { vectorAdd(&d[0], &a[0], &b[0], nil, vector.Walks, vector.Walks, 0, len(d)) },
	sub: func(d, a, b []float64) { vectorSub(&d[0], &a[0], &b[0], nil, vector.Walks, vector.Walks, 0, len(d)) },
}

// combineVector is combine.
func combineVector(y, y0 []float64, slopes [][]float64, h float64, weights []float64) {
	first := true
	for j, w := range weights {
		if w == 0 {
			continue
		}
		k := slopes[j][:len(y)]
		if first {
			vectorMul(&y[0], &k[0], &w, nil, vector.Walks, 0, 0, len(y))
		} else {
			vectorMulAdd(&y[0], &k[0], &w, &y[0], vector.Walks, 0, vector.Walks, len(y))
		}
		first = false
	}
	y0 = y0[:len(y)]
	vectorMulAdd(&y[0], &y[0], &h, &y0[0], vector.Walks, 0, vector.Walks, len(y))
}
