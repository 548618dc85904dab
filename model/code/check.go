package code

import "weir/model/diagnostic"

// The codes of mistakes in names, in equations and in their resolution.
const (
	DuplicateName      diagnostic.Code = "duplicate-name"
	ReservedName       diagnostic.Code = "reserved-name"
	UnknownDimension   diagnostic.Code = "unknown-dimension"
	DimensionCycle     diagnostic.Code = "dimension-cycle"
	EmptyDimension     diagnostic.Code = "empty-dimension"
	RepeatedDimension  diagnostic.Code = "repeated-dimension"
	UnknownElement     diagnostic.Code = "unknown-element"
	TooManyElements    diagnostic.Code = "too-many-elements"
	TooComplex         diagnostic.Code = "too-complex"
	StockWithoutFlows  diagnostic.Code = "stock-without-flows"
	UnusedFlow         diagnostic.Code = "unused-flow"
	UnknownFlow        diagnostic.Code = "unknown-flow"
	FlowUsedTwice      diagnostic.Code = "flow-used-twice"
	FlowDimensions     diagnostic.Code = "flow-dimensions"
	Syntax             diagnostic.Code = "syntax"
	UnknownName        diagnostic.Code = "unknown-name"
	UnknownFunction    diagnostic.Code = "unknown-function"
	NotAValue          diagnostic.Code = "not-a-value"
	ArgumentCount      diagnostic.Code = "argument-count"
	BadOrder           diagnostic.Code = "bad-order"
	LookupNotCalled    diagnostic.Code = "lookup-not-called"
	MissingElement     diagnostic.Code = "missing-element"
	OverlappingKeys    diagnostic.Code = "overlapping-keys"
	SubscriptCount     diagnostic.Code = "subscript-count"
	SubscriptMismatch  diagnostic.Code = "subscript-mismatch"
	MissingDimension   diagnostic.Code = "missing-dimension"
	BadOffset          diagnostic.Code = "bad-offset"
	OffsetOutOfRange   diagnostic.Code = "offset-out-of-range"
	StarOutside        diagnostic.Code = "star-outside"
	AmbiguousReduction diagnostic.Code = "ambiguous-reduction"
	NothingToReduce    diagnostic.Code = "nothing-to-reduce"
	Cycle              diagnostic.Code = "cycle"
	InitialCycle       diagnostic.Code = "initial-cycle"
	BadConveyor        diagnostic.Code = "bad-conveyor"
	DelayTooShort      diagnostic.Code = "delay-shorter-than-step"
	NoSuchLoop         diagnostic.Code = "no-such-loop"
	SeveralLoops       diagnostic.Code = "several-loops"
	SameLoop           diagnostic.Code = "same-loop"
	BadChannel         diagnostic.Code = "bad-channel"
)

// loopModel is a model with two feedback loops.
const loopModel = `
[stock.fans]
initial = "10"
inflow  = ["joining"]
units   = "fan"

[flow.joining]
equation = "excitement + word_of_mouth"
units    = "fan/year"

[aux.excitement]
equation = "fans * rate"
units    = "fan/year"

[aux.word_of_mouth]
equation = "fans * rate * 2"
units    = "fan/year"

[constant.rate]
value = 0.1
units = "1/year"
`

// checkCodes are the mistakes in names, in equations and in their resolution.
var checkCodes = []CodeRow{
	{DuplicateName, "Two things have one name, or a dimension has an element twice.", clock + `
[constant.rate]
value = 1
units = "1"

[aux.rate] # ERROR duplicate-name
equation = "2"
units = "1"
`},
	{ReservedName, "A name is taken by a function, or by something the run supplies.", clock + `
[aux.step] # ERROR reserved-name
equation = "2"
units = "1"
`},
	{UnknownDimension, "A variable has a dimension, or a dimension a parent, that is not declared.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats]
over  = ["sectors"] # ERROR unknown-dimension
value = 100
units = "student"
`},
	{DimensionCycle, "A dimension is a part of itself.", clock + `
[dimension.upper]
of = "lower"
elements = ["9"]

[dimension.lower] # ERROR dimension-cycle
of = "upper"
elements = ["9"]
`},
	{EmptyDimension, "A dimension has no elements.", clock + `
[dimension.sector] # ERROR empty-dimension
elements = []
`},
	{RepeatedDimension, "A variable has one dimension twice.", clock + `
[dimension.grade]
elements = ["1..3"]

[constant.repeating]
over  = ["grade", "grade"] # ERROR repeated-dimension
value = 0
units = "1"
`},
	{UnknownElement, "A dimension has no such element.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats]
over  = ["sector"]
value = 100
units = "student"

[aux.room]
equation = "seats[chartr]" # ERROR unknown-element
units    = "student"
`},
	{TooManyElements, "The model would hold more numbers than weir allows.", clock + `
[dimension.school]
elements = ["1..9000"]

[dimension.pupil]
elements = ["1..9000"]

[constant.seat]
over  = ["school", "pupil"] # ERROR too-many-elements
value = 1
units = "1"
`},
	{TooComplex, "Written out, the equations are larger than weir allows, or too many elements depend on each other.", clock + `
[dimension.member]
elements = ["1..1100"]

[dimension.other]
of = "member"
elements = ["1..1100"]

[aux.tie] # ERROR too-complex
over     = ["member", "other"]
equation = "previous(all_ties, 0) + tie[1, other] / 1100"
units    = "1"
[aux.tie.at]
"1, *" = "0"

[aux.all_ties]
equation = "sum(tie[*, *])"
units    = "1"
`},
	{StockWithoutFlows, "A stock has neither inflow nor outflow.", clock + `
[stock.students] # ERROR stock-without-flows
initial = "100"
units   = "student"
`},
	{UnusedFlow, "A flow fills and drains no stock.", clock + `
[flow.arriving] # WARNING unused-flow
equation = "5"
units    = "student/year"
`},
	{UnknownFlow, "A stock names an inflow or outflow that is not a flow.", clock + `
[stock.students]
initial = "100"
inflow  = ["ariving"] # ERROR unknown-flow
units   = "student"

[flow.arriving]
equation = "5"
units    = "student/year"
`},
	{FlowUsedTwice, "A flow is the inflow of two stocks, or the outflow of two, or leads from a stock into itself.", clock + `
[stock.students]
initial = "100"
inflow  = ["arriving"]
units   = "student"

[stock.pupils]
initial = "100"
inflow  = ["arriving"] # ERROR flow-used-twice
units   = "student"

[flow.arriving]
equation = "5"
units    = "student/year"
`},
	{FlowDimensions, "A flow has other dimensions than its stock.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[stock.students]
over    = ["sector"]
initial = "100"
inflow  = ["arriving"] # ERROR flow-dimensions
units   = "student"

[flow.arriving]
equation = "5"
units    = "student/year"
`},
	{Syntax, "An equation cannot be read.", clock + `
[aux.load]
equation = "2 * (3 + 4" # ERROR syntax
units    = "1"
`},
	{UnknownName, "An equation uses a name that nothing declares.", clock + `
[constant.birth_rate]
value = 0.1
units = "1/year"

[aux.growth]
equation = "birth_rat * 2" # ERROR unknown-name
units    = "1/year"
`},
	{UnknownFunction, "An equation calls something that is not a function.", clock + `
[aux.load]
equation = "squareroot(4)" # ERROR unknown-function
units    = "1"
`},
	{NotAValue, "A function, a dimension or an element is used as a value.", clock + `
[dimension.grade]
elements = ["1..3"]

[aux.load]
equation = "grade * 2" # ERROR not-a-value
units    = "1"
`},
	{ArgumentCount, "A function has too few or too many arguments.", clock + `
[aux.load]
equation = "step(5)" # ERROR argument-count
units    = "1"
`},
	{BadOrder, "The order of a smooth or delay is not a whole number written out.", clock + `
[constant.stages]
value = 3
units = "1"

[aux.load]
equation = "smooth_n(5, 4, stages)" # ERROR bad-order
units    = "1"
`},
	{LookupNotCalled, "A lookup without an input is used without an argument.", clock + `
[lookup.crowding]
points = [[0, 0], [1, 1]]
units  = "1"

[aux.load]
equation = "crowding * 2" # ERROR lookup-not-called
units    = "1"
`},
	{MissingElement, "A variable has no equation or value, or none for some of its elements.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats] # ERROR missing-element
over  = ["sector"]
units = "student"
[constant.seats.at]
district = 100
`},
	{OverlappingKeys, "Two keys name the same element, and neither is more specific.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[dimension.grade]
elements = ["k", "1..12"]

[constant.seats]
over  = ["sector", "grade"]
value = 100
units = "student"
[constant.seats.at]
district = 120
k        = 90 # ERROR overlapping-keys
`},
	{SubscriptCount, "A variable has more or fewer subscripts than dimensions.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats]
over  = ["sector"]
value = 100
units = "student"

[aux.room]
equation = "seats[district, 9]" # ERROR subscript-count
units    = "student"
`},
	{SubscriptMismatch, "A subscript is of another dimension than its place.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[dimension.grade]
elements = ["k", "1..12"]

[constant.seats]
over  = ["sector", "grade"]
value = 100
units = "student"

[aux.room]
over     = ["sector", "grade"]
equation = "seats[grade, sector]" # ERROR subscript-mismatch ERROR subscript-mismatch
units    = "student"
`},
	{MissingDimension, "An array is used where the equation lacks one of its dimensions.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats]
over  = ["sector"]
value = 100
units = "student"

[aux.room]
equation = "seats * 2" # ERROR missing-dimension
units    = "student"
`},
	{BadOffset, "An offset such as grade - 1 is used with a dimension that is not ordered, or with an element.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats]
over  = ["sector"]
value = 100
units = "student"

[aux.room]
over     = ["sector"]
equation = "seats[sector - 1]" # ERROR bad-offset
units    = "student"
`},
	{OffsetOutOfRange, "An offset such as grade - 1 leads out of the dimension for some elements.", clock + `
[dimension.grade]
elements = ["k", "1..12"]
ordered  = true

[constant.seats]
over  = ["grade"]
value = 100
units = "student"

[aux.below]
over     = ["grade"]
equation = "seats[grade - 1]" # ERROR offset-out-of-range
units    = "student"
`},
	{StarOutside, "A star, or a dimension with !, is used outside a reduction.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[constant.seats]
over  = ["sector"]
value = 100
units = "student"

[aux.room]
equation = "seats[*] * 2" # ERROR star-outside
units    = "student"
`},
	{AmbiguousReduction, "It is not clear which elements a reduction combines.", clock + `
[dimension.sector]
elements = ["district", "charter"]

[dimension.grade]
elements = ["k", "1..12"]

[constant.seats]
over  = ["sector", "grade"]
value = 100
units = "student"

[aux.room]
over     = ["sector"]
equation = "sum(seats)" # ERROR ambiguous-reduction
units    = "student"
`},
	{NothingToReduce, "A reduction has no array to combine.", clock + `
[constant.seats]
value = 100
units = "student"

[aux.room]
equation = "sum(seats)" # ERROR nothing-to-reduce
units    = "student"
`},
	{Cycle, "Variables depend on each other within one step.", clock + `
[aux.workload]
equation = "10 / energy" # ERROR cycle
units    = "1"

[aux.energy]
equation = "5 - workload"
units    = "1"
`},
	{InitialCycle, "Initial values depend on each other.", clock + `
[stock.teachers]
initial = "students / 15" # ERROR initial-cycle
inflow  = ["hiring"]
units   = "1"

[stock.students]
initial = "teachers * 15"
inflow  = ["arriving"]
units   = "1"

[flow.hiring]
equation = "1"
units    = "1/year"

[flow.arriving]
equation = "15"
units    = "1/year"
`},
	{NoSuchLoop, "A [loop.x] names variables that no feedback loop passes in their order.", clock + loopModel + `
[loop.talk] # ERROR no-such-loop
through = ["excitement", "word_of_mouth"]
`},
	{SeveralLoops, "A [loop.x] names variables that several feedback loops pass.", clock + loopModel + `
[loop.talk] # ERROR several-loops
through = ["fans", "joining"]
`},
	{SameLoop, "Two [loop.x] name one feedback loop.", clock + loopModel + `
[loop.talk]
through = ["fans", "word_of_mouth"]

[loop.again] # ERROR same-loop
through = ["word_of_mouth"]
`},
	{BadChannel, "A [channel.x] names a variable through which no effect can pass, or that another channel has.", clock + loopModel + `
[channel.talk]
through = ["word_of_mouth", "rate"] # ERROR bad-channel
`},
	{BadConveyor, "A conveyor's flows do not fit it, or the method does not.", clock + `
[stock.classes]
initial = "10"
inflow  = ["starting"]
outflow = ["finishing"]
units   = "student"
[stock.classes.conveyor] # ERROR bad-conveyor
transit = "4"
leak    = ["dropping_out"]

[flow.starting]
equation = "2"
units    = "student/year"

[flow.finishing]
units = "student/year"

[flow.dropping_out] # WARNING unused-flow
equation = "0.1"
units    = "student/year"
`},
	{DelayTooShort, "The time of a delay or smooth, or of one of its stages, is shorter than a step.", clock + `
[constant.hiring_time]
value = 2
units = "year"

[aux.hired]
equation = "delay3(time / dt, hiring_time)" # ERROR delay-shorter-than-step
units    = "1"
`},
}
