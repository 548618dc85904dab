package calibrate

import (
	"weir/model"
	"weir/model/diagnostic"
)

// The codes that Check reports, besides those of model.Check for expressions.
const (
	UnknownConstant diagnostic.Code = "calibration-unknown-constant"
	NoRange         diagnostic.Code = "calibration-no-range"
	Overlap         diagnostic.Code = "calibration-overlap"
	NotData         diagnostic.Code = "calibration-not-data"
	WhichElement    diagnostic.Code = "calibration-which-element"
	OtherUnits      diagnostic.Code = "calibration-other-units"
	NoData          diagnostic.Code = "calibration-no-data"
	NotPositive     diagnostic.Code = "calibration-not-positive"
	Nothing         diagnostic.Code = "calibration-nothing"
	Random          diagnostic.Code = "calibration-random"
)

// exampleModel is the model that the tables of the examples belong to; data.csv has
// year, count and sector counts, one of them 0.
const exampleModel = `[time]
start = 2000
stop  = 2010
step  = 0.25
unit  = "year"

[dimension.sector]
elements = ["district", "charter"]

[stock.students]
over    = ["sector"]
initial = "1000"
outflow = ["leaving"]
units   = "student"

[flow.leaving]
over     = ["sector"]
equation = "students * leaving_share * pull"
units    = "student/year"

[constant.leaving_share]
value = 0.03
range = [0, 0.2]
units = "1/year"

[constant.pull]
value = 1
units = "1"

[data.counted]
file  = "data.csv"
time  = "year"
value = "count"
units = "student"

[data.by_sector]
file  = "data.csv"
time  = "year"
over  = ["sector"]
units = "student"
[data.by_sector.at]
district = "district"
charter  = "charter"
`

const exampleFit = `
[calibration.fit.district]
variable = "students[district]"
data     = "counted"
`

// Codes are all codes of mistakes in [calibration] that model.Check does not know. The
// examples are whole models, as those of model.Codes.
var Codes = []model.CodeRow{
	{Code: UnknownConstant, Sentence: "[calibration] names a constant that the model does not have, or something that is not a constant.", Example: exampleModel + `
[calibration]
constants = ["leaving_shar"] # ERROR calibration-unknown-constant
` + exampleFit},
	{Code: NoRange, Sentence: "A constant that is to be fitted has no range to search.", Example: exampleModel + `
[calibration]
constants = ["pull"] # ERROR calibration-no-range
` + exampleFit},
	{Code: Overlap, Sentence: "A constant is fitted twice, or the same points would count twice.", Example: exampleModel + exampleFit + `
[calibration.fit.again]
variable = "students[charter]"
data     = "counted" # ERROR calibration-overlap
`},
	{Code: NotData, Sentence: "A fit compares with something that is not recorded data.", Example: exampleModel + `
[calibration.fit.district]
variable = "students[district]"
data     = "leaving" # ERROR calibration-not-data
`},
	{Code: WhichElement, Sentence: "An array is named where one number is fitted.", Example: exampleModel + `
[calibration.fit.district]
variable = "students[district]"
data     = "by_sector" # ERROR calibration-which-element
`},
	{Code: OtherUnits, Sentence: "A variable is fitted to data of other units.", Example: exampleModel + `
[calibration.fit.district]
variable = "leaving[district]" # ERROR calibration-other-units
data     = "counted"
`},
	{Code: NoData, Sentence: "There are no data between the dates.", Example: exampleModel + `
[calibration.fit.district]
variable = "students[district]"
data     = "counted" # ERROR calibration-no-data
from     = 2020
`},
	{Code: NotPositive, Sentence: "An error of the kind log or relative is asked for data that are not above 0.", Example: exampleModel + `
[calibration.fit.charter]
variable = "students[charter]"
data     = "by_sector[charter]" # ERROR calibration-not-positive
`},
	{Code: Nothing, Sentence: "No constant of the model has a range, so there is nothing to fit.", Example: exampleModel + `
[calibration] # ERROR calibration-nothing
without = ["leaving_share"]
` + exampleFit},
	{Code: Random, Sentence: "The model draws random numbers, so two runs with the same constants differ.", Example: exampleModel + `
[aux.weather]
equation = "normal(0, 1)" # ERROR calibration-random
[calibration.fit.district]
variable = "students[district]"
data     = "counted"
`},
}
