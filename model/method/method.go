// Package method holds the table of integration methods. The reader, the checker, the
// engines, the command line, the page and the XMILE reader and writer all take the
// methods from it, so that a new Runge-Kutta method is one more row here.
package method

import (
	"math/cmplx"
	"strings"
)

// A Method is a Runge-Kutta method. Of an explicit one, stage i is evaluated at time t + C[i]*h with
// stocks y + h * sum of A[i][j] * slope j; the step is h * sum of B[i] * slope i.
//
// A, B and C have one entry per stage, and A[i] at most i. Package sim proves the Order of
// every row by the order conditions (TestTableauOrder) and by halving the step. The slices
// are shared by all readers and must not be changed.
type Method struct {
	Name string // as in [time] and on the command line, in lower case
	// Title is the method as the page names it, after "Method: ".
	Title string
	// Help is one line for the command line and the manual.
	Help string
	// XMILE is the name in the standard (XMILE 1.0, 2.3), "" if it has none.
	XMILE string

	// The error of a run falls with this power of the step, where equations are smooth.
	Order int
	A     [][]float64
	B, C  []float64
	// Low are the weights of the embedded method of lower order, which estimates the
	// error of a step; nil if the method has none. With it the steps are adaptive.
	Low []float64
	// Implicit takes the place of A, B, C and Low in a method for stiff models; nil in an
	// explicit one. Its steps are adaptive.
	Implicit *Rosenbrock

	// StepsPerTimeConstant is how many steps the shortest time constant of a model must
	// hold for a decay to be right within about 3 percent; 0 if the method chooses its
	// own steps. For Euler's method it is Sterman's rule, a step of at most a fourth
	// (Business Dynamics, 2000, appendix A). A step of half the time constant errs by
	// 3 percent with Heun's method, one of the whole by 2 percent with the classical one.
	StepsPerTimeConstant float64
	// StableSteps is how long a step may be, in time constants, before a decay grows
	// instead: the end of the interval of absolute stability on the negative real axis
	// (Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.2).
	// 0 if the method chooses its own steps.
	StableSteps float64
}

// Stages returns the number of evaluations of the equations in one step.
func (m *Method) Stages() int {
	if m.Implicit != nil {
		return len(m.Implicit.B)
	}
	return len(m.B)
}

// Adaptive reports whether the method chooses its own steps by the error that it
// estimates.
func (m *Method) Adaptive() bool { return m.Low != nil || m.Implicit != nil }

// Growth returns the size of the stability function of an explicit method at z: the factor by
// which a step h multiplies a mode with eigenvalue z/h (Hairer and Wanner, Solving Ordinary
// Differential Equations II, section IV.2).
func (m *Method) Growth(z complex128) float64 {
	slopes := make([]complex128, m.Stages())
	y := complex(1, 0)
	for i, row := range m.A {
		at := complex(1, 0)
		for j, a := range row {
			at += complex(a, 0) * slopes[j]
		}
		slopes[i] = z * at
	}
	for i, b := range m.B {
		y += complex(b, 0) * slopes[i]
	}
	return cmplx.Abs(y)
}

// Default is the method of a model that names none.
const Default = "euler"

// Table is every method, in the order in which help texts list them.
var Table = []Method{
	{
		// Euler (1768).
		Name: "euler", Title: "Euler’s", Help: "first order, one evaluation per step", XMILE: "Euler",
		Order:                1,
		A:                    [][]float64{{}},
		B:                    []float64{1},
		C:                    []float64{0},
		StepsPerTimeConstant: 4, StableSteps: 2,
	},
	{
		// The trapezoidal method of Heun (1900).
		Name: "heun", Title: "Heun’s, second order", Help: "second order, two evaluations per step", XMILE: "RK2",
		Order:                2,
		A:                    [][]float64{{}, {1}},
		B:                    []float64{1. / 2, 1. / 2},
		C:                    []float64{0, 1},
		StepsPerTimeConstant: 2, StableSteps: 2,
	},
	{
		// The classical method of Kutta (1901); see Hairer, Nørsett and Wanner, Solving
		// Ordinary Differential Equations I, section II.1.
		Name: "rk4", Title: "Runge and Kutta’s, fourth order", Help: "fourth order, four evaluations per step",
		XMILE:                "RK4",
		Order:                4,
		A:                    [][]float64{{}, {1. / 2}, {0, 1. / 2}, {0, 0, 1}},
		B:                    []float64{1. / 6, 1. / 3, 1. / 3, 1. / 6},
		C:                    []float64{0, 1. / 2, 1. / 2, 1},
		StepsPerTimeConstant: 1, StableSteps: 2.7853,
	},
	{
		// The pair of Dormand and Prince, A family of embedded Runge-Kutta formulae, Journal
		// of Computational and Applied Mathematics 6 (1980), RK5(4)7M. Its last stage is the
		// first of the next substep.
		Name: "rk45", Title: "Dormand and Prince’s, step controlled by its error",
		Help: "fifth order, chooses its own substeps by the error", XMILE: "RK45",
		Order: 5,
		A: [][]float64{
			{},
			{1. / 5},
			{3. / 40, 9. / 40},
			{44. / 45, -56. / 15, 32. / 9},
			{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
			{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
			{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
		},
		B:   []float64{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84, 0},
		C:   []float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1},
		Low: []float64{5179. / 57600, 0, 7571. / 16695, 393. / 640, -92097. / 339200, 187. / 2100, 1. / 40},
	},
	{
		Name: "stiff", Title: "Rosenbrock’s for stiff models, step controlled by its error",
		Help:  "fifth order, for models with parts much faster than the rest; chooses its own substeps by the error",
		XMILE: "Gear", // the standard's method for the same models
		Order: 5, Implicit: rodas5p,
	},
}

// Find returns the row of a name in any case, that of Default for "", or nil. The row is the one in
// Table, not a copy.
func Find(name string) *Method {
	if name == "" {
		name = Default
	}
	for i := range Table {
		if strings.EqualFold(Table[i].Name, name) {
			return &Table[i]
		}
	}
	return nil
}

// Fixed returns the names of the methods with steps of one length, in the order of Table.
func Fixed() []string {
	var out []string
	for i := range Table {
		if !Table[i].Adaptive() {
			out = append(out, Table[i].Name)
		}
	}
	return out
}

// Names returns the names of all methods, in the order of Table.
func Names() []string {
	out := make([]string, len(Table))
	for i := range Table {
		out[i] = Table[i].Name
	}
	return out
}
