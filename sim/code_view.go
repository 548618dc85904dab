package sim

import "weir/model/resolved"

// A Code is a program as another machine can run it: instructions on one vector of
// float64, and everything around them. It is a copy made for translators such as
// package wasm; it belongs to the caller. Positions are slots of the vector.
type Code struct {
	Slots     int    // length of the vector
	Stocks    [2]int // the stocks, half-open
	Values    [2]int // constants and decisions, half-open
	Literals  []float64
	LiteralAt int // slots after them are temporaries

	// Const, Init and Start are run once, in that order; Flows at each evaluation;
	// Inputs at each step boundary after it; Delays once, after the first evaluation.
	Const, Init, Start, Flows, Inputs, Delays []CodeInstruction

	Indexes  [][]int32 // of gather and scatter
	Lookups  []CodeLookup
	Draws    []CodeDraw
	Wholes   []CodeWhole
	Tables   []CodeTable
	Series   []CodeSeries
	Nets     []CodeNet
	Memories []CodeMemory
	Guards   []CodeBlock   // delay times that must not be shorter than a step after the first evaluation
	Segments []CodeSegment // what a saved row is made of
	Width    int           // numbers in a saved row
}

// The operands of a CodeInstruction, by position in its arrays.
const (
	CodeResult = iota
	CodeA
	CodeB
	CodeC
	CodeOperands
)

// A CodeInstruction works on Planes × Rows × N elements, row-major; a scalar one has
// one element. In the innermost loop an operand walks (Step 1) or stays (Step 0).
type CodeInstruction struct {
	Op                            string // as Dump prints it; reductions begin with "reduce"
	Args                          int    // how many of the operands A, B, C count
	Keep                          bool   // reductions: the result takes part first
	N, Rows, Planes               int
	At, Step, RowStep, PlanesStep [CodeOperands]int
	Site                          int // lookup, draw, gather, scatter, whole: its row in the code's list
}

// A CodeLookup is one place where tables are read: Table, or Table + Pick[i] for
// element i. Memory is the first of N numbers that remember a segment.
type CodeLookup struct {
	Table, Memory, N int
	Pick             []int
}

// A CodeDraw is one call of a distribution.
type CodeDraw struct {
	Dist    resolved.Dist
	Key     uint64
	Element []uint32
}

// A CodeWhole is one call of a function of whole arrays, for each of so many turns: in A
// the arguments of a turn lie one after the other, so many numbers each, and Out numbers
// of a turn are in the result.
type CodeWhole struct {
	Fn    resolved.WholeFn
	Args  []int
	Out   int
	Turns int
}

// Width is how many numbers all arguments of a turn have.
func (w *CodeWhole) Width() (n int) {
	for _, a := range w.Args {
		n += a
	}
	return n
}

// A CodeTable is one table, or one of an array of them.
type CodeTable struct {
	Name   string
	Points []resolved.Point
	Beyond resolved.Beyond
}

// A CodeSeries is a table over time whose value is saved in each row.
type CodeSeries struct{ Table, Slot int }

// A CodeNet is how N stocks change: the inflows added up in their order, less the
// outflows in theirs.
type CodeNet struct {
	Stock, N int
	In, Out  []int
}

// A CodeMemory gives out at At later what it takes in from Input. Delay holds how
// long, read once; -1 means one step.
type CodeMemory struct {
	Name                string
	At, N, Input, Delay int
}

// A CodeBlock is N slots.
type CodeBlock struct {
	Name  string
	At, N int
}

// A CodeSegment is N slots that are copied to a saved row, from Column on.
type CodeSegment struct{ Slot, Column, N int }

// Code gives the program's code.
func (p *Program) Code() *Code {
	c := &Code{Slots: p.slots, Stocks: [2]int{p.stocks.from, p.stocks.to}, Values: [2]int{firstNamed, p.stocks.from},
		Literals: append([]float64(nil), p.literals...), LiteralAt: p.literalAt, Width: len(p.columns.list)}
	for ph, to := range []*[]CodeInstruction{&c.Const, &c.Init, &c.Start, &c.Flows, &c.Inputs, &c.Delays} {
		*to = p.viewCode(phase(ph))
	}
	for _, x := range p.indexes {
		c.Indexes = append(c.Indexes, append([]int32(nil), x...))
	}
	p.viewTables(c)
	for _, d := range p.draws {
		c.Draws = append(c.Draws, CodeDraw{d.dist, d.key, append([]uint32(nil), d.element...)})
	}
	for _, w := range p.wholes {
		c.Wholes = append(c.Wholes, CodeWhole{w.fn, append([]int(nil), w.args...), w.out, w.turns})
	}
	for _, n := range p.nets {
		c.Nets = append(c.Nets, CodeNet{n.stock, n.n, append([]int(nil), n.in...), append([]int(nil), n.out...)})
	}
	for _, m := range p.memories {
		c.Memories = append(c.Memories, CodeMemory{ownerName(m.v), m.at, m.n, m.input, m.delay})
	}
	for _, g := range p.model.Guards {
		c.Guards = append(c.Guards, CodeBlock{ownerName(g.Time), p.slot[g.Time.ID], g.Time.Size()})
	}
	for _, s := range p.segments {
		c.Segments = append(c.Segments, CodeSegment{s.slot, s.column, s.n})
	}
	return c
}

func (p *Program) viewTables(c *Code) {
	for i := range p.tables.rows {
		r := &p.tables.rows[i]
		c.Tables = append(c.Tables, CodeTable{r.name(), append([]resolved.Point(nil), r.table.Points[r.element]...), r.beyond})
	}
	for _, s := range p.series {
		for e := range s.table.Points {
			c.Series = append(c.Series, CodeSeries{s.first + e, s.slot + e})
		}
	}
	for i, l := range p.lookups {
		n := p.memory - l.memory
		if i+1 < len(p.lookups) {
			n = p.lookups[i+1].memory - l.memory
		}
		c.Lookups = append(c.Lookups, CodeLookup{l.table, l.memory, n, append([]int(nil), l.pick...)})
	}
}

func (p *Program) viewCode(ph phase) []CodeInstruction {
	var list []CodeInstruction
	for _, in := range p.code[ph] {
		if in.op == opArray {
			a := p.arrays[in.a]
			list = append(list, CodeInstruction{Op: codeName(a.op), Args: ops[a.op].args, Keep: a.keep, N: a.n, Rows: a.rows, Planes: a.planes,
				At: a.at, Step: a.step, RowStep: a.rowStep, PlanesStep: a.planStep, Site: a.site})
			continue
		}
		x := CodeInstruction{Op: codeName(in.op), Args: ops[in.op].args, N: 1, Rows: 1, Planes: 1,
			At: [operands]int{int(in.d), int(in.a), int(in.b), int(in.c)}}
		if in.op == opLookup {
			x.Site = int(in.b)
		}
		list = append(list, x)
	}
	return list
}

// codeName is an operation's name; reductions have the names of operations on two
// numbers, so they are told apart.
func codeName(o op) string {
	if o >= opReduceSum && o <= opReduceMax {
		return "reduce " + ops[o].name
	}
	return ops[o].name
}

// A CodeValue is a constant or decision, or an element of one.
type CodeValue struct {
	Name     string // name[a,b]
	Slot     int
	Value    float64 // of the model
	Decision bool
	Varying  bool // a change may move it while running
}

// CodeValues lists the constants and decisions in the order of their slots, with
// their values in the model or in s.Set.
func (p *Program) CodeValues(s Settings) ([]CodeValue, error) {
	m := newMachine(p, s)
	if err := m.load(s); err != nil {
		return nil, err
	}
	var list []CodeValue
	for _, k := range []resolved.Kind{resolved.Constant, resolved.Decision} {
		for _, v := range p.model.Variables {
			if v.Kind != k {
				continue
			}
			for e := range v.Size() {
				slot := p.slot[v.ID] + e
				list = append(list, CodeValue{elementName(v.Name, v.Over, e), slot, m.v[slot], k == resolved.Decision, p.varying[v.ID]})
			}
		}
	}
	return list, nil
}

// A CodeChange is a Change of one slot.
type CodeChange struct {
	Slot int
	Change
}

// CodeChanges lists the changes of s slot by slot, in an order of application that
// gives what a run gives.
func (p *Program) CodeChanges(s Settings) ([]CodeChange, error) {
	m := newMachine(p, s)
	if err := m.load(s); err != nil {
		return nil, err
	}
	list, err := m.prepare(s.Changes)
	var out []CodeChange
	for _, x := range list {
		for _, c := range x.changes {
			out = append(out, CodeChange{x.slot, c})
		}
	}
	return out, err
}

// A CodeClock is the times of a run in whole steps.
type CodeClock struct {
	Start, Stop, Step, Save float64
	Steps, Every            int // steps between saved rows
}

// CodeClock gives the times of a run with these settings.
func (p *Program) CodeClock(s Settings) (CodeClock, error) {
	c, err := p.makeClock(s)
	return CodeClock{c.start, c.stop, c.step, c.save, c.steps, c.every}, err
}

// CodeColumns lists the numbers of a saved row in order. It is a view: do not change it.
func (p *Program) CodeColumns() []Column { return p.columns.list }
