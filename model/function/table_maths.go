package function

import (
	"fmt"
	"strings"

	"weir/model/resolved"
)

// nearZero is what Vensim takes for 0 in a divisor.
const nearZero = "0.000001"

// factorial multiplies as long as that is exact.
func factorial() string {
	product := "max(1, x)"
	for i := 1; i < 22; i++ {
		product += fmt.Sprintf(" * max(1, x - %d)", i)
	}
	return "if x <= 22 then " + product + " else exp(gamma_ln(x + 1))"
}

// stirling is the logarithm of the gamma function at z, 8 or more, by Stirling's series.
func stirling(z string) string {
	return strings.ReplaceAll("((z - 0.5) * ln(z) - z + 0.9189385332046727 + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / z ^ 2) / z ^ 2) / z ^ 2) / z ^ 2) / z ^ 2) / z)", "z", z)
}

// belowNormal is the share of a standard normal distribution below x: near the middle by
// its power series, of which all terms have one sign, and else by Laplace's continued
// fraction. See Abramowitz and Stegun, 26.2.11 and 26.2.14.
func belowNormal() string {
	const terms, levels = 48, 60
	series, fraction := "1", "abs(x)"
	for k := terms; k > 0; k-- {
		series = fmt.Sprintf("(1 + x ^ 2 / %d * %s)", 2*k+1, series)
	}
	for k := levels; k > 0; k-- {
		fraction = fmt.Sprintf("(abs(x) + %d / %s)", k, fraction)
	}
	const density = "exp(-x ^ 2 / 2) * 0.3989422804014327"
	return "if abs(x) < 3 then 0.5 + " + density + " * x * " + series + " else if x < 0 then " + density + " / " + fraction + " else 1 - " + density + " / " + fraction
}

// quantile is the place below which a share p of a standard normal distribution lies,
// by three ratios of polynomials with a relative error below 1.2e-9 (P. J. Acklam, An
// algorithm for computing the inverse normal cumulative distribution function, 2003).
func quantile() string {
	const middle = "(p - 0.5) * ratio(-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239 | " +
		"-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572)"
	const tail = "ratio(-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783 | " +
		"0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416)"
	return "if p < 0.02425 then " + ratio(tail, "sqrt(-2 * ln(p))") + " else if p > 0.97575 then -(" + ratio(tail, "sqrt(-2 * ln(1 - p))") + ") else " + ratio(middle, "(p - 0.5) ^ 2")
}

// ratio writes out ratio(a, b, … | c, d, …) in a text: a polynomial in x by another one,
// whose last term is 1.
func ratio(text, x string) string {
	before, rest, _ := strings.Cut(text, "ratio(")
	above, below, _ := strings.Cut(strings.TrimSuffix(rest, ")"), " | ")
	return before + horner(above, x) + " / " + horner(below+", 1", x)
}

// horner is a polynomial with the coefficients given, the highest power first.
func horner(coefficients, x string) string {
	terms := strings.Split(coefficients, ", ")
	out := terms[0]
	for _, c := range terms[1:] {
		out = "(" + out + " * " + x + " + " + c + ")"
	}
	return out
}

// arithmetic is functions of their arguments alone.
var arithmetic = []Row{
	{Name: "abs", Params: x, Units: "a -> a", Op: resolved.Abs,
		Help: "the size of x, without its sign", Example: "abs(-3)", Value: 3, Source: xmileMath},
	{Name: "sqrt", Params: x, Units: "a -> a^0.5", Op: resolved.Sqrt,
		Help: "the square root of x; not a number below 0", Example: "sqrt(9)", Value: 3, Source: xmileMath},
	{Name: "exp", Params: x, Units: "1 -> 1", Op: resolved.Exp,
		Help: "e to the power of x", Example: "exp(0)", Value: 1, Source: xmileMath},
	{Name: "ln", Params: x, Units: "1 -> 1", Op: resolved.Ln,
		Help: "the natural logarithm of x", Example: "ln(exp(2))", Value: 2, Source: xmileMath},
	{Name: "log10", Params: x, Units: "1 -> 1", Op: resolved.Log10,
		Help: "the logarithm of x to base 10", Example: "log10(1000)", Value: 3, Source: xmileMath},
	{Name: "sin", Params: x, Units: "1 -> 1", Op: resolved.Sin,
		Help: "the sine of x, in radians", Example: "sin(pi / 2)", Value: 1, Source: xmileMath},
	{Name: "cos", Params: x, Units: "1 -> 1", Op: resolved.Cos,
		Help: "the cosine of x, in radians", Example: "cos(pi)", Value: -1, Source: xmileMath},
	{Name: "tan", Params: x, Units: "1 -> 1", Op: resolved.Tan,
		Help: "the tangent of x, in radians", Example: "tan(pi / 4)", Value: 1, Source: xmileMath},
	{Name: "arcsin", Aliases: []string{"asin"}, Params: x, Units: "1 -> 1", Op: resolved.Asin,
		Help: "the angle, in radians, whose sine is x", Example: "arcsin(1) / pi", Value: 0.5, Source: xmileMath},
	{Name: "arccos", Aliases: []string{"acos"}, Params: x, Units: "1 -> 1", Op: resolved.Acos,
		Help: "the angle, in radians, whose cosine is x", Example: "arccos(-1) / pi", Value: 1, Source: xmileMath},
	{Name: "arctan", Aliases: []string{"atan"}, Params: x, Units: "1 -> 1", Op: resolved.Atan,
		Help: "the angle, in radians, whose tangent is x", Example: "arctan(1) / pi", Value: 0.25, Source: xmileMath},
	{Name: "sinh", Free: true, Params: x, Units: "1 -> 1", Op: resolved.Sinh,
		Help: "the hyperbolic sine of x", Example: "sinh(1)", Value: 1.1752011936438014, Source: "Vensim SINH"},
	{Name: "cosh", Free: true, Params: x, Units: "1 -> 1", Op: resolved.Cosh,
		Help: "the hyperbolic cosine of x", Example: "cosh(0)", Value: 1, Source: "Vensim COSH"},
	{Name: "tanh", Free: true, Params: x, Units: "1 -> 1", Op: resolved.Tanh,
		Help: "the hyperbolic tangent of x", Example: "tanh(100)", Value: 1, Source: "Vensim TANH"},
	{Name: "log", Free: true, Params: []Param{{Name: "x"}, {Name: "base"}}, Units: "1, 1 -> 1", Kind: Defined, Define: "ln(x) / ln(base)",
		Help: "the logarithm of x to that base", Example: "log(8, 2)", Value: 3, Source: "Vensim LOG"},
	{Name: "factorial", Free: true, Params: x, Units: "1 -> 1", Kind: Defined, Define: factorial(),
		Help: "1 * 2 * … * x", Example: "factorial(10)", Value: 3628800, Source: "Stella FACTORIAL"},
	{Name: "gamma_ln", Free: true, Aliases: []string{"gammaln"}, Params: x, Units: "1 -> 1", Kind: Defined,
		Define: "if x > 8 then " + stirling("x") + " else " + stirling("(x + 8)") +
			" - ln(if x > 0 then x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5) * (x + 6) * (x + 7) else -1)",
		Help: "the natural logarithm of the gamma function at x, which for a whole x is that of 1 * 2 * … * (x - 1); not a number at 0 and below", Example: "gamma_ln(5)", Value: 3.1780538303479458, Source: "Vensim GAMMA LN; Abramowitz and Stegun, 6.1.41"},
	{Name: "normal_cdf", Free: true, Params: x, Units: "1 -> 1", Kind: Defined, Define: belowNormal(),
		Help: "the share of a standard normal distribution that lies below x", Example: "normal_cdf(1)", Value: 0.8413447460685429, Source: "Abramowitz and Stegun, 26.2"},
	{Name: "normal_quantile", Free: true, Params: []Param{{Name: "p"}}, Units: "1 -> 1", Kind: Defined, Define: quantile(),
		Help: "where a share p of a standard normal distribution lies below, to nine digits", Example: "normal_quantile(0.5)", Value: 0, Source: "P. J. Acklam, 2003"},
	{Name: "floor", Aliases: []string{"int"}, Params: x, Units: "a -> a", Op: resolved.Floor,
		Help: "the next whole number at or below x", Example: "int(-9.9)", Value: -10, Source: xmileMath + ", note 7"},
	{Name: "ceil", Params: x, Units: "a -> a", Op: resolved.Ceil,
		Help: "the next whole number at or above x", Example: "ceil(2.1)", Value: 3, Source: weir},
	{Name: "trunc", Params: x, Units: "a -> a", Op: resolved.Trunc,
		Help: "x without what follows the decimal point", Example: "trunc(-9.9)", Value: -9, Source: "Vensim's INTEGER"},
	{Name: "round", Params: x, Units: "a -> a", Op: resolved.Round,
		Help: "the nearest whole number, halves away from zero", Example: "round(-2.5)", Value: -3, Source: weir},
	{Name: "mod", Params: ab, Units: "a, a -> a", Op: resolved.Mod,
		Help: "what is left of a after whole times b, with the sign of b; also written a mod b", Example: "mod(-9.9, 3)", Value: 2.1, Source: xmile + "3.3.1"},
	{Name: "remainder", Free: true, Params: ab, Units: "a, a -> a", Kind: Defined,
		Define: "if a < 0 then -mod(-a, abs(b)) else mod(a, abs(b))",
		Help:   "what is left of a after whole times b, with the sign of a", Example: "remainder(-9.9, 3)", Value: -0.9, Source: "Vensim MODULO"},
	{Name: "quantum", Free: true, Params: ab, Units: "a, a -> a", Kind: Defined,
		Define: "if b > 0 then b * trunc(a / b) else a",
		Help:   "the whole times b that are in a, and a itself where b is not above 0", Example: "quantum(9.7, 2)", Value: 8, Source: "Vensim QUANTUM"},
	{Name: "sign", Free: true, Params: x, Units: "a -> 1", Kind: Defined, Define: "(x > 0) - (x < 0)",
		Help: "-1 below 0, 1 above 0, and 0 at 0", Example: "sign(-3)", Value: -1, Source: weir},
	{Name: "power", Params: ab, Units: "a, 1 -> a^b", Op: resolved.Pow,
		Help: "a to the power of b; also written a ^ b", Example: "power(2, 10)", Value: 1024, Source: weir},
	{Name: "safediv", Params: with(ab, Param{Name: "otherwise", Optional: true, Default: "0"}), Units: "a, b, a/b -> a/b", Op: resolved.SafeDiv,
		Help: "a / b, or otherwise where b is exactly 0", Example: "safediv(6, 0, 1)", Value: 1, Source: xmileMisc},
	{Name: "xidz", Free: true, Params: []Param{{Name: "a"}, {Name: "b"}, {Name: "otherwise"}}, Units: "a, b, a/b -> a/b", Kind: Defined,
		Define: "if abs(b) < " + nearZero + " then otherwise else a / b",
		Help:   "a / b, or otherwise where b is nearer to 0 than a millionth, in whatever unit; safediv takes exactly 0 only", Example: "xidz(6, 0.0000001, 1)", Value: 1, Source: "Vensim XIDZ"},
	{Name: "zidz", Free: true, Params: ab, Units: "a, b -> a/b", Kind: Defined,
		Define: "if abs(b) < " + nearZero + " then 0 else a / b",
		Help:   "a / b, or 0 where b is nearer to 0 than a millionth, in whatever unit; safediv takes exactly 0 only", Example: "zidz(6, 2)", Value: 3, Source: "Vensim ZIDZ"},
	{Name: "min", Params: ab, Variadic: true, Reduces: true, Units: "a, a -> a", Op: resolved.Min,
		Help: "the smallest argument, or the smallest element of one array", Example: "min(3, 1, 2)", Value: 1, Source: xmileMath},
	{Name: "max", Params: ab, Variadic: true, Reduces: true, Units: "a, a -> a", Op: resolved.Max,
		Help: "the largest argument, or the largest element of one array", Example: "max(3, 1, 2)", Value: 3, Source: xmileMath},
}
