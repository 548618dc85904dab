// Package native makes machine code of a program's instructions: for one run the loop of the
// virtual machine costs more than the arithmetic in it. The bits are those of the virtual machine:
// each operation is one instruction of the processor that rounds by itself, nothing is fused and
// sums keep their order. What has no machine code (functions, random numbers, lookups outside the
// segment read last) is left to the caller, who then goes on where the code left off.
//
// Code never calls Go, moves no stack and touches nothing but the vectors it is given, so
// that the scheduler and the garbage collector need not know of it. The caller returns between
// phases of a step, where a run may be stopped.
package native

import (
	"runtime"

	"weir/sim/internal/code"
)

// Off switches machine code off, for tests and for a user who asks for it.
var Off bool

// Least is how many evaluations a run has at least for which code is made. Measured, making it takes as
// long as 260 to 760 evaluations gain; a run is repeated with half the step, and often with other
// numbers.
var Least = 500

// Available reports whether there is machine code here.
func Available() bool { return available && !Off }

// A Text is executable memory. It never changes after Finish and is freed with its last reference.
type Text struct {
	memory []byte
}

// A Routine is one piece of code with the places where it leaves off. It never changes.
type Routine struct {
	text  *Text
	entry int
	Exits []Exit
}

// An Exit is a place where a routine leaves the work to the caller: the instructions from First to
// Last, half-open, or of a lookup only one element.
type Exit struct {
	First, Last int
	Element     int // of a lookup; -1: all of the instructions
	resume      int
}

// Behind is how many numbers lie behind the slots.
const Behind = 2

// Memory is what routines work on. Slices keep their length and place from one call to the next.
type Memory struct {
	V        []float64 // slots, then the length of a step, then one number of the code's own
	Pool     []float64 // points of tables
	Segments []int32
	Slopes   []float64 // of stocks, in their order
}

// Start runs a routine up to its first exit. It returns the number of the exit, or -1 at the end.
func (r *Routine) Start(m *Memory) int { return r.run(m, r.entry) }

// Resume goes on after an exit, once the caller has done its part. It returns as Start.
func (r *Routine) Resume(m *Memory, exit int) int { return r.run(m, r.Exits[exit].resume) }

// run enters the machine code at a byte of its text. The text stays reachable until it returns.
func (r *Routine) run(m *Memory, at int) int {
	n := enter(&r.text.memory[at], first(m.V), first(m.Pool), first(m.Segments), first(m.Slopes))
	runtime.KeepAlive(r.text)
	return n
}

// first returns the address of a slice's first element, nil if it has none.
func first[T any](list []T) *T {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// A Source is the part of a program that all its routines share.
type Source struct {
	Slots    int // of the program; two more numbers lie behind them, see Memory
	Stocks   int // slot of the first stock
	Literals []float64
	First    int // slot of the first literal
	Indexes  [][]int32
	Lookups  []Lookup
}

// A Lookup has, for each element, the first number of its table in the pool, how many points there
// are, and where the segment is.
type Lookup struct {
	At, Points []int
	Segment    int
}

// An Assembler writes routines one after the other. It is used once.
type Assembler struct {
	emitter
	routines []*Routine
}

// NewAssembler returns an empty assembler; nil if this processor or system runs no such code.
func NewAssembler(s *Source) *Assembler {
	if !Available() {
		return nil
	}
	return &Assembler{emitter: emitter{source: s, constants: map[constant]int{}}}
}

// Routine adds a routine that executes instructions.
func (a *Assembler) Routine(list []code.Instruction) *Routine {
	r := a.begin()
	for i := range list {
		if !a.instruction(r, list, i) {
			a.leave(r, i)
		}
	}
	a.end()
	return r
}

// Slopes adds a routine that puts the slopes of all stocks into Memory.Slopes.
func (a *Assembler) Slopes(nets []code.Net) *Routine {
	r := a.begin()
	for i := range nets {
		a.net(&nets[i], false)
	}
	a.end()
	return r
}

// Follow adds a routine that moves all stocks by the step's length times their slopes.
func (a *Assembler) Follow(nets []code.Net) *Routine {
	r := a.begin()
	for i := range nets {
		a.net(&nets[i], true)
	}
	a.end()
	return r
}

// largest is how many bytes of code there are at most: as many as some million equations have. More
// would leave the processor's cache so often that little is gained.
const largest = 64 << 20

// Finish makes the routines executable. It reports false if the system does not allow it; they must
// not be started then. So it is if the code is too long.
func (a *Assembler) Finish() bool {
	if len(a.bytes) > largest {
		return false
	}
	a.placeConstants()
	t, err := makeText(a.bytes)
	if err != nil {
		return false
	}
	for _, r := range a.routines {
		r.text = t
	}
	return true
}

// begin starts a routine at the present end of the code, where no register holds a slot yet.
func (a *Assembler) begin() *Routine {
	r := &Routine{entry: len(a.bytes)}
	a.routines = append(a.routines, r)
	a.forget()
	return r
}

// end returns -1 to the caller, and puts the rare paths of the routine behind it.
func (a *Assembler) end() {
	a.loadExit(-1)
	a.ret()
	for _, f := range a.later {
		f()
	}
	a.later = a.later[:0]
}

// leave gives an instruction to the caller, together with those before it that were left, too.
func (a *Assembler) leave(r *Routine, i int) {
	if n := len(r.Exits); n > 0 {
		// Nothing was written since the exit before: the caller does both at once.
		if x := &r.Exits[n-1]; x.Element < 0 && x.Last == i && x.resume == len(a.bytes) {
			x.Last = i + 1
			return
		}
	}
	a.loadExit(len(r.Exits))
	a.ret()
	a.forget()
	r.Exits = append(r.Exits, Exit{First: i, Last: i + 1, Element: -1, resume: len(a.bytes)})
}
