package function

import (
	"fmt"
	"strings"
)

// The formulas below write out special functions as texts of weir's own language, so that
// every engine computes the same bits of them.

// factorial multiplies as long as the product is exact.
func factorial() string {
	product := "max(1, x)"
	for i := 1; i < 22; i++ {
		product += fmt.Sprintf(" * max(1, x - %d)", i)
	}
	return "if x <= 22 then " + product + " else exp(gamma_ln(x + 1))"
}

// logGamma is the logarithm of the gamma function: by Stirling's series from 8 on, and
// below through the value at x + 8. Of numbers at 0 and below it is NaN.
func logGamma() string {
	return "if x > 8 then " + stirling("x") + " else " + stirling("(x + 8)") +
		" - ln(if x > 0 then x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5) * (x + 6) * (x + 7) else -1)"
}

// stirling is the logarithm of the gamma function at z, 8 or more, by Stirling's series
// (Abramowitz and Stegun, 6.1.41).
func stirling(z string) string {
	const series = "(1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360" +
		" / z ^ 2) / z ^ 2) / z ^ 2) / z ^ 2) / z ^ 2)"
	return strings.ReplaceAll("((z - 0.5) * ln(z) - z + 0.9189385332046727 + "+series+" / z)", "z", z)
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
	return "if abs(x) < 3 then 0.5 + " + density + " * x * " + series +
		" else if x < 0 then " + density + " / " + fraction + " else 1 - " + density + " / " + fraction
}

// quantile is the place below which a share p of a standard normal distribution is, by
// three ratios of polynomials with a relative error below 1.2e-9 (P. J. Acklam, An
// algorithm for computing the inverse normal cumulative distribution function, 2003).
func quantile() string {
	middle := ratio("(p - 0.5) ^ 2",
		"-39.69683028665376, 220.9460984245205, -275.9285104469687, "+
			"138.357751867269, -30.66479806614716, 2.506628277459239",
		"-54.47609879822406, 161.5858368580409, -155.6989798598866, "+
			"66.80131188771972, -13.28068155288572")
	tail := func(of string) string {
		return ratio("sqrt(-2 * ln("+of+"))",
			"-0.007784894002430293, -0.3223964580411365, -2.400758277161838, "+
				"-2.549732539343734, 4.374664141464968, 2.938163982698783",
			"0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416")
	}
	return "if p < 0.02425 then " + tail("p") + " else if p > 0.97575 then -(" + tail("1 - p") +
		") else (p - 0.5) * " + middle
}

// ratio is a polynomial in x by another one, whose last coefficient is 1.
func ratio(x, above, below string) string {
	return horner(above, x) + " / " + horner(below+", 1", x)
}

// horner is a polynomial with these coefficients, the highest power first.
func horner(coefficients, x string) string {
	terms := strings.Split(coefficients, ", ")
	out := terms[0]
	for _, c := range terms[1:] {
		out = "(" + out + " * " + x + " + " + c + ")"
	}
	return out
}
