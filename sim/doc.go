// Package sim runs checked models. Compile turns a resolved model into an immutable
// Program, and a Program is run any number of times, also at once. Nothing here knows
// files, text or pages.
//
//	p, err := sim.Compile(r)                                  // r is from model.Check
//	result, err := p.Run(ctx, sim.Settings{Method: "rk4"})
//	students := result.Series("students")
//
// # A run
//
// Settings say how a run departs from the model: other values from the start (Set), other
// values on a date (Changes), another step, end or method. Time is start + i*step from a
// whole number i, never a running sum. A step has three parts:
//
//  1. Changes, steps, pulses and random draws take the values that they keep until the
//     next step, and all equations are evaluated. If a row is due it is saved now, so that
//     the flows of a row belong to the stocks of the same row.
//  2. The method (package model/method) evaluates the equations at its stages. Time, and
//     everything that depends on it without a jump, moves with the stages; jumps do not.
//  3. The stocks move, then the delay states.
//
// A Result has the saved rows and reports on the run: limits of non-negative stocks,
// tables that were read outside their points, and the first number that is not finite,
// with the operation and the operands that made it.
//
// # The error of the step
//
// RunHalved repeats a run with half the step, and Compare states the differences.
// StepError does both.
//
// # Ensembles
//
// Program.Ensemble runs a model for many members, each with its own values of some
// constants and its own random draws. Members run side by side in lanes: an instruction
// is decoded once for all of them. A member has the bits of a single run with the same
// settings, whatever the number of lanes, workers and members, and whether or not the
// processor has AVX2.
//
// Program.Branches runs the same members under several lists of changes. The years before the
// lists part are run once.
//
// # How it is built
//
// From the bottom up: the program and its tables (program.go, code.go, table.go), the
// compiler from expression trees to instructions on a vector of slots (compile.go and
// compile_*.go), the machine that executes them (vm.go, vm_array.go and the generated
// vm_rows.go), single runs (run.go, integrate.go, adaptive.go) and lanes (lanes_*.go,
// ensemble_*.go, branches.go). Package sim/wasm translates a program to WebAssembly, and
// sim/internal/reference evaluates a model in the plainest way there is; both must give
// the same bits, and tests hold them to it. Every product that feeds a sum is written
// float64(a*b), so that no processor fuses the two.
package sim
