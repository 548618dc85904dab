package sim

import (
	"math"
	"math/cmplx"
)

// An explicit method with error control takes short substeps where a solution is rough, but also
// where it is smooth and a fast part of the model has long settled: longer ones would be
// unstable. There a method for stiff models needs a small part of the substeps.

const (
	// hinderedWork bounds the numbers computed in substeps that are short for stability alone:
	// some seconds.
	hinderedWork = 400_000_000
	// leastHindered and mostHindered bound the number of those substeps.
	leastHindered, mostHindered = 20_000, 200_000
	// stableAdaptive is the end of the interval of stability of rk45 on the negative real axis,
	// less the usual safety (Hairer and Wanner, Solving Ordinary Differential Equations II,
	// section IV.2).
	stableAdaptive = 3.25
)

// hinders counts a substep h to y, if it was as long as stability allows, and reports whether
// these are too many and most of all. The largest eigenvalue is estimated from two slopes at the
// end of the substep (Hairer and Wanner II, equation IV.2.23).
func (r *simulation) hinders(y []float64, h float64) bool {
	stages := len(r.method.B)
	if h > r.longest/2 || !firstSameAsLast(r.method) || r.method.C[stages-2] != 1 {
		return false
	}
	combine(r.errors, r.y0, r.slopes, h, r.method.A[stages-2])
	slopes, stocks := 0.0, 0.0
	for i, x := range r.errors {
		slopes += square(r.slopes[stages-1][i] - r.slopes[stages-2][i])
		stocks += square(y[i] - x)
	}
	if !(h*math.Sqrt(slopes) > stableAdaptive*math.Sqrt(stocks)) {
		return false
	}
	r.hindered++
	most := hinderedWork / (stages * max(1, r.p.work+len(y)))
	return r.hindered > max(leastHindered, min(mostHindered, most)) && 2*r.hindered > r.substeps
}

func square(x float64) float64 { return float64(x * x) }

// hindrance says which part of the model asks for short substeps at time t.
func (r *simulation) hindrance(t float64) error {
	r.setNow(t)
	r.evaluate()
	err := errorf("at time %g %s has taken %d substeps, most of them short only because a part of the model is much faster than the rest",
		t, r.method.Name, r.substeps)
	if f := r.mode(r.settles); f != nil {
		err = errorf("at time %g %s has taken %d substeps, most of them short only because of %s: it changes%s with a time constant of %.3g",
			t, r.method.Name, r.substeps, f.Stock, through(f.Flow), f.TimeConstant)
		err.Span = f.Span
	}
	err.Hint = `choose method = "stiff"`
	return err
}

// through returns a flow in words that follow a stock; "" for none.
func through(flow string) string {
	if flow == "" {
		return ""
	}
	return " through " + flow
}

// settles returns the mode of an eigenvalue that decays, with its rate as Growth.
func (r *simulation) settles(value complex128) *FastPart {
	size := cmplx.Abs(value)
	if !(real(value) < 0) || math.IsInf(size, 0) {
		return nil
	}
	return &FastPart{TimeConstant: 1 / size, Step: r.clock.step, Growth: size}
}

// otherMethods returns the methods that a run may try instead of its own.
func (r *simulation) otherMethods() string {
	if r.method.Implicit != nil {
		return "euler or rk4"
	}
	return "stiff, or euler or rk4 with a short step"
}
