package foreign

import (
	"math"

	"weir/model/document"
	"weir/model/equation"
)

// Vensim resamples draws beyond the limits. Of a distribution whose inverse is known that
// is a draw from the part between them; of the others, a draw beyond a limit counts as
// the limit.
const (
	ownDraws = "random numbers come from weir's own generator: other draws of the same distribution"
	again    = ownDraws + "; draws beyond the limits are drawn again"
	clamped  = ownDraws + "; draws beyond the limits count as the limit"
)

// survival are the shares of an exponential distribution above the limits: a uniform
// draw between the shares makes an exponential one between the limits.
const survival = "uniform(exp(-max(0, ($2 - $3) / $4)), exp(-max(0, ($1 - $3) / $4)))"

// weibullScale is the scale of a Weibull distribution whose mean is 1.
const weibullScale = "exp(-gamma_ln(1 + 1 / $3))"

// logNormal takes the mean and deviation of the draws, as Stella does; those of weir's
// function are of their logarithm.
const logNormal = "lognormal(ln($1 ^ 2 / sqrt($1 ^ 2 + $2 ^ 2)), sqrt(ln(1 + $2 ^ 2 / $1 ^ 2)))"

// bounded are the meanings of a draw whose argument seed, at that place, may be followed
// by a least and a largest value and a size.
func bounded(seed int, draw string) []*equation.Template {
	low, high := "$"+string(rune('1'+seed)), "$"+string(rune('2'+seed))
	both := "max(" + low + ", min(" + high + ", " + draw + "))"
	return means(draw, draw, "max("+low+", "+draw+")", both)
}

// farOff is how many standard deviations off a limit no longer matters.
const farOff = 6

var normalBetween = equation.NewTemplate("normal_between($1, $2, $3, $4)")

// normal is RANDOM NORMAL, whose limits are mostly far off.
func normal(c *Call, r *Row) (equation.Expr, *Refusal) {
	var x [4]float64
	known := true
	for i := range x {
		v, ok := c.Constant(i)
		x[i], known = v, known && ok
	}
	if away := farOff * x[3]; known && x[0] <= x[2]-away && x[1] >= x[2]+away {
		return normalBetween.Apply(c.At, c.Name, c.Args...), nil
	}
	return r.Apply(c), nil
}

// maxDraws bounds the draws that one draw may be the sum of.
const maxDraws = 100

// sum is the sum of as many equal draws as an argument says. The arguments of the draw's
// template are args.
func (c *Call) sum(count int, draw *equation.Template, args ...equation.Expr) (equation.Expr, *Refusal) {
	x, ok := c.Constant(count)
	n := math.Round(x)
	if !ok || n < 1 || n > maxDraws {
		return nil, refuse(count, "write a number from 1 to 100; normal and Poisson draws are near",
			"%s is supported where this is a whole number from 1 to %d that is known before the run",
			c.Function, maxDraws)
	}
	if x != n {
		c.Remark(document.Approximated, "an order is rounded to a whole number")
	}
	total := draw.Apply(c.At, c.Name, args...)
	for range int(n) - 1 {
		total = equation.NewBinary(equation.Add, c.Name, total, draw.Apply(c.At, c.Name, args...))
	}
	return total, nil
}

var (
	standardExponential = equation.NewTemplate("exponential(1)")
	bernoulli           = equation.NewTemplate("bernoulli($1)")
	geometric           = equation.NewTemplate("geometric($1)")
	ratio               = equation.NewTemplate("1 / (1 + $2 / $1)")
	stretched           = equation.NewTemplate("max($1, min($2, $3 * $5 + $4))")
	above               = equation.NewTemplate("max($2, $1)")
	between             = equation.NewTemplate("max($2, min($3, $1))")
)

// stretch is a draw of Vensim's, stretched and shifted by the two arguments from shift on,
// within the limits that are the first two.
func (c *Call) stretch(draw equation.Expr, shift int) equation.Expr {
	return stretched.Apply(c.At, c.Name, c.Args[0], c.Args[1], draw, c.Args[shift], c.Args[shift+1])
}

// gammaDraw lowers a gamma draw of whole shape to a sum of exponential draws.
func gammaDraw(c *Call, _ *Row) (equation.Expr, *Refusal) {
	draw, no := c.sum(2, standardExponential)
	if no != nil {
		return nil, no
	}
	return c.stretch(draw, 3), nil
}

// betaDraw lowers a beta draw of whole parameters to the share of one gamma draw in the sum of
// two.
func betaDraw(c *Call, _ *Row) (equation.Expr, *Refusal) {
	draw, no := c.betaShare(2, 3)
	if no != nil {
		return nil, no
	}
	return c.stretch(draw, 4), nil
}

// betaShare is a beta draw: of the sum of two gamma draws, the share of the first.
func (c *Call) betaShare(a, b int) (equation.Expr, *Refusal) {
	x, no := c.sum(a, standardExponential)
	if no != nil {
		return nil, no
	}
	y, no := c.sum(b, standardExponential)
	if no != nil {
		return nil, no
	}
	return ratio.Apply(c.At, c.Name, x, y), nil
}

// binomialDraw lowers a binomial draw to a count of trials that succeed.
func binomialDraw(c *Call, _ *Row) (equation.Expr, *Refusal) {
	return c.counted(bernoulli)
}

// negativeBinomialDraw lowers a negative binomial draw to a sum of geometric ones.
func negativeBinomialDraw(c *Call, _ *Row) (equation.Expr, *Refusal) {
	return c.counted(geometric)
}

// counted is the sum of as many draws as the fourth argument says, each with the
// probability that is the third.
func (c *Call) counted(draw *equation.Template) (equation.Expr, *Refusal) {
	total, no := c.sum(3, draw, c.Args[2])
	if no != nil {
		return nil, no
	}
	return c.stretch(total, 4), nil
}

// repeated is Stella's sum of as many draws as the first argument says; the second, 1 if
// it is not given, is theirs. A seed and limits may follow.
func repeated(draw string) func(*Call, *Row) (equation.Expr, *Refusal) {
	one := equation.NewTemplate(draw)
	return func(c *Call, _ *Row) (equation.Expr, *Refusal) {
		of := equation.NewNumber(c.At, 1)
		if len(c.Args) > 1 {
			of = c.Args[1]
		}
		total, no := c.sum(0, one, of)
		if no != nil {
			return nil, no
		}
		return c.limited(total), nil
	}
}

// share is Stella's BETA.
func share(c *Call, _ *Row) (equation.Expr, *Refusal) {
	draw, no := c.betaShare(0, 1)
	if no != nil {
		return nil, no
	}
	return c.limited(draw), nil
}

// limited is a draw within the limits that may follow its two arguments and its seed.
func (c *Call) limited(draw equation.Expr) equation.Expr {
	switch len(c.Args) {
	case 0, 1, 2, 3:
		return draw
	case 4:
		return above.Apply(c.At, c.Name, draw, c.Args[3])
	}
	return between.Apply(c.At, c.Name, draw, c.Args[3], c.Args[4])
}
