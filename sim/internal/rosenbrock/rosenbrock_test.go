package rosenbrock

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"weir/model/method"
)

// scalar is one equation y' = f(t, y) with its derivatives, integrated in steps of one length.
type scalar struct {
	f, fy, ft func(t, y float64) float64
	t, y      float64 // of the last call of Slopes
}

func (s *scalar) Slopes(t float64, y, to []float64) {
	s.t, s.y = t, y[0]
	to[0] = s.f(t, y[0])
}

func (s *scalar) Linearize(values, byTime []float64) {
	values[0], byTime[0] = s.fy(s.t, s.y), s.ft(s.t, s.y)
}

// Worst returns the error with which the next step is as long as the last.
func (s *scalar) Worst(_, _, _ []float64) (int, float64) { return 0, math.Pow(0.9, 5) }

// errorAt returns the error at time 1 with so many steps.
func errorAt(s *scalar, exact func(t float64) float64, steps int) float64 {
	one := Matrix{First: []int32{0, 1}, Columns: []int32{0}}
	solver := New(method.Find("stiff"), s, NewPlan(one), one)
	solver.Start(0, []float64{exact(0)})
	solver.h = 1 / float64(steps)
	for k := 1; k <= steps; k++ {
		end := float64(k) / float64(steps)
		if solver.Advance(end, end, func() bool { return true }) != Reached {
			return math.NaN()
		}
	}
	y := make([]float64, 1)
	solver.At(1, y)
	return math.Abs(y[0] - exact(1))
}

// A nonlinear equation that time drives shows the order 5, y = 1/(2 - sin t) of y' = y² cos t. The
// goal gap of Prothero and Robinson, y' = -L (y - g(t)) + g'(t) with g = sin(t + 1), is where
// many methods fall to order 1 for a large L. This one was made for it (Steinebach 2023): the
// error falls with the third power of the step, and with L.
func TestOrder(t *testing.T) {
	g := func(t float64) float64 { return math.Sin(t + 1) }
	gap := func(l float64) *scalar {
		return &scalar{f: func(t, y float64) float64 { return -l*(y-g(t)) + math.Cos(t+1) },
			fy: func(_, _ float64) float64 { return -l },
			ft: func(t, _ float64) float64 { return l*math.Cos(t+1) - math.Sin(t+1) }}
	}
	driven := &scalar{f: func(t, y float64) float64 { return y * y * math.Cos(t) },
		fy: func(t, y float64) float64 { return 2 * y * math.Cos(t) },
		ft: func(t, y float64) float64 { return -y * y * math.Sin(t) }}
	for _, c := range []struct {
		name  string
		s     *scalar
		exact func(float64) float64
		order float64
		tol   float64
	}{
		{"driven", driven, func(t float64) float64 { return 1 / (2 - math.Sin(t)) }, 5, 0.3},
		{"slow gap", gap(1), g, 5, 0.3},
		{"fast gap", gap(1e5), g, 3, 0.2},
	} {
		got := math.Log2(errorAt(c.s, c.exact, 32) / errorAt(c.s, c.exact, 64))
		if !(math.Abs(got-c.order) <= c.tol) {
			t.Errorf("%s: observed order %.2f, want %g", c.name, got, c.order)
		}
	}
	if slow, fast := errorAt(gap(1e5), g, 8), errorAt(gap(1e7), g, 8); !(fast < slow/50) {
		t.Errorf("the error is %g for 1e5 and %g for 1e7", slow, fast)
	}
}

// Sparse systems of any pattern have the solutions of gonum's dense ones.
func TestSolve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		m := Matrix{First: []int32{0}}
		dense := mat.NewDense(n, n, nil)
		shift := rapid.Float64Range(1, 9).Draw(t, "shift")
		for i := range n {
			dense.Set(i, i, shift)
			for j := range n {
				if rapid.IntRange(0, 3).Draw(t, "there") == 0 {
					x := rapid.Float64Range(-2, 2).Draw(t, "x")
					m.Columns, m.Values = append(m.Columns, int32(j)), append(m.Values, x)
					dense.Set(i, j, dense.At(i, j)-x)
				}
			}
			m.First = append(m.First, int32(len(m.Columns)))
		}
		b := make([]float64, n)
		for i := range b {
			b[i] = float64(i + 1)
		}
		var want mat.VecDense
		if mat.Cond(dense, 2) > 1e6 || want.SolveVec(dense, mat.NewVecDense(n, b)) != nil {
			t.Skip("nearly singular")
		}
		f := newFactors(NewPlan(m))
		if !f.factor(m, shift) {
			t.Fatal("singular")
		}
		got := append([]float64(nil), b...)
		f.solve(got, make([]float64, n))
		for i := range got {
			if math.Abs(got[i]-want.AtVec(i)) > 1e-8*(1+math.Abs(want.AtVec(i))) {
				t.Fatalf("x[%d] is %g, want %g", i, got[i], want.AtVec(i))
			}
		}
	})
}

// A chain of unknowns that need each other one after the other has blocks of one.
func TestBlocks(t *testing.T) {
	chain := Matrix{First: []int32{0, 1, 3, 5}, Columns: []int32{0, 0, 1, 1, 2}}
	if got := NewPlan(chain).Largest(); got != 1 {
		t.Errorf("the largest block has %d", got)
	}
	ring := Matrix{First: []int32{0, 1, 2, 3}, Columns: []int32{2, 0, 1}}
	if got := NewPlan(ring).Largest(); got != 3 {
		t.Errorf("the largest block has %d", got)
	}
}
