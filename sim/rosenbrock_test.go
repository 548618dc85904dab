package sim

import (
	"math"
	"math/cmplx"
	"testing"

	"gonum.org/v1/gonum/mat"

	"weir/model/method"
)

// original are the coefficients of a Rosenbrock method as its order conditions take them,
// computed back from the transformed ones: alpha = A g, b = B g with g the inverse of
// diag(1/gamma) - M (Hairer and Wanner, Solving Ordinary Differential Equations II, section
// IV.7, equations 7.25). beta = alpha + g.
type original struct {
	alpha, beta, g *mat.Dense
	b              []float64
	m              *method.Rosenbrock
}

func originalOf(t *testing.T, m *method.Rosenbrock) original {
	t.Helper()
	n := len(m.B)
	inverse, a := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	for i := range n {
		inverse.Set(i, i, 1/m.Gamma)
		for j, x := range m.M[i] {
			inverse.Set(i, j, -x)
		}
		for j, x := range m.A[i] {
			a.Set(i, j, x)
		}
	}
	o := original{alpha: new(mat.Dense), beta: new(mat.Dense), g: new(mat.Dense), m: m}
	if err := o.g.Inverse(inverse); err != nil {
		t.Fatal(err)
	}
	o.alpha.Mul(a, o.g)
	o.beta.Add(o.alpha, o.g)
	var b mat.Dense
	b.Mul(mat.NewDense(1, n, m.B), o.g)
	o.b = b.RawRowView(0)
	return o
}

// weights is the elementary weight of a tree at each stage: a vertex with one branch takes
// beta, one with several alpha (Hairer and Wanner II, theorem IV.7.4).
func (o original) weights(t tree) []float64 {
	n := len(o.b)
	by := o.alpha
	if len(t) == 1 {
		by = o.beta
	}
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
		for _, c := range t {
			sum := 0.0
			for j, x := range o.weights(c) {
				sum += by.At(i, j) * x
			}
			w[i] *= sum
		}
	}
	return w
}

// missed returns by how much weights b miss the conditions of an order at most.
func (o original) missed(b []float64, order int) float64 {
	most := 0.0
	for _, tr := range trees(order) {
		sum := 0.0
		for i, w := range o.weights(tr) {
			sum += b[i] * w
		}
		most = max(most, math.Abs(sum-1/tr.density()))
	}
	return most
}

func implicitMethods() []*method.Method {
	var list []*method.Method
	for i := range method.Table {
		if method.Table[i].Implicit != nil {
			list = append(list, &method.Table[i])
		}
	}
	return list
}

// The step satisfies the conditions up to its order, the embedded one those of one less, and
// neither those of the next. C and D are the row sums of alpha and gamma.
func TestRosenbrockOrder(t *testing.T) {
	for _, m := range implicitMethods() {
		o := originalOf(t, m.Implicit)
		n := len(o.b)
		low := make([]float64, n) // b less the row of g of the last stage
		for i := range low {
			low[i] = o.b[i] - o.g.At(n-1, i)
		}
		for order := 1; order <= m.Order; order++ {
			if d := o.missed(o.b, order); d > 1e-12 {
				t.Errorf("%s: conditions of order %d are missed by %g", m.Name, order, d)
			}
			if d := o.missed(low, order); order < m.Order && d > 1e-12 {
				t.Errorf("%s, embedded: conditions of order %d are missed by %g", m.Name, order, d)
			}
		}
		if o.missed(o.b, m.Order+1) < 1e-6 || o.missed(low, m.Order) < 1e-6 {
			t.Errorf("%s: an order is higher than stated", m.Name)
		}
		for i := range n {
			c, d := 0.0, 0.0
			for j := range n {
				c, d = c+o.alpha.At(i, j), d+o.g.At(i, j)
			}
			if math.Abs(c-m.Implicit.C[i]) > 1e-13 || math.Abs(d-m.Implicit.D[i]) > 1e-13 {
				t.Errorf("%s: stage %d is at %g and %g, its weights add up to %g and %g", m.Name, i,
					m.Implicit.C[i], m.Implicit.D[i], c, d)
			}
		}
	}
}

// factor returns by how much one step multiplies a mode with h*lambda = z.
func (o original) factor(z complex128) complex128 {
	m := o.m
	y := complex(1, 0)
	u := make([]complex128, len(m.B))
	for i := range u {
		at, sum := complex(1, 0), complex(0, 0)
		for j := range i {
			at += complex(m.A[i][j], 0) * u[j]
			sum += complex(m.M[i][j], 0) * u[j]
		}
		u[i] = (z*at + sum) / (complex(1/m.Gamma, 0) - z)
		y += complex(m.B[i], 0) * u[i]
	}
	return y
}

// The methods are L-stable: no oscillation grows, however fast, and the fastest decay is gone
// after one step.
func TestRosenbrockStability(t *testing.T) {
	for _, m := range implicitMethods() {
		o := originalOf(t, m.Implicit)
		for e := -3.0; e <= 8; e += 0.01 {
			for _, angle := range []float64{0.5, 0.6, 0.75, 0.9, 1} { // of pi, from the imaginary axis on
				z := cmplx.Rect(math.Pow(10, e), angle*math.Pi)
				if got := cmplx.Abs(o.factor(z)); got > 1+1e-9 {
					t.Errorf("%s: a mode of %v grows by %g", m.Name, z, got)
				}
			}
		}
		if got := cmplx.Abs(o.factor(-1e9)); got > 1e-6 {
			t.Errorf("%s: of the fastest decay %g is left", m.Name, got)
		}
	}
}

// Within a step the solution of y' = lambda y is that of dense output, with an error of order 5
// in the length of the step.
func TestRosenbrockDense(t *testing.T) {
	for _, m := range implicitMethods() {
		r := m.Implicit
		errorOf := func(h float64) float64 {
			u := make([]float64, len(r.B))
			dy := 0.0
			for i := range u {
				at, sum := 1.0, 0.0
				for j := range i {
					at += r.A[i][j] * u[j]
					sum += r.M[i][j] * u[j]
				}
				u[i] = (-h*at + sum) / (1/r.Gamma + h)
				dy += r.B[i] * u[i]
			}
			worst := 0.0
			for s := 0.0; s <= 1; s += 0.125 {
				d := make([]float64, 3)
				for k := range d {
					for i := range u {
						d[k] += r.Dense[k][i] * u[i]
					}
				}
				worst = max(worst, math.Abs(1+s*(dy+(1-s)*(d[0]+s*(d[1]+s*d[2])))-math.Exp(-h*s)))
			}
			return worst
		}
		if got := math.Log2(errorOf(0.25) / errorOf(0.125)); math.Abs(got-5) > 0.3 {
			t.Errorf("%s: error of dense output falls with power %.2f of the step, want 5", m.Name, got)
		}
	}
}
