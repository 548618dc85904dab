package function

import "slices"

// The end of the present step, half a step early, and the same of the step before: events
// between the two are due in this step. Both are computed from the integer number of the
// step, so that no event is counted twice or missed, whatever the rounding.
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

// with returns parameters with more of them after, without touching the array that others share.
func with(params []Param, more ...Param) []Param {
	return append(params[:len(params):len(params)], more...)
}

// Table has a row for every function.
var Table = slices.Concat(arithmetic, readings, arrays, dates, delays, chance, ofTheRun)
