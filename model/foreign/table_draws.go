package foreign

import "weir/model/document"

// draws are random numbers: a new one at every step.
var draws = []Row{
	// The last argument of Vensim's draws is a stream; the numbers here depend on the seed and
	// the variable's name instead.
	{
		Vensim: "RANDOM UNIFORM", Least: 3, Most: 3, Stream: true,
		Means: means("uniform($1, $2)"), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Vensim: "RANDOM 0 1", Least: 0, Most: 0,
		Means: means("uniform(0, 1)"), Grade: document.Approximated, Note: ownDraws,
	},
	// Vensim's manual: draw, stretch, shift, then truncate by drawing again. Limits six
	// deviations off do not matter, and a plain draw is faster.
	{
		Vensim: "RANDOM NORMAL", Least: 5, Most: 5, Stream: true,
		Means: means("normal_within($1, $2, $3, $4)"), lower: normal, Grade: document.Approximated,
		Note: again,
	},
	{
		Vensim: "RANDOM PINK NOISE", Least: 4, Most: 4, Stream: true,
		Means: means("pink_noise($1, $2, $3)"), Grade: document.Approximated, Note: ownDraws,
	},
	// By the share above the limits, the survival function, whose logarithm is linear.
	{
		Vensim: "RANDOM EXPONENTIAL", Least: 5, Most: 5, Stream: true,
		Means: means("max($1, min($2, $3 - $4 * ln(" + survival + ")))"),
		Grade: document.Approximated, Note: again,
	},
	{
		Vensim: "RANDOM POISSON", Least: 6, Most: 6, Stream: true,
		Means: means("max($1, min($2, poisson($3) * $5 + $4))"), Grade: document.Approximated,
		Note: clamped,
	},
	{
		Vensim: "RANDOM TRIANGULAR", Least: 6, Most: 6, Stream: true,
		Means: means("max($1, min($2, triangular($3, $4, $5)))"), Grade: document.Approximated,
		Note: clamped,
	},
	// Vensim's has the mean 1 before it is stretched and shifted.
	{
		Vensim: "RANDOM WEIBULL", Least: 6, Most: 6, Stream: true,
		Means: means("max($1, min($2, weibull($3, " + weibullScale + ") * $5 + $4))"),
		Grade: document.Approximated, Note: clamped,
	},
	// A gamma draw of a whole order is a sum of exponential ones, a beta draw a share of two
	// such sums.
	{
		Vensim: "RANDOM GAMMA", Least: 6, Most: 6, Stream: true,
		lower: gammaDraw, Says: "the sum of $3 exponential draws", Grade: document.Approximated,
		Note: clamped,
	},
	{
		Vensim: "RANDOM BETA", Least: 7, Most: 7, Stream: true,
		lower: betaDraw, Says: "by sums of $3 and $4 exponential draws",
		Grade: document.Approximated, Note: clamped,
	},
	{
		Vensim: "RANDOM BINOMIAL", Least: 7, Most: 7, Stream: true,
		lower: binomialDraw, Says: "the sum of $4 draws that are 1 with probability $3",
		Grade: document.Approximated, Note: clamped,
	},
	{
		Vensim: "RANDOM NEGATIVE BINOMIAL", Least: 7, Most: 7, Stream: true,
		lower: negativeBinomialDraw, Says: "the sum of $4 geometric draws",
		Grade: document.Approximated, Note: clamped,
	},
	// Stella's draws may be followed by a seed, which has no meaning here, by limits, which
	// count as the draw, and by a size.
	{
		XMILE: "RANDOM", Least: 0, Most: 6,
		Means: append(means("uniform(0, 1)", "uniform(0, $1)"), bounded(3, "uniform($1, $2)")...),
		Grade: document.Approximated, Note: ownDraws, Exports: "uniform",
	},
	{
		Stella: []string{"uniform"}, Least: 2, Most: 6,
		Means: bounded(3, "uniform($1, $2)"), Grade: document.Approximated, Note: ownDraws,
	},
	// Of a normal draw the limits have a function of their own, with the same numbers.
	{
		XMILE: "NORMAL", Least: 2, Most: 6,
		Means: means("normal($1, $2)", "normal($1, $2)",
			"normal_between($4, inf, $1, $2)", "normal_between($4, $5, $1, $2)"),
		Grade: document.Approximated, Note: ownDraws, Exports: "normal",
	},
	{
		XMILE: "EXPRND", Least: 1, Most: 5,
		Means: bounded(2, "exponential($1)"), Grade: document.Approximated, Note: ownDraws,
		Exports: "exponential",
	},
	{
		XMILE: "POISSON", Least: 1, Most: 5,
		Means: bounded(2, "poisson($1)"), Grade: document.Approximated, Note: ownDraws,
		Exports: "poisson",
	},
	{
		XMILE: "LOGNORMAL", Least: 2, Most: 6,
		Means: bounded(3, logNormal), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Stella: []string{"triangular"}, Least: 3, Most: 7,
		Means: bounded(4, "triangular($1, $2, $3)"), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Stella: []string{"weibull"}, Least: 2, Most: 6,
		Means: bounded(3, "weibull($1, $2)"), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Stella: []string{"logistic"}, Least: 2, Most: 6,
		Means: bounded(3, "logistic($1, $2)"), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Stella: []string{"pareto"}, Least: 2, Most: 6,
		Means: bounded(3, "pareto($1, $2)"), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Stella: []string{"geometric"}, Least: 1, Most: 5,
		Means: bounded(2, "geometric($1)"), Grade: document.Approximated, Note: ownDraws,
	},
	{
		Stella: []string{"montecarlo"}, Least: 1, Most: 2,
		Means: means("bernoulli(min(1, max(0, $1 * dt / 100)))"), Grade: document.Approximated,
		Note: ownDraws,
	},
	{
		Stella: []string{"binomial"}, Least: 2, Most: 6,
		lower: repeated("bernoulli($1)"), Says: "bernoulli($2) + …, $1 times",
		Grade: document.Approximated, Note: ownDraws,
		Differs: ownDraws + "; a is known before the run, from 1 to 100",
	},
	{
		Stella: []string{"gamma"}, Least: 1, Most: 6,
		lower: repeated("exponential($1)"), Says: "exponential($2) + …, $1 times",
		Grade: document.Approximated, Note: ownDraws,
		Differs: ownDraws + "; a is a whole number known before the run, from 1 to 100",
	},
	{
		Stella: []string{"negbinomial"}, Least: 2, Most: 6,
		lower: repeated("geometric($1)"), Says: "geometric($2) + …, $1 times",
		Grade: document.Approximated, Note: ownDraws,
		Differs: ownDraws + "; the trials are counted; a is known before the run, from 1 to 100",
	},
	{
		Stella: []string{"beta"}, Least: 2, Most: 6,
		lower: share, Says: "1 / (1 + y / x), x and y being $1 and $2 draws of exponential(1)",
		Grade: document.Approximated, Note: ownDraws,
		Differs: ownDraws + "; a and b are whole numbers known before the run, from 1 to 100",
	},
}
