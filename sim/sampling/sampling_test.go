package sampling

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"
)

func points(t *testing.T, m Method, n, dims int, seed uint64) [][]float64 {
	t.Helper()
	d, err := NewDesign(m, n, dims, seed)
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, dims)
		d.Point(i, out[i])
		for _, u := range out[i] {
			if !(u > 0 && u < 1) {
				t.Fatalf("%s: coordinate %v of point %d", m, u, i)
			}
		}
	}
	return out
}

// Each slice of each axis holds one point of a Latin hypercube.
func TestLatinHypercubeHasOnePointASlice(t *testing.T) {
	for _, n := range []int{1, 2, 3, 17, 64, 1000} {
		p := points(t, LatinHypercube, n, 5, 7)
		for k := range 5 {
			seen := make([]bool, n)
			for i := range p {
				cell := int(p[i][k] * float64(n))
				if seen[cell] {
					t.Fatalf("n %d, axis %d: two points in slice %d", n, k, cell)
				}
				seen[cell] = true
			}
		}
	}
}

// The first 2^m points of a Sobol sequence, scrambled or not, have one point in each
// of 2^m slices of every axis; the first two dimensions are a (0,m,2)-net: one point in
// each box of sides 2^-a and 2^-(m-a).
func TestSobolIsANet(t *testing.T) {
	const m = 8
	p := points(t, Sobol, 1<<m, 200, 3)
	for k := range 200 {
		seen := map[int]bool{}
		for i := range p {
			seen[int(p[i][k]*(1<<m))] = true
		}
		if len(seen) != 1<<m {
			t.Fatalf("axis %d has points in %d of %d slices", k, len(seen), 1<<m)
		}
	}
	for a := range m + 1 {
		boxes := map[[2]int]bool{}
		for i := range p {
			boxes[[2]int{int(p[i][0] * float64(int(1)<<a)), int(p[i][1] * float64(int(1)<<(m-a)))}] = true
		}
		if len(boxes) != 1<<m {
			t.Errorf("%d boxes of sides 2^-%d and 2^-%d have a point, want all %d", len(boxes), a, m-a, 1<<m)
		}
	}
}

// Unscrambled points as printed in the notes of Joe and Kuo.
func TestSobolDirectionsAreThePublishedOnes(t *testing.T) {
	columns := directions(3)
	want := [][]float64{{0, 0, 0}, {0.5, 0.5, 0.5}, {0.25, 0.75, 0.75}, {0.75, 0.25, 0.25}, {0.125, 0.625, 0.375}, {0.625, 0.125, 0.875}}
	for i, w := range want {
		for k := range w {
			x := uint64(0)
			for b := range 8 {
				if i>>b&1 == 1 {
					x ^= columns[k][b]
				}
			}
			if got := float64(x) / (1 << sobolBits); got != w[k] {
				t.Errorf("point %d, axis %d: %v, want %v", i, k, got, w[k])
			}
		}
	}
}

// The number of primitive polynomials of degree n is phi(2^n - 1)/n: 18 of degree 7,
// 16 of degree 8, 48 of degree 9.
func TestPrimitivePolynomials(t *testing.T) {
	count := map[int]int{}
	for degree := 2; degree <= 9; degree++ {
		for middle := range uint64(1) << (degree - 1) {
			if primitive(degree, 1<<degree|middle<<1|1) {
				count[degree]++
			}
		}
	}
	want := map[int]int{2: 1, 3: 2, 4: 2, 5: 6, 6: 6, 7: 18, 8: 16, 9: 48}
	for degree, n := range want {
		if count[degree] != n {
			t.Errorf("%d primitive polynomials of degree %d, want %d", count[degree], degree, n)
		}
	}
}

// The mean of a product of functions with mean 1 is 1; a Sobol design finds it with a
// far smaller error than random points.
func TestSobolIntegratesBetterThanRandom(t *testing.T) {
	errorOf := func(m Method) float64 {
		worst := 0.0
		for seed := range uint64(5) {
			sum := 0.0
			for _, u := range points(t, m, 1024, 6, seed) {
				f := 1.0
				for _, x := range u {
					f *= 1 + (x - 0.5)
				}
				sum += f
			}
			worst = max(worst, math.Abs(sum/1024-1))
		}
		return worst
	}
	random, sobol := errorOf(Random), errorOf(Sobol)
	if !(sobol < random/10) {
		t.Errorf("error %v with Sobol points, %v with random ones", sobol, random)
	}
}

func TestSameSeedSamePointsInAnyOrder(t *testing.T) {
	for _, m := range []Method{Random, LatinHypercube, Sobol} {
		a, b := points(t, m, 50, 3, 1), points(t, m, 50, 3, 2)
		if slices.Equal(a[7], b[7]) {
			t.Errorf("%s: two seeds give one point", m)
		}
		d, _ := NewDesign(m, 50, 3, 1)
		u := make([]float64, 3)
		if d.Point(7, u); !slices.Equal(u, a[7]) {
			t.Errorf("%s: point 7 alone is %v, among others %v", m, u, a[7])
		}
	}
}

func TestGrid(t *testing.T) {
	p := points(t, Grid, 9, 2, 0)
	want := [][]float64{{1. / 6, 1. / 6}, {1. / 6, 0.5}, {1. / 6, 5. / 6}, {0.5, 1. / 6}}
	for i := range want {
		for k := range want[i] {
			if math.Abs(p[i][k]-want[i][k]) > 1e-15 {
				t.Errorf("point %d is %v, want %v", i, p[i], want[i])
			}
		}
	}
	_, err := NewDesign(Grid, 1000, 2, 0)
	if err == nil || !strings.Contains(err.Error(), "1024 with 32") && !strings.Contains(err.Error(), "1024 runs with 32") {
		t.Errorf("1,000 points on a grid of 2: %v", err)
	}
}

// Every whole root is found, up to the largest number of runs.
func TestGridOfEverySize(t *testing.T) {
	for _, c := range []struct{ n, dims, levels int }{{2, 1, 2}, {1 << 30, 1, 1 << 30}, {1 << 30, 30, 2}, {1 << 30, 2, 1 << 15}, {59049, 10, 3}, {1, 0, 1}} {
		d, err := NewDesign(Grid, c.n, c.dims, 0)
		if err != nil || d.levels != c.levels {
			t.Errorf("%d points on a grid of %d: %+v, %v", c.n, c.dims, d, err)
		}
	}
}

// Quantiles of distributions as their definitions give them.
func TestQuantiles(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		d       Distribution
		u, want float64
	}{
		{Distribution{Shape: Uniform, Low: 2, High: 4}, 0.25, 2.5},
		{Distribution{Shape: Triangular, Low: 0, Mode: 1, High: 2}, 0.5, 1},
		{Distribution{Shape: Triangular, Low: 0, Mode: 0, High: 1}, 0.75, 0.5},
		{Distribution{Shape: Normal, Low: -inf, High: inf, Mean: 3, SD: 2}, 0.5, 3},
		{Distribution{Shape: Normal, Low: -inf, High: inf, Mean: 0, SD: 1}, 0.975, 1.959963984540054},
		{Distribution{Shape: Normal, Low: 0, High: inf, Mean: 0, SD: 1}, 0.5, 0.6744897501960817},
		{Distribution{Shape: LogNormal, Low: 0, High: inf, Mean: 1, SD: 0.5}, 0.5, math.E},
		{Distribution{Shape: Uniform, Low: 3, High: 3}, 0.9, 3},
	} {
		if err := c.d.Check(); err != nil {
			t.Errorf("%+v: %v", c.d, err)
		}
		if got := c.d.Quantile(c.u); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%+v at %v is %v, want %v", c.d, c.u, got, c.want)
		}
	}
}

func TestImpossibleDistributions(t *testing.T) {
	for _, d := range []Distribution{
		{Shape: Uniform, Low: 2, High: 1}, {Shape: Uniform, Low: 0, High: math.Inf(1)}, {Shape: Triangular, Low: 0, High: 1, Mode: 2},
		{Shape: Normal, Low: 0, High: 1, SD: 0}, {Shape: Normal, Low: 100, High: 101, Mean: 0, SD: 1}, {Shape: LogNormal, Low: -2, High: -1, SD: 1},
		{Shape: Normal, Low: math.NaN(), High: 1, SD: 1},
	} {
		if d.Check() == nil {
			t.Errorf("%+v is taken for a distribution", d)
		}
	}
}

// Spearman's coefficient of normal variables with correlation r is 6/pi asin(r/2).
func TestCopula(t *testing.T) {
	c, err := NewCopula(3, []Correlation{{0, 2, 0.8}})
	if err != nil {
		t.Fatal(err)
	}
	const n = 4096
	x, y, z := make([]float64, n), make([]float64, n), make([]float64, n)
	scratch := make([]float64, 3)
	for i, u := range points(t, Sobol, n, 3, 11) {
		c.Bind(u, scratch)
		x[i], y[i], z[i] = u[0], u[1], u[2]
	}
	if got, want := stat.Correlation(x, z, nil), 6/math.Pi*math.Asin(0.4); math.Abs(got-want) > 0.01 {
		t.Errorf("rank correlation %v, want %v", got, want)
	}
	if got := stat.Correlation(x, y, nil); math.Abs(got) > 0.02 {
		t.Errorf("constants without a correlation have %v", got)
	}
	if _, err := NewCopula(3, []Correlation{{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}}); err == nil {
		t.Error("contradicting correlations are accepted")
	}
}
