package vector

import (
	"math"
	"math/rand/v2"
	"testing"

	"weir/model/numeric/maths"
)

// Many numbers at once have the bits of one at a time, wherever in the block the odd
// ones are.
func TestLanesHaveTheSameBits(t *testing.T) {
	oddOnes := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 2, -2, 3, 2.5, math.Inf(1), math.Inf(-1), math.NaN(), 0x1p-1074, 0x1p-1022, -0x1p-1074, math.MaxFloat64,
		1.4140625, math.Nextafter(1.4140625, 2), math.Nextafter(1.4140625, 0), math.Nextafter(1, 2), math.Nextafter(1, 0),
		709, 709.79, -707, -745.2, -746, 0x1p60, 1e300, 1e-300, 0x1p-70, -1e-30, math.Ln2 / 64}
	r := rand.New(rand.NewPCG(9, 10))
	draw := func(odd int) float64 {
		switch r.IntN(odd) {
		case 0:
			return oddOnes[r.IntN(len(oddOnes))]
		case 1:
			return math.Ldexp(1+r.Float64(), r.IntN(2100)-1074)
		case 2:
			return (r.Float64() - 0.5) * 1500
		}
		return 4 * r.Float64()
	}
	var l Lanes
	for round := range 4000 {
		n := 1 + r.IntN(150)
		odd := []int{3, 20, 400}[round%3]
		a, b := make([]float64, n), make([]float64, n)
		for i := range a {
			a[i], b[i] = draw(odd), draw(odd)
		}
		one := []float64{draw(odd)}
		for _, c := range []struct {
			name string
			many func(d []float64)
			one  func(i int) float64
		}{
			{"exp", func(d []float64) { l.Exp(d, a) }, func(i int) float64 { return maths.Exp(a[i]) }},
			{"ln", func(d []float64) { l.Ln(d, a) }, func(i int) float64 { return maths.Ln(a[i]) }},
			{"pow", func(d []float64) { l.Pow(d, a, b) }, func(i int) float64 { return maths.Pow(a[i], b[i]) }},
			{"pow to one", func(d []float64) { l.Pow(d, a, one) }, func(i int) float64 { return maths.Pow(a[i], one[0]) }},
			{"pow of one", func(d []float64) { l.Pow(d, one, b) }, func(i int) float64 { return maths.Pow(one[0], b[i]) }},
			{"exp in place", func(d []float64) { copy(d, a); l.Exp(d, d) }, func(i int) float64 { return maths.Exp(a[i]) }},
			{"ln in place", func(d []float64) { copy(d, a); l.Ln(d, d) }, func(i int) float64 { return maths.Ln(a[i]) }},
			{"pow in place", func(d []float64) { copy(d, a); l.Pow(d, d, b) }, func(i int) float64 { return maths.Pow(a[i], b[i]) }},
			{"pow into the exponent", func(d []float64) { copy(d, b); l.Pow(d, a, d) }, func(i int) float64 { return maths.Pow(a[i], b[i]) }},
		} {
			d := make([]float64, n)
			c.many(d)
			for i := range d {
				if want := c.one(i); math.Float64bits(d[i]) != math.Float64bits(want) && !(d[i] != d[i] && want != want) {
					t.Fatalf("%s, number %d of %d: of %x, %x it is %x, want %x", c.name, i, n, a[i], b[i], d[i], want)
				}
			}
		}
	}
}

func BenchmarkLanes(b *testing.B) {
	var l Lanes
	d, x := make([]float64, 256), make([]float64, 256)
	for i := range x {
		x[i] = 0.7 + float64(i)/200
	}
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"exp", func() { l.Exp(d, x) }},
		{"exp one by one", func() {
			for i := range d {
				d[i] = maths.Exp(x[i])
			}
		}},
		{"ln", func() { l.Ln(d, x) }},
		{"ln one by one", func() {
			for i := range d {
				d[i] = maths.Ln(x[i])
			}
		}},
		{"pow", func() { l.Pow(d, x, []float64{1.37}) }},
		{"pow one by one", func() {
			for i := range d {
				d[i] = maths.Pow(x[i], 1.37)
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/256, "ns/number")
		})
	}
}
