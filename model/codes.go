package model

import "weir/model/code"

// A CodeRow documents one code of diagnostic.
type CodeRow = code.CodeRow

// Codes are all codes that Load and Check report.
var Codes = code.Codes

// The codes that importers and scenario sets report, too.
const (
	AmbiguousReduction = code.AmbiguousReduction
	ArgumentCount      = code.ArgumentCount
	BadChange          = code.BadChange
	BadConveyor        = code.BadConveyor
	BadName            = code.BadName
	BadOffset          = code.BadOffset
	BadOrder           = code.BadOrder
	BadPlace           = code.BadPlace
	BadPoints          = code.BadPoints
	BadRange           = code.BadRange
	BadTime            = code.BadTime
	BadValue           = code.BadValue
	Cycle              = code.Cycle
	DelayTooShort      = code.DelayTooShort
	DimensionCycle     = code.DimensionCycle
	DuplicateName      = code.DuplicateName
	EmptyDimension     = code.EmptyDimension
	FlowDimensions     = code.FlowDimensions
	FlowUsedTwice      = code.FlowUsedTwice
	InexactSave        = code.InexactSave
	InitialCycle       = code.InitialCycle
	LookupNotCalled    = code.LookupNotCalled
	MissingDimension   = code.MissingDimension
	MissingElement     = code.MissingElement
	MissingKey         = code.MissingKey
	ModuleCycle        = code.ModuleCycle
	ModuleConflict     = code.ModuleConflict
	NoEvidence         = code.NoEvidence
	NoValue            = code.NoValue
	NotAValue          = code.NotAValue
	NotCalibrated      = code.NotCalibrated
	NotSupported       = code.NotSupported
	NotTOML            = code.NotTOML
	NothingToReduce    = code.NothingToReduce
	OffsetOutOfRange   = code.OffsetOutOfRange
	OutsideFolder      = code.OutsideFolder
	OverlappingKeys    = code.OverlappingKeys
	ReservedName       = code.ReservedName
	StaleCalibration   = code.StaleCalibration
	StarOutside        = code.StarOutside
	StepTooLong        = code.StepTooLong
	StockWithoutFlows  = code.StockWithoutFlows
	SubscriptCount     = code.SubscriptCount
	SubscriptMismatch  = code.SubscriptMismatch
	Syntax             = code.Syntax
	TooComplex         = code.TooComplex
	TooLarge           = code.TooLarge
	TooManyElements    = code.TooManyElements
	UnitLookupInput    = code.UnitLookupInput
	UnitMismatch       = code.UnitMismatch
	UnknownCalibrated  = code.UnknownCalibrated
	UnknownDimension   = code.UnknownDimension
	UnknownElement     = code.UnknownElement
	UnknownFlow        = code.UnknownFlow
	UnknownFunction    = code.UnknownFunction
	UnknownName        = code.UnknownName
	Unlabeled          = code.Unlabeled
	Unreadable         = code.Unreadable
	UnusedFlow         = code.UnusedFlow
	ValueCount         = code.ValueCount
	WrongType          = code.WrongType
)
