package function

import "weir/model/resolved"

// chance is a new draw at every step.
var chance = []Row{
	{Name: "uniform", Params: []Param{{Name: "low"}, {Name: "high"}}, Units: "a, a -> a", Kind: Draw, Dist: resolved.Uniform,
		Help: "a number between low and high, all equally likely", Example: "uniform(3, 3)", Value: 3, Source: xmileStat},
	{Name: "normal", Params: []Param{{Name: "mean"}, {Name: "deviation"}}, Units: "a, a -> a", Kind: Draw, Dist: resolved.Normal,
		Help: "a normal draw with that mean and standard deviation", Example: "normal(5, 0)", Value: 5, Source: xmileStat},
	{Name: "lognormal", Params: []Param{{Name: "mean_of_log"}, {Name: "deviation_of_log"}}, Units: "1, 1 -> 1", Kind: Draw, Dist: resolved.LogNormal,
		Help: "e to the power of a normal draw with that mean and standard deviation", Example: "lognormal(0, 0)", Value: 1, Source: xmileStat},
	{Name: "triangular", Params: []Param{{Name: "low"}, {Name: "mode"}, {Name: "high"}}, Units: "a, a, a -> a", Kind: Draw, Dist: resolved.Triangular,
		Help: "a number between low and high, most often near mode", Example: "triangular(2, 2, 2)", Value: 2, Source: xmileStat},
	{Name: "poisson", Params: []Param{{Name: "mean"}}, Units: "a -> a", Kind: Draw, Dist: resolved.Poisson,
		Help: "how many of something that happens mean times on average: a whole number", Example: "poisson(0)", Value: 0, Source: xmileStat},
	{Name: "normal_between", Free: true, Params: []Param{{Name: "low"}, {Name: "high"}, {Name: "mean"}, {Name: "deviation"}}, Units: "a, a, a, a -> a", Kind: Defined,
		Define: "max(low, min(high, normal(mean, deviation)))",
		Help:   "a normal draw with that mean and standard deviation; low or high where it would be beyond", Example: "normal_between(5, 5, 7, 1)", Value: 5, Source: "Vensim RANDOM NORMAL"},
	{Name: "exponential", Free: true, Aliases: []string{"exprnd"}, Params: []Param{{Name: "mean"}}, Units: "a -> a", Kind: Defined,
		Define: "-mean * ln(1 - uniform(0, 1))",
		Help:   "an exponential draw with that mean: the time to the next of events that come at random", Example: "exponential(0)", Value: 0, Source: xmileStat},
	{Name: "weibull", Free: true, Params: []Param{{Name: "shape"}, {Name: "scale"}}, Units: "1, a -> a", Kind: Defined,
		Define: "scale * (-ln(1 - uniform(0, 1))) ^ (1 / shape)",
		Help:   "a Weibull draw: the time to failure of what ages", Example: "weibull(2, 0)", Value: 0, Source: "Stella WEIBULL"},
	{Name: "logistic", Free: true, Params: []Param{{Name: "mean"}, {Name: "scale"}}, Units: "a, a -> a", Kind: Defined,
		Define: "mean + scale * ln(1 / (1 - uniform(0, 1)) - 1)",
		Help:   "a logistic draw with that mean", Example: "logistic(5, 0)", Value: 5, Source: "Stella LOGISTIC"},
	{Name: "pareto", Free: true, Params: []Param{{Name: "shape"}, {Name: "scale"}}, Units: "1, a -> a", Kind: Defined,
		Define: "scale * (1 - uniform(0, 1)) ^ (-1 / shape)",
		Help:   "a Pareto draw: scale at least, and rarely much more", Example: "pareto(2, 0)", Value: 0, Source: "Stella PARETO"},
	{Name: "geometric", Free: true, Params: []Param{{Name: "p"}}, Units: "1 -> 1", Kind: Defined,
		Define: "max(1, ceil(ln(1 - uniform(0, 1)) / ln(1 - p)))",
		Help:   "how many tries it takes until one succeeds, each with probability p", Example: "geometric(1)", Value: 1, Source: "Stella GEOMETRIC"},
	{Name: "bernoulli", Free: true, Params: []Param{{Name: "p"}}, Units: "1 -> 1", Kind: Defined,
		Define: "uniform(0, 1) < p",
		Help:   "1 with probability p, and 0 otherwise", Example: "bernoulli(1)", Value: 1, Source: weir},
}
