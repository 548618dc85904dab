package sim

import "strings"

// A tableau is a Runge-Kutta method. Stage i is evaluated at time t + c[i]*h with
// stocks y + h * sum of a[i][j] * slope j; the step is h * sum of b[i] * slope i.
// Low, if not nil, are the weights of the embedded method that estimates the error.
type tableau struct {
	name  string
	order int // proved by TestTableauOrder
	a     [][]float64
	b     []float64
	c     []float64
	low   []float64
}

// methods are all there are.
var methods = []*tableau{&euler, &heun, &rk4, &rk45}

// euler is the method of Euler (1768).
var euler = tableau{
	name:  "euler",
	order: 1,
	a:     [][]float64{{}},
	b:     []float64{1},
	c:     []float64{0},
}

// heun is the trapezoidal method of Heun (1900).
var heun = tableau{
	name:  "heun",
	order: 2,
	a:     [][]float64{{}, {1}},
	b:     []float64{1. / 2, 1. / 2},
	c:     []float64{0, 1},
}

// rk4 is the classical method of Kutta (1901); see Hairer, Nørsett and Wanner,
// Solving Ordinary Differential Equations I, section II.1.
var rk4 = tableau{
	name:  "rk4",
	order: 4,
	a:     [][]float64{{}, {1. / 2}, {0, 1. / 2}, {0, 0, 1}},
	b:     []float64{1. / 6, 1. / 3, 1. / 3, 1. / 6},
	c:     []float64{0, 1. / 2, 1. / 2, 1},
}

// rk45 is the pair of Dormand and Prince, A family of embedded Runge-Kutta formulae,
// Journal of Computational and Applied Mathematics 6 (1980), RK5(4)7M. Its last
// stage is the first of the next substep.
var rk45 = tableau{
	name:  "rk45",
	order: 5,
	a: [][]float64{
		{},
		{1. / 5},
		{3. / 40, 9. / 40},
		{44. / 45, -56. / 15, 32. / 9},
		{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
		{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
		{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
	},
	b:   []float64{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84, 0},
	c:   []float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1},
	low: []float64{5179. / 57600, 0, 7571. / 16695, 393. / 640, -92097. / 339200, 187. / 2100, 1. / 40},
}

// findMethod gives the method of a name, or of a second name if the first is empty,
// or euler if both are.
func findMethod(name, other string) (*tableau, error) {
	if name == "" {
		name = other
	}
	if name == "" {
		return &euler, nil
	}
	known := make([]string, len(methods))
	for i, m := range methods {
		if strings.EqualFold(m.name, name) {
			return m, nil
		}
		known[i] = m.name
	}
	err := unknown("method", name, known)
	if err.Hint == "" {
		err.Hint = "there are " + strings.Join(known, ", ")
	}
	return nil, err
}
