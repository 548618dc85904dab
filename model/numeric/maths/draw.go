package maths

import "math"

// Pair returns two independent numbers in the open interval (0, 1) that depend on their
// names only: the seed of the run, the key of the call, the member of the ensemble, the
// step of the clock, the element of the array, and try, for further draws of the
// same names.
func Pair(seed, key, member uint64, step, element, try uint32) (u, w float64) {
	k := mix(mix(seed+0x9e3779b97f4a7c15) ^ key ^ mix(member>>32))
	a, b, c, d := philox(step, element, uint32(member), try, uint32(k), uint32(k>>32))
	return unit(a, b), unit(c, d)
}

// Normal makes a number with mean 0 and standard deviation 1 of a Pair, by the
// transformation of Box and Muller, A Note on the Generation of Random Normal Deviates,
// Annals of Mathematical Statistics 29 (1958).
func Normal(u, w float64) float64 {
	return float64(math.Sqrt(-2*Ln(u)) * Cos(float64(2*math.Pi*w)))
}

// Triangular returns the inverse of the distribution function with the given corners, at
// u in (0, 1). Corners out of order give NaN; equal ones their value.
func Triangular(u, low, mode, high float64) float64 {
	if !(low <= mode && mode <= high) {
		return nan
	}
	if low == high {
		return low
	}
	width := high - low
	if u*width < mode-low {
		return low + math.Sqrt(u*width*(mode-low))
	}
	return high - math.Sqrt((1-u)*width*(high-mode))
}

// smallMean is where Poisson changes method: up to here counting is cheap.
const smallMean = 30

// Poisson returns a whole number with the given mean, NaN if the mean is negative or not
// finite; its names are those of Pair. Small means count along the distribution
// function (Devroye, Non-Uniform Random Variate Generation, 1986, section X.3.3); large
// ones use transformed rejection (Hörmann, The transformed rejection method for
// generating Poisson random variables, Insurance: Mathematics and Economics 12, 1993,
// algorithm PTRS).
func Poisson(mean float64, seed, key, member uint64, step, element uint32) float64 {
	if !(mean >= 0) || mean == inf {
		return nan
	}
	if mean < smallMean {
		u, _ := Pair(seed, key, member, step, element, 0)
		return countPoisson(mean, u)
	}
	b := 0.931 + float64(2.53*math.Sqrt(mean))
	a := -0.059 + float64(0.02483*b)
	logMean := Ln(mean)
	inverse := 1.1239 + 1.1328/(b-3.4)
	accept := 0.9277 - 3.6224/(b-2)
	for try := uint32(0); try < 1000; try++ {
		u, v := Pair(seed, key, member, step, element, try)
		u -= 0.5
		us := 0.5 - math.Abs(u)
		k := math.Floor(float64((2*a/us+b)*u) + mean + 0.43)
		if us >= 0.07 && v <= accept {
			return k
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		if Ln(v*inverse/(a/float64(us*us)+b)) <= float64(k*logMean)-mean-logFactorial(k) {
			return k
		}
	}
	return math.Floor(mean + 0.5) // a chance below 1e-40
}

// countPoisson returns the Poisson quantile of u by summing probabilities from 0 on. It stops at
// 1,000, which for the means it is called with is beyond every u below 1.
func countPoisson(mean, u float64) float64 {
	p, k := Exp(-mean), 0.0
	for u > p && k < 1000 {
		u -= p
		p = float64(p*mean) / (k + 1)
		k++
	}
	return k
}

// logFactorial returns the logarithm of k!, by Stirling's series from 10 on (Abramowitz and
// Stegun, Handbook of Mathematical Functions, 1964, 6.1.41), within 1e-10.
func logFactorial(k float64) float64 {
	if k < 10 {
		p := 1.0
		for i := 2.0; i <= k; i++ {
			p = float64(p * i)
		}
		return Ln(p)
	}
	const halfLogTwoPi = 0.91893853320467274178
	square := float64(k * k)
	series := (1./12 - (1./360-1/float64(1260*square))/square) / k
	return float64((k+0.5)*Ln(k)) - k + halfLogTwoPi + series
}

// unit puts 52 bits in the middle of their cell, so that neither 0 nor 1 occurs.
func unit(high, low uint32) float64 {
	bits := (uint64(high)<<32 | uint64(low)) >> 12
	return float64((float64(bits) + 0.5) * (1.0 / (1 << 52)))
}

// mix returns the finalizer of SplitMix64: Steele, Lea and Flood, Fast Splittable
// Pseudorandom Number Generators, OOPSLA 2014.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// philox returns Philox4x32-10 of a counter of four numbers and a key of two: Salmon,
// Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC11. Its
// multipliers and key increments are from table 2 there.
func philox(a, b, c, d, k0, k1 uint32) (uint32, uint32, uint32, uint32) {
	const rounds = 10
	for range rounds {
		p := uint64(a) * 0xd2511f53
		q := uint64(c) * 0xcd9e8d57
		a, b, c, d = uint32(q>>32)^b^k0, uint32(q), uint32(p>>32)^d^k1, uint32(p)
		k0 += 0x9e3779b9
		k1 += 0xbb67ae85
	}
	return a, b, c, d
}
