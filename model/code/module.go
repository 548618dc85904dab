package code

import "weir/model/diagnostic"

// The codes of mistakes in modules and in functions of a file.
const (
	ModuleCycle    diagnostic.Code = "module-cycle"
	ModuleConflict diagnostic.Code = "module-conflict"
	BindUnknown    diagnostic.Code = "bind-unknown"
	BadBinding     diagnostic.Code = "bad-binding"
	FunctionCycle  diagnostic.Code = "function-cycle"
	RepeatedDraw   diagnostic.Code = "repeated-draw"
)

// teachersModule begins the examples; its file is testdata/data/teachers.toml.
const teachersModule = clock + `
[module.teachers]
file = "teachers.toml"
`

// moduleCodes are the mistakes in modules and functions. The examples have the files in
// testdata/data beside them.
var moduleCodes = []CodeRow{
	{ModuleCycle, "A file is a module of itself; the place is where the cycle closes.", clock + `
[module.chicken]
file = "chicken.toml"
`},
	{ModuleConflict, "A module declares a dimension, or the unit of time, otherwise than the model.", `[time]
start = 0
stop  = 10
step  = 1
unit  = "month"

[dimension.stage] # ERROR module-conflict
elements = ["novice", "veteran", "retired"]

[module.teachers] # ERROR module-conflict
file = "teachers.toml"
`},
	{BindUnknown, "A binding names a variable that the module does not have.", teachersModule + `
[module.teachers.bind]
pupils = 30 # ERROR bind-unknown
`},
	{BadBinding, "A binding names a flow or lookup, or a variable that is bound already, or a connection of XMILE a variable that is no input.", teachersModule + `
[module.teachers.bind]
hiring = 30 # ERROR bad-binding
`},
	{FunctionCycle, "A function of the file calls itself.", clock + `
[function.half] # ERROR function-cycle
arguments = ["x"]
equation  = "half(x) / 2"
`},
	{RepeatedDraw, "A function of the file uses an argument with a random draw more than once.", clock + `
[function.square]
arguments = ["x"]
equation  = "x * x"

[aux.noise]
equation = "square(normal(0, 1))" # ERROR repeated-draw
`},
}
