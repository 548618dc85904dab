package code

import "weir/model/diagnostic"

// The codes about values that weir calibrate wrote. Those about the [calibration] table
// itself are in scenarios/calibrate.
const (
	NotCalibrated     diagnostic.Code = "not-calibrated"
	StaleCalibration  diagnostic.Code = "stale-calibration"
	UnknownCalibrated diagnostic.Code = "unknown-calibrated"
)

// calibratedModel is the rest of the examples.
const calibratedModel = clock + `
[stock.students]
label   = "Students"
initial = "100"
outflow = ["leaving"]
units   = "student"
[flow.leaving]
label    = "Leaving"
equation = "students * leaving_share"
units    = "student/year"
[constant.leaving_share]
label    = "Share who leave"
value    = 0.03
range    = [0, 0.2]
units    = "1/year"
evidence = "assumed"
`

var calibrationCodes = []CodeRow{
	{NotCalibrated, "The file of calibrated values is not there, so the values in the model file are used.", `calibrated = "none.toml" # WARNING not-calibrated
` + calibratedModel},
	{StaleCalibration, "The model or its data have changed since the values were fitted, which are used as they are.", `calibrated = "calibration_stale.toml" # WARNING stale-calibration
` + calibratedModel},
	{UnknownCalibrated, "A calibrated value is for a name that is not a constant of the model; the place is in that file.", `calibrated = "calibration_unknown.toml"
` + clock + `
[stock.students]
label   = "Students"
initial = "100"
outflow = ["leaving"]
units   = "student"
[flow.leaving]
label    = "Leaving"
equation = "students / stay_time"
units    = "student/year"
[constant.stay_time]
label    = "Years that students stay"
value    = 30
range    = [5, 50]
units    = "year"
evidence = "assumed"
`},
}
