package function

import "weir/model/resolved"

// chance is a new draw at every step.
var chance = []Row{
	// The draws by Dist are made by the engine, from numbers that depend on nothing but the
	// seed, the name of the call, the element, the step and the member of an ensemble.
	{
		Name:   "uniform",
		Params: []Param{{Name: "low"}, {Name: "high"}},
		Units:  "a, a -> a", Kind: Draw, Dist: resolved.Uniform,
		Help:    "a number between low and high, all equally likely; neither of the two is reached",
		Source:  xmileStat,
		Example: "uniform(3, 3)", Value: 3,
	},
	{
		Name:   "normal",
		Params: []Param{{Name: "mean"}, {Name: "deviation"}},
		Units:  "a, a -> a", Kind: Draw, Dist: resolved.Normal,
		Help: "a normal draw with that mean and standard deviation. It has no limits: " +
			"normal_within has",
		Source:  xmileStat,
		Example: "normal(5, 0)", Value: 5,
	},
	{
		Name:   "lognormal",
		Params: []Param{{Name: "mean_of_log"}, {Name: "deviation_of_log"}},
		Units:  "1, 1 -> 1", Kind: Draw, Dist: resolved.LogNormal,
		Help: "e to the power of a normal draw, so above 0: mean_of_log and deviation_of_log are " +
			"those of the logarithm. For draws with mean m and standard deviation s they are " +
			"ln(m ^ 2 / sqrt(m ^ 2 + s ^ 2)) and sqrt(ln(1 + s ^ 2 / m ^ 2))",
		Source:  xmileStat,
		Example: "lognormal(0, 0)", Value: 1,
	},
	{
		Name:   "triangular",
		Params: []Param{{Name: "low"}, {Name: "mode"}, {Name: "high"}},
		Units:  "a, a, a -> a", Kind: Draw, Dist: resolved.Triangular,
		Help: "a number between low and high, most often near mode; NaN if the three are not in " +
			"this order",
		Source:  xmileStat,
		Example: "triangular(2, 2, 2)", Value: 2,
	},
	{
		Name:   "poisson",
		Params: []Param{{Name: "mean"}},
		Units:  "a -> a", Kind: Draw, Dist: resolved.Poisson,
		Help: "how many of something that happens mean times on average: a whole number from 0 " +
			"on; NaN if mean is below 0",
		Source:  xmileStat,
		Example: "poisson(0)", Value: 0,
	},
	// A normal draw has three kinds of limits: none (normal), limits that count as the draw
	// (normal_between), and limits beyond which it is drawn again (normal_within). The mean of
	// the second is nearer to the nearer limit.
	{
		Name: "normal_between", Free: true,
		Params: []Param{{Name: "low"}, {Name: "high"}, {Name: "mean"}, {Name: "deviation"}},
		Units:  "a, a, a, a -> a", Kind: Defined,
		Define: "max(low, min(high, normal(mean, deviation)))",
		Help: "a normal draw with that mean and standard deviation; a draw beyond low or high " +
			"counts as the limit",
		Source:  "Vensim RANDOM NORMAL",
		Example: "normal_between(5, 5, 7, 1)", Value: 5,
	},
	// To draw again until a draw is inside is to take the quantile of a uniform share between
	// those of the limits. That needs one number instead of an unknown count.
	{
		Name: "normal_within", Free: true,
		Params: []Param{{Name: "low"}, {Name: "high"}, {Name: "mean"}, {Name: "deviation"}},
		Units:  "a, a, a, a -> a", Kind: Defined,
		Define: "if deviation > 0 then max(low, min(high, mean + deviation * " +
			"normal_quantile(uniform(normal_cdf((low - mean) / deviation), normal_cdf((high - " +
			"mean) / deviation))))) else max(low, min(high, mean))",
		Help: "a normal draw with that mean and standard deviation, of those between low and " +
			"high: one beyond is drawn again",
		Source:  "Vensim RANDOM NORMAL",
		Example: "normal_within(5, 5, 7, 1)", Value: 5,
	},
	// White noise through a first-order smooth. The factor keeps the standard deviation of the
	// smoothed noise at deviation for every step (Sterman, Business Dynamics, appendix B).
	{
		Name: "pink_noise", Free: true,
		Params: []Param{{Name: "mean"}, {Name: "deviation"}, {Name: "correlation_time"}},
		Units:  "a, a, time -> a", Kind: Defined,
		State: []State{
			{
				Name: "noise", Initial: "mean + deviation * normal(0, 1)",
				Net: "(mean + deviation * sqrt((2 - dt / correlation_time) / (dt / correlation_time)) * " +
					"normal(0, 1) - noise) / correlation_time",
			},
		},
		Define:    "noise",
		StageTime: "correlation_time",
		Help: "normal draws with that mean and standard deviation, each correlated with those " +
			"before: the correlation fades by e in correlation_time",
		Source:  "Vensim RANDOM PINK NOISE",
		Example: "pink_noise(5, 0, 2)", Value: 5,
	},
	// The following are by inversion: the quantile of a uniform share. 1 - u is as uniform as
	// u, and keeps the logarithm finite.
	{
		Name: "exponential", Aliases: []string{"exprnd"}, Free: true,
		Params: []Param{{Name: "mean"}},
		Units:  "a -> a", Kind: Defined,
		Define: "-mean * ln(1 - uniform(0, 1))",
		Help: "an exponential draw with that mean, from 0 on: the time to the next of events that " +
			"come at random",
		Source:  xmileStat,
		Example: "exponential(0)", Value: 0,
	},
	{
		Name: "weibull", Free: true,
		Params: []Param{{Name: "shape"}, {Name: "scale"}},
		Units:  "1, a -> a", Kind: Defined,
		Define: "scale * (-ln(1 - uniform(0, 1))) ^ (1 / shape)",
		Help: "a Weibull draw, from 0 on: the time to failure of something that ages. Its mean is " +
			"scale * exp(gamma_ln(1 + 1 / shape))",
		Source:  "Stella WEIBULL",
		Example: "weibull(2, 0)", Value: 0,
	},
	{
		Name: "logistic", Free: true,
		Params: []Param{{Name: "mean"}, {Name: "scale"}},
		Units:  "a, a -> a", Kind: Defined,
		Define: "mean + scale * ln(1 / (1 - uniform(0, 1)) - 1)",
		Help: "a logistic draw with that mean, without limits. Its standard deviation is scale * " +
			"pi / sqrt(3)",
		Source:  "Stella LOGISTIC",
		Example: "logistic(5, 0)", Value: 5,
	},
	{
		Name: "pareto", Free: true,
		Params: []Param{{Name: "shape"}, {Name: "scale"}},
		Units:  "1, a -> a", Kind: Defined,
		Define: "scale * (1 - uniform(0, 1)) ^ (-1 / shape)",
		Help: "a Pareto draw: scale at least, and rarely much more. Its mean is shape * scale / " +
			"(shape - 1), or infinite if shape is at most 1",
		Source:  "Stella PARETO",
		Example: "pareto(2, 0)", Value: 0,
	},
	// The inverse of 1 - (1 - p)^k, rounded up; of p = 1 the logarithm is infinite, and the
	// maximum makes it 1.
	{
		Name: "geometric", Free: true,
		Params: []Param{{Name: "p"}},
		Units:  "1 -> 1", Kind: Defined,
		Define: "max(1, ceil(ln(1 - uniform(0, 1)) / ln(1 - p)))",
		Help: "how many tries it takes until one succeeds, each with probability p: a whole " +
			"number from 1 on",
		Source:  "Stella GEOMETRIC",
		Example: "geometric(1)", Value: 1,
	},
	{
		Name: "bernoulli", Free: true,
		Params: []Param{{Name: "p"}},
		Units:  "1 -> 1", Kind: Defined,
		Define:  "uniform(0, 1) < p",
		Help:    "1 with probability p, and 0 otherwise",
		Source:  weir,
		Example: "bernoulli(1)", Value: 1,
	},
}
