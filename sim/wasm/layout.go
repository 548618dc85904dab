package wasm

import (
	"encoding/binary"
	"fmt"
	"math"

	"weir/sim"
	"weir/sim/wasm/internal/driver"
)

// A Layout says where in the module's memory everything is. Addresses are in bytes;
// numbers are little-endian. It is JSON. Where two runs are side by side, the numbers of a
// parameter, of a change and of a column are next to each other.
type Layout struct {
	Pages  int    `json:"pages"`  // of memory, 64 KB each, that the module begins with
	Header Header `json:"header"` // addresses of settings and of the run's reports

	Start  float64 `json:"start"`  // time at the start
	Step   float64 `json:"step"`   // dt
	Stop   float64 `json:"stop"`   // time at the end
	Save   float64 `json:"save"`   // between rows: row i is at start + i*save
	Steps  int     `json:"steps"`  // in a run
	Every  int     `json:"every"`  // steps between rows
	Method string  `json:"method"` // euler, heun or rk4

	Lanes      int         `json:"lanes"`  // runs side by side, 1 or 2: see Options.Two
	Values     int         `json:"values"` // address of the parameters, a float64 each for each run
	Parameters []Parameter `json:"parameters"`

	Changes     int `json:"changes"`     // address of the table of changes
	ChangeSize  int `json:"change_size"` // bytes of a row of it
	ChangeRoom  int `json:"change_room"` // how many rows it may have
	ChangeCount int `json:"change_count"`

	State   int      `json:"state"`   // address from which on, up to the rows, everything is that a run changes
	Out     int      `json:"out"`     // address of the first row, row-major
	Width   int      `json:"width"`   // numbers in a row, a float64 each: of each column those of all runs
	Rows    int      `json:"rows"`    // rows of a complete run, for which there is room
	Columns []string `json:"columns"` // of a row: name, or name[a,b]

	Tables   []string `json:"tables"`   // names, for a run that stops at one
	Guards   []string `json:"guards"`   // variables with a delay
	Memories []string `json:"memories"` // variables with a fixed delay
}

// A Parameter is a constant or decision, or an element of one.
type Parameter struct {
	Name     string  `json:"name"`  // name[a,b]
	Value    float64 `json:"value"` // as emitted
	Decision bool    `json:"decision"`
	Varying  bool    `json:"varying"` // changes may move it
}

// Header has addresses. Those of time are of a float64, Seed and Member of a whole
// number of 64 bits, all others of one of 32.
type Header struct {
	Start       int `json:"start"`
	Step        int `json:"step"`
	Stop        int `json:"stop"`
	Steps       int `json:"steps"`
	Every       int `json:"every"`
	Out         int `json:"out"` // rows may be written elsewhere
	Done        int `json:"done"`
	Rows        int `json:"rows"`
	Status      int `json:"status"`
	Where       int `json:"where"`
	ChangeCount int `json:"change_count"`
	Seed        int `json:"seed"`
	Member      int `json:"member"` // of each run
}

var header = Header{driver.Start, driver.Step, driver.Stop, driver.Steps, driver.Every, driver.Out, driver.Done,
	driver.Rows,
	driver.Status, driver.Where, driver.ChangeCount, driver.Seed, driver.Member}

// assemble lays out the rest of the memory and encodes the module.
func (e *emitter) assemble() (*Module, error) {
	exports := map[string]string{"driver.Init": "init", "driver.Run": "run"}
	functions, used, err := reachable(append(e.functions, e.library()...), exports)
	if err != nil {
		return nil, err
	}
	address := map[string]int{}
	for _, t := range libraryTables {
		if used[t.name] {
			address[t.name] = e.memory.words(t.words)
		}
	}
	l := &Layout{Header: header, Start: e.clock.Start, Step: e.clock.Step, Stop: e.clock.Stop, Save: e.clock.Save,
		Lanes: e.lanes(),
		Steps: e.clock.Steps, Every: e.clock.Every, Method: e.method.Name, Width: e.code.Width, Rows: e.clock.Steps/e.clock.Every + 1}
	e.times(l)
	e.names(l)
	e.parameters(l)
	e.fixedTables()
	end := e.space(l)
	if end > maxMemory {
		return nil, &sim.Error{Message: fmt.Sprintf("the module would need %d MB of memory", end>>20),
			Hint: "save less often"}
	}
	l.Pages = (end + pageSize - 1) / pageSize
	m := &binaryModule{functions: functions, exports: exports, address: address, data: e.memory.bytes, pages: l.Pages}
	return &Module{Code: m.encode(), Layout: *l}, nil
}

// times writes the clock into the memory of the module: start, step and stop in model time, and
// the numbers of steps and rows.
func (e *emitter) times(l *Layout) {
	e.memory.setFloat(driver.Start, l.Start)
	e.memory.setFloat(driver.Step, l.Step)
	e.memory.setFloat(driver.Stop, l.Stop)
	binary.LittleEndian.PutUint64(e.memory.bytes[driver.Seed:], e.settings.Seed)
	for lane := range e.lanes() {
		binary.LittleEndian.PutUint64(e.memory.bytes[driver.Member+bytesAFloat*lane:], e.settings.Member)
	}
	e.memory.setWhole(driver.Lanes, e.lanes())
	e.memory.setWhole(driver.Steps, l.Steps)
	e.memory.setWhole(driver.Every, l.Every)
	e.memory.setWhole(driver.Width, l.Width)
}

// names fills in the columns of a saved row, in their order.
func (e *emitter) names(l *Layout) {
	l.Columns = e.columns
	if l.Columns == nil {
		for _, c := range e.program.CodeColumns() {
			l.Columns = append(l.Columns, c.Name())
		}
	}
	for _, t := range e.code.Tables {
		l.Tables = append(l.Tables, t.Name)
	}
	for _, g := range e.code.Guards {
		l.Guards = append(l.Guards, g.Name)
	}
	for _, m := range e.code.DelayStates {
		l.Memories = append(l.Memories, m.Name)
	}
}

// parameters lays out constants, decisions and changes.
func (e *emitter) parameters(l *Layout) {
	var words []uint64
	for _, v := range e.values {
		for range e.lanes() {
			words = append(words, math.Float64bits(v.Value))
		}
		l.Parameters = append(l.Parameters, Parameter{v.Name, v.Value, v.Decision, v.Varying})
	}
	l.Values = e.memory.words(words)
	l.ChangeSize, l.ChangeCount = driver.ChangeSize, e.lanes()*len(e.changes)
	l.ChangeRoom = max(maxChanges, 2*len(e.changes)) * e.lanes()
	l.Changes = e.memory.reserve(l.ChangeSize * l.ChangeRoom)
	for i := range l.ChangeCount {
		c := e.changes[i/e.lanes()]
		at := l.Changes + i*l.ChangeSize
		e.memory.setWhole(at, e.lanes()*c.Slot-e.code.Values[0]+i%e.lanes())
		e.memory.setWhole(at+4, int(c.Kind))
		for k, x := range []float64{c.Amount, c.Start, c.Over, c.Until} {
			e.memory.setFloat(at+8+bytesAFloat*k, x)
		}
	}
	e.memory.setWhole(driver.Values, l.Values)
	e.memory.setWhole(driver.ValueCount, len(words))
	e.memory.setWhole(driver.Changes, l.Changes)
	e.memory.setWhole(driver.ChangeCount, l.ChangeCount)
}

// fixedTables lays out the model's data for the driver: rows of whole numbers.
func (e *emitter) fixedTables() {
	var segments, series, memories, guards, checks []int32
	for _, s := range e.code.Segments {
		segments = append(segments, int32(s.Slot), int32(s.Column), int32(s.N))
	}
	for i, s := range readSeries(e.code) {
		series = append(series, int32(e.tableRow(s.Table)), int32(s.Slot), int32(e.segmentsAt+bytesAWhole*i))
	}
	for _, b := range e.checks {
		checks = append(checks, int32(b.At), int32(b.N))
	}
	for _, m := range e.code.DelayStates {
		memories = append(memories, int32(m.At), int32(m.N), int32(m.Input), int32(m.Delay))
	}
	for _, g := range e.code.Guards {
		guards = append(guards, int32(g.At), int32(g.N))
	}
	e.list(driver.Segments, driver.SegmentEnd, segments)
	e.list(driver.Series, driver.SeriesEnd, series)
	e.list(driver.Checks, driver.CheckEnd, checks)
	e.list(driver.DelayStates, driver.DelayStateEnd, memories)
	e.list(driver.Guards, driver.GuardEnd, guards)
	e.tableau()
}

// list lays out whole numbers and notes where they begin and end.
func (e *emitter) list(from, to int, list []int32) {
	at := e.memory.wholes(list)
	e.memory.setWhole(from, at)
	e.memory.setWhole(to, at+bytesAWhole*len(list))
}

// tableau lays out the method: for each stage but the first its weights and its time,
// then the weights of the step.
func (e *emitter) tableau() {
	var words []uint64
	for i := 1; i < len(e.method.B); i++ {
		for j := range i {
			w := 0.0
			if j < len(e.method.A[i]) {
				w = e.method.A[i][j]
			}
			words = append(words, math.Float64bits(w))
		}
		words = append(words, math.Float64bits(e.method.C[i]))
	}
	for _, b := range e.method.B {
		words = append(words, math.Float64bits(b))
	}
	e.memory.setWhole(driver.Stages, len(e.method.B))
	e.memory.setWhole(driver.Tableau, e.memory.words(words))
}

// space lays out the memory that a run writes: the vector, the stocks of stages,
// rings and rows. It gives the end of the memory.
func (e *emitter) space(l *Layout) int {
	c := e.code
	stocks := c.Stocks[1] - c.Stocks[0]
	elements, held := 0, 0 // counted in numbers, as everything of a widened program
	for _, m := range c.DelayStates {
		elements += m.N
		if m.Delay < 0 {
			held += m.N
		} else {
			held += m.N * (l.Steps + 1)
		}
	}
	slots := e.memory.reserve(0)
	if slots%(2*bytesAFloat) > 0 { // a pair of numbers is read faster at a multiple of its length
		slots = e.memory.reserve(bytesAFloat) + bytesAFloat
	}
	l.State = slots
	e.memory.reserve(bytesAFloat * (c.LiteralAt + len(c.Literals)))
	for i, x := range c.Literals {
		e.memory.setFloat(slots+bytesAFloat*(c.LiteralAt+i), x)
	}
	e.memory.setWhole(driver.Slots, slots)
	e.memory.setWhole(driver.SlotCount, c.Slots)
	e.memory.setWhole(driver.LiteralAt, c.LiteralAt)
	e.memory.setWhole(driver.LiteralEnd, c.LiteralAt+len(c.Literals))
	e.memory.setWhole(driver.StockAt, c.Stocks[0])
	e.memory.setWhole(driver.StockCount, stocks)
	end := slots + bytesAFloat*c.Slots
	for _, x := range []struct{ at, n int }{{driver.Slopes, stocks * len(e.method.B)}, {driver.Kept, stocks},
		{driver.Rings, driver.RingSize / bytesAFloat * elements},
		{driver.Held, held}, {driver.HeldEnd, 0}, {driver.Out, l.Rows * l.Width}} {
		e.memory.setWhole(x.at, end)
		if x.at == driver.Out {
			l.Out = end
		}
		end += bytesAFloat * x.n
	}
	return end
}
