package model

import "weir/model/diagnostic"

// What names, equations and their resolution report.
const (
	DuplicateName      diagnostic.Code = "duplicate-name"
	ReservedName       diagnostic.Code = "reserved-name"
	UnknownDimension   diagnostic.Code = "unknown-dimension"
	DimensionCircle    diagnostic.Code = "dimension-circle"
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
	Circle             diagnostic.Code = "circle"
	InitialCircle      diagnostic.Code = "initial-circle"
	DelayTooShort      diagnostic.Code = "delay-shorter-than-step"
)

// checkCodes are what names, equations and their resolution report.
var checkCodes = []CodeRow{}
