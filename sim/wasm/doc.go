// Package wasm makes WebAssembly modules of programs: a page runs a model with them,
// without a server and without the engine, and gets the engine's numbers bit for bit.
//
// A module imports nothing and exports
//
//	memory           everything, at the addresses of Layout
//	init()           prepares a run with the present parameters, changes and settings
//	run(n) → done    goes on for at most n steps; done counts from init
//
// A host sets parameters (a float64 each from Layout.Values on, in the order of
// Layout.Parameters), the table of changes and the settings in the header, calls init,
// and then run until the status in the header is not Running. Rows are at Layout.Out,
// as many as the header's Rows says, Layout.Width numbers each, in the order of
// Layout.Columns; row i is at time start + i*save. In a browser:
//
//	const { instance } = await WebAssembly.instantiate(bytes)
//	const { memory, init, run } = instance.exports
//	new Float64Array(memory.buffer, layout.values, layout.parameters.length)[3] = 0.5
//	init()
//	run(layout.steps)
//	const rows = new Int32Array(memory.buffer)[layout.header.rows / 4]
//	const table = new Float64Array(memory.buffer, layout.out, rows * layout.width)
//
// The memory does not grow, so views of it stay good. Parameters and changes are never
// written by the module: the next init begins with them as they are. All addresses of
// float64 are multiples of 8, all others of 4.
//
// # Runs that begin alike
//
// A run stands between two steps when run has returned with status Running. All that
// it has changed by then is in the header (Done, Rows, Status) and in the memory from
// Layout.State to the end of the rows that it has: Layout.Out + 8*Width*Rows. A host may
// keep these and put them back later, after runs of other kinds; the run then goes on
// as it would have. So runs whose changes begin late share their first steps: a change
// begins at the first step i with start + i*step + step/2 > its start, and until then
// the parameter is as if there were none.
//
// # Two runs side by side
//
// With Options.Two, Layout.Lanes is 2: the module does two runs at once, in about 0.7 of the time
// that they take one after the other. Parameter k of run r is number 2*k + r from
// Layout.Values on, column c of a row is number 2*c + r of it, a row of the table of changes
// names its parameter by 2*k + r, and run r draws by the member at Header.Member + 8*r. Rows
// of both runs are those of single runs, bit for bit. There is one clock and one status: where
// one run stops, both do, and Where is that of the one that was noticed first. A host then does
// each again with itself at its side.
//
// # Changes
//
// A row of the table of changes has Layout.ChangeSize bytes:
//
//	 0  int32    which parameter, by its position in Layout.Parameters
//	 4  int32    kind: 0 to, 1 add, 2 times
//	 8  float64  amount
//	16  float64  start, a time
//	24  float64  over, a duration
//	32  float64  until, a time; infinity for good
//
// The header's ChangeCount says how many rows count. They are applied in their order,
// at the start of each step, to the parameter's value, as sim.Change says. A parameter
// that is not Varying must have none: its dependents were computed once.
//
// # Header
//
//	start, step, stop  float64  times; stop is for equations that use it
//	steps, every       int32    steps in a run, and between rows; every is above 0
//	out                int32    where rows go
//	done, rows         int32    steps done and rows saved
//	status, where      int32    how the run stands, see Running and the constants after it
//	change_count       int32    rows in the table of changes
//	seed, member       uint64   of random numbers; a member for each run
//
// There is room for Layout.Rows rows, and for delays of Layout.Steps steps; fewer may
// be set. A host that wants more steps makes a module of its own for them: see EmitFor.
// A row that has a number that is not finite, or that comes at a stock that is not, is
// not saved: the run stops there, and Where is its number. A parameter may be set to
// any number, which the program's settings would refuse to be NaN or infinite.
//
// The code is compiled for one method and for the program's choice of varying constants.
// Everything else is as in package sim, operation by operation: the driver (internal/driver)
// and the functions (model/numeric/maths, model/numeric/arrays) are Go that is translated.
package wasm
