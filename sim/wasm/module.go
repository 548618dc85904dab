package wasm

import (
	"fmt"
	"slices"

	"weir/model/method"
	"weir/sim"
	"weir/sim/internal/code"
	"weir/sim/wasm/internal/driver"
)

//go:generate go run ./internal/generate

// A Module is a program as WebAssembly.
type Module struct {
	Code   []byte // the binary format
	Layout Layout
}

// Bounds on the memory of a module, in bytes.
const (
	pageSize   = 1 << 16
	maxMemory  = 1 << 30
	maxChanges = 256 // room in the table of changes, unless the settings need more
)

// Emit makes a module that runs the program as the model says.
func Emit(p *sim.Program) (*Module, error) { return EmitFor(p, sim.Settings{}) }

// EmitFor makes a module that runs the program with the settings, of which all but
// the method may be changed in it. The error is a *sim.Error if the settings do not fit
// the program; the method rk45 is refused, since it chooses its own step.
func EmitFor(p *sim.Program, s sim.Settings) (*Module, error) { return EmitWith(p, s, Options{}) }

// Options choose the kind of module.
type Options struct {
	// Columns are those of a row, in their order; nil for all. Numbers that are not in a
	// row must be finite all the same.
	Columns []string
	// Plain leaves out vector instructions, which browsers before 2021, and Safari before
	// 2023, do not know. The bits are the same.
	Plain bool
	// Two makes a module for two runs side by side, with vector instructions: each parameter
	// and each number of a row is there twice. Models with functions of whole arrays have none.
	Two bool
}

// EmitWith returns EmitFor with options.
func EmitWith(p *sim.Program, s sim.Settings, o Options) (*Module, error) {
	e, err := newEmitter(p, s)
	if err != nil {
		return nil, err
	}
	if e.method.Adaptive() {
		return nil, &sim.Error{Message: "the method " + e.method.Name +
			" chooses its own step, which an emitted module cannot",
			Hint: "use rk4"}
	}
	e.checks = checks(e.code)
	e.plain, e.two = o.Plain, o.Two
	if e.two && len(e.code.Wholes) > 0 {
		return nil, &sim.Error{Message: "a model with functions of whole arrays runs alone"}
	}
	if o.Columns != nil {
		if err := e.choose(o.Columns); err != nil {
			return nil, err
		}
	}
	e.model()
	if e.two {
		e.widen()
	}
	return e.assemble()
}

// An emitter makes one module.
type emitter struct {
	program     *sim.Program
	settings    sim.Settings
	code        *code.Program
	clock       code.Clock
	method      *method.Method
	values      []code.Value
	changes     []code.Change
	checks      []code.Block // numbers that must be finite for a row
	columns     []string     // of a row; nil for all
	plain       bool         // no vector instructions
	two         bool         // a slot has the numbers of two runs
	temporaries int          // the first slot that has no name
	lives       map[int]bool // slots that a function reads that others wrote
	within      map[int]bool // those within a step, while its code is written; else nil
	memory      memory
	tables      int // address of the rows of all tables
	segmentsAt  int // address of the segments that lookups read last
	// laneOfSegments is how many bytes the segments of the first run take: those of the second
	// one follow.
	laneOfSegments int
	scratch        int // address of room for scratchSize numbers, see scratchOf
	scratchSize    int
	functions      []function
}

// newEmitter returns the state of one translation. The error is one of the settings: a clock that
// the program cannot have.
func newEmitter(p *sim.Program, s sim.Settings) (e *emitter, err error) {
	e = &emitter{program: p, settings: s, code: p.Code(), lives: map[int]bool{},
		memory: memory{known: map[string]int{}}}
	if e.clock, err = p.CodeClock(s); err != nil {
		return nil, err
	}
	if e.method, err = p.Method(s); err != nil {
		return nil, err
	}
	if e.values, err = p.CodeValues(s); err != nil {
		return nil, err
	}
	if e.changes, err = p.CodeChanges(s); err != nil {
		return nil, err
	}
	e.temporaries = e.code.LiteralAt + len(e.code.Literals)
	e.memory.reserve(driver.HeaderSize)
	return e, nil
}

// literal returns the number that a slot always has, if it is one. Stays says that the
// operand is one slot.
func (e *emitter) literal(slot int, stays bool) (float64, bool) {
	i := slot - e.code.LiteralAt
	if !stays || i < 0 || i >= len(e.code.Literals) {
		return 0, false
	}
	return e.code.Literals[i], true
}

// placeTables lays out the points of tables, their rows and the segments that lookups read last.
func (e *emitter) placeTables() {
	e.tables = e.memory.reserve(driver.TableSize * len(e.code.Tables))
	for i, t := range e.code.Tables {
		points := e.memory.reserve(2 * bytesAFloat * len(t.Points))
		for k, p := range t.Points {
			e.memory.setFloat(points+2*bytesAFloat*k, p.X)
			e.memory.setFloat(points+2*bytesAFloat*k+bytesAFloat, p.Y)
		}
		row := e.tableRow(i)
		e.memory.setWhole(row, points)
		e.memory.setWhole(row+4, 2*bytesAFloat*len(t.Points))
		e.memory.setWhole(row+8, int(t.Beyond))
		e.memory.setWhole(row+12, i)
	}
	n := e.lanes() * len(e.code.Series)
	for _, l := range e.code.Lookups {
		n = max(n, l.Segment+l.N+e.lanes()*len(e.code.Series))
	}
	e.laneOfSegments = bytesAWhole * n
	e.segmentsAt = e.memory.reserve(e.lanes() * e.laneOfSegments)
}

// tableRow returns the address of a table's row.
func (e *emitter) tableRow(i int) int { return e.tables + driver.TableSize*i }

// remembered returns the address of the segments that a lookup read last; data series come
// first.
func (e *emitter) remembered(site int) int {
	return e.segmentsAt + bytesAWhole*(e.lanes()*len(e.code.Series)+e.code.Lookups[site].Segment)
}

// model writes the functions that are made of the model.
func (e *emitter) model() {
	e.placeTables()
	c := e.code
	initial := append(append(append([]code.Instruction(nil), c.Const...), c.Init...), c.Start...)
	phases := []struct {
		name string
		list []code.Instruction
	}{{"driver.initial", initial}, {"driver.flows", c.Flows}, {"driver.inputs", c.Inputs}, {"driver.delays",
		c.Delays}, {"driver.stage", e.stage()}}
	pieces := make([][][]code.Instruction, len(phases))
	for i, ph := range phases {
		list := ph.list
		if e.two {
			list = unroller{c}.unrolled(list)
		}
		pieces[i] = split(list)
		for _, list := range pieces[i] {
			e.needs(list)
		}
	}
	for _, m := range c.DelayStates {
		for i := range m.N {
			e.lives[m.Input+i] = true
			e.lives[m.Delay+i] = true
		}
	}
	for i, ph := range phases {
		if ph.name == "driver.stage" && (len(e.method.B) == 1 || len(ph.list) == len(c.Flows)) {
			e.same(ph.name, "driver.flows")
			continue
		}
		if ph.name == "driver.stage" {
			e.within = e.livesWithin(pieces[i])
		}
		e.phase(ph.name, pieces[i])
		e.within = nil
	}
	e.nets()
}

// functionSize is about how many scalar instructions a function may have: compilers
// take more than linear time for long ones.
const functionSize = 2000

// arraySize is how many an array instruction counts as.
const arraySize = 20

// split cuts code into pieces of bounded size.
func split(list []code.Instruction) [][]code.Instruction {
	var out [][]code.Instruction
	size, from := 0, 0
	for i := range list {
		if isScalar(&list[i]) {
			size++
		} else {
			size += arraySize
		}
		if size >= functionSize {
			out = append(out, list[from:i+1])
			size, from = 0, i+1
		}
	}
	if from < len(list) {
		out = append(out, list[from:])
	}
	return out
}

// livesWithin returns the slots that other functions read after an evaluation within a step:
// those of other pieces, and the flows of stocks. Rows and delays are of the next boundary,
// which computes everything again.
func (e *emitter) livesWithin(pieces [][]code.Instruction) map[int]bool {
	all := e.lives
	e.lives = map[int]bool{}
	for _, list := range pieces {
		e.needs(list)
	}
	for _, n := range e.code.Nets {
		for _, s := range append(slices.Clone(n.In), n.Out...) {
			for i := range n.N {
				e.lives[s+i] = true
			}
		}
	}
	out := e.lives
	e.lives = all
	return out
}

// needs notes the slots that a piece reads before it writes them.
func (e *emitter) needs(list []code.Instruction) {
	written := map[int]bool{}
	for i := range list {
		scalar := isScalar(&list[i])
		e.touched(&list[i], func(slot int, write bool) {
			if !write && !written[slot] {
				e.lives[slot] = true
			}
			if write && scalar {
				written[slot] = true
			}
		})
	}
}

// same writes a function that is another one.
func (e *emitter) same(name, other string) {
	w := newWriter(name, i32)
	w.get(vector)
	w.call(other)
	e.functions = append(e.functions, w.done())
}

// phase writes a phase as one function, or as one that calls the pieces.
func (e *emitter) phase(name string, pieces [][]code.Instruction) {
	if len(pieces) == 1 {
		w := e.newWriter(name, i32)
		e.instructions(w, pieces[0])
		e.functions = append(e.functions, w.done())
		return
	}
	all := newWriter(name, i32)
	for i, list := range pieces {
		w := e.newWriter(fmt.Sprintf("%s %d", name, i), i32)
		e.instructions(w, list)
		e.functions = append(e.functions, w.done())
		all.get(vector)
		all.call(w.name)
	}
	e.functions = append(e.functions, all.done())
}

// Values of the status in the header.
const (
	Running    = driver.Running
	Complete   = driver.Complete   // the last row is saved
	NonFinite  = driver.NonFinite  // row number Where has a NaN or an infinity, and was not saved
	Outside    = driver.Outside    // table number Where was read where it forbids it
	ShortDelay = driver.ShortDelay // a delay of guard number Where is shorter than a step
	NoDelay    = driver.NoDelay    // the delay of memory number Where is not a number
	LongDelay  = driver.LongDelay  // the delay of memory number Where holds more steps than there is room for
)
