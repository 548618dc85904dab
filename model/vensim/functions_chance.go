package vensim

import (
	"math"
	"strings"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// Vensim draws anew what lies beyond the limits. Of a distribution whose inverse is
// known that is a draw from the part between them; of the others, what lies beyond
// counts as the limit.
const (
	anew    = ownDraws + "; what lies beyond the limits is drawn anew"
	clamped = ownDraws + "; what lies beyond the limits counts as the limit"
)

// survival are the shares of an exponential distribution above the limits: a draw
// between them is one between the limits.
const survival = "uniform(exp(-max(0, ({1} - {2}) / {3})), exp(-max(0, ({0} - {2}) / {3})))"

// weibullScale is the scale of a Weibull distribution whose mean is 1.
const weibullScale = "exp(-gamma_ln(1 + 1 / {2}))"

// farOff is how many standard deviations off a limit no longer matters.
const farOff = 6

// normal is RANDOM NORMAL, whose limits are mostly far off.
func (l *lowering) normal(c *syntax.Call) {
	var x [4]float64
	known := true
	for i := range x {
		v, ok := l.constant(c.Args[i])
		x[i], known = v, known && ok
	}
	if away := farOff * x[3]; known && x[0] <= x[2]-away && x[1] >= x[2]+away {
		l.template("normal_between({0}, {1}, {2}, {3})", c, ofIf)
		return
	}
	l.template("normal_within({0}, {1}, {2}, {3})", c, ofIf)
}

// maxDraws bounds the draws that one is the sum of.
const maxDraws = 40

// several writes a draw that is the sum of n others.
func (l *lowering) several(c *syntax.Call, arg int, one string) (string, bool) {
	n, ok := l.constant(c.Args[arg])
	if n = math.Round(n); !ok || n < 1 || n > maxDraws {
		l.fail(c.Args[arg].Pos(), "write a number from 1 to 40", "%s is supported where this is a whole number that is known before the run", c.Name)
		return "", false
	}
	if v, _ := l.constant(c.Args[arg]); v != n {
		l.v.note(model.Approximated, "an order is rounded to a whole number")
	}
	return "(" + strings.TrimSuffix(strings.Repeat(one+" + ", int(n)), " + ") + ")", true
}

// sumOfDraws is RANDOM GAMMA, RANDOM BETA, RANDOM BINOMIAL or RANDOM NEGATIVE BINOMIAL
// of a whole order.
func (l *lowering) sumOfDraws(c *syntax.Call) {
	draw, ok, shift := "", false, "{4} + {3}"
	switch c.Key {
	case "random_gamma":
		draw, ok = l.several(c, 2, "exponential(1)")
	case "random_beta":
		shift = "{5} + {4}"
		a, ok1 := l.several(c, 2, "exponential(1)")
		b, ok2 := "", false
		if ok1 {
			b, ok2 = l.several(c, 3, "exponential(1)")
		}
		draw, ok = "1 / (1 + "+b+" / "+a+")", ok1 && ok2
	case "random_binomial":
		shift = "{5} + {4}"
		draw, ok = l.several(c, 3, "bernoulli({2})")
	case "random_negative_binomial":
		shift = "{5} + {4}"
		draw, ok = l.several(c, 3, "geometric({2})")
	}
	if ok {
		l.template("max({0}, min({1}, "+draw+" * "+shift+"))", c, ofIf)
	}
}
