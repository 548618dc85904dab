// Package exact computes elementary functions to any precision with math/big, by
// series, slowly. It makes the tables of package maths, which is checked
// against; nothing else uses it.
package exact

import "math/big"

// Prec is the working precision in bits.
const Prec = 200

// New returns x at the working precision.
func New(x float64) *big.Float { return new(big.Float).SetPrec(Prec).SetFloat64(x) }

func zero() *big.Float { return new(big.Float).SetPrec(Prec) }

// small reports whether term is too small to matter in sum.
func small(term, sum *big.Float) bool {
	return term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-Prec
}

// Exp returns e to the power of x, by halving the argument until the Taylor series is
// short, and squaring back.
func Exp(x *big.Float) *big.Float {
	const halvings = 24
	r := zero().SetMantExp(x, -halvings)
	if e := x.MantExp(nil); e > 12 {
		panic("exact: the argument of Exp is too large")
	}
	sum, term := New(1), New(1)
	for k := 1; !small(term, sum); k++ {
		term.Mul(term, r)
		term.Quo(term, New(float64(k)))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// SinhCosh returns the hyperbolic sine and cosine of x: half of the difference and of the sum
// of powers of e, and the sine near 0 by its series x + x^3/3! + x^5/5! + ….
func SinhCosh(x *big.Float) (sinh, cosh *big.Float) {
	up := Exp(x)
	down := zero().Quo(New(1), up)
	sinh, cosh = zero().Sub(up, down), zero().Add(up, down)
	if x.MantExp(nil) < 0 {
		square, term := zero().Mul(x, x), zero().Set(x)
		sinh.Set(x)
		for k := 1; !small(term, sinh); k++ {
			term.Mul(term, square)
			term.Quo(term, New(float64(2*k*(2*k+1))))
			sinh.Add(sinh, term)
		}
		return sinh, cosh.SetMantExp(cosh, -1)
	}
	return sinh.SetMantExp(sinh, -1), cosh.SetMantExp(cosh, -1)
}

// Log returns the natural logarithm of x > 0, by Newton's method on Exp from a first
// guess near enough.
func Log(x *big.Float) *big.Float {
	m := zero()
	e := x.MantExp(m)
	y := logMantissa(m)
	return y.Add(y, zero().Mul(Ln2(), New(float64(e))))
}

// logMantissa returns the logarithm of m in [1/2, 1): 2 artanh((m-1)/(m+1)).
func logMantissa(m *big.Float) *big.Float {
	one := New(1)
	s := zero().Quo(zero().Sub(m, one), zero().Add(m, one))
	return series(s, 1, 2)
}

// series returns factor times the sum of sign^k s^(2k+1)/(2k+1): artanh for sign 1,
// arctan for sign -1.
func series(s *big.Float, sign float64, factor float64) *big.Float {
	square := zero().Mul(s, s)
	square.Mul(square, New(sign))
	sum, power := zero(), zero().Set(s)
	for k := 1; k == 1 || !small(power, sum); k += 2 {
		sum.Add(sum, zero().Quo(power, New(float64(k))))
		power.Mul(power, square)
	}
	return sum.Mul(sum, New(factor))
}

// Ln2 returns the natural logarithm of 2: 2 artanh(1/3).
func Ln2() *big.Float { return series(zero().Quo(New(1), New(3)), 1, 2) }

// Atan returns the arc tangent of x: halved twice by atan x = 2 atan(x/(1+sqrt(1+x^2))),
// then its series.
func Atan(x *big.Float) *big.Float {
	y := zero().Set(x)
	const halvings = 6
	for range halvings {
		root := zero().Mul(y, y)
		root.Add(root, New(1))
		root.Sqrt(root)
		root.Add(root, New(1))
		y.Quo(y, root)
	}
	return series(y, -1, 1<<halvings)
}

// Pi returns the circumference of a circle of diameter 1: Machin's 16 atan(1/5) - 4 atan(1/239).
func Pi() *big.Float {
	a := series(zero().Quo(New(1), New(5)), -1, 16)
	return a.Sub(a, series(zero().Quo(New(1), New(239)), -1, 4))
}

// SinCos returns the sine and cosine of x, reduced by multiples of pi/2 at a precision
// that stands the largest float64.
func SinCos(x *big.Float) (sin, cos *big.Float) {
	const wide = 1024 + 2*Prec
	half := widePi(wide)
	half.SetMantExp(half, -1)
	n := new(big.Float).SetPrec(wide).Quo(new(big.Float).SetPrec(wide).Set(x), half)
	k, _ := n.Add(n, big.NewFloat(0.5)).Int(nil)
	if n.Sign() < 0 && new(big.Float).SetInt(k).Cmp(n) != 0 {
		k.Sub(k, big.NewInt(1)) // floor
	}
	r := new(big.Float).SetPrec(wide).SetInt(k)
	r.Mul(r, half)
	r.Sub(new(big.Float).SetPrec(wide).Set(x), r)
	s, c := taylor(zero().Set(r), 1), taylor(zero().Set(r), 0)
	switch new(big.Int).And(k, big.NewInt(3)).Int64() {
	case 1:
		s, c = c, s.Neg(s)
	case 2:
		s.Neg(s)
		c.Neg(c)
	case 3:
		s, c = c.Neg(c), s
	}
	return s, c
}

// taylor returns the sine (first 1) or cosine (first 0) of a small r.
func taylor(r *big.Float, first int) *big.Float {
	term := New(1)
	if first == 1 {
		term.Set(r)
	}
	sum := zero().Set(term)
	square := zero().Mul(r, r)
	for k := first + 1; !small(term, sum); k += 2 {
		term.Mul(term, square)
		term.Quo(term, New(-float64(k)*float64(k+1)))
		sum.Add(sum, term)
	}
	return sum
}

// widePi returns pi with prec bits, by Machin's formula in whole numbers.
func widePi(prec uint) *big.Float {
	unity := new(big.Int).Lsh(big.NewInt(1), prec+32)
	arctan := func(factor, n int64) *big.Int {
		term := new(big.Int).Mul(unity, big.NewInt(factor))
		term.Quo(term, big.NewInt(n))
		sum := new(big.Int)
		for k := int64(1); term.Sign() != 0; k += 2 {
			part := new(big.Int).Quo(term, big.NewInt(k))
			if k%4 == 1 {
				sum.Add(sum, part)
			} else {
				sum.Sub(sum, part)
			}
			term.Quo(term, big.NewInt(n*n))
		}
		return sum
	}
	p := new(big.Int).Sub(arctan(16, 5), arctan(4, 239))
	f := new(big.Float).SetPrec(prec).SetInt(p)
	return f.SetMantExp(f, -int(prec+32))
}

// TwoOverPi returns 2/pi with that many bits, as whole words, the first holding the
// first 64 bits after the point.
func TwoOverPi(words int) []uint64 {
	prec := uint(64*words + 128)
	q := new(big.Float).SetPrec(prec).Quo(new(big.Float).SetPrec(prec).SetInt64(2), widePi(prec))
	out := make([]uint64, words)
	for i := range out {
		q.SetMantExp(q, 64)
		whole, _ := q.Int(nil)
		out[i] = whole.Uint64()
		q.Sub(q, new(big.Float).SetPrec(prec).SetInt(whole))
	}
	return out
}
