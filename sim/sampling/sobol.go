package sampling

import (
	"fmt"
	"math"
	"math/bits"
	"strings"
)

// sobolBits is how many binary digits a Sobol sequence has here.
const sobolBits = 32

// published are the primitive polynomials (degree, coefficients) and initial numbers
// of dimensions 2 to 32: S. Joe and F. Y. Kuo, Constructing Sobol sequences with
// better two-dimensional projections, SIAM Journal on Scientific Computing 30 (2008),
// table new-joe-kuo-6.
const published = `
1 0: 1
2 1: 1 3
3 1: 1 3 1
3 2: 1 1 1
4 1: 1 1 3 3
4 4: 1 3 5 13
5 2: 1 1 5 5 17
5 4: 1 1 5 5 5
5 7: 1 1 7 11 19
5 11: 1 1 5 1 1
5 13: 1 1 1 3 11
5 14: 1 3 5 5 31
6 1: 1 3 3 9 7 49
6 13: 1 1 1 15 21 21
6 16: 1 3 1 13 27 49
6 19: 1 1 1 15 7 5
6 22: 1 3 1 15 13 25
6 25: 1 1 5 5 19 61
7 1: 1 3 7 11 23 15 103
7 4: 1 3 7 13 13 15 69
7 7: 1 1 3 13 7 35 63
7 8: 1 3 5 9 1 25 53
7 14: 1 3 1 13 9 35 107
7 19: 1 3 1 5 27 61 31
7 21: 1 1 5 11 19 41 61
7 28: 1 3 5 3 3 13 69
7 31: 1 1 7 13 1 19 1
7 32: 1 3 7 5 13 19 59
7 37: 1 1 3 9 25 29 41
7 41: 1 3 5 13 23 1 55
7 42: 1 3 7 3 13 59 17
`

// directions returns the direction numbers of the first dims dimensions, top bit first
// (I. M. Sobol 1967; P. Bratley and B. L. Fox, Algorithm 659, ACM TOMS 14, 1988). After
// the published ones the polynomials go on in order, and the initial numbers are the best
// of some odd ones; see furthest.
func directions(dims int) [][]uint64 {
	var out [][]uint64
	if dims > 0 {
		first := make([]uint64, sobolBits)
		for i := range first {
			first[i] = 1 << (sobolBits - 1 - i)
		}
		out = append(out, first)
	}
	degree, middle := 0, uint64(0)
	for _, line := range strings.Split(strings.TrimSpace(published), "\n") {
		if len(out) >= dims {
			return out
		}
		head, numbers, _ := strings.Cut(line, ":")
		if _, err := fmt.Sscan(head, &degree, &middle); err != nil {
			panic("sampling: the table of Joe and Kuo is damaged: " + line)
		}
		m := make([]uint64, degree)
		for i, f := range strings.Fields(numbers) {
			if _, err := fmt.Sscan(f, &m[i]); err != nil {
				panic("sampling: the table of Joe and Kuo is damaged: " + line)
			}
		}
		out = append(out, extend(degree, middle, m))
	}
	for len(out) < dims {
		degree, middle = nextPrimitive(degree, middle)
		out = append(out, furthest(degree, middle, out))
	}
	return out
}

// furthest continues a polynomial from initial numbers with which the new dimension is
// unlike those before it. Any odd numbers make a sequence; but where the leading digits of
// two dimensions come from the index in the same way for the first 2^k points, those
// points lie near a diagonal: with numbers taken blindly, two of 45 dimensions have a rank
// correlation of 0.75 over 1,000 points.
func furthest(degree int, middle uint64, before [][]uint64) []uint64 {
	const candidates = 256
	var known [][3]uint32
	for _, v := range before {
		known = append(known, leading(v))
	}
	var best []uint64
	least := math.Inf(1)
	for c := range uint64(candidates) {
		m := make([]uint64, degree)
		for i := range m {
			m[i] = hash(uint64(degree), middle, c<<32|uint64(i))&(1<<(i+1)-1) | 1
		}
		v := extend(degree, middle, m)
		if x := likeness(leading(v), known, least); x < least {
			best, least = v, x
		}
	}
	return best
}

// leading says how the first two digits of a coordinate come from the bits of the index,
// the lowest bit at the top: the first digit, the second, and their sum.
func leading(v []uint64) (digits [3]uint32) {
	for _, x := range v {
		first, second := uint32(x>>(sobolBits-1)&1), uint32(x>>(sobolBits-2)&1)
		digits[0] = digits[0]<<1 | first
		digits[1] = digits[1]<<1 | second
		digits[2] = digits[2]<<1 | (first ^ second)
	}
	return digits
}

// likeness adds 4^k for each dimension before, k being the number of bits of the index
// from which its first digit comes as in the new one, and likewise, weighed by the square
// of the correlation that it makes, for the second digits and for a first digit and the
// sum of the other's two: scrambling adds the first to the second in half of all seeds. It
// stops where the sum is not below enough.
func likeness(v [3]uint32, before [][3]uint32, enough float64) float64 {
	alike := func(a, b uint32, weight float64) float64 {
		return float64(math.Ldexp(weight, 2*bits.LeadingZeros32(a^b)))
	}
	sum := 0.0
	for _, w := range before {
		sum += alike(v[0], w[0], 1) + alike(v[0], w[2], 1./4) + alike(v[2], w[0], 1./4) + alike(v[1], w[1],
			1./16) + alike(v[2], w[2], 1./16)
		if sum >= enough {
			return sum
		}
	}
	return sum
}

// extend continues the initial numbers by the polynomial's recurrence.
func extend(degree int, middle uint64, m []uint64) []uint64 {
	v := make([]uint64, sobolBits)
	for i := range v {
		if i < degree {
			v[i] = m[i] << (sobolBits - 1 - i)
			continue
		}
		v[i] = v[i-degree] ^ v[i-degree]>>degree
		for k := 1; k < degree; k++ {
			if middle>>(degree-1-k)&1 == 1 {
				v[i] ^= v[i-k]
			}
		}
	}
	return v
}

// nextPrimitive returns the primitive polynomial modulo 2 after the one with the given
// degree and middle coefficients.
func nextPrimitive(degree int, middle uint64) (int, uint64) {
	for {
		middle++
		if middle >= 1<<(degree-1) {
			degree, middle = degree+1, 0
		}
		if primitive(degree, 1<<degree|middle<<1|1) {
			return degree, middle
		}
	}
}

// primitive reports whether x generates all non-zero polynomials modulo p: its order
// is 2^degree - 1 and no proper divisor of that.
func primitive(degree int, p uint64) bool {
	order := uint64(1)<<degree - 1
	if powerModulo(order, p, degree) != 1 {
		return false
	}
	rest := order
	for f := uint64(2); f*f <= rest; f++ {
		if rest%f != 0 {
			continue
		}
		for rest%f == 0 {
			rest /= f
		}
		if powerModulo(order/f, p, degree) == 1 {
			return false
		}
	}
	return rest == 1 || rest == order || powerModulo(order/rest, p, degree) != 1
}

// powerModulo returns x^n modulo p, polynomials modulo 2 as bits.
func powerModulo(n, p uint64, degree int) uint64 {
	result, square := uint64(1), uint64(2)
	if degree == 1 {
		square = 2 ^ p
	}
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = timesModulo(result, square, p, degree)
		}
		square = timesModulo(square, square, p, degree)
	}
	return result
}

// timesModulo returns a times b modulo the polynomial p of a degree, over the field of two elements.
func timesModulo(a, b, p uint64, degree int) uint64 {
	product := uint64(0)
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			product ^= a
		}
		if a <<= 1; a>>degree&1 == 1 {
			a ^= p
		}
	}
	return product
}

// scrambled returns a coordinate of a point of the sequence, scrambled digit by digit
// depending on the digits before (A. B. Owen, Randomly permuted (t,m,s)-nets and
// (t,s)-sequences, 1995), with random digits after the last.
func scrambled(column []uint64, index, key uint64) float64 {
	x := uint64(0)
	for i := index; i != 0; i &= i - 1 {
		x ^= column[bits.TrailingZeros64(i)]
	}
	y := uint64(0)
	for b := sobolBits - 1; b >= 0; b-- {
		prefix := x >> (b + 1)
		flip := hash(key, prefix, uint64(b)) >> 63
		y = y<<1 | (x>>b&1 ^ flip)
	}
	tail := hash(key, x, sobolBits) >> (12 + sobolBits)
	return (float64(y<<(52-sobolBits)|tail) + 0.5) * 0x1p-52
}
