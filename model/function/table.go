package function

import "weir/model/resolved"

// The end of the present step, half a step early, and the same of the step before:
// what is due lies between the two. Both come from the whole number of the step, so
// that nothing due is counted twice or missed, whatever the rounding.
const (
	thisStep = "(start_time + (round((steptime - start_time) / dt) + 0.5) * dt)"
	lastStep = "(start_time + (round((steptime - start_time) / dt) - 0.5) * dt)"
)

const (
	xmile     = "XMILE 1.0, "
	xmileMath = xmile + "3.5.1"
	xmileStat = xmile + "3.5.2"
	xmileLag  = xmile + "3.5.3"
	xmileTest = xmile + "3.5.4"
	xmileTime = xmile + "3.5.5"
	xmileMisc = xmile + "3.5.6"
	xmileOver = xmile + "3.7.1"
	weir      = "weir"
)

// smoothing starts every stage at the initial value.
// delaying starts every stage full, so that a constant input comes out unchanged;
// it conserves what goes in, and what comes out follows the present delay time.
var (
	smoothing = Chain{Initial: "initial", Net: "(before - stage) / (averaging_time / order)", Out: "stage"}
	delaying  = Chain{Initial: "initial * (delay_time / order)", Net: "before - stage / (delay_time / order)", Out: "stage / (delay_time / order)"}
)

func (c Chain) of(order int) *Chain { c.Order = order; return &c }

var (
	x           = []Param{{Name: "x"}}
	ab          = []Param{{Name: "a"}, {Name: "b"}}
	array       = []Param{{Name: "array"}}
	toInput     = Param{Name: "initial", Optional: true, Default: "input"}
	order       = Param{Name: "n", Order: true}
	toSmooth    = []Param{{Name: "input"}, {Name: "averaging_time"}}
	toDelay     = []Param{{Name: "input"}, {Name: "delay_time"}}
	toTrend     = Param{Name: "initial_trend", Optional: true, Default: "0"}
	smoothStage = "averaging_time / order"
	delayStage  = "delay_time / order"
)

func with(params []Param, more ...Param) []Param {
	return append(params[:len(params):len(params)], more...)
}

// Table has a row for every function.
var Table = []Row{
	// Arithmetic.
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
	{Name: "power", Params: ab, Units: "a, 1 -> a^b", Op: resolved.Pow,
		Help: "a to the power of b; also written a ^ b", Example: "power(2, 10)", Value: 1024, Source: weir},
	{Name: "safediv", Params: with(ab, Param{Name: "otherwise", Optional: true, Default: "0"}), Units: "a, b, a/b -> a/b", Op: resolved.SafeDiv,
		Help: "a / b, or otherwise where b is exactly 0", Example: "safediv(6, 0, 1)", Value: 1, Source: xmileMisc},
	{Name: "min", Params: ab, Variadic: true, Reduces: true, Units: "a, a -> a", Op: resolved.Min,
		Help: "the smallest argument, or the smallest element of one array", Example: "min(3, 1, 2)", Value: 1, Source: xmileMath},
	{Name: "max", Params: ab, Variadic: true, Reduces: true, Units: "a, a -> a", Op: resolved.Max,
		Help: "the largest argument, or the largest element of one array", Example: "max(3, 1, 2)", Value: 3, Source: xmileMath},

	// Arrays.
	{Name: "sum", Params: array, Units: "a -> a", Kind: Reduction, Op: resolved.Sum,
		Help: "the sum of the elements", Example: "sum(x[*])", Value: 6, Source: xmileOver},
	{Name: "mean", Params: array, Units: "a -> a", Kind: Reduction, Op: resolved.Sum, Mean: true,
		Help: "the mean of the elements", Example: "mean(x[*])", Value: 2, Source: xmileOver},
	{Name: "prod", Params: array, Units: "1 -> 1", Kind: Reduction, Op: resolved.Prod,
		Help: "the product of the elements", Example: "prod(x[*])", Value: 6, Source: weir},

	// What changes on a date. All change at step boundaries only, whatever the method.
	{Name: "step", Params: []Param{{Name: "height"}, {Name: "when"}}, Units: "a, time -> a", Kind: Defined,
		Define: "if steptime + dt / 2 > when then height else 0",
		Help:   "0, and height from the time when on", Example: "step(5, 3)", Value: 5, Source: xmileTest + "; Vensim STEP"},
	{Name: "ramp", Params: []Param{{Name: "slope"}, {Name: "start"}, {Name: "end", Optional: true, Default: "stop_time"}},
		Units: "a, time, time -> a*time", Kind: Defined,
		Define: "slope * max(0, min(steptime, end) - start)",
		Help:   "0 until start, then climbs by slope a time unit until end, and stays there", Example: "ramp(2, 4, 6)", Value: 4, Source: xmileTest + "; Vensim RAMP"},
	{Name: "pulse", Params: []Param{{Name: "volume"}, {Name: "first"}, {Name: "interval", Optional: true, Default: "0"}},
		Units: "a, time, time -> a/time", Kind: Defined,
		Define: "volume / dt * (if interval > 0" +
			" then max(0, ceil((" + thisStep + " - first) / interval)) - max(0, ceil((" + lastStep + " - first) / interval))" +
			" else (" + thisStep + " > first) - (" + lastStep + " > first))",
		Help: "a flow that delivers volume within one step at the time first, and again after every interval if one is given", Example: "pulse(5, 4, 3)", Value: 5, Source: xmileTest},

	// Beliefs and averages: smoothing does not conserve.
	{Name: "smooth1", Aliases: []string{"smth1"}, Params: with(toSmooth, toInput), Units: "a, time, a -> a", Kind: Defined,
		Chain: smoothing.of(1), StageTime: smoothStage,
		Help: "input, followed late: first-order exponential smoothing", Example: "smooth1(10, 2, 0)", Value: 9.990234375, Source: xmileLag},
	{Name: "smooth3", Aliases: []string{"smth3"}, Params: with(toSmooth, toInput), Units: "a, time, a -> a", Kind: Defined,
		Chain: smoothing.of(3), StageTime: smoothStage,
		Help: "input, followed late: third-order exponential smoothing", Example: "smooth3(7, 6)", Value: 7, Source: xmileLag},
	{Name: "smooth_n", Aliases: []string{"smthn"}, Params: with(toSmooth, order, toInput), Units: "a, time, 1, a -> a", Kind: Defined,
		Chain: smoothing.of(0), StageTime: smoothStage,
		Help: "input, followed late: exponential smoothing of order n", Example: "smooth_n(7, 6, 5)", Value: 7, Source: xmileLag},
	{Name: "trend", Params: []Param{{Name: "input"}, {Name: "averaging_time"}, toTrend}, Units: "a, time, 1/time -> 1/time", Kind: Defined,
		State:  []State{{"average", "input / (1 + initial_trend * averaging_time)", "(input - average) / averaging_time"}},
		Define: "safediv(input - average, averaging_time * abs(average))", StageTime: "averaging_time",
		Help: "by what share input grows in a time unit, as seen against its average", Example: "trend(10, 4)", Value: 0, Source: xmileLag + "; Vensim TREND"},
	{Name: "forecast", Aliases: []string{"forcst"}, Params: []Param{{Name: "input"}, {Name: "averaging_time"}, {Name: "horizon"}, toTrend},
		Units: "a, time, time, 1/time -> a", Kind: Defined,
		State:  []State{{"average", "input / (1 + initial_trend * averaging_time)", "(input - average) / averaging_time"}},
		Define: "input * (1 + safediv(input - average, averaging_time * average) * horizon)", StageTime: "averaging_time",
		Help: "what input will be after horizon if its trend goes on", Example: "forecast(10, 4, 2)", Value: 10, Source: xmileLag + "; Vensim FORECAST"},

	// People and things: delays conserve what goes in.
	{Name: "delay1", Params: with(toDelay, toInput), Units: "a, time, a -> a", Kind: Defined,
		Chain: delaying.of(1), StageTime: delayStage,
		Help: "input, delivered late: first-order delay", Example: "delay1(10, 2, 0)", Value: 9.990234375, Source: xmileLag},
	{Name: "delay3", Params: with(toDelay, toInput), Units: "a, time, a -> a", Kind: Defined,
		Chain: delaying.of(3), StageTime: delayStage,
		Help: "input, delivered late: third-order delay", Example: "delay3(7, 6)", Value: 7, Source: xmileLag + "; Vensim DELAY3"},
	{Name: "delay_n", Aliases: []string{"delayn"}, Params: with(toDelay, order, toInput), Units: "a, time, 1, a -> a", Kind: Defined,
		Chain: delaying.of(0), StageTime: delayStage,
		Help: "input, delivered late: delay of order n", Example: "delay_n(7, 6, 5)", Value: 7, Source: xmileLag},
	{Name: "delay_fixed", Params: with(toDelay, Param{Name: "initial"}), Units: "a, time, a -> a", Kind: Memory,
		Recall: Recall{"input", "initial", "delay_time"}, StageTime: "delay_time",
		Help: "input as it was delay_time ago, and initial until then", Example: "delay_fixed(time, 3, 0)", Value: 7, Source: "Vensim DELAY FIXED"},
	{Name: "previous", Params: []Param{{Name: "x"}, {Name: "first"}}, Units: "a, a -> a", Kind: Memory,
		Recall: Recall{"x", "first", ""},
		Help:   "x one step ago, and first in the first step", Example: "previous(time, 0)", Value: 9, Source: xmileMisc},
	{Name: "init", Params: x, Units: "a -> a", Kind: Initial,
		Help: "x at the start of the run", Example: "init(time + 3)", Value: 3, Source: xmileMisc},

	// Chance: a new draw every step.
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

	// The run itself: names without parentheses.
	{Name: "time", Units: "-> time", Kind: Clock, Clock: resolved.Now,
		Help: "the present time", Example: "time", Value: 10, Source: xmileTime},
	{Name: "steptime", Units: "-> time", Kind: Clock, Clock: resolved.StepStart,
		Help: "the time at the start of the present step", Example: "steptime", Value: 10, Source: weir},
	{Name: "dt", Aliases: []string{"time_step"}, Units: "-> time", Kind: Clock, Clock: resolved.StepSize,
		Help: "the length of a step", Example: "dt", Value: 1, Source: xmileTime},
	{Name: "start_time", Aliases: []string{"starttime"}, Units: "-> time", Kind: Clock, Clock: resolved.StartTime,
		Help: "when the run starts", Example: "start_time", Value: 0, Source: xmileTime},
	{Name: "stop_time", Aliases: []string{"stoptime"}, Units: "-> time", Kind: Clock, Clock: resolved.StopTime,
		Help: "when the run ends", Example: "stop_time", Value: 10, Source: xmileTime},
	{Name: "pi", Units: "-> 1", Kind: Defined, Define: "3.141592653589793",
		Help: "the ratio of a circle's circumference to its diameter", Example: "pi", Value: 3.141592653589793, Source: xmileMath},
}
