package function

// smoothing starts every stage at the initial value. delaying starts every stage full, so
// that a constant input is delivered unchanged from the start; it conserves its input, and
// its outflow follows the present delay time (Vensim, DELAY3).
var (
	smoothing = Chain{
		Initial: "initial",
		Net:     "(before - stage) / (averaging_time / order)",
		Out:     "stage",
	}
	delaying = Chain{
		Initial: "initial * (delay_time / order)",
		Net:     "before - stage / (delay_time / order)",
		Out:     "stage / (delay_time / order)",
	}
	// Vensim's DELAY N and SMOOTH N are constant within a step also under Runge-Kutta (manual,
	// "DELAY N"), and conserve: every flow between stages holds, which makes each step Euler's.
	smoothingBySteps = Chain{
		Initial: smoothing.Initial,
		Net:     "held((before - stage) / (averaging_time / order))",
		Out:     "held(stage)",
	}
	delayingBySteps = Chain{
		Initial: delaying.Initial,
		Net:     "held(before) - held(stage / (delay_time / order))",
		Out:     "held(stage / (delay_time / order))",
	}
)

// Of a batch: whether the one under way, if any, is done, and whether the next starts.
const (
	batchDone   = "left < dt / 2"
	batchStarts = "(waiting >= size and (working <= 0 or " + batchDone + "))"
)

// of returns the chain with a fixed order.
func (c Chain) of(order int) *Chain { c.Order = order; return &c }

// delays are functions of earlier values. Smoothing is for beliefs and averages, and does
// not conserve; delays are for people and things, and conserve their input.
var delays = []Row{
	{
		Name: "smooth1", Aliases: []string{"smth1"},
		Params: with(toSmooth, toInput),
		Units:  "a, time, a -> a", Kind: Defined,
		Chain:     smoothing.of(1),
		StageTime: smoothStage,
		Help:      "input, followed late: first-order exponential smoothing",
		Source:    xmileLag,
		Example:   "smooth1(10, 2, 0)", Value: 9.990234375,
	},
	{
		Name: "smooth3", Aliases: []string{"smth3"},
		Params: with(toSmooth, toInput),
		Units:  "a, time, a -> a", Kind: Defined,
		Chain:     smoothing.of(3),
		StageTime: smoothStage,
		Help:      "input, followed late: third-order exponential smoothing",
		Source:    xmileLag,
		Example:   "smooth3(7, 6)", Value: 7,
	},
	{
		Name: "smooth_n", Aliases: []string{"smthn"},
		Params: with(toSmooth, order, toInput),
		Units:  "a, time, 1, a -> a", Kind: Defined,
		Chain:     smoothing.of(0),
		StageTime: smoothStage,
		Help:      "input, followed late: exponential smoothing of order n",
		Source:    xmileLag,
		Example:   "smooth_n(7, 6, 5)", Value: 7,
	},
	{
		Name: "smooth_n_by_steps", Free: true,
		Params: with(toSmooth, order, toInput),
		Units:  "a, time, 1, a -> a", Kind: Defined,
		Chain:     smoothingBySteps.of(0),
		StageTime: smoothStage,
		Help:      "smooth_n that moves at step boundaries only, by Euler's method also in rk4",
		Source:    "Vensim SMOOTH N",
		Example:   "smooth_n_by_steps(7, 6, 5)", Value: 7,
	},
	// The average starts so that the first trend is the initial one. Vensim divides as ZIDZ
	// does, which matters where the input dies out: the average halves on and on, and rounding
	// would decide.
	{
		Name:   "trend",
		Params: []Param{{Name: "input"}, {Name: "averaging_time"}, toTrend},
		Units:  "a, time, 1/time -> 1/time", Kind: Defined,
		State: []State{
			{
				Name: "average", Initial: "input / (1 + initial_trend * averaging_time)",
				Net: "(input - average) / averaging_time",
			},
		},
		Define:    "zidz(input - average, averaging_time * abs(average))",
		StageTime: "averaging_time",
		Help: "the growth of input per time unit, as a fraction of its average; 0 where " +
			"averaging_time * average is nearer to 0 than a millionth",
		Source:  xmileLag + "; Vensim TREND",
		Example: "trend(10, 4)", Value: 0,
	},
	// The average keeps its sign here, unlike in trend: a negative input that grows is
	// forecast as more negative.
	{
		Name: "forecast", Aliases: []string{"forcst"},
		Params: []Param{{Name: "input"}, {Name: "averaging_time"}, {Name: "horizon"}, toTrend},
		Units:  "a, time, time, 1/time -> a", Kind: Defined,
		State: []State{
			{
				Name: "average", Initial: "input / (1 + initial_trend * averaging_time)",
				Net: "(input - average) / averaging_time",
			},
		},
		Define:    "input * (1 + zidz(input - average, averaging_time * average) * horizon)",
		StageTime: "averaging_time",
		Help: "input after horizon if its trend goes on; without a trend where " +
			"averaging_time * average is nearer to 0 than a millionth",
		Source:  xmileLag + "; Vensim FORECAST",
		Example: "forecast(10, 4, 2)", Value: 10,
	},

	{
		Name:   "delay1",
		Params: with(toDelay, toInput),
		Units:  "a, time, a -> a", Kind: Defined,
		Chain:     delaying.of(1),
		StageTime: delayStage,
		Help:      "input, delivered late: first-order delay",
		Source:    xmileLag,
		Example:   "delay1(10, 2, 0)", Value: 9.990234375,
	},
	{
		Name:   "delay3",
		Params: with(toDelay, toInput),
		Units:  "a, time, a -> a", Kind: Defined,
		Chain:     delaying.of(3),
		StageTime: delayStage,
		Help:      "input, delivered late: third-order delay",
		Source:    xmileLag + "; Vensim DELAY3",
		Example:   "delay3(7, 6)", Value: 7,
	},
	{
		Name: "delay_n", Aliases: []string{"delayn"},
		Params: with(toDelay, order, toInput),
		Units:  "a, time, 1, a -> a", Kind: Defined,
		Chain:     delaying.of(0),
		StageTime: delayStage,
		Help:      "input, delivered late: delay of order n",
		Source:    xmileLag,
		Example:   "delay_n(7, 6, 5)", Value: 7,
	},
	{
		Name: "delay_n_by_steps", Free: true,
		Params: with(toDelay, order, toInput),
		Units:  "a, time, 1, a -> a", Kind: Defined,
		Chain:     delayingBySteps.of(0),
		StageTime: delayStage,
		Help:      "delay_n that moves at step boundaries only, by Euler's method also in rk4",
		Source:    "Vensim DELAY N",
		Example:   "delay_n_by_steps(7, 6, 5)", Value: 7,
	},
	// The delay is read once, at the start, and rounded to whole steps, one at least
	// (semantics of Vensim's manual; checked against version 7.3.4).
	{
		Name:   "delay_fixed",
		Params: with(toDelay, toInput),
		Units:  "a, time, a -> a", Kind: DelayState,
		Recall:    Recall{"input", "initial", "delay_time"},
		StageTime: "delay_time",
		Help:      "input as it was delay_time ago, and initial until then",
		Source:    "Vensim DELAY FIXED",
		Example:   "delay_fixed(time, 3, 0)", Value: 7,
	},
	// With a time that never changes the next two are delay_fixed. They differ where it
	// shrinks: information overtakes, material piles up.
	{
		Name: "delay_information", Free: true,
		Params: with(toDelay, toInput),
		Units:  "a, time, a -> a", Kind: Pipeline, Pipe: Information,
		Recall:    Recall{"input", "initial", "delay_time"},
		StageTime: "delay_time",
		Help: "input, late by a time that may change: what comes in later but out earlier " +
			"replaces the rest, and the last value is held until another comes",
		Source:  "Vensim DELAY INFORMATION",
		Example: "delay_information(time, if time < 5 then 2 else 4, 0)", Value: 6,
	},
	{
		Name: "delay_material", Free: true,
		Params: with(toDelay, toInput, Param{Name: "otherwise", Optional: true, Default: "0"}),
		Units:  "a, time, a, a -> a", Kind: Pipeline, Pipe: Material,
		Recall:    Recall{"input", "initial", "delay_time"},
		StageTime: "delay_time",
		Help: "input, late by a time that may change, and conserved: what is due at the same time " +
			"comes out together, and otherwise stands where nothing is due",
		Source:  "Vensim DELAY MATERIAL",
		Example: "delay_material(time, if time < 5 then 4 else 2, 0)", Value: 8,
	},
	{
		Name: "delay_conveyor", Free: true,
		Params: with(toDelay, Param{Name: "leak"}, toInput),
		Units:  "a, time, 1/time, a -> a", Kind: Pipeline, Pipe: Conveyor,
		Recall:    Recall{"input", "initial", "delay_time"},
		StageTime: "delay_time",
		Help: "input, late by delay_time, less what leaks on the way: a fraction of all that is " +
			"there, a time unit; initial comes out to begin with, but for what leaks",
		Source:  "Vensim DELAY CONVEYOR",
		Example: "delay_conveyor(8, 3, 0.5, 0)", Value: 1,
	},
	// Three delay states count: the input that waits for a batch, the batch that is worked on,
	// and the time it has left. A batch starts when size is reached and none is under way.
	{
		Name: "delay_batch", Free: true,
		Params: []Param{
			{Name: "input"}, {Name: "size"}, {Name: "time"},
			{Name: "first_batch", Optional: true, Default: "0"},
			{Name: "first_time", Optional: true, Default: "start_time"},
			{Name: "backlog", Optional: true, Default: "0"},
		},
		Units: "a, a*time, time, a*time, time, a*time -> a", Kind: Defined,
		State: []State{
			{
				Name: "waiting", Initial: "backlog",
				Net: "waiting + input * dt - (if " + batchStarts + " then size else 0)", Kept: true,
			},
			{
				Name: "working", Initial: "first_batch",
				Net: "if " + batchStarts + " then size else if " + batchDone +
					" then 0 else working",
				Kept: true,
			},
			{
				Name: "left", Initial: "first_time - start_time",
				Net: "(if " + batchStarts + " then time else left) - dt", Kept: true,
			},
		},
		Define: "if working > 0 and " + batchDone + " then working / dt else 0",
		Help: "input in batches: when size has come in and no batch is under way, one starts, and " +
			"time later it comes out within one step",
		Source:  "Vensim DELAY BATCH",
		Example: "delay_batch(1, 4, 3) * dt + delay_batch(2, 4, 2)", Value: 4,
	},
	// One step ago, not one saved row ago (XMILE 1.0, 3.5.6).
	{
		Name:   "previous",
		Params: []Param{{Name: "x"}, {Name: "first"}},
		Units:  "a, a -> a", Kind: DelayState,
		Recall:  Recall{"x", "first", ""},
		Help:    "x one step ago, and first in the first step",
		Source:  xmileMisc,
		Example: "previous(time, 0)", Value: 9,
	},
	// The state holds the last sample of an earlier step, so that the value of a step in which
	// the condition holds is the input itself.
	{
		Name: "sample_if_true", Free: true,
		Params: []Param{{Name: "condition"}, {Name: "input"}, {Name: "initial"}},
		Units:  "1, a, a -> a", Kind: Defined,
		State: []State{
			{
				Name: "held", Initial: "initial", Net: "if condition then input else held", Kept: true,
			},
		},
		Define: "if condition then input else held",
		Help: "input while the condition holds, and otherwise what it was when the condition last " +
			"held; initial before that",
		Source:  "Vensim SAMPLE IF TRUE",
		Example: "sample_if_true(time < 5, time, 0)", Value: 4,
	},
	// The discount factor of a step is that of its start; npve below takes that of its end.
	// Both add the present step's part to the sum of those before, as Vensim does.
	{
		Name: "npv", Free: true,
		Params: []Param{
			{Name: "stream"}, {Name: "rate"}, {Name: "initial", Optional: true, Default: "0"},
			{Name: "factor", Optional: true, Default: "1"},
		},
		Units: "a, 1/time, a*time, 1 -> a*time", Kind: Defined,
		State: []State{
			{Name: "discount", Initial: "1", Net: "-discount * rate / (1 + rate * dt)"},
			{Name: "total", Initial: "initial", Net: "stream * discount"},
		},
		Define: "(total + stream * dt * discount) * factor",
		Help: "the present value of a stream of money until now, discounted at that rate to the " +
			"start",
		Source:  "Vensim NPV",
		Example: "npv(10, 0)", Value: 110,
	},
	{
		Name: "npve", Free: true,
		Params: []Param{
			{Name: "stream"}, {Name: "rate"}, {Name: "initial", Optional: true, Default: "0"},
			{Name: "factor", Optional: true, Default: "1"},
		},
		Units: "a, 1/time, a*time, 1 -> a*time", Kind: Defined,
		State: []State{
			{
				Name: "discount", Initial: "1 / (1 + rate * dt)",
				Net: "-discount * rate / (1 + rate * dt)",
			},
			{Name: "total", Initial: "initial", Net: "stream * discount"},
		},
		Define: "(total + stream * dt * discount) * factor",
		Help: "the present value of a stream of money until now, as npv returns it, but each step's " +
			"is discounted from the step's end",
		Source:  "Vensim NPVE",
		Example: "npve(if time < 2 then 8 else 0, 1)", Value: 6,
	},
	// What was invested a life ago is written off: assets rise by the stream and fall by the
	// delayed one. The past before the run is the initial depreciation times the life.
	{
		Name: "depreciate_straightline", Free: true,
		Params: []Param{{Name: "stream"}, {Name: "life"}, {Name: "year"}, {Name: "initial"}},
		Units:  "a, time, time, a -> a", Kind: Defined,
		State: []State{
			{Name: "written_off", Initial: "initial", Net: "stream", Kept: true, Delay: "life"},
			{Name: "assets", Initial: "initial * life", Net: "stream - written_off"},
		},
		Define:    "(assets + (stream - written_off) * dt) / life",
		StageTime: "life",
		Help: "the yearly depreciation of what was invested, in equal shares over its life; " +
			"initial is that of the past. The length of a year is not used",
		Source:  "Vensim DEPRECIATE STRAIGHTLINE",
		Example: "depreciate_straightline(10, 4, 1, 0)", Value: 10,
	},
	{
		Name:   "init",
		Params: x,
		Units:  "a -> a", Kind: Initial,
		Help:    "x at the start of the run",
		Source:  xmileMisc,
		Example: "init(time + 3)", Value: 3,
	},
}
