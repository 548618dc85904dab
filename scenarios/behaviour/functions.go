package behaviour

import (
	"math"
	"slices"

	"weir/model/diagnostic"
)

// A Function is one function that expectations have besides those of the model.
type Function struct {
	Name        string
	Params      string // as written in help
	Least, Most int    // arguments
	Help        string
	Example     string // an expectation that holds in a school that loses 3 of 100 children a year
	// Data says that the second argument is a data variable of the model.
	Data bool
	// Moments says that the function looks at certain times of its own, so that its
	// value does not change over the run.
	Moments bool
	value   func(e *evaluator, c *call, f frame) float64
}

// Functions are all of them. Where from and to are left out, the whole run counts.
var Functions = []Function{
	{Name: "base", Params: "x", Least: 1, Most: 1,
		Help:    "x at the same time in the model as it is, without the test's changes",
		Example: "students <= base(students) + 1", value: base},
	{Name: "at", Params: "x, time", Least: 2, Most: 2, Help: "x at a time: at the last saved row up to it",
		Example: "at(students, 8) < at(students, 2)", Moments: true, value: at},
	{Name: "first", Params: "x", Least: 1, Most: 1, Help: "x at the first saved time",
		Example: "students <= first(students)", Moments: true, value: first},
	{Name: "last", Params: "x", Least: 1, Most: 1, Help: "x at the last saved time",
		Example: "last(students) > 0", Moments: true, value: last},
	{Name: "lowest", Params: "x, from?, to?", Least: 1, Most: 3, Help: "the lowest x",
		Example: "lowest(students) >= 0", Moments: true, value: lowest},
	{Name: "highest", Params: "x, from?, to?", Least: 1, Most: 3, Help: "the highest x",
		Example: "highest(leaving, 2, 5) < 3", Moments: true, value: highest},
	{Name: "when_lowest", Params: "x, from?, to?", Least: 1, Most: 3, Help: "the first time at which x is lowest",
		Example: "when_lowest(students) = 10", Moments: true, value: whenLowest},
	{Name: "when_highest", Params: "x, from?, to?", Least: 1, Most: 3, Help: "the first time at which x is highest",
		Example: "when_highest(leaving) = 0", Moments: true, value: whenHighest},
	{Name: "average", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "x averaged over time, by the trapezoid rule on the saved rows",
		Example: "average(students, 0, 2) < 100", Moments: true, value: average},
	{Name: "rises", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "1 if x only rises, else 0; a way back of 1 % of the range is none",
		Example: "rises(100 - students)", Moments: true, value: shape(goes(1))},
	{Name: "falls", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "1 if x only falls, else 0",
		Example: "falls(students)", Moments: true, value: shape(goes(-1))},
	{Name: "rises_then_falls", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "1 if x rises and then falls, else 0",
		Example: "rises_then_falls(time * (8 - time))", Moments: true, value: shape(goes(1, -1))},
	{Name: "falls_then_rises", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "1 if x falls and then rises, else 0",
		Example: "falls_then_rises((time - 4)^2)", Moments: true, value: shape(goes(-1, 1))},
	{Name: "s_shaped", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "1 if x goes one way, first faster, then slower: at both ends at most half as fast as between; else 0",
		Example: "s_shaped(1 / (1 + exp(5 - time)))", Moments: true, value: shape(isS)},
	{Name: "oscillates", Params: "x, from?, to?", Least: 1, Most: 3,
		Help:    "1 if x has three turning points or more, else 0",
		Example: "oscillates(cos(2 * pi * time / 5))", Moments: true, value: shape(swings)},
	{Name: "when_settled", Params: "x, distance, from?, to?", Least: 2, Most: 4,
		Help:    "the first time from which x stays within a distance of its last value",
		Example: "when_settled(exp(-time), 0.05) <= 3", Moments: true, value: whenSettled},
	{Name: "mape", Params: "x, data, from?, to?", Least: 2, Most: 4,
		Help:    "the mean of |x/data - 1| over the times that have data; a time without data is skipped",
		Example: "mape(students, enrollment, 0, 5) <= 0.03", Data: true, Moments: true, value: mape},
	{Name: "worst_error", Params: "x, data, from?, to?", Least: 2, Most: 4, Help: "the largest |x/data - 1|",
		Example: "worst_error(students, enrollment) <= 0.06", Data: true, Moments: true, value: worstError},
	{Name: "direction_share", Params: "x, data, from?, to?", Least: 2, Most: 4,
		Help:    "the share of steps between recorded points that x takes in the recorded direction",
		Example: "direction_share(students, enrollment) >= 11/13", Data: true, Moments: true, value: directionShare},
}

// findFunction returns the function of that name, or nil.
func findFunction(name string) *Function {
	for i := range Functions {
		if Functions[i].Name == name {
			return &Functions[i]
		}
	}
	return nil
}

// nearFunction returns the function, or the run of the test, that a misspelt name means, ""
// if none is near.
func nearFunction(name string, runs []string) string {
	names := runs
	for _, f := range Functions {
		names = append(names, f.Name)
	}
	return diagnostic.Nearest(name, names)
}

// base evaluates x in the model without the test's changes.
func base(e *evaluator, c *call, f frame) float64 {
	f.run = "base"
	return e.value(c.args[0], f)
}

// inRun returns the function that gives x in a test's other run of that name.
func inRun(name string) *Function {
	return &Function{Name: name, Params: "x", Least: 1, Most: 1,
		Help: "x at the same time in the run " + name + " of this test",
		value: func(e *evaluator, c *call, f frame) float64 {
			f.run = name
			return e.value(c.args[0], f)
		}}
}

// at evaluates x at another time.
func at(e *evaluator, c *call, f frame) float64 {
	return e.value(c.args[0], f.at(e.value(c.args[1], f)))
}

// first evaluates x at the first saved time.
func first(e *evaluator, c *call, f frame) float64 {
	return e.value(c.args[0], f.at(e.times(f)[0]))
}

// last evaluates x at the last saved time.
func last(e *evaluator, c *call, f frame) float64 {
	times := e.times(f)
	return e.value(c.args[0], f.at(times[len(times)-1]))
}

// lowest returns the least value of x over saved times, NaN if one of them is.
func lowest(e *evaluator, c *call, f frame) float64 {
	_, y := e.extreme(c, f, -1)
	return y
}

// highest returns the largest value of x over saved times.
func highest(e *evaluator, c *call, f frame) float64 {
	_, y := e.extreme(c, f, 1)
	return y
}

// whenLowest returns the first time of the least value.
func whenLowest(e *evaluator, c *call, f frame) float64 {
	t, _ := e.extreme(c, f, -1)
	return t
}

// whenHighest returns the first time of the largest value.
func whenHighest(e *evaluator, c *call, f frame) float64 {
	t, _ := e.extreme(c, f, 1)
	return t
}

// average of a span without length is the value there.
func average(e *evaluator, c *call, f frame) float64 {
	t, y := e.series(c.args[0], f, e.between(c, f, 1))
	if len(t) < 2 {
		return single(y)
	}
	sum := 0.
	for i := 1; i < len(t); i++ {
		sum += float64((t[i] - t[i-1]) * (y[i-1] + y[i]) / 2)
	}
	return sum / (t[len(t)-1] - t[0])
}

// single returns the only value of a list, NaN of an empty one.
func single(y []float64) float64 {
	if len(y) == 1 {
		return y[0]
	}
	return math.NaN()
}

// extreme returns the first lowest (sign -1) or highest (sign 1) value with its time,
// NaN if there is no saved row, or a NaN.
func (e *evaluator) extreme(c *call, f frame, sign float64) (t, y float64) {
	times, values := e.series(c.args[0], f, e.between(c, f, 1))
	if len(values) == 0 || slices.ContainsFunc(values, math.IsNaN) {
		return math.NaN(), math.NaN()
	}
	best := 0
	for i, v := range values {
		if v*sign > values[best]*sign {
			best = i
		}
	}
	return times[best], values[best]
}

// mape returns the mean absolute relative error of x against a record.
func mape(e *evaluator, c *call, f frame) float64 { return e.fit(c, f).MAPE }

// worstError returns the largest relative error, without its sign.
func worstError(e *evaluator, c *call, f frame) float64 {
	fit := e.fit(c, f)
	if fit.Points == 0 {
		return math.NaN()
	}
	return math.Abs(fit.Worst)
}

// directionShare returns the share of recorded steps that x takes in the same direction, NaN
// if the record never moves.
func directionShare(e *evaluator, c *call, f frame) float64 {
	fit := e.fit(c, f)
	return float64(fit.DirectionsRight) / float64(fit.Directions)
}
