package code

import (
	"weir/model/diagnostic"
	"weir/model/toml"
)

// The codes of mistakes in a model file. The first seven are shared with other readers
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

// clock is the [time] of the examples.
const clock = `[time]
start = 0
stop  = 10
step  = 1
unit  = "year"
`

// readCodes are the mistakes that reading a model file reports. Examples about data read the
// files in testdata/data.
var readCodes = []CodeRow{
	{NotTOML, "The file is not TOML, the format of model files.", clock + `
[aux.x]
equation = 2 * 3 # ERROR not-toml
`},
	{DuplicateKey, "A key or table is given twice.", clock + `
[constant.capacity]
value = 10
units = "student"
value = 12 # ERROR duplicate-key
`},
	{UnknownKey, "A table has an unknown key, or the file an unknown table.", clock + `
[stocks.pupils] # ERROR unknown-key
initial = "100"
`},
	{MissingKey, "A required key is missing.", `[time] # ERROR missing-key
start = 0
stop  = 10
step  = 1
`},
	{WrongType, "A value has another type than its key needs.", clock + `
[constant.capacity]
value = "10" # ERROR wrong-type
`},
	{BadValue, "A value has the right type, but is none of the possible ones.", clock + `
[constant.capacity]
value    = 10
evidence = "guess" # ERROR bad-value
`},
	{TooLarge, "The model, its run or a data file would be too large to handle.", clock + `
[dimension.school]
elements = ["1..1000000000"] # ERROR too-large
`},
	{NotSupported, "The file asks for a feature that this version does not have.", `[time]
start  = 0
stop   = 10
step   = 1
unit   = "year"
method = "gear" # ERROR not-supported
`},
	{Unreadable, "A file cannot be read.", clock + `
[data.births]
file  = "birth.csv" # ERROR unreadable
time  = "year"
value = "births"
`},
	{OutsideFolder, "A data file is not in the model's folder or below it.", clock + `
[data.births]
file  = "../births.csv" # ERROR outside-folder
time  = "year"
value = "births"
`},
	{BadName, "A name cannot be written in an equation.", clock + `
[constant.Class-Size] # ERROR bad-name
value = 25
`},
	{BadTime, "The clock, or a date, is impossible.", `[time]
start = 2030
stop  = 2020 # ERROR bad-time
step  = 1
unit  = "year"
`},
	{InexactSave, "Saved rows would not fall on steps: save must be a whole multiple of step, and the run a whole number of saves.", `[time]
start = 0
stop  = 10
step  = 0.1
save  = 0.25 # ERROR inexact-save
unit  = "year"
`},
	{BadRange, "A range is no range, or a value lies outside its own.", clock + `
[constant.hiring_time]
value = 3 # ERROR bad-range
range = [0.1, 0.5]
units = "year"
`},
	{BadDistribution, "A distribution lacks a parameter or range, or has impossible ones.", clock + `
[constant.hiring_time]
value = 0.3
units = "year"
distribution = "triangular" # ERROR bad-distribution
`},
	{ValueCount, "The number of values is not the number of elements.", clock + `
[dimension.sector]
elements = ["district", "charter"]
[constant.seats]
over  = ["sector"]
value = [100, 200, 300] # ERROR value-count
`},
	{BadPoints, "A lookup's points are not pairs whose x goes up.", clock + `
[lookup.effect]
points = [[0, 1], [2, 3], [1, 2]] # ERROR bad-points
`},
	{BadChange, "A dated change is incomplete or impossible.", clock + `
[constant.pay]
value = 1
[test.pay_rises]
expect = "pay >= 1"
[test.pay_rises.change.pay] # ERROR bad-change
start = 2
`},
	{UnknownColumn, "A data file has no column of that name.", clock + `
[data.births]
file  = "births.csv"
time  = "year"
value = "birth" # ERROR unknown-column
`},
	{NotANumber, "A cell of a data file is not a number; the place is in that file.", clock + `
[data.births]
file  = "not_a_number.csv"
time  = "year"
value = "births"
`},
	{TimesOutOfOrder, "The times of a data series do not increase; the place is in the data file.", clock + `
[data.births]
file  = "out_of_order.csv"
time  = "year"
value = "births"
`},
	{NoRows, "No row of a data file is left to take numbers from.", clock + `
[data.births]
file  = "births.csv"
time  = "year"
value = "births"
where = { place = "Atlantis" } # ERROR no-rows
`},
	{BadCSV, "A data file is not comma-separated values; the place is in that file.", clock + `
[data.births]
file  = "bad.csv"
time  = "year"
value = "births"
`},
}
