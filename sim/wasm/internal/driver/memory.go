// Package driver is the part of every emitted module around its model's own code: the
// steps, changes of parameters, the Runge-Kutta methods, tables, delays and rows. It
// is written in the part of Go that package lower translates and runs in modules
// only. It follows package sim operation by operation.
package driver

import "weir/model/numeric/pair"

// The module's memory begins with a block of these, each at its address in bytes.
// F is a float64, I a whole number of 32 bits, L one of 64.
const (
	Start         = 0   // F: time at the start
	Step          = 8   // F: dt
	Stop          = 16  // F: time at the end, for equations that use it
	Seed          = 24  // L: of draws
	Steps         = 40  // I: steps in a run
	Every         = 44  // I: steps between saved rows
	Out           = 48  // I: address of the first row
	Done          = 52  // I: steps done
	Rows          = 56  // I: rows saved
	Status        = 60  // I: how the run stands
	Where         = 64  // I: the subject of the status
	Changes       = 68  // I: address of the table of changes
	ChangeCount   = 72  // I: how many there are
	Values        = 76  // I: address of the parameters
	ValueCount    = 80  // I: how many there are
	Slots         = 84  // I: address of the vector
	SlotCount     = 88  // I: its length
	LiteralAt     = 92  // I: slot of the first literal number
	LiteralEnd    = 96  // I: slot after the last
	StockAt       = 100 // I: slot of the first stock
	StockCount    = 104 // I: how many there are
	Width         = 108 // I: numbers in a row
	Segments      = 112 // I: address of the segments of a row
	SegmentEnd    = 116 // I: end of them
	Series        = 120 // I: address of the data series
	SeriesEnd     = 124
	DelayStates   = 128 // I: address of the memories
	DelayStateEnd = 132
	Guards        = 136 // I: address of the guards
	GuardEnd      = 140
	Rings         = 144 // I: address of a ring for each element of memory
	Held          = 148 // I: address of the contents of the rings
	HeldEnd       = 152
	Stages        = 156 // I: of the method
	Tableau       = 160 // I: address of the method's numbers
	Slopes        = 164 // I: address of the slopes, a stage after the other
	Kept          = 168 // I: address of the stocks at the start of a step
	Counting      = 172 // I: 1 at the start of a step, 0 within it
	Checks        = 176 // I: address of the blocks that must be finite for a row
	CheckEnd      = 180
	Lanes         = 184 // I: how many numbers a slot has, one of each run
	Member        = 192 // L: of draws, of each run
	HeaderSize    = 208
)

// Values of Status.
const (
	Running    = iota
	Complete   // the last row is saved
	NonFinite  // row number Where has a NaN or an infinity, and was not saved
	Outside    // table number Where was read where it forbids it
	ShortDelay // a delay of guard number Where is shorter than a step
	NoDelay    // the delay of memory number Where is not a number
	LongDelay  // the delay of memory number Where holds more steps than there is room for
)

// Sizes of rows of tables in memory, in bytes.
const (
	ChangeSize     = 40 // I parameter, I kind, F amount, start, over, until
	SegmentSize    = 12 // I slot, column, n
	SeriesSize     = 12 // I table, slot, address of its segment
	DelayStateSize = 16 // I slot, n, slot of the input, slot of the delay or -1
	RingSize       = 16 // I address of the present number, of the first, after the last; 4 bytes free
	GuardSize      = 8  // I slot, n
	CheckSize      = 8  // I slot, n
	TableSize      = 16 // I address of the points, bytes of them, its rule beyond them, its number
)

// The slots that the run itself sets.
const (
	slotNow = iota
	slotStepStart
	slotStep
	slotStart
	slotStop
	valueAt
)

const inModule = "driver: this runs in a module only"

// These are instructions.

func loadF(at int32) float64     { outside(at); return 0 }
func storeF(at int32, x float64) { outside(at) }
func loadI(at int32) int32       { outside(at); return 0 }
func storeI(at int32, x int32)   { outside(at) }
func loadL(at int32) uint64      { outside(at); return 0 }
func loadP(at int32) pair.Pair   { outside(at); return pair.Pair{} }

// outside panics: no address is below 0. Said so, a reader of the code does not take
// everything after a call for dead.
func outside(at int32) {
	if at >= 0 {
		panic(inModule)
	}
}

// These are made of the model.

// initial runs the code that is run once, before the first evaluation.
func initial(v int32) { outside(v) }

// flows evaluates flows and auxiliaries.
func flows(v int32) { outside(v) }

// stage evaluates everything that the slopes of stocks depend on.
func stage(v int32) { outside(v) }

// inputs computes the inputs of delay states.
func inputs(v int32) { outside(v) }

// delays computes how long they hold it.
func delays(v int32) { outside(v) }

// follow moves the stocks by h times their slopes.
func follow(v int32, h float64) { outside(v) }

// slopes puts how fast each stock changes at an address.
func slopes(v, to int32) { outside(v) }
