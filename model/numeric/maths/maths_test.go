package maths

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"weir/model/numeric/internal/exact"
)

// ulps is the distance of got from the true value, in units in the last place of
// the true value rounded; 0 if both are the same infinity.
func ulps(got float64, want *big.Float) float64 {
	w, _ := want.Float64()
	if got == w {
		d := new(big.Float).Sub(want, exact.New(got))
		return inUnits(d, w)
	}
	if math.IsInf(w, 0) || math.IsInf(got, 0) || math.IsNaN(got) {
		return math.Inf(1)
	}
	return inUnits(new(big.Float).Sub(want, exact.New(got)), w)
}

func inUnits(d *big.Float, w float64) float64 {
	if math.IsInf(w, 0) {
		return 0
	}
	a := math.Abs(w)
	unit := math.Nextafter(a, math.Inf(1)) - a
	if math.IsInf(unit, 0) {
		unit = 0x1p971
	}
	x, _ := new(big.Float).Quo(d, exact.New(unit)).Float64()
	return math.Abs(x)
}

// arguments are drawn so that every exponent of the range comes up, with the ends.
func arguments(n int, low, high int, signed bool, r *rand.Rand) []float64 {
	xs := []float64{1, math.Nextafter(1, 0), math.Nextafter(1, 2), 0.5, 2, 0x1p-1074, 0x1p-1022, 0x1.fffffffffffffp-1023}
	for range n {
		x := math.Ldexp(1+r.Float64(), low+r.IntN(high-low+1))
		if signed && r.IntN(2) == 0 {
			x = -x
		}
		xs = append(xs, x)
	}
	return xs
}

func TestWithinOneUnitInTheLastPlace(t *testing.T) {
	one := exact.New(1)
	root := func(x *big.Float) *big.Float { // sqrt(1 - x^2)
		y := new(big.Float).Mul(x, x)
		return y.Sqrt(y.Sub(one, y))
	}
	sinh := func(x *big.Float) *big.Float { s, _ := exact.SinhCosh(x); return s }
	cosh := func(x *big.Float) *big.Float { _, c := exact.SinhCosh(x); return c }
	tanh := func(x *big.Float) *big.Float { s, c := exact.SinhCosh(x); return s.Quo(s, c) }
	for _, c := range []struct {
		name      string
		f         func(float64) float64
		want      func(*big.Float) *big.Float
		low, high int // exponents of the arguments
		signed    bool
	}{
		{"exp", Exp, exact.Exp, -60, 8, true},
		{"ln", Ln, exact.Log, -1074, 1023, false},
		{"ln near 1", func(x float64) float64 { return Ln(1 + x) }, func(x *big.Float) *big.Float {
			f, _ := x.Float64()
			return exact.Log(exact.New(1 + f))
		}, -40, -2, true},
		{"log10", Log10, func(x *big.Float) *big.Float { return new(big.Float).Quo(exact.Log(x), exact.Log(exact.New(10))) }, -1074, 1023, false},
		{"sin", Sin, func(x *big.Float) *big.Float { s, _ := exact.SinCos(x); return s }, -30, 1023, true},
		{"cos", Cos, func(x *big.Float) *big.Float { _, c := exact.SinCos(x); return c }, -30, 1023, true},
		{"tan", Tan, func(x *big.Float) *big.Float { s, c := exact.SinCos(x); return s.Quo(s, c) }, -30, 1023, true},
		{"sin, small arguments", Sin, func(x *big.Float) *big.Float { s, _ := exact.SinCos(x); return s }, -5, 24, true},
		{"cos, small arguments", Cos, func(x *big.Float) *big.Float { _, c := exact.SinCos(x); return c }, -5, 24, true},
		{"tan, small arguments", Tan, func(x *big.Float) *big.Float { s, c := exact.SinCos(x); return s.Quo(s, c) }, -5, 24, true},
		{"atan", Atan, exact.Atan, -40, 70, true},
		{"asin", Asin, func(x *big.Float) *big.Float { return exact.Atan(new(big.Float).Quo(x, root(x))) }, -40, -1, true},
		{"sinh", Sinh, sinh, -60, 9, true},
		{"sinh, small arguments", Sinh, sinh, -5, 5, true},
		{"cosh", Cosh, cosh, -60, 9, true},
		{"cosh, small arguments", Cosh, cosh, -5, 5, true},
		{"tanh", Tanh, tanh, -60, 9, true},
		{"tanh, small arguments", Tanh, tanh, -5, 5, true},
		{"acos", Acos, func(x *big.Float) *big.Float {
			y := exact.Atan(new(big.Float).Quo(root(x), x))
			if x.Sign() < 0 {
				y.Add(y, exact.Pi())
			}
			return y
		}, -40, -1, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			worst, at := 0.0, 0.0
			for _, x := range arguments(2000, c.low, c.high, c.signed, rand.New(rand.NewPCG(1, 2))) {
				if (c.name == "asin" || c.name == "acos") && math.Abs(x) >= 1 {
					continue
				}
				if u := ulps(c.f(x), c.want(exact.New(x))); u > worst {
					worst, at = u, x
				}
			}
			t.Logf("largest error %.4f units, at %x", worst, at)
			if !(worst < 1) {
				t.Errorf("%s(%v) = %v is off by %v units in the last place", c.name, at, c.f(at), worst)
			}
		})
	}
}

func TestPowWithinOneUnitInTheLastPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	worst, wx, wy := 0.0, 0.0, 0.0
	for range 10000 {
		x := math.Ldexp(1+r.Float64(), r.IntN(2000)-1000)
		if r.IntN(2) == 0 {
			x = 1 + (r.Float64()-0.5)*math.Ldexp(1, -r.IntN(40))
		}
		// y such that the result is a number: y ln x between -745 and 709.
		y := (r.Float64()*1454 - 745) / math.Log(x)
		if r.IntN(3) == 0 {
			y = math.Round(y)
		}
		if y-y != 0 {
			continue
		}
		p := new(big.Float).Mul(exact.New(y), exact.Log(exact.New(x)))
		if f, _ := p.Float64(); f > 709.7 || f < -745.1 {
			continue
		}
		if u := ulps(Pow(x, y), exact.Exp(p)); u > worst {
			worst, wx, wy = u, x, y
		}
	}
	t.Logf("largest error %.4f units, at %x ^ %x", worst, wx, wy)
	if !(worst < 1) {
		t.Errorf("%v ^ %v is off by %v units in the last place", wx, wy, worst)
	}
}

// The arguments at which Go's own functions go wrong on amd64, and the hardest known
// reduction of a float64 by pi/2 (Muller and others, Handbook of Floating-Point
// Arithmetic, section 10.2).
func TestHardArguments(t *testing.T) {
	if u := ulps(Exp(709.44), exact.Exp(exact.New(709.44))); !(u < 1) {
		t.Errorf("exp(709.44) is off by %v", u)
	}
	if u := ulps(Ln(1e-310), exact.Log(exact.New(1e-310))); !(u < 1) {
		t.Errorf("ln(1e-310) is off by %v", u)
	}
	sinh, cosh := exact.SinhCosh(exact.New(710.4))
	if u := ulps(Sinh(710.4), sinh); !(u < 1) {
		t.Errorf("sinh(710.4) is off by %v", u)
	}
	if u := ulps(Cosh(-710.4), cosh); !(u < 1) {
		t.Errorf("cosh(-710.4) is off by %v", u)
	}
	x := math.Ldexp(6381956970095103, 797)
	s, c := exact.SinCos(exact.New(x))
	if u := ulps(Cos(x), c); !(u < 1) {
		t.Errorf("cos(%v) = %v is off by %v", x, Cos(x), u)
	}
	if u := ulps(Sin(x), s); !(u < 1) {
		t.Errorf("sin(%v) is off by %v", x, u)
	}
}

// Edges as the C standard's annex F and IEEE 754-2008, 9.2.1, have them; Go's math
// package keeps them too and is the reference.
func TestEdges(t *testing.T) {
	edges := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, inf, -inf, nan, 0x1p-1074, -0x1p-1074, math.MaxFloat64, -math.MaxFloat64, 0x1p60, -0x1p53, 0x1p53 - 1, 1e300, -1e300, 1e-300, 745.2, -745.2, 709.79, -709.79}
	for _, c := range []struct {
		name      string
		got, want func(float64) float64
	}{{"exp", Exp, math.Exp}, {"ln", Ln, math.Log}, {"log10", Log10, math.Log10}, {"sin", Sin, math.Sin}, {"cos", Cos, math.Cos},
		{"tan", Tan, math.Tan}, {"asin", Asin, math.Asin}, {"acos", Acos, math.Acos}, {"atan", Atan, math.Atan},
		{"sinh", Sinh, math.Sinh}, {"cosh", Cosh, math.Cosh}, {"tanh", Tanh, math.Tanh}} {
		for _, x := range edges {
			if got, want := c.got(x), c.want(x); !near(got, want) && !(x == 0x1p-1074 && want > -715) && !(math.Abs(x) == 709.79 && math.IsInf(want, 0) && c.name != "exp") { // Go's logarithms and hyperbolic functions are wrong there
				t.Errorf("%s(%v) = %v, want %v", c.name, x, got, want)
			}
		}
	}
	for _, x := range edges {
		for _, y := range edges {
			if got, want := Pow(x, y), math.Pow(x, y); !near(got, want) && y != 0.5 { // the root keeps the sign of -0
				t.Errorf("pow(%v, %v) = %v, want %v", x, y, got, want)
			}
		}
	}
}

// near is equality of NaNs, infinities and signs of zero, and nearly of numbers.
func near(a, b float64) bool {
	switch {
	case a != a || b != b:
		return a != a && b != b
	case a == 0 && b == 0:
		return math.Signbit(a) == math.Signbit(b)
	case a-a != 0 || b-b != 0:
		return a == b
	}
	return math.Abs(a-b) <= 1e-8*math.Abs(b) || math.Abs(b) > 1e300 || math.Abs(a-b) <= 0x1p-1073
}

func TestMonotoneAroundBreakpoints(t *testing.T) {
	for _, x := range []float64{0.5, 1, 1.4140625, 2, 709, -745, 1. / 32, 3. / 32, 0x1p-30, 0.25, farOut} {
		for _, f := range []func(float64) float64{Exp, Atan, Sinh, Tanh} {
			for range 50 {
				up := math.Nextafter(x, math.Inf(1))
				if f(up) < f(x) {
					t.Fatalf("not monotone at %v", x)
				}
				x = up
			}
		}
	}
}

var sink float64

func BenchmarkFunctions(b *testing.B) {
	for _, c := range []struct {
		name string
		f    func(float64) float64
	}{{"exp", Exp}, {"math.Exp", math.Exp}, {"ln", Ln}, {"math.Log", math.Log}, {"sin", Sin}, {"math.Sin", math.Sin}, {"tan", Tan}, {"atan", Atan},
		{"sinh", Sinh}, {"tanh", Tanh}, {"math.Tanh", math.Tanh},
		{"pow", func(x float64) float64 { return Pow(x, 1.37) }}, {"math.Pow", func(x float64) float64 { return math.Pow(x, 1.37) }}} {
		b.Run(c.name, func(b *testing.B) {
			x := 0.7
			for range b.N {
				sink += c.f(x)
				x += 1e-7
			}
		})
	}
}
