package maths

import (
	"math"

	"weir/model/maths"
)

// A Stream names one random number: nothing about it depends on which numbers were
// drawn before, so adding a variable or an intervention never shifts another draw.
type Stream struct {
	Seed    uint64 // of the run
	Key     uint64 // the variable and the place of the call in its equation
	Element uint32 // of an array, row-major
	Step    uint32 // of the clock
	Member  uint64 // of the ensemble
}

// Uniform is a number in the open interval (0, 1); try numbers further independent
// draws of the same stream.
func (s Stream) Uniform(try uint32) float64 {
	u, _ := s.pair(try)
	return u
}

// Normal has mean 0 and standard deviation 1, by the transformation of Box and
// Muller, A Note on the Generation of Random Normal Deviates, Annals of
// Mathematical Statistics 29 (1958).
func (s Stream) Normal() float64 {
	u, w := s.pair(0)
	return math.Sqrt(-2*maths.Ln(u)) * maths.Cos(2*math.Pi*w)
}

// Triangular is the inverse of the distribution function with the given corners.
// Corners out of order give NaN; equal ones their value.
func (s Stream) Triangular(low, mode, high float64) float64 {
	if !(low <= mode && mode <= high) {
		return math.NaN()
	}
	if low == high {
		return low
	}
	u, width := s.Uniform(0), high-low
	if u*width < mode-low {
		return low + math.Sqrt(u*width*(mode-low))
	}
	return high - math.Sqrt((1-u)*width*(high-mode))
}

// smallMean is where Poisson changes method: up to here counting is cheap.
const smallMean = 30

// Poisson is a whole number with the given mean, NaN if the mean is negative or not
// finite. Small means count along the distribution function (Devroye, Non-Uniform
// Random Variate Generation, 1986, section X.3.3); large ones use transformed
// rejection (Hörmann, The transformed rejection method for generating Poisson random
// variables, Insurance: Mathematics and Economics 12, 1993, algorithm PTRS).
func (s Stream) Poisson(mean float64) float64 {
	switch {
	case !(mean >= 0) || math.IsInf(mean, 1):
		return math.NaN()
	case mean < smallMean:
		return s.countPoisson(mean)
	}
	return s.rejectPoisson(mean)
}

func (s Stream) countPoisson(mean float64) float64 {
	u, p, k := s.Uniform(0), maths.Exp(-mean), 0.0
	for ; u > p && k < 1000; k++ {
		u -= p
		p = p * mean / (k + 1)
	}
	return k
}

func (s Stream) rejectPoisson(mean float64) float64 {
	b := 0.931 + float64(2.53*math.Sqrt(mean))
	a := -0.059 + float64(0.02483*b)
	logMean := maths.Ln(mean)
	inverse := 1.1239 + 1.1328/(b-3.4)
	accept := 0.9277 - 3.6224/(b-2)
	for try := uint32(0); try < 1000; try++ {
		u, v := s.pair(try)
		u -= 0.5
		us := 0.5 - math.Abs(u)
		k := math.Floor(float64((2*a/us+b)*u) + mean + 0.43)
		if us >= 0.07 && v <= accept {
			return k
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		if maths.Ln(v*inverse/(a/float64(us*us)+b)) <= float64(k*logMean)-mean-logFactorial(k) {
			return k
		}
	}
	return math.Floor(mean + 0.5) // a chance below 1e-40
}

// logFactorial is the logarithm of k!, by Stirling's series from 10 on (Abramowitz and
// Stegun, Handbook of Mathematical Functions, 1964, 6.1.41), within 1e-10.
func logFactorial(k float64) float64 {
	if k < 10 {
		product := 1.0
		for i := 2.0; i <= k; i++ {
			product *= i
		}
		return maths.Ln(product)
	}
	const halfLogTwoPi = 0.91893853320467274178
	series := (1./12 - (1./360-1/(1260*float64(k*k)))/float64(k*k)) / k
	return float64((k+0.5)*maths.Ln(k)) - k + halfLogTwoPi + series
}

// pair gives two independent numbers in (0, 1).
func (s Stream) pair(try uint32) (u, w float64) {
	key := mix(mix(s.Seed+0x9e3779b97f4a7c15) ^ s.Key ^ mix(s.Member>>32))
	x := philox([4]uint32{s.Step, s.Element, uint32(s.Member), try}, uint32(key), uint32(key>>32))
	return unit(x[0], x[1]), unit(x[2], x[3])
}

// unit puts 52 bits in the middle of their cell, so that neither 0 nor 1 occurs.
func unit(high, low uint32) float64 {
	bits := (uint64(high)<<32 | uint64(low)) >> 12
	return (float64(bits) + 0.5) * (1.0 / (1 << 52))
}

// mix is the finalizer of SplitMix64: Steele, Lea and Flood, Fast Splittable
// Pseudorandom Number Generators, OOPSLA 2014.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// philox is Philox4x32-10: Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As
// Easy as 1, 2, 3, SC11. Its multipliers and key increments are from table 2 there.
func philox(c [4]uint32, k0, k1 uint32) [4]uint32 {
	const rounds = 10
	for range rounds {
		p := uint64(c[0]) * 0xd2511f53
		q := uint64(c[2]) * 0xcd9e8d57
		c = [4]uint32{uint32(q>>32) ^ c[1] ^ k0, uint32(q), uint32(p>>32) ^ c[3] ^ k1, uint32(p)}
		k0 += 0x9e3779b9
		k1 += 0xbb67ae85
	}
	return c
}
