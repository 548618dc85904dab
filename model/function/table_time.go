package function

import "weir/model/resolved"

// dates are functions that change on a date. Jumps happen at step boundaries only, whatever the
// method; a ramp has none and moves within a step.
var dates = []Row{
	{
		Name:   "step",
		Params: []Param{{Name: "height"}, {Name: "when"}},
		Units:  "a, time -> a", Kind: Defined,
		Define:  "if steptime + dt / 2 > when then height else 0",
		Help:    "0, and height from the time when on",
		Source:  xmileTest + "; Vensim STEP",
		Example: "step(5, 3)", Value: 5,
	},
	{
		Name: "ramp",
		Params: []Param{
			{Name: "slope"}, {Name: "start"}, {Name: "end", Optional: true, Default: "stop_time"},
		},
		Units: "a, time, time -> a*time", Kind: Defined,
		Define:  "slope * max(0, min(time, end) - start)",
		Help:    "0 until start, then climbs by slope a time unit until end, and stays there",
		Source:  xmileTest + "; Vensim RAMP",
		Example: "ramp(2, 4, 6)", Value: 4,
	},
	{
		Name: "held", Free: true,
		Params: []Param{{Name: "x"}},
		Units:  "a -> a", Kind: Draw, Dist: resolved.Held,
		Help: "x at the start of the step, also within it: what a ramp has gained in a step is " +
			"held(x) - previous(x, 0)",
		Source:  "weir",
		Example: "held(3)", Value: 3,
	},
	{
		Name: "pulse",
		Params: []Param{
			{Name: "volume"}, {Name: "first"}, {Name: "interval", Optional: true, Default: "0"},
		},
		Units: "a, time, time -> a/time", Kind: Defined,
		Define: "volume / dt * (if interval > 0 then " +
			"max(0, ceil((" + thisStep + " - first) / interval)) - " +
			"max(0, ceil((" + lastStep + " - first) / interval)) else " +
			"(" + thisStep + " > first) - (" + lastStep + " > first))",
		Help: "a flow that delivers volume within one step at the time first, and again after " +
			"every interval if one is given",
		Source:  xmileTest,
		Example: "pulse(5, 4, 3)", Value: 5,
	},
	{
		Name: "pulse_between", Free: true,
		Params: []Param{{Name: "start"}, {Name: "width"}},
		Units:  "time, time -> 1", Kind: Defined,
		Define: "steptime + dt / 2 > start and steptime + dt / 2 < start + (if width > 0 then " +
			"width else dt)",
		Help:    "1 from start on, for as long as width, and 0 otherwise; a width of 0 is one step",
		Source:  "Vensim PULSE",
		Example: "pulse_between(8, 3)", Value: 1,
	},
	{
		Name: "pulse_train", Free: true,
		Params: []Param{{Name: "start"}, {Name: "width"}, {Name: "interval"}, {Name: "end"}},
		Units:  "time, time, time, time -> 1", Kind: Defined,
		Define: "steptime + dt / 2 > start and steptime - dt / 2 < end and (interval <= width or " +
			"mod(steptime + dt / 2 - start, interval) < max(width, dt))",
		Help: "1 for as long as width, at start and again after every interval until end, and 0 " +
			"otherwise",
		Source:  "Vensim PULSE TRAIN",
		Example: "pulse_train(1, 2, 4, 20)", Value: 1,
	},
}
