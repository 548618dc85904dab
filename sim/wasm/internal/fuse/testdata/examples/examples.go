// Package examples has products that may be fused with a sum, and others that may not.
package examples

type pair struct{ x, y float64 }

// Sums returns the examples.
func Sums(a, b, c float64, list []float64) float64 {
	sum := a*b + c          // FUSES
	sum += a * b            // FUSES
	sum -= (a * b)          // FUSES
	sum = c - -(a * b)      // FUSES
	sum = float64(a*b) + c  // rounded
	sum += float64(a * b)   // rounded
	last := (a + b) * c     // no sum after it
	sum = a*b/c + a         // a quotient is rounded
	product := a * b        // feeds the next line
	sum = product + c       // FUSES
	half := scaled(a, 0.5)  // feeds the next line
	sum = c + half          // FUSES
	sum = added(a*b, c)     // feeds the parameter
	list[0] = a * b         // taken as rounded
	sum = list[0] + c       // so this is
	p := pair{x: a * b}     // FUSES
	p.y = a * b             // FUSES
	const two = 2.0 * 3.0   // a constant
	sum += two * 1.5        // a constant
	grown := float64(a * b) // rounded
	grown *= c              // feeds the next line
	grown++                 // FUSES
	sum = sum + grown       // FUSES
	return last
}

func scaled(a, by float64) float64 { return a * by }

func added(a, b float64) float64 {
	return a + b // FUSES
}
