// Package benchmodels holds three models twice: as weir reads them, and written
// by hand in plain Go as a programmer would who needs only this one model and has
// the same mathematics at hand. Benchmarks compare the two; a test shows that they
// give the same numbers.
//
//	small   an epidemic: 3 stocks
//	medium  a school workforce: 20 stocks, 4 third-order delays, 2 smooths, 6 lookups, exp and power
//	wide    100 schools × 13 grades: 1,300 stocks, 5,473 element equations, a lookup a school
package benchmodels

import _ "embed" // the models' text

// A Model is one of the three, by Euler's method from 0 to 50 in steps of 1/16,
// saved at whole numbers.
type Model struct {
	Name string
	TOML string
	// Names are the columns of the rows that Hand gives.
	Names []string
	// Hand runs the model by hand and returns its rows, which the caller owns.
	Hand func() [][]float64
}

// Steps is the number of steps in a run of any of the models.
const Steps = 800

const (
	step  = 0.0625
	every = 16 // steps between saved rows
)

// Models returns the three, the smallest first.
func Models() []Model {
	return []Model{small(), medium(), wide()}
}

//go:embed small.toml
var smallTOML string

//go:embed medium.toml
var mediumTOML string

//go:embed wide.toml
var wideTOML string // with places for the numbers in capitals

// simulate calls advance for every step and keeps a row of numbers now and then.
func simulate(advance func(time float64), row func() []float64) [][]float64 {
	rows := make([][]float64, 0, Steps/every+1)
	for i := range Steps {
		if i%every == 0 {
			rows = append(rows, row())
		}
		advance(float64(i) * step)
	}
	return append(rows, row())
}

type point struct{ x, y float64 }

// between reads a table: straight lines between its points, flat outside.
func between(table []point, x float64) float64 {
	if x <= table[0].x {
		return table[0].y
	}
	for i := 1; i < len(table); i++ {
		if x < table[i].x {
			a, b := table[i-1], table[i]
			return a.y + (x-a.x)*(b.y-a.y)/(b.x-a.x)
		}
	}
	return table[len(table)-1].y
}

// delay3 is a chain of three stocks through which something takes time.
type delay3 [3]float64

// settle fills the chain so that a steady inflow comes out unchanged.
func (d *delay3) settle(inflow, time float64) {
	for i := range d {
		d[i] = inflow * time / 3
	}
}

// out returns the outflow of the last stage.
func (d *delay3) out(time float64) float64 { return d[2] / (time / 3) }

// take moves the chain one step on.
func (d *delay3) take(inflow, time float64) {
	stage := time / 3
	first, second, third := d[0]/stage, d[1]/stage, d[2]/stage
	d[0] += step * (inflow - first)
	d[1] += step * (first - second)
	d[2] += step * (second - third)
}
