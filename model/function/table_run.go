package function

import (
	"math"

	"weir/model/resolved"
)

// ofTheRun are names without parentheses.
var ofTheRun = []Row{
	{
		Name:  "time",
		Units: "-> time", Kind: Clock, Clock: resolved.Now,
		Help:    "the present time",
		Source:  xmileTime,
		Example: "time", Value: 10,
	},
	{
		Name:  "steptime",
		Units: "-> time", Kind: Clock, Clock: resolved.StepStart,
		Help:    "the time at the start of the present step",
		Source:  weir,
		Example: "steptime", Value: 10,
	},
	{
		Name: "dt", Aliases: []string{"time_step"},
		Units: "-> time", Kind: Clock, Clock: resolved.StepSize,
		Help:    "the length of a step",
		Source:  xmileTime,
		Example: "dt", Value: 1,
	},
	{
		Name: "start_time", Aliases: []string{"starttime"},
		Units: "-> time", Kind: Clock, Clock: resolved.StartTime,
		Help:    "when the run starts",
		Source:  xmileTime,
		Example: "start_time", Value: 0,
	},
	{
		Name: "stop_time", Aliases: []string{"stoptime"},
		Units: "-> time", Kind: Clock, Clock: resolved.StopTime,
		Help:    "when the run ends",
		Source:  xmileTime,
		Example: "stop_time", Value: 10,
	},
	{
		Name:  "pi",
		Units: "-> 1", Kind: Defined,
		Define:  "3.141592653589793",
		Help:    "the ratio of a circle's circumference to its diameter",
		Source:  xmileMath,
		Example: "pi", Value: 3.141592653589793,
	},
	{
		Name: "na", Free: true,
		Units: "-> a", Kind: Defined,
		Define:  "-649037107316853453566312041152512",
		Help:    "what stands for a missing value in Vensim, -2^109: a number like any other",
		Source:  "Vensim :NA:",
		Example: "na = -2 ^ 109", Value: 1,
	},
	{
		Name: "inf", Free: true,
		Units: "-> a", Kind: Literal, Number: math.Inf(1),
		Help:    "infinity: a limit that does not bind. It may stand in variables, but must not reach a stock",
		Source:  xmileMath,
		Example: "1 / inf", Value: 0,
	},
	{
		Name: "nan", Free: true,
		Units: "-> a", Kind: Literal, Number: math.NaN(),
		Help:    "no value: what a chart does not show. It may stand in variables, but must not reach a stock",
		Source:  "Stella NAN",
		Example: "if nan = nan then 1 else 0", Value: 0,
	},
}
