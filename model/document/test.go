package document

import "weir/model/diagnostic"

// A Test is a [test.x] table: a run with changes, and the expectations that must hold in it.
type Test struct {
	TestRun
	About    string
	Step     *float64   // in time units; nil: the model's own
	Stop     *float64   // model time; nil: the model's own
	Method   string     // "": the model's own
	Runs     []*TestRun // [test.x.run.y]: other runs, which expectations may compare with
	Expect   []Text     // expressions over the results; all must hold
	Conserve []string   // stocks whose change must equal the integral of their flows
	// ConserveSpan is the place of the key conserve, or of the test if it has none.
	ConserveSpan diagnostic.Span
	Broken       bool // the reader has reported a gap in its table
	// Futures is how many draws of the constants with a range the expectations are judged in; nil:
	// the model's own values alone. FuturesSpan is the place of its key.
	Futures     *int
	FuturesSpan diagnostic.Span
	Share       *float64 // of the futures, above 0 to 1, in which each must hold; nil: all
	// Extremes says that expectations are judged with constants and decisions at the ends of
	// their ranges.
	Extremes bool
	From, To *float64 // model times within which Expect and SameAs must hold; nil: the whole run
	SameAs   *Kept    // nil: none
}

// A Kept is a file of results that the run of a test must give again.
type Kept struct {
	File      string // with slashes, from the model's folder
	Variables []Text // variables, or elements of them, that are compared; nil: all that the file has
	// A difference passes up to the larger of Share, of a variable's largest value in the file, and
	// Absolute, in its unit.
	Share, Absolute float64
	Span            diagnostic.Span // of the file's name
}

// KeptShare is the Share of a Kept of which the file says nothing. The same model gives the same
// bits everywhere, so the tolerance is for equations that were written in another way, whose sums
// round in another order.
const KeptShare = 1e-9

// A TestRun is how a run of a test differs from the model as it is.
type TestRun struct {
	Name     string
	Set      map[string]float64         // other values of constants and decisions, from the start
	Change   []Change                   // constants and decisions that change on a date
	SetSpans map[string]diagnostic.Span // of the values in Set, by their keys; may be nil
	Span     diagnostic.Span            // of its table
}

// A Change moves a constant or decision on a date, at once or over a ramp, for
// good or until a date. Scenario sets and behaviour tests share it. Exactly one of To, Add
// and Times is set.
type Change struct {
	Variable string   // "coach_share" or "seats[charter]"
	To       *float64 // the new value
	Add      *float64 // the addition to the value
	Times    *float64 // the factor of the value
	// Start is in model time. The change takes effect at the first step boundary t with
	// t + dt/2 > Start.
	Start float64
	Over  float64  // length of a straight ramp, 0 for a change at once
	Until *float64 // the date on which the change ends, at once; nil: never
	Span  diagnostic.Span
}
