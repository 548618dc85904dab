package model

import (
	"weir/model/diagnostic"
	"weir/model/toml"
)

// What reading a model file reports. The first seven are shared with other readers
// of TOML.
const (
	NotTOML                         = toml.NotTOML
	DuplicateKey                    = toml.DuplicateKey
	UnknownKey                      = toml.UnknownKey
	MissingKey                      = toml.MissingKey
	WrongType                       = toml.WrongType
	BadValue                        = toml.BadValue
	TooLarge                        = toml.TooLarge
	NotSupported    diagnostic.Code = "not-supported"
	Unreadable      diagnostic.Code = "unreadable"
	OutsideFolder   diagnostic.Code = "outside-folder"
	BadName         diagnostic.Code = "bad-name"
	BadTime         diagnostic.Code = "bad-time"
	InexactSave     diagnostic.Code = "inexact-save"
	BadRange        diagnostic.Code = "bad-range"
	BadDistribution diagnostic.Code = "bad-distribution"
	ValueCount      diagnostic.Code = "value-count"
	BadPoints       diagnostic.Code = "bad-points"
	BadChange       diagnostic.Code = "bad-change"
	UnknownColumn   diagnostic.Code = "unknown-column"
	NotANumber      diagnostic.Code = "not-a-number"
	TimesOutOfOrder diagnostic.Code = "times-out-of-order"
	NoRows          diagnostic.Code = "no-rows"
	BadCSV          diagnostic.Code = "bad-csv"
)

// readCodes are what reading a model file reports.
var readCodes = []CodeRow{}
