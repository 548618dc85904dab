package code

import "weir/model/diagnostic"

// The codes of mistakes of units. All but the notes begin with "unit-".
const (
	UnitSyntax      diagnostic.Code = "unit-syntax"
	UnitTwice       diagnostic.Code = "unit-declared-twice"
	UnitMisspelled  diagnostic.Code = "unit-misspelled"
	UnitMismatch    diagnostic.Code = "unit-mismatch"
	UnitArgument    diagnostic.Code = "unit-argument"
	UnitPower       diagnostic.Code = "unit-power"
	UnitEquation    diagnostic.Code = "unit-equation"
	UnitFlow        diagnostic.Code = "unit-flow"
	UnitLookupInput diagnostic.Code = "unit-lookup-input"
	UndeclaredUnits diagnostic.Code = "undeclared-units"
	BareNumber      diagnostic.Code = "bare-number"
)

// school is the beginning of the examples: a stock with a flow.
const school = clock + `
[unit]
student = { plural = "students" }

[stock.students]
initial = "100"
inflow = ["arrival"]
units = "student"

[flow.arrival]
equation = "students / stay"
units = "student/year"

[constant.stay]
value = 4
units = "year"
`

// unitCodes are the mistakes of units.
var unitCodes = []CodeRow{
	{UnitSyntax, "A unit cannot be read.", school + `
[aux.density]
equation = "students"
units = "student per school" # ERROR unit-syntax
`},
	{UnitTwice, "One unit name is declared to mean two units.", clock + `
[unit]
student = { alias = ["person"] }
teacher = { alias = ["person"] } # ERROR unit-declared-twice

[constant.x]
value = 1
units = "person"
`},
	{UnitMisspelled, "A unit is not declared, but one much like it is.", school + `
[constant.capacity]
value = 500
units = "studnet" # ERROR unit-misspelled
`},
	{UnitMismatch, "Values with different units are added, subtracted or compared.", school + `
[aux.nonsense]
equation = "students + arrival" # ERROR unit-mismatch
units = "student"
`},
	{UnitArgument, "An argument of a function has a unit that the function does not take.", school + `
[aux.perceived]
equation = "smooth1(students, students)" # ERROR unit-argument
units = "student"
`},
	{UnitPower, "An exponent has a unit, or a unit is raised to a power that is not fixed.", school + `
[aux.growth]
equation = "2^students" # ERROR unit-power
units = "1"
`},
	{UnitEquation, "A variable is declared in one unit, and its equation is in another.", school + `
[aux.turnover]
equation = "students / stay" # ERROR unit-equation
units = "student"
`},
	{UnitFlow, "A flow is not in the unit of its stock per time unit.", clock + `
[stock.students]
initial = "100"
inflow = ["arrival"]
units = "student"

[flow.arrival]
equation = "students"
units = "student" # ERROR unit-flow
`},
	{UnitLookupInput, "The input of a lookup has a unit.", school + `
[lookup.crowding]
input = "students" # WARNING unit-lookup-input
points = [[0, 1], [200, 2]]
units = "1"

[lookup.noise]
points = [[0, 1], [200, 2]]
units = "1"
[aux.noise_here]
equation = "noise(students)" # WARNING unit-lookup-input
units = "1"
`},
	{BareNumber, "A number in an equation is where a value with a unit is expected.", school + `
[aux.opening]
equation = "step(100, 5)" # NOTE bare-number
units = "student"
[aux.spare]
equation = "120 - students" # NOTE bare-number
units = "student"
`},
	{UndeclaredUnits, "A variable has no units where most others have.", school + `
[aux.double] # NOTE undeclared-units
equation = "2 * students"
`},
}
