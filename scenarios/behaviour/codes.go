package behaviour

import (
	"weir/model"
	"weir/model/diagnostic"
)

// The codes that Check reports, besides those of model.Check for equations.
const (
	UnknownFunction diagnostic.Code = "test-unknown-function"
	Arguments       diagnostic.Code = "test-arguments"
	NotData         diagnostic.Code = "test-not-data"
	CannotSplit     diagnostic.Code = "test-cannot-apply"
	OutsideRun      diagnostic.Code = "test-outside-run"
	ExpectsNothing  diagnostic.Code = "test-expects-nothing"
	RunName         diagnostic.Code = "test-run-name"
	CannotFail      diagnostic.Code = "test-cannot-fail"
	CannotHold      diagnostic.Code = "test-cannot-hold"
	ChangesNothing  diagnostic.Code = "test-changes-nothing"
	NothingVaries   diagnostic.Code = "test-nothing-varies"
	NoComparison    diagnostic.Code = "test-no-comparison"
)

// exampleModel is the model that the tests of the examples belong to.
const exampleModel = `[time]
start = 0
stop  = 10
step  = 1
unit  = "year"

[stock.students]
initial = "100"
outflow = ["leaving"]
units   = "student"

[flow.leaving]
equation = "students * leaving_share"
units    = "student/year"

[constant.leaving_share]
value = 0.03
units = "1/year"
`

// Codes are all codes of mistakes in tests that model.Check does not know. The
// examples are whole models, as those of model.Codes.
var Codes = []model.CodeRow{
	{Code: UnknownFunction, Sentence: "An expectation calls a function that neither equations nor tests have.", Example: exampleModel + `
[test.fewer]
expect = "students <= fisrt(students)" # ERROR test-unknown-function
`},
	{Code: Arguments, Sentence: "A function of expectations has too few or too many arguments.", Example: exampleModel + `
[test.fewer]
expect = "at(students) <= 100" # ERROR test-arguments
`},
	{Code: NotData, Sentence: "A function that compares with recorded data is given something else.", Example: exampleModel + `
[test.fit]
expect = "mape(students, leaving) < 0.03" # ERROR test-not-data
`},
	{Code: CannotSplit, Sentence: "A function with a memory, or a lookup, is applied to what a test function gives.", Example: exampleModel + `
[test.smooth]
expect = "smooth1(base(students), 2) > 0" # ERROR test-cannot-apply
`},
	{Code: OutsideRun, Sentence: "A test looks only at times that its run does not reach.", Example: exampleModel + `
[test.later] # ERROR test-outside-run
from   = 20
expect = "students > 0"
`},
	{Code: ExpectsNothing, Sentence: "A test has neither an expectation nor stocks to conserve.", Example: exampleModel + `
[test.nothing] # ERROR test-expects-nothing
expect = []
`},
	{Code: CannotFail, Sentence: "An expectation holds whatever the model does.", Example: exampleModel + `
[test.same]
expect = "students <= base(students)" # ERROR test-cannot-fail
`},
	{Code: CannotHold, Sentence: "An expectation fails whatever the model does, as one with a tolerance below 0.", Example: exampleModel + `
[test.near]
expect = "abs(students - first(students)) < -0.01" # ERROR test-cannot-hold
`},
	{Code: ChangesNothing, Sentence: "A change of a test leaves the model as it is.", Example: exampleModel + `
[test.same_share]
expect = "students >= base(students)"
set    = { leaving_share = 0.03 } # ERROR test-changes-nothing
`},
	{Code: NothingVaries, Sentence: "A test has futures or extremes, but nothing that it leaves free has a range.", Example: exampleModel + `
[test.always]
expect  = "students >= 0"
futures = 200 # ERROR test-nothing-varies
`},
	{Code: NoComparison, Sentence: "An expectation compares nothing, so that any number but 0 is true.", Example: exampleModel + `
[test.left]
expect = "students - leaving" # ERROR test-no-comparison
`},
	{Code: RunName, Sentence: "A run of a test has the name of a function or variable, so that an expectation cannot mean it.", Example: exampleModel + `
[test.slower]
expect = "students >= 0"
[test.slower.run.leaving] # ERROR test-run-name
set = { leaving_share = 0.05 }
`},
}
