package arrays_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"weir/model/numeric/arrays"
)

// A matrix times its inverse is the identity, and the matrix stays as it was. Rows are
// out of order, so that pivots have to be found.
func TestInverse(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := int32(1); n <= 8; n++ {
		a, inverse := make([]float64, n*n), make([]float64, n*n)
		for i := range a {
			a[i] = random.NormFloat64()
		}
		for i := range n {
			a[(i+1)%n*n+i] += 10
		}
		kept := append([]float64(nil), a...)
		arrays.Invert(inverse, a, make([]float64, n*n), n)
		for i := range n {
			for j := range n {
				sum, want := 0.0, 0.0
				for k := range n {
					sum += a[i*n+k] * inverse[k*n+j]
				}
				if i == j {
					want = 1
				}
				if a[i*n+j] != kept[i*n+j] || math.Abs(sum-want) > 1e-12 {
					t.Fatalf("n = %d: element %d, %d of the product is %v, want %v", n, i, j, sum, want)
				}
			}
		}
	}
}

// A singular matrix has no finite inverse.
func TestInverseOfSingular(t *testing.T) {
	inverse := make([]float64, 4)
	arrays.Invert(inverse, []float64{1, 2, 2, 4}, make([]float64, 4), 2)
	for _, x := range inverse {
		if x-x != 0 {
			return
		}
	}
	t.Errorf("the inverse of [[1, 2], [2, 4]] is %v", inverse)
}

// All that is available is given out if too much is asked for, and nobody gets more than
// what was asked.
func TestAllocation(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const n = 6
	for kind := range 5 {
		for range 100 {
			var request, kinds, priority, width, out [n]float64
			asked := 0.0
			for i := range n {
				request[i], kinds[i] = 1+random.Float64(), float64(kind)
				priority[i], width[i] = 4*random.Float64(), 0.5+random.Float64()
				asked += request[i]
			}
			available := asked * (0.1 + 1.2*random.Float64())
			arrays.Allocate(out[:], request[:], kinds[:], priority[:], width[:], available, n)
			given := 0.0
			for i, x := range out {
				if !(x >= 0 && x <= request[i]) {
					t.Fatalf("curve %d: %v is given where %v was asked", kind, x, request[i])
				}
				given += x
			}
			if want := min(asked, available); math.Abs(given-want) > 1e-4*want { // 26.2.16 is within 1e-5
				t.Fatalf("curve %d: %v of %v is given", kind, given, want)
			}
		}
	}
}
