package sim

import "weir/sim/internal/change"

// Settings say how one run departs from the model as written. The zero value runs
// the model as it is.
type Settings struct {
	// Set gives constants and decisions another value from the start: "salary" or
	// "seats[charter]" to a number, in the variable's own unit. A bare name of an
	// array sets every element.
	Set map[string]float64
	// Changes move constants and decisions on a date. They are applied at step
	// boundaries, in the order given, to the value that Set or the model gives.
	Changes []Change
	Step    *float64 // nil: the model's; in time units
	Save    *float64 // nil: the model's, or Step if that is longer; a whole multiple of Step
	Stop    *float64 // nil: the model's
	Method  string   // "": the model's
	Seed    uint64   // for draws
	Member  uint64   // which member of an ensemble this is, for draws
	// Progress, if not nil, is called now and then from the running goroutine with
	// the share of steps done, 0 to 1.
	Progress func(done float64)
}

// A Change moves a constant or decision on a date. It takes effect at the first
// step boundary t with t + dt/2 > Start, climbs on a straight line over Over time
// units, and ends, at once, at Until.
type Change struct {
	Variable string // "coach_share" or "seats[charter]"
	Kind     ChangeKind
	Amount   float64
	Start    float64
	Over     float64
	Until    float64 // +Inf: for good
}

// A ChangeKind is the meaning of Amount.
type ChangeKind uint8

// The kinds of change.
const (
	To    ChangeKind = change.To    // the new value
	Add   ChangeKind = change.Add   // is added to the old one
	Times ChangeKind = change.Times // multiplies the old one
)
